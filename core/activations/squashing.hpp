// S-shaped functions: bounded at both ends. How to add one: catalogue.hpp.
#pragma once

#include <array>
#include <bit>
#include <cstdint>
#include <limits>
#include <string_view>
#include <type_traits>

#include "elementary.hpp"
#include "error_function.hpp"
#include "exponential.hpp"
#include "float_in_double.hpp"
#include "hypotenuse.hpp"
#include "kernels.hpp"

namespace ogive {

/// 1 / (1 + exp(-z)); derivative sigmoid(z) sigmoid(-z), which keeps its digits in both tails.
struct Sigmoid {
  static constexpr std::string_view name = "sigmoid";
  static constexpr std::array<Parameter, 0> parameters{};
  static constexpr Accuracy accuracy{2, 2};
  template <class T>
  static OGIVE_INLINE Point<T> at(T z, const T*) {
    const Logistic<T> l = logistic(exponential_of_minus_absolute(z));
    return {select(z < 0, l.lower(), l.upper()), l.slope()};
  }
};

/// -expm1(-2|z|) / (1 + exp(-2|z|)) with the sign of z; derivative 4 t / (1 + t)^2, t = exp(-2|z|).
struct Tanh {
  static constexpr std::string_view name = "tanh";
  static constexpr std::array<Parameter, 0> parameters{};
  static constexpr Accuracy accuracy{2, 2};
  template <class T>
  static OGIVE_INLINE Point<T> at(T z, const T*) {
    const Logistic<T> l = logistic(exponential_of_minus_absolute(2 * z));
    const T e = l.tail.minus_one();
    const T size = e * l.reciprocal + e * (l.reciprocal * l.correction);
    return {with_sign(size, z), l.tail.scaled(4 * l.slope_mantissa())};
  }
};

/// tanh(x / 2) = high + low for x >= 0, of the logistic function of x.
template <class T>
struct HalfTangent {
  T high;
  T low;

