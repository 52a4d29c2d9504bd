// z times an S-shaped function of z. How to add one: catalogue.hpp.
#pragma once

#include <array>
#include <string_view>
#include <type_traits>

#include "activations/gating.hpp"
#include "activations/self_gated_nested.hpp"
#include "elementary.hpp"
#include "error_function.hpp"
#include "float_in_double.hpp"
#include "kernels.hpp"

namespace ogive {

/// z Phi(z), Phi the normal distribution function; derivative Phi(z) + z phi(z).
///
/// Phi(-a) = R(a) exp(-a^2/2) with a smooth R; a^2 is split so that its rounding does not
/// spoil the exponential.
struct Gelu {
  static constexpr std::string_view name = "gelu";
  static constexpr std::array<Parameter, 0> parameters{};
  static constexpr Accuracy accuracy{4, 4, 0.5};
  template <class T>
  static OGIVE_INLINE Point<T> at(T z, const T*) {
    constexpr long double inverse_sqrt_two_pi = 0.39894228040143267793994605993438L;
    constexpr T k = T(inverse_sqrt_two_pi), k_low = T(inverse_sqrt_two_pi - k);
    const T a = at_most(absolute(z), Format<T>::normal_limit);
    const T a_high = high_half(a);
    const Exponential<T> e =
        exponential(T(-0.5) * (a_high * a_high), T(-0.5) * ((a - a_high) * (a + a_high)));
    const NormalTail<T> ratio =
        std::is_same_v<T, float> ? normal_tail_ratio_extended(a) : normal_tail_ratio(a);
    const T m = e.mantissa();
    const T tail = ratio.high * m;
    const T tail_low =
        product_error(ratio.high, m, tail) + (ratio.low * m + ratio.high * e.mantissa_low());
    // The difference is zero somewhere; around it the rounding error of the product counts.
    const T bell = a * k, bell_low = product_error(a, k, bell) + a * k_low;
    const T slope = m * ((ratio.high - bell) + (ratio.low - bell_low));
    return {select(z < 0, e.scaled(-(a * tail + a * tail_low)),
                   z * ((T(1) - e.scaled(tail)) - e.scaled(tail_low))),
            select(z < 0, e.scaled(slope), T(1) - e.scaled(slope))};
  }
};

/// z sigmoid(beta z); derivative sigmoid(x) (1 + x sigmoid(-x)) with x = beta z.
struct Silu {
  static constexpr std::string_view name = "silu";
  static constexpr std::array<Parameter, 1> parameters{{{"beta", 1}}};
  static constexpr Accuracy accuracy{4, 4, 0.125};
  template <class T>
  static OGIVE_INLINE Point<T> at(T z, const T* parameters) {
    const T beta = parameters[0];
    const T x = beta * z;
    const Logistic<T> l = logistic(exponential_of_minus_absolute_product(beta, z, x));
    const T a = at_most(absolute(x), Format<T>::exp_limit);
    return gated_by_logistic(z, x < 0, a >= Format<T>::exp_limit, l, a);
  }
};

/// z sigmoid(1.702 z), 1.702 being carried with its rounding error; derivative as silu's.
struct QuickGelu {
  static constexpr std::string_view name = "quick_gelu";
  static constexpr std::array<Parameter, 0> parameters{};
  static constexpr Accuracy accuracy{2.25, 4, 0.01};
  template <class T>
  static OGIVE_INLINE Point<T> at(T z, const T*) {
    constexpr double exact = 1.702, rounding = 0x1.89374bc6a7efap-55;
    constexpr T beta = T(exact), beta_low = T((exact - double(beta)) + rounding);
    const T size = at_most(absolute(z), Format<T>::exp_limit);
    const T x = beta * size;
    const T a = at_most(x, Format<T>::exp_limit);
    const T a_low = product_error(beta, size, x) + beta_low * size;
    const Logistic<T> l = logistic(exponential(-a, -a_low));
    return gated_by_logistic(z, z < 0, a >= Format<T>::exp_limit, l, a, a_low);
  }
};

/// z sigmoid(x), x = 2 sqrt(2 / pi) (z + 0.044715 z^3), which is the usual formula with tanh but
/// keeps its digits for z < 0. x reaches 745, so that its rounding error must not be lost.
struct GeluTanh {
  static constexpr std::string_view name = "gelu_tanh";
  static constexpr std::array<Parameter, 0> parameters{};
  static constexpr Accuracy accuracy{2.25, 4, 0.02};
  template <class T>
  static OGIVE_INLINE Point<T> at(T z, const T*) {
    if constexpr (std::is_same_v<T, float>) {
      return from_double(z);
    } else {
      return in_own_type(z);
    }
  }

