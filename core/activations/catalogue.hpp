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

#include <array>
#include <span>
#include <string_view>

#include "kernels.hpp"

namespace ogive {

std::span<const Entry> piecewise_activations();
std::span<const Entry> squashing_activations();
std::span<const Entry> exponential_units_activations();
std::span<const Entry> self_gated_activations();
std::span<const Entry> other_shapes_activations();
std::span<const Entry> formula_functions();  // of formulas only, not of the catalogue

/// The activations, family by family.
inline std::array<std::span<const Entry>, 5> all_activations() {
  return {piecewise_activations(), squashing_activations(), exponential_units_activations(),
          self_gated_activations(), other_shapes_activations()};
}

/// The entry of that name in a list, or nullptr.
inline const Entry* find_entry(std::span<const Entry> list, std::string_view name) {
  for (const Entry& entry : list)
    if (entry.facts.name == name) return &entry;
  return nullptr;
}

/// The entry of that name, of an activation or of a function for formulas, or nullptr.
inline const Entry* find_entry(std::string_view name) {
  for (const auto family : all_activations())
    if (const Entry* entry = find_entry(family, name)) return entry;
  return find_entry(formula_functions(), name);
}

/// The kernel of that name, or nullptr.
template <class T>
const Kernel<T>* find_kernel(std::string_view name) {
  const Entry* entry = find_entry(name);
  if (!entry) return nullptr;
#if OGIVE_FLOAT32
  if constexpr (sizeof(T) == sizeof(float)) return entry->float32;
#endif
  if constexpr (sizeof(T) == sizeof(double)) return entry->float64;
}

}  // namespace ogive
