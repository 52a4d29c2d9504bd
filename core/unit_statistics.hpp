// Statistics of units over rows that come a batch at a time: of the inputs z, the outputs f(z) and
// the slopes f'(z). Nothing of the rows is kept.
#pragma once

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <limits>
#include <vector>

#include "kernels.hpp"

namespace ogive {

// Sums are of differences from the unit's first value, which keeps the variance of values that
// differ little from a large mean.
struct Spread {
  std::vector<double> least, greatest, shift, sum, squares;

  explicit Spread(std::size_t units)
      : least(units, std::numeric_limits<double>::infinity()),
        greatest(units, -std::numeric_limits<double>::infinity()),
        shift(units),
        sum(units),
        squares(units) {}
};

class UnitStatistics {
 public:
  explicit UnitStatistics(std::size_t units, double active_above)
      : units(units),
        active_above(active_above),
        z(units),
        a(units),
        slope_greatest(units),
        slope_squares(units),
        active(units) {}

  const std::size_t units;
  const double active_above;  // |f'(z)| from which a value counts as active
  double count = 0;           // values of each unit
  Spread z, a;
  std::vector<double> slope_greatest, slope_squares, active;

  // A batch of shape (n, units, positions). With a function, outputs and slopes are computed;
  // otherwise they are `outputs` and `slopes`, each of which may be null.
  template <class T>
  void add(const Function<T>* function, const T* inputs, const T* outputs, const T* slopes,
           std::size_t n, std::size_t positions) {
    if (n == 0 || positions == 0 || units == 0) return;
    if (positions == 1) {
      add_rows(function, inputs, outputs, slopes, n);
    } else {
      add_positions(function, inputs, outputs, slopes, n, positions);
    }
    count += static_cast<double>(n * positions);
  }

 private:
  static constexpr std::size_t block = 2048;

  template <class T>
  struct Partial {
    std::vector<T> least, greatest, shift, sum, squares;

    explicit Partial(const Spread& spread)
        : least(spread.shift.size()),
          greatest(spread.shift.size()),
          shift(spread.shift.begin(), spread.shift.end()),
          sum(spread.shift.size()),
          squares(spread.shift.size()) {
      clear();
    }
    void clear() {
      std::fill(least.begin(), least.end(), std::numeric_limits<T>::infinity());
      std::fill(greatest.begin(), greatest.end(), -std::numeric_limits<T>::infinity());
      std::fill(sum.begin(), sum.end(), T(0));
      std::fill(squares.begin(), squares.end(), T(0));
    }
    void add(const T* x, std::size_t units) {
      T *lo = least.data(), *hi = greatest.data(), *s = sum.data(), *q = squares.data();
      const T* from = shift.data();
#pragma omp simd
      for (std::size_t j = 0; j < units; ++j) {
        const T v = x[j], t = v - from[j];
        lo[j] = v < lo[j] ? v : lo[j];
        hi[j] = v > hi[j] ? v : hi[j];
        s[j] += t;
        q[j] += t * t;
      }
    }
    void flush(Spread& to) {
      for (std::size_t j = 0; j < sum.size(); ++j) {
        to.least[j] = std::min(to.least[j], static_cast<double>(least[j]));
        to.greatest[j] = std::max(to.greatest[j], static_cast<double>(greatest[j]));
        to.sum[j] += static_cast<double>(sum[j]);
        to.squares[j] += static_cast<double>(squares[j]);
      }
      clear();
    }
  };

  // The first value of a unit, in the type of the rows, so that differences are exact.
  template <class T>
  void start(Spread& spread, const T* x, std::size_t step) const {
    if (count > 0) return;
    for (std::size_t j = 0; j < units; ++j)
      spread.shift[j] = std::isfinite(x[j * step]) ? static_cast<double>(x[j * step]) : 0;
  }

  template <class T>
  void start(const Function<T>* function, const T* inputs, const T* outputs, std::size_t step) {
    start(z, inputs, step);
    if (outputs) {
      start(a, outputs, step);
    } else if (function && count == 0) {
      std::vector<T> first(units);
      for (std::size_t j = 0; j < units; ++j) first[j] = inputs[j * step];
      function->value(first.data(), first.data(), units);
      start(a, first.data(), 1);
    }
  }

