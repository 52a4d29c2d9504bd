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
std::vector<Entry> other_shapes_activations();
std::vector<Entry> formula_functions();  // of formulas only, not of the catalogue

inline const std::vector<Entry>& all_activations() {
  static const std::vector<Entry> all = [] {
    std::vector<Entry> list;
    for (auto* family :
         {piecewise_activations, squashing_activations, exponential_units_activations,
          self_gated_activations, other_shapes_activations}) {
      const std::vector<Entry> part = family();
      list.insert(list.end(), part.begin(), part.end());
    }
    return list;
  }();
  return all;
}

/// The entry of that name, of an activation or of a function for formulas, or nullptr.
inline const Entry* find_entry(std::string_view name) {
  static const std::vector<Entry> for_formulas = formula_functions();
  for (const auto* list : {&all_activations(), &for_formulas}) {
    for (const Entry& entry : *list) {
      if (entry.facts.name == name) return &entry;
    }
  }
  return nullptr;
}

/// The kernel of that name, or nullptr.
template <class T>
const Kernel<T>* find_kernel(std::string_view name) {
  const Entry* entry = find_entry(name);
  if (!entry) return nullptr;
  if constexpr (sizeof(T) == sizeof(float)) {
    return entry->float32;
  } else {
    return entry->float64;
  }
}

}  // namespace ogive
