// Reads the lines of a compiled formula, as src/ogive/activations/formula/compile.py writes them,
// into a Program, and refuses what would read or write where nothing is.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <iterator>
#include <span>
#include <string_view>
#include <vector>

#include "activations/catalogue.hpp"
#include "formula.hpp"

namespace ogive {

struct ProgramLine {
  std::string_view operation;
  std::span<const std::size_t> in, out;  // registers read and written
  bool keeps_nan = false;
  std::string_view kernel;
  std::span<const double> numbers;  // the kernel's parameters, or the whole exponent
};

inline std::size_t operands(Operation operation) {
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

/// Fills a Program. What fails returns the reason; nullptr means that all is well.
template <class T>
class ProgramReader {
 public:
  using Complaint = const char*;

  explicit ProgramReader(Program<T>& program) : program_(program) {}

  Complaint begin(std::span<const double> constants, std::size_t scratch) {
    program_.scratch = scratch;
    if (scratch > 4096 || Program<T>::first_constant + constants.size() + scratch > 8192)
      return "too many registers";
    std::vector<T> numbers(constants.size());
    std::transform(constants.begin(), constants.end(), numbers.begin(),
                   [](double number) { return static_cast<T>(number); });
    program_.set_constants(numbers);
    return nullptr;
  }

  /// Begins `list`, one of the program's three.
  void open(std::vector<Instruction<T>>& list) {
    list_ = &list;
    written_.assign(program_.registers(), false);
  }

  Complaint add(const ProgramLine& line) {
    Instruction<T> made;
    const auto* found =
        std::find(std::begin(operation_names), std::end(operation_names), line.operation);
    if (found == std::end(operation_names)) return "unknown operation";
    made.operation = static_cast<Operation>(found - std::begin(operation_names));
    made.keeps_nan = line.keeps_nan;
    const bool two = made.operation == Operation::kernel_value_and_derivative;
    if (line.in.size() != operands(made.operation) || line.out.size() != (two ? 2u : 1u))
      return "wrong number of registers";
    for (std::size_t i = 0; i < line.in.size(); ++i) {
      if (!readable(line.in[i])) return "unset register";
      made.in[i] = static_cast<std::uint16_t>(line.in[i]);
      made.constant |= static_cast<std::uint8_t>(is_constant(line.in[i]) << i);
    }
    for (std::size_t i = 0; i < line.out.size(); ++i) {
      const std::size_t which = line.out[i];
      if (which >= written_.size() || which == 0 || is_constant(which))
        return "register cannot be written";
      written_[which] = true;
      made.out[i] = static_cast<std::uint16_t>(which);
    }
    if (two && line.out[0] == line.out[1]) return "two results for one register";
    if (line.numbers.size() > max_parameters) return "too many parameters";
    std::transform(line.numbers.begin(), line.numbers.end(), made.context.begin(),
                   [](double number) { return static_cast<T>(number); });
    if (made.operation == Operation::whole_power) {
      if (line.numbers.size() != 1 || !(line.numbers[0] >= 1 && line.numbers[0] <= 64))
        return "a whole power from 1 to 64 was expected";
      made.n = static_cast<int>(line.numbers[0]);
    }
    if (made.operation >= Operation::kernel_value) {
      made.kernel = find_kernel<T>(line.kernel);
      if (!made.kernel) return "no kernel has the name given";
    }
    list_->push_back(made);
    return nullptr;
  }

  /// Ends the list that is open, which writes the outputs it is for and no others.
  Complaint close(bool gives_value, bool gives_derivative) const {
    if (written_[1] != gives_value || written_[2] != gives_derivative)
      return "a list writes its own outputs and no others";
    return nullptr;
  }

 private:
  bool is_constant(std::size_t which) const {
    return which >= Program<T>::first_constant &&
           which < Program<T>::first_constant + program_.constants;
  }
  // Nothing may be read but z, constants, and what was written before.
  bool readable(std::size_t which) const {
    return which == 0 || is_constant(which) || (which < written_.size() && written_[which]);
  }

  Program<T>& program_;
  std::vector<Instruction<T>>* list_ = nullptr;
  std::vector<bool> written_;
};

}  // namespace ogive
