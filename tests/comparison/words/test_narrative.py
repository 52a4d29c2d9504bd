import pytest

from ogive.comparison.design.candidates import Candidate, Choice
from ogive.comparison.running.stopping import Stopped
from ogive.comparison.words.narrative import describe_design, listed


def told(comparison, language="en"):
    return " ".join(describe_design(comparison, language))


def test_the_numbers_of_the_experiment_are_told(new_comparison):
    text = told(new_comparison({"relu": 0.9, "tanh": 0.8, "elu": 0.8}, n_rows=150))
    for part in (
        "150 rows were cut into 5 folds",
        "2 times over",
        "10 splits in all",
        "20% of the training folds",
        "0.001, 0.003 and 0.01",
        "mini-batches of 8 rows",
        "all 3 pairs",
        "90 networks",
    ):
        assert part in text


def test_one_repeat_is_not_called_several(new_comparison, new_settings):
    settings = new_settings(["relu"], n_repeats=1)
    assert "times over" not in told(new_comparison({"relu": 0.9}, settings=settings))


@pytest.mark.parametrize(
    ("means", "phrase", "there"),
    [
        ({"relu": 0.9}, "split by split", False),
        ({"relu": 0.9, "elu": 0.8}, "split by split", True),
        ({"relu": 0.9, "elu": 0.8}, "Holm", False),
    ],
)
def test_only_the_corrections_that_were_made_are_told(new_comparison, means, phrase, there):
    assert (phrase in told(new_comparison(means))) == there


@pytest.mark.parametrize("prepare", [None, "passthrough"])
@pytest.mark.parametrize("language", ["en", "zh"])
def test_how_columns_were_prepared_is_told(new_comparison, new_settings, prepare, language):
    settings = new_settings(["relu"], prepare=prepare)
    text = told(new_comparison({"relu": 0.9}, settings=settings), language)
    expected = {
        ("en", None): "standardised",
        ("zh", None): "标准化",
        ("en", "passthrough"): "as given",
        ("zh", "passthrough"): "原样",
    }
    assert expected[language, prepare] in text


def crossed():
    rates = tuple(Choice("learning_rate_init", rate) for rate in (0.001, 0.01))
    strengths = tuple(Choice("C", strength) for strength in (0.1, 1.0))
    return (
        Candidate(
            "mlp, depth 1", {"model": "mlp", "depth": "1"}, "mlp", "relu", (8,), "auto", rates
        ),
        Candidate(
            "mlp, depth 2", {"model": "mlp", "depth": "2"}, "mlp", "relu", (8, 8), "auto", rates
        ),
        Candidate("logistic", {"model": "logistic"}, "logistic", choices=strengths),
    )


def test_what_was_varied_and_what_was_chosen_for_whom_are_told(new_comparison, new_settings):
    candidates = crossed()
    settings = new_settings(["x"], candidates=candidates, vary=("model", "depth"))
    means = {candidate.label: 0.9 for candidate in candidates}
    text = told(new_comparison(means, settings=settings))
    assert "Every candidate was trained" in text
    assert "What was varied: model (mlp and logistic) and depth (1 and 2): 3 candidates" in text
    assert "the learning rate of the networks among 0.001 and 0.01" in text
    assert "the C of logistic among 0.1 and 1" in text
    assert "50 models were fitted" not in text
    assert "60 models were fitted" in text
    assert "hidden layers of 8" not in text
    chinese = told(new_comparison(means, settings=settings), "zh")
    assert "改变的因素：模型（mlp、logistic）、深度（1、2），共 3 个候选方案" in chinese
    assert "网络的学习率：0.001、0.01；logistic 的 C：0.1、1。" in chinese


def test_where_nothing_is_chosen_it_says_so(new_comparison, new_settings):
    labels = ["learning rate 0.001", "learning rate 0.01"]
    candidates = tuple(
        Candidate(
            label, {"learning_rate": label[14:]}, choices=(Choice("learning_rate_init", rate),)
        )
        for label, rate in zip(labels, (0.001, 0.01), strict=True)
    )
    settings = new_settings(["x"], candidates=candidates, vary=("learning_rate",))
    text = told(new_comparison(dict.fromkeys(labels, 0.9), settings=settings))
    assert "Nothing was chosen" in text
    assert "Every learning rate was trained" in text
    assert ", learning rate 0.0" not in text


def test_of_models_without_networks_no_epochs_are_told(new_comparison, new_settings):
    candidate = Candidate("linear", {"model": "linear"}, "linear", choices=(Choice("", 0.0),))
    settings = new_settings(["linear"], candidates=(candidate,), vary=("model",), scoring="r2")
    text = told(new_comparison({"linear": 0.9}, settings=settings, classes=None))
    assert "epochs" not in text
    assert "solver" not in text
    assert "10 models were fitted" in text


def test_the_three_verdicts_are_explained_with_the_region(new_comparison, new_settings):
    means = {"relu": 0.9, "elu": 0.8}
    assert "differ by no more than 0.01 (1% of the score's scale)" in told(new_comparison(means))
    settings = new_settings(list(means), rope=0.025)
    given = new_comparison(means, settings=settings)
    assert "differ by no more than 0.025 (as given)" in told(given)
    assert "不超过 0.025（由用户给定）的概率至少为 95%" in told(given, "zh")


@pytest.mark.parametrize(
    ("score", "phrase"),
    [("accuracy", "the highest accuracy on"), ("log_loss", "the lowest log loss on")],
)
def test_the_direction_of_the_score_is_that_of_the_choice(
    new_comparison, new_settings, score, phrase
):
    settings = new_settings(["relu"], scoring=score)
    assert phrase in told(new_comparison({"relu": 0.9}, settings=settings))


def test_why_it_stopped_where_it_ran_and_what_was_known_are_told(new_comparison):
    stopped = Stopped("precision", 0.01, None, 0.009, 0.004, 2)
    text = told(
        new_comparison({"relu": 0.9, "elu": 0.8}, stopped=stopped, engine="dask", n_known=7)
    )
    assert "precision reached" in text
    assert "60 networks were trained by dask" in text
    assert "7 of them were known from an earlier run" in text
    planned = told(new_comparison({"relu": 0.9}))
    assert "Stopped" not in planned
    assert "known" not in planned


def test_of_many_values_the_first_few_are_listed(new_comparison, new_settings):
    labels = [f"width {2**i}" for i in range(10)]
    candidates = tuple(Candidate(label, {"width": label[6:]}) for label in labels)
    settings = new_settings(["x"], candidates=candidates, vary=("width",))
    comparison = new_comparison(dict.fromkeys(labels, 0.9), settings=settings)
    assert "width (1, 2, 4, 8, 16, 32, 64, 128 and 2 more)" in told(comparison)
    assert "宽度（1、2、4、8、16、32、64、128 等 10 个）" in told(comparison, "zh")


def test_lists_within_sentences():
    assert listed(["a"], "en") == "a"
    assert listed(["a", "b", "c"], "en") == "a, b and c"
    assert listed(["a", "b", "c"], "zh") == "a、b、c"
