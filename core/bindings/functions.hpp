// An activation as Python holds it: both types of it, and the NumPy ufuncs over them.
#pragma once

#include <nanobind/nanobind.h>

#include <array>
#include <memory>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

#include "kernels.hpp"
#include "loops.hpp"

namespace ogive::python {

namespace nb = nanobind;

using Slopes = std::vector<std::pair<double, double>>;

/// What a ufunc reads while it runs; each ufunc keeps it alive, whatever becomes of PythonFunction.
struct BothTypes {
  Function<float> float32;
  Function<double> float64;
  std::array<std::string, 3> names;  // of the ufuncs
  std::array<void*, 2> data;         // of their loops, in the order of the types
};

class PythonProgram;

class PythonFunction {
 public:
  /// A function of the catalogue; `slopes` are (z, derivative to use there).
  PythonFunction(std::string_view name, const std::vector<double>& parameters,
                 const Slopes& slopes);
  /// A formula, into which its parameters were compiled.
  PythonFunction(const PythonProgram& program, const std::vector<double>& parameters,
                 const Slopes& slopes);
  PythonFunction(std::string name, Function<float> float32, Function<double> float64,
                 const Slopes& slopes);

  template <class T>
  const Function<T>& get() const {
    if constexpr (std::is_same_v<T, float>) {
      return both_->float32;
    } else {
      return both_->float64;
    }
  }

  const std::string& name() const { return both_->names[0]; }
  nb::object value() { return ufunc(0); }
  nb::object derivative() { return ufunc(1); }
  nb::object value_and_derivative() { return ufunc(2); }

  /// What is asked for at a small contiguous array: a call of the ufunc without its cost, which is
  /// that of hundreds of elements. None if z is anything else.
  template <Asked asked>
  nb::object quick(nb::handle z) const {
    return quickly(asked, z);
  }

 private:
  nb::object ufunc(std::size_t which);
  nb::object quickly(Asked asked, nb::handle given) const;

  std::shared_ptr<BothTypes> both_;
  std::array<nb::object, 3> ufuncs_;  // made when first asked for
};

}  // namespace ogive::python
