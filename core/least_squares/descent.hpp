// Least squares learned by gradient descent, as src/ogive/linear/descent.py describes and does it:
// in standard units, in which a learning rate means the same for all data.
#pragma once

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <numeric>
#include <vector>

#include "least_squares/plain_fit.hpp"
#include "random.hpp"

namespace ogive {

struct DescentOptions {
  std::size_t batch_size = 0;  // 0: all rows
  double learning_rate = 0;    // 0: chosen by the eigenvalues
  std::size_t max_iter = 1000;
  double tol = 1e-4;
  bool shuffle = true;
  std::uint32_t seed = 0;
};

enum class DescentEnd { converged, diverged, max_iter };

/// In the user's units; by record, of which the first hundred steps and the last have one each.
struct DescentTrace {
  std::vector<double> coef, intercept, loss, step;
  double learning_rate = 0, learning_rate_limit = 0;
  DescentEnd end = DescentEnd::max_iter;
};

namespace detail {

/// The eigenvalues of a symmetric matrix, by Jacobi's rotations.
inline std::vector<double> eigenvalues(std::vector<double> a, std::size_t n) {
  const auto at = [&](std::size_t i, std::size_t j) -> double& { return a[i * n + j]; };
  for (int sweep = 0; sweep < 60; ++sweep) {
    double off = 0, size = 0;
    for (std::size_t i = 0; i < n; ++i)
      for (std::size_t j = 0; j < n; ++j) (i == j ? size : off) += at(i, j) * at(i, j);
    if (off <= 1e-34 * size) break;
    for (std::size_t p = 0; p < n; ++p)
      for (std::size_t q = p + 1; q < n; ++q) {
        if (at(p, q) == 0) continue;
        const double theta = (at(q, q) - at(p, p)) / (2 * at(p, q));
        const double t = (theta < 0 ? -1 : 1) / (std::fabs(theta) + std::sqrt(theta * theta + 1));
        const double c = 1 / std::sqrt(t * t + 1), s = t * c;
        for (std::size_t i = 0; i < n; ++i) {
          const double ip = at(i, p), iq = at(i, q);
          at(i, p) = c * ip - s * iq;
          at(i, q) = s * ip + c * iq;
        }
        for (std::size_t i = 0; i < n; ++i) {
          const double pi = at(p, i), qi = at(q, i);
          at(p, i) = c * pi - s * qi;
          at(q, i) = s * pi + c * qi;
        }
      }
  }
  std::vector<double> values(n);
  for (std::size_t i = 0; i < n; ++i) values[i] = at(i, i);
  return values;
}

/// Features and target less their means over their deviations; the constant is the last unknown.
class Standardised {
 public:
  Standardised(const double* X, const double* y, std::size_t n, const PlainFit& exact)
      : exact_(exact), n_(n), k_(exact.coef.size()), rows_(n * (k_ + 1)), target_(n) {
    const double count = static_cast<double>(n);
    for (std::size_t j = 0; j < k_; ++j) {
      const double deviation = exact.norm[j] / std::sqrt(count);
      const bool constant = deviation <= 1e-14 * std::fabs(exact.mean[j]);
      factor_.push_back(constant ? 0 : 1 / deviation);
    }
    spread_ = std::sqrt(exact.tss / count);
    if (spread_ <= 1e-14 * std::fabs(exact.target_mean))
      spread_ = exact.target_mean != 0 ? exact.target_mean : 1;
    start.assign(k_ + 1, 0.0);
    start[k_] = -exact.target_mean / spread_;
    solution_.assign(k_ + 1, 0.0);
    for (std::size_t j = 0; j < k_; ++j)
      if (factor_[j] > 0) solution_[j] = exact.coef[j] / spread_ / factor_[j];
    for (std::size_t i = 0; i < n; ++i) {
      double* row = rows_.data() + i * (k_ + 1);
      for (std::size_t j = 0; j < k_; ++j) row[j] = (X[i * k_ + j] - exact.mean[j]) * factor_[j];
      row[k_] = 1;
      target_[i] = (y[i] - exact.target_mean) / spread_;
    }
    sum_up();
  }

