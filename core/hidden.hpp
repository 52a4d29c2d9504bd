// The activation of a hidden layer over a block of rows, forwards and backwards: one function for
// every unit, one with a learnt or random slope, or a function of the whole row.
#pragma once

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <cstring>

#include "kernels.hpp"
#include "random.hpp"
#include "row_kernels.hpp"

namespace ogive {

enum class Slope { none, learnt, learnt_per_unit, random };

template <class T>
struct HiddenActivation {
  Function<T> function;               // of one unit; with a slope: not used in training
  const RowKernel<T>* row = nullptr;  // of the whole row, instead
  Slope slope = Slope::none;          // on the negative side
  T lower = 0, upper = 0;             // between which a random slope lies

  bool learns() const { return slope == Slope::learnt || slope == Slope::learnt_per_unit; }
  std::size_t learnt(std::size_t units) const {
    return slope == Slope::learnt ? 1 : slope == Slope::learnt_per_unit ? units : 0;
  }
  std::size_t outputs(std::size_t units) const { return row ? row->outputs(units) : units; }
  // Whether the padding of a row, where z is 0, may be run through the function with the rest.
  bool tolerates_padding() const {
    if (row) return false;
    T zero = 0, value = 0, derivative = 0;
    if (!function.kernel) return true;
    function.value_and_derivative(&zero, &value, &derivative, 1);
    return std::isfinite(value) && std::isfinite(derivative);
  }
};

struct Dropout {
  double rate = 0;
  std::uint64_t key = 0;       // differs in every step and network
  bool random_slopes = false;  // otherwise the mean of the slopes is used
};

// Inverted dropout (Srivastava et al., 2014): kept units are scaled by 1/(1 - rate), so that
// nothing has to change when the network is used. The same factor goes into the derivative, if
// that is not null.
template <class T>
void drop(const Dropout& dropout, std::size_t layer, std::size_t first, std::size_t n, T* a, T* d) {
  const std::uint64_t key = mix(dropout.key + layer);
  const auto threshold = static_cast<std::uint32_t>(dropout.rate * 4294967296.0);
  const T scale = static_cast<T>(1.0 / (1.0 - dropout.rate));
  const auto keep = [=](std::size_t i) OGIVE_LAMBDA {
    return hash(key, static_cast<std::uint32_t>(first + i)) >= threshold ? scale : T(0);
  };
  if (d) {
#pragma omp simd
    for (std::size_t i = 0; i < n; ++i) {
      const T factor = keep(i);
      a[i] *= factor;
      d[i] *= factor;
    }
  } else {
#pragma omp simd
    for (std::size_t i = 0; i < n; ++i) a[i] *= keep(i);
  }
}

// A block of rows of one hidden layer. `first` is the number of its first row in the batch.
template <class T>
struct HiddenBlock {
  std::size_t layer, first, rows, units, stride, output_stride;
  T* z;           // replaced by the outputs, unless those go to
  T* a;           // rows of output_stride; z itself where the row keeps its width
  T* derivative;  // null where nothing is learnt from this pass
  T* below_zero;  // min(z, 0) for a learnt slope
  const T* slopes;
};

// One row: z below 0 times slope(j).
template <class T, class SlopeOf>
OGIVE_INLINE void sloped_row(T* z, T* derivative, T* below_zero, std::size_t n,
                             const SlopeOf& slope) {
  if (below_zero)
#pragma omp simd
    for (std::size_t j = 0; j < n; ++j) below_zero[j] = select(z[j] > 0, T(0), z[j]);
  if (derivative)
#pragma omp simd
    for (std::size_t j = 0; j < n; ++j)
      derivative[j] = or_nan(z[j], select(z[j] > 0, T(1), slope(j)));
#pragma omp simd
  for (std::size_t j = 0; j < n; ++j) z[j] = select(z[j] > 0, z[j], slope(j) * z[j]);
}

template <class T>
void sloped(const HiddenActivation<T>& f, const HiddenBlock<T>& b, const Dropout& noise) {
  const std::uint64_t key = mix(~noise.key + b.layer);
  const T lower = f.lower, width = (f.upper - f.lower) * T(0x1p-32);
  for (std::size_t i = 0; i < b.rows; ++i) {
    T* z = b.z + i * b.stride;
    T* d = b.derivative ? b.derivative + i * b.stride : nullptr;
    T* below_zero = b.below_zero ? b.below_zero + i * b.stride : nullptr;
    if (f.slope == Slope::learnt_per_unit) {
      sloped_row(z, d, below_zero, b.units,
                 [s = b.slopes](std::size_t j) OGIVE_LAMBDA { return s[j]; });
    } else if (f.slope == Slope::random && noise.random_slopes && d) {
      const auto first = static_cast<std::uint32_t>((b.first + i) * b.stride);
      sloped_row(z, d, below_zero, b.units, [=](std::size_t j) OGIVE_LAMBDA {
        return lower + width * static_cast<T>(hash(key, first + static_cast<std::uint32_t>(j)));
      });
    } else {
      const T s = f.slope == Slope::learnt ? b.slopes[0] : (f.lower + f.upper) / 2;
      sloped_row(z, d, below_zero, b.units, [s](std::size_t) OGIVE_LAMBDA { return s; });
    }
  }
}

template <class T>
void activate(const HiddenActivation<T>& f, const HiddenBlock<T>& b, bool whole_rows,
              const Dropout& dropout) {
  const std::size_t n = b.rows * b.stride;
  if (f.row) {
    for (std::size_t i = 0; i < b.rows; ++i)
      f.row->forward(b.z + i * b.stride, b.a + i * b.output_stride,
                     b.derivative ? b.derivative + i * b.stride : nullptr, b.units);
  } else if (f.slope != Slope::none) {
    sloped(f, b, dropout);
  } else if (whole_rows) {
    if (b.derivative)
      f.function.value_and_derivative(b.z, b.z, b.derivative, n);
    else
      f.function.value(b.z, b.z, n);
  } else {
    for (std::size_t i = 0; i < b.rows; ++i) {
      T* z = b.z + i * b.stride;
      if (b.derivative)
        f.function.value_and_derivative(z, z, b.derivative + i * b.stride, b.units);
      else
        f.function.value(z, z, b.units);
    }
  }
  if (b.derivative && dropout.rate > 0) {
    const bool own = !f.row && !f.learns();
    drop(dropout, b.layer, b.first * b.output_stride, b.rows * b.output_stride, b.a,
         own ? b.derivative : nullptr);
  }
}

// Replaces dLoss/da, in rows of `stride`, by dLoss/dz. For a learnt slope `below_zero` becomes the
// terms of dLoss/dslope.
template <class T>
void deactivate(const HiddenActivation<T>& f, const HiddenBlock<T>& b, const Dropout& dropout,
                T* error) {
  const std::size_t n = b.rows * b.stride;
  if ((f.row || f.learns()) && dropout.rate > 0)
    for (std::size_t i = 0; i < b.rows; ++i)
      drop<T>(dropout, b.layer, (b.first + i) * b.output_stride, b.output_stride,
              error + i * b.stride, nullptr);
  if (f.row) {
    for (std::size_t i = 0; i < b.rows; ++i)
      f.row->backward(b.derivative + i * b.stride, error + i * b.stride, b.units);
    return;
  }
  if (f.learns())
#pragma omp simd
    for (std::size_t i = 0; i < n; ++i) b.below_zero[i] *= error[i];
  const T* d = b.derivative;
#pragma omp simd
  for (std::size_t i = 0; i < n; ++i) error[i] *= d[i];
}

}  // namespace ogive
