// Formulas compiled by src/ogive/activations/formula/ for Python.
#include "bindings/formula.hpp"

#include <nanobind/nanobind.h>
#include <nanobind/ndarray.h>
#include <nanobind/stl/string.h>
#include <nanobind/stl/tuple.h>
#include <nanobind/stl/vector.h>

#include <algorithm>
#include <iterator>
#include <limits>

#include "activations/catalogue.hpp"

namespace nb = nanobind;

namespace ogive::python {

namespace {

// Registers that a list writes to before they are read; nothing else may be read.
class Registers {
 public:
  Registers(std::size_t count, std::size_t constants) : known_(count, false) {
    known_[0] = true;
    std::fill_n(known_.begin() + 3, constants, true);
    first_free_ = 3 + constants;
  }
  std::uint16_t read(std::size_t which) const {
    if (which >= known_.size() || !known_[which]) throw nb::value_error("unset register");
    return static_cast<std::uint16_t>(which);
  }
  std::uint16_t write(std::size_t which) {
    if (which >= known_.size() || which == 0 || constant(which))
      throw nb::value_error("register cannot be written");
    known_[which] = true;
    return static_cast<std::uint16_t>(which);
  }
  bool constant(std::size_t which) const { return which > 2 && which < first_free_; }
  bool written(std::size_t which) const { return known_[which]; }

 private:
  std::vector<bool> known_;
  std::size_t first_free_;
};

std::size_t operands(Operation operation) {
  switch (operation) {
    case Operation::add:
    case Operation::subtract:
    case Operation::multiply:
    case Operation::divide:
    case Operation::greater:
    case Operation::lesser:
    case Operation::power:
    case Operation::chain:
    case Operation::less:
    case Operation::less_equal:
    case Operation::equal:
    case Operation::both:
    case Operation::either:
      return 2;
    case Operation::multiply_add:
    case Operation::multiply_subtract:
      return 3;
    case Operation::where_less:
    case Operation::where_less_equal:
    case Operation::where_equal:
      return 4;
    default:
      return 1;
  }
}

template <class T>
Instruction<T> instruction(const Line& line, Registers& registers) {
  const auto& [name, in, out, keeps_nan, kernel, numbers] = line;
  Instruction<T> made;
  const auto* found =
      std::find(std::begin(operation_names), std::end(operation_names), std::string_view(name));
  if (found == std::end(operation_names)) throw nb::value_error("unknown operation");
  made.operation = static_cast<Operation>(found - std::begin(operation_names));
  made.keeps_nan = keeps_nan;
  const bool two = made.operation == Operation::kernel_value_and_derivative;
  if (in.size() != operands(made.operation) || out.size() != (two ? 2u : 1u))
    throw nb::value_error("wrong number of registers");
  std::transform(in.begin(), in.end(), made.in.begin(),
                 [&](std::size_t which) { return registers.read(which); });
  for (std::size_t i = 0; i < in.size(); ++i)
    made.constant |= static_cast<std::uint8_t>(registers.constant(in[i]) << i);
  std::transform(out.begin(), out.end(), made.out.begin(),
                 [&](std::size_t which) { return registers.write(which); });
  if (two && out[0] == out[1]) throw nb::value_error("two results for one register");
  if (numbers.size() > max_parameters) throw nb::value_error("too many parameters");
  std::transform(numbers.begin(), numbers.end(), made.context.begin(),
                 [](double number) { return static_cast<T>(number); });
  if (made.operation == Operation::whole_power) {
    if (numbers.size() != 1 || !(numbers[0] >= 1 && numbers[0] <= 64))
      throw nb::value_error("a whole power from 1 to 64 was expected");
    made.n = static_cast<int>(numbers[0]);
  }
  if (made.operation >= Operation::kernel_value) {
    made.kernel = find_kernel<T>(kernel);
    if (!made.kernel) throw nb::key_error(("no kernel is named " + kernel).c_str());
  }
  return made;
}

template <class T>
std::shared_ptr<const Program<T>> program(const std::vector<double>& constants, std::size_t scratch,
                                          const std::vector<Line>& value,
                                          const std::vector<Line>& derivative,
                                          const std::vector<Line>& both) {
  auto made = std::make_shared<Program<T>>();
  made->scratch = scratch;
  std::vector<T> numbers(constants.size());
  std::transform(constants.begin(), constants.end(), numbers.begin(),
                 [](double number) { return static_cast<T>(number); });
  made->set_constants(numbers);
  if (scratch > 4096 || made->registers() > 8192) throw nb::value_error("too many registers");
  const auto fill = [&](std::vector<Instruction<T>>& list, const std::vector<Line>& lines,
                        bool gives_value, bool gives_derivative) {
    Registers registers(made->registers(), constants.size());
    for (const Line& line : lines) list.push_back(instruction<T>(line, registers));
    if (registers.written(1) != gives_value || registers.written(2) != gives_derivative)
      throw nb::value_error("a list writes its own outputs and no others");
  };
  fill(made->value, value, true, false);
  fill(made->derivative, derivative, false, true);
  fill(made->both, both, true, true);
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
