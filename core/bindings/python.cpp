// The Python module of one instruction set.
#include <nanobind/nanobind.h>

void bind_activations(nanobind::module_& m);
void bind_network(nanobind::module_& m);
void bind_training(nanobind::module_& m);

NB_MODULE(OGIVE_MODULE, m) {
  m.doc() = "Ogive's compiled core.";
  bind_activations(m);
  bind_network(m);
  bind_training(m);
}
