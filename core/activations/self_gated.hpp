// z times an S-shaped function of z. How to add one: catalogue.hpp.
#pragma once

#include <array>
#include <string_view>

#include "elementary.hpp"
#include "kernels.hpp"

namespace ogive {

/// z Phi(z), Phi the normal distribution function; derivative Phi(z) + z phi(z).
///
/// Phi(-a) = R(a) exp(-a^2/2) with a smooth R; a^2 is split so that its rounding does not
/// spoil the exponential.
struct Gelu {
  static constexpr std::string_view name = "gelu";
  static constexpr std::array<Parameter, 0> parameters{};
  static constexpr Accuracy accuracy{4, 4, 1};
  template <class T>
  static OGIVE_INLINE Point<T> at(T z, const T*) {
    constexpr long double inverse_sqrt_two_pi = 0.39894228040143267793994605993438L;
    constexpr T k = T(inverse_sqrt_two_pi), k_low = T(inverse_sqrt_two_pi - k);
    const T a = at_most(absolute(z), Format<T>::normal_limit);
    const T a_high = high_half(a);
    const Exponential<T> e =
        exponential(T(-0.5) * (a_high * a_high), T(-0.5) * ((a - a_high) * (a + a_high)));
    const NormalTail<T> ratio = normal_tail_ratio(a);
    const T m = e.mantissa();
    const T tail = ratio.high * m;
    const T tail_low =
        product_error(ratio.high, m, tail) + (ratio.low * m + ratio.high * e.mantissa_low());
    const T slope = m * ((ratio.high - a * k) + (ratio.low - a * k_low));
    return {select(z < 0, e.scaled(-(a * tail + a * tail_low)),
                   z * ((T(1) - e.scaled(tail)) - e.scaled(tail_low))),
            select(z < 0, e.scaled(slope), T(1) - e.scaled(slope))};
  }
};

/// z sigmoid(beta z); derivative sigmoid(x) (1 + x sigmoid(-x)) with x = beta z.
struct Silu {
  static constexpr std::string_view name = "silu";
  static constexpr std::array<Parameter, 1> parameters{{{"beta", 1}}};
  static constexpr Accuracy accuracy{4, 4, 0.25};
  template <class T>
  static OGIVE_INLINE Point<T> at(T z, const T* parameters) {
    const T beta = parameters[0];
    const T x = beta * z;
    const Logistic<T> l = logistic(exponential_of_minus_absolute_product(beta, z, x));
    const T a = at_most(absolute(x), Format<T>::exp_limit);
    // a is at its limit where z may be infinite and its product with 0 undefined.
    const T below = select(a >= Format<T>::exp_limit, T(0), l.tail.scaled(z * l.lower_mantissa()));
    const T numerator =
        select(x < 0, l.tail.mantissa() * ((T(1) - a) + l.t), T(1) + (l.t + a * l.t));
    const T quotient = numerator * l.reciprocal;
    const T quotient_low = product_error(numerator, l.reciprocal, quotient);
    const T slope =
        quotient * l.reciprocal + l.reciprocal * (quotient_low + 2 * l.correction * quotient);
    return {select(x < 0, below, z * l.upper()), select(x < 0, l.tail.scaled(slope), slope)};
  }
};

/// z tanh(softplus(z)), as z (t^2 + 2t) / (t^2 + 2t + 2) with t = exp(z) below 0 and its mirror
/// image in t = exp(-z) above; derivative likewise a quotient of polynomials in t.
struct Mish {
  static constexpr std::string_view name = "mish";
  static constexpr std::array<Parameter, 0> parameters{};
  static constexpr Accuracy accuracy{4, 4, 0.25};
  template <class T>
  static OGIVE_INLINE Point<T> at(T z, const T*) {
    const T a = at_most(absolute(z), Format<T>::exp_limit);
    const Exponential<T> e = exponential(-a);
    const T m = e.mantissa(), t = e.value();
    const bool negative = z < 0;
    const T base = select(negative, T(2), T(1));
    const T rest = select(negative, t * (T(2) + t), 2 * (t + t * t));
    const T denominator = base + rest;
    const T reciprocal = T(1) / denominator;
    const T correction =
        reciprocal_residual(denominator, reciprocal) - (rest - (denominator - base)) * reciprocal;
    const T numerator = select(negative, -a * (m * (T(2) + t)), z * (T(1) + 2 * t));
    const T value = numerator * (reciprocal + reciprocal * correction);
    const T growth = 4 * (T(1) - a) + t * ((T(6) - 4 * a) + t * (T(4) + t));
    const T below = m * growth;
    const T below_low = product_error(m, growth, below) + e.mantissa_low() * growth;
    const T above = T(1) + t * (T(4) + t * ((T(6) + 4 * a) + 4 * (T(1) + a) * t));
    const T top = select(negative, below, above);
    const T quotient = top * reciprocal;
    const T quotient_low =
        product_error(top, reciprocal, quotient) + select(negative, below_low, T(0)) * reciprocal;
    const T slope = quotient * reciprocal + reciprocal * (quotient_low + 2 * correction * quotient);
    return {select(negative, e.scaled(value), value), select(negative, e.scaled(slope), slope)};
  }
};

}  // namespace ogive
