// Rectifiers with an exponential or algebraic tail on the left, and their relatives. How to add
// one: catalogue.hpp.
#pragma once

#include <array>
#include <cmath>
#include <limits>
#include <string_view>

#include "elementary.hpp"
#include "exponential.hpp"
#include "hypotenuse.hpp"
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

/// z for z > 0, otherwise alpha expm1(z / alpha); derivative 1 at 0. The rounding error of
/// z / alpha is carried.
struct Celu {
  static constexpr std::string_view name = "celu";
  static constexpr std::array<Parameter, 1> parameters{{{"alpha", 1}}};
  static constexpr Accuracy accuracy{1.5, 1.25};
  template <class T>
  static OGIVE_INLINE Point<T> at(T z, const T* parameters) {
    const T alpha = parameters[0];
    const T size = select(z > 0, T(0), -z), x = size / alpha;
    const T x_low = product_error(x, alpha, size) / alpha;
    // Beyond the limit z may be infinite, and the error is then undefined.
    const bool within = x < Format<T>::exp_limit;
    const Exponential<T> e =
        exponential(-at_most(x, Format<T>::exp_limit), select(within, x_low, T(0)));
    // Near 0 it is z, though z / alpha may be subnormal.
    const bool linear = x < std::numeric_limits<T>::epsilon() / 4;
    return {select(linear, z, alpha * e.minus_one()), select(z > 0, T(1), e.value())};
  }
};

/// z for z >= 0, otherwise z / sqrt(1 + alpha z^2); derivative (1 + alpha z^2)^(-3/2) below 0.
struct Isrlu {
  static constexpr std::string_view name = "isrlu";
  static constexpr std::array<Parameter, 1> parameters{{{"alpha", 1}}};
  static constexpr Accuracy accuracy{1, 2};
  template <class T>
  static OGIVE_INLINE Point<T> at(T z, const T* parameters) {
    const InverseRoot<T> inverse(Hypotenuse<T>(z, T(1), parameters[0]));
    return {select(z < 0, -inverse.times_size(), z), select(z >= 0, T(1), inverse.cubed())};
  }
};

/// -softplus(-z) = min(z, 0) - log1p(exp(-|z|)); derivative sigmoid(-z).
struct Logsigmoid {
  static constexpr std::string_view name = "logsigmoid";
  static constexpr std::array<Parameter, 0> parameters{};
  static constexpr Accuracy accuracy{2, 1.5};
  template <class T>
  static OGIVE_INLINE Point<T> at(T z, const T*) {
    const Logistic<T> l = logistic(exponential_of_minus_absolute(z));
    return {select(z < 0, z, T(0)) - log1p(l.t), select(z < 0, l.upper(), l.lower())};
  }
};

/// (z + sqrt(z^2 + b)) / 2 as max(z, 0) + g(|z|), g(a) = b / (2 (a + sqrt(a^2 + b))), which does
/// not cancel; derivative (1 + z / sqrt(z^2 + b)) / 2 likewise.
struct Squareplus {
  static constexpr std::string_view name = "squareplus";
  static constexpr std::array<Parameter, 1> parameters{{{"b", 4}}};
  static constexpr Accuracy accuracy{2, 1};
  template <class T>
  static OGIVE_INLINE Point<T> at(T z, const T* parameters) {
    const T quarter = T(0.25) * parameters[0];
    const Hypotenuse<T> h(z, parameters[0], T(1));
    const T root = std::sqrt(h.q);
    const T excess = product_error(root, root, h.q) - h.q_low;
    // With sum = (a + root) / 2 the slope is b / (4 root sum) and g is root times that.
    const T sum = T(0.5) * root + T(0.5) * h.s;
    const T sum_low = (T(0.5) * h.s - (sum - T(0.5) * root));
    const T product = root * sum;
    const T r = T(1) / product;
    const T root_low = T(-0.5) * (excess * sum) * r;
    const T product_low =
        product_error(root, sum, product) + root * (sum_low + T(0.5) * root_low) + root_low * sum;
    const T correction = reciprocal_residual(product, r) - product_low * r;
    const T slope = quarter * r + quarter * r * correction;
    const T lower = root * slope + root_low * slope;
    const bool infinite = absolute(z) > std::numeric_limits<T>::max();
    const T tail = select(infinite, T(0), lower * h.scale), slope_tail = slope * h.scale * h.scale;
    return {select(z > 0, z, T(0)) + tail, select(z > 0, T(1) - slope_tail, slope_tail)};
  }
};

/// exp(z), which is its own derivative.
struct ExponentialUnit {
  static constexpr std::string_view name = "exponential";
  static constexpr std::array<Parameter, 0> parameters{};
  static constexpr Accuracy accuracy{1.25, 1.25};
  template <class T>
  static OGIVE_INLINE Point<T> at(T z, const T*) {
    const T value = exponential_anywhere(z).value();
    return {value, value};
  }
};

}  // namespace ogive
