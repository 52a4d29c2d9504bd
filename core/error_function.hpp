// The error function, its complement and their slope, and the normal distribution's tail.
#pragma once

#include "elementary.hpp"

namespace ogive {

/// normal_tail_ratio(a + a_low) of elementary.hpp with a few bits more, for 0 <= a <= normal_limit
/// and an a_low below an ulp of a.
///
/// The argument of the polynomial and its last step carry their rounding errors.
template <class T>
OGIVE_INLINE NormalTail<T> normal_tail_ratio_extended(T a, T a_low = 0) {
  constexpr T inverse_sqrt_two_pi = T(0.39894228040143267793994605993438L);
  const T q = a + T(4);
  const T y = T(1) / q;
  const T y_low = y * (reciprocal_residual(q, y) - ((a - (q - T(4))) + a_low) * y);
  // (a - 4) / (a + 4)
  const T u = T(1) - 8 * y, u_low = ((T(1) - u) - 8 * y) - 8 * y_low;
  const T rest = polynomial<1>(normal_tail<T>, u);
  const T first = normal_tail<T>[0], bend = u * rest;
  const T g = first + bend, part = g - first;
  const T slope = T(0.125) * q * (g + q * (a * g - inverse_sqrt_two_pi * q));
  const T g_low =
      ((first - (g - part)) + (bend - part)) + (product_error(u, rest, bend) + u_low * slope);
  const T high = y * g;
  return {high, product_error(y, g, high) + (y * g_low + y_low * g)};
}

/// erf(x), erfc(x) and their common slope, formed from one exponential exp(-x^2).
template <class T>
struct ErrorFunction {
  T x;
  T size;            // |x|, at most where erfc is 0
  Exponential<T> e;  // exp(-x^2)

  /// erf(x), not NaN where x is. <= 1.25 ulp.
  ///
  /// x + x P(x^2) near 0, 1 - Q(|x|) exp(-x^2) beyond, where Q hardly needs its last digits.
  OGIVE_INLINE T erf() const {
    constexpr bool single = sizeof(T) == sizeof(float);
    const T near = at_most(size, T(1));
    const T z = at_most(T(1.12837916709551257389615890312155L) * size, single ? T(5) : T(7));
    const T y = T(1) / (z + T(2.5));
    const T above = T(1) - y * polynomial(erf_curve_tail<T>, T(1) - T(5) * y) * e.value();
    const T whole = select(size < T(1), near + near * polynomial(excess, near * near), above);
    return select(x < 0, -whole, whole);
  }

  /// erfc(x), not NaN where x is. <= 2.25 ulp.
  ///
  /// erfc(|x|) = 2 R exp(-x^2) with R = Phi(-a) exp(a^2/2) at a = sqrt(2) |x|.
  OGIVE_INLINE T erfc() const {
    constexpr long double sqrt_two = 1.41421356237309504880168872420970L;
    constexpr T k = T(sqrt_two), k_low = T(sqrt_two - k);
    const T a = k * size;
    const NormalTail<T> ratio =
        normal_tail_ratio_extended(a, product_error(k, size, a) + k_low * size);
    const T m = e.mantissa(), tail = ratio.high * m;
    const T tail_low =
        product_error(ratio.high, m, tail) + (ratio.low * m + ratio.high * e.mantissa_low());
    return select(x < 0, (T(2) - e.scaled(2 * tail)) - e.scaled(2 * tail_low),
                  e.scaled(2 * (tail + tail_low)));
  }

  /// The derivative of erf, 2 exp(-x^2) / sqrt(pi); that of erfc is -slope(). <= 1.4 ulp.
  OGIVE_INLINE T slope() const {
    constexpr long double exact = 1.12837916709551257389615890312155L;
    constexpr T k = T(exact), k_low = T(exact - k);
    const T m = e.mantissa();
    return e.scaled(k * m + (k_low * m + k * e.mantissa_low()));
  }

  // erf(x) / x - 1 in powers of x^2 <= 1: the smaller it is, the less its rounding errors count.
  static constexpr auto excess = [] {
    auto series = erf_quotient<T>;
    series[0] = T(0.12837916709551257389615890312155L);
    return series;
  }();
};

template <class T>
OGIVE_INLINE ErrorFunction<T> error_function(T x) {
  const T size = at_most(absolute(x), Format<T>::normal_limit * T(0.7071));
  const T high = high_half(size);
  return {x, size, exponential(-(high * high), (high - size) * (size + high))};
}

}  // namespace ogive
