#include "activations/squashing.hpp"

#include "activations/catalogue.hpp"

namespace ogive {

std::span<const Entry> squashing_activations() {
  return entries<Sigmoid, Tanh, LecunTanh, PenalizedTanh, Softsign, Isru, ArctanCurve, ErfCurve,
                 Gudermannian, NormalCdf, Cloglog>;
}

}  // namespace ogive
