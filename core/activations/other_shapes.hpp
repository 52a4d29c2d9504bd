// Waves, bumps, and functions that grow without bound on both sides. How to add one: catalogue.hpp.
#pragma once

#include <array>
#include <limits>
#include <string_view>

#include "elementary.hpp"
#include "kernels.hpp"
#include "logarithm.hpp"
#include "trigonometric.hpp"

namespace ogive {

/// z - tanh(z), as z^3 P(z^2) for |z| < 1 and |z| - 1 + 2 t / (1 + t), t = exp(-2|z|), beyond;
/// derivative tanh(z)^2, with tanh(|z|) = |z| - value and 1 - 2 t / (1 + t).
struct Tanhshrink {
  static constexpr std::string_view name = "tanhshrink";
  static constexpr std::array<Parameter, 0> parameters{};
  static constexpr Accuracy accuracy{4, 4};
  template <class T>
  static OGIVE_INLINE Point<T> at(T z, const T*) {
    const T a = absolute(z), b = at_most(a, T(1));
    const bool near = a < T(1);
    const T w = b * b;
    const T t = exponential_of_minus_absolute(2 * z).value();
    const T gap = 2 * t / (T(1) + t);
    const T size = select(near, w * (b * polynomial(tanhshrink_tail<T>, w)), (a - T(1)) + gap);
    const T tanh = select(near, a - size, T(1) - gap);
    return {with_sign(size, z), tanh * tanh};
  }
};

/// (sqrt(z^2 + 1) - 1) / 2 + z, as z (1 + q / 2) with q = z / (sqrt(z^2 + 1) + 1), and as
/// z (1 + p) / 2 with p = 1 + q for z far below 0, where 1 + q would cancel; derivative
/// 1 + z / (2 sqrt(z^2 + 1)).
struct BentIdentity {
  static constexpr std::string_view name = "bent_identity";
  static constexpr std::array<Parameter, 0> parameters{};
  static constexpr Accuracy accuracy{2, 2};
  template <class T>
  static OGIVE_INLINE Point<T> at(T z, const T*) {
    constexpr T limit = sizeof(T) == sizeof(float) ? T(0x1p30) : T(0x1p60);  // q is +-1 from there
    const T a = at_most(absolute(z), limit), b = with_sign(a, z);
    const T root = std::sqrt(a * a + T(1));
    const bool below = z < T(-1.5);
    const T base = root + T(1), sum = root + a;
    const T quotient = select(below, sum + T(1), b) / select(below, base * sum, base);
    return {z * (select(below, T(0.5), T(1)) + T(0.5) * quotient), T(1) + T(0.5) * (b / root)};
  }
};

/// sign(z) log(1 + |z|); derivative 1 / (1 + |z|).
struct Symlog {
  static constexpr std::string_view name = "symlog";
  static constexpr std::array<Parameter, 0> parameters{};
  static constexpr Accuracy accuracy{1, 1.5};
  template <class T>
  static OGIVE_INLINE Point<T> at(T z, const T*) {
    const T a = absolute(z);
    return {with_sign(logarithm_of_one_plus(a), z), T(1) / (T(1) + a)};
  }
};

/// log(z + sqrt(z^2 + 1)), as log1p(|z| + z^2 / (1 + sqrt(z^2 + 1))) with the sign of z; derivative
/// 1 / sqrt(z^2 + 1).
struct Asinh {
  static constexpr std::string_view name = "asinh";
  static constexpr std::array<Parameter, 0> parameters{};
  static constexpr Accuracy accuracy{2, 2.5};
  template <class T>
  static OGIVE_INLINE Point<T> at(T z, const T*) {
    constexpr T limit = T(0x1p32);  // beyond it asinh(|z|) = log(2|z|), and the root is |z|
    const T a = absolute(z), b = at_most(a, limit);
    const bool large = a > limit;
    const T root = std::sqrt(b * b + T(1));
    const T bend = b * (b / (T(1) + root));
    const T sum = b + bend, sum_low = bend - (sum - b);
    const T size = logarithm_of_one_plus(select(large, a, sum), sum_low, large);
    return {with_sign(size, z), T(1) / select(large, a, root)};
  }
};

/// sin(z); derivative cos(z). No limit at +-infinity: NaN.
struct Sine {
  static constexpr std::string_view name = "sine";
  static constexpr std::array<Parameter, 0> parameters{};
  static constexpr Accuracy accuracy{1, 1};
  template <class T>
  static constexpr T reach = circular_reach<T>;
  template <class T>
  static OGIVE_INLINE Point<T> at(T z, const T*) {
    const Circular<T> c = circular(z);
    return {c.sine, c.cosine};
  }
  template <class T>
  static Point<T> anywhere(T z, const T*) {
    const Circular<T> c = circular_anywhere(z);
    return {c.sine, c.cosine};
  }
};

/// cos(z); derivative -sin(z). No limit at +-infinity: NaN.
struct Cosine {
  static constexpr std::string_view name = "cosine";
  static constexpr std::array<Parameter, 0> parameters{};
  static constexpr Accuracy accuracy{1, 1};
  template <class T>
  static constexpr T reach = circular_reach<T>;
  template <class T>
  static OGIVE_INLINE Point<T> at(T z, const T*) {
    const Circular<T> c = circular(z);
    return {c.cosine, -c.sine};
  }
  template <class T>
  static Point<T> anywhere(T z, const T*) {
    const Circular<T> c = circular_anywhere(z);
    return {c.cosine, -c.sine};
  }
};

/// z + sin(alpha z)^2 / alpha (Ziyin et al., 2020); derivative 1 + sin(2 alpha z), as
/// (sin(alpha z) + cos(alpha z))^2, which has no limit at +-infinity: NaN.
struct Snake {
  static constexpr std::string_view name = "snake";
  static constexpr std::array<Parameter, 1> parameters{{{"alpha", 1}}};
  static constexpr Accuracy accuracy{4, 4, 0.5};
  static constexpr double greatest_alpha = 1024;
  template <class T>
  static constexpr T reach = circular_reach<T> / T(greatest_alpha);
  template <class T>
  static OGIVE_INLINE Point<T> at(T z, const T* parameters) {
    const T alpha = parameters[0], x = alpha * z;
    return of(z, alpha, circular(x, product_error(alpha, z, x)));
  }
  template <class T>
  static Point<T> anywhere(T z, const T* parameters) {
    const T alpha = parameters[0], x = alpha * z;
    const bool finite = absolute(x) <= std::numeric_limits<T>::max();
    return of(z, alpha, circular_anywhere(x, finite ? product_error(alpha, z, x) : T(0)));
  }

