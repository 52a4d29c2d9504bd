// Dense layers: where the weights of a network lie, and one layer's part of the forward and
// backward pass for a block of rows of the batch.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <limits>
#include <utility>
#include <vector>

#include "data.hpp"
#include "kernels.hpp"
#include "memory.hpp"
#include "products.hpp"
#include "random.hpp"

namespace ogive {

// Weights are stored as scikit-learn has them, fan_in × fan_out, each row padded to `stride`; the
// intercepts are one more row below. Padding stays zero throughout.
struct Layer {
  std::size_t fan_in, fan_out, stride, offset;
  std::size_t size() const { return (fan_in + 1) * stride; }
  std::size_t bias() const { return offset + fan_in * stride; }
};

template <class T>
struct HiddenActivation {
  const Kernel<T>* kernel = nullptr;
  T context[max_parameters] = {};
};

template <class T>
class Architecture {
 public:
  Architecture(const std::vector<std::size_t>& units, std::vector<HiddenActivation<T>> hidden)
      : hidden_(std::move(hidden)) {
    for (std::size_t l = 0; l + 1 < units.size(); ++l) {
      layers_.push_back({units[l], units[l + 1], padded<T>(units[l + 1]), size_});
      size_ += layers_.back().size();
    }
    class_mask_.assign(last().stride, -std::numeric_limits<T>::infinity());
    std::fill_n(class_mask_.begin(), last().fan_out, T(0));
  }
  std::size_t depth() const { return layers_.size(); }
  std::size_t size() const { return size_; }  // of all weights, padding included
  const Layer& layer(std::size_t l) const { return layers_[l]; }
  const Layer& last() const { return layers_.back(); }
  const HiddenActivation<T>& hidden(std::size_t l) const { return hidden_[l]; }
  // To be added to a row of the last layer: 0 for its outputs, -infinity for the padding.
  const T* class_mask() const { return class_mask_.data(); }

 private:
  std::vector<Layer> layers_;
  std::vector<HiddenActivation<T>> hidden_;
  Buffer<T> class_mask_;
  std::size_t size_ = 0;
};

// What a batch leaves behind on its way through the network: input, and for each layer its output
// `a` (of the last layer: z, then the loss's derivative), f'(z) and the error dLoss/dz.
template <class T>
struct Workspace {
  std::size_t rows = 0, input_stride = 0;
  Buffer<T> input;
  std::vector<Buffer<T>> a, derivative, error;

