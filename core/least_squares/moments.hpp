// Means and centred cross-products of the columns of a table in double-double: all that least
// squares needs of the rows, in one pass, block by block, mergeable in any number of pieces.
//
// A double-double sum loses kappa^2 2^-85 where Householder's QR in double loses kappa 2^-53, so
// that up to kappa = 2^32 it is the more exact of the two.
#pragma once

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <vector>

#include "double_double.hpp"
#include "least_squares/table.hpp"
#include "memory.hpp"

namespace ogive {

/// Doubles as two arrays of the same length, high parts and low parts.
struct TwofoldArray {
  Buffer<double> high, low;

  TwofoldArray() = default;
  explicit TwofoldArray(std::size_t n) : high(n), low(n) {}
  std::size_t size() const { return high.size(); }
  Twofold operator[](std::size_t i) const { return {high[i], low[i]}; }
  void set(std::size_t i, Twofold value) {
    high[i] = value.high;
    low[i] = value.low;
  }
};

/// What is known of the rows seen so far. Columns 0 … features-1 are x, the rest are y.
/// `products` has features rows of `columns` sums (those left of the diagonal stay 0) and then one
/// row with the sum of squares of each target.
struct Moments {
  std::size_t features = 0;
  std::size_t targets = 0;
  bool centered = true;
  std::int64_t rows = 0;  // whose weight is not 0
  Twofold weight;
  TwofoldArray mean;
  TwofoldArray products;

  Moments() = default;
  Moments(std::size_t features, std::size_t targets, bool centered)
      : features(features),
        targets(targets),
        centered(centered),
        mean(features + targets),
        products(features * (features + targets) + targets) {}

  std::size_t columns() const { return features + targets; }
  std::size_t first_of_row(std::size_t i) const {
    return i < features ? i * columns() : features * columns();
  }

  // Adds the moments of other rows (Chan, Golub and LeVeque, 1983).
  void merge(const Moments& other) {
    if (other.rows == 0) return;
    if (rows == 0) {
      *this = other;
      return;
    }
    const Twofold both = weight + other.weight;
    if (!centered) {
      add_products(other);
    } else {
      const std::size_t n = columns();
      const Twofold share = other.weight / both;
      const Twofold factor = weight * share;
      TwofoldArray shift(n), scaled(n);
      for (std::size_t j = 0; j < n; ++j) {
        shift.set(j, other.mean[j] - mean[j]);
        scaled.set(j, shift[j] * factor);
        mean.set(j, mean[j] + shift[j] * share);
      }
      add_products(other);
      add_outer(shift, scaled);
    }
    weight = both;
    rows += other.rows;
  }

  // products += left right'
  void add_outer(const TwofoldArray& left, const TwofoldArray& right) {
    const std::size_t n = columns();
    for (std::size_t i = 0; i < features; ++i) {
      const Twofold a = left[i];
      double* high = products.high.data() + i * n;
      double* low = products.low.data() + i * n;
#pragma omp simd
      for (std::size_t j = i; j < n; ++j) {
        const Twofold s = Twofold{high[j], low[j]} + a * Twofold{right.high[j], right.low[j]};
        high[j] = s.high;
        low[j] = s.low;
      }
    }
    for (std::size_t t = 0; t < targets; ++t) {
      const std::size_t at = features * n + t, j = features + t;
      products.set(at, products[at] + left[j] * right[j]);
    }
  }

 private:
  void add_products(const Moments& other) {
    double* high = products.high.data();
    double* low = products.low.data();
    const double* other_high = other.products.high.data();
    const double* other_low = other.products.low.data();
#pragma omp simd
    for (std::size_t i = 0; i < products.size(); ++i) {
      const Twofold s = Twofold{high[i], low[i]} + Twofold{other_high[i], other_low[i]};
      high[i] = s.high;
      low[i] = s.low;
    }
  }
};

/// The least power of two that is greater than x >= 0; 0 for 0.
inline double power_of_two_above(double x) {
  if (x == 0) return 0;
  int exponent = 0;
  std::frexp(x, &exponent);
  return std::ldexp(1.0, exponent);
}

/// Collects the moments of rows one block after another.
///
/// Within a run of blocks each column is shifted by a number near its values, provided that the
/// differences are exact (Sterbenz: c / 2 <= x <= 2 c); a block that does not fit begins a new run.
class MomentsCollector {
 public:
  MomentsCollector(std::size_t features, std::size_t targets, bool centered)
      : moments_(features, targets, centered),
        run_(features, targets, false),
        shift_(features + targets),
        block_rows_(features + targets <= 64 ? 1024 : 256),
        stride_(block_rows_ + 8),
        values_((features + targets) * stride_),
        weight_(block_rows_),
        row_scale_(block_rows_),
        mean_weight_(block_rows_),
        heavy_(block_rows_),
        heavy_rest_(block_rows_),
        low_(features + targets),
        high_(features + targets),
        reach_(features + targets) {}

  std::size_t block_rows() const { return block_rows_; }

