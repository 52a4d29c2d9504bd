// Turns the struct of an activation (see activations/catalogue.hpp) into loops over arrays.
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <memory>
#include <span>
#include <string_view>

#include "elementary.hpp"
#include "platform.hpp"

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
  std::span<const Parameter> parameters;
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

#if OGIVE_COMPACT_LOOPS
/// Value and derivative of 2 count numbers: an even number of them, so that a vector of two has no
/// remainder, and the loop comes once for all that can be asked of it.
template <class T>
using PairLoop = void (*)(const T* z, T* a, T* d, std::size_t count, const void* context);

/// Runs it over n numbers; what is not asked for is null.
template <class T>
[[gnu::noinline]] void in_pairs(PairLoop<T> loop, const T* z, T* a, T* d, std::size_t n,
                                const void* context) {
  constexpr std::size_t piece = 256;
  T unwanted[piece];
  for (std::size_t from = 0; from < n; from += piece) {
    const std::size_t count = std::min(piece, n - from);
    T* const value = a ? a + from : unwanted;
    T* const derivative = d ? d + from : unwanted;
    const T last[2] = {z[from + count - 1], z[from + count - 1]};
    loop(z + from, value, derivative, count / 2, context);
    if (count % 2 == 0) continue;
    T last_value[2], last_derivative[2];
    loop(last, last_value, last_derivative, 1, context);
    value[count - 1] = last_value[0];
    derivative[count - 1] = last_derivative[0];
  }
}
#endif

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

#if OGIVE_COMPACT_LOOPS
  [[gnu::noinline]] static void pairs(const T* z, T* a, T* d, std::size_t count,
                                      const void* context) {
    each(z, 2 * count, context, [a, d](std::size_t i, Point<T> point) OGIVE_LAMBDA {
      a[i] = point.value;
      d[i] = point.derivative;
    });
  }

  static void value(const T* z, T* a, std::size_t n, const void* context) {
    in_pairs<T>(pairs, z, a, nullptr, n, context);
  }
  static void derivative(const T* z, T* d, std::size_t n, const void* context) {
    in_pairs<T>(pairs, z, nullptr, d, n, context);
  }
  static void value_and_derivative(const T* z, T* a, T* d, std::size_t n, const void* context) {
    in_pairs<T>(pairs, z, a, d, n, context);
  }
#else
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
#endif

  static constexpr Kernel<T> kernel{value, derivative, value_and_derivative};
};

/// One row of the catalogue.
struct Entry {
  KernelFacts facts;
#if OGIVE_FLOAT32
  const Kernel<float>* float32;
#endif
  const Kernel<double>* float64;
};

/// Whose loops an activation runs: its own, unless it is another one under a second name.
template <class Activation>
struct LoopsOwner {
  using type = Activation;
};
template <class Activation>
  requires requires { typename Activation::same_as; }
struct LoopsOwner<Activation> {
  using type = typename Activation::same_as;
};

template <class Activation>
inline constexpr Entry entry{
    {Activation::name, Activation::parameters, Activation::accuracy},
#if OGIVE_FLOAT32
    &Loops<typename LoopsOwner<Activation>::type, float>::kernel,
#endif
    &Loops<typename LoopsOwner<Activation>::type, double>::kernel,
};

template <class... Activations>
inline constexpr std::array<Entry, sizeof...(Activations)> entries{entry<Activations>...};

}  // namespace ogive
