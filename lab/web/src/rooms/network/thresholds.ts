/** Limits of the library's diagnosis (ogive.diagnosis.Thresholds) by its names; tests compare. */
export const thresholds = {
  dead_share: 0.4,
  dead_share_tip: 0.1,
  saturated_share: 0.25,
  saturated_share_tip: 0.1,
  saturated_rows: 0.99,
  unit_rows: 30,
  vanishing_ratio: 1e-3,
  vanishing_ratio_tip: 1e-2,
  exploding_ratio: 1e3,
  exploding_ratio_tip: 1e2,
  loss_jump: 0.05,
  loss_above_least: 0.2,
  explained_low: 0.1,
  validation_rise: 0.2,
};
