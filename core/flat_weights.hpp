// A network's numbers in a row, as users have them: scikit-learn's order, without the padding.
#pragma once

#include <algorithm>
#include <cstddef>

#include "architecture.hpp"

namespace ogive {

// visit(padded position, number of entries): coefficients and then intercepts of every layer, then
// the learnt slopes.
template <class T, class Visit>
void for_each_weight_row(const Architecture<T>& net, const Visit& visit) {
  for (std::size_t l = 0; l < net.depth(); ++l) {
    const Layer& layer = net.layer(l);
    for (std::size_t i = 0; i < layer.fan_in; ++i)
      visit(layer.offset + i * layer.stride, layer.fan_out);
  }
  for (std::size_t l = 0; l < net.depth(); ++l) visit(net.layer(l).bias(), net.layer(l).fan_out);
  for (std::size_t l = 0; l < net.depth(); ++l)
    if (net.layer(l).slopes > 0) visit(net.layer(l).slope_row(), net.layer(l).slopes);
}

template <class T>
std::size_t flat_size(const Architecture<T>& net) {
  std::size_t n = 0;
  for_each_weight_row(net, [&](std::size_t, std::size_t count) { n += count; });
  return n;
}

template <class T>
void to_flat(const Architecture<T>& net, const T* padded, T* flat) {
  for_each_weight_row(net, [&](std::size_t at, std::size_t count) {
    flat = std::copy_n(padded + at, count, flat);
  });
}

// The padding of `padded` is left as it is, which has to be 0.
template <class T>
void from_flat(const Architecture<T>& net, const T* flat, T* padded) {
  for_each_weight_row(net, [&](std::size_t at, std::size_t count) {
    std::copy_n(flat, count, padded + at);
    flat += count;
  });
}

}  // namespace ogive
