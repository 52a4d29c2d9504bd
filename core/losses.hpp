// Losses and the classification functions that belong to them. Each is computed from z, the last
// layer's output before its classification function, so that no digit is lost for |z| large; with
// its canonical function every loss has the derivative a - y.
#pragma once

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <stdexcept>
#include <string_view>

#include "data.hpp"
#include "elementary.hpp"
#include "layers.hpp"

namespace ogive {

enum class Loss {
  squared_error,    // half the squared error, mean over outputs; identity
  log_loss,         // one class of several; softmax
  binary_log_loss,  // two classes, or several labels at once; logistic
  poisson           // half the Poisson deviance; exp
};

inline Loss loss_named(std::string_view name) {
  if (name == "squared_error") return Loss::squared_error;
  if (name == "log_loss") return Loss::log_loss;
  if (name == "binary_log_loss") return Loss::binary_log_loss;
  if (name == "poisson") return Loss::poisson;
  throw std::invalid_argument("unknown loss: " + std::string(name));
}

namespace detail {

// Replaces a row of z by softmax(z) and returns log(sum(exp(z - max))), max through `greatest`.
template <class T>
inline T softmax(T* z, std::size_t classes, std::size_t stride, T& greatest) {
  for (std::size_t j = classes; j < stride; ++j) z[j] = -std::numeric_limits<T>::infinity();
  T top = z[0];
#pragma omp simd reduction(max : top)
  for (std::size_t j = 0; j < stride; ++j) top = z[j] > top ? z[j] : top;
  T sum = 0;
#pragma omp simd reduction(+ : sum)
  for (std::size_t j = 0; j < stride; ++j) {
    const T distance = at_most(absolute(z[j] - top), Format<T>::exp_limit);
    z[j] = exponential(-distance).value();
    sum += z[j];
  }
  const T scale = T(1) / sum;
#pragma omp simd
  for (std::size_t j = 0; j < stride; ++j) z[j] *= scale;
  greatest = top;
  return std::log(sum);
}

template <class T>
inline T logistic_of(T z) {
  const Logistic<T> l = logistic(exponential_of_minus_absolute(z));
  return z >= 0 ? l.upper() : z < 0 ? l.lower() : z;
}

inline double xlogy(double x, double y) { return x == 0 ? 0.0 : x * std::log(y); }

}  // namespace detail

// Sum over rows from..to of weight × loss; z is replaced by weight × dLoss/dz.
template <class T>
double loss_and_error(Loss loss, const Layer& layer, const Data<T>& data, const std::int64_t* rows,
                      std::size_t from, std::size_t to, T* z) {
  const std::size_t k = layer.fan_out;
  double total = 0;
  for (std::size_t i = from; i < to; ++i) {
    T* row = z + i * layer.stride;
    const T weight = data.weight_of(rows[i]);
    double here = 0;
    if (loss == Loss::log_loss) {
      const std::int32_t label = data.label[rows[i]];
      const T z_label = row[label];
      T greatest;
      const T log_sum = detail::softmax(row, k, layer.stride, greatest);
      here = static_cast<double>(log_sum) + (static_cast<double>(greatest) - z_label);
      row[label] -= T(1);
    } else {
      const T* y = data.target + static_cast<std::size_t>(rows[i]) * k;
      if (loss == Loss::squared_error) {
        for (std::size_t j = 0; j < k; ++j) {
          const T error = row[j] - y[j];
          here += static_cast<double>(error) * error;
          row[j] = error;
        }
        here *= 0.5 / static_cast<double>(k);
      } else if (loss == Loss::binary_log_loss) {
        for (std::size_t j = 0; j < k; ++j) {
          const T v = row[j];
          here += static_cast<double>((v > 0 ? v : T(0)) - v * y[j]) +
                  std::log1p(std::exp(-std::fabs(static_cast<double>(v))));
          row[j] = detail::logistic_of(v) - y[j];
        }
      } else {
        for (std::size_t j = 0; j < k; ++j) {
          const double mean = std::exp(static_cast<double>(row[j])), target = y[j];
          here += detail::xlogy(target, target) - target * row[j] - target + mean;
          row[j] = static_cast<T>(mean - target);
        }
      }
    }
    for (std::size_t j = k; j < layer.stride; ++j) row[j] = 0;
    if (data.weight)
      for (std::size_t j = 0; j < k; ++j) row[j] *= weight;
    total += weight * here;
  }
  return total;
}

// Replaces z by the network's output: softmax, logistic, exp or z itself.
template <class T>
void apply_output_function(Loss loss, const Layer& layer, std::size_t from, std::size_t to, T* z) {
  for (std::size_t i = from; i < to; ++i) {
    T* row = z + i * layer.stride;
    if (loss == Loss::log_loss) {
      T greatest;
      detail::softmax(row, layer.fan_out, layer.stride, greatest);
    } else if (loss == Loss::binary_log_loss) {
      for (std::size_t j = 0; j < layer.fan_out; ++j) row[j] = detail::logistic_of(row[j]);
    } else if (loss == Loss::poisson) {
      for (std::size_t j = 0; j < layer.fan_out; ++j) row[j] = std::exp(row[j]);
    }
  }
}

}  // namespace ogive
