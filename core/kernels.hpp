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
#if !OGIVE_COMPACT_LOOPS
  Accuracy accuracy;
#endif
};

/// Loops over n numbers z with a context: their values, their derivatives.
template <class T>
using OneOutput = void (*)(const T* z, T* out, std::size_t n, const void* context);
template <class T>
using TwoOutputs = void (*)(const T* z, T* a, T* d, std::size_t n, const void* context);

/// One activation in one type. `context` points to T[max_parameters], its parameters in the
/// order of the struct's list; it may be null where there are none. Outputs may be z itself.
#if OGIVE_COMPACT_LOOPS
template <class T>
struct Kernel {
  OneOutput<T> value_loop, derivative_loop;
  TwoOutputs<T> loop;
  // Instead of them all: value and derivative of 2 n numbers, an even number of them, so that a
  // loop over pairs has no remainder.
  TwoOutputs<T> pairs = nullptr;

  void value(const T* z, T* a, std::size_t n, const void* context) const {
    pairs ? in_pairs(z, a, nullptr, n, context) : value_loop(z, a, n, context);
  }
  void derivative(const T* z, T* d, std::size_t n, const void* context) const {
    pairs ? in_pairs(z, nullptr, d, n, context) : derivative_loop(z, d, n, context);
  }
  void value_and_derivative(const T* z, T* a, T* d, std::size_t n, const void* context) const {
    pairs ? in_pairs(z, a, d, n, context) : loop(z, a, d, n, context);
  }

 private:
  // What is not asked for is null.
  [[gnu::noinline]] void in_pairs(const T* z, T* a, T* d, std::size_t n,
                                  const void* context) const {
    constexpr std::size_t piece = 256;
    T unwanted[piece];
    for (std::size_t from = 0; from < n; from += piece) {
      const std::size_t count = std::min(piece, n - from);
      T* const value = a ? a + from : unwanted;
      T* const derivative = d ? d + from : unwanted;
      const T last[2] = {z[from + count - 1], z[from + count - 1]};
      pairs(z + from, value, derivative, count / 2, context);
      if (count % 2 == 0) continue;
      T last_value[2], last_derivative[2];
      pairs(last, last_value, last_derivative, 1, context);
      value[count - 1] = last_value[0];
      derivative[count - 1] = last_derivative[0];
    }
  }
};
#else
template <class T>
struct Kernel {
  OneOutput<T> value, derivative;
  TwoOutputs<T> value_and_derivative;
};
#endif

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

  static OGIVE_INLINE Point<T> within_reach(T z, const T* parameters) {
    return absolute(z) <= Activation::template reach<T> ? Activation::at(z, parameters)
                                                        : Activation::anywhere(z, parameters);
  }

  // store(i, point) for every element.
  template <class Store>
  static OGIVE_INLINE void each(const T* z, std::size_t n, const void* context,
                                const Store& store) {
    const auto parameters = load(context);
    if constexpr (OGIVE_COMPACT_LOOPS && Limited<Activation, T>) {
      for (std::size_t i = 0; i < n; ++i) store(i, within_reach(z[i], parameters.data()));
    } else if constexpr (Limited<Activation, T>) {
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
          for (std::size_t i = from; i < to; ++i) store(i, within_reach(z[i], parameters.data()));
        }
      }
    } else {
#pragma omp simd
      for (std::size_t i = 0; i < n; ++i) store(i, Activation::at(z[i], parameters.data()));
    }
  }

#if OGIVE_COMPACT_LOOPS
  static void pairs(const T* z, T* a, T* d, std::size_t n, const void* context) {
    each(z, 2 * n, context, [a, d](std::size_t i, Point<T> point) OGIVE_LAMBDA {
      a[i] = point.value;
      d[i] = point.derivative;
    });
  }

  static constexpr Kernel<T> kernel{nullptr, nullptr, nullptr, pairs};
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

  static constexpr Kernel<T> kernel{value, derivative, value_and_derivative};
#endif
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
    {Activation::name, Activation::parameters,
#if !OGIVE_COMPACT_LOOPS
     Activation::accuracy
#endif
    },
#if OGIVE_FLOAT32
    &Loops<typename LoopsOwner<Activation>::type, float>::kernel,
#endif
    &Loops<typename LoopsOwner<Activation>::type, double>::kernel,
};

template <class... Activations>
inline constexpr std::array<Entry, sizeof...(Activations)> entries{entry<Activations>...};

}  // namespace ogive
