// Functions made of straight or quadratic pieces. How to add one: catalogue.hpp.
#pragma once

#include <array>
#include <string_view>

#include "elementary.hpp"
#include "kernels.hpp"

namespace ogive {

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

}  // namespace ogive