  std::vector<double> start;    // what zero coefficients in the user's units are here
  std::vector<double> hessian;  // mean of the products of the features
  double largest_row = 0;       // the largest squared norm of a row

  std::size_t samples() const { return n_; }
  std::size_t unknowns() const { return k_ + 1; }

  std::vector<double> gradient(const std::vector<double>& weights) const {
    std::vector<double> out(k_ + 1);
    for (std::size_t i = 0; i <= k_; ++i) out[i] = product(i, weights) - products_[i];
    return out;
  }

  /// Half the mean squared error in the user's units, computed about the minimum, so that it does
  /// not cancel where the fit is close.
  double loss(const std::vector<double>& weights) const {
    std::vector<double> error(k_ + 1);
    for (std::size_t i = 0; i <= k_; ++i) error[i] = weights[i] - solution_[i];
    double above = 0;
    for (std::size_t i = 0; i <= k_; ++i) above += error[i] * product(i, error);
    return (exact_.rss / static_cast<double>(n_) + above * spread_ * spread_) / 2;
  }

  /// One step on some rows.
  void step(std::vector<double>& weights, const std::int64_t* rows, std::size_t count,
            double factor) const {
    std::vector<double> change(k_ + 1, 0.0);
    for (std::size_t i = 0; i < count; ++i) {
      const double* row = rows_.data() + static_cast<std::size_t>(rows[i]) * (k_ + 1);
      double residual = -target_[static_cast<std::size_t>(rows[i])];
      for (std::size_t j = 0; j <= k_; ++j) residual += row[j] * weights[j];
      for (std::size_t j = 0; j <= k_; ++j) change[j] += residual * factor * row[j];
    }
    for (std::size_t j = 0; j <= k_; ++j) weights[j] -= change[j];
  }

  void record(std::size_t step, const std::vector<double>& weights, DescentTrace& to) const {
    double intercept = exact_.target_mean + weights[k_] * spread_;
    for (std::size_t j = 0; j < k_; ++j) {
      const double coef = weights[j] * factor_[j] * spread_;
      to.coef.push_back(coef);
      intercept -= coef * exact_.mean[j];
    }
    to.intercept.push_back(intercept);
    to.loss.push_back(loss(weights));
    to.step.push_back(static_cast<double>(step));
  }

 private:
  double product(std::size_t i, const std::vector<double>& weights) const {
    double sum = 0;
    for (std::size_t j = 0; j <= k_; ++j) sum += hessian[i * (k_ + 1) + j] * weights[j];
    return sum;
  }

  void sum_up() {
    const std::size_t size = k_ + 1;
    const double share = 1 / static_cast<double>(n_);
    hessian.assign(size * size, 0.0);
    products_.assign(size, 0.0);
    for (std::size_t i = 0; i < n_; ++i) {
      const double* row = rows_.data() + i * size;
      double norm = 0;
      for (std::size_t j = 0; j < size; ++j) {
        norm += row[j] * row[j];
        products_[j] += row[j] * target_[i] * share;
        for (std::size_t l = 0; l < size; ++l) hessian[j * size + l] += row[j] * row[l] * share;
      }
      largest_row = std::max(largest_row, norm);
    }
    // What remains of the means is rounding.
    for (std::size_t j = 0; j < k_; ++j) hessian[k_ * size + j] = hessian[j * size + k_] = 0;
    products_[k_] = 0;
  }

  const PlainFit& exact_;
  std::size_t n_, k_;
  std::vector<double> factor_, solution_, products_, rows_, target_;
  double spread_ = 1;
};

/// Weights by step, thinned by halves where there are too many.
class Steps {
 public:
  explicit Steps(std::vector<double> start) { kept_.push_back({0, std::move(start)}); }

  void add(std::size_t step, const std::vector<double>& weights) {
    last_ = {step, weights};
    if (step > first && step % stride_ != 0) return;
    kept_.push_back(last_);
    if (kept_.size() <= most) return;
    stride_ *= 2;
    std::erase_if(kept_, [&](const Record& one) { return one.step > first && one.step % stride_; });
  }

