// The training of one network by a stochastic solver: epochs, stopping, schedules, best weights.
#pragma once

#include <chrono>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <limits>
#include <optional>
#include <vector>

#include "course.hpp"
#include "network.hpp"
#include "scores.hpp"

namespace ogive {

enum class Monitor { training_loss, validation_score, validation_loss };

struct TrainingOptions {
  OptimizerOptions optimizer;
  Schedule schedule = Schedule::constant;
  double learning_rate_init = 0.001, power_t = 0.5, alpha = 0.0001, tol = 1e-4, dropout = 0;
  std::size_t batch_size = 200, max_iter = 200;
  double n_iter_no_change = 10;  // may be infinite
  bool shuffle = true, record_gradients = false;
  Monitor monitor = Monitor::training_loss;
  std::uint64_t dropout_seed = 0;
  CourseOptions course;
};

enum class Outcome { converged, max_iter, interrupted, stopped, nonfinite };

struct History {
  std::vector<double> loss, validation_loss, validation_score, gradient_rms, learning_rate;
  std::size_t n_iter = 0;
  std::size_t best_iter = 0;  // from 1: epoch of the weights kept, 0 if they are the last ones
  double best_loss = std::numeric_limits<double>::infinity();
  double best_score = -std::numeric_limits<double>::infinity();
  std::size_t nonfinite_epoch = 0, nonfinite_step = 0, nonfinite_layer = 0;  // from 1
  double seconds = 0;
  Outcome outcome = Outcome::max_iter;
};

// Asked between steps: whether to go on, and (at an epoch's end) what the user's callbacks say.
struct Hooks {
  std::function<bool()> interrupted;  // called at least every few milliseconds
  // None: go on; otherwise how the training ends.
  std::function<std::optional<Outcome>(const History&)> epoch_ended;
};

template <class T>
class Training {
 public:
  Training(Network<T>& network, const Data<T>& data, std::vector<std::int64_t> rows,
           const Data<T>* validation, std::vector<std::int64_t> validation_rows,
           TrainingOptions options, MersenneTwister random)
      : random(random),
        network_(network),
        data_(data),
        order_(std::move(rows)),
        validation_(validation),
        validation_rows_(std::move(validation_rows)),
        o_(options) {}

  History history;
  MersenneTwister random;
  std::int64_t rows_seen = 0;  // scikit-learn's t_; drives the schedule "invscaling"
  double no_improvement = 0;
  std::optional<Observer<T>> observer;

  std::size_t batch_size() const { return std::min(o_.batch_size, order_.size()); }
  const TrainingOptions& options() const { return o_; }

  void run(Team& team, const Hooks& hooks) {
    const auto start = std::chrono::steady_clock::now();
    network_.begin(batch_size(), data_.sparse());
    last_finite_ = network_.weights;
    if (o_.monitor != Monitor::training_loss) best_ = network_.weights;
    if (validation_) scorer_.emplace(network_, *validation_, validation_rows_);
    earlier_best_ = std::isfinite(history.best_score);
    if (o_.course.on) observer.emplace(network_, o_.course, order_.size());
    for (std::size_t epoch = 1; epoch <= o_.max_iter; ++epoch) {
      const bool finite = run_epoch(team, hooks, epoch);
      if (history.outcome == Outcome::interrupted) break;
      if (!finite) {
        history.outcome = Outcome::nonfinite;
        history.nonfinite_epoch = epoch;
        network_.weights = last_finite_;
        break;
      }
      if (end_epoch(team, epoch)) {
        history.outcome = Outcome::converged;
        if (hooks.epoch_ended) hooks.epoch_ended(history);
        break;
      }
      const auto end = hooks.epoch_ended ? hooks.epoch_ended(history) : std::nullopt;
      if (end) {
        history.outcome = *end;
        break;
      }
    }
    const bool had_best = history.best_iter > 0 || earlier_best_;
    if (o_.monitor != Monitor::training_loss && had_best) network_.weights = best_;
    network_.end();
    history.seconds =
        std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
  }

