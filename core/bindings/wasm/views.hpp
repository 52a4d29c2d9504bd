// What several views of a network need: the slopes of its units.
#pragma once

#include <algorithm>
#include <cstddef>
#include <vector>

#include "architecture.hpp"

namespace ogive::page {

/// What z has of a unit's output as a slope, for one row of layer l: f'(z), of a vector function
/// the diagonal of the Jacobian, of a gate's unit the slope of the one output it acts on. `saved`
/// is what a pass left in Workspace::derivative.
inline void unit_slopes(const Architecture<double>& net, std::size_t l, const double* saved,
                        double* out) {
  const std::size_t n = net.layer(l).fan_out;
  const RowKernel<double>* row = net.hidden(l).row;
  if (!row) {
    std::copy_n(saved, n, out);
    return;
  }
  std::vector<double> error(n);
  for (std::size_t k = 0; k < row->outputs(n); ++k) {
    std::fill(error.begin(), error.end(), 0.0);
    error[k] = 1;
    row->backward(saved, error.data(), n);
    out[k] = error[k];
    if (row->halves) out[k + n / 2] = error[k + n / 2];
  }
}

}  // namespace ogive::page
