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

/// -1, 0 or 1, the sign of z; derivative 0.
struct Sign {
  static constexpr std::string_view name = "sign";
  static constexpr std::array<Parameter, 0> parameters{};
  static constexpr Accuracy accuracy{0, 0};
  template <class T>
  static OGIVE_INLINE Point<T> at(T z, const T*) {
    return {select(z > 0, T(1), select(z < 0, T(-1), z)), or_nan(z, T(0))};
  }
};

/// |z|; derivative 0 at 0.
struct Absolute {
  static constexpr std::string_view name = "absolute";
  static constexpr std::array<Parameter, 0> parameters{};
  static constexpr Accuracy accuracy{0, 0};
  template <class T>
  static OGIVE_INLINE Point<T> at(T z, const T*) {
    return {absolute(z), select(z > 0, T(1), select(z < 0, T(-1), z))};
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

/// z for z > 0, otherwise slope z; derivative slope at 0.
template <class T>
OGIVE_INLINE Point<T> leaky(T z, T slope) {
  // At -infinity a slope of 0 has the limit 0.
  const T below = select(slope == 0, or_nan(z, T(0)), slope * z);
  return {select(z > 0, z, below), or_nan(z, select(z > 0, T(1), slope))};
}

/// z for z > 0, otherwise negative_slope z; derivative negative_slope at 0.
struct LeakyRelu {
  static constexpr std::string_view name = "leaky_relu";
  static constexpr std::array<Parameter, 1> parameters{{{"negative_slope", 0.01}}};
  static constexpr Accuracy accuracy{1.5, 0.5};
  template <class T>
  static OGIVE_INLINE Point<T> at(T z, const T* parameters) {
    return leaky(z, parameters[0]);
  }
};

/// As leaky_relu, but the network learns the slope.
struct Prelu {
  static constexpr std::string_view name = "prelu";
  static constexpr std::array<Parameter, 1> parameters{{{"negative_slope", 0.25}}};
  static constexpr Accuracy accuracy{0.5, 0};
  template <class T>
  static OGIVE_INLINE Point<T> at(T z, const T* parameters) {
    return leaky(z, parameters[0]);
  }
};

/// As leaky_relu with the mean of the slopes that training draws between lower and upper.
struct Rrelu {
  static constexpr std::string_view name = "rrelu";
  static constexpr std::array<Parameter, 2> parameters{{{"lower", 1.0 / 8}, {"upper", 1.0 / 3}}};
  static constexpr Accuracy accuracy{1.25, 0.5};
  template <class T>
  static OGIVE_INLINE Point<T> at(T z, const T* parameters) {
    return leaky(z, T(0.5) * (parameters[0] + parameters[1]));
  }
};

/// z between low and high, otherwise the nearer of them; derivative 0 at both.
template <class T>
OGIVE_INLINE Point<T> clipped(T z, T low, T high) {
  return {select(z <= low, low, select(z >= high, high, z)),
          or_nan(z, select((z > low) & (z < high), T(1), T(0)))};
}

/// min(max(z, 0), 6); derivative 0 at 0 and 6.
struct Relu6 {
  static constexpr std::string_view name = "relu6";
  static constexpr std::array<Parameter, 0> parameters{};
  static constexpr Accuracy accuracy{0, 0};
  template <class T>
  static OGIVE_INLINE Point<T> at(T z, const T*) {
    return clipped(z, T(0), T(6));
  }
};

/// min(max(z, min_val), max_val); derivative 0 at both.
struct Hardtanh {
  static constexpr std::string_view name = "hardtanh";
  static constexpr std::array<Parameter, 2> parameters{{{"min_val", -1}, {"max_val", 1}}};
  static constexpr Accuracy accuracy{0, 0};
  template <class T>
  static OGIVE_INLINE Point<T> at(T z, const T* parameters) {
    return clipped(z, parameters[0], parameters[1]);
  }
};

/// z for z > theta, otherwise 0; derivative 0 at theta.
struct ThresholdedRelu {
  static constexpr std::string_view name = "thresholded_relu";
  static constexpr std::array<Parameter, 1> parameters{{{"theta", 1}}};
  static constexpr Accuracy accuracy{0, 0};
  template <class T>
  static OGIVE_INLINE Point<T> at(T z, const T* parameters) {
    const T theta = parameters[0];
    return {select(z <= theta, T(0), z), or_nan(z, select(z > theta, T(1), T(0)))};
  }
};

/// max(z, 0)^2; derivative 2 max(z, 0).
struct SquaredRelu {
  static constexpr std::string_view name = "squared_relu";
  static constexpr std::array<Parameter, 0> parameters{};
  static constexpr Accuracy accuracy{0.5, 0};
  template <class T>
  static OGIVE_INLINE Point<T> at(T z, const T*) {
    const T positive = select(z <= 0, T(0), z);
    return {positive * positive, 2 * positive};
  }
};

/// (z + 3) / 6 between -3 and 3, 0 and 1 beyond; derivative 0 at both.
struct Hardsigmoid {
  static constexpr std::string_view name = "hardsigmoid";
  static constexpr std::array<Parameter, 0> parameters{};
  static constexpr Accuracy accuracy{1.25, 0.5};
  template <class T>
  static OGIVE_INLINE Point<T> at(T z, const T*) {
    const Point<T> clip = clipped(z, T(-3), T(3));
    return {(clip.value + T(3)) / T(6), clip.derivative * T(1.0L / 6)};
  }
};

/// z (z + 3) / 6 between -3 and 3, 0 and z beyond; derivative 0 at -3 and 1 at 3.
struct Hardswish {
  static constexpr std::string_view name = "hardswish";
  static constexpr std::array<Parameter, 0> parameters{};
  static constexpr Accuracy accuracy{2, 1.25};
  template <class T>
  static OGIVE_INLINE Point<T> at(T z, const T*) {
    const bool left = z <= -3, right = z >= 3;
    return {select(left, T(0), select(right, z, z * (z + T(3)) / T(6))),
            select(left, T(0), select(right, T(1), (2 * z + T(3)) / T(6)))};
  }
};

/// 0 for |z| <= lambd, otherwise z; derivative 0 at both.
struct Hardshrink {
  static constexpr std::string_view name = "hardshrink";
  static constexpr std::array<Parameter, 1> parameters{{{"lambd", 0.5}}};
  static constexpr Accuracy accuracy{0, 0};
  template <class T>
  static OGIVE_INLINE Point<T> at(T z, const T* parameters) {
    const bool inside = absolute(z) <= parameters[0];
    return {select(inside, T(0), z), or_nan(z, select(inside, T(0), T(1)))};
  }
};

/// 0 for |z| <= lambd, otherwise z nearer to 0 by lambd; derivative 0 at both.
struct Softshrink {
  static constexpr std::string_view name = "softshrink";
  static constexpr std::array<Parameter, 1> parameters{{{"lambd", 0.5}}};
  static constexpr Accuracy accuracy{0.5, 0};
  template <class T>
  static OGIVE_INLINE Point<T> at(T z, const T* parameters) {
    const T lambd = parameters[0];
    const bool inside = absolute(z) <= lambd;
    return {select(inside, T(0), select(z > 0, z - lambd, z + lambd)),
            or_nan(z, select(inside, T(0), T(1)))};
  }
};

/// max(0, 1 - |z|); derivative 0 at -1, 0 and 1.
struct Triangular {
  static constexpr std::string_view name = "triangular";
  static constexpr std::array<Parameter, 0> parameters{};
  static constexpr Accuracy accuracy{0.5, 0};
  template <class T>
  static OGIVE_INLINE Point<T> at(T z, const T*) {
    const T height = T(1) - absolute(z);
    const T slope = select(z > 0, T(-1), select(z < 0, T(1), z));
    return {select(height <= 0, T(0), height), select(height <= 0, T(0), slope)};
  }
};

}  // namespace ogive
