// exp and expm1 over all reals, and exp with more digits than the type has.
//
// elementary.hpp has the exponential of a number that is not positive, as the tails of most
// activations need it; this header adds the other half, and the precision that a second
// exponential on top of the first asks for: exp(-t) loses t times the relative error of t.
#pragma once

#include "elementary.hpp"

namespace ogive {

/// exp(x) taken apart: exp(x) = (1 + fraction + fraction_low) 2^n with |fraction| < 0.415.
template <class T>
struct WideExponential {
  T fraction;
  T fraction_low;  // 0 but for exponential_extended
  T shifted;       // its low bits hold n

  /// factor * 2^n, rounded once even where the result is subnormal; infinite beyond the type.
  OGIVE_INLINE T scaled(T factor) const {
    using F = Format<T>;
    using Bits = typename F::Bits;
    constexpr T down = F::undo_headroom, up = T(1) / F::undo_headroom;
    // 2^n = power * rest: the first multiplication stays clear of both ends of the type.
    const T rest = select(shifted > F::shifter, up, down);
    const Bits twice_biased = std::bit_cast<Bits>(shifted) + Bits(2 * F::bias);
    const T power =
        std::bit_cast<T>(Bits((twice_biased << F::mantissa_bits) - std::bit_cast<Bits>(rest)));
    return factor * power * rest;
  }

  /// 1 + fraction + fraction_low = mantissa() + mantissa_low(), the first being it rounded.
  OGIVE_INLINE T mantissa() const { return T(1) + fraction; }
  OGIVE_INLINE T mantissa_low() const { return (fraction - (mantissa() - T(1))) + fraction_low; }

  /// exp(x). <= 1 ulp.
  OGIVE_INLINE T value() const { return scaled(mantissa()); }

  /// What exp(x) is more than value(), where neither is subnormal.
  OGIVE_INLINE T value_low() const { return scaled(mantissa_low()); }

  /// exp(x) - 1. <= 1.8 ulp.
  OGIVE_INLINE T minus_one() const {
    const T part = scaled(fraction), power_minus_one = scaled(T(1)) - T(1);
    const T sum = power_minus_one + part;
    const T sum_low = (part - (sum - power_minus_one)) + scaled(fraction_low);
    // Far up 2^n may be infinite where exp(x) is not, and the 1 no longer counts.
    return select(shifted > Format<T>::shifter + T(Format<T>::headroom), value(), sum + sum_low);
  }
};

/// x within -exp_limit and exp_limit, beyond which exp(x) is 0 or infinite; NaN stays NaN.
template <class T>
OGIVE_INLINE T within_exp_limits(T x) {
  constexpr T limit = Format<T>::exp_limit;
  return select(x < -limit, -limit, at_most(x, limit));
}

/// exp(x + x_low) for any x and a finite x_low below an ulp of x. value() <= 1 ulp.
///
/// Beyond exp_limit x_low must be 0; at_most(absolute(x), ...) shows how to see to it.
template <class T>
OGIVE_INLINE WideExponential<T> exponential_anywhere(T x, T x_low = 0) {
  const Exponential<T> e = exponential(within_exp_limits(x), x_low);
  return {e.fraction, T(0), e.shifted};
}

/// exp(x + x_low) for any x and a finite x_low: mantissa() + mantissa_low(), to 2^-61.
///
/// 1 + r (1 + r/2 (1 + r/3)) is summed in double-word arithmetic, the rest of the series in double.
OGIVE_INLINE WideExponential<double> exponential_extended(double x, double x_low = 0) {
  using F = Format<double>;
  constexpr double sixth = 0x1.5555555555555p-3, sixth_low = 0x1.5555555555555p-57;
  const double within = within_exp_limits(x);
  const double shifted = within * F::log2_e + F::shifter;
  const double n = shifted - F::shifter;
  const double head = within - n * F::log_2_high, tail = x_low - n * F::log_2_low;
  const double r = head + tail, r_low = tail - (r - head);
  // cubic = 1/6 + r/24 + ...; half = 1/2 + r cubic; fraction = r + r^2 half.
  const double rest = r * polynomial(exp_tail<double>, r);
  const double cubic = sixth + rest, cubic_low = (rest - (cubic - sixth)) + sixth_low;
  const double line = r * cubic;
  const double line_low = product_error(r, cubic, line) + (r_low * cubic + r * cubic_low);
  const double half = 0.5 + line, half_low = (line - (half - 0.5)) + line_low;
  const double square = r * r;
  const double square_low = product_error(r, r, square) + 2 * (r * r_low);
  const double curve = square * half;
  const double curve_low =
      product_error(square, half, curve) + (square_low * half + square * half_low);
  const double fraction = r + curve;
  return {fraction, (curve - (fraction - r)) + (r_low + curve_low), shifted};
}

}  // namespace ogive
