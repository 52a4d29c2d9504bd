// Rectifiers with an exponential or algebraic tail on the left, and their relatives. How to add one: catalogue.hpp.
#pragma once

#include <array>
#include <limits>
#include <string_view>

#include "elementary.hpp"
#include "kernels.hpp"

namespace ogive {

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

}  // namespace ogive
