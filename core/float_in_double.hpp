// For float kernels that compute in double: nothing there is subnormal, cancels badly or needs its
// rounding error, and a relative error of 2^-28 is enough.
#pragma once

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>

#include "elementary.hpp"

namespace ogive {

/// The coefficients of a polynomial as double.
template <class T, std::size_t N>
OGIVE_INLINE constexpr std::array<double, N> in_double(const std::array<T, N>& coefficients) {
  std::array<double, N> series{};
  for (std::size_t i = 0; i < N; ++i) series[i] = coefficients[i];
  return series;
}

/// exp(x) for |x| <= 700. Relative error below 2^-36 with 8 terms, 2^-31 with 7.
template <std::size_t terms = 8>
OGIVE_INLINE double exponential_for_float(double x) {
  using F = Format<double>;
  constexpr std::array<double, terms> series = [] {
    static_assert(terms <= expm1_tail<double>.size());
    std::array<double, terms> head{};
    for (std::size_t i = 0; i < terms; ++i) head[i] = expm1_tail<double>[i];
    return head;
  }();
  const double shifted = x * F::log2_e + F::shifter;
  const double r = x - (shifted - F::shifter) * 0x1.62e42fefa39efp-1;
  const double mantissa = 1 + (r + r * r * polynomial(series, r));
  // The low bits of `shifted` are the exponent that is added to the mantissa's.
  return std::bit_cast<double>((std::bit_cast<std::uint64_t>(shifted) << F::mantissa_bits) +
                               std::bit_cast<std::uint64_t>(mantissa));
}

}  // namespace ogive
