// Least squares of one target on a table that lies in memory, all of it at once: for pages, which
// have few rows and no NumPy. src/ogive/linear/least_squares.py does the same from the same parts,
// and much more.
#pragma once

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <limits>
#include <vector>

#include "least_squares/factor.hpp"
#include "least_squares/triangle.hpp"

namespace ogive {

struct PlainFit {
  std::vector<double> coef;
  double intercept = 0;
  std::size_t rank = 0;
  double rss = 0, tss = 0;         // squares that are left, and those about the mean
  std::vector<double> mean, norm;  // of the features: root of the squares about the mean
  double target_mean = 0;
};

namespace detail {

/// Of a column of n numbers `step` apart.
inline Twofold mean_of(const double* x, std::size_t n, std::size_t step) {
  Accumulator<double> sum;
  for (std::size_t i = 0; i < n; ++i) sum.add(x[i * step], 0);
  return sum.total() / Twofold{static_cast<double>(n), 0};
}

inline double squares_about(Twofold mean, const double* x, std::size_t n, std::size_t step) {
  Twofold sum;
  for (std::size_t i = 0; i < n; ++i) {
    const Twofold d = Twofold{x[i * step], 0} - mean;
    sum = sum + d * d;
  }
  return rounded(sum);
}

/// A power of two which brings a norm into [1/2, 1); 1 for 0.
inline double power_of_two(double norm) {
  int exponent = 0;
  std::frexp(norm, &exponent);
  return norm > 0 ? std::ldexp(1.0, -exponent) : 1.0;
}

/// Frees x of its parts along some directions, which are made orthonormal first (twice, for what
/// rounding leaves of the first time). What no direction moves keeps all its digits.
inline void free_of(std::vector<std::vector<double>>& directions, std::vector<double>& x) {
  const auto dot = [](const std::vector<double>& a, const std::vector<double>& b) {
    double sum = 0;
    for (std::size_t i = 0; i < a.size(); ++i) sum += a[i] * b[i];
    return sum;
  };
  const auto subtract = [&](std::vector<double>& from, const std::vector<double>& unit) {
    const double along = dot(from, unit);
    for (std::size_t i = 0; i < from.size(); ++i) from[i] -= along * unit[i];
  };
  for (std::size_t d = 0; d < directions.size(); ++d) {
    for (int again = 0; again < 2; ++again)
      for (std::size_t e = 0; e < d; ++e) subtract(directions[d], directions[e]);
    const double size = std::sqrt(dot(directions[d], directions[d]));
    for (double& entry : directions[d]) entry /= size;
  }
  for (int again = 0; again < 2; ++again)
    for (const auto& unit : directions) subtract(x, unit);
}

}  // namespace detail

/// Fits y = X coef + intercept; where columns depend on each other as far as their digits tell, by
/// the solution of least norm. X has n rows of k finite numbers, whose squares neither overflow nor
/// vanish.
inline PlainFit plain_fit(const double* X, const double* y, std::size_t n, std::size_t k) {
  PlainFit fit;
  std::vector<Twofold> means;
  std::vector<double> shift, scale, sizes;
  for (std::size_t j = 0; j <= k; ++j) {
    const double* column = j < k ? X + j : y;
    const std::size_t step = j < k ? k : 1;
    means.push_back(detail::mean_of(column, n, step));
    const double squares = detail::squares_about(means[j], column, n, step);
    const double mean = rounded(means[j]);
    shift.push_back(means[j].high);
    scale.push_back(detail::power_of_two(std::sqrt(squares)));
    if (j == k) {
      fit.tss = squares;
      fit.target_mean = mean;
      break;
    }
    fit.mean.push_back(mean);
    fit.norm.push_back(std::sqrt(squares));
    sizes.push_back(std::sqrt(squares + static_cast<double>(n) * mean * mean) * scale[j]);
  }
  Triangle triangle(k, 1, true, shift, scale);
  const auto columns = static_cast<std::ptrdiff_t>(k);
  triangle.add(Table<double>{n, {X, k, columns, 1}, {y, 1, 1, 1}, nullptr}, 0, n);

  // Without the row and the column of the constant term.
  TwofoldMatrix a(k, k), right(k, 1);
  for (std::size_t i = 0; i < k; ++i) {
    const std::size_t row = (i + 1) * (k + 2) + 1;
    for (std::size_t j = i; j < k; ++j) a.set(i, j, triangle.upper()[row + j]);
    right.set(i, 0, triangle.upper()[row + k]);
  }
  const PivotedFactor factor(a, right, sizes, std::numeric_limits<double>::epsilon());
  const std::size_t rank = fit.rank = factor.rank;
  const auto kept = [&](std::size_t i) { return static_cast<std::size_t>(factor.order[i]); };

  // The triangle with the constant term as its first row, constant + mean' b: solved together, the
  // constant loses no digits where means are large.
  TwofoldMatrix bordered(rank + 1, rank + 1), side(rank + 1, 1);
  const auto scaled = [&](std::size_t j) {
    return Twofold{means[j].high * scale[j], means[j].low * scale[j]};
  };
  bordered.set(0, 0, {1, 0});
  side.set(0, 0, scaled(k));
  for (std::size_t i = 0; i < rank; ++i) {
    bordered.set(0, i + 1, scaled(kept(i)));
    for (std::size_t j = i; j < rank; ++j) bordered.set(i + 1, j + 1, a(i, j));
    side.set(i + 1, 0, right(i, 0));
  }
  // A target without spread is scaled by 1; the mean of a feature likewise.
  solve_upper(bordered, rank + 1, side);
  fit.coef.assign(k, 0.0);
  for (std::size_t i = 0; i < rank; ++i)
    fit.coef[kept(i)] = rounded(side(i + 1, 0)) * scale[kept(i)] / scale[k];
  fit.intercept = rounded(side(0, 0)) / scale[k];
  double rest = std::max(rounded(triangle.rest()[0]), 0.0);
  for (std::size_t i = rank; i < k; ++i) rest += rounded(right(i, 0)) * rounded(right(i, 0));
  fit.rss = std::min(rest / (scale[k] * scale[k]), fit.tss);
  if (rank == k) return fit;

  std::vector<std::vector<double>> directions;
  for (std::size_t d = rank; d < k; ++d) {
    const std::vector<double> c = PivotedFactor::nearest(a, rank, d);
    std::vector<double> direction(k, 0.0);
    for (std::size_t i = 0; i < rank; ++i) direction[kept(i)] = c[i];
    direction[kept(d)] = -1;
    double most = 0;
    for (const double entry : direction) most = std::max(most, std::fabs(entry));
    for (std::size_t j = 0; j < k; ++j)
      direction[j] = std::fabs(direction[j]) > 1e-11 * most ? direction[j] * scale[j] : 0;
    directions.push_back(std::move(direction));
  }
  detail::free_of(directions, fit.coef);
  fit.intercept = fit.target_mean;
  for (std::size_t j = 0; j < k; ++j) fit.intercept -= fit.coef[j] * fit.mean[j];
  return fit;
}

}  // namespace ogive
