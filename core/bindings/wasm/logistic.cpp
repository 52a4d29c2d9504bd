// Logistic and softmax regression, and what a line makes of each row.
#include "bindings/wasm/abi.hpp"
#include "logistic/fit_one.hpp"
#include "losses.hpp"

using namespace ogive;

/// `coef` takes outputs × features, `intercept` outputs; `numbers` the loss, the largest component
/// of the gradient, the steps, and 1 if converged.
OGIVE_EXPORT(logistic_fit)
void logistic_fit(const double* x, const std::int32_t* label, std::size_t rows,
                  std::size_t features, std::size_t classes, double penalty, double tolerance,
                  std::size_t most_steps, double* coef, double* intercept, double* numbers) {
  const LabelledRows<double> data{{x, rows, features}, label, nullptr};
  const OneFit fit = fit_one_problem(data, Columns{features, true}, classes, penalty,
                                     {tolerance, most_steps, 0}, true, {}, 1, [] {});
  std::copy(fit.coef.begin(), fit.coef.end(), coef);
  std::copy(fit.intercept.begin(), fit.intercept.end(), intercept);
  numbers[0] = fit.outcome.value;
  numbers[1] = fit.outcome.gradient_norm;
  numbers[2] = static_cast<double>(fit.outcome.steps);
  numbers[3] = fit.outcome.converged ? 1 : 0;
}

/// z, a, loss and dloss/dz of each row under the weights of two classes.
OGIVE_EXPORT(logistic_explain)
void logistic_explain(const double* x, const std::int32_t* label, std::size_t rows,
                      std::size_t features, const double* coef, double intercept, double* z,
                      double* a, double* loss, double* error) {
  for (std::size_t i = 0; i < rows; ++i) {
    z[i] = dot(x + i * features, coef, features) + intercept;
    a[i] = detail::logistic_of(z[i]);
    const double side = label[i] > 0 ? 1 : -1, margin = side * z[i];
    loss[i] = detail::margin_loss(margin);
    error[i] = -side * detail::logistic_of_minus(margin);
  }
}
