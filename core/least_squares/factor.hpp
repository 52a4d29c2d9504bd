// Small dense problems in double-double: Cholesky's factor of moments, pivoted QR of a triangle
// with a decision on the rank, and solutions with triangles. Matrices are stored column by column.
#pragma once

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <numeric>
#include <vector>

#include "double_double.hpp"
#include "least_squares/moments.hpp"
#include "least_squares/triangle.hpp"

namespace ogive {

/// rows × columns, each column a whole number of vectors long; what is beyond `rows` is 0.
struct TwofoldMatrix {
  std::size_t rows = 0;
  std::size_t columns = 0;
  std::size_t stride = 0;
  TwofoldArray values;

  TwofoldMatrix() = default;
  TwofoldMatrix(std::size_t rows, std::size_t columns)
      : rows(rows),
        columns(columns),
        stride(whole_vectors(rows) + wide_lanes),
        values(columns * stride) {}

  Twofold operator()(std::size_t i, std::size_t j) const { return values[j * stride + i]; }
  void set(std::size_t i, std::size_t j, Twofold value) { values.set(j * stride + i, value); }
  /// Column j from row `first`.
  TwofoldColumn column(std::size_t j, std::size_t first = 0) {
    return {values.high.data() + j * stride + first, values.low.data() + j * stride + first};
  }
  void swap_columns(std::size_t a, std::size_t b) {
    if (a == b) return;
    std::swap_ranges(column(a).high, column(a).high + stride, column(b).high);
    std::swap_ranges(column(a).low, column(a).low + stride, column(b).low);
  }
};

/// R with R'R = the products of x, columns scaled by `scale`, and R'Z = their products with y.
struct Cholesky {
  TwofoldMatrix upper;  // features × features
  TwofoldMatrix right;  // features × targets
  TwofoldArray rest;    // the squares of each target that are left
  double least_pivot = std::numeric_limits<double>::infinity();  // relative to the squared norms

  /// Stops at the first pivot that is not above `limit`.
  Cholesky(const Moments& m, const std::vector<double>& scale, double limit)
      : upper(m.features, m.features), right(m.features, m.targets), rest(m.targets) {
    const std::size_t k = m.features;
    const auto scaled = [&](std::size_t i, std::size_t j) {
      const Twofold s = m.products[m.first_of_row(i) + j];
      const double by = scale[i];
      return Twofold{s.high * by * scale[j], s.low * by * scale[j]};
    };
    // Column by column: R(i, j) = (S(i, j) - R(:i, i)' R(:i, j)) / R(i, i).
    for (std::size_t j = 0; j < k; ++j) {
      const Twofold square = scaled(j, j);
      for (std::size_t i = 0; i < j; ++i) upper.set(i, j, element(i, j, scaled(i, j), upper));
      const TwofoldColumn own = upper.column(j);
      const Twofold pivot = square - dot(own, own, whole_vectors(j));
      least_pivot = std::min(least_pivot, square.high > 0 ? pivot.high / square.high : 0.0);
      if (!(least_pivot > limit)) return;
      upper.set(j, j, square_root(pivot));
    }
    for (std::size_t t = 0; t < m.targets; ++t) {
      for (std::size_t i = 0; i < k; ++i) right.set(i, t, element(i, t, scaled(i, k + t), right));
      const TwofoldColumn own = right.column(t);
      const double by = scale[k + t];
      const Twofold square = m.products[k * m.columns() + t];
      rest.set(t, Twofold{square.high * by * by, square.low * by * by} -
                      dot(own, own, whole_vectors(k)));
    }
  }

 private:
  Twofold element(std::size_t i, std::size_t j, Twofold product, TwofoldMatrix& of) {
    // What lies below row i in `of` is still 0, so that whole vectors may be taken.
    return (product - dot(upper_above(i), of.column(j), whole_vectors(i))) / upper(i, i);
  }
  TwofoldColumn upper_above(std::size_t i) { return upper.column(i); }
};

/// QR with column pivoting of a square triangle, and the rank of its columns.
///
/// Column j depends on those taken before it when its distance from them is no more than the
/// rounding of the data explains: with the combination c that comes nearest to it,
///   distance <= epsilon sqrt(|g_j|^2 + sum (c_i |g_i|)^2),
/// g being the columns as they were given, neither centred nor freed of their means: half a unit in
/// the last place of each of their numbers is what rounding may have moved.
struct PivotedFactor {
  std::vector<std::int64_t> order;
  std::size_t rank = 0;

