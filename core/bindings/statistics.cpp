// Running statistics of units for Python.
#include <string>

#include "arrays.hpp"
#include "functions.hpp"
#include "unit_statistics.hpp"

namespace {

using namespace ogive;
using namespace ogive::python;
namespace nb = nanobind;

template <class T>
using Batch = Input<T, nb::ndim<3>>;

template <class T>
const T* like(const nb::object& given, const Batch<T>& z, const char* name) {
  if (given.is_none()) return nullptr;
  const auto array = nb::cast<Batch<T>>(given, false);
  for (std::size_t i = 0; i < 3; ++i)
    if (array.shape(i) != z.shape(i))
      throw nb::value_error((std::string(name) + " has another shape than z").c_str());
  return array.data();
}

template <class T>
void add(UnitStatistics& statistics, const Batch<T>& z, nb::object function, nb::object a,
         nb::object slope) {
  if (z.shape(1) != statistics.units)
    throw nb::value_error("z has another number of units than the statistics");
  const T* outputs = like(a, z, "a");
  const T* slopes = like(slope, z, "slope");
  const Function<T>* compute =
      function.is_none() ? nullptr : &nb::cast<const PythonFunction&>(function).template get<T>();
  const nb::gil_scoped_release release;
  statistics.add(compute, z.data(), compute ? nullptr : outputs, compute ? nullptr : slopes,
                 z.shape(0), z.shape(2));
}

nb::tuple spread(const Spread& s) {
  return nb::make_tuple(copied(s.least), copied(s.greatest), copied(s.shift), copied(s.sum),
                        copied(s.squares));
}

}  // namespace

void bind_statistics(nb::module_& m) {
  using nb::arg;
  nb::class_<UnitStatistics>(m, "UnitStatistics")
      .def(nb::init<std::size_t, double>(), arg("units"), arg("active_above"))
      .def("add", &add<float>, arg("z").noconvert(), arg("function").none(), arg("a").none(),
           arg("slope").none())
      .def("add", &add<double>, arg("z").noconvert(), arg("function").none(), arg("a").none(),
           arg("slope").none())
      .def_prop_ro("count", [](const UnitStatistics& s) { return s.count; })
      .def("z", [](const UnitStatistics& s) { return spread(s.z); })
      .def("a", [](const UnitStatistics& s) { return spread(s.a); })
      .def("slopes", [](const UnitStatistics& s) {
        return nb::make_tuple(copied(s.slope_greatest), copied(s.slope_squares), copied(s.active));
      });
}
