// The activation functions: value and derivative with respect to z, side by side.
//
// To add one: write its struct below and append it to `Catalogue`; then add its record to
// src/ogive/activations/catalogue.py. `accuracy` is the struct's contract, which
// tests/activations/test_accuracy.py holds against mpmath: errors in units in the last place
// (ulp; of a subnormal: the spacing of subnormals), everywhere, at the default parameters. Near
// a zero of the derivative the bound is `derivative_epsilons` machine epsilons instead, if greater.
// Everywhere: NaN in gives NaN, +-infinity gives the limit.
#pragma once

#include <array>
#include <cstddef>
#include <limits>
#include <string_view>
#include <tuple>
#include <vector>

#include "elementary.hpp"
#include "kernels.hpp"

namespace ogive {

template <class T>
OGIVE_INLINE T or_nan(T z, T otherwise) {
  return select(z == z, otherwise, z);
}

/// z.
struct Identity {
  static constexpr std::string_view name = "identity";
  static constexpr std::array<Parameter, 0> parameters{};
  static constexpr Accuracy accuracy{0, 0};
  template <class T>
  static OGIVE_INLINE Point<T> at(T z, const T*) {
    return {z, or_nan(z, T(1))};
  }
};

/// 1 for z >= 0, otherwise 0; derivative 0.
struct Step {
  static constexpr std::string_view name = "step";
  static constexpr std::array<Parameter, 0> parameters{};
  static constexpr Accuracy accuracy{0, 0};
  template <class T>
  static OGIVE_INLINE Point<T> at(T z, const T*) {
    return {or_nan(z, select(z >= 0, T(1), T(0))), or_nan(z, T(0))};
  }
};

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
    return {select(z < 0, size, -size), l.tail.scaled(4 * l.slope_mantissa())};
  }
};

/// max(z, 0); derivative 0 at 0.
struct Relu {
  static constexpr std::string_view name = "relu";
  static constexpr std::array<Parameter, 0> parameters{};
  static constexpr Accuracy accuracy{0, 0};
  template <class T>
  static OGIVE_INLINE Point<T> at(T z, const T*) {
    return {select(z <= 0, T(0), z), or_nan(z, select(z > 0, T(1), T(0)))};
  }
};

/// z for z > 0, otherwise negative_slope z; derivative negative_slope at 0.
struct LeakyRelu {
  static constexpr std::string_view name = "leaky_relu";
  static constexpr std::array<Parameter, 1> parameters{{{"negative_slope", 0.01}}};
  static constexpr Accuracy accuracy{1.5, 0.5};
  template <class T>
  static OGIVE_INLINE Point<T> at(T z, const T* parameters) {
    const T slope = parameters[0];
    return {select(z > 0, z, slope * z), or_nan(z, select(z > 0, T(1), slope))};
  }
};

/// log(1 + exp(beta z)) / beta as max(z, 0) + log1p(exp(-|beta z|)) / beta; derivative sigmoid(beta
/// z).
struct Softplus {
  static constexpr std::string_view name = "softplus";
  static constexpr std::array<Parameter, 1> parameters{{{"beta", 1}}};
  static constexpr Accuracy accuracy{2, 2};
  template <class T>
  static OGIVE_INLINE Point<T> at(T z, const T* parameters) {
    const T beta = parameters[0];
    const T x = beta * z;
    const Logistic<T> l = logistic(exponential_of_minus_absolute_product(beta, z, x));
    return {select(z > 0, z, T(0)) + log1p(l.t) / beta, select(x < 0, l.lower(), l.upper())};
  }
};

/// exp(z) for z <= 0, as ELU and SELU need it.
template <class T>
OGIVE_INLINE Exponential<T> exponential_below_zero(T z) {
  return exponential(-at_most(select(z > 0, T(0), -z), Format<T>::exp_limit));
}

/// z for z > 0, otherwise alpha expm1(z); derivative alpha at 0.
struct Elu {
  static constexpr std::string_view name = "elu";
  static constexpr std::array<Parameter, 1> parameters{{{"alpha", 1}}};
  static constexpr Accuracy accuracy{2, 2};
  template <class T>
  static OGIVE_INLINE Point<T> at(T z, const T* parameters) {
    const T alpha = parameters[0];
    const Exponential<T> e = exponential_below_zero(z);
    return {select(z > 0, z, alpha * e.minus_one()),
            select(z > 0, T(1), e.scaled(alpha * e.mantissa()))};
  }
};

/// scale z for z > 0, otherwise scale alpha expm1(z), with the two constants of Klambauer et al.
/// (2017), each carried with its rounding error; derivative scale alpha at 0.
struct Selu {
  static constexpr std::string_view name = "selu";
  static constexpr std::array<Parameter, 0> parameters{};
  static constexpr Accuracy accuracy{2, 2};
  template <class T>
  static OGIVE_INLINE Point<T> at(T z, const T*) {
    constexpr long double exact_scale = 1.0507009873554804934193349852946L;
    constexpr long double exact_product = 1.7580993408473768599402175208123L;
    constexpr T scale = T(exact_scale), scale_low = T(exact_scale - scale);
    constexpr T product = T(exact_product), product_low = T(exact_product - product);
    const Exponential<T> e = exponential_below_zero(z);
    const T fall = e.minus_one(), m = e.mantissa();
    // The correction of an infinite product would be an infinity too, perhaps of the other sign.
    const T finite = at_most(z, std::numeric_limits<T>::max());
    return {select(z > 0, scale * z + scale_low * finite, product * fall + product_low * fall),
            select(z > 0, scale, e.scaled(product * m + product_low * m))};
  }
};

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

using Catalogue = std::tuple<Identity, Step, Sigmoid, Tanh, Relu, LeakyRelu, Softplus, Elu, Selu,
                             Gelu, Silu, Mish>;

template <class Visitor>
void for_each_activation(Visitor&& visit) {
  [&]<class... Activations>(std::tuple<Activations...>*) {
    (visit.template operator()<Activations>(), ...);
  }(static_cast<Catalogue*>(nullptr));
}

/// The kernel of that name, or nullptr.
template <class T>
const Kernel<T>* find_kernel(std::string_view name) {
  const Kernel<T>* found = nullptr;
  for_each_activation([&]<class Activation>() {
    if (Activation::name == name) found = &Loops<Activation, T>::kernel;
  });
  return found;
}

inline std::vector<std::string_view> kernel_names() {
  std::vector<std::string_view> names;
  for_each_activation([&]<class Activation>() { names.push_back(Activation::name); });
  return names;
}

inline std::vector<KernelFacts> kernel_facts() {
  std::vector<KernelFacts> facts;
  for_each_activation([&]<class Activation>() {
    facts.push_back({Activation::name,
                     {Activation::parameters.begin(), Activation::parameters.end()},
                     Activation::accuracy});
  });
  return facts;
}

}  // namespace ogive
