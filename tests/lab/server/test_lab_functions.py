"""What pages are told of functions: the catalogue, everything about one, formulas of visitors."""

import time

import numpy as np
import pytest

import ogive
from ogive._engine import core
from ogive.activations import CATALOGUE
from ogive.activations.facts import derivation
from ogive.activations.facts.cache import directory

HOSTILE = (
    "__import__('os').system('true')",
    "().__class__.__bases__[0].__subclasses__()",
    "z" + "*z" * 400,
    "(" * 300 + "z" + ")" * 300,
    "9" * 900,
    "exp(" * 39 + "z",
    "z\x00",
    "\ud800",
    "z; import os",
    "<script>alert(1)</script>",
    "lambda: z",
    "[z for z in z]",
    "",
)
FORMULA = "where(z < 1, beta * sin(z), exp(z)) + elu(z)"


def details(visitor, name, **more):
    answer = visitor.post("/api/functions/details", json={"name": name, **more})
    assert answer.status_code == 200, answer.text
    return answer.json()


def read(visitor, text, **parameters):
    return visitor.post("/api/formula", json={"text": text, "parameters": parameters})


def both(pairs, language):
    return [(row["label"][language], row["text"][language]) for row in pairs]


def computed(program, z):
    lists = [[tuple(line) for line in program[which]] for which in ("value", "derivative", "both")]
    made = core.Function(core.Program(program["constants"], program["scratch"], *lists), [], [])
    return made.value_and_derivative(z)


@pytest.fixture(scope="module")
def catalogue(lab):
    with lab.visitor() as visitor:
        return visitor.get("/api/catalogue").json()


def test_the_catalogue_tells_all_functions_in_order_and_each_has_one_of_the_families(catalogue):
    assert [one["name"] for one in catalogue["functions"]] == list(CATALOGUE)
    families = {family["name"] for family in catalogue["families"]}
    assert {one["family"] for one in catalogue["functions"]} == families
    assert all(family["en"] and family["zh"] for family in catalogue["families"])


def test_every_slider_reaches_from_below_to_above_the_default_within_what_is_allowed(catalogue):
    seen = 0
    for record in catalogue["functions"]:
        for parameter in record["parameters"]:
            slider = parameter["slider"]
            assert slider["min"] <= parameter["value"] <= slider["max"]
            assert parameter["lower"] <= slider["min"] < slider["max"] <= parameter["upper"]
            for end in ("min", "max"):
                if "ascending" not in record:
                    ogive.activation(record["name"], **{parameter["name"]: slider[end]})
            seen += 1
    assert seen >= 15


def test_properties_come_in_time_and_are_the_librarys(visitor):
    end = time.monotonic() + 120
    while not (said := visitor.get("/api/catalogue").json())["complete"]:
        assert time.monotonic() < end
        time.sleep(0.2)
    for record in said["functions"]:
        facts = ogive.activation(record["name"]).facts
        assert record["properties"]["bounded"] is facts.bounded
        assert record["properties"]["smooth"] is facts.smooth
        if facts.output_range.known:
            assert record["properties"]["output_range"]["text"] == facts.output_range.text


@pytest.mark.parametrize("name", [name for name, one in CATALOGUE.items() if one.kind == "vector"])
def test_the_formula_of_one_output_of_a_row_is_that_of_the_row(name, catalogue):
    record = next(one for one in catalogue["functions"] if one["name"] == name)
    output = ogive.activation(record["component"], others=1.0)
    z = np.linspace(-4, 4, 33)
    row = ogive.activation(name)(np.stack([z, np.zeros_like(z)], axis=-1))[:, 0]
    np.testing.assert_allclose(output(z), row, rtol=1e-12, atol=1e-15)


@pytest.mark.parametrize("name", [name for name, one in CATALOGUE.items() if one.kind == "gate"])
def test_the_formula_of_a_gates_output_is_that_of_the_gate(name, catalogue):
    record = next(one for one in catalogue["functions"] if one["name"] == name)
    z = np.linspace(-4, 4, 33)
    gate = ogive.activation(name)(np.stack([np.full_like(z, 0.7), z], axis=-1))[:, 0]
    np.testing.assert_allclose(
        ogive.activation(record["component"], u=0.7)(z), gate, rtol=1e-12, atol=1e-15
    )


@pytest.mark.parametrize("name", ["tanh", "elu", "hardtanh", "softmax", "geglu"])
def test_the_facts_of_a_function_are_the_librarys_in_both_languages_at_once(visitor, name):
    said, function = details(visitor, name), ogive.activation(name)
    for language in ("en", "zh"):
        assert both(said["rows"], language) == function.facts.describe(language)
        steps = [(step["sentence"][language], step["latex"]) for step in said["derivation"]]
        assert steps == derivation(function.definition, language)
    assert said["init"] == function.init
    assert said["gain"] == function.gain


