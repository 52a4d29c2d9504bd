// Functions that only formulas use; the catalogue of activations does not list them.
#pragma once

#include <array>
#include <cmath>
#include <limits>
#include <string_view>

#include "activations/exponential_units.hpp"
#include "activations/other_shapes.hpp"
#include "elementary.hpp"
#include "error_function.hpp"
#include "exponential.hpp"
#include "kernels.hpp"
#include "logarithm.hpp"
#include "trigonometric.hpp"

namespace ogive {

struct Exp : ExponentialUnit {
  using same_as = ExponentialUnit;
  static constexpr std::string_view name = "exp";
};

/// exp(z) - 1; derivative exp(z).
struct Expm1 {
  static constexpr std::string_view name = "expm1";
  static constexpr std::array<Parameter, 0> parameters{};
  static constexpr Accuracy accuracy{2, 1};
  template <class T>
  static OGIVE_INLINE Point<T> at(T z, const T*) {
    const WideExponential<T> e = exponential_anywhere(z);
    return {e.minus_one(), e.value()};
  }
};

/// log(z), -infinity at 0 and NaN below; derivative 1 / z.
struct Log {
  static constexpr std::string_view name = "log";
  static constexpr std::array<Parameter, 0> parameters{};
  static constexpr Accuracy accuracy{1, 0.5};
  template <class T>
  static OGIVE_INLINE Point<T> at(T z, const T*) {
    const T undefined = std::numeric_limits<T>::quiet_NaN();
    return {logarithm(z), select(z < 0, undefined, T(1) / absolute(z))};
  }
};

/// log(1 + z), -infinity at -1 and NaN below; derivative 1 / (1 + z).
struct Log1p {
  static constexpr std::string_view name = "log1p";
  static constexpr std::array<Parameter, 0> parameters{};
  static constexpr Accuracy accuracy{1, 1.5};
  template <class T>
  static OGIVE_INLINE Point<T> at(T z, const T*) {
    const T undefined = std::numeric_limits<T>::quiet_NaN();
    return {logarithm_of_one_plus(z), select(z < -1, undefined, T(1) / (T(1) + z))};
  }
};

/// sqrt(z), NaN below 0; derivative 1 / (2 sqrt(z)), infinite at 0.
struct Sqrt {
  static constexpr std::string_view name = "sqrt";
  static constexpr std::array<Parameter, 0> parameters{};
  static constexpr Accuracy accuracy{0.5, 1.5};
  template <class T>
  static OGIVE_INLINE Point<T> at(T z, const T*) {
    const T root = std::sqrt(z);
    return {root, T(0.5) / absolute(root)};  // of -0 the root is -0
  }
};

struct Sin : Sine {
  using same_as = Sine;
  static constexpr std::string_view name = "sin";
};

struct Cos : Cosine {
  using same_as = Cosine;
  static constexpr std::string_view name = "cos";
};

/// arctan(z); derivative 1 / (1 + z^2).
struct Arctan {
  static constexpr std::string_view name = "arctan";
  static constexpr std::array<Parameter, 0> parameters{};
  static constexpr Accuracy accuracy{1, 2};
  template <class T>
  static OGIVE_INLINE Point<T> at(T z, const T*) {
    return {arctan(z).value(), reciprocal_of_one_plus_square(z)};
  }
};

/// erf(z); derivative 2 exp(-z^2) / sqrt(pi).
struct Erf {
  static constexpr std::string_view name = "erf";
  static constexpr std::array<Parameter, 0> parameters{};
  static constexpr Accuracy accuracy{2, 2};
  template <class T>
  static OGIVE_INLINE Point<T> at(T z, const T*) {
    const ErrorFunction<T> e = error_function(z);
    return {e.erf(), e.slope()};
  }
};

/// 1 - erf(z), with all its digits in the tail; derivative -2 exp(-z^2) / sqrt(pi).
struct Erfc {
  static constexpr std::string_view name = "erfc";
  static constexpr std::array<Parameter, 0> parameters{};
  static constexpr Accuracy accuracy{2, 2};
  template <class T>
  static OGIVE_INLINE Point<T> at(T z, const T*) {
    const ErrorFunction<T> e = error_function(z);
    return {e.erfc(), -e.slope()};
  }
};

}  // namespace ogive
