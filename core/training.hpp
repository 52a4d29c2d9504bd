// The training of one network by a stochastic solver: epochs, stopping, schedules, best weights.
#pragma once

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
#include "stopwatch.hpp"

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

  template <class Archive>
  void exchange(Archive& archive) {
    archive(loss, validation_loss, validation_score, gradient_rms, learning_rate, n_iter, best_iter,
            best_loss, best_score, nonfinite_epoch, nonfinite_step, nonfinite_layer, outcome);
  }
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

  // A whole training: begin(), then every mini-batch there is, then end().
  void run(Team& team, const Hooks& hooks) {
    begin();
    while (ready()) {
      if (hooks.interrupted && hooks.interrupted()) {
        history.outcome = Outcome::interrupted;
        break;
      }
      if (!step(team) || !hooks.epoch_ended) continue;
      const auto end = hooks.epoch_ended(history);
      if (end && history.outcome != Outcome::converged) {
        history.outcome = *end;
        break;
      }
    }
    end();
  }

  void begin() {
    watch_ = {};
    network_.begin(batch_size(), data_.sparse());
    last_finite_ = network_.weights;
    if (o_.monitor != Monitor::training_loss) best_ = network_.weights;
    if (validation_) scorer_.emplace(network_, *validation_, validation_rows_);
    earlier_best_ = std::isfinite(history.best_score);
    if (OGIVE_OBSERVER && o_.course.on) observer.emplace(network_, o_.course, order_.size());
  }

  // Whether there is another mini-batch; the first one of an epoch is made ready by drawing the
  // order of its rows.
  bool ready() {
    if (over_) return false;
    if (open_) return true;
    if (history.n_iter >= o_.max_iter) return false;
    open_epoch();
    return true;
  }

  // Takes the mini-batch that is ready. True if an epoch has ended with it; false within an epoch
  // and where a loss or weight became non-finite, which ends the training: the last finite weights
  // are put back.
  bool step(Team& team) {
    if (!take_batch(team)) return fail();
    if (from_ < order_.size()) return false;
    if (!close_epoch()) return fail();
    if (end_epoch(team)) {
      history.outcome = Outcome::converged;
      over_ = true;
    }
    return true;
  }

  void end() {
    const bool had_best = history.best_iter > 0 || earlier_best_;
    if (o_.monitor != Monitor::training_loss && had_best) network_.weights = best_;
    network_.end();
    history.seconds = watch_.seconds();
  }

  // Goes on from weights that were set from outside between begin() and end(). Where numbers were
  // no longer finite, the solver's moments are not either, and it begins anew.
  void weights_changed() {
    network_.begin(batch_size(), data_.sparse());
    last_finite_ = network_.weights;
    if (history.outcome != Outcome::nonfinite) return;
    network_.optimizer.reset(network_.net.size(), o_.optimizer.solver, o_.learning_rate_init);
    history.outcome = Outcome::max_iter;
    over_ = open_ = false;
  }

  // All that the rest of the training depends on, between begin() and end(), to go back to; but
  // not what an observer has seen.
  template <class Archive>
  void exchange(Archive& archive) {
    archive(random.key, random.position, rows_seen, no_improvement, order_, best_, last_finite_,
            earlier_best_, open_, over_, from_, steps_, total_, squares_);
    history.exchange(archive);
    network_.exchange(archive);
  }

  std::size_t epoch() const { return history.n_iter + 1; }  // the one under way
  std::size_t all_steps() const { return (order_.size() + batch_size() - 1) / batch_size(); }

 private:
  void open_epoch() {
    if (o_.shuffle) random.shuffle(order_.data(), order_.size());
    if (o_.schedule == Schedule::cosine)  // Loshchilov and Hutter (2017), without restarts
      network_.optimizer.learning_rate =
          o_.learning_rate_init * 0.5 *
          (1 + std::cos(3.14159265358979323846 * static_cast<double>(epoch() - 1) /
                        static_cast<double>(o_.max_iter)));
    open_ = true;
    from_ = steps_ = 0;
    total_ = 0;
    squares_.assign(o_.record_gradients ? network_.net.depth() : 0, 0.0);
    if (observing()) observer->begin_epoch();
  }

  bool observing() const { return OGIVE_OBSERVER && observer && observer->observes(epoch()); }

  // False if the loss became non-finite.
  bool take_batch(Team& team) {
    const std::size_t count = std::min(batch_size(), order_.size() - from_);
    const Dropout dropout{
        o_.dropout,
        mix(mix(o_.dropout_seed) + static_cast<std::uint64_t>(network_.optimizer.steps)), true};
    const bool observed = observing() && Observer<T>::chosen(steps_, all_steps(), epoch());
    if (observed) observer->before_step();
    const auto loss = network_.step(team, data_, order_.data() + from_, count, o_.optimizer,
                                    o_.alpha, dropout, o_.record_gradients || observed);
    total_ += (loss.data + loss.penalty) * static_cast<double>(count);
    ++steps_;
    if (!std::isfinite(total_)) {
      note_nonfinite(count);
      return false;
    }
    if (observed) observer->after_step(count, loss.weight);
    for (std::size_t l = 0; l < squares_.size(); ++l) squares_[l] += network_.gradient_squares(l);
    from_ += count;
    return true;
  }

  // False if a weight became non-finite.
  bool close_epoch() {
    if (!Network<T>::all_finite(network_.weights.data(), network_.weights.size())) {
      note_nonfinite(0);
      return false;
    }
    std::copy(network_.weights.begin(), network_.weights.end(), last_finite_.begin());
    history.loss.push_back(total_ / static_cast<double>(order_.size()));
    history.learning_rate.push_back(network_.optimizer.learning_rate);
    for (std::size_t l = 0; l < squares_.size(); ++l) {
      const Layer& layer = network_.net.layer(l);
      const double entries = static_cast<double>(layer.fan_in * layer.fan_out * steps_);
      history.gradient_rms.push_back(std::sqrt(squares_[l] / entries));
    }
    if (observing()) observer->end_epoch(epoch());
    rows_seen += static_cast<std::int64_t>(order_.size());
    ++history.n_iter;
    open_ = false;
    return true;
  }

  void note_nonfinite(std::size_t rows_of_batch) {
    history.nonfinite_epoch = epoch();
    history.nonfinite_step = steps_;
    history.nonfinite_layer =
        std::max<std::size_t>(network_.first_nonfinite_layer(rows_of_batch), 1);
  }

  bool fail() {
    history.outcome = Outcome::nonfinite;
    network_.weights = last_finite_;
    over_ = true;
    return false;
  }

  // Stopping and schedule as scikit-learn has them. True: training has converged.
  bool end_epoch(Team& team) {
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
        keep_best();
      }
    } else {
      no_improvement = loss > history.best_loss - o_.tol ? no_improvement + 1 : 0;
      if (loss < history.best_loss) {
        history.best_loss = loss;
        if (o_.monitor == Monitor::validation_loss) {
          history.best_score = history.validation_score.back();
          keep_best();
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

  void keep_best() {
    history.best_iter = history.n_iter;
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
  Stopwatch watch_;

  // Of the epoch under way: whether it has begun, its next row, and sums over its mini-batches.
  bool open_ = false, over_ = false;
  std::size_t from_ = 0, steps_ = 0;
  double total_ = 0;
  std::vector<double> squares_;
};

}  // namespace ogive
