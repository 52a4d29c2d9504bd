import math

import altair as alt
import pytest

from ogive.plots.theme import (
    BLUE,
    GREY,
    ORANGE,
    PALE_BLUE,
    as_data,
    finish,
    log_ticks,
    off_scale,
    score_domain,
)


def luminance(colour):
    channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


@pytest.mark.parametrize("paper", ["#ffffff", "#14171c"])
@pytest.mark.parametrize("colour", [BLUE, ORANGE, GREY, PALE_BLUE])
def test_colours_stand_out_from_light_and_dark_paper(colour, paper):
    low, high = sorted([luminance(colour), luminance(paper)])
    assert (high + 0.05) / (low + 0.05) >= 2.5


def test_a_mean_far_below_the_others_is_off_the_scale():
    limit = off_scale([0.976, 0.973, 0.972, 0.971, 0.960, 0.55])
    assert 0.55 < limit < 0.96


@pytest.mark.parametrize("scores", [[0.9], [0.9, 0.9], [0.9, 0.5], [0.9, 0.8, 0.7, 0.6, 0.5]])
def test_an_even_spread_stays_on_the_scale(scores):
    assert off_scale(scores) <= min(scores)


def test_score_axes_leave_room_around_what_they_show():
    low, high = score_domain([0.9, 0.8], [0.95, 0.85])
    assert low < 0.8
    assert high > 0.95
    low, high = score_domain([0.5], [0.5])
    assert low < 0.5 < high


@pytest.mark.parametrize("values", [[0.02, 0.3], [1e-9, 1.0], [3.0, 4.0], [5.0]])
def test_ticks_of_a_logarithmic_axis_surround_the_values(values):
    ticks = log_ticks(values)
    assert ticks == sorted(ticks)
    assert min(ticks) <= min(values)
    assert max(ticks) >= max(values) or math.log10(max(values) / max(ticks)) < 2
    assert len(ticks) <= 15


class Watched(dict):
    reads = 0

    def items(self):
        type(self).reads += 1
        return super().items()


def test_records_are_neither_copied_nor_checked_however_a_chart_is_put_together():
    record = Watched(x=1.0)
    base = alt.Chart(as_data([record])).encode(x="x:Q")
    chart = finish(alt.layer(base.mark_point(), base.mark_line()))
    (values,) = chart.to_dict()["datasets"].values()
    assert values[0] is record
    assert Watched.reads <= 1  # for the name, a hash of the data