  explicit OGIVE_INLINE HalfTangent(const Logistic<T>& l) {
    const T power = l.tail.scaled(T(1)) - T(1), part = l.tail.scaled(l.tail.fraction);
    const T fall = power + part, fall_low = part - (fall - power);
    const T quotient = fall * l.reciprocal;
    high = -quotient;
    low = -(product_error(fall, l.reciprocal, quotient) +
            (l.reciprocal * fall_low + quotient * l.correction));
  }
};

/// 1.7159 tanh(2z/3), LeCun's; derivative 1.7159 2/3 (1 - tanh(2z/3)^2). All constants are carried
/// with their rounding errors.
struct LecunTanh {
  static constexpr std::string_view name = "lecun_tanh";
  static constexpr std::array<Parameter, 0> parameters{};
  static constexpr Accuracy accuracy{2, 2};
  template <class T>
  static OGIVE_INLINE Point<T> at(T z, const T*) {
    constexpr bool single = std::is_same_v<T, float>;
    constexpr long double exact_rate = 4 / 3.0L, exact_height = 1.7159L;
    constexpr long double exact_slope = 4 * 1.7159L * 2 / 3;
    constexpr T rate = T(exact_rate), rate_low = T(exact_rate - rate);
    constexpr T height = T(exact_height), height_low = T(exact_height - height);
    constexpr T slope = T(exact_slope), slope_low = T(exact_slope - slope);
    const T size = at_most(absolute(z), Format<T>::exp_limit);
    const T x = rate * size, x_low = product_error(rate, size, x) + rate_low * size;
    const Logistic<T> l = logistic(exponential(-at_most(x, Format<T>::exp_limit)));
    const HalfTangent<T> t(l);
    // x_low is brought in last, where it is not rounded away: tanh(x/2)' = (1 - tanh(x/2)^2) / 2.
    const T t_low = t.low + x_low * (T(0.5) - T(0.5) * (t.high * t.high));
    const T value = height * t.high;
    const T value_low =
        product_error(height, t.high, value) + (height_low * t.high + height * t_low);
    const T m = l.slope_mantissa(), steep = slope * m;
    const T steep_low = product_error(slope, m, steep) + (slope_low * m - x_low * t.high * steep);
    // Near 0 a multiple of z, rounded once where it is subnormal.
    const T far = value + value_low, near = T(0.25) * slope * size + T(0.25) * slope_low * size;
    const T whole = select(size < (single ? T(0x1p-13) : T(0x1p-28)), near, far);
    return {select(z < 0, -whole, whole), l.tail.scaled(steep + steep_low)};
  }
};

/// tanh(z) for z > 0, otherwise slope tanh(z); derivative slope at 0.
struct PenalizedTanh {
  static constexpr std::string_view name = "penalized_tanh";
  static constexpr std::array<Parameter, 1> parameters{{{"slope", 0.25}}};
  static constexpr Accuracy accuracy{1.5, 1.5};
  template <class T>
  static OGIVE_INLINE Point<T> at(T z, const T* parameters) {
    const Logistic<T> l = logistic(exponential_of_minus_absolute(2 * z));
    const HalfTangent<T> t(l);
    const T size = t.high + t.low, factor = select(z > 0, T(1), parameters[0]);
    return {select(z > 0, size, -factor * size), l.tail.scaled(4 * factor * l.slope_mantissa())};
  }
};

/// z / (1 + |z|); derivative 1 / (1 + |z|)^2.
struct Softsign {
  static constexpr std::string_view name = "softsign";
  static constexpr std::array<Parameter, 0> parameters{};
  static constexpr Accuracy accuracy{0.75, 1.5};
  template <class T>
  static OGIVE_INLINE Point<T> at(T z, const T*) {
    const T a = at_most(absolute(z), std::numeric_limits<T>::max());
    const T q = T(1) + a;
    const T q_low = select(a > 1, T(1) - (q - a), a - (q - T(1)));
    const T r = T(1) / q;
    const T correction = reciprocal_residual(q, r) - q_low * r;
    const T quotient = a * r;
    const T value = quotient + (product_error(a, r, quotient) + quotient * correction);
    return {select(z < 0, -value, value), r * (r + 2 * (correction * r))};
  }
};

/// z / sqrt(1 + alpha z^2); derivative (1 + alpha z^2)^(-3/2).
struct Isru {
  static constexpr std::string_view name = "isru";
  static constexpr std::array<Parameter, 1> parameters{{{"alpha", 1}}};
  static constexpr Accuracy accuracy{1, 2};
  template <class T>
  static OGIVE_INLINE Point<T> at(T z, const T* parameters) {
    const InverseRoot<T> inverse(Hypotenuse<T>(z, T(1), parameters[0]));
    const T value = inverse.times_size();
    return {select(z < 0, -value, value), inverse.cubed()};
  }
};

/// 2/pi arctan(pi z/2); derivative 1 / (1 + (pi z/2)^2).
///
/// The arctangent of pi |z|/2 or, beyond 1, pi/2 minus that of the reciprocal.
struct ArctanCurve {
  static constexpr std::string_view name = "arctan_curve";
  static constexpr std::array<Parameter, 0> parameters{};
  static constexpr Accuracy accuracy{2, 1};
  template <class T>
  static OGIVE_INLINE Point<T> at(T z, const T*) {
    constexpr long double exact = 2.46740110027233965470862274996904L;  // (pi/2)^2
    constexpr T c = T(exact), c_low = T(exact - c), inverse = T(1 / exact);
    const T a = absolute(z);
    const bool near = a < T(0.6366);
    const T v = select(near, a, inverse / a);
    const T w = c * v * v;
    const T turn = v + v * (w * polynomial(arctan_bend<T>, w));
    const T value = select(near, turn, T(1) - turn);
    const Hypotenuse<T> h(z, T(1), c, c_low);
    const T r = T(1) / h.q;
    const T slope = r + r * (reciprocal_residual(h.q, r) - h.q_low * r);
    return {select(z < 0, -value, value), slope * h.scale * h.scale};
  }
};

/// erf(sqrt(pi)/2 z); derivative exp(-pi/4 z^2), whose exponent is formed in double-word
/// arithmetic.
struct ErfCurve {
  static constexpr std::string_view name = "erf_curve";
  static constexpr std::array<Parameter, 0> parameters{};
  static constexpr Accuracy accuracy{1.75, 1.25};
  template <class T>
  static OGIVE_INLINE Point<T> at(T z, const T*) {
    constexpr bool single = std::is_same_v<T, float>;
    constexpr long double exact = 0.78539816339744830961566084581988L;  // pi/4
    constexpr T c = T(exact), c_low = T(exact - c);
    const T a = at_most(absolute(z), single ? T(12) : T(31.5));
    const T square = a * a, x = c * square;
    const T x_low =
        product_error(c, square, x) + (c_low * square + c * product_error(a, a, square));
    const Exponential<T> e = exponential(-x, -x_low);
    const T inner = at_most(a, T(1)), w = inner * inner;
    const T inside = inner + inner * (w * polynomial(erf_curve_bend<T>, w));
    // 1 - tail: from 5 and 7 on it is 1.
    const T y = T(1) / (at_most(a, single ? T(5) : T(7)) + T(2.5));
    const T tail = y * polynomial(erf_curve_tail<T>, T(1) - T(5) * y) * e.value();
    const T value = or_nan(z, select(a < 1, inside, T(1) - tail));
    return {select(z < 0, -value, value), e.value()};
  }
};

/// 2/pi gd(pi z/2), gd the Gudermannian function; derivative 1 / cosh(pi z/2).
///
/// Near 0 a series in z, beyond it 1 - 4/pi arctan(t) with t = exp(-pi |z|/2).
struct Gudermannian {
  static constexpr std::string_view name = "gudermannian";
  static constexpr std::array<Parameter, 0> parameters{};
  static constexpr Accuracy accuracy{2, 1.5};
  template <class T>
  static OGIVE_INLINE Point<T> at(T z, const T*) {
    constexpr long double exact = 1.57079632679489661923132169163975L;  // pi/2
    constexpr T c = T(exact), c_low = T(exact - c);
    const T a = at_most(absolute(z), Format<T>::exp_limit);
    const T x = c * a, x_low = product_error(c, a, x) + c_low * a;
    const Exponential<T> e = exponential(-at_most(x, Format<T>::exp_limit), -x_low);
    const T inner = at_most(a, T(0.6)), w = inner * inner;
    const T inside = inner + inner * (w * polynomial(gudermannian_bend<T>, w));
    const T t = at_most(e.value(), T(0.4)), outside = t * polynomial(gudermannian_tail<T>, t * t);
    const T value = select(a < T(0.6), inside, T(1) - outside);
    const T whole = e.value(), square = whole * whole;
    const T q = T(1) + square, q_low = square - (q - T(1));
    const T r = T(1) / q, m = e.mantissa(), slope = m * r;
    const T slope_low = product_error(m, r, slope) +
                        (r * e.mantissa_low() + slope * (reciprocal_residual(q, r) - q_low * r));
    return {select(z < 0, -value, value), e.scaled(2 * (slope + slope_low))};
  }
};

/// Phi(z), the normal distribution function; derivative exp(-z^2/2) / sqrt(2 pi).
struct NormalCdf {
  static constexpr std::string_view name = "normal_cdf";
  static constexpr std::array<Parameter, 0> parameters{};
  static constexpr Accuracy accuracy{2.5, 1.5};
  template <class T>
  static OGIVE_INLINE Point<T> at(T z, const T*) {
    constexpr long double inverse_sqrt_two_pi = 0.39894228040143267793994605993438L;
    constexpr T k = T(inverse_sqrt_two_pi), k_low = T(inverse_sqrt_two_pi - k);
    const T a = at_most(absolute(z), Format<T>::normal_limit);
    const T a_high = high_half(a);
    const Exponential<T> e =
        exponential(T(-0.5) * (a_high * a_high), T(-0.5) * ((a - a_high) * (a + a_high)));
    const NormalTail<T> ratio = normal_tail_ratio_extended(a);
    const T m = e.mantissa(), m_low = e.mantissa_low();
    const T tail = ratio.high * m;
    const T tail_low = product_error(ratio.high, m, tail) + (ratio.low * m + ratio.high * m_low);
    const T value =
        select(z < 0, e.scaled(tail + tail_low), (T(1) - e.scaled(tail)) - e.scaled(tail_low));
    return {or_nan(z, value), e.scaled(k * m + (k_low * m + k * m_low))};
  }
};

/// 1 - exp(-t), t = exp(z), the complementary log-log curve; derivative t exp(-t).
struct Cloglog {
  static constexpr std::string_view name = "cloglog";
  static constexpr std::array<Parameter, 0> parameters{};
  static constexpr Accuracy accuracy{1.75, 1.5};
  template <class T>
  static OGIVE_INLINE Point<T> at(T z, const T*) {
    if constexpr (std::is_same_v<T, float>) {
      return from_double(z);
    } else {
      return in_own_type(z);
    }
  }

