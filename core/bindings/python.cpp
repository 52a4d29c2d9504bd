// The Python module of one instruction set.
#include <nanobind/nanobind.h>

void bind_activations(nanobind::module_& m);
void bind_formula(nanobind::module_& m);
void bind_least_squares(nanobind::module_& m);
void bind_logistic(nanobind::module_& m);
void bind_network(nanobind::module_& m);
void bind_rows(nanobind::module_& m);
void bind_statistics(nanobind::module_& m);
void bind_training(nanobind::module_& m);

NB_MODULE(OGIVE_MODULE, m) {
  m.doc() = "Ogive's compiled core.";
  // An estimator that is alive when the interpreter ends is no leak worth telling its user of.
  nanobind::set_leak_warnings(false);
  bind_activations(m);
  bind_formula(m);
  bind_least_squares(m);
  bind_logistic(m);
  bind_network(m);
  bind_rows(m);
  bind_statistics(m);
  bind_training(m);
}
