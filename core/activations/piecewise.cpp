#include "activations/piecewise.hpp"

#include "activations/catalogue.hpp"

namespace ogive {

std::vector<Entry> piecewise_activations() {
  return entries<Identity, Step, Relu, LeakyRelu>();
}

}  // namespace ogive
