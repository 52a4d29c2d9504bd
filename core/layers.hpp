// Forward and backward pass of dense layers for a block of rows of the batch.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <vector>

#include "architecture.hpp"
#include "data.hpp"
#include "hidden.hpp"
#include "products.hpp"

namespace ogive {

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

// Forward pass of rows from..to of the batch. With room for f'(z) in the workspace that is kept
// too, and units drop out.
template <class T>
void forward(const Architecture<T>& net, const T* weights, const Data<T>& data,
             const std::int64_t* rows, std::size_t from, std::size_t to, Workspace<T>& work,
             const Dropout& dropout = {}) {
  gather(data, rows, from, to, work);
  const T* in = work.input.data();
  std::size_t in_stride = work.input_stride;
  for (std::size_t l = 0; l < net.depth(); ++l) {
    const Layer& layer = net.layer(l);
    T* z = work.z(l);
    if (l == 0 && data.sparse())
      sparse_forward(data, rows, from, to, layer, weights, z);
    else
      multiply(to - from, layer.stride, layer.fan_in, in + from * in_stride, in_stride,
               std::size_t{1}, weights + layer.offset, layer.stride, z + from * layer.stride,
               layer.stride, weights + layer.bias(), std::size_t{0});
    if (l + 1 < net.depth())
      activate(net.hidden(l), work.block(net, weights, l, from, to), net.whole_rows(l), dropout);
    in = work.a[l].data();
    in_stride = net.output_stride(l);
  }
}

// Error of every hidden layer for rows from..to, given that of the last one. `transposed[l]` holds
// the weights of layer l as fan_out × (padded fan_in).
template <class T>
void backward(const Architecture<T>& net, const T* weights,
              const std::vector<Buffer<T>>& transposed, std::size_t from, std::size_t to,
              Workspace<T>& work, const Dropout& dropout) {
  for (std::size_t l = net.depth() - 1; l > 0; --l) {
    const Layer& layer = net.layer(l);
    const std::size_t below = net.output_stride(l - 1), stride = net.layer(l - 1).stride;
    T* error = work.error[l - 1].data() + from * stride;
    multiply(to - from, below, layer.fan_out, work.error_of(l) + from * layer.stride, layer.stride,
             std::size_t{1}, transposed[l].data(), below, error, stride,
             static_cast<const T*>(nullptr), std::size_t{0});
    deactivate(net.hidden(l - 1), work.block(net, weights, l - 1, from, to), dropout, error);
  }
}

// sum += the rows of a table.
template <class T>
void add_rows(const T* table, std::size_t count, std::size_t stride, T* sum) {
  for (std::size_t i = 0; i < count; ++i)
#pragma omp simd
    for (std::size_t j = 0; j < stride; ++j) sum[j] += table[i * stride + j];
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
      const std::size_t in_stride = l == 0 ? work.input_stride : net.output_stride(l - 1);
      multiply(weights_end - first, layer.stride, count, in + first, std::size_t{1}, in_stride,
               error, layer.stride, g, layer.stride,
               accumulate ? static_cast<const T*>(g) : nullptr, layer.stride);
    }
  }
  if (last > layer.fan_in) {
    T* bias = gradient + layer.bias();
    if (!accumulate) std::memset(bias, 0, (1 + (layer.slopes > 0)) * layer.stride * sizeof(T));
    add_rows(error, count, layer.stride, bias);
    if (layer.slopes == 0) return;
    T* slopes = gradient + layer.slope_row();
    const T* terms = work.below_zero[l].data();
    if (layer.slopes == layer.fan_out && layer.slopes > 1) {
      add_rows(terms, count, layer.stride, slopes);
    } else {
      T sum = 0;
#pragma omp simd reduction(+ : sum)
      for (std::size_t i = 0; i < count * layer.stride; ++i) sum += terms[i];
      slopes[0] += sum;
    }
  }
}

}  // namespace ogive
