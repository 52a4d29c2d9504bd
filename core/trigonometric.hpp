// Sine, cosine and arctangent: branch-free, under the rules at the head of elementary.hpp.
#pragma once

#include <bit>
#include <cmath>
#include <cstdint>

#include "coefficients_trigonometric.hpp"
#include "elementary.hpp"

namespace ogive {

/// An arctangent as high + low, for products that go on with both.
template <class T>
struct Arctangent {
  T high;
  T low;
  OGIVE_INLINE T value() const { return high + low; }
};

/// arctan(x + x_low) for any x, +-infinity included, and an x_low below an ulp of x (finite).
/// value() <= 1 ulp.
///
/// |x| is moved by the arctangent c of 0, 1/2, 1, 3/2 or infinity that leaves |u| <= 7/16 in
/// arctan(|x|) = arctan(c) + arctan(u), u = (|x| - c) / (1 + c |x|).
template <class T>
OGIVE_INLINE Arctangent<T> arctan(T x, T x_low = 0) {
  constexpr long double at_half = 0.46364760900080611621425623146121L;
  constexpr long double at_one = 0.78539816339744830961566084581988L;
  constexpr long double at_three_halves = 0.98279372324732906798571061101467L;
  constexpr long double at_infinity = 1.57079632679489661923132169163975L;
  const T a = absolute(x), a_low = with_sign(T(1), x) * x_low;
  const bool far = a > T(2.4375), near = a < T(0.4375);
  T c = select(a < T(1.1875), T(1), T(1.5));
  T high = select(a < T(1.1875), T(at_one), T(at_three_halves));
  T low = select(a < T(1.1875), T(at_one - T(at_one)), T(at_three_halves - T(at_three_halves)));
  const bool half = a < T(0.6875);
  c = select(half, T(0.5), c);
  high = select(far, T(at_infinity), select(half, T(at_half), high));
  low = select(far, T(at_infinity - T(at_infinity)), select(half, T(at_half - T(at_half)), low));
  const T moved = select(far, T(-1), (a - c) + a_low) / select(far, a, T(1) + c * a);
  const T u = select(near, a, moved);
  const T w = u * u;
  const T tail = w * polynomial(arctan_tail<T>, w);
  const T rest = select(near, a_low - a_low * w, u + low) - u * tail;
  return {with_sign(select(near, a, high), x), with_sign(T(1), x) * rest};
}

/// 1 / (1 + x^2) for any x, subnormal results included. <= 2 ulp.
template <class T>
OGIVE_INLINE T reciprocal_of_one_plus_square(T x) {
  using F = Format<T>;
  const T a = absolute(x);
  // Beyond 2^(headroom / 2) numerator and denominator are scaled, lest x^2 overflow too early.
  const T scale = select(a * F::undo_headroom * a > T(1), F::undo_headroom, T(1));
  const T b = scale * a;
  return T(1) / (scale * scale + b * b) * scale * scale;
}

/// circular() holds for |x| <= circular_reach, where x / (pi/2) is rounded to the right side of a
/// half to a hundredth.
template <class T>
inline constexpr T circular_reach = sizeof(T) == sizeof(float) ? T(0x1p18) : T(0x1p22);

/// x = n pi/2 + high + low with |high| <= pi/4 and the low two bits of n in those of `shifted`.
template <class T>
struct Reduced {
  T high;
  T low;
  T shifted;
};

/// x + x_low - n pi/2. Products of n with a part of pi/2 of 31 bits are exact, and the sums carry
/// their errors, so that high keeps all its digits even for the doubles next to n pi/2.
OGIVE_INLINE Reduced<double> reduced(double x, double x_low) {
  using F = Format<double>;
  const double shifted = x * 0x1.45f306dc9c883p-1 + F::shifter;
  const double n = shifted - F::shifter;
  const double first = x - n * 0x1.921fb544p+0;
  const double second_part = n * 0x1.0b4611a4p-34, third_part = n * 0x1.13198a2cp-65;
  const double second = first - second_part;
  const double taken = first - second;
  const double second_low = (first - (second + taken)) + (taken - second_part);
  const double third = second - third_part;
  const double taken_then = second - third;
  const double third_low = (second - (third + taken_then)) + (taken_then - third_part);
  const double rest = (second_low + third_low) + (x_low - n * 0x1.01b839a252049p-96);
  const double high = third + rest;
  return {high, rest - (high - third), shifted};
}

OGIVE_INLINE Reduced<float> reduced(float x, float x_low) {
#if defined(__FMA__) || defined(__ARM_FEATURE_FMA)
  // The first difference is exact: a multiple of 2^-24 below 1.
  const float shifted = x * 0x1.45f306p-1f + Format<float>::shifter;
  const float n = shifted - Format<float>::shifter;
  const float first = std::fma(-n, 0x1.921fb6p+0f, x);
  const float part = n * -0x1.777a5cp-25f, part_low = product_error(n, -0x1.777a5cp-25f, part);
  const float second = first - part;
  const float second_low = ((first - second) - part) - part_low;
  const float rest = second_low + (x_low - n * -0x1.ee59dap-50f);
  const float high = second + rest;
  return {high, rest - (high - second), shifted};
#else
  using F = Format<double>;
  const double wide = double(x) + double(x_low);
  const double n = (wide * 0x1.45f306dc9c883p-1 + F::shifter) - F::shifter;
  const double rest = (wide - n * 0x1.921fb544p+0) - n * 0x1.0b4611a626331p-34;
  const float high = float(rest);
  return {high, float(rest - double(high)), float(n) + Format<float>::shifter};
#endif
}

template <class T>
struct Circular {
  T sine;
  T cosine;
};

/// sin and cos of what was reduced. <= 1 ulp.
template <class T>
OGIVE_INLINE Circular<T> circular_of(const Reduced<T>& r) {
  using Bits = typename Format<T>::Bits;
  const T w = r.high * r.high, half = T(0.5) * w;
  const T sine = r.high + (r.high * (w * polynomial(sine_tail<T>, w)) + (r.low - r.low * half));
  const T near = T(1) - half;
  const T cosine =
      near + (((T(1) - near) - half) + (w * (w * polynomial(cosine_tail<T>, w)) - r.high * r.low));
  const Bits n = std::bit_cast<Bits>(r.shifted);
  const bool odd = (n & 1) != 0;
  constexpr int sign_at = 8 * sizeof(T) - 1;
  const auto negated = [](T value, Bits bits) OGIVE_LAMBDA {
    return std::bit_cast<T>(Bits(std::bit_cast<Bits>(value) ^ ((bits >> 1) << sign_at)));
  };
  return {negated(select(odd, cosine, sine), n), negated(select(odd, sine, cosine), n + 1)};
}

/// sin and cos of x + x_low for |x| <= circular_reach and an x_low below an ulp of x. <= 1 ulp.
template <class T>
OGIVE_INLINE Circular<T> circular(T x, T x_low = 0) {
  return circular_of(reduced(x, x_low));
}

/// The same for any x, by way of the standard library. <= 1 ulp.
template <class T>
inline Circular<T> circular_anywhere(T x, T x_low = 0) {
  if constexpr (sizeof(T) == sizeof(float)) {
    const double wide = double(x) + double(x_low);
    return {float(std::sin(wide)), float(std::cos(wide))};
  } else {
    const T sine = std::sin(x), cosine = std::cos(x);
    if (x_low == 0) return {sine, cosine};
    const T sine_low = std::sin(x_low), cosine_low = std::cos(x_low);
    return {sine * cosine_low + cosine * sine_low, cosine * cosine_low - sine * sine_low};
  }
}

}  // namespace ogive
