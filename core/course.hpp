// What a monitored training records of its layers in every epoch, from steps that it takes anyway.
#pragma once

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <vector>

#include "network.hpp"

namespace ogive {

struct CourseOptions {
  bool on = false;
  std::vector<double> greatest_slope;  // of each hidden layer; 0: of a whole row, not measured
  double dead = 1e-6, saturated = 0.05, dropout = 0;
};

// By epoch, then layer; `samples` by epoch, hidden layer, sample.
struct Course {
  static constexpr std::size_t samples_of_layer = 64;
  std::vector<std::int64_t> epoch, rows;
  std::vector<double> silent_share, saturated_share, mean, std;            // hidden layers
  std::vector<double> error_norm, gradient_rms, weight_rms, update_ratio;  // all layers
  std::vector<double> samples;
  std::vector<std::vector<std::int64_t>> last_active;  // by hidden layer and unit; 0: never
};

// Observes a few steps of each epoch: what a step leaves in the network's workspace is read, and
// the weights are kept to see how far it moved them. All sums have one fixed order.
template <class T>
class Observer {
 public:
  Observer(const Network<T>& network, CourseOptions options, std::size_t rows)
      : network_(network),
        o_(std::move(options)),
        hidden_(network.net.depth() - 1),
        interval_(std::clamp<std::size_t>(
            static_cast<std::size_t>(4e6 / network.work_of_step(rows)), 1, 10)) {
    for (std::size_t l = 0; l < hidden_; ++l) {
      course.last_active.emplace_back(network.net.layer(l).fan_out, 0);
      top_.emplace_back(network.net.layer(l).stride, T(0));
    }
  }

  Course course;

  // An epoch of some microseconds takes little longer than to observe it, so that after the first
  // ones, in which most goes wrong that does, only some are observed.
  bool observes(std::size_t epoch) const { return epoch <= 10 || epoch % interval_ == 0; }

  // About one step in 32, at least one an epoch, at a place that wanders from epoch to epoch.
  static bool chosen(std::size_t step, std::size_t steps, std::size_t epoch) {
    const std::size_t every = std::min<std::size_t>(steps, 32);
    return (step + epoch) % every == 0;
  }

  void begin_epoch() {
    rows_ = 0;
    steps_ = 0;
    for (auto& top : top_) std::fill(top.begin(), top.end(), T(0));
    flat_.assign(hidden_, 0);
    sum_.assign(hidden_, 0);
    squares_.assign(hidden_, 0);
    errors_.assign(hidden_ + 1, 0);
    gradients_.assign(hidden_ + 1, 0);
    moved_.assign(hidden_ + 1, 0);
    norms_.assign(hidden_ + 1, 0);
    samples_.assign(hidden_ * Course::samples_of_layer, std::numeric_limits<double>::quiet_NaN());
  }

  void before_step() { before_.assign(network_.weights.begin(), network_.weights.end()); }

  void after_step(std::size_t rows, double weight) {
    const auto& net = network_.net;
    const Workspace<T>& work = *network_.workspace();
    // Where an epoch is a single step, reading all its rows would be a large part of its work.
    every_ = std::max<std::size_t>(1, std::min(rows / 64, std::size_t{4}));
    rows_ += static_cast<double>((rows + every_ - 1) / every_);
    ++steps_;
    for (std::size_t l = 0; l <= hidden_; ++l) {
      const Layer& layer = net.layer(l);
      const bool inner = l < hidden_;
      const T* error = inner ? work.error[l].data() : work.a[l].data();
      errors_[l] += Network<T>::sum_of_squares(error, rows * layer.stride) / weight;
      gradients_[l] += network_.gradient_squares(l);
      compare_weights(l);
      if (!inner) continue;
      read_slopes(l, work.derivative[l].data(), rows);
      read_outputs(l, work.a[l].data(), rows);
    }
  }

