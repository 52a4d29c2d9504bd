// Where the weights of a network lie, and what a batch leaves behind on its way through it.
#pragma once

#include <algorithm>
#include <cstddef>
#include <limits>
#include <utility>
#include <vector>

#include "hidden.hpp"
#include "memory.hpp"
#include "products.hpp"

namespace ogive {

// Weights are stored as scikit-learn has them, fan_in × fan_out, each row padded to `stride`; the
// intercepts are one more row below, and learnt slopes of the activation another. Padding stays
// zero throughout.
struct Layer {
  std::size_t fan_in, fan_out, stride, offset, slopes;
  std::size_t size() const { return (fan_in + 1 + (slopes > 0)) * stride; }
  std::size_t bias() const { return offset + fan_in * stride; }
  std::size_t slope_row() const { return bias() + stride; }
};

template <class T>
class Architecture {
 public:
  Architecture(const std::vector<std::size_t>& units, std::vector<HiddenActivation<T>> hidden)
      : hidden_(std::move(hidden)) {
    std::size_t below = units[0];
    for (std::size_t l = 0; l + 1 < units.size(); ++l) {
      const bool inner = l < hidden_.size();
      const std::size_t slopes = inner ? hidden_[l].learnt(units[l + 1]) : 0;
      layers_.push_back({below, units[l + 1], padded<T>(units[l + 1]), size_, slopes});
      size_ += layers_.back().size();
      if (inner) {
        below = hidden_[l].outputs(units[l + 1]);
        whole_rows_.push_back(hidden_[l].tolerates_padding());
      }
    }
    class_mask_.assign(last().stride, -std::numeric_limits<T>::infinity());
    std::fill_n(class_mask_.begin(), last().fan_out, T(0));
  }
  std::size_t depth() const { return layers_.size(); }
  std::size_t size() const { return size_; }  // of all weights, padding included
  const Layer& layer(std::size_t l) const { return layers_[l]; }
  const Layer& last() const { return layers_.back(); }
  const HiddenActivation<T>& hidden(std::size_t l) const { return hidden_[l]; }
  // Width of a row that layer l hands on: half of its units after a gate.
  std::size_t output_stride(std::size_t l) const {
    return l < hidden_.size() ? padded<T>(layers_[l + 1].fan_in) : layers_[l].stride;
  }
  bool whole_rows(std::size_t l) const { return whole_rows_[l]; }
  // To be added to a row of the last layer: 0 for its outputs, -infinity for the padding.
  const T* class_mask() const { return class_mask_.data(); }

 private:
  std::vector<Layer> layers_;
  std::vector<HiddenActivation<T>> hidden_;
  std::vector<bool> whole_rows_;
  Buffer<T> class_mask_;
  std::size_t size_ = 0;
};

// What a batch leaves behind on its way through the network: input, and for each layer its output
// `a` (of the last layer: z, then the loss's derivative), f'(z) and the error dLoss/dz. A gate's z
// and a learnt slope's min(z, 0) have rooms of their own.
template <class T>
struct Workspace {
  std::size_t rows = 0, input_stride = 0;
  Buffer<T> input;
  std::vector<Buffer<T>> a, before_gate, derivative, below_zero, error;

  Workspace(const Architecture<T>& net, std::size_t capacity, bool sparse, bool training)
      : rows(capacity), input_stride(padded<T>(net.layer(0).fan_in)) {
    if (!sparse) input.resize(capacity * input_stride);
    for (std::size_t l = 0; l < net.depth(); ++l) {
      const std::size_t n = capacity * net.layer(l).stride;
      const bool hidden = l + 1 < net.depth(), inner = training && hidden;
      const bool gate = hidden && net.hidden(l).row && net.hidden(l).row->halves;
      a.emplace_back(capacity * net.output_stride(l));
      before_gate.emplace_back(gate ? n : 0);
      derivative.emplace_back(inner ? n : 0);
      below_zero.emplace_back(inner && net.layer(l).slopes > 0 ? n : 0);
      error.emplace_back(inner ? n : 0);
    }
  }
  T* z(std::size_t l) { return (before_gate[l].empty() ? a[l] : before_gate[l]).data(); }
  T* error_of(std::size_t l) { return l + 1 < a.size() ? error[l].data() : a[l].data(); }

  HiddenBlock<T> block(const Architecture<T>& net, const T* weights, std::size_t l,
                       std::size_t from, std::size_t to) {
    const Layer& layer = net.layer(l);
    const auto at = [&](Buffer<T>& buffer) {
      return buffer.empty() ? nullptr : buffer.data() + from * layer.stride;
    };
    return {l,
            from,
            to - from,
            layer.fan_out,
            layer.stride,
            net.output_stride(l),
            z(l) + from * layer.stride,
            a[l].data() + from * net.output_stride(l),
            at(derivative[l]),
            at(below_zero[l]),
            weights + layer.slope_row()};
  }
};

}  // namespace ogive