 private:
  // False if a loss or weight became non-finite; the weights are then to be put back.
  bool run_epoch(Team& team, const Hooks& hooks, std::size_t epoch) {
    if (o_.shuffle) random.shuffle(order_.data(), order_.size());
    if (o_.schedule == Schedule::cosine)  // Loshchilov and Hutter (2017), without restarts
      network_.optimizer.learning_rate =
          o_.learning_rate_init * 0.5 *
          (1 + std::cos(3.14159265358979323846 * static_cast<double>(epoch - 1) /
                        static_cast<double>(o_.max_iter)));
    const std::size_t n = order_.size(), batch = batch_size(), depth = network_.net.depth();
    double total = 0;
    std::vector<double> squares(o_.record_gradients ? depth : 0, 0.0);
    std::size_t steps = 0;
    const std::size_t all_steps = (n + batch - 1) / batch;
    const bool observing = observer && observer->observes(epoch);
    if (observing) observer->begin_epoch();
    for (std::size_t from = 0; from < n; from += batch, ++steps) {
      if (hooks.interrupted && hooks.interrupted()) {
        history.outcome = Outcome::interrupted;
        return true;
      }
      const std::size_t count = std::min(batch, n - from);
      const Dropout dropout{
          o_.dropout,
          mix(mix(o_.dropout_seed) + static_cast<std::uint64_t>(network_.optimizer.steps)), true};
      const bool observed = observing && Observer<T>::chosen(steps, all_steps, epoch);
      if (observed) observer->before_step();
      const auto loss = network_.step(team, data_, order_.data() + from, count, o_.optimizer,
                                      o_.alpha, dropout, o_.record_gradients || observed);
      total += (loss.data + loss.penalty) * static_cast<double>(count);
      if (!std::isfinite(total)) {
        history.nonfinite_layer = std::max<std::size_t>(network_.first_nonfinite_layer(count), 1);
        history.nonfinite_step = steps + 1;
        return false;
      }
      if (observed) observer->after_step(count, loss.weight);
      for (std::size_t l = 0; l < squares.size(); ++l) squares[l] += network_.gradient_squares(l);
    }
    if (!Network<T>::all_finite(network_.weights.data(), network_.weights.size())) {
      history.nonfinite_layer = std::max<std::size_t>(network_.first_nonfinite_layer(0), 1);
      history.nonfinite_step = steps;
      return false;
    }
    std::copy(network_.weights.begin(), network_.weights.end(), last_finite_.begin());
    history.loss.push_back(total / static_cast<double>(n));
    history.learning_rate.push_back(network_.optimizer.learning_rate);
    for (std::size_t l = 0; l < squares.size(); ++l) {
      const Layer& layer = network_.net.layer(l);
      const double entries = static_cast<double>(layer.fan_in * layer.fan_out * steps);
      history.gradient_rms.push_back(std::sqrt(squares[l] / entries));
    }
    if (observing) observer->end_epoch(epoch);
    rows_seen += static_cast<std::int64_t>(n);
    history.n_iter = epoch;
    return true;
  }

  // Stopping and schedule as scikit-learn has them. True: training has converged.
  bool end_epoch(Team& team, std::size_t epoch) {
    if (scorer_) {
      const auto [score, loss] = scorer_->evaluate(team);
      history.validation_score.push_back(score);
      history.validation_loss.push_back(loss);
    }
    const double loss = o_.monitor == Monitor::validation_loss ? history.validation_loss.back()
                                                               : history.loss.back();
    if (o_.monitor == Monitor::validation_score) {
      const double score = history.validation_score.back();
      no_improvement = score < history.best_score + o_.tol ? no_improvement + 1 : 0;
      if (score > history.best_score) {
        history.best_score = score;
        keep_best(epoch);
      }
    } else {
      no_improvement = loss > history.best_loss - o_.tol ? no_improvement + 1 : 0;
      if (loss < history.best_loss) {
        history.best_loss = loss;
        if (o_.monitor == Monitor::validation_loss) {
          history.best_score = history.validation_score.back();
          keep_best(epoch);
        }
      }
    }
    double& rate = network_.optimizer.learning_rate;
    if (o_.schedule == Schedule::invscaling)
      rate = o_.learning_rate_init / std::pow(static_cast<double>(rows_seen + 1), o_.power_t);
    if (!(no_improvement > o_.n_iter_no_change)) return false;
    if (o_.schedule != Schedule::adaptive || rate <= 1e-6) return true;
    rate /= 5;
    no_improvement = 0;
    return false;
  }

  void keep_best(std::size_t epoch) {
    history.best_iter = epoch;
    best_ = network_.weights;
  }

  Network<T>& network_;
  const Data<T> data_;
  std::vector<std::int64_t> order_;
  const Data<T>* validation_;
  std::vector<std::int64_t> validation_rows_;
  const TrainingOptions o_;
  bool earlier_best_ = false;  // found by an earlier fit that this one goes on from (warm_start)
  Buffer<T> best_, last_finite_;
  std::optional<Scorer<T>> scorer_;
};

}  // namespace ogive