  template <class T>
  void add_rows(const Function<T>* function, const T* inputs, const T* outputs, const T* slopes,
                std::size_t n) {
    start(function, inputs, outputs, 1);
    const std::size_t height = std::max<std::size_t>(32, block / units);
    std::vector<T> value(function ? height * units : 0), slope(value.size());
    Partial<T> of_z(z), of_a(a);
    std::vector<T> top(units), square(units), above(units);
    const T limit = static_cast<T>(active_above);
    for (std::size_t from = 0; from < n; from += height) {
      const std::size_t rows = std::min(height, n - from);
      const T* x = inputs + from * units;
      const T* out = outputs ? outputs + from * units : nullptr;
      const T* d = slopes ? slopes + from * units : nullptr;
      if (function) {
        function->value_and_derivative(x, value.data(), slope.data(), rows * units);
        out = value.data();
        d = slope.data();
      }
      std::fill(top.begin(), top.end(), T(0));
      std::fill(square.begin(), square.end(), T(0));
      std::fill(above.begin(), above.end(), T(0));
      for (std::size_t i = 0; i < rows; ++i) {
        of_z.add(x + i * units, units);
        if (out) of_a.add(out + i * units, units);
        if (d) add_slopes(d + i * units, units, limit, top.data(), square.data(), above.data());
      }
      of_z.flush(z);
      if (out) of_a.flush(a);
      for (std::size_t j = 0; d && j < units; ++j) {
        slope_greatest[j] = std::max(slope_greatest[j], static_cast<double>(top[j]));
        slope_squares[j] += static_cast<double>(square[j]);
        active[j] += static_cast<double>(above[j]);
      }
    }
  }

  template <class T>
  static void add_slopes(const T* d, std::size_t units, T limit, T* top, T* square, T* above) {
#pragma omp simd
    for (std::size_t j = 0; j < units; ++j) {
      const T size = d[j] < 0 ? -d[j] : d[j];
      top[j] = size > top[j] ? size : top[j];
      square[j] += size * size;
      above[j] += select(size > limit, T(1), T(0));
    }
  }

  template <class T>
  static void add_run(Spread& to, std::size_t j, const T* x, std::size_t n) {
    const T shift = static_cast<T>(to.shift[j]);
    T lo = x[0], hi = x[0], s = 0, q = 0;
#pragma omp simd reduction(min : lo) reduction(max : hi) reduction(+ : s, q)
    for (std::size_t i = 0; i < n; ++i) {
      const T v = x[i], t = v - shift;
      lo = v < lo ? v : lo;
      hi = v > hi ? v : hi;
      s += t;
      q += t * t;
    }
    to.least[j] = std::min(to.least[j], static_cast<double>(lo));
    to.greatest[j] = std::max(to.greatest[j], static_cast<double>(hi));
    to.sum[j] += static_cast<double>(s);
    to.squares[j] += static_cast<double>(q);
  }

  template <class T>
  void add_positions(const Function<T>* function, const T* inputs, const T* outputs,
                     const T* slopes, std::size_t n, std::size_t positions) {
    start(function, inputs, outputs, positions);
    std::vector<T> value(function ? block : 0), slope(value.size());
    const T limit = static_cast<T>(active_above);
    for (std::size_t run = 0; run < n * units; ++run) {
      const std::size_t j = run % units;
      for (std::size_t from = 0; from < positions; from += block) {
        const std::size_t length = std::min(block, positions - from);
        const std::size_t at = run * positions + from;
        const T* out = outputs ? outputs + at : nullptr;
        const T* d = slopes ? slopes + at : nullptr;
        if (function) {
          function->value_and_derivative(inputs + at, value.data(), slope.data(), length);
          out = value.data();
          d = slope.data();
        }
        add_run(z, j, inputs + at, length);
        if (out) add_run(a, j, out, length);
        if (!d) continue;
        T top = 0, square = 0, above = 0;
#pragma omp simd reduction(max : top) reduction(+ : square, above)
        for (std::size_t i = 0; i < length; ++i) {
          const T size = d[i] < 0 ? -d[i] : d[i];
          top = size > top ? size : top;
          square += size * size;
          above += select(size > limit, T(1), T(0));
        }
        slope_greatest[j] = std::max(slope_greatest[j], static_cast<double>(top));
        slope_squares[j] += static_cast<double>(square);
        active[j] += static_cast<double>(above);
      }
    }
  }
};

}  // namespace ogive
