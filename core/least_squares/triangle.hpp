// Householder's QR of a table in double-double, block by block, in memory that does not grow with
// the number of rows: the triangle of the rows so far is stacked on the next block and reduced
// again (Demmel, Grigori, Hoemmen and Langou, "Communication-optimal parallel and sequential QR",
// 2012).
#pragma once

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "double_double.hpp"
#include "least_squares/moments.hpp"
#include "least_squares/table.hpp"
#include "memory.hpp"

namespace ogive {

/// A column of a block: high and low parts, a whole number of vectors long.
struct TwofoldColumn {
  double* high;
  double* low;
};

inline std::size_t whole_vectors(std::size_t n) {
  return (n + wide_lanes - 1) / wide_lanes * wide_lanes;
}

inline DoubleDouble<Wide> load(TwofoldColumn a, std::size_t i) {
  return {load(a.high + i), load(a.low + i)};
}

inline Twofold dot(TwofoldColumn a, TwofoldColumn b, std::size_t n) {
  Accumulator<Wide> sum;
  for (std::size_t i = 0; i < n; i += wide_lanes) {
    const DoubleDouble<Wide> x = load(a, i), y = load(b, i);
    const DoubleDouble<Wide> p = two_product(x.high, y.high);
    sum.add(p.high, p.low + (x.high * y.low + x.low * y.high));
  }
  return over_lanes(sum.total());
}

/// a -= factor b
inline void subtract(TwofoldColumn a, Twofold factor, TwofoldColumn b, std::size_t n) {
  const DoubleDouble<Wide> f{broadcast(factor.high, Wide{}), broadcast(factor.low, Wide{})};
  for (std::size_t i = 0; i < n; i += wide_lanes) {
    const DoubleDouble<Wide> s = load(a, i) - f * load(b, i);
    store(a.high + i, s.high);
    store(a.low + i, s.low);
  }
}

/// A reflection that maps (head, column) to (new head, 0).
struct Reflection {
  Twofold new_head;
  Twofold top;     // of the vector of the reflection; the rest of it is the column itself
  Twofold factor;  // 2 / (its square)
  bool nothing = false;

  Reflection(Twofold head, Twofold square_of_column) {
    if (square_of_column.high == 0) {
      nothing = true;
      new_head = head;
      return;
    }
    const Twofold norm = square_root(head * head + square_of_column);
    new_head = head.high > 0 ? -norm : norm;
    top = head - new_head;
    const Twofold size = head.high > 0 ? head : -head;
    factor = Twofold{1, 0} / (norm * (norm + size));
  }
};

/// The triangle R of [1 X], what becomes of Y, and the squares that are left of Y below it.
class Triangle {
 public:
  Triangle() = default;
  Triangle(std::size_t features, std::size_t targets, bool intercept, std::vector<double> shift,
           std::vector<double> scale)
      : features_(features),
        targets_(targets),
        intercept_(intercept),
        shift_(std::move(shift)),
        scale_(std::move(scale)),
        upper_(order() * columns()),
        rest_(targets) {}

  std::size_t order() const { return features_ + (intercept_ ? 1 : 0); }
  std::size_t columns() const { return order() + targets_; }
  /// Row-major, order × columns.
  const TwofoldArray& upper() const { return upper_; }
  const TwofoldArray& rest() const { return rest_; }
  TwofoldArray& upper() { return upper_; }
  TwofoldArray& rest() { return rest_; }

  /// Rows first … last-1, which are finite.
  template <class T>
  void add(const Table<T>& table, std::size_t first, std::size_t last) {
    const std::size_t block = std::max<std::size_t>(256, order());
    const std::size_t stride = whole_vectors(block) + 8;
    TwofoldArray values(columns() * stride);
    Buffer<double> weight(table.weight ? block : 0);
    for (; first < last; first += block) {
      const std::size_t n = std::min(block, last - first);
      fill(table, first, n, values, stride, weight);
      absorb(values, stride, whole_vectors(n));
    }
  }

  void merge(const Triangle& other) {
    const std::size_t n = whole_vectors(order()), stride = n + 8;
    TwofoldArray values(columns() * stride);
    for (std::size_t i = 0; i < order(); ++i)
      for (std::size_t j = 0; j < columns(); ++j)
        values.set(j * stride + i, other.upper_[i * columns() + j]);
    absorb(values, stride, n);
    for (std::size_t t = 0; t < targets_; ++t) rest_.set(t, rest_[t] + other.rest_[t]);
  }

 private:
  template <class T>
  void fill(const Table<T>& table, std::size_t first, std::size_t n, TwofoldArray& values,
            std::size_t stride, Buffer<double>& weight) const {
    const std::size_t offset = intercept_ ? 1 : 0, whole = whole_vectors(n);
    load_block(table, first, n, values.high.data() + offset * stride, stride);
    for (std::size_t j = 0; j < features_ + targets_; ++j) {
      double* high = values.high.data() + (offset + j) * stride;
      double* low = values.low.data() + (offset + j) * stride;
      const double shift = shift_[j], scale = scale_[j];
#pragma omp simd
      for (std::size_t i = 0; i < n; ++i) {
        const Twofold difference = two_sum(high[i], -shift);
        high[i] = difference.high * scale;
        low[i] = difference.low * scale;
      }
    }
    if (intercept_) {
      std::fill_n(values.high.data(), n, 1.0);
      std::fill_n(values.low.data(), n, 0.0);
    }
    if (table.weight) {
      load_weights(table, first, n, weight.data());
      for (std::size_t i = 0; i < n; ++i) {
        const Twofold root = square_root({weight[i], 0});
        for (std::size_t j = 0; j < columns(); ++j)
          values.set(j * stride + i, values[j * stride + i] * root);
      }
    }
    for (std::size_t j = 0; j < columns(); ++j) {
      std::fill_n(values.high.data() + j * stride + n, whole - n, 0.0);
      std::fill_n(values.low.data() + j * stride + n, whole - n, 0.0);
    }
  }

  // Reduces [upper; values] to upper. `values` is column by column and used up.
  void absorb(TwofoldArray& values, std::size_t stride, std::size_t n) {
    const auto column = [&](std::size_t j) {
      return TwofoldColumn{values.high.data() + j * stride, values.low.data() + j * stride};
    };
    for (std::size_t i = 0; i < order(); ++i) {
      const TwofoldColumn v = column(i);
      const std::size_t row = i * columns();
      const Reflection h(upper_[row + i], dot(v, v, n));
      if (h.nothing) continue;
      upper_.set(row + i, h.new_head);
      for (std::size_t j = i + 1; j < columns(); ++j) {
        const TwofoldColumn a = column(j);
        const Twofold along = (h.top * upper_[row + j] + dot(v, a, n)) * h.factor;
        upper_.set(row + j, upper_[row + j] - along * h.top);
        subtract(a, along, v, n);
      }
    }
    for (std::size_t t = 0; t < targets_; ++t) {
      const TwofoldColumn a = column(order() + t);
      rest_.set(t, rest_[t] + dot(a, a, n));
    }
  }

  std::size_t features_ = 0;
  std::size_t targets_ = 0;
  bool intercept_ = false;
  std::vector<double> shift_, scale_;
  TwofoldArray upper_, rest_;
};

}  // namespace ogive