  static constexpr double c1 = 0x1.9884533d43651p+0, c1_low = -0x1.cbc0d30ebfd15p-54;
  static constexpr double c3 = 0x1.2444f2a4d8b4bp-4, c3_low = -0x1.6c843a29d1c70p-61;

  static OGIVE_INLINE Point<float> from_double(double z) {
    const double a = at_most(absolute(z), 12.0);  // x is 142 there
    const double bend = c3 * (a * a);
    const double t = exponential_for_float(-a * (c1 + bend));
    const double reciprocal = 1 / (1 + t), b = a * (c1 + 3 * bend);
    const bool negative = z < 0;
    const double top = select(negative, t * ((1 - b) + t), 1 + (t + b * t));
    return {float(select(negative, -a * t, z) * reciprocal),
            float(top * (reciprocal * reciprocal))};
  }

  static OGIVE_INLINE Point<double> in_own_type(double z) {
    constexpr double limit = 22;  // x is 795 there
    const double a = at_most(absolute(z), limit);
    const double square = a * a, square_low = product_error(a, a, square);
    const double bend = c3 * square;
    const double bend_low = product_error(c3, square, bend) + (c3_low * square + c3 * square_low);
    const double sum = c1 + bend, part = sum - c1;
    const double sum_low = ((c1 - (sum - part)) + (bend - part)) + (c1_low + bend_low);
    const double x = a * sum, x_low = product_error(a, sum, x) + a * sum_low;
    const Logistic<double> l = logistic(exponential(-x, -x_low));
    const double triple = 3 * bend, steep = c1 + triple, rest = steep - c1;
    const double triple_low = product_error(3.0, bend, triple) + 3 * bend_low;
    const double steep_low = ((c1 - (steep - rest)) + (triple - rest)) + (c1_low + triple_low);
    const double b = a * steep, b_low = product_error(a, steep, b) + a * steep_low;
    return gated_by_logistic(z, z < 0, a >= limit, l, b, b_low);
  }
};

/// z tanh(softplus(z)), as z (t^2 + 2t) / (t^2 + 2t + 2) with t = exp(z) below 0 and its mirror
/// image in t = exp(-z) above; derivative likewise a quotient of polynomials in t.
struct Mish {
  static constexpr std::string_view name = "mish";
  static constexpr std::array<Parameter, 0> parameters{};
  static constexpr Accuracy accuracy{4, 4, 0.125};
  template <class T>
  static OGIVE_INLINE Point<T> at(T z, const T*) {
    const T a = at_most(absolute(z), Format<T>::exp_limit);
    const Exponential<T> e = exponential(-a);
    const T m = e.mantissa(), t = e.value();
    const bool negative = z < 0;
    const Denominator<T> d(select(negative, T(2), T(1)),
                           select(negative, t * (T(2) + t), 2 * (t + t * t)));
    const T top = select(negative, -a * (m * (T(2) + t)), z * (T(1) + 2 * t));
    const T value = top * d.inverse();
    const T growth = 4 * (T(1) - a) + t * ((T(6) - 4 * a) + t * (T(4) + t));
    const T below = m * growth;
    const T below_low = product_error(m, growth, below) + e.mantissa_low() * growth;
    const T above = T(1) + t * (T(4) + t * ((T(6) + 4 * a) + 4 * (T(1) + a) * t));
    const T slope =
        d.under_square(select(negative, below, above), select(negative, below_low, T(0)));
    return {select(negative, e.scaled(value), value), select(negative, e.scaled(slope), slope)};
  }
};

/// z tanh(log(1 + sigmoid(z))), as z t (3t + 2) / (5t^2 + 6t + 2) with t = exp(z) below 0 and
/// z (2t + 3) / (2t^2 + 6t + 5) with t = exp(-z) above; derivative likewise.
struct Smish {
  static constexpr std::string_view name = "smish";
  static constexpr std::array<Parameter, 0> parameters{};
  static constexpr Accuracy accuracy{4, 4, 0.125};
  template <class T>
  static OGIVE_INLINE Point<T> at(T z, const T*) {
    const T a = at_most(absolute(z), Format<T>::exp_limit);
    const Exponential<T> e = exponential(-a);
    const T m = e.mantissa(), t = e.value();
    const T m_low = e.mantissa_low(), t_low = e.scaled(m_low);
    const bool negative = z < 0;
    const T twice = select(negative, T(5), T(2)) * t, steep = T(6) + twice, rest = t * steep;
    const Denominator<T> d(
        select(negative, T(2), T(5)), rest,
        product_error(t, steep, rest) + (t * (twice - (steep - T(6))) + t_low * (steep + twice)));
    // In this order z times something greater than 1 is never formed: it might overflow.
    const T top = select(negative, T(2) + 3 * t, T(3) + 2 * t) * d.inverse();
    const T gate = select(negative, m * top + m_low * top, top);
    const T value = select(negative, -a, z) * gate;
    // Below 0 the sum is zero somewhere; around it the rounding errors of its parts count.
    const T inner = (T(28) - 8 * a) + 15 * t, square = t * inner;
    const T outer = (T(18) - 12 * a) + square, bend = t * outer;
    const T bend_low = product_error(t, outer, bend) + (t * product_error(t, inner, square) +
                                                        t_low * (outer + (square + 15 * (t * t))));
    const T growth = (4 * (T(1) - a) + bend) + bend_low;
    const T below = m * growth;
    const T below_low = product_error(m, growth, below) + m_low * growth;
    const T above = T(15) + t * ((T(28) + 8 * a) + t * ((T(18) + 12 * a) + 4 * (T(1) + a) * t));
    const T slope =
        d.under_square(select(negative, below, above), select(negative, below_low, T(0)));
    return {select(negative, e.scaled(value), value), select(negative, e.scaled(slope), slope)};
  }
};

/// z log(1 + sigmoid(z)) as 2 z atanh(v), v = t / (3t + 2) with t = exp(z) below 0 and
/// 1 / (2t + 3) with t = exp(-z) above; derivative log(1 + s) + z s sigmoid(-z) / (1 + s).
struct Logish {
  static constexpr std::string_view name = "logish";
  static constexpr std::array<Parameter, 0> parameters{};
  static constexpr Accuracy accuracy{4, 4, 0.01};
  template <class T>
  static OGIVE_INLINE Point<T> at(T z, const T*) {
    const T a = at_most(absolute(z), Format<T>::exp_limit);
    const Exponential<T> e = exponential(-a);
    const T m = e.mantissa(), t = e.value();
    const bool negative = z < 0;
    const T m_low = e.mantissa_low(), t_low = e.scaled(m_low);
    // Below 0 the derivative is zero somewhere; around it all rounding errors count.
    const T factor = select(negative, T(3), T(2)), rest = factor * t;
    const Denominator<T> d(select(negative, T(2), T(3)), rest,
                           product_error(factor, t, rest) + factor * t_low);
    const T v = select(negative, t * d.reciprocal, d.reciprocal);
    const T w = v * v;
    // log(1 + s), below 0 over t.
    const T high = 2 * d.reciprocal;
    const T low = d.reciprocal * (w * polynomial(log1p_tail<T>, w)) + high * d.correction;
    const T logarithm = high + low;
    const T square = select(negative, T(2), T(1)) * t, steep = T(3) + square;
    const T both = t * steep;
    const T both_low =
        product_error(t, steep, both) + (t * (square - (steep - T(3))) + t_low * (steep + square));
    const Denominator<T> near(select(negative, T(1), T(2)), both, both_low);
    const T fall = a * near.reciprocal;
    const T fall_low = product_error(a, near.reciprocal, fall) + fall * near.correction;
    const T growth = (high - fall) + (low - fall_low);
    return {select(negative, e.scaled(-a * (m * logarithm + m_low * logarithm)), z * logarithm),
            select(negative, e.scaled(m * growth + m_low * growth), logarithm + t * fall)};
  }
};

/// z sigmoid(z) for z >= 0, otherwise expm1(z) sigmoid(z); derivative continuous, 1/2 at 0.
struct Elish {
  static constexpr std::string_view name = "elish";
  static constexpr std::array<Parameter, 0> parameters{};
  static constexpr Accuracy accuracy{3, 4, 0.125};
  template <class T>
  static OGIVE_INLINE Point<T> at(T z, const T*) {
    const T a = at_most(absolute(z), Format<T>::exp_limit);
    const Logistic<T> l = logistic(exponential(-a));
    const Exponential<T>& e = l.tail;
    const bool negative = z < 0;
    // t^2 + 2t - 1 = (t - root) (t + 2 + root)
    constexpr long double root = 0.41421356237309504880168872420970L;
    constexpr T root_high = T(root), root_low = T(root - root_high);
    const T m = e.mantissa(), m_low = e.mantissa_low();
    const T growth =
        ((l.t - root_high) + (e.scaled(m_low) - root_low)) * (l.t + (T(2) + root_high));
    const T below = m * growth, below_low = product_error(m, growth, below) + m_low * growth;
    const T slope = Denominator<T>::divided_twice(select(negative, below, T(1) + (l.t + a * l.t)),
                                                  select(negative, below_low, T(0)), l.reciprocal,
                                                  l.correction);
    return {select(negative, e.scaled(e.minus_one() * l.lower_mantissa()), z * l.upper()),
            select(negative, e.scaled(slope), slope)};
  }
};

}  // namespace ogive
