#include "activations/formula_functions.hpp"

#include "activations/catalogue.hpp"

namespace ogive {

std::span<const Entry> formula_functions() {
  return entries<Exp, Expm1, Log, Log1p, Sqrt, Sin, Cos, Arctan, Erf, Erfc>;
}

}  // namespace ogive
