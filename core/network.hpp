// A network with its weights, and the passes over it that a team of threads can share: loss and
// gradient of a batch, one step of the optimizer, outputs.
//
// Work is cut into blocks that depend on shapes only, every sum has one fixed order, and so the
// results are bit-identical whatever the number of threads.
#pragma once

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

#include "layers.hpp"
#include "losses.hpp"
#include "optimizers.hpp"
#include "parallel.hpp"

namespace ogive {

template <class T>
class Network {
 public:
  Network(const std::vector<std::size_t>& units, std::vector<HiddenActivation<T>> hidden, Loss loss)
      : net(units, std::move(hidden)), loss(loss), weights(net.size(), T(0)) {
    for (std::size_t l = 0; l < net.depth(); ++l) cut_weights(l);
    transposed_.resize(net.depth());
    for (std::size_t l = 1; l < net.depth(); ++l)
      transposed_[l].assign(net.layer(l).fan_out * padded<T>(net.layer(l).fan_in), T(0));
  }

  const Architecture<T> net;
  const Loss loss;
  Buffer<T> weights;
  OptimizerState<T> optimizer;

  // Everything below needs begin() once, after weights were set from outside.
  void begin(std::size_t batch, bool sparse, bool training = true) {
    capacity_ = batch;
    work_.emplace(net, batch, sparse, training);
    if (!training) return;
    gradient_.assign(net.size(), T(0));
    squares_.assign(tasks_.size(), 0);
    gradient_squares_.assign(tasks_.size(), 0);
    for (std::size_t t = 0; t < tasks_.size(); ++t) {
      const auto [layer, first, last] = tasks_[t];
      const Layer& l = net.layer(layer);
      squares_[t] =
          sum_of_squares(weights.data() + l.offset + first * l.stride,
                         (std::min(last, l.fan_in) - std::min(first, l.fan_in)) * l.stride);
      transpose_rows(layer, first, last);
    }
  }
  void end() {
    work_.reset();
    gradient_ = {};
  }

  // All that the next steps depend on.
  template <class Archive>
  void exchange(Archive& archive) {
    archive(weights, optimizer.first, optimizer.second, optimizer.steps, optimizer.learning_rate,
            squares_);
    for (const auto& [layer, first, last] : tasks_) transpose_rows(layer, first, last);
  }

  // Whether some product of a step with `batch` rows is large enough to go to BLAS.
  bool uses_blas(std::size_t batch) const {
    for (std::size_t l = 0; l < net.depth(); ++l) {
      const Layer& layer = net.layer(l);
      const std::size_t below = padded<T>(layer.fan_in);
      if (suits_blas(layer.stride, std::max(layer.fan_in, batch)) ||
          suits_blas(below, layer.fan_out))
        return true;
    }
    return false;
  }

  // Operations of one step, to judge whether a second thread pays.
  double work_of_step(std::size_t batch) const {
    return 6.0 * static_cast<double>(batch * net.size());
  }

  struct BatchLoss {
    double data = 0;     // weighted mean of the loss
    double penalty = 0;  // ½ α ‖W‖² / Σ weights, the intercepts left out
    double weight = 0;   // Σ weights
  };

