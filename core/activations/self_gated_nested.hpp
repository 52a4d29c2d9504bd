// Self-gated functions whose gate holds an exponential of an exponential. Part of self_gated.hpp.
#pragma once

#include <array>
#include <cstddef>
#include <string_view>
#include <type_traits>

#include "activations/gating.hpp"
#include "coefficients_serf.hpp"
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
  static constexpr Accuracy accuracy{2, 4, 0.01};
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
/// For z < 0, with t = exp(z), both terms over t are series in s = t / (2 + t), whose first two
/// members are combined: they are nearly all of the derivative around its zero. For z > 0 erf(x) is
/// 1 - erfc(x), in which rounding errors of x hardly count.
struct Serf {
  static constexpr std::string_view name = "serf";
  static constexpr std::array<Parameter, 0> parameters{};
  static constexpr Accuracy accuracy{4, 4, 0.25};
  template <class T>
  static OGIVE_INLINE Point<T> at(T z, const T*) {
    using Map = SerfMap<T>;
    constexpr long double two_over_sqrt_pi = 1.12837916709551257389615890312155L;
    constexpr T k = T(two_over_sqrt_pi), k_low = T(two_over_sqrt_pi - k);
    const bool negative = z < 0;
    const T a = at_most(absolute(z), Format<T>::exp_limit);
    const Exponential<T> e = exponential(-a);
    const T m = e.mantissa(), m_low = e.mantissa_low(), t = e.value();
    const T s = t / (T(2) + t), w = s * s;

    const T quotient = polynomial<1>(serf_quotient<T>, s);
    const T slopes = polynomial<1>(serf_bell<T>, s);
    const T gate = k + (k_low + s * (serf_quotient<T>[0] + s * quotient));
    const T top = (T(1) - a) + s * (2 * a - T(1)), first = k * top;
    const T growth =
        first + (s * (s * (quotient - a * slopes)) + (product_error(k, top, first) + k_low * top));

    const T logarithm = t - s * (t - w * polynomial(log1p_tail<T>, w));
    const T x = at_most(a + logarithm, Map::reach);
    const T bell = exponential(-x * x).value();
    const T one = T(1) + t, shifted = x + Map::shift, reciprocal = T(1) / (one * shifted);
    const T y = reciprocal * one;
    const T erf = T(1) - bell * polynomial(serf_erfc_ratio<T>, Map::scale * y - Map::offset);
    const T slope = at_most(a, Map::reach) * k * bell * (reciprocal * shifted);
    return {select(negative, e.scaled(-a * (m * gate + m_low * gate)), z * erf),
            select(negative, e.scaled(m * growth + m_low * growth), erf + slope)};
  }
};

/// z tanh(u), u = exp(z); derivative tanh(u) + z u (1 - tanh(u)^2), which is
/// (1 - tanh(u)^2) u (sinh(2u) / (2u) + z): around its zero only the last sum matters.
struct Tanhexp {
  static constexpr std::string_view name = "tanhexp";
  static constexpr std::array<Parameter, 0> parameters{};
  static constexpr Accuracy accuracy{4, 4, 0.125};

  /// (sinh(x) / x - 1) / x^2 = 1 / 3! + x^2 / 5! + ... for x < 1.5
  template <class T>
  static constexpr auto sinh_tail = [] {
    std::array<T, std::is_same_v<T, float> ? 6 : 10> series{};
    double factor = 1;
    for (std::size_t i = 0; i < series.size(); ++i) {
      factor *= double((2 * i + 2) * (2 * i + 3));
      series[i] = T(1 / factor);
    }
    return series;
  }();

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
    const T bell = 4 * l.slope();
    const T above = gate + (near * u) * bell;
    const T low_u = at_most(u, T(1)), w = 4 * (low_u * low_u);
    const T growth = (T(1) + near) + w * polynomial(sinh_tail<T>, w);
    const T below = (m * growth + e.mantissa_low() * growth) * bell;
    return {select(z < far, e.scaled(near * m), z * gate),
            select(z < T(-0.3), e.scaled(below), above)};
  }
};

}  // namespace ogive
