// From outputs to losses and errors, in panels: logistic for two classes, softmax for more.
// Both are computed from z, so that no digit is lost for |z| large.
#pragma once

#include <cmath>
#include <cstddef>
#include <cstdint>

#include "elementary.hpp"
#include "logistic/panels.hpp"

namespace ogive {

namespace detail {

// One number each, out of the loops: a struct that is local to the body of a loop stays in memory
// there. What they have in common is computed once. t = exp(-|z|), and one division serves both
// 1 / (1 + t) and the 1 / (2 + t) of log1p. Errors stay below 4 ulp.
OGIVE_INLINE double exponential_below(double z) {
  return logistic(exponential_of_minus_absolute(z)).t;
}

OGIVE_INLINE double reciprocal_of_both(double t) { return 1 / ((1 + t) * (2 + t)); }

OGIVE_INLINE double margin_loss(double margin) {
  const double t = exponential_below(margin);
  const double s = t * ((1 + t) * reciprocal_of_both(t)), w = s * s;
  return select(margin < 0, -margin, 0.0) + (t - s * (t - w * polynomial(log1p_tail<double>, w)));
}

OGIVE_INLINE double logistic_of_minus(double margin) {
  const double t = exponential_below(margin), upper = (2 + t) * reciprocal_of_both(t);
  return select(margin < 0, upper, t * upper);
}

OGIVE_INLINE double logistic_slope(double z) {
  const double t = exponential_below(z), upper = 1 / (1 + t);
  return t * upper * upper;
}

}  // namespace detail

/// Returns Σ weight × loss, and by row error = weight dloss/dz. `side` is 1 for the rows of the
/// positive class, -1 for the others.
inline double logistic_link(std::size_t n, const double* z, const double* side,
                            const double* weight, double* error) {
  double total = 0;
#pragma omp simd reduction(+ : total)
  for (std::size_t i = 0; i < n; ++i) {
    const double margin = side[i] * z[i];
    const double loss = detail::margin_loss(margin), wrong = detail::logistic_of_minus(margin);
    total += weight[i] * loss;
    error[i] = -side[i] * weight[i] * wrong;
  }
  return total;
}

/// curvature = weight a (1 - a), the second derivative of the loss.
inline void logistic_curvature(std::size_t n, const double* z, const double* weight,
                               double* curvature) {
#pragma omp simd
  for (std::size_t i = 0; i < n; ++i) curvature[i] = weight[i] * detail::logistic_slope(z[i]);
}

namespace detail {

/// Replaces one panel of `classes` outputs by softmax × weight; log_sum is log Σ exp z.
inline void panel_softmax(std::size_t classes, double* z, const double* weight, double* log_sum) {
  double top[panel_rows], sum[panel_rows] = {}, scale[panel_rows];
  for (std::size_t r = 0; r < panel_rows; ++r) top[r] = z[r];
  for (std::size_t k = 1; k < classes; ++k)
    for (std::size_t r = 0; r < panel_rows; ++r)
      top[r] = select(z[k * panel_rows + r] > top[r], z[k * panel_rows + r], top[r]);
  for (std::size_t k = 0; k < classes; ++k) {
    double* of_class = z + k * panel_rows;
#pragma omp simd
    for (std::size_t r = 0; r < panel_rows; ++r) {
      of_class[r] = exponential_below(of_class[r] - top[r]);
      sum[r] += of_class[r];
    }
  }
  for (std::size_t r = 0; r < panel_rows; ++r) {
    log_sum[r] = top[r] + std::log(sum[r]);
    scale[r] = weight[r] / sum[r];
  }
  for (std::size_t k = 0; k < classes; ++k)
    for (std::size_t r = 0; r < panel_rows; ++r) z[k * panel_rows + r] *= scale[r];
}

}  // namespace detail

/// The same as logistic_link for one panel of `classes` outputs, which errors replace.
inline double softmax_link(std::size_t classes, double* z, const std::int32_t* label,
                           const double* weight) {
  double own[panel_rows], log_sum[panel_rows], total = 0;
  for (std::size_t r = 0; r < panel_rows; ++r)
    own[r] = z[static_cast<std::size_t>(label[r]) * panel_rows + r];
  detail::panel_softmax(classes, z, weight, log_sum);
  for (std::size_t r = 0; r < panel_rows; ++r) {
    total += weight[r] * (log_sum[r] - own[r]);
    z[static_cast<std::size_t>(label[r]) * panel_rows + r] -= weight[r];
  }
  return total;
}

/// Replaces one panel of outputs by weight p (1 - p), the diagonal of the loss's second derivative.
inline void softmax_curvature(std::size_t classes, double* z, const double* weight) {
  double log_sum[panel_rows], inverse[panel_rows];
  detail::panel_softmax(classes, z, weight, log_sum);
  for (std::size_t r = 0; r < panel_rows; ++r) inverse[r] = weight[r] > 0 ? 1 / weight[r] : 0;
  for (std::size_t k = 0; k < classes; ++k)
    for (std::size_t r = 0; r < panel_rows; ++r) {
      double& cell = z[k * panel_rows + r];
      cell *= 1 - cell * inverse[r];
    }
}

}  // namespace ogive
