// The activations of hidden layers as Python describes them.
#pragma once

#include <algorithm>
#include <string>
#include <vector>

#include "arrays.hpp"
#include "functions.hpp"
#include "hidden.hpp"

namespace ogive::python {

// One dict for each layer: "row": the name of a function of the whole row, or "function": a
// core.Function of a single unit, with "slope": "learnt", "learnt_per_unit" or "random", "lower"
// and "upper" where its slope is not fixed.
template <class T>
HiddenActivation<T> hidden_activation(const nb::dict& given) {
  HiddenActivation<T> out;
  if (given.contains("row")) {
    const auto name = nb::cast<std::string>(given["row"]);
    out.row = find_row_kernel<T>(name);
    if (!out.row) throw nb::value_error(("no row kernel is named " + name).c_str());
    return out;
  }
  out.function = nb::cast<const PythonFunction&>(given["function"]).template get<T>();
  if (!given.contains("slope")) return out;
  const auto slope = nb::cast<std::string>(given["slope"]);
  out.slope = slope == "learnt"            ? Slope::learnt
              : slope == "learnt_per_unit" ? Slope::learnt_per_unit
                                           : Slope::random;
  out.lower = nb::cast<T>(given["lower"]);
  out.upper = nb::cast<T>(given["upper"]);
  return out;
}

template <class T>
std::vector<HiddenActivation<T>> hidden_activations(const std::vector<std::size_t>& units,
                                                    const std::vector<nb::dict>& given) {
  if (units.size() < 2 || given.size() != units.size() - 2)
    throw nb::value_error("there must be one activation for each hidden layer");
  if (std::find(units.begin(), units.end(), 0u) != units.end())
    throw nb::value_error("a layer must have at least one unit");
  std::vector<HiddenActivation<T>> out;
  for (std::size_t l = 0; l < given.size(); ++l) {
    out.push_back(hidden_activation<T>(given[l]));
    if (out.back().row && out.back().row->halves && units[l + 1] % 2 == 1)
      throw nb::value_error("a gate needs an even number of units");
  }
  return out;
}

}  // namespace ogive::python
