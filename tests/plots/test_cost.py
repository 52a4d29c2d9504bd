import vl_convert
from hypothesis import given
from hypothesis import strategies as st

from ogive.plots import cost_against_score
from ogive.plots.cost import CHARACTER, HEIGHT, LINE, NARROWEST, _place_labels

NAMES = ["identity", "step", "sigmoid", "tanh", "relu", "leaky_relu", "softplus", "elu"]


def boxes(placed, x_domain, y_domain):
    found = []
    for record in placed:
        x = (record["seconds"] - x_domain[0]) / (x_domain[1] - x_domain[0]) * NARROWEST
        y = (y_domain[1] - record["label_score"]) / (y_domain[1] - y_domain[0]) * HEIGHT
        wide = CHARACTER * len(record["label"])
        left = x + 9 if record["side"] == "right" else x - 9 - wide
        found.append((left, y - LINE / 2, left + wide, y + LINE / 2))
    return found


@given(
    st.lists(
        st.tuples(st.floats(0.1, 0.9), st.floats(0.1, 0.9)),
        min_size=len(NAMES),
        max_size=len(NAMES),
    )
)
def test_labels_never_cover_each_other(spots):
    records = [
        {"label": name, "seconds": x, "score": y} for name, (x, y) in zip(NAMES, spots, strict=True)
    ]
    domains = (0.0, 1.0), (0.0, 1.0)
    found = boxes(_place_labels(records, *domains), *domains)
    for i, a in enumerate(found):
        assert a[1] >= -1e-6
        assert a[3] <= HEIGHT + 1e-6
        for b in found[:i]:
            wide = min(a[2], b[2]) - max(a[0], b[0])
            high = min(a[3], b[3]) - max(a[1], b[1])
            assert wide <= 1e-6 or high <= 1e-6


def test_every_activation_is_labelled(means):
    svg = vl_convert.vegalite_to_svg(cost_against_score(means, score_title="Accuracy").to_dict())
    for mean in means:
        assert mean["activation"] in svg


def test_a_score_far_below_lies_on_the_edge_with_its_number(means):
    svg = vl_convert.vegalite_to_svg(cost_against_score(means, score_title="Accuracy").to_dict())
    assert "step ↓ 0.5 ± 0.01" in svg


def test_titles_are_in_the_language(means):
    chart = cost_against_score(means, score_title="准确率", language="zh")
    assert "每次训练秒数" in vl_convert.vegalite_to_svg(chart.to_dict())


def test_one_activation_alone_can_be_drawn(means):
    vl_convert.vegalite_to_svg(cost_against_score(means[:1], score_title="Accuracy").to_dict())
