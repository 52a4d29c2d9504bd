// Functions of the catalogue and compiled formulas, and their values.
#include "bindings/wasm/functions.hpp"

#include <array>
#include <cmath>
#include <memory>
#include <utility>
#include <vector>

#include "activations/catalogue.hpp"
#include "bindings/wasm/abi.hpp"
#include "greatest_slope.hpp"
#include "race.hpp"
#include "starting_rules.hpp"
#include "subgradient.hpp"

using namespace ogive;
using namespace ogive::page;

namespace {

// Only the catalogue's: what formulas alone may use is no activation.
const Entry* find_activation(std::string_view name) {
  for (const auto family : all_activations())
    if (const Entry* entry = find_entry(family, name)) return entry;
  return nullptr;
}

}  // namespace

/// -1: no such function; 0: one of its units; 1: of the whole row; 2: a gate, which halves it.
OGIVE_EXPORT(function_kind) int function_kind(const char* name, std::size_t length) {
  if (find_activation(text(name, length))) return 0;
  const auto* row = find_row_kernel<double>(text(name, length));
  return row ? 1 + row->halves : -1;
}

/// The place of a parameter among those of a function, or -1.
OGIVE_EXPORT(parameter_place)
int parameter_place(const char* name, std::size_t length, const char* parameter,
                    std::size_t parameter_length) {
  const Entry* entry = find_activation(text(name, length));
  if (!entry) return -1;
  const auto& list = entry->facts.parameters;
  for (std::size_t i = 0; i < list.size(); ++i)
    if (list[i].name == text(parameter, parameter_length)) return static_cast<int>(i);
  return -1;
}

/// `parameters` has max_parameters numbers; NaN stands for the default. Null if there is none of
/// that name. `per_unit`: a learnt slope is one for each unit.
OGIVE_EXPORT(function_named)
PageFunction* function_named(const char* name, std::size_t length, const double* parameters,
                             bool per_unit) {
  auto made = std::make_unique<PageFunction>();
  HiddenActivation<double>& hidden = made->hidden;
  hidden.row = find_row_kernel<double>(text(name, length));
  made->suitable = suitable_start(text(name, length), parameters);
  if (hidden.row) return made.release();
  const Entry* entry = find_activation(text(name, length));
  if (!entry) return nullptr;
  auto context = std::make_shared<std::array<double, max_parameters>>();
  const auto& list = entry->facts.parameters;
  for (std::size_t i = 0; i < list.size(); ++i)
    (*context)[i] = std::isnan(parameters[i]) ? list[i].default_value : parameters[i];
  if (entry->facts.name == "prelu") {
    hidden.slope = per_unit ? Slope::learnt_per_unit : Slope::learnt;
    made->first_slope = (*context)[0];
  } else if (entry->facts.name == "rrelu") {
    hidden.slope = Slope::random;
    hidden.lower = (*context)[0];
    hidden.upper = (*context)[1];
  }
  made->suitable = suitable_start(entry->facts.name, context->data());
  hidden.function = {entry->float64, std::move(context)};
  return made.release();
}

/// `pairs` are n times (z, derivative to use there).
OGIVE_EXPORT(function_slopes)
void function_slopes(PageFunction* function, const double* pairs, std::size_t n) {
  std::vector<std::pair<double, double>> slopes;
  for (std::size_t i = 0; i < n; ++i) slopes.emplace_back(pairs[2 * i], pairs[2 * i + 1]);
  function->hidden.function = with_slopes(function->hidden.function, slopes);
}

/// Either output may be null.
OGIVE_EXPORT(function_evaluate)
void function_evaluate(const PageFunction* function, const double* z, double* a, double* d,
                       std::size_t n) {
  const Function<double>& curve = function->curve();
  if (a && d)
    curve.value_and_derivative(z, a, d, n);
  else if (a)
    curve.value(z, a, n);
  else if (d)
    curve.derivative(z, d, n);
}

/// Rows of n numbers through a function of the whole row.
OGIVE_EXPORT(function_rows)
void function_rows(const PageFunction* function, const double* z, double* a, std::size_t rows,
                   std::size_t n) {
  const RowKernel<double>& row = *function->hidden.row;
  for (std::size_t i = 0; i < rows; ++i) row.forward(z + i * n, a + i * row.outputs(n), nullptr, n);
}

OGIVE_EXPORT(function_greatest_slope)
double function_greatest_slope(const PageFunction* function) {
  return greatest_slope(function->curve());
}

/// The z nearest to 0 with that value, or NaN.
OGIVE_EXPORT(function_inverse)
double function_inverse(const PageFunction* function, double wanted) {
  return nearest_with_value(function->curve(), wanted).value_or(std::nan(""));
}

/// The way down from z; null never.
OGIVE_EXPORT(race_run)
Walk* race_run(const PageFunction* function, double z, double goal, double rate, bool over_output,
               std::size_t most) {
  return new Walk(walk_down(function->curve(), z, goal, rate, over_output, most));
}
OGIVE_EXPORT(race_size) std::size_t race_size(const Walk* walk) { return walk->z.size(); }
OGIVE_EXPORT(race_z) const double* race_z(const Walk* walk) { return walk->z.data(); }
OGIVE_EXPORT(race_end) int race_end(const Walk* walk) { return static_cast<int>(walk->end); }
OGIVE_EXPORT(race_release) void race_release(Walk* walk) { delete walk; }

OGIVE_EXPORT(function_release) void function_release(PageFunction* function) { delete function; }
