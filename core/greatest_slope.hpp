// How steep an activation gets, as src/ogive/activations/slopes.py defines it.
#pragma once

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>

#include "kernels.hpp"

namespace ogive {

/// The greatest |f'(z)| for z between -12 and 12, in steps of 0.001; 1 where the slope is 0 or
/// undefined throughout.
inline double greatest_slope(const Function<double>& function) {
  constexpr std::size_t points = 24001, piece = 256;
  constexpr double step = 24.0 / (points - 1);
  std::array<double, piece> z, slope;
  double most = 0;
  for (std::size_t from = 0; from < points; from += piece) {
    const std::size_t n = std::min(piece, points - from);
    for (std::size_t i = 0; i < n; ++i) z[i] = static_cast<double>(from + i) * step - 12.0;
    function.derivative(z.data(), slope.data(), n);
    for (std::size_t i = 0; i < n; ++i)
      if (std::isfinite(slope[i])) most = std::max(most, std::fabs(slope[i]));
  }
  return most > 0 ? most : 1;
}

}  // namespace ogive