  // Forward, backward and one step of the optimizer for a batch of at most `capacity` rows.
  BatchLoss step(Team& team, const Data<T>& data, const std::int64_t* rows, std::size_t n,
                 const OptimizerOptions& options, double alpha, const Dropout& dropout,
                 bool record_gradients) {
    BatchLoss result = pass(team, data, rows, n, dropout);
    if (!(result.weight > 0)) return {};
    result.data /= result.weight;
    // Left as it is, so that first_nonfinite_layer() can tell where it began.
    if (!std::isfinite(result.data)) return result;
    double squares = 0;
    for (const double s : squares_) squares += s;
    result.penalty = 0.5 * alpha * squares / result.weight;

    ++optimizer.steps;
    const bool adam = options.adaptive();
    const double rate = adam ? adam_rate(options, optimizer.learning_rate, optimizer.steps)
                             : optimizer.learning_rate;
    const double decay =
        options.solver == Solver::adamw ? optimizer.learning_rate * options.weight_decay : 0;
    const double scale = 1 / result.weight;
    team.run(tasks_.size(), [&](std::size_t t) {
      const auto [l, first, last] = tasks_[t];
      const Layer& layer = net.layer(l);
      weight_gradient(net, data, rows, n, l, first, last, *work_, gradient_.data(), false);
      const auto move = [&](std::size_t at, std::size_t count, double penalty, double shrink) {
        return static_cast<double>(update(
            options, count, weights.data() + at, gradient_.data() + at, optimizer.first.data() + at,
            adam ? optimizer.second.data() + at : nullptr, penalty, scale, rate, shrink));
      };
      const std::size_t at = layer.offset + first * layer.stride;
      const std::size_t end = std::min(last, layer.fan_in);
      const std::size_t count = first < end ? (end - first) * layer.stride : 0;
      squares_[t] = count > 0 ? move(at, count, alpha, decay) : 0;
      if (last > layer.fan_in) move(layer.bias(), (1 + (layer.slopes > 0)) * layer.stride, 0, 0);
      if (record_gradients) gradient_squares_[t] = sum_of_squares(gradient_.data() + at, count);
      transpose_rows(l, first, last);
    });
    return result;
  }

  // What the last batch left behind; null outside begin() and end().
  const Workspace<T>* workspace() const { return work_ ? &*work_ : nullptr; }

  static double sum_of_squares(const T* x, std::size_t n) {
    T sum = 0;
#pragma omp simd reduction(+ : sum)
    for (std::size_t i = 0; i < n; ++i) sum += x[i] * x[i];
    return static_cast<double>(sum);
  }

  // Sum of squares of the last step's gradient of layer l (intercepts left out).
  double gradient_squares(std::size_t l) const {
    double sum = 0;
    for (std::size_t t = 0; t < tasks_.size(); ++t)
      if (tasks_[t].layer == l) sum += gradient_squares_[t];
    return sum;
  }

  // Loss over `rows` and its gradient with respect to all weights, (Σ gradient + α W) / Σ weights.
  // `errors[l]`, if asked for, becomes the sum over rows of the squared norm of dLoss/dz in layer
  // l.
  BatchLoss loss_and_gradient(Team& team, const Data<T>& data, const std::int64_t* rows,
                              std::size_t n, double alpha, T* gradient, double* errors = nullptr) {
    BatchLoss total;
    if (errors) std::fill_n(errors, net.depth(), 0.0);
    for (std::size_t from = 0; from < n; from += capacity_) {
      const std::size_t count = std::min(capacity_, n - from);
      const BatchLoss part = pass(team, data, rows + from, count, {});
      total.data += part.data;
      total.weight += part.weight;
      for (std::size_t l = 0; errors && l < net.depth(); ++l)
        errors[l] += sum_of_squares(work_->error_of(l), count * net.layer(l).stride);
      team.run(tasks_.size(), [&](std::size_t t) {
        weight_gradient(net, data, rows + from, count, tasks_[t].layer, tasks_[t].first,
                        tasks_[t].last, *work_, gradient_.data(), from > 0);
      });
    }
    double squares = 0;
    const double scale = 1 / total.weight;
    for (std::size_t l = 0; l < net.depth(); ++l) {
      const Layer& layer = net.layer(l);
      for (std::size_t i = 0; i < layer.size(); ++i) {
        const std::size_t at = layer.offset + i;
        const double w = at < layer.bias() ? static_cast<double>(weights[at]) : 0;
        squares += w * w;
        gradient[at] = static_cast<T>((static_cast<double>(gradient_[at]) + alpha * w) * scale);
      }
    }
    total.data *= scale;
    total.penalty = 0.5 * alpha * squares * scale;
    return total;
  }

  // Outputs for `rows` through `take(position of the first row, number of rows, outputs)`; the
  // classification function is applied if asked for.
  template <class Take>
  void outputs(Team& team, const Data<T>& data, const std::int64_t* rows, std::size_t n,
               bool classify, const Take& take) {
    for (std::size_t from = 0; from < n; from += capacity_) {
      const std::size_t count = std::min(capacity_, n - from);
      const std::size_t height = block_rows();
      team.run((count + height - 1) / height, [&](std::size_t b) {
        const std::size_t first = b * height, last = std::min(count, first + height);
        forward(net, weights.data(), data, rows + from, first, last, *work_);
        if (classify) apply_output_function(loss, net, first, last, work_->a.back().data());
      });
      take(from, count, work_->a.back().data());
    }
  }

