// S-shaped functions: bounded at both ends. How to add one: catalogue.hpp.
#pragma once

#include <array>
#include <string_view>

#include "elementary.hpp"
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
    return {select(z < 0, size, -size), l.tail.scaled(4 * l.slope_mantissa())};
  }
};

}  // namespace ogive