  /// Rows first … last-1 of the table. False: there are numbers that are not finite.
  template <class T>
  bool add(const Table<T>& table, std::size_t first, std::size_t last) {
    for (; first < last; first += block_rows_)
      if (!add_block(table, first, std::min(block_rows_, last - first))) return false;
    return true;
  }

  Moments finish() {
    flush();
    return std::move(moments_);
  }

 private:
  template <class T>
  bool add_block(const Table<T>& table, std::size_t first, std::size_t n) {
    const std::size_t columns = moments_.columns();
    const std::size_t padded_rows = (n + wide_lanes - 1) / wide_lanes * wide_lanes;
    load_block(table, first, n, values_.data(), stride_);
    if (!limits(n)) return false;
    if (moments_.centered && !fits()) {
      flush();
      choose_shift();
    }
    for (std::size_t j = 0; j < columns; ++j) {
      double* column = values_.data() + j * stride_;
      if (shift_[j] != 0)
        for (std::size_t i = 0; i < n; ++i) column[i] -= shift_[j];
      const double low = low_[j] - shift_[j], high = high_[j] - shift_[j];
      reach_[j] = power_of_two_above(std::max(std::fabs(low), std::fabs(high)));
      std::fill(column + n, column + padded_rows, 0.0);
    }
    if (table.weight) {
      load_weights(table, first, n, weight_.data());
      std::fill(weight_.begin() + static_cast<std::ptrdiff_t>(n), weight_.end(), 0.0);
      run_.weight = run_.weight + sum(weight_.data(), padded_rows);
      balance_weights(n);
      products<true>(padded_rows);
    } else {
      run_.rows += static_cast<std::int64_t>(n);
      run_.weight = run_.weight + Twofold{static_cast<double>(n), 0};
      products<false>(padded_rows);
    }
    return true;
  }

  // Multiplies each row by a power of two near the root of its weight, so that what is left of the
  // weight lies in [1, 4): a row of large weight and one of large numbers would else share an
  // anchor that is far above both.
  void balance_weights(std::size_t n) {
    for (std::size_t i = 0; i < n; ++i) {
      const double w = weight_[i];
      run_.rows += w > 0;
      int exponent = 0;
      std::frexp(w, &exponent);
      const int half = (exponent - 1) >> 1;
      row_scale_[i] = w > 0 ? std::ldexp(1.0, half) : 0;
      mean_weight_[i] = w > 0 ? std::ldexp(w, -half) : 0;
      weight_[i] = std::ldexp(w, -2 * half);
    }
    for (std::size_t j = 0; j < moments_.columns(); ++j) {
      double* column = values_.data() + j * stride_;
      double most = 0;
#pragma omp simd reduction(max : most)
      for (std::size_t i = 0; i < n; ++i) {
        column[i] *= row_scale_[i];
        const double size = std::fabs(column[i]);
        most = size > most ? size : most;
      }
      reach_[j] = 2 * power_of_two_above(most);  // 2 for the weight on either side
    }
  }

  // Least and greatest value of each column; false where one is not finite.
  bool limits(std::size_t n) {
    double odd = 0;
    for (std::size_t j = 0; j < moments_.columns(); ++j) {
      const double* column = values_.data() + j * stride_;
      double low = column[0], high = column[0];
#pragma omp simd reduction(min : low) reduction(max : high) reduction(+ : odd)
      for (std::size_t i = 0; i < n; ++i) {
        low = column[i] < low ? column[i] : low;
        high = column[i] > high ? column[i] : high;
        odd += column[i] - column[i];  // NaN for what is not finite
      }
      low_[j] = low;
      high_[j] = high;
    }
    return odd == 0;
  }

  bool fits() const {
    for (std::size_t j = 0; j < moments_.columns(); ++j) {
      const double c = shift_[j];
      if (c > 0 ? low_[j] < c / 2 || high_[j] > 2 * c
                : c < 0 && (high_[j] > c / 2 || low_[j] < 2 * c))
        return false;
    }
    return run_.rows > 0;
  }

  void choose_shift() {
    for (std::size_t j = 0; j < moments_.columns(); ++j) {
      const double middle = low_[j] / 2 + high_[j] / 2;
      const bool one_sign = low_[j] > 0 || high_[j] < 0;
      const double least = std::min(std::fabs(low_[j]), std::fabs(high_[j]));
      const double most = std::max(std::fabs(low_[j]), std::fabs(high_[j]));
      const bool exact =
          one_sign && most / 2 <= std::fabs(middle) && std::fabs(middle) <= 2 * least;
      shift_[j] = exact ? middle : 0;
    }
  }

