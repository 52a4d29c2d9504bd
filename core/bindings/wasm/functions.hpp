// A function as the page holds it.
#pragma once

#include "hidden.hpp"
#include "initialisation.hpp"

namespace ogive::page {

/// What may follow a layer. `hidden.row` is set for functions of a whole row, which have no curve.
struct PageFunction {
  HiddenActivation<double> hidden;
  double first_slope = 0;  // where a network learns it
  Start suitable;          // for the weights before it

  const Function<double>& curve() const { return hidden.function; }
};

}  // namespace ogive::page
