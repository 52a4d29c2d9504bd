// Logarithms: branch-free, under the rules at the head of elementary.hpp.
#pragma once

#include <limits>

#include "coefficients_trigonometric.hpp"
#include "elementary.hpp"

namespace ogive {

/// exponent log(2) + log(1 + f) + f_low / (1 + f) for sqrt(1/2) <= 1 + f < sqrt(2).
template <class T>
OGIVE_INLINE T logarithm_of_parts(T exponent, T f, T f_low) {
  using F = Format<T>;
  const T s = f / (T(2) + f);
  const T w = s * s;
  const T bend = s * (f - w * polynomial(log_tail<T>, w));
  const T moved = f_low + f_low * (f * f - f);
  return exponent * F::log_2_high + (f + ((exponent * F::log_2_low + moved) - bend));
}

/// x = mantissa 2^exponent with sqrt(1/2) <= mantissa < sqrt(2), for a normal positive x.
template <class T>
struct Normalised {
  using F = Format<T>;
  using Bits = typename F::Bits;
  static constexpr Bits field = (Bits(1) << F::mantissa_bits) - 1;
  static constexpr Bits root = std::bit_cast<Bits>(T(0.70710678118654752440L));

  Bits biased;
  T mantissa;

  explicit OGIVE_INLINE Normalised(T x) {
    const Bits moved = std::bit_cast<Bits>(x) + (std::bit_cast<Bits>(T(1)) - root);
    biased = moved >> F::mantissa_bits;
    mantissa = std::bit_cast<T>(Bits((moved & field) + root));
  }

  OGIVE_INLINE T exponent() const {
    return std::bit_cast<T>(Bits(std::bit_cast<Bits>(F::shifter) + biased)) -
           (F::shifter + T(F::bias));
  }
  /// 2^(1 - exponent); 0 for the greatest exponent.
  OGIVE_INLINE T twice_reciprocal_power() const {
    return std::bit_cast<T>(Bits((Bits(2 * F::bias + 1) - biased) << F::mantissa_bits));
  }
};

/// `finite` for 0 < x < infinity; otherwise what a logarithm of x is.
template <class T>
OGIVE_INLINE T logarithm_at_ends(T x, T finite) {
  using Limits = std::numeric_limits<T>;
  const T least = select(x == 0, -Limits::infinity(), Limits::quiet_NaN());
  return select(x > 0, select(x > Limits::max(), x, finite), least);
}

/// log(x) for any x: -infinity at 0, NaN below. <= 1 ulp.
template <class T>
OGIVE_INLINE T logarithm(T x) {
  using F = Format<T>;
  const bool subnormal = x < std::numeric_limits<T>::min();
  const Normalised<T> n(x * select(subnormal, T(1) / F::undo_headroom, T(1)));
  const T exponent = n.exponent() - select(subnormal, T(F::headroom), T(0));
  return logarithm_at_ends(x, logarithm_of_parts(exponent, n.mantissa - T(1), T(0)));
}

/// log(1 + x + x_low) for any x and an x_low below an ulp of x; where `large`, log(2 x) instead.
/// -infinity at -1, NaN below. <= 1 ulp.
template <class T>
OGIVE_INLINE T logarithm_of_one_plus(T x, T x_low = 0, bool large = false) {
  const T sum = T(1) + x, u = select(large, x, sum);
  const T error = select(x < 1, x - (sum - T(1)), T(1) - (sum - x)) + x_low;
  const Normalised<T> n(u);
  const T exponent = n.exponent();
  const bool near = exponent == 0;  // then the sum has nothing that x has not
  const T f = select(near, x, n.mantissa - T(1));
  const T f_low = select(near, x_low, T(0.5) * error * n.twice_reciprocal_power());
  const T result =
      logarithm_of_parts(exponent + select(large, T(1), T(0)), f, select(large, T(0), f_low));
  return logarithm_at_ends(u, result);
}

}  // namespace ogive
