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
    dead_share, dead_share_tip : float, default=0.4, 0.1
        OGV101: dead units are an issue where they are more than this share of a layer, and a tip
        above the second; likewise for the kinds below. One in ten of a layer of ReLUs is common in
        sound networks and harmless, so what passes only tells their number; with one or two
        features a third may be dead. (40 %: Karpathy, notes of CS231n.)
    silent_share, silent_share_tip : float, default=0.5, 0.2
        OGV101: units without a gradient on the rows given. Up to a fifth of the second of two
        layers of ReLUs with PyTorch's own initial weights are silent on the digits. Half of
        the second limit counts after a training whose learning rate is large or not known, and of
        large inputs. (Ward.)
    saturated_share, saturated_share_tip : float, default=0.25, 0.1
        OGV101: units that are saturated on (nearly) all rows. (Ward.)
    constant_share, constant_share_tip : float, default=0.25, 0.05
        OGV101: units whose output does not vary. (Ward.)
    duplicate_share, duplicate_share_tip : float, default=0.25, 0.05
        OGV101: units whose output is a multiple of another's; an issue only where their weights
        are equal, for more units than needed do no harm. (Ward.)
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
    twin_difference : float, default=1e-4
        OGV101: root mean square difference between a unit's output and the best multiple of its
        twin's, at most, as a share of its standard deviation. Units of sound networks come
        near to each other (Maennel, Bousquet and Gelly, 2018, "Gradient descent quantizes ReLU
        network features"), hence the narrow limit. (Ward.)
    vanishing_ratio, vanishing_ratio_tip : float, default=1e-3, 1e-2
        OGV102: the gradient of z in the first layer over that in the last; an issue below the
        first, a tip below the second. 0.25^5 = 9.8e-4 is the best case of five sigmoid layers
        (Hochreiter, 1991; Glorot and Bengio, 2010, tell of such chains).
    exploding_ratio, exploding_ratio_tip : float, default=1e3, 1e2
        OGV103: the same ratio, above. (Ward.)
    saturated_values, saturated_values_tip : float, default=0.5, 0.3
        OGV104: share of a layer's values of z with a slope of at most 5 % of the greatest, beyond
        what z ~ N(0, 1) has. (Ward; Glorot and Bengio, 2010, show such layers.)
    update_ratio_large, update_ratio_small : float, default=0.05, 1e-5
        OGV106: norm of one update over the norm of the weights; 1e-3 is the rule of thumb
        (Karpathy, notes of CS231n); these are fifty times more and a hundred times less.
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
    input_spread : float, default=30.0
        OGV107: greatest over least scale of the features. (Ward; LeCun and others, 1998, ask for
        equal variances.)
    input_scale_high, input_scale_low : float, default=10.0, 0.1
        OGV107: scale of the median feature, 1 where standardised. (Ward.)
    input_shift : float, default=10.0
        OGV107: ``|mean|`` over standard deviation of a feature. (Ward.)
    initial_gain_low, initial_gain_high : float, default=0.05, 20.0
        OGV108: factor on the gradient's norm from the last hidden layer to the first, predicted at
        the initial weights; 1 is aimed at (Glorot and Bengio, 2010; He and others, 2015). (Ward.)
    initial_size_low, initial_size_high : float, default=0.05, 5.0
        OGV108: sqrt(fan_in) times the root mean square weight of a layer before training; 1 of
        LeCun's, 1.4 of He's and 0.58 of PyTorch's initial weights. (Ward.)
    initial_size_flat : float, default=3.0
        OGV108: the same, above, for bounded functions where `initial_saturated` is exceeded too.
    initial_saturated : float, default=0.4
        OGV108: share of values saturated before training. (Ward.)
    linear_bend : float, default=2e-3
        OGV109: ``1 - corr²(z, f(z))`` of a unit, below which it works on a straight line; tanh of z
        with standard deviation 0.25, or sigmoid of 0.5, has as much.
    linear_units : float, default=0.95
        OGV109: share of such units in every layer that makes a network linear. (Ward.)
    linear_r2_units : float, default=0.98
        OGV109: R² of the outputs by a linear model that has to bear that out. (Ward.)
    linear_explained : float, default=0.9
        OGV109: share of the loss explained (OGV111) from which on straight units mean that the data
        are linear.
    linear_r2 : float, default=0.998
        OGV109: the same by which alone a tip is given. (Ward.)
    whole_targets : float, default=10
        OGV110: most different whole values of a regression's target that may be classes. (Ward.)
    class_rows : float, default=5
        OGV110: rows of the median class, below which many numbered classes may be a regression's
        target. (Ward.)
    target_scale_high, target_scale_low : float, default=10.0, 0.01
        OGV110: ``|mean|`` or standard deviation of a regression's targets above which, and standard
        deviation below which, a loss that hardly left the best constant answer's (`explained_low`)
        is laid to them: what features may have (OGV107), and a tenth of it. (Ward.)
    output_constant : float, default=1e-4
        OGV110: standard deviation of all outputs, as a share of the targets' range, at most.
    validation_rise : float, default=0.2
        OGV111: rise of the validation loss from its least to its end, as a share of its fall from
        the loss of the best constant answer to its least. (Ward.)
    validation_gap : float, default=0.1
        OGV111: score on the rows learnt from above that on validation rows, beyond the interval
        of the noise. (Ward.)
    validation_lost : float, default=0.5
        OGV111: share of the fall of the training loss below that of the best constant answer which
        is missing on validation rows. (Ward.)
    explained_low : float, default=0.1
        OGV111: share by which the training loss is below that of the best constant answer. (Ward.)
    explained_tip : float, default=0.5
        OGV111: the same, where the loss still falls when training ends. (Ward.)
    explained_alone : float, default=0.25
        OGV111: the same, where no curve tells whether it still falls. (Ward.)
    narrow_units : float, default=2
        OGV111: width of the narrowest hidden layer, at most, that with a loss above `explained_tip`
        counts as too narrow. (Ward.)
    falling : float, default=0.02
        OGV111: fall of the loss in the last fifth of the epochs, as a share of the loss, that
        counts as still falling. (Ward.)
    rare_share : float, default=0.5
        OGV112: a class is rare below this part of the share it would have evenly.
    rare_recall, rare_recall_gap : float, default=0.5, 0.3
        OGV112: recall of a rare class, and how far its interval lies below the recall of the other
        classes. (Ward.)
    """

    dead_share: float = 0.4
    dead_share_tip: float = 0.1
    silent_share: float = 0.5
    silent_share_tip: float = 0.2
    saturated_share: float = 0.25
    saturated_share_tip: float = 0.1
    constant_share: float = 0.25
    constant_share_tip: float = 0.05
    duplicate_share: float = 0.25
    duplicate_share_tip: float = 0.05
    unit_rows: float = 30
    dead_slope: float = 1e-6
    dead_deviations: float = 5.0
    silent_epochs: float = 5
    saturated_rows: float = 0.99
    constant_deviation: float = 1e-3
    twin_difference: float = 1e-4
    vanishing_ratio: float = 1e-3
    vanishing_ratio_tip: float = 1e-2
    exploding_ratio: float = 1e3
    exploding_ratio_tip: float = 1e2
    saturated_values: float = 0.5
    saturated_values_tip: float = 0.3
    update_ratio_large: float = 0.05
    update_ratio_small: float = 1e-5
    step_curvature: float = 2.0
    loss_jump: float = 0.05
    loss_above_least: float = 0.2
    loss_untouched: float = 0.5
    input_spread: float = 30.0
    input_scale_high: float = 10.0
    input_scale_low: float = 0.1
    input_shift: float = 10.0
    initial_gain_low: float = 0.05
    initial_gain_high: float = 20.0
    initial_size_low: float = 0.05
    initial_size_high: float = 5.0
    initial_size_flat: float = 3.0
    initial_saturated: float = 0.4
    linear_bend: float = 2e-3
    linear_units: float = 0.95
    linear_r2_units: float = 0.98
    linear_explained: float = 0.9
    linear_r2: float = 0.998
    whole_targets: float = 10
    class_rows: float = 5
    target_scale_high: float = 10.0
    target_scale_low: float = 0.01
    output_constant: float = 1e-4
    validation_rise: float = 0.2
    validation_gap: float = 0.1
    validation_lost: float = 0.5
    explained_low: float = 0.1
    explained_tip: float = 0.5
    explained_alone: float = 0.25
    narrow_units: float = 2
    falling: float = 0.02
    rare_share: float = 0.5
    rare_recall: float = 0.5
    rare_recall_gap: float = 0.3

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
