#include "activations/other_shapes.hpp"

#include "activations/catalogue.hpp"

namespace ogive {

std::span<const Entry> other_shapes_activations() {
  return entries<Tanhshrink, BentIdentity, Symlog, Asinh, Sine, Cosine, Snake, Gaussian>;
}

}  // namespace ogive
