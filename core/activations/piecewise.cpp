#include "activations/piecewise.hpp"

#include "activations/catalogue.hpp"

namespace ogive {

std::span<const Entry> piecewise_activations() {
  return entries<Identity, Step, Sign, Absolute, Relu, LeakyRelu, Prelu, Rrelu, Relu6, Hardtanh,
                 ThresholdedRelu, SquaredRelu, Hardsigmoid, Hardswish, Hardshrink, Softshrink,
                 Triangular>;
}

}  // namespace ogive