  void end_epoch(std::size_t epoch) {
    const auto& net = network_.net;
    const double nothing = std::numeric_limits<double>::quiet_NaN();
    course.epoch.push_back(static_cast<std::int64_t>(epoch));
    course.rows.push_back(static_cast<std::int64_t>(rows_));
    for (std::size_t l = 0; l <= hidden_; ++l) {
      const Layer& layer = net.layer(l);
      const double entries = static_cast<double>(layer.fan_in * layer.fan_out * steps_);
      course.error_norm.push_back(std::sqrt(errors_[l] / static_cast<double>(steps_)));
      course.gradient_rms.push_back(std::sqrt(gradients_[l] / entries));
      course.weight_rms.push_back(std::sqrt(norms_[l] / entries));
      course.update_ratio.push_back(std::sqrt(moved_[l] / norms_[l]));
      if (l == hidden_) break;
      const double outputs = static_cast<double>(net.layer(l + 1).fan_in) * rows_;
      const double mean = sum_[l] / outputs;
      course.mean.push_back(mean);
      course.std.push_back(std::sqrt(std::max(squares_[l] / outputs - mean * mean, 0.0)));
      if (!(o_.greatest_slope[l] > 0)) {
        course.silent_share.push_back(nothing);
        course.saturated_share.push_back(nothing);
        continue;
      }
      std::size_t silent = 0;
      const T least = static_cast<T>(o_.dead * o_.greatest_slope[l]);
      for (std::size_t j = 0; j < layer.fan_out; ++j)
        if (top_[l][j] > least)
          course.last_active[l][j] = static_cast<std::int64_t>(epoch);
        else
          ++silent;
      course.silent_share.push_back(static_cast<double>(silent) /
                                    static_cast<double>(layer.fan_out));
      // What was dropped has slope 0, too.
      const double flat = flat_[l] / (static_cast<double>(layer.fan_out) * rows_);
      course.saturated_share.push_back(
          std::clamp((flat - o_.dropout) / (1 - o_.dropout), 0.0, 1.0));
    }
    course.samples.insert(course.samples.end(), samples_.begin(), samples_.end());
  }

 private:
  void compare_weights(std::size_t l) {
    const Layer& layer = network_.net.layer(l);
    const std::size_t n = layer.fan_in * layer.stride;
    const T* now = network_.weights.data() + layer.offset;
    const T* before = before_.data() + layer.offset;
    T moved = 0, norm = 0;
#pragma omp simd reduction(+ : moved, norm)
    for (std::size_t i = 0; i < n; ++i) {
      const T d = now[i] - before[i];
      moved += d * d;
      norm += before[i] * before[i];
    }
    moved_[l] += static_cast<double>(moved);
    norms_[l] += static_cast<double>(norm);
  }

  // Sums are kept by column: summing up each row would cost more than all the rest.
  void read_slopes(std::size_t l, const T* derivative, std::size_t rows) {
    if (!(o_.greatest_slope[l] > 0)) return;
    const Layer& layer = network_.net.layer(l);
    const T limit = static_cast<T>(o_.saturated * o_.greatest_slope[l]);
    T* top = top_[l].data();
    column_.assign(layer.fan_out, T(0));
    T* flat = column_.data();
    for (std::size_t i = 0; i < rows; i += every_) {
      const T* d = derivative + i * layer.stride;
#pragma omp simd
      for (std::size_t j = 0; j < layer.fan_out; ++j) {
        const T size = d[j] < 0 ? -d[j] : d[j];
        top[j] = size > top[j] ? size : top[j];
        flat[j] += select(size > limit, T(0), T(1));
      }
    }
    for (std::size_t j = 0; j < layer.fan_out; ++j) flat_[l] += static_cast<double>(flat[j]);
  }

  void read_outputs(std::size_t l, const T* outputs, std::size_t rows) {
    const std::size_t width = network_.net.layer(l + 1).fan_in;
    const std::size_t stride = network_.net.output_stride(l);
    column_.assign(width, T(0));
    column_squares_.assign(width, T(0));
    T *sum = column_.data(), *squares = column_squares_.data();
    for (std::size_t i = 0; i < rows; i += every_) {
      const T* a = outputs + i * stride;
#pragma omp simd
      for (std::size_t j = 0; j < width; ++j) {
        sum[j] += a[j];
        squares[j] += a[j] * a[j];
      }
    }
    for (std::size_t j = 0; j < width; ++j) {
      sum_[l] += static_cast<double>(sum[j]);
      squares_[l] += static_cast<double>(squares[j]);
    }
    // Values that go through rows and units alike; no division, which would cost more than the
    // rest.
    double* to = samples_.data() + l * Course::samples_of_layer;
    const std::size_t over = std::max<std::size_t>(rows / Course::samples_of_layer, 1);
    for (std::size_t k = 0, row = 0, unit = 0; k < Course::samples_of_layer; ++k) {
      to[k] = static_cast<double>(outputs[row * stride + unit]);
      if ((row += over) >= rows) row = 0;
      if (++unit >= width) unit = 0;
    }
  }

  const Network<T>& network_;
  const CourseOptions o_;
  const std::size_t hidden_, interval_;
  Buffer<T> before_, column_, column_squares_;
  std::size_t every_ = 1;
  std::vector<Buffer<T>> top_;
  double rows_ = 0;
  std::size_t steps_ = 0;
  std::vector<double> flat_, sum_, squares_, errors_, gradients_, moved_, norms_, samples_;
};

}  // namespace ogive