  PivotedFactor(TwofoldMatrix& a, TwofoldMatrix& right, const std::vector<double>& sizes,
                double epsilon)
      : order(a.columns) {
    std::iota(order.begin(), order.end(), 0);
    const std::size_t k = a.columns;
    for (; rank < k; ++rank) {
      std::size_t pivot = k;
      double greatest = 0;
      std::vector<double> distance(k);
      for (std::size_t j = rank; j < k; ++j) {
        distance[j] = norm(a, j, rank);
        if (distance[j] > greatest) {
          greatest = distance[j];
          pivot = j;
        }
      }
      if (greatest < suspicious) pivot = first_independent(a, distance, sizes, epsilon);
      if (pivot == k) break;
      a.swap_columns(rank, pivot);
      std::swap(order[rank], order[pivot]);
      reflect(a, right);
    }
    // What is left is 0 as far as the data tell; its squares belong to the residual.
  }

  /// Combination of the first `rank` columns that comes nearest to column j.
  static std::vector<double> nearest(const TwofoldMatrix& a, std::size_t rank, std::size_t j) {
    std::vector<Twofold> c(rank);
    for (std::size_t i = rank; i-- > 0;) {
      Twofold s = a(i, j);
      for (std::size_t l = i + 1; l < rank; ++l) s = s - a(i, l) * c[l];
      c[i] = s / a(i, i);
    }
    std::vector<double> out(rank);
    std::transform(c.begin(), c.end(), out.begin(), [](Twofold x) { return rounded(x); });
    return out;
  }

 private:
  static constexpr double suspicious = 1e-7;  // of columns with norms in [1, 2)

  static double norm(TwofoldMatrix& a, std::size_t j, std::size_t first) {
    // Rows from `first` on need not begin at a whole vector: loads are unaligned.
    const TwofoldColumn v = a.column(j, first);
    return std::sqrt(std::max(0.0, dot(v, v, whole_vectors(a.rows - first)).high));
  }

  std::size_t first_independent(const TwofoldMatrix& a, const std::vector<double>& distance,
                                const std::vector<double>& sizes, double epsilon) const {
    std::vector<std::size_t> left(a.columns - rank);
    std::iota(left.begin(), left.end(), rank);
    // The farthest one first; of equally far ones that which comes first.
    const auto later = [&](std::size_t x, std::size_t y) {
      return distance[x] < distance[y] || (distance[x] == distance[y] && x > y);
    };
    std::make_heap(left.begin(), left.end(), later);
    while (!left.empty()) {
      std::pop_heap(left.begin(), left.end(), later);
      const std::size_t j = left.back();
      left.pop_back();
      const std::vector<double> c = nearest(a, rank, j);
      double square = sizes[static_cast<std::size_t>(order[j])];
      square *= square;
      for (std::size_t i = 0; i < rank; ++i) {
        const double part = c[i] * sizes[static_cast<std::size_t>(order[i])];
        square += part * part;
      }
      if (distance[j] > epsilon * std::sqrt(square)) return j;
    }
    return a.columns;
  }

  void reflect(TwofoldMatrix& a, TwofoldMatrix& right) const {
    const std::size_t below = rank + 1, n = whole_vectors(a.rows - below);
    const TwofoldColumn v = a.column(rank, below);
    const Reflection h(a(rank, rank), dot(v, v, n));
    if (h.nothing) return;
    const auto apply = [&](TwofoldMatrix& to, std::size_t j) {
      const TwofoldColumn other = to.column(j, below);
      const Twofold along = (h.top * to(rank, j) + dot(v, other, n)) * h.factor;
      to.set(rank, j, to(rank, j) - along * h.top);
      subtract(other, along, v, n);
    };
    for (std::size_t j = below; j < a.columns; ++j) apply(a, j);
    for (std::size_t j = 0; j < right.columns; ++j) apply(right, j);
    a.set(rank, rank, h.new_head);
    std::fill_n(v.high, a.rows - below, 0.0);
    std::fill_n(v.low, a.rows - below, 0.0);
  }
};

/// x with R x = b for the leading `order` rows and columns; b is replaced.
inline void solve_upper(TwofoldMatrix& upper, std::size_t order, TwofoldMatrix& b) {
  for (std::size_t t = 0; t < b.columns; ++t)
    for (std::size_t j = order; j-- > 0;) {
      const Twofold x = b(j, t) / upper(j, j);
      // Column j of R above the diagonal, zeros below: subtract x times it, then put x in place.
      subtract(b.column(t), x, upper.column(j), whole_vectors(j));
      b.set(j, t, x);
    }
}

}  // namespace ogive
