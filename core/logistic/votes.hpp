// One-vs-one decisions of linear models, for one panel of rows at a time: no table of all pairs.
#pragma once

#include <algorithm>
#include <cstddef>

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

}  // namespace ogive
