import json
import re
from html.parser import HTMLParser

import numpy as np
import pytest
from planted_diagnoses import remedy
from rich.cells import cell_len

import ogive
from ogive.diagnosis.remedies.record import Trial, TriedRemedy
from ogive.diagnosis.remedies.showing import trial_text
from ogive.diagnosis.remedies.wording import change
from ogive.text import Text

PATIENT = np.array([0.5, 0.52, 0.48, 0.5])


def tried(difference, low, high, verdict, *, parameters=None, **more):
    shown = remedy(**(parameters or {"init": "auto"}))
    return TriedRemedy(
        ("OGV102", "OGV108"),
        shown,
        (shown.key,),
        PATIENT + difference,
        difference,
        low,
        high,
        verdict,
        **more,
    )


BETTER = tried(0.41, 0.3712, 0.4488, "better", cleared=("OGV102",))
LEVEL = tried(0.01, -0.02, 0.04, "no evidence", parameters={"scale_inputs": True})
WORSE = tried(-0.1, -0.15, -0.05, "worse", parameters={"alpha": 10.0}, appeared=("OGV111",))
FAILED = tried(
    -0.2, -0.3, -0.1, "failed", parameters={"solver": "sgd", "learning_rate_init": 1e9}, n_failed=3
)
REFUSED = tried(np.nan, np.nan, np.nan, "failed", reason=Text("Seven is odd.", "七是奇数。"))


def trial(*remedies, score_name="accuracy", **more):
    given = {"n_rows": 100, "constant_score": 0.1} | more
    return Trial(score_name, PATIENT, remedies, 4, 80, 20, 0.95, 1.5, **given)


def test_a_good_remedy_is_told_in_words():
    said = trial(BETTER).text("en")
    assert (
        "init='auto' raises the accuracy by 0.410 (95 % interval 0.371 to 0.449): better."
        in " ".join(said.split())
    )


def test_a_harmful_remedy_is_told_with_what_is_lost():
    said = " ".join(trial(WORSE).text("en").split())
    assert "alpha=10 lowers the accuracy by 0.100 (95 % interval 0.050 to 0.150): worse." in said


def test_without_evidence_signs_show_that_the_interval_holds_zero():
    said = " ".join(trial(LEVEL).text("en").split())
    assert "by +0.010 (95 % interval -0.020 to +0.040): no evidence of an effect." in said


def test_a_large_difference_of_few_seeds_is_not_called_none():
    told = trial(tried(0.331, -0.1, 0.76, "no evidence"))
    said = " ".join(told.text("en").split())
    assert "too few seeds to tell; try 10" in said
    assert "no evidence" not in said
    assert "种子太少" in told.text("zh")


def test_a_failed_remedy_tells_how_often_and_what_counts_in_its_place():
    said = " ".join(trial(FAILED).text("en").split())
    assert "3 of 4 trainings ended with values that are not finite: failed." in said
    assert "count as the best constant answer (accuracy 0.100)" in said
    assert "learning_rate_init=1e+09 3/4" in said


def test_a_refused_remedy_tells_the_reason_in_both_languages():
    assert "init='auto' could not be trained: Seven is odd." in trial(REFUSED).text("en")
    assert "init='auto'：无法训练。七是奇数。" in trial(REFUSED).text("zh")


def test_chinese_sentences_say_the_same():
    said = trial(BETTER, LEVEL, WORSE, FAILED).text("zh").replace("\n", "").replace("  ", "")
    assert "init='auto' 使准确率提高 0.410（95% 置信区间 0.371 至 0.449）：更好。" in said
    assert "alpha=10 使准确率降低 0.100（95% 置信区间 0.050 至 0.150）：更差。" in said
    assert "使准确率变化 +0.010（95% 置信区间 -0.020 至 +0.040）：没有证据表明有效果。" in said
    assert "4 次训练中有 3 次出现非有限的数值，失败。" in said


@pytest.mark.parametrize("language", ["en", "zh"])
def test_numbers_stand_in_one_column_and_no_line_is_too_long(language):
    lines = trial(BETTER, LEVEL, WORSE, FAILED, REFUSED).text(language).splitlines()
    assert max(map(cell_len, lines)) <= 100
    rows = [line for line in lines if " [" in line and "]" in line and "%" not in line]
    assert len(rows) == 3
    assert len({cell_len(line[: line.index("]")]) for line in rows}) == 1


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("width", [120, 100, 88, 80, 72])
def test_a_narrow_screen_gets_fewer_columns_and_whole_numbers(language, width):
    told = trial_text(trial(BETTER, LEVEL, WORSE, FAILED, REFUSED), language, width)
    assert max(map(cell_len, told.splitlines())) <= width
    assert "+0.410 [+0.371, +0.449]" in told


