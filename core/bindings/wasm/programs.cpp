// Formulas that the server compiled.
#include <memory>
#include <span>

#include "bindings/wasm/abi.hpp"
#include "bindings/wasm/functions.hpp"
#include "formula_program.hpp"

using namespace ogive;
using namespace ogive::page;

namespace {

struct Reading {
  std::shared_ptr<Program<double>> program = std::make_shared<Program<double>>();
  ProgramReader<double> reader{*program};
  const char* complaint = nullptr;
  int open = -1;

  void note(const char* found) {
    if (!complaint) complaint = found;
  }
};

}  // namespace

OGIVE_EXPORT(program_begin)
Reading* program_begin(const double* constants, std::size_t n, std::size_t scratch) {
  auto* reading = new Reading;
  reading->note(reading->reader.begin({constants, n}, scratch));
  return reading;
}

/// 0: value, 1: derivative, 2: both; in this order.
OGIVE_EXPORT(program_list) void program_list(Reading* reading, int list) {
  if (reading->complaint) return;
  if (reading->open >= 0)
    reading->note(reading->reader.close(reading->open != 1, reading->open != 0));
  reading->open = list;
  Program<double>& p = *reading->program;
  reading->reader.open(list == 0 ? p.value : list == 1 ? p.derivative : p.both);
}

OGIVE_EXPORT(program_line)
void program_line(Reading* reading, const char* operation, std::size_t operation_length,
                  const std::size_t* in, std::size_t n_in, const std::size_t* out,
                  std::size_t n_out, bool keeps_nan, const char* kernel, std::size_t kernel_length,
                  const double* numbers, std::size_t n_numbers) {
  if (reading->complaint) return;
  reading->note(reading->reader.add({text(operation, operation_length),
                                     {in, n_in},
                                     {out, n_out},
                                     keeps_nan,
                                     text(kernel, kernel_length),
                                     {numbers, n_numbers}}));
}

/// Null where the program was refused; either way the reading is over.
OGIVE_EXPORT(program_end) PageFunction* program_end(Reading* reading) {
  const std::unique_ptr<Reading> own(reading);
  if (!own->complaint)
    own->note(own->open == 2 ? own->reader.close(true, true) : "lists are missing");
  if (own->complaint) return nullptr;
  auto* made = new PageFunction;
  made->hidden.function = {&program_kernel<double>, own->program};
  return made;
}
