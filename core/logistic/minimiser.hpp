// Minimises a smooth convex function by quasi-Newton steps: limited-memory BFGS (Nocedal 1980)
// whose first matrix is not a multiple of the identity but the inverse of a Hessian, computed now
// and then. With a new Hessian at each step it is Newton's method, with none after the first it is
// L-BFGS in coordinates in which that Hessian is the identity.
#pragma once

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <functional>
#include <limits>
#include <utility>
#include <vector>

#include "logistic/cholesky.hpp"

namespace ogive {

struct MinimiserOptions {
  double tolerance = 1e-8;  // of the largest component of the gradient
  std::size_t most_steps = 1000;
  std::size_t renewal = 0;  // steps after which the Hessian is computed anew; 0: never
};

struct MinimiserOutcome {
  double value = 0;
  double gradient_norm = 0;
  std::size_t steps = 0;
  bool converged = false;
};

namespace detail {

/// The corrections that steps made to the Hessian.
class StepMemory {
 public:
  void clear() { kept_.clear(); }
  bool empty() const { return kept_.empty(); }

  void add(std::vector<double> step, std::vector<double> change, double curvature) {
    if (kept_.size() == most) kept_.erase(kept_.begin());
    kept_.push_back({std::move(step), std::move(change), curvature});
  }

  /// Replaces v by the approximate inverse Hessian times v.
  template <class Precondition>
  void apply(std::vector<double>& v, double scale, const Precondition& precondition) {
    const std::size_t n = v.size();
    for (std::size_t i = kept_.size(); i-- > 0;) {
      Correction& c = kept_[i];
      c.along = dot(c.step.data(), v.data(), n) / c.curvature;
      add_multiple(-c.along, c.change.data(), v.data(), n);
    }
    precondition(v.data());
    for (double& x : v) x *= scale;
    for (const Correction& c : kept_)
      add_multiple(c.along - dot(c.change.data(), v.data(), n) / c.curvature, c.step.data(),
                   v.data(), n);
  }

 private:
  static constexpr std::size_t most = 12;

  struct Correction {
    std::vector<double> step, change;
    double curvature;
    double along = 0;
  };
  std::vector<Correction> kept_;  // the oldest one first
};

}  // namespace detail

/// `f` has: evaluate(x, gradient) -> value; norm(gradient), the largest component in the user's
/// coordinates; renew(x), which computes the Hessian; precondition(v), which applies its inverse.
/// Throws what `check` throws, which is called before each step.
template <class Function>
MinimiserOutcome minimise(Function& f, std::vector<double>& x, const MinimiserOptions& options,
                          const std::function<void()>& check) {
  constexpr double epsilon = std::numeric_limits<double>::epsilon();
  const std::size_t n = x.size();
  std::vector<double> gradient(n), direction(n), trial(n), trial_gradient(n);
  MinimiserOutcome out;
  out.value = f.evaluate(x, gradient);
  detail::StepMemory memory;
  double scale = 1;
  std::size_t since_renewal = 0;
  bool fresh = true;  // the Hessian is that of the present x
  const auto renew = [&] {
    f.renew(x);
    memory.clear();
    scale = 1;
    since_renewal = 0;
    fresh = true;
  };
  while (true) {
    out.gradient_norm = f.norm(gradient);
    out.converged = out.gradient_norm <= options.tolerance;
    if (out.converged || out.steps >= options.most_steps) return out;
    check();
    if (options.renewal > 0 && since_renewal >= options.renewal) renew();
    for (std::size_t i = 0; i < n; ++i) direction[i] = -gradient[i];
    memory.apply(direction, scale, [&](double* v) { f.precondition(v); });
    const double slope = dot(gradient.data(), direction.data(), n);

    double length = 1, longest = std::numeric_limits<double>::infinity(), shortest = 0;
    bool accepted = false;
    double trial_value = out.value;
    for (int attempt = 0; slope < 0 && attempt < 40; ++attempt) {
      for (std::size_t i = 0; i < n; ++i) trial[i] = x[i] + length * direction[i];
      trial_value = f.evaluate(trial, trial_gradient);
      const double trial_slope = dot(trial_gradient.data(), direction.data(), n);
      // Where values no longer differ by more than their rounding, slopes still tell.
      const bool falls = trial_value <= out.value + 1e-4 * length * slope ||
                         (trial_value <= out.value + 8 * epsilon * std::fabs(out.value) &&
                          std::fabs(trial_slope) <= 0.9 * std::fabs(slope));
      if (!falls) {
        longest = length;
        const double curve = 2 * (trial_value - out.value - length * slope);
        double next = curve > 0 ? -slope * length * length / curve : 0.5 * length;
        next = std::clamp(next, 0.1 * length, 0.5 * length);
        length = shortest > 0 ? 0.5 * (shortest + longest) : next;
      } else if (trial_slope < 0.9 * slope && length < 64 && attempt < 8 && 2 * length < longest) {
        shortest = length;  // far too short
        length *= 2;
      } else {
        accepted = true;
        break;
      }
    }
    if (!accepted) {
      // Rounding is reached, or the approximation went wrong: once more with the true Hessian.
      if (fresh && memory.empty()) {
        out.converged = slope == 0 || -slope <= 64 * epsilon * std::fabs(out.value);
        return out;
      }
      renew();
      continue;
    }
    std::vector<double> step(n), change(n);
    for (std::size_t i = 0; i < n; ++i) {
      step[i] = trial[i] - x[i];
      change[i] = trial_gradient[i] - gradient[i];
    }
    x.swap(trial);
    gradient.swap(trial_gradient);
    out.value = trial_value;
    ++out.steps;
    ++since_renewal;
    fresh = false;
    if (options.renewal == 1) continue;
    const double curvature = dot(step.data(), change.data(), n);
    std::vector<double> solved = change;
    f.precondition(solved.data());
    const double ratio = dot(change.data(), solved.data(), n);
    if (curvature > epsilon * ratio && ratio > 0) {
      scale = curvature / ratio;
      memory.add(std::move(step), std::move(change), curvature);
    }
  }
}

}  // namespace ogive
