// One-vs-one decisions of linear models, for one panel of rows at a time: no table of all pairs.
#pragma once

#include <cmath>
#include <cstddef>
#include <cstdint>

#include "logistic/panel_products.hpp"

namespace ogive {

/// Votes of all pairs (0, 1), (0, 2), …, of whose classes the later is positive, and the sums of
/// confidences: `weights` has one row of `columns` for each pair. votes and sums are classes × 16;
/// `scratch` holds classes × 16.
inline void count_votes(const double* panel, std::size_t columns, const double* weights,
                        std::size_t classes, double* votes, double* sums, double* scratch) {
  std::fill_n(votes, classes * panel_rows, 0.0);
  std::fill_n(sums, classes * panel_rows, 0.0);
  for (std::size_t i = 0; i + 1 < classes; ++i) {
    const std::size_t others = classes - 1 - i;
    panel_outputs(panel, columns, weights, columns, others, scratch);
    weights += others * columns;
    double *own_votes = votes + i * panel_rows, *own_sum = sums + i * panel_rows;
    for (std::size_t j = 0; j < others; ++j) {
      const double* z = scratch + j * panel_rows;
      double *other_votes = votes + (i + 1 + j) * panel_rows,
             *other_sum = sums + (i + 1 + j) * panel_rows;
#pragma omp simd
      for (std::size_t r = 0; r < panel_rows; ++r) {
        const double won = select(z[r] > 0, 1.0, 0.0);
        other_votes[r] += won;
        own_votes[r] += 1 - won;
        other_sum[r] += z[r];
        own_sum[r] -= z[r];
      }
    }
  }
}

/// Which class is left for each row where the first meets the second, whoever remains the third, …
inline void eliminate(const double* panel, std::size_t columns, const double* weights,
                      std::size_t classes, std::int32_t* winner) {
  const auto row_of = [&](std::size_t i, std::size_t j) {
    return i * (2 * classes - i - 1) / 2 + (j - i - 1);
  };
  for (std::size_t r = 0; r < panel_rows; ++r) {
    std::size_t left = 0;
    for (std::size_t next = 1; next < classes; ++next) {
      const double* w = weights + row_of(left, next) * columns;
      double z = 0;
      for (std::size_t j = 0; j < columns; ++j) z += w[j] * panel[j * panel_rows + r];
      if (z > 0) left = next;
    }
    winner[r] = static_cast<std::int32_t>(left);
  }
}

}  // namespace ogive
