// A network in training as the page holds it.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <utility>
#include <vector>

#include "initialisation.hpp"
#include "network.hpp"
#include "scores.hpp"
#include "training.hpp"

namespace ogive::page {

/// What is to be trained, and how, before there are rows.
struct Plan {
  std::vector<std::size_t> units;
  std::vector<HiddenActivation<double>> hidden;
  std::vector<double> first_slopes;  // of each hidden layer, where it learns them
  std::vector<Start> starts;         // of each layer
  Loss loss = Loss::squared_error;
  TrainingOptions options;
  std::uint32_t seed = 0;
};

struct Rows {
  std::vector<double> x, target;
  std::vector<std::int32_t> label;
  std::vector<std::int64_t> training, validation;
  Data<double> data;  // of all this
};

inline constexpr std::size_t view_rows = 256;

class Session {
 public:
  Session(const Plan& plan, std::unique_ptr<Rows> rows)
      : rows_(std::move(rows)),
        network(plan.units, plan.hidden, plan.loss),
        training(network, rows_->data, rows_->training, validation_data(), rows_->validation,
                 started(plan), random_) {
    network.optimizer.reset(network.net.size(), plan.options.optimizer.solver,
                            plan.options.learning_rate_init);
    training.begin();
    training_scorer_.emplace(network, rows_->data, rows_->training);
    if (!rows_->validation.empty())
      validation_scorer_.emplace(network, rows_->data, rows_->validation);
  }

  const Data<double>& data() const { return rows_->data; }
  const std::vector<std::int64_t>& training_rows() const { return rows_->training; }

  Scorer<double>& training_scorer() { return *training_scorer_; }
  std::optional<Scorer<double>>& validation_scorer() { return validation_scorer_; }

  /// Room for a pass beside the training, with f'(z) or without.
  Workspace<double>& view(bool slopes) {
    auto& room = slopes ? with_slopes_ : without_slopes_;
    if (!room) room.emplace(network.net, view_rows, false, slopes);
    return *room;
  }

 private:
  std::unique_ptr<Rows> rows_;
  MersenneTwister random_;

 public:
  Network<double> network;
  Training<double> training;
  Team team{1};

 private:
  const Data<double>* validation_data() const {
    return rows_->validation.empty() ? nullptr : &rows_->data;
  }

  // Draws the weights, after which the generator is where the training goes on from.
  TrainingOptions started(const Plan& plan) {
    random_ = MersenneTwister(plan.seed);
    NormalNumbers normal(random_);
    for (std::size_t l = 0; l < network.net.depth(); ++l) {
      const Layer& layer = network.net.layer(l);
      double* const w = network.weights.data();
      draw_layer(
          plan.starts[l], random_, normal, layer.fan_in, layer.fan_out,
          [&](std::size_t i, std::size_t j) -> double& {
            return w[layer.offset + i * layer.stride + j];
          },
          [&](std::size_t j) -> double& { return w[layer.bias() + j]; });
      for (std::size_t j = 0; j < layer.slopes; ++j)
        w[layer.slope_row() + j] = plan.first_slopes[l];
    }
    TrainingOptions options = plan.options;
    options.dropout_seed = random_.key[0];
    return options;
  }

  std::optional<Scorer<double>> training_scorer_, validation_scorer_;
  std::optional<Workspace<double>> with_slopes_, without_slopes_;
};

}  // namespace ogive::page