def test_codes_that_are_new_have_a_column_only_where_there_are_any():
    assert "New" not in trial(BETTER).text("en")
    assert "New" in trial(WORSE).text("en")


def test_balanced_accuracy_and_cut_r2_are_explained():
    assert "mean of the classes' recalls" in trial(BETTER, score_name="balanced_accuracy").text(
        "en"
    )
    low = Trial("r2", np.array([-1.0, 0.2]), (LEVEL,), 2, 80, 20, 0.95, 1.0, 100)
    assert "R² below -1 counts as -1." in low.text("en")
    assert "R² below" not in trial(LEVEL, score_name="r2").text("en")


def test_drawn_rows_are_told():
    assert "100 of 5000 rows were drawn" in trial(BETTER, n_rows=5000).text("en")
    assert "5000 行中抽取了 100 行" in trial(BETTER, n_rows=5000).text("zh")
    assert "drawn for the trial" not in trial(BETTER).text("en")


def test_rows_left_out_are_told():
    said = trial(BETTER, n_rows=103, n_left_out=3).text("en")
    assert "3 of 103 rows were left out" in said
    assert "were drawn" not in said


def test_an_interval_barely_clear_of_zero_is_seen_to_be_so():
    barely = tried(0.115, 0.00004, 0.23, "better")
    said = " ".join(trial(barely).text("en").split())
    assert "[+0.00004, +0.23000]" in said
    assert "0.11500 (95 % interval 0.00004 to 0.23000): better" in said


def test_an_empty_trial_says_that_there_was_nothing_to_try():
    empty = Trial("accuracy", np.empty(0), (), 10, 0, 0, 0.95, 0.0)
    assert "No finding names a change" in empty.text("en")
    assert "没有任何一项结果" in empty.text("zh")
    assert "No finding names a change" in empty._repr_html_()
    assert empty.to_dict()["remedies"] == []
    assert empty.to_polars().height == 0
    assert empty.best is None


def test_the_locale_chooses_the_language(monkeypatch):
    monkeypatch.setenv("OGIVE_LANG", "zh")
    assert "试用补救办法" in str(trial(BETTER))


def test_plain_data_is_strict_json_and_tells_what_is_not_known_as_null():
    told = trial(BETTER, REFUSED).to_dict("zh")
    again = json.loads(json.dumps(told, allow_nan=False))
    assert again["remedies"][0]["difference"] == 0.41
    assert again["remedies"][1]["difference"] is None
    assert again["remedies"][0]["remedy"]["text"] == "设置 init。"
    assert again["remedies"][0]["cleared"] == ["OGV102"]


def test_the_frame_has_one_row_a_remedy():
    frame = trial(BETTER, FAILED).to_polars()
    assert frame["verdict"].to_list() == ["better", "failed"]
    assert frame["codes"].to_list() == [["OGV102", "OGV108"]] * 2
    assert frame["score"][0] == pytest.approx(0.91)


def test_html_is_well_formed_and_escaped():
    class Balance(HTMLParser):
        open = ()

        def handle_starttag(self, tag, attrs):
            self.open = (*self.open, tag)

        def handle_endtag(self, tag):
            assert self.open[-1] == tag
            self.open = self.open[:-1]

    odd = tried(0.1, 0.05, 0.15, "better", parameters={"activation": "z * (z < 0)"})
    html = trial(odd)._repr_html_()
    reader = Balance()
    reader.feed(html)
    assert reader.open == ()
    assert "z &lt; 0" in html


def test_intervals_are_drawn_on_one_scale_and_failed_ones_not_at_all():
    html = trial(BETTER, WORSE, FAILED)._repr_html_()
    drawn = re.findall(r'<line x1="([\d.]+)" x2="([\d.]+)"', html)
    zeros, intervals = drawn[::2], drawn[1::2]
    assert len(intervals) == 2
    assert len(set(zeros)) == 1
    zero = float(zeros[0][0])
    (better_low, better_high), (worse_low, worse_high) = (map(float, one) for one in intervals)
    assert worse_low < worse_high < zero < better_low < better_high


def test_changes_are_written_as_they_are_typed():
    given = {
        "activation": [ogive.activation("relu"), "tanh"],
        "hidden_layer_sizes": (16,),
        "learning_rate_init": 0.0012345678,
        "class_weight": "balanced",
        "scale_inputs": True,
    }
    assert change(given, "en") == (
        "activation=['relu', 'tanh'], hidden_layer_sizes=(16,), learning_rate_init=0.00123457, "
        "class_weight='balanced', StandardScaler before the network"
    )
    steep = {"activation": ogive.activation("leaky_relu", negative_slope=0.2)}
    assert change(steep, "en") == "activation=activation('leaky_relu', negative_slope=0.2)"