  Workspace(const Architecture<T>& net, std::size_t capacity, bool sparse, bool training)
      : rows(capacity), input_stride(padded<T>(net.layer(0).fan_in)) {
    if (!sparse) input.resize(capacity * input_stride);
    for (std::size_t l = 0; l < net.depth(); ++l) {
      const std::size_t n = capacity * net.layer(l).stride;
      a.emplace_back(n);
      const bool inner = training && l + 1 < net.depth();
      derivative.emplace_back(inner ? n : 0);
      error.emplace_back(inner ? n : 0);
    }
  }
  T* error_of(std::size_t l) { return l + 1 < a.size() ? error[l].data() : a[l].data(); }
};

template <class T>
void gather(const Data<T>& data, const std::int64_t* rows, std::size_t from, std::size_t to,
            Workspace<T>& work) {
  if (data.sparse()) return;
  for (std::size_t i = from; i < to; ++i)
    std::memcpy(work.input.data() + i * work.input_stride,
                data.dense + static_cast<std::size_t>(rows[i]) * data.dense_row,
                data.features * sizeof(T));
}

// z = x·W + b of the first layer for rows of a sparse table.
template <class T>
void sparse_forward(const Data<T>& data, const std::int64_t* rows, std::size_t from, std::size_t to,
                    const Layer& layer, const T* weights, T* z) {
  const T* bias = weights + layer.bias();
  for (std::size_t i = from; i < to; ++i) {
    T* out = z + i * layer.stride;
    std::memcpy(out, bias, layer.stride * sizeof(T));
    for (std::int64_t p = data.starts[rows[i]]; p < data.starts[rows[i] + 1]; ++p) {
      const T x = data.values[p];
      const T* w =
          weights + layer.offset + static_cast<std::size_t>(data.indices[p]) * layer.stride;
#pragma omp simd
      for (std::size_t j = 0; j < layer.stride; ++j) out[j] += x * w[j];
    }
  }
}

// gradient[first..last) of the first layer += xᵀ·error for a sparse table.
template <class T>
void sparse_gradient(const Data<T>& data, const std::int64_t* rows, std::size_t count,
                     const Layer& layer, const T* error, std::size_t first, std::size_t last,
                     T* gradient) {
  for (std::size_t i = 0; i < count; ++i) {
    const std::int64_t* begin = data.indices + data.starts[rows[i]];
    const std::int64_t* end = data.indices + data.starts[rows[i] + 1];
    const T* e = error + i * layer.stride;
    for (const std::int64_t* p = std::lower_bound(begin, end, static_cast<std::int64_t>(first));
         p < end && *p < static_cast<std::int64_t>(last); ++p) {
      const T x = data.values[p - data.indices];
      T* g = gradient + (static_cast<std::size_t>(*p) - first) * layer.stride;
#pragma omp simd
      for (std::size_t j = 0; j < layer.stride; ++j) g[j] += x * e[j];
    }
  }
}

struct Dropout {
  double rate = 0;
  std::uint64_t key = 0;  // differs in every step and network
};

// Inverted dropout (Srivastava et al., 2014): kept units are scaled by 1/(1 - rate), so that
// nothing has to change when the network is used. The same factor goes into the derivative.
template <class T>
void drop(const Dropout& dropout, std::size_t layer, std::size_t first, std::size_t n, T* a, T* d) {
  const std::uint64_t key = mix(dropout.key + layer);
  const auto threshold = static_cast<std::uint32_t>(dropout.rate * 4294967296.0);
  const T scale = static_cast<T>(1.0 / (1.0 - dropout.rate));
#pragma omp simd
  for (std::size_t i = 0; i < n; ++i) {
    const T keep = hash(key, static_cast<std::uint32_t>(first + i)) >= threshold ? scale : T(0);
    a[i] *= keep;
    d[i] *= keep;
  }
}

// Forward pass of rows from..to of the batch. With `training`, f'(z) is kept too.
template <class T>
void forward(const Architecture<T>& net, const T* weights, const Data<T>& data,
             const std::int64_t* rows, std::size_t from, std::size_t to, Workspace<T>& work,
             bool training, const Dropout& dropout = {}) {
  gather(data, rows, from, to, work);
  const T* in = work.input.data();
  std::size_t in_stride = work.input_stride;
  for (std::size_t l = 0; l < net.depth(); ++l) {
    const Layer& layer = net.layer(l);
    T* z = work.a[l].data();
    if (l == 0 && data.sparse())
      sparse_forward(data, rows, from, to, layer, weights, z);
    else
      multiply(to - from, layer.stride, layer.fan_in, in + from * in_stride, in_stride,
               std::size_t{1}, weights + layer.offset, layer.stride, z + from * layer.stride,
               layer.stride, weights + layer.bias(), std::size_t{0});
    if (l + 1 < net.depth()) {
      const HiddenActivation<T>& f = net.hidden(l);
      T* block = z + from * layer.stride;
      const std::size_t n = (to - from) * layer.stride;
      if (training) {
        T* d = work.derivative[l].data() + from * layer.stride;
        f.kernel->value_and_derivative(block, block, d, n, f.context);
        if (dropout.rate > 0) drop(dropout, l, from * layer.stride, n, block, d);
      } else {
        f.kernel->value(block, block, n, f.context);
      }
    }
    in = z;
    in_stride = layer.stride;
  }
}

// Error of every hidden layer for rows from..to, given that of the last one. `transposed[l]` holds
// the weights of layer l as fan_out × (padded fan_in).
template <class T>
void backward(const Architecture<T>& net, const std::vector<Buffer<T>>& transposed,
              std::size_t from, std::size_t to, Workspace<T>& work) {
  for (std::size_t l = net.depth() - 1; l > 0; --l) {
    const Layer& layer = net.layer(l);
    const std::size_t below = net.layer(l - 1).stride;
    T* error = work.error[l - 1].data() + from * below;
    multiply(to - from, below, layer.fan_out, work.error_of(l) + from * layer.stride, layer.stride,
             std::size_t{1}, transposed[l].data(), below, error, below,
             static_cast<const T*>(nullptr), std::size_t{0});
    const T* d = work.derivative[l - 1].data() + from * below;
    const std::size_t n = (to - from) * below;
#pragma omp simd
    for (std::size_t i = 0; i < n; ++i) error[i] *= d[i];
  }
}

// gradient (rows first..last of layer l, the intercepts being row fan_in) [+]= aᵀ·error.
template <class T>
void weight_gradient(const Architecture<T>& net, const Data<T>& data, const std::int64_t* rows,
                     std::size_t count, std::size_t l, std::size_t first, std::size_t last,
                     Workspace<T>& work, T* gradient, bool accumulate) {
  const Layer& layer = net.layer(l);
  const T* error = work.error_of(l);
  T* g = gradient + layer.offset + first * layer.stride;
  const std::size_t weights_end = std::min(last, layer.fan_in);
  if (first < weights_end) {
    if (l == 0 && data.sparse()) {
      if (!accumulate) std::memset(g, 0, (weights_end - first) * layer.stride * sizeof(T));
      sparse_gradient(data, rows, count, layer, error, first, weights_end, g);
    } else {
      const T* in = l == 0 ? work.input.data() : work.a[l - 1].data();
      const std::size_t in_stride = l == 0 ? work.input_stride : net.layer(l - 1).stride;
      multiply(weights_end - first, layer.stride, count, in + first, std::size_t{1}, in_stride,
               error, layer.stride, g, layer.stride,
               accumulate ? static_cast<const T*>(g) : nullptr, layer.stride);
    }
  }
  if (last > layer.fan_in) {
    T* bias = gradient + layer.bias();
    if (!accumulate) std::memset(bias, 0, layer.stride * sizeof(T));
    for (std::size_t i = 0; i < count; ++i) {
      const T* e = error + i * layer.stride;
#pragma omp simd
      for (std::size_t j = 0; j < layer.stride; ++j) bias[j] += e[j];
    }
  }
}

}  // namespace ogive
