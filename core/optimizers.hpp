// Steps of the stochastic solvers, in the forms scikit-learn and PyTorch use.
#pragma once

#include <cmath>
#include <cstddef>
#include <optional>
#include <string_view>

#include "memory.hpp"

namespace ogive {

enum class Solver { sgd, adam, adamw };
enum class Schedule { constant, invscaling, adaptive, cosine };

inline std::optional<Solver> solver_named(std::string_view name) {
  if (name == "sgd") return Solver::sgd;
  if (name == "adam") return Solver::adam;
  if (name == "adamw") return Solver::adamw;
  return std::nullopt;
}

inline std::optional<Schedule> schedule_named(std::string_view name) {
  if (name == "constant") return Schedule::constant;
  if (name == "invscaling") return Schedule::invscaling;
  if (name == "adaptive") return Schedule::adaptive;
  if (name == "cosine") return Schedule::cosine;
  return std::nullopt;
}

struct OptimizerOptions {
  Solver solver = Solver::adam;
  double momentum = 0.9;
  bool nesterov = true;
  double beta_1 = 0.9, beta_2 = 0.999, epsilon = 1e-8;
  double weight_decay = 0;

  bool adaptive() const { return solver != Solver::sgd; }  // Adam's family: two moments
};

// What the solver carries from step to step.
template <class T>
struct OptimizerState {
  Buffer<T> first, second;  // velocity, or the moments of Adam
  std::int64_t steps = 0;
  double learning_rate = 0;

  void reset(std::size_t size, Solver solver, double rate) {
    first.assign(size, T(0));
    second.assign(solver == Solver::sgd ? 0 : size, T(0));
    steps = 0;
    learning_rate = rate;
  }
};

// The factor of m / (√v + ε) in step number `steps` of Adam (Kingma and Ba, 2015, section 2).
inline double adam_rate(const OptimizerOptions& o, double learning_rate, std::int64_t steps) {
  const auto t = static_cast<double>(steps);
  return learning_rate * std::sqrt(1 - std::pow(o.beta_2, t)) / (1 - std::pow(o.beta_1, t));
}

// One step on w[0..n). The gradient is (g + penalty·w)·scale; `rate` is the learning rate, for
// Adam as corrected by adam_rate; `decay` is AdamW's learning rate × weight decay (Loshchilov and
// Hutter, 2019). Returns the sum of squares of w after the step.
template <class T>
T update(const OptimizerOptions& o, std::size_t n, T* w, T* g, T* first, T* second, double penalty,
         double scale, double rate, double decay) {
  const T alpha = static_cast<T>(penalty), by = static_cast<T>(scale), step = static_cast<T>(rate);
  T squares = 0;
  if (o.solver == Solver::sgd) {
    const T momentum = static_cast<T>(o.momentum);
    const T ahead = o.nesterov ? momentum : T(1), now = o.nesterov ? step : T(0);
#pragma omp simd reduction(+ : squares)
    for (std::size_t i = 0; i < n; ++i) {
      const T gradient = (g[i] + alpha * w[i]) * by;
      const T velocity = momentum * first[i] - step * gradient;
      const T moved = w[i] + (ahead * velocity - now * gradient);
      g[i] = gradient;
      first[i] = velocity;
      w[i] = moved;
      squares += moved * moved;
    }
    return squares;
  }
  const T b1 = static_cast<T>(o.beta_1), c1 = static_cast<T>(1 - o.beta_1);
  const T b2 = static_cast<T>(o.beta_2), c2 = static_cast<T>(1 - o.beta_2);
  const T eps = static_cast<T>(o.epsilon), shrink = static_cast<T>(1 - decay);
#pragma omp simd reduction(+ : squares)
  for (std::size_t i = 0; i < n; ++i) {
    const T gradient = (g[i] + alpha * w[i]) * by;
    const T m = b1 * first[i] + c1 * gradient;
    const T v = b2 * second[i] + c2 * (gradient * gradient);
    const T moved = shrink * w[i] - step * m / (std::sqrt(v) + eps);
    g[i] = gradient;
    first[i] = m;
    second[i] = v;
    w[i] = moved;
    squares += moved * moved;
  }
  return squares;
}

}  // namespace ogive
