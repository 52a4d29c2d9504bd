// Makes NumPy ufuncs of activations, so that they take whatever NumPy's own functions take.
#include "functions.hpp"

#include <nanobind/stl/pair.h>
#include <nanobind/stl/string.h>
#include <nanobind/stl/string_view.h>
#include <nanobind/stl/vector.h>

#include <algorithm>

#include "activations/catalogue.hpp"
#include "bindings/formula.hpp"
#include "loops.hpp"
#include "subgradient.hpp"

// NumPy's headers come last: they define macros.
#define NPY_NO_DEPRECATED_API NPY_1_22_API_VERSION
#define NPY_TARGET_VERSION NPY_1_22_API_VERSION
#include <numpy/ndarrayobject.h>
#include <numpy/ufuncobject.h>

namespace ogive::python {

namespace {

template <Asked asked>
PyUFuncGenericFunction loops[] = {
    reinterpret_cast<PyUFuncGenericFunction>(&ufunc_loop<float, asked>),
    reinterpret_cast<PyUFuncGenericFunction>(&ufunc_loop<double, asked>)};

char one_output[] = {NPY_FLOAT, NPY_FLOAT, NPY_DOUBLE, NPY_DOUBLE};
char two_outputs[] = {NPY_FLOAT, NPY_FLOAT, NPY_FLOAT, NPY_DOUBLE, NPY_DOUBLE, NPY_DOUBLE};

template <class T>
Function<T> named(std::string_view name, const std::vector<double>& parameters) {
  const Kernel<T>* kernel = find_kernel<T>(name);
  if (!kernel) throw nb::key_error(("no kernel is named " + std::string(name)).c_str());
  if (parameters.size() > max_parameters) throw nb::value_error("too many parameters");
  auto context = std::make_shared<std::array<T, max_parameters>>();
  context->fill(T(0));
  std::transform(parameters.begin(), parameters.end(), context->begin(),
                 [](double value) { return static_cast<T>(value); });
  return {kernel, std::move(context)};
}

}  // namespace

PythonFunction::PythonFunction(std::string_view name, const std::vector<double>& parameters,
                               const Slopes& slopes)
    : PythonFunction(std::string(name), named<float>(name, parameters),
                     named<double>(name, parameters), slopes) {}

PythonFunction::PythonFunction(const PythonProgram& program, const std::vector<double>&,
                               const Slopes& slopes)
    : PythonFunction("formula", program.function<float>(), program.function<double>(), slopes) {}

PythonFunction::PythonFunction(std::string name, Function<float> float32, Function<double> float64,
                               const Slopes& slopes)
    : both_(std::make_shared<BothTypes>()) {
  both_->float32 = with_slopes(std::move(float32), slopes);
  both_->float64 = with_slopes(std::move(float64), slopes);
  both_->names = {name, "derivative of " + name, "value and derivative of " + name};
  both_->data = {&both_->float32, &both_->float64};
}

nb::object PythonFunction::ufunc(std::size_t which) {
  nb::object& made = ufuncs_[which];
  if (made) return made;
  PyUFuncGenericFunction* const all[] = {loops<Asked::value>, loops<Asked::derivative>,
                                         loops<Asked::both>};
  const int outputs = which == 2 ? 2 : 1;
  using Owner = std::shared_ptr<BothTypes>;
  nb::capsule owner(new Owner(both_), [](void* p) noexcept { delete static_cast<Owner*>(p); });
  made = nb::steal(PyUFunc_FromFuncAndData(all[which], both_->data.data(),
                                           outputs == 2 ? two_outputs : one_output, 2, 1, outputs,
                                           PyUFunc_None, both_->names[which].c_str(), "", 0));
  if (!made) throw nb::python_error();
  // NumPy gives this reference up together with the ufunc.
  reinterpret_cast<PyUFuncObject*>(made.ptr())->obj = owner.release().ptr();
  return made;
}

nb::object PythonFunction::quickly(Asked asked, nb::handle given) const {
  if (!PyArray_CheckExact(given.ptr())) return nb::none();
  auto* z = reinterpret_cast<PyArrayObject*>(given.ptr());
  const auto n = static_cast<std::size_t>(PyArray_SIZE(z));
  const int type = PyArray_TYPE(z);
  if ((type != NPY_FLOAT && type != NPY_DOUBLE) || n > loop_block || PyArray_NDIM(z) == 0 ||
      !PyArray_ISCARRAY_RO(z))
    return nb::none();
  const auto like_z = [z, type] {
    auto made = nb::steal(PyArray_SimpleNew(PyArray_NDIM(z), PyArray_DIMS(z), type));
    if (!made) throw nb::python_error();
    return made;
  };
  const nb::object first = like_z(), second = asked == Asked::both ? like_z() : nb::object();
  const auto evaluate = [&]<class T>(const Function<T>& function) {
    const KeptStatus status;
    const auto memory = [](nb::handle array) {
      return static_cast<T*>(PyArray_DATA(reinterpret_cast<PyArrayObject*>(array.ptr())));
    };
    const T* from = memory(given);
    if (asked == Asked::value) {
      function.value(from, memory(first), n);
    } else if (asked == Asked::derivative) {
      function.derivative(from, memory(first), n);
    } else {
      function.value_and_derivative(from, memory(first), memory(second), n);
    }
  };
  if (type == NPY_FLOAT) {
    evaluate(both_->float32);
  } else {
    evaluate(both_->float64);
  }
  return asked == Asked::both ? nb::make_tuple(first, second) : first;
}

}  // namespace ogive::python

void bind_functions(nanobind::module_& m) {
  namespace nb = nanobind;
  using namespace nb::literals;
  using ogive::python::PythonFunction;
  if (_import_array() < 0 || _import_umath() < 0) throw nb::python_error();
  nb::class_<PythonFunction>(m, "Function",
                             "An activation in float32 and float64. Its attributes value, "
                             "derivative and value_and_derivative are NumPy ufuncs.")
      .def(nb::init<std::string_view, const std::vector<double>&, const ogive::python::Slopes&>(),
           "name"_a, "parameters"_a, "kinks"_a)
      .def(nb::init<const ogive::python::PythonProgram&, const std::vector<double>&,
                    const ogive::python::Slopes&>(),
           "program"_a, "parameters"_a, "kinks"_a)
      .def("quick_value", &PythonFunction::quick<ogive::Asked::value>, "z"_a.none())
      .def("quick_derivative", &PythonFunction::quick<ogive::Asked::derivative>, "z"_a.none())
      .def("quick_value_and_derivative", &PythonFunction::quick<ogive::Asked::both>, "z"_a.none())
      .def_prop_ro("name", &PythonFunction::name)
      .def_prop_ro("value", &PythonFunction::value)
      .def_prop_ro("derivative", &PythonFunction::derivative)
      .def_prop_ro("value_and_derivative", &PythonFunction::value_and_derivative);
}
