// From outputs to losses and errors, in panels: logistic for two classes, softmax for more.
// Both are computed from z, so that no digit is lost for |z| large.
#pragma once

#include <cmath>
#include <cstddef>
#include <cstdint>

#include "elementary.hpp"
#include "logistic/panels.hpp"

namespace ogive {

/// Returns Σ weight × loss, and by row error = weight dloss/dz. `side` is 1 for the rows of the
/// positive class, -1 for the others.
inline double logistic_link(std::size_t n, const double* z, const double* side,
                            const double* weight, double* error) {
  double total = 0;
#pragma omp simd reduction(+ : total)
  for (std::size_t i = 0; i < n; ++i) {
    const double margin = side[i] * z[i];
    const Logistic<double> l = logistic(exponential_of_minus_absolute(margin));
    const double wrong = select(margin < 0, l.upper(), l.lower());
    const double excess = select(margin < 0, -margin, 0.0);
    total += weight[i] * (excess + log1p(l.t));
    error[i] = -side[i] * weight[i] * wrong;
  }
  return total;
}

/// curvature = weight a (1 - a), the second derivative of the loss.
inline void logistic_curvature(std::size_t n, const double* z, const double* weight,
                               double* curvature) {
#pragma omp simd
  for (std::size_t i = 0; i < n; ++i) {
    const Logistic<double> l = logistic(exponential_of_minus_absolute(z[i]));
    curvature[i] = weight[i] * (l.upper() * l.lower());
  }
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
      // By way of logistic(), whose unused parts vanish: see losses.hpp.
      of_class[r] = logistic(exponential_of_minus_absolute(of_class[r] - top[r])).t;
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
