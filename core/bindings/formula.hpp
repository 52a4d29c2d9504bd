// A compiled formula as Python holds it, in both types.
#pragma once

#include <cstddef>
#include <memory>
#include <string>
#include <tuple>
#include <vector>

#include "../formula.hpp"  // not this file

namespace ogive::python {

/// What Python gives for one instruction: the operation, the operands, the registers it writes to,
/// whether NaN is kept, the name of the kernel, and its parameters (or the whole exponent).
using Line = std::tuple<std::string, std::vector<std::size_t>, std::vector<std::size_t>, bool,
                        std::string, std::vector<double>>;

class PythonProgram {
 public:
  /// Throws nanobind's exceptions where a line names what does not exist.
  PythonProgram(const std::vector<double>& constants, std::size_t scratch,
                const std::vector<Line>& value, const std::vector<Line>& derivative,
                const std::vector<Line>& both);

  template <class T>
  Function<T> function() const {
    if constexpr (sizeof(T) == sizeof(float)) {
      return {&program_kernel<float>, float32_};
    } else {
      return {&program_kernel<double>, float64_};
    }
  }

 private:
  std::shared_ptr<const Program<float>> float32_;
  std::shared_ptr<const Program<double>> float64_;
};

}  // namespace ogive::python
