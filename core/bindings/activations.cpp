// The activations' names, parameters and contracts.
#include <nanobind/nanobind.h>
#include <nanobind/stl/string_view.h>

#include "activations/catalogue.hpp"

namespace nb = nanobind;

void bind_functions(nb::module_& m);

void bind_activations(nb::module_& m) {
  m.def(
      "activation_facts",
      [] {
        nb::dict all;
        for (const auto family : ogive::all_activations())
          for (const ogive::Entry& row : family) {
            const ogive::KernelFacts& facts = row.facts;
            nb::dict parameters;
            for (const ogive::Parameter& parameter : facts.parameters) {
              parameters[nb::cast(parameter.name)] = parameter.default_value;
            }
            nb::dict entry;
            entry["parameters"] = parameters;
            entry["value_ulp"] = facts.accuracy.value_ulp;
            entry["derivative_ulp"] = facts.accuracy.derivative_ulp;
            entry["derivative_epsilons"] = facts.accuracy.derivative_epsilons;
            entry["value_epsilons"] = facts.accuracy.value_epsilons;
            all[nb::cast(facts.name)] = entry;
          }
        return all;
      },
      "Return, for each activation, its parameters with defaults and its accuracy contract.");
  bind_functions(m);
}
