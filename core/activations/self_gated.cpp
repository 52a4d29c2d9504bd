#include "activations/self_gated.hpp"

#include "activations/catalogue.hpp"

namespace ogive {

std::span<const Entry> self_gated_activations() {
  return entries<Silu, QuickGelu, Gelu, GeluTanh, Mish, Golu, Smish, Logish, Serf, Tanhexp, Elish>;
}

}  // namespace ogive
