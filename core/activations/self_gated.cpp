#include "activations/self_gated.hpp"

#include "activations/catalogue.hpp"

namespace ogive {

std::vector<Entry> self_gated_activations() {
  return entries<Gelu, Silu, Mish>();
}

}  // namespace ogive
