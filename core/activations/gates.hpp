// Gates: the first half of a row times a function of the second half (Dauphin et al., 2017;
// Shazeer, 2020). See row_kernels.hpp.
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>

#include "elementary.hpp"
#include "kernels.hpp"

namespace ogive {

template <class Of, class T>
struct Gate {
  static constexpr std::array<T, max_parameters> parameters = [] {
    std::array<T, max_parameters> defaults{};
    for (std::size_t i = 0; i < Of::parameters.size(); ++i)
      defaults[i] = T(Of::parameters[i].default_value);
    return defaults;
  }();

  // saved: the derivative of output j with respect to z[j] and to z[n / 2 + j].
  static void forward(const T* z, T* a, T* saved, std::size_t n) {
    const std::size_t half = n / 2;
    const T* gate = z + half;
#if OGIVE_COMPACT_LOOPS
    constexpr std::size_t piece = 256;
    T value[piece], slope[piece];
    for (std::size_t from = 0; from < half; from += piece) {
      const std::size_t count = std::min(piece, half - from);
      Loops<Of, T>::kernel.value_and_derivative(gate + from, value, slope, count,
                                                parameters.data());
      for (std::size_t j = 0; j < count; ++j) {
        a[from + j] = z[from + j] * value[j];
        if (!saved) continue;
        saved[from + j] = value[j];
        saved[half + from + j] = z[from + j] * slope[j];
      }
    }
#else
    if (saved) {
      T* to_gate = saved + half;
#pragma omp simd
      for (std::size_t j = 0; j < half; ++j) {
        const Point<T> point = Of::at(gate[j], parameters.data());
        a[j] = z[j] * point.value;
        saved[j] = point.value;
        to_gate[j] = z[j] * point.derivative;
      }
    } else {
#pragma omp simd
      for (std::size_t j = 0; j < half; ++j) a[j] = z[j] * Of::at(gate[j], parameters.data()).value;
    }
#endif
  }

  static void backward(const T* saved, T* error, std::size_t n) {
    const std::size_t half = n / 2;
    for (std::size_t j = 0; j < half; ++j) {
      error[half + j] = error[j] * saved[half + j];
      error[j] *= saved[j];
    }
  }
};

}  // namespace ogive
