// All activation functions by name.
//
// To add one: write its struct into the header of its family, value and derivative with respect to
// z side by side, and name it in the .cpp beside; then add its record to the module of the same
// family in src/ogive/activations/catalogue/. `accuracy` is the struct's contract, which
// tests/activations/test_accuracy.py holds against Arb: errors in units in the last place
// (ulp; of a subnormal: the spacing of subnormals), everywhere, at the default parameters. Near
// a zero of the derivative the bound is `derivative_epsilons` machine epsilons instead, if greater.
// Everywhere: NaN in gives NaN, +-infinity gives the limit.
#pragma once

#include <string_view>
#include <vector>

#include "kernels.hpp"

namespace ogive {

std::vector<Entry> piecewise_activations();
std::vector<Entry> squashing_activations();
std::vector<Entry> exponential_units_activations();
std::vector<Entry> self_gated_activations();

inline const std::vector<Entry>& all_activations() {
  static const std::vector<Entry> all = [] {
    std::vector<Entry> list;
    for (auto* family : {piecewise_activations, squashing_activations,
                         exponential_units_activations, self_gated_activations}) {
      const std::vector<Entry> part = family();
      list.insert(list.end(), part.begin(), part.end());
    }
    return list;
  }();
  return all;
}

/// The kernel of that name, or nullptr.
template <class T>
const Kernel<T>* find_kernel(std::string_view name) {
  for (const Entry& entry : all_activations()) {
    if (entry.facts.name != name) continue;
    if constexpr (sizeof(T) == sizeof(float)) {
      return entry.float32;
    } else {
      return entry.float64;
    }
  }
  return nullptr;
}

}  // namespace ogive
