"""The limits that findings are formed by, each with its source; all can be set."""

from __future__ import annotations

from dataclasses import asdict, dataclass, fields

from ogive.text import InputError

__all__ = ["Thresholds"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Thresholds:
    """Limits of the checks; each belongs to the check whose code it names.

    "Ward" is the set of planted faults in ``tests/diagnosis/ward``, on one half of which the limits
    without another source were chosen.

    Parameters
    ----------
    dead_share, dead_share_tip : float, default=0.1, 0.0
        OGV101: dead units are an issue where they are more than this share of a layer, and a tip
        above the second; likewise for the kinds below. A dead unit never comes back, so any is
        told. (Ward.)
    silent_share, silent_share_tip : float, default=0.5, 0.1
        OGV101: units without a gradient on the rows given. (Ward.)
    saturated_share, saturated_share_tip : float, default=0.5, 0.1
        OGV101: units that are saturated on (nearly) all rows. (Ward.)
    constant_share, constant_share_tip : float, default=0.5, 0.05
        OGV101: units whose output does not vary. (Ward.)
    duplicate_share, duplicate_share_tip : float, default=0.5, 0.05
        OGV101: units whose output is a multiple of another's. (Ward.)
    unit_rows : float, default=30
        OGV101, OGV104: rows needed. A unit active on one row in ten is silent on 30 by a chance of
        4 %.
    dead_slope : float, default=1e-6
        OGV101: slope, as a share of the greatest, up to which no gradient counts as passing: about
        the relative spacing of float32 numbers, 1.2e-7, times ten.
    dead_deviations : float, default=5.0
        OGV101: a unit is dead, not silent, where its mean z is this many standard deviations on the
        flat side: a normal z would pass to the other in one row of 3.5 million.
    silent_epochs : float, default=5
        OGV101: a unit without a gradient in as many epochs at the end of a monitored training is
        dead, not silent.
    saturated_rows : float, default=0.99
        OGV101: share of rows on which a unit must be saturated to be so for good; on all rows for a
        function with one flat side, which is sparse on purpose.
    constant_deviation : float, default=1e-3
        OGV101: standard deviation of a constant unit's output, at most, as a share of the layer's
        root mean square output. (Ward.)
    twin_difference : float, default=1e-3
        OGV101: root mean square difference between a unit's output and the best multiple of its
        twin's, at most, as a share of its standard deviation. (Ward.)
    vanishing_ratio, vanishing_ratio_tip : float, default=1e-3, 1e-2
        OGV102: the gradient of z in the first layer over that in the last; an issue below the
        first, a tip below the second. 0.25^5 = 9.8e-4 is the best case of five sigmoid layers
        (Hochreiter, 1991; Glorot and Bengio, 2010, tell of such chains).
    exploding_ratio, exploding_ratio_tip : float, default=1e3, 1e2
        OGV103: the same ratio, above. (Ward.)
    saturated_values, saturated_values_tip : float, default=0.5, 0.3
        OGV104: share of a layer's values of z with a slope of at most 5 % of the greatest, beyond
        what z ~ N(0, 1) has. (Ward; Glorot and Bengio, 2010, show such layers.)
    update_ratio_large, update_ratio_small : float, default=0.1, 1e-5
        OGV106: norm of one update over the norm of the weights; 1e-3 is the rule of thumb
        (Karpathy, notes of CS231n), and these are a hundred times more and less.
    step_curvature : float, default=2.0
        OGV106: learning rate times curvature from which on a step makes a quadratic loss larger
        (LeCun, Bottou, Orr and Müller, 1998).
    loss_jump : float, default=0.05
        OGV106: mean rise of the loss between epochs in the later half of training, as a share of
        the loss of the best constant answer. (Ward.)
    loss_above_least : float, default=0.2
        OGV106: how far the loss ends above its least, as a share of the same. (Ward.)
    loss_untouched : float, default=0.5
        OGV106: loss at the end, as a share of the same, above which a step may be too small.
        (Ward.)
    """

    dead_share: float = 0.1
    dead_share_tip: float = 0.0
    silent_share: float = 0.5
    silent_share_tip: float = 0.1
    saturated_share: float = 0.5
    saturated_share_tip: float = 0.1
    constant_share: float = 0.5
    constant_share_tip: float = 0.05
    duplicate_share: float = 0.5
    duplicate_share_tip: float = 0.05
    unit_rows: float = 30
    dead_slope: float = 1e-6
    dead_deviations: float = 5.0
    silent_epochs: float = 5
    saturated_rows: float = 0.99
    constant_deviation: float = 1e-3
    twin_difference: float = 1e-3
    vanishing_ratio: float = 1e-3
    vanishing_ratio_tip: float = 1e-2
    exploding_ratio: float = 1e3
    exploding_ratio_tip: float = 1e2
    saturated_values: float = 0.5
    saturated_values_tip: float = 0.3
    update_ratio_large: float = 0.1
    update_ratio_small: float = 1e-5
    step_curvature: float = 2.0
    loss_jump: float = 0.05
    loss_above_least: float = 0.2
    loss_untouched: float = 0.5

    def __post_init__(self) -> None:
        for field in fields(self):
            value = getattr(self, field.name)
            if isinstance(value, bool) or not isinstance(value, int | float) or not value >= 0:
                raise InputError(
                    f"the threshold {field.name} must be a number of at least 0, got {value!r}.",
                    f"阈值 {field.name} 必须是不小于 0 的数，得到的是 {value!r}。",
                )

    def to_dict(self) -> dict[str, float]:
        """Return all limits by name."""
        return asdict(self)
