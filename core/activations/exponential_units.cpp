#include "activations/exponential_units.hpp"

#include "activations/catalogue.hpp"

namespace ogive {

std::span<const Entry> exponential_units_activations() {
  return entries<Softplus, Elu, Selu, Celu, Isrlu, Logsigmoid, Squareplus, ExponentialUnit>;
}

}  // namespace ogive