  // Sums of products are taken from an anchor that is a power of two above all that a sum can
  // reach: adding to it rounds a product to the anchor's last place, what is rounded off is found
  // exactly and summed apart. Four operations a product, where Knuth's sums take ten; after Demmel
  // and Nguyen, "Fast reproducible floating-point summation" (2013). The error of a block is up to
  // 2^-85 of the root of the two columns' sums of squares.
  template <bool weighted>
  void products(std::size_t n) {
    const std::size_t columns = moments_.columns(), features = moments_.features;
    constexpr std::size_t together = 4;
    for (std::size_t i = 0; i < columns; ++i) {
      const double* left = values_.data() + i * stride_;
      const double* rest = nullptr;
      if (moments_.centered)
        run_.mean.set(i,
                      run_.mean[i] + (weighted ? dot(left, mean_weight_.data(), n) : sum(left, n)));
      if constexpr (weighted) {
        for (std::size_t r = 0; r < n; r += wide_lanes) {
          const auto p = two_product(load(left + r), load(weight_.data() + r));
          store(heavy_.data() + r, p.high);
          store(heavy_rest_.data() + r, p.low);
        }
        left = heavy_.data();
        rest = heavy_rest_.data();
      }
      const std::size_t last = i < features ? columns : i + 1;
      const std::size_t row = i < features ? i * columns : features * columns + (i - features) - i;
      std::size_t j = i;
      for (; j + together <= last; j += together)
        multiply<weighted, together>(left, rest, reach_[i], row, j, n);
      for (; j < last; ++j) multiply<weighted, 1>(left, rest, reach_[i], row, j, n);
    }
  }

  static Twofold sum(const double* a, std::size_t n) {
    Accumulator<Wide> sum;
    for (std::size_t r = 0; r < n; r += wide_lanes) sum.add(load(a + r), Wide{});
    return over_lanes(sum.total());
  }

  static Twofold dot(const double* a, const double* b, std::size_t n) {
    Accumulator<Wide> sum;
    for (std::size_t r = 0; r < n; r += wide_lanes) {
      const DoubleDouble<Wide> p = two_product(load(a + r), load(b + r));
      sum.add(p.high, p.low);
    }
    return over_lanes(sum.total());
  }

  // Adds the products of `left` with columns j … j+count-1 to the run.
  template <bool weighted, std::size_t count>
  void multiply(const double* left, const double* rest, double reach, std::size_t row,
                std::size_t j, std::size_t n) {
    const double* right[count];
    Wide high[count], low[count] = {};
    double anchor[count];
    for (std::size_t c = 0; c < count; ++c) {
      right[c] = values_.data() + (j + c) * stride_;
      anchor[c] = 3.0 * static_cast<double>(block_rows_) * reach * reach_[j + c];
      high[c] = broadcast(anchor[c], Wide{});
    }
    for (std::size_t r = 0; r < n; r += wide_lanes) {
      const Wide a = load(left + r);
      for (std::size_t c = 0; c < count; ++c) {
        const Wide b = load(right[c] + r);
#if defined(__FMA__) || defined(__ARM_FEATURE_FMA)
        const Wide sum = fused(a, b, high[c]);
        Wide left_over = exact_rest(a, b, sum - high[c]);
#else
        const DoubleDouble<Wide> p = two_product(a, b);
        const Wide sum = high[c] + p.high;
        Wide left_over = (p.high - (sum - high[c])) + p.low;
#endif
        if constexpr (weighted) left_over += load(rest + r) * b;
        high[c] = sum;
        low[c] += left_over;
      }
    }
    for (std::size_t c = 0; c < count; ++c) {
      double whole = 0, remainder = 0;  // the first is exact: all lanes together stay in reach
      for (std::size_t l = 0; l < wide_lanes; ++l) {
        whole += high[c][l] - anchor[c];
        remainder += low[c][l];
      }
      const std::size_t at = row + j + c;
      run_.products.set(at, run_.products[at] + two_sum(whole, remainder));
    }
  }

  // Turns the sums about `shift_` into moments about the mean, and begins a new run.
  void flush() {
    if (run_.rows == 0) {  // all weights so far were 0
      reset();
      return;
    }
    if (moments_.centered) {
      const std::size_t columns = moments_.columns();
      TwofoldArray scaled(columns);
      for (std::size_t j = 0; j < columns; ++j) scaled.set(j, -run_.mean[j] / run_.weight);
      run_.add_outer(run_.mean, scaled);
      for (std::size_t j = 0; j < columns; ++j) run_.mean.set(j, Twofold{shift_[j], 0} - scaled[j]);
      run_.centered = true;
    }
    moments_.merge(run_);
    reset();
  }

  void reset() { run_ = Moments(moments_.features, moments_.targets, false); }

  Moments moments_;
  Moments run_;  // `mean` holds sums here
  Buffer<double> shift_;
  std::size_t block_rows_;
  std::size_t stride_;  // not a power of two, which would put all columns into the same cache sets
  Buffer<double> values_;
  // Of a block with weights: w 4^-e, 2^e and w 2^-e for an e of each row; w 4^-e times one column.
  Buffer<double> weight_, row_scale_, mean_weight_, heavy_, heavy_rest_;
  Buffer<double> low_, high_;
  Buffer<double> reach_;  // of each column: a power of two that no value exceeds
};

}  // namespace ogive
