// Tables and networks for Python.
#include <string>

#include "tables_and_networks.hpp"

namespace {

using namespace ogive;
using namespace ogive::python;
namespace nb = nanobind;

template <class T>
void bind_type(nb::module_& m, const char* suffix) {
  using nb::arg;
  const auto named = [&](const char* name) { return std::string(name) + suffix; };
  nb::class_<PythonData<T>>(m, named("Data_").c_str())
      .def(nb::init<nb::object, std::size_t, std::size_t, nb::object, nb::object, nb::object>(),
           arg("x"), arg("rows"), arg("features"), arg("target").none(), arg("label").none(),
           arg("weight").none());
  using Net = PythonNetwork<T>;
  nb::class_<Net>(m, named("Network_").c_str())
      .def(nb::init<const std::vector<std::size_t>&, const std::vector<nb::dict>&,
                    const std::string&>(),
           arg("units"), arg("hidden"), arg("loss"))
      .def("set_weights", &Net::set_weights, arg("coefs"), arg("intercepts"), arg("slopes"))
      .def("weights", &Net::weights)
      .def("set_flat_weights", [](Net& n, const Vector<T>& v) { n.set_flat(v, n.network.weights); })
      .def("flat_weights", [](const Net& n) { return n.flat(n.network.weights); })
      .def("reset_optimizer", &Net::reset_optimizer)
      .def("optimizer_state", &Net::optimizer_state)
      .def("set_optimizer_state", &Net::set_optimizer_state, arg("first").none(),
           arg("second").none(), arg("steps"), arg("learning_rate"))
      .def("loss_and_gradient", &Net::loss_and_gradient, arg("data"), arg("alpha"),
           arg("threads") = 0)
      .def("loss_gradient_and_errors", &Net::loss_gradient_and_errors, arg("data"), arg("alpha"),
           arg("threads") = 0)
      .def("uses_blas", [](const Net& n, std::size_t batch) { return n.network.uses_blas(batch); })
      .def("outputs", &Net::outputs, arg("data"), arg("threads") = 0);
}

// The capsules of scipy.linalg.cython_blas hold plain function pointers; their names are
// signatures.
void use_blas(nb::object sgemm, nb::object dgemm) {
  const auto pointer = [](nb::object capsule) {
    if (!PyCapsule_CheckExact(capsule.ptr())) throw nb::type_error("a capsule was expected");
    return PyCapsule_GetPointer(capsule.ptr(), PyCapsule_GetName(capsule.ptr()));
  };
  handed_in<float> = reinterpret_cast<BlasProduct<float>>(pointer(sgemm));
  handed_in<double> = reinterpret_cast<BlasProduct<double>>(pointer(dgemm));
}

}  // namespace

void bind_network(nb::module_& m) {
  bind_type<float>(m, "float32");
  bind_type<double>(m, "float64");
  m.def("available_threads", &available_threads);
  m.def("use_blas", &use_blas);
  m.def("forget_blas", [] {
    handed_in<float> = nullptr;
    handed_in<double> = nullptr;
  });
}