  /// Gives those that were kept and the last one to `use`, but none at whose end there were no
  /// numbers any more.
  template <class Use>
  void finish(const Use& use) {
    if (last_.step > kept_.back().step) kept_.push_back(last_);
    while (kept_.size() > 1 && !usable(kept_.back().weights)) kept_.pop_back();
    for (const Record& one : kept_) use(one.step, one.weights);
  }

  static bool usable(const std::vector<double>& weights) {
    return std::all_of(weights.begin(), weights.end(),
                       [](double w) { return std::fabs(w) < 1e150; });
  }

 private:
  static constexpr std::size_t first = 100, most = 1000;
  struct Record {
    std::size_t step;
    std::vector<double> weights;
  };
  std::vector<Record> kept_;
  Record last_{0, {}};
  std::size_t stride_ = 1;
};

}  // namespace detail

/// From zero coefficients down half the mean squared error; `exact` is the solution of the same
/// rows, which gives means and deviations.
inline DescentTrace descend(const double* X, const double* y, std::size_t n, const PlainFit& exact,
                            const DescentOptions& o) {
  const detail::Standardised problem(X, y, n, exact);
  const std::vector<double> values = detail::eigenvalues(problem.hessian, problem.unknowns());
  const double largest = *std::max_element(values.begin(), values.end());
  double smallest = largest;
  for (const double value : values)
    if (value > 1e-12 * largest) smallest = std::min(smallest, value);
  const bool full = o.batch_size == 0 || o.batch_size >= n;
  const std::size_t batch = full ? n : o.batch_size;
  DescentTrace trace;
  trace.learning_rate_limit = largest > 0 ? 2 / largest : std::numeric_limits<double>::infinity();
  double rate = o.learning_rate, decay = 0;
  if (rate == 0 && full) {
    rate = largest > 0 ? 2 / (largest + smallest) : 1;
  } else if (rate == 0) {
    // The expected smoothness of a step on so many of the rows (Gower and others, 2019).
    const auto rows = static_cast<double>(n), some = static_cast<double>(batch);
    const double others = some * std::max(1.0, rows - 1);
    rate =
        1 / (rows * (some - 1) / others * largest + (rows - some) / others * problem.largest_row);
    decay = rate * smallest / 2;
  }
  trace.learning_rate = rate;

  detail::Steps steps(problem.start);
  std::vector<double> weights = problem.start;
  const double highest = 1e6 * problem.loss(weights);
  std::vector<double> gradient = problem.gradient(weights);
  // Whether the descent is over.
  const auto ended = [&] {
    double most = 0;
    bool numbers = true;
    for (const double g : gradient) {
      numbers &= !std::isnan(g);
      most = std::max(most, std::fabs(g));
    }
    if (numbers && most <= o.tol) {
      trace.end = DescentEnd::converged;
      return true;
    }
    // A gradient that is not a number is not above anything either.
    if (numbers && most < 1e150 && !(problem.loss(weights) > highest)) return false;
    trace.end = DescentEnd::diverged;
    return true;
  };
  MersenneTwister random(o.seed);
  std::vector<std::int64_t> order(n);
  std::size_t step = 0;
  for (std::size_t epoch = 0; epoch < o.max_iter && !ended(); ++epoch) {
    if (full) {
      for (std::size_t j = 0; j < weights.size(); ++j) weights[j] -= rate * gradient[j];
      steps.add(++step, weights);
    } else {
      std::iota(order.begin(), order.end(), 0);
      if (o.shuffle) random.shuffle(order.data(), n);
      for (std::size_t from = 0; from < n && detail::Steps::usable(weights); from += batch) {
        const double now = rate / (1 + decay * static_cast<double>(step));
        problem.step(weights, order.data() + from, std::min(batch, n - from),
                     now / static_cast<double>(batch));
        steps.add(++step, weights);
      }
    }
    gradient = problem.gradient(weights);
  }
  if (trace.end == DescentEnd::max_iter) ended();
  steps.finish([&](std::size_t at, const std::vector<double>& w) { problem.record(at, w, trace); });
  return trace;
}

}  // namespace ogive
