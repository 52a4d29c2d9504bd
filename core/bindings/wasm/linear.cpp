// Least squares, solved and learned.
#include "bindings/wasm/abi.hpp"
#include "least_squares/descent.hpp"

using namespace ogive;

/// `numbers` takes intercept, squares that are left, squares about the mean, rank; false where
/// squares of a column overflow or vanish.
OGIVE_EXPORT(linear_solve)
bool linear_solve(const double* X, const double* y, std::size_t n, std::size_t k, double* coef,
                  double* residual, double* numbers) {
  const PlainFit fit = plain_fit(X, y, n, k);
  const auto safe = [](double norm) { return norm == 0 || (norm >= 1e-100 && norm <= 1e100); };
  if (!std::all_of(fit.norm.begin(), fit.norm.end(), safe) || !safe(std::sqrt(fit.tss)))
    return false;
  std::copy(fit.coef.begin(), fit.coef.end(), coef);
  for (std::size_t i = 0; i < n; ++i) {
    double predicted = fit.intercept;
    for (std::size_t j = 0; j < k; ++j) predicted += X[i * k + j] * fit.coef[j];
    residual[i] = y[i] - predicted;
  }
  numbers[0] = fit.intercept;
  numbers[1] = fit.rss;
  numbers[2] = fit.tss;
  numbers[3] = static_cast<double>(fit.rank);
  return true;
}

/// A batch size of 0 means all rows, a learning rate of 0 the one that is chosen.
OGIVE_EXPORT(linear_descend)
DescentTrace* linear_descend(const double* X, const double* y, std::size_t n, std::size_t k,
                             std::size_t batch_size, double learning_rate, std::size_t max_iter,
                             double tol, bool shuffle, std::uint32_t seed) {
  const PlainFit exact = plain_fit(X, y, n, k);
  return new DescentTrace(
      descend(X, y, n, exact, {batch_size, learning_rate, max_iter, tol, shuffle, seed}));
}

OGIVE_EXPORT(descent_size) std::size_t descent_size(const DescentTrace* trace) {
  return trace->step.size();
}
/// By record: 0 coefficients, 1 intercept, 2 loss, 3 step.
OGIVE_EXPORT(descent_part) const double* descent_part(const DescentTrace* trace, int part) {
  const std::vector<double>* const all[] = {&trace->coef, &trace->intercept, &trace->loss,
                                            &trace->step};
  return all[part]->data();
}
/// Learning rate, its limit, and how the descent ended.
OGIVE_EXPORT(descent_numbers) void descent_numbers(const DescentTrace* trace, double* out) {
  out[0] = trace->learning_rate;
  out[1] = trace->learning_rate_limit;
  out[2] = static_cast<double>(static_cast<int>(trace->end));
}
OGIVE_EXPORT(descent_release) void descent_release(DescentTrace* trace) { delete trace; }