  static OGIVE_INLINE Point<float> from_double(double z) {
    using F = Format<double>;
    const double t = exponential_for_float(select(z < -120, -120.0, at_most(z, 5.0)));
    // exp(-t) = power (1 + fraction), where power is 1 as long as t is small.
    const double shifted = F::shifter - t * F::log2_e;
    const double r = (F::shifter - shifted) * 0x1.62e42fefa39efp-1 - t;
    const double fraction = r + r * r * polynomial(in_double(expm1_tail<float>), r);
    const double power =
        std::bit_cast<double>((std::bit_cast<std::uint64_t>(shifted) << F::mantissa_bits) +
                              std::bit_cast<std::uint64_t>(1.0));
    return {float((1 - power) - power * fraction), float(t * (power + power * fraction))};
  }

  // t reaches 745, so that exp(-t) needs more digits of it than a double has.
  static OGIVE_INLINE Point<double> in_own_type(double z) {
    const WideExponential<double> outer = exponential_extended(at_most(z, 6.68));
    const double t = outer.value(), t_low = outer.value_low();
    const Exponential<double> e = exponential(-t, -t_low);
    const double m = e.mantissa();
    return {0 - e.minus_one(), e.scaled(t * m + (t_low * m + t * e.mantissa_low()))};
  }
};

}  // namespace ogive
