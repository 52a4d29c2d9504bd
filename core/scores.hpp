// Score and loss of a network on validation rows, as scikit-learn's `score` defines them.
#pragma once

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <vector>

#include "network.hpp"

namespace ogive {

template <class T>
class Scorer {
 public:
  Scorer(Network<T>& network, const Data<T>& data, const std::vector<std::int64_t>& rows)
      : network_(network), data_(data), rows_(rows), outputs_(network.net.last().fan_out) {
    for (const std::int64_t row : rows_) weight_ += data_.weight_of(row);
    if (regression()) measure_spread();
  }

  struct Result {
    double score;  // accuracy (all labels right), or R² averaged over outputs
    double loss;   // weighted mean, without penalty
  };

  Result evaluate(Team& team) {
    const Layer& layer = network_.net.last();
    double loss = 0, right = 0;
    bool finite = true;
    std::vector<double> errors(regression() ? outputs_ : 0, 0.0);
    network_.outputs(team, data_, rows_.data(), rows_.size(), false,
                     [&](std::size_t first, std::size_t count, T* z) {
                       for (std::size_t i = 0; i < count; ++i) {
                         const std::int64_t row = rows_[first + i];
                         const T* out = z + i * layer.stride;
                         for (std::size_t j = 0; j < outputs_; ++j) finite &= std::isfinite(out[j]);
                         if (regression())
                           add_errors(row, out, errors);
                         else if (is_right(row, out))
                           right += data_.weight_of(row);
                       }
                       loss += loss_and_error(network_.loss, network_.net, data_,
                                              rows_.data() + first, 0, count, z);
                     });
    double score = right / weight_;
    if (regression()) score = r2(errors);
    return {finite ? score : std::numeric_limits<double>::quiet_NaN(), loss / weight_};
  }

 private:
  bool regression() const {
    return network_.loss == Loss::squared_error || network_.loss == Loss::poisson;
  }

  bool is_right(std::int64_t row, const T* z) const {
    if (data_.label) {
      std::size_t best = 0;
      for (std::size_t j = 1; j < outputs_; ++j)
        if (z[j] > z[best]) best = j;
      return static_cast<std::int32_t>(best) == data_.label[row];
    }
    const T* y = data_.target + static_cast<std::size_t>(row) * outputs_;
    for (std::size_t j = 0; j < outputs_; ++j)
      if ((z[j] > 0) != (y[j] > T(0.5))) return false;
    return true;
  }

  void measure_spread() {
    std::vector<double> mean(outputs_, 0.0);
    spread_.assign(outputs_, 0.0);
    const auto y = [&](std::int64_t row, std::size_t j) {
      return static_cast<double>(data_.target[static_cast<std::size_t>(row) * outputs_ + j]);
    };
    for (const std::int64_t row : rows_)
      for (std::size_t j = 0; j < outputs_; ++j)
        mean[j] += data_.weight_of(row) * y(row, j) / weight_;
    for (const std::int64_t row : rows_)
      for (std::size_t j = 0; j < outputs_; ++j) {
        const double d = y(row, j) - mean[j];
        spread_[j] += data_.weight_of(row) * d * d;
      }
  }

  void add_errors(std::int64_t row, const T* z, std::vector<double>& errors) const {
    for (std::size_t j = 0; j < outputs_; ++j) {
      const double out =
          network_.loss == Loss::poisson ? std::exp(static_cast<double>(z[j])) : z[j];
      const double d = data_.target[static_cast<std::size_t>(row) * outputs_ + j] - out;
      errors[j] += data_.weight_of(row) * d * d;
    }
  }

  double r2(const std::vector<double>& errors) const {
    double sum = 0;
    for (std::size_t j = 0; j < outputs_; ++j)
      sum += spread_[j] > 0 ? 1 - errors[j] / spread_[j] : (errors[j] > 0 ? 0.0 : 1.0);
    return sum / static_cast<double>(outputs_);
  }

  Network<T>& network_;
  const Data<T> data_;
  const std::vector<std::int64_t>& rows_;
  std::size_t outputs_;
  double weight_ = 0;
  std::vector<double> spread_;
};

}  // namespace ogive
