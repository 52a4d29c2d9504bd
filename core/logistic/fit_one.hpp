// Logistic and softmax regression of rows that are given once.
#pragma once

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <functional>
#include <vector>

#include "logistic/one_problem.hpp"

namespace ogive {

/// Weights of centred features, one row for each output, as coefficients of the features given.
inline void split_weights(const std::vector<double>& x, Columns columns,
                          const std::vector<double>& center, double* coef, double* intercept) {
  const std::size_t n = columns.count(), outputs = x.size() / n;
  for (std::size_t k = 0; k < outputs; ++k) {
    const double* own = x.data() + k * n;
    std::copy_n(own, columns.features, coef + k * columns.features);
    intercept[k] = columns.intercept ? own[n - 1] - dot(own, center.data(), columns.features) : 0.0;
  }
}

struct OneFit {
  std::vector<double> coef, intercept;
  MinimiserOutcome outcome;
};

/// Minimises the penalised mean loss of labelled rows. `start` has coefficients and intercept of
/// each output, or nothing; `check` is called before each step, and what it throws is passed on.
template <class T>
OneFit fit_one_problem(const LabelledRows<T>& data, Columns columns, std::size_t classes,
                       double penalty, MinimiserOptions options, bool by_cost,
                       const std::vector<double>& start, int threads,
                       const std::function<void()>& check) {
  const std::size_t rows = data.rows.rows, n = columns.count(), k = classes == 2 ? 1 : classes;
  std::vector<double> share(classes, 0.0);
  for (std::size_t i = 0; i < rows; ++i)
    share[static_cast<std::size_t>(data.label[i])] += data.weight ? data.weight[i] : 1;
  double total = 0;
  for (const double s : share) total += s;
  const std::size_t tasks = tasks_for(rows);
  Team team(static_cast<int>(std::min<std::size_t>(static_cast<std::size_t>(threads), tasks)));
  OneFit out;
  team.gather([&] {
    std::vector<double> center(columns.features, 0.0);
    if (columns.intercept) center = feature_means(data.rows, team);
    const PenalisedLoss loss(columns, k, penalty, total, center.data());
    OneProblem<T> problem(data, loss, center.data(), team, threads);
    double mean_curvature = 0;
    for (double& s : share) {
      s = columns.intercept ? std::clamp(s / total, 1e-6, 1 - 1e-6)
                            : 1 / static_cast<double>(classes);
      mean_curvature += s * (1 - s) / static_cast<double>(classes);
    }
    std::vector<double> x(k * n, 0.0);
    if (!start.empty()) {
      for (std::size_t i = 0; i < k; ++i) {
        const double* own = start.data() + i * (columns.features + 1);
        std::copy_n(own, columns.features, x.data() + i * n);
        if (columns.intercept)
          x[i * n + n - 1] = own[columns.features] + dot(own, center.data(), columns.features);
      }
    } else if (columns.intercept) {
      for (std::size_t i = 0; i < k; ++i)
        x[i * n + n - 1] = k == 1 ? std::log(share[1] / share[0]) : std::log(share[i]);
    }
    if (k > 1) remove_class_means(x.data(), k, n);
    if (by_cost) options.renewal = renewal_by_cost(n, rows, k);
    problem.start(mean_curvature);
    if (!start.empty() && options.renewal > 0) problem.renew(x);
    out.outcome = minimise(problem, x, options, check);
    out.coef.resize(k * columns.features);
    out.intercept.resize(k);
    split_weights(x, columns, center, out.coef.data(), out.intercept.data());
  });
  return out;
}

}  // namespace ogive
