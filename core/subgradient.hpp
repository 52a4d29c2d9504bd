// Another choice of the derivative where a function has a kink.
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <memory>
#include <utility>
#include <vector>

#include "kernels.hpp"

namespace ogive {

/// A point and the derivative to use there.
template <class T>
struct ChosenSlope {
  T at;
  T slope;
};

template <class T>
struct Subgradient {
  Function<T> function;
  std::vector<ChosenSlope<T>> chosen;

  // An output may be z itself, so what is left of z is looked at in a copy.
  static constexpr std::size_t piece = 512;

  static void value(const T* z, T* a, std::size_t n, const void* context) {
    static_cast<const Subgradient*>(context)->function.value(z, a, n);
  }

  static void derivative(const T* z, T* d, std::size_t n, const void* context) {
    const auto& self = *static_cast<const Subgradient*>(context);
    self.in_pieces(z, d, n, [&](const T* from, std::size_t begin, std::size_t count) {
      self.function.derivative(from, d + begin, count);
    });
  }

  static void value_and_derivative(const T* z, T* a, T* d, std::size_t n, const void* context) {
    const auto& self = *static_cast<const Subgradient*>(context);
    self.in_pieces(z, d, n, [&](const T* from, std::size_t begin, std::size_t count) {
      self.function.value_and_derivative(from, a + begin, d + begin, count);
    });
  }

  static constexpr Kernel<T> kernel{value, derivative, value_and_derivative};

 private:
  template <class Compute>
  void in_pieces(const T* z, T* d, std::size_t n, const Compute& compute) const {
    std::array<T, piece> copy;
    for (std::size_t begin = 0; begin < n; begin += piece) {
      const std::size_t count = std::min(piece, n - begin);
      std::copy_n(z + begin, count, copy.data());
      compute(copy.data(), begin, count);
      for (const ChosenSlope<T>& one : chosen) {
        const T at = one.at, slope = one.slope;
        T* const out = d + begin;
#pragma omp simd
        for (std::size_t i = 0; i < count; ++i) out[i] = select(copy[i] == at, slope, out[i]);
      }
    }
  }
};

/// `function` with the derivative `slope` at each z that equals `at`; otherwise, and in its values,
/// it is the same to the bit.
template <class T>
Function<T> with_slopes(Function<T> function,
                        const std::vector<std::pair<double, double>>& slopes) {
  if (slopes.empty()) return function;
  auto changed = std::make_shared<Subgradient<T>>();
  changed->function = std::move(function);
  for (const auto& [at, slope] : slopes)
    changed->chosen.push_back({static_cast<T>(at), static_cast<T>(slope)});
  return {&Subgradient<T>::kernel, std::move(changed)};
}

}  // namespace ogive