 private:
  template <class T>
  static OGIVE_INLINE Point<T> of(T z, T alpha, Circular<T> c) {
    const T inverse = T(1) / alpha, inverse_low = reciprocal_residual(alpha, inverse) * inverse;
    const T square = c.sine * c.sine;
    const T square_low = product_error(c.sine, c.sine, square);
    const T value = (z + square * inverse) + (square_low * inverse + square * inverse_low);
    const T sum = c.sine + c.cosine;
    // Where alpha z is infinite the wave is nothing against z.
    return {select(absolute(alpha * z) > std::numeric_limits<T>::max(), z, value), sum * sum};
  }
};

/// exp(-z^2), the rounding error of z^2 carried on; derivative -2 z exp(-z^2).
struct Gaussian {
  static constexpr std::string_view name = "gaussian";
  static constexpr std::array<Parameter, 0> parameters{};
  static constexpr Accuracy accuracy{1, 2};
  template <class T>
  static OGIVE_INLINE Point<T> at(T z, const T*) {
    constexpr T limit = sizeof(T) == sizeof(float) ? T(10.9) : T(28.2);  // its square: exp_limit
    const T a = at_most(absolute(z), limit);
    const T square = a * a;
    const Exponential<T> e = exponential(-square, -product_error(a, a, square));
    const T m = e.mantissa(), slope = -2 * (a * m + a * e.mantissa_low());
    return {e.value(), with_sign(T(1), z) * e.scaled(slope)};
  }
};

}  // namespace ogive
