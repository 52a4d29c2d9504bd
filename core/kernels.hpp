// Turns the struct of an activation (see activations/catalogue.hpp) into loops over arrays.
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <memory>
#include <string_view>
#include <utility>
#include <vector>

#include "elementary.hpp"

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
  double value_epsilons = 0;
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

/// A kernel with what it needs to run. The context belongs to all copies together.
template <class T>
struct Function {
  const Kernel<T>* kernel = nullptr;
  std::shared_ptr<const void> context;

  void value(const T* z, T* a, std::size_t n) const { kernel->value(z, a, n, context.get()); }
  void derivative(const T* z, T* d, std::size_t n) const {
    kernel->derivative(z, d, n, context.get());
  }
  void value_and_derivative(const T* z, T* a, T* d, std::size_t n) const {
    kernel->value_and_derivative(z, a, d, n, context.get());
  }
};

/// NaN where z is NaN, otherwise what is given.
template <class T>
OGIVE_INLINE T or_nan(T z, T otherwise) {
  return select(z == z, otherwise, z);
}

/// A struct whose `at` holds only for |z| <= reach<T> has a second, scalar function `anywhere` for
/// arrays that go beyond (the argument reduction of a sine, for instance).
template <class Activation, class T>
concept Limited = requires { Activation::template reach<T>; };

template <class Activation, class T>
struct Loops {
  static std::array<T, max_parameters> load(const void* context) {
    std::array<T, max_parameters> parameters{};
    for (std::size_t i = 0; i < Activation::parameters.size(); ++i) {
      parameters[i] = static_cast<const T*>(context)[i];
    }
    return parameters;
  }

  // store(i, point) for every element.
  template <class Store>
  static OGIVE_INLINE void each(const T* z, std::size_t n, const void* context,
                                const Store& store) {
    const auto parameters = load(context);
    if constexpr (Limited<Activation, T>) {
      constexpr std::size_t piece = 256;
      for (std::size_t from = 0; from < n; from += piece) {
        const std::size_t to = std::min(n, from + piece);
        T most = 0;
#pragma omp simd reduction(max : most)
        for (std::size_t i = from; i < to; ++i)
          most = absolute(z[i]) > most ? absolute(z[i]) : most;
        if (most <= Activation::template reach<T>) {
#pragma omp simd
          for (std::size_t i = from; i < to; ++i) store(i, Activation::at(z[i], parameters.data()));
        } else {
          for (std::size_t i = from; i < to; ++i)
            store(i, absolute(z[i]) <= Activation::template reach<T>
                         ? Activation::at(z[i], parameters.data())
                         : Activation::anywhere(z[i], parameters.data()));
        }
      }
    } else {
#pragma omp simd
      for (std::size_t i = 0; i < n; ++i) store(i, Activation::at(z[i], parameters.data()));
    }
  }

  static void value(const T* z, T* a, std::size_t n, const void* context) {
    each(z, n, context, [a](std::size_t i, Point<T> point) OGIVE_LAMBDA { a[i] = point.value; });
  }

  static void derivative(const T* z, T* d, std::size_t n, const void* context) {
    each(z, n, context,
         [d](std::size_t i, Point<T> point) OGIVE_LAMBDA { d[i] = point.derivative; });
  }

  static void value_and_derivative(const T* z, T* a, T* d, std::size_t n, const void* context) {
    each(z, n, context, [a, d](std::size_t i, Point<T> point) OGIVE_LAMBDA {
      a[i] = point.value;
      d[i] = point.derivative;
    });
  }

  static constexpr Kernel<T> kernel{value, derivative, value_and_derivative};
};

/// One row of the catalogue.
struct Entry {
  KernelFacts facts;
  const Kernel<float>* float32;
  const Kernel<double>* float64;
};

template <class... Activations>
std::vector<Entry> entries() {
  return {Entry{{Activations::name,
                 {Activations::parameters.begin(), Activations::parameters.end()},
                 Activations::accuracy},
                &Loops<Activations, float>::kernel,
                &Loops<Activations, double>::kernel}...};
}

}  // namespace ogive
