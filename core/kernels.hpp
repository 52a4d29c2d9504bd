// Turns the struct of an activation (see activations.hpp) into loops over arrays.
#pragma once

#include <array>
#include <cstddef>
#include <string_view>
#include <vector>

namespace ogive {

inline constexpr std::size_t max_parameters = 4;

struct Parameter {
  std::string_view name;
  double default_value;
};

struct Accuracy {
  double value_ulp;
  double derivative_ulp;
  double derivative_epsilons = 0;
};

template <class T>
struct Point {
  T value;
  T derivative;
};

/// What is known about an activation besides its kernels.
struct KernelFacts {
  std::string_view name;
  std::vector<Parameter> parameters;
  Accuracy accuracy;
};

/// One activation in one type. `context` points to T[max_parameters], its parameters in the
/// order of the struct's list; it may be null where there are none. Outputs may be z itself.
template <class T>
struct Kernel {
  void (*value)(const T* z, T* a, std::size_t n, const void* context);
  void (*derivative)(const T* z, T* d, std::size_t n, const void* context);
  void (*value_and_derivative)(const T* z, T* a, T* d, std::size_t n, const void* context);
};

template <class Activation, class T>
struct Loops {
  static std::array<T, max_parameters> load(const void* context) {
    std::array<T, max_parameters> parameters{};
    for (std::size_t i = 0; i < Activation::parameters.size(); ++i) {
      parameters[i] = static_cast<const T*>(context)[i];
    }
    return parameters;
  }

  static void value(const T* z, T* a, std::size_t n, const void* context) {
    const auto parameters = load(context);
#pragma omp simd
    for (std::size_t i = 0; i < n; ++i) a[i] = Activation::at(z[i], parameters.data()).value;
  }

  static void derivative(const T* z, T* d, std::size_t n, const void* context) {
    const auto parameters = load(context);
#pragma omp simd
    for (std::size_t i = 0; i < n; ++i) d[i] = Activation::at(z[i], parameters.data()).derivative;
  }

  static void value_and_derivative(const T* z, T* a, T* d, std::size_t n, const void* context) {
    const auto parameters = load(context);
#pragma omp simd
    for (std::size_t i = 0; i < n; ++i) {
      const Point<T> point = Activation::at(z[i], parameters.data());
      a[i] = point.value;
      d[i] = point.derivative;
    }
  }

  static constexpr Kernel<T> kernel{value, derivative, value_and_derivative};
};

}  // namespace ogive