  // The first layer (from 1) with a weight or an output in the last batch that is not finite; 0 if
  // there is none.
  std::size_t first_nonfinite_layer(std::size_t batch) const {
    for (std::size_t l = 0; l < net.depth(); ++l) {
      const Layer& layer = net.layer(l);
      if (!all_finite(weights.data() + layer.offset, layer.size())) return l + 1;
      if (work_ && !all_finite(work_->a[l].data(), batch * net.output_stride(l))) return l + 1;
    }
    return 0;
  }

  static bool all_finite(const T* x, std::size_t n) {
    T sum = 0;
#pragma omp simd reduction(+ : sum)
    for (std::size_t i = 0; i < n; ++i) sum += x[i] * T(0);
    return sum == 0;
  }

 private:
  struct Task {
    std::size_t layer, first, last;  // rows of the layer's weights; row fan_in: intercepts
  };

  void cut_weights(std::size_t l) {
    // Blocks of about 2^12 weights: some microseconds of work for a batch of 100.
    const Layer& layer = net.layer(l);
    const std::size_t rows = layer.fan_in + 1;
    const std::size_t least = (rows + 63) / 64;
    const std::size_t wanted = std::max<std::size_t>((std::size_t{1} << 12) / layer.stride, 16);
    const std::size_t height = (std::max(least, wanted) + 7) / 8 * 8;
    for (std::size_t first = 0; first < rows; first += height)
      // A lone row of intercepts is no task of its own.
      if (rows - first <= height + 1) {
        tasks_.push_back({l, first, rows});
        break;
      } else {
        tasks_.push_back({l, first, first + height});
      }
  }

  std::size_t block_rows() const {
    // About 2^17 multiplications a block, in multiples of the product's tile; the weights of a
    // large network are fetched anew for every block, so that they want taller ones.
    const std::size_t rows =
        ((std::size_t{1} << 17) / std::max<std::size_t>(net.size(), 1) + 7) / 8 * 8;
    const std::size_t least = (capacity_ / 256 + 7) / 8 * 8;
    return std::max({rows, least, std::size_t{net.size() > 65536 ? 32u : 16u}});
  }

  void transpose_rows(std::size_t l, std::size_t first, std::size_t last) {
    if (l == 0) return;
    const Layer& layer = net.layer(l);
    last = std::min(last, layer.fan_in);
    if (first < last)
      transpose(last - first, layer.fan_out, weights.data() + layer.offset + first * layer.stride,
                layer.stride, transposed_[l].data() + first, padded<T>(layer.fan_in));
  }

  // Forward and backward pass; the errors stay in the workspace. data and weight are sums.
  BatchLoss pass(Team& team, const Data<T>& data, const std::int64_t* rows, std::size_t n,
                 const Dropout& dropout) {
    const std::size_t height = block_rows(), blocks = (n + height - 1) / height;
    losses_.resize(blocks);
    team.run(blocks, [&](std::size_t b) {
      const std::size_t from = b * height, to = std::min(n, from + height);
      forward(net, weights.data(), data, rows, from, to, *work_, dropout);
      losses_[b] = loss_and_error(loss, net, data, rows, from, to, work_->a.back().data());
      backward(net, weights.data(), transposed_, from, to, *work_, dropout);
    });
    BatchLoss result;
    for (const double l : losses_) result.data += l;
    if (data.weight)
      for (std::size_t i = 0; i < n; ++i) result.weight += data.weight[rows[i]];
    else
      result.weight = static_cast<double>(n);
    return result;
  }

  std::vector<Task> tasks_;
  std::vector<Buffer<T>> transposed_;
  std::size_t capacity_ = 0;
  std::optional<Workspace<T>> work_;
  Buffer<T> gradient_;
  std::vector<double> losses_, squares_, gradient_squares_;
};

}  // namespace ogive