def test_facts_of_other_parameters_are_those_of_these_parameters(visitor):
    said = details(visitor, "elu", parameters={"alpha": 0.5})
    facts = ogive.activation("elu", alpha=0.5).facts
    assert said["facts"]["output_range"]["text"] == facts.output_range.text == "(-1/2, ∞)"
    assert said["facts"]["derivative_range"]["text"] == facts.derivative_range.text
    assert r"\alpha" in said["latex"]["symbols"][0]["en"]
    assert r"\alpha" not in said["latex"]["numbers"][0]["en"]


def test_the_words_of_a_formula_are_in_the_language_of_the_page(visitor):
    value = details(visitor, "relu")["latex"]["numbers"][0]
    assert r"\text{otherwise}" in value["en"]
    assert r"\text{其他}" in value["zh"]
    assert "otherwise" not in value["zh"]


def test_the_slopes_of_all_choices_at_a_kink_come_at_once(visitor):
    slopes = details(visitor, "relu")["slopes"]
    assert slopes == {
        "torch": [],
        "left": [{"z": 0.0, "slope": 0.0}],
        "right": [{"z": 0.0, "slope": 1.0}],
        "mean": [{"z": 0.0, "slope": 0.5}],
    }


def test_a_choice_at_kinks_counts_in_the_facts(visitor):
    said = details(visitor, "relu", subgradient="mean")
    assert said["facts"]["derivative_range"]["text"] == "{0, 1/2, 1}"
    assert said["facts"]["kinks"] == [{"at": 0.0, "left": 0.0, "right": 1.0, "used": 0.5}]


def test_a_formula_is_compiled_to_what_the_library_computes(visitor):
    said = read(visitor, FORMULA, beta=2.5).json()
    assert [one["name"] for one in said["parameters"]] == ["beta"]
    wanted = ogive.activation(FORMULA, beta=2.5)
    assert said["name"] == wanted.name
    z = np.linspace(-6, 6, 401)
    value, slope = computed(said["program"], z)
    np.testing.assert_array_equal(value, wanted(z))
    np.testing.assert_array_equal(slope, wanted.derivative(z))


def test_a_parameter_of_a_formula_is_1_until_it_is_given(visitor):
    said = read(visitor, FORMULA).json()
    assert said["parameters"][0]["value"] == 1.0
    slider = said["parameters"][0]["slider"]
    assert slider["min"] < 1 < slider["max"]


def test_a_name_that_is_typed_is_the_function_of_that_name(visitor):
    assert read(visitor, "swish").json() == {"kind": "catalogue", "name": "silu"}


def test_facts_of_a_formula_say_what_spoils_it(visitor):
    said = details(visitor, "log(z)")
    assert [finding["code"] for finding in said["findings"]] == ["OGV003"]
    assert said["findings"][0]["remedy"]["zh"]


def test_a_refusal_names_the_place_in_what_was_typed(visitor):
    answer = read(visitor, " z +  sigmoyd( z )")
    assert answer.status_code == 422
    error = answer.json()["error"]
    assert error["place"] == [6, 13]
    assert "sigmoid" in error["en"]
    assert "sigmoid" in error["zh"]


def test_one_who_calls_the_variable_x_is_asked_whether_z_is_meant(visitor):
    answer = read(visitor, "2 * max(x, 0)")
    assert answer.status_code == 422
    error = answer.json()["error"]
    assert "Did you mean z" in error["en"]
    assert "是想写 z 吗" in error["zh"]
    assert error["place"] == [8, 9]


def test_a_parameter_called_x_is_one_beside_z(visitor):
    assert read(visitor, "x * z").json()["parameters"][0]["name"] == "x"


def test_what_is_no_name_is_looked_up_in_the_gallery_of_the_page(visitor):
    error = read(visitor, "import os").json()["error"]
    assert "gallery" in error["en"]
    assert "函数一览" in error["zh"]
    assert "ogive." not in error["en"] + error["zh"]


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_a_hostile_formula_gives_a_sentence_at_once_and_nothing_else(visitor, text):
    began = time.perf_counter()
    body = '{"text": "' + "".join(f"\\u{ord(c):04x}" for c in text) + '"}'
    answer = visitor.post(
        "/api/formula", content=body, headers={"Content-Type": "application/json"}
    )
    assert answer.status_code == 422
    error = answer.json()["error"]
    assert error["en"]
    assert error["zh"]
    assert "Traceback" not in answer.text
    assert len(error["en"]) < 500
    assert time.perf_counter() - began < 20  # no formula keeps the lab busy


@pytest.mark.parametrize("name", ["subgradient", "per_unit", "nonsense"])
def test_what_is_no_parameter_is_refused_by_name(visitor, name):
    body = {"name": "elu", "parameters": {name: 1.0}}
    answer = visitor.post("/api/functions/details", json=body)
    assert answer.status_code == 422
    assert name in answer.json()["error"]["en"]


def test_what_visitors_try_out_leaves_nothing_in_the_cache_folder(visitor):
    details(visitor, "elu")
    before = set(directory().iterdir())
    details(visitor, "elu", parameters={"alpha": 0.123456})
    details(visitor, "z * tanh(z) + 0.123456")
    assert set(directory().iterdir()) == before
