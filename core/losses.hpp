// Losses and the classification functions that belong to them. Each is computed from z, the last
// layer's output before its classification function, so that no digit is lost for |z| large; with
// its canonical function every loss has the derivative a - y.
#pragma once

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <optional>
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

inline std::optional<Loss> loss_named(std::string_view name) {
  if (name == "squared_error") return Loss::squared_error;
  if (name == "log_loss") return Loss::log_loss;
  if (name == "binary_log_loss") return Loss::binary_log_loss;
  if (name == "poisson") return Loss::poisson;
  return std::nullopt;
}

namespace detail {

// z[i] = exp(z[i]) for z[i] <= 0. By way of logistic(), whose unused parts vanish: GCC 12 keeps a
// bare Exponential in memory and then does not vectorise the loop.
template <class T>
void exponential_of_each(T* z, std::size_t n) {
#pragma omp simd
  for (std::size_t i = 0; i < n; ++i) z[i] = logistic(exponential_of_minus_absolute(z[i])).t;
}

inline constexpr std::size_t softmax_rows = 32;

// Replaces at most softmax_rows rows of z by their softmax; log_sum[i] and top[i] are the parts of
// log Σ exp(z) = log_sum + top. Pass by pass over all rows, so that no row waits for another.
template <class T>
inline void softmax(T* z, std::size_t rows, std::size_t stride, const T* class_mask, T* log_sum,
                    T* top) {
  for (std::size_t i = 0; i < rows; ++i) {
    T* row = z + i * stride;
    T most = -std::numeric_limits<T>::infinity();
#pragma omp simd reduction(max : most)
    for (std::size_t j = 0; j < stride; ++j) {
      const T masked = row[j] + class_mask[j];
      most = masked > most ? masked : most;
    }
#pragma omp simd
    for (std::size_t j = 0; j < stride; ++j) row[j] = (row[j] + class_mask[j]) - most;
    top[i] = most;
  }
  exponential_of_each(z, rows * stride);
  T scale[softmax_rows];
  for (std::size_t i = 0; i < rows; ++i) {
    T sum = 0;
#pragma omp simd reduction(+ : sum)
    for (std::size_t j = 0; j < stride; ++j) sum += z[i * stride + j];
    log_sum[i] = std::log(sum);
    scale[i] = T(1) / sum;
  }
  for (std::size_t i = 0; i < rows; ++i)
#pragma omp simd
    for (std::size_t j = 0; j < stride; ++j) z[i * stride + j] *= scale[i];
}

template <class T>
inline T logistic_of(T z) {
  const Logistic<T> l = logistic(exponential_of_minus_absolute(z));
  return z >= 0 ? l.upper() : z < 0 ? l.lower() : z;
}

inline double xlogy(double x, double y) { return x == 0 ? 0.0 : x * std::log(y); }

}  // namespace detail

// The two below return the sum over rows from..to of weight × loss and replace z by
// weight × dLoss/dz.
template <class T>
double log_loss_and_error(const Architecture<T>& net, const Data<T>& data, const std::int64_t* rows,
                          std::size_t from, std::size_t to, T* z) {
  const Layer& layer = net.last();
  double total = 0;
  for (std::size_t first = from; first < to; first += detail::softmax_rows) {
    const std::size_t n = std::min(detail::softmax_rows, to - first);
    T chosen[detail::softmax_rows], log_sum[detail::softmax_rows], top[detail::softmax_rows];
    T* block = z + first * layer.stride;
    for (std::size_t i = 0; i < n; ++i)
      chosen[i] = block[i * layer.stride + static_cast<std::size_t>(data.label[rows[first + i]])];
    detail::softmax(block, n, layer.stride, net.class_mask(), log_sum, top);
    for (std::size_t i = 0; i < n; ++i) {
      const T weight = data.weight_of(rows[first + i]);
      T* row = block + i * layer.stride;
      row[static_cast<std::size_t>(data.label[rows[first + i]])] -= T(1);
      if (data.weight)
        for (std::size_t j = 0; j < layer.fan_out; ++j) row[j] *= weight;
      total +=
          weight * (static_cast<double>(log_sum[i]) + (static_cast<double>(top[i]) - chosen[i]));
    }
  }
  return total;
}

template <class T>
double loss_and_error(Loss loss, const Architecture<T>& net, const Data<T>& data,
                      const std::int64_t* rows, std::size_t from, std::size_t to, T* z) {
  if (loss == Loss::log_loss) return log_loss_and_error(net, data, rows, from, to, z);
  const Layer& layer = net.last();
  const std::size_t k = layer.fan_out;
  double total = 0;
  for (std::size_t i = from; i < to; ++i) {
    T* row = z + i * layer.stride;
    const T weight = data.weight_of(rows[i]);
    const T* y = data.target + static_cast<std::size_t>(rows[i]) * k;
    double here = 0;
    for (std::size_t j = 0; j < k; ++j) {
      const T v = row[j];
      if (loss == Loss::squared_error) {
        row[j] = v - y[j];
        here += 0.5 * static_cast<double>(row[j]) * row[j] / static_cast<double>(k);
      } else if (loss == Loss::binary_log_loss) {
        here += static_cast<double>((v > 0 ? v : T(0)) - v * y[j]) +
                std::log1p(std::exp(-std::fabs(static_cast<double>(v))));
        row[j] = detail::logistic_of(v) - y[j];
      } else {
        const double mean = std::exp(static_cast<double>(v)), target = y[j];
        here += detail::xlogy(target, target) - target * v - target + mean;
        row[j] = static_cast<T>(mean - target);
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
void apply_output_function(Loss loss, const Architecture<T>& net, std::size_t from, std::size_t to,
                           T* z) {
  const Layer& layer = net.last();
  if (loss == Loss::log_loss) {
    T log_sum[detail::softmax_rows], top[detail::softmax_rows];
    for (std::size_t i = from; i < to; i += detail::softmax_rows)
      detail::softmax(z + i * layer.stride, std::min(detail::softmax_rows, to - i), layer.stride,
                      net.class_mask(), log_sum, top);
    return;
  }
  for (std::size_t i = from; i < to; ++i) {
    T* row = z + i * layer.stride;
    if (loss == Loss::binary_log_loss) {
      for (std::size_t j = 0; j < layer.fan_out; ++j) row[j] = detail::logistic_of(row[j]);
    } else if (loss == Loss::poisson) {
      for (std::size_t j = 0; j < layer.fan_out; ++j) row[j] = std::exp(row[j]);
    }
  }
}

}  // namespace ogive
