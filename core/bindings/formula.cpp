// Formulas compiled by src/ogive/activations/formula/ for Python.
#include "bindings/formula.hpp"

#include <nanobind/nanobind.h>
#include <nanobind/ndarray.h>
#include <nanobind/stl/string.h>
#include <nanobind/stl/tuple.h>
#include <nanobind/stl/vector.h>

#include "formula_program.hpp"

namespace nb = nanobind;

namespace ogive::python {

namespace {

void require(const char* complaint) {
  if (complaint) throw nb::value_error(complaint);
}

template <class T>
void fill(ProgramReader<T>& reader, std::vector<Instruction<T>>& list,
          const std::vector<Line>& lines, bool gives_value, bool gives_derivative) {
  reader.open(list);
  for (const auto& [operation, in, out, keeps_nan, kernel, numbers] : lines) {
    if (!kernel.empty() && !find_kernel<T>(kernel))
      throw nb::key_error(("no kernel is named " + kernel).c_str());
    require(reader.add({operation, in, out, keeps_nan, kernel, numbers}));
  }
  require(reader.close(gives_value, gives_derivative));
}

template <class T>
std::shared_ptr<const Program<T>> program(const std::vector<double>& constants, std::size_t scratch,
                                          const std::vector<Line>& value,
                                          const std::vector<Line>& derivative,
                                          const std::vector<Line>& both) {
  auto made = std::make_shared<Program<T>>();
  ProgramReader<T> reader(*made);
  require(reader.begin(constants, scratch));
  fill(reader, made->value, value, true, false);
  fill(reader, made->derivative, derivative, false, true);
  fill(reader, made->both, both, true, true);
  return made;
}

template <class T>
using Array = nb::ndarray<T, nb::c_contig, nb::device::cpu>;

template <class T>
void bind_type(nb::class_<PythonProgram>& program) {
  const auto require = [](bool same) {
    if (!same) throw nb::value_error("arrays differ in size");
  };
  program
      .def(
          "value",
          [require](const PythonProgram& p, Array<const T> z, Array<T> a) {
            require(z.size() == a.size());
            const nb::gil_scoped_release release;
            p.function<T>().value(z.data(), a.data(), z.size());
          },
          nb::arg("z").noconvert(), nb::arg("out").noconvert())
      .def(
          "derivative",
          [require](const PythonProgram& p, Array<const T> z, Array<T> d) {
            require(z.size() == d.size());
            const nb::gil_scoped_release release;
            p.function<T>().derivative(z.data(), d.data(), z.size());
          },
          nb::arg("z").noconvert(), nb::arg("out").noconvert())
      .def(
          "value_and_derivative",
          [require](const PythonProgram& p, Array<const T> z, Array<T> a, Array<T> d) {
            require(z.size() == a.size() && z.size() == d.size());
            const nb::gil_scoped_release release;
            p.function<T>().value_and_derivative(z.data(), a.data(), d.data(), z.size());
          },
          nb::arg("z").noconvert(), nb::arg("value").noconvert(),
          nb::arg("derivative").noconvert());
}

}  // namespace

PythonProgram::PythonProgram(const std::vector<double>& constants, std::size_t scratch,
                             const std::vector<Line>& value, const std::vector<Line>& derivative,
                             const std::vector<Line>& both)
    : float32_(program<float>(constants, scratch, value, derivative, both)),
      float64_(program<double>(constants, scratch, value, derivative, both)) {}

}  // namespace ogive::python

void bind_formula(nb::module_& m) {
  using namespace ogive::python;
  nb::class_<PythonProgram> program(m, "Program", "A formula, compiled in float32 and float64.");
  program.def(nb::init<const std::vector<double>&, std::size_t, const std::vector<Line>&,
                       const std::vector<Line>&, const std::vector<Line>&>(),
              nb::arg("constants"), nb::arg("scratch"), nb::arg("value"), nb::arg("derivative"),
              nb::arg("both"));
  bind_type<float>(program);
  bind_type<double>(program);
}
