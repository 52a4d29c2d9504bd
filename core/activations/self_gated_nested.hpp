// Self-gated functions whose gate holds an exponential of an exponential. Part of self_gated.hpp.
#pragma once

#include <array>
#include <string_view>
#include <type_traits>

#include "activations/gating.hpp"
#include "elementary.hpp"
#include "exponential.hpp"
#include "float_in_double.hpp"
#include "kernels.hpp"

namespace ogive {

/// z exp(-u), u = exp(-z); derivative exp(-u) (1 + z u). u reaches 745, so that it needs more
/// digits than its type has.
struct Golu {
  static constexpr std::string_view name = "golu";
  static constexpr std::array<Parameter, 0> parameters{};
  static constexpr Accuracy accuracy{2, 4, 1};
  template <class T>
  static OGIVE_INLINE Point<T> at(T z, const T*) {
    if constexpr (std::is_same_v<T, float>) {
      return from_double(z);
    } else {
      return in_own_type(z);
    }
  }

  static OGIVE_INLINE Point<float> from_double(double z) {
    const double near = select(z < -4.8, -4.8, at_most(z, 200.0));  // u is 121 at the left
    const double u = exponential_for_float(-near);
    const double gate = exponential_for_float(-u);
    return {float(select(z < 0, near, z) * gate), float(gate * (1 + near * u))};
  }

  static OGIVE_INLINE Point<double> in_own_type(double z) {
    // u is 796 at the left.
    const double near = select(z < -6.68, -6.68, at_most(z, Format<double>::exp_limit));
    const WideExponential<double> inner = exponential_extended(-near);
    const double u = inner.value(), u_low = inner.value_low();
    const Exponential<double> outer = exponential(-u, -u_low);
    const double m = outer.mantissa(), product = near * u;
    const double product_low = product_error(near, u, product) + near * u_low;
    return {select(z < 0, outer.scaled(near * m), z * outer.value()),
            outer.scaled(m * ((1 + product) + product_low))};
  }
};

/// z erf(x), x = log(1 + exp(z)); derivative erf(x) + z sigmoid(z) 2 exp(-x^2) / sqrt(pi).
///
/// For z < 0, x = t ratio with t = exp(z), and t is multiplied in last. For z > 0 erf(x) is
/// 1 - 2 Phi(-sqrt(2) x), in which rounding errors of x hardly count.
struct Serf {
  static constexpr std::string_view name = "serf";
  static constexpr std::array<Parameter, 0> parameters{};
  static constexpr Accuracy accuracy{4, 14, 1.25};
  static constexpr double sqrt_two = 0x1.6a09e667f3bcdp0;
  static constexpr double two_over_sqrt_pi = 0x1.20dd750429b6dp0;

  template <class T>
  static OGIVE_INLINE Point<T> at(T z, const T*) {
    if constexpr (std::is_same_v<T, float>) {
      return from_double(z);
    } else {
      return in_own_type(z);
    }
  }

  static OGIVE_INLINE Point<float> from_double(double z) {
    const bool negative = z < 0;
    const double a = at_most(absolute(z), 200.0);
    const double t = exponential_for_float(-a);
    const double s = t / (2 + t), w = s * s;
    const double logarithm = s * (2 + w * polynomial_in_four(in_double(log1p_tail<float>), w));
    const double x = at_most(select(negative, logarithm, a + logarithm), 6.0);
    const double bell = exponential_for_float(-x * x), y = 1 / (sqrt_two * x + 4);
    const double tail = 2 * y * bell * polynomial_in_four(in_double(normal_tail<float>), 1 - 8 * y);
    const double near = at_most(x, 1.0);
    const double erf = select(
        x < 1, near * polynomial_in_four(in_double(erf_quotient<float>), near * near), 1 - tail);
    const double slope = two_over_sqrt_pi * bell * select(negative, -a * t, a) / (1 + t);
    return {float(select(negative, -a, z) * erf), float(erf + slope)};
  }

  static OGIVE_INLINE Point<double> in_own_type(double z) {
    const bool negative = z < 0;
    const double a = at_most(absolute(z), Format<double>::exp_limit);
    const Logistic<double> l = logistic(exponential(-a));
    const double m = l.tail.mantissa(), m_low = l.tail.mantissa_low(), t = l.t;
    // log(1 + t) = t ratio = 2 atanh(t / (2 + t)).
    const double inverse = Denominator<double>(2, t).inverse();
    const double s = t * inverse, w = s * s;
    const double ratio = inverse * (2 + w * polynomial(log1p_tail<double>, w));
    const double logarithm = t * ratio;
    const double x = at_most(select(negative, logarithm, a + logarithm), 7.0);
    const double near = at_most(x, 1.0);
    const double quotient = polynomial(erf_quotient<double>, near * near);
    const double bell = exponential(-x * x).value();
    const double y = 1 / (sqrt_two * x + 4);
    const double tail = 2 * y * bell * polynomial_in_four(normal_tail<double>, 1 - 8 * y);
    const double below = ratio * quotient;  // erf(x) / t
    const double above = select(x < 1, near * quotient, 1 - tail);
    const double slope = a * (two_over_sqrt_pi * bell) * l.reciprocal;
    return {select(negative, l.tail.scaled(-a * (m * below + m_low * below)), z * above),
            select(negative, l.tail.scaled(m * (below - slope)), above + slope)};
  }
};

/// z tanh(u), u = exp(z); derivative tanh(u) + z u (1 - tanh(u)^2).
struct Tanhexp {
  static constexpr std::string_view name = "tanhexp";
  static constexpr std::array<Parameter, 0> parameters{};
  static constexpr Accuracy accuracy{4, 7.5, 1.25};
  template <class T>
  static OGIVE_INLINE Point<T> at(T z, const T*) {
    constexpr bool single = std::is_same_v<T, float>;
    constexpr T far = single ? -10 : -20;  // where tanh(u) is u
    // Beyond 3.5 tanh(u) is 1.
    const T near = select(z < -Format<T>::exp_limit, -Format<T>::exp_limit, at_most(z, T(3.5)));
    const Exponential<T> e = exponential(near);
    const T u = e.value(), m = e.mantissa();
    const Logistic<T> l = logistic(exponential(-2 * u));
    const T fall = l.tail.minus_one();
    const T gate = -(fall * l.reciprocal + fall * (l.reciprocal * l.correction));
    const T slope = gate + (near * u) * (4 * l.slope());
    return {select(z < far, e.scaled(near * m), z * gate),
            select(z < far, e.scaled(m * (T(1) + near)), slope)};
  }
};

}  // namespace ogive
