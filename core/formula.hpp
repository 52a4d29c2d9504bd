// Runs a compiled formula over arrays, block by block.
//
// A Program is straight-line code whose instructions each treat one block of numbers, small enough
// that all blocks of a run stay in the first-level cache. It comes with three lists of
// instructions, for the value, the derivative and both; src/ogive/activations/formula/ writes them,
// in forward mode, with the derivatives of the catalogue's own kernels. Constants occupy blocks as
// well, so that every operand is an array.
#pragma once

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

#include "elementary.hpp"
#include "kernels.hpp"
#include "memory.hpp"
#include "platform.hpp"

namespace ogive {

enum class Operation : std::uint8_t {
  add,
  subtract,
  multiply,
  divide,
  multiply_add,       // a b + c
  multiply_subtract,  // c - a b
  negate,
  root,
  magnitude,
  sign,  // 0 at 0
  greater,
  lesser,
  power,        // a to the b, b any number
  whole_power,  // a to the n
  chain,        // outer slope times inner slope, 0 where the outer one is 0
  less,         // conditions are 1 or 0
  less_equal,
  equal,
  both,
  either,
  negation,
  where_less,  // a < b ? c : d
  where_less_equal,
  where_equal,
  copy,
  kernel_value,
  kernel_derivative,
  kernel_value_and_derivative,
};

inline constexpr std::string_view operation_names[] = {
    "add",
    "subtract",
    "multiply",
    "divide",
    "multiply_add",
    "multiply_subtract",
    "negate",
    "root",
    "magnitude",
    "sign",
    "greater",
    "lesser",
    "power",
    "whole_power",
    "chain",
    "less",
    "less_equal",
    "equal",
    "both",
    "either",
    "negation",
    "where_less",
    "where_less_equal",
    "where_equal",
    "copy",
    "kernel_value",
    "kernel_derivative",
    "kernel_value_and_derivative",
};

/// Numbers of registers: 0 is z, 1 and 2 are the outputs, then the constants, then scratch.
template <class T>
struct Instruction {
  Operation operation = Operation::copy;
  bool keeps_nan = false;     // NaN where z is NaN, whatever the operands
  std::uint8_t constant = 0;  // a bit for each operand, set if it is a constant
  std::array<std::uint16_t, 4> in{};
  std::array<std::uint16_t, 2> out{};
  int n = 0;
  const Kernel<T>* kernel = nullptr;
  std::array<T, max_parameters> context{};
};

template <class T>
struct Program {
  static constexpr std::size_t block = 2048 / sizeof(T);
  static constexpr std::size_t first_constant = 3;

  std::vector<Instruction<T>> value, derivative, both;
  std::size_t constants = 0, scratch = 0;  // registers of each kind
  Buffer<T> constant_blocks;

  void set_constants(const std::vector<T>& numbers) {
    constants = numbers.size();
    constant_blocks.resize(constants * block);
    for (std::size_t i = 0; i < constants; ++i)
      std::fill_n(constant_blocks.begin() + static_cast<std::ptrdiff_t>(i * block), block,
                  numbers[i]);
  }

  std::size_t registers() const { return first_constant + constants + scratch; }
};

/// a to the n-th for n > 0, in double, by squaring: at most n / 2 roundings of it.
template <class T>
void whole_power(const T* a, T* out, std::size_t n, int exponent) {
  std::array<double, Program<T>::block> result, square;
#pragma omp simd
  for (std::size_t k = 0; k < n; ++k) {
    square[k] = a[k];
    result[k] = exponent & 1 ? square[k] : 1.0;
  }
  for (int left = exponent >> 1; left > 0; left >>= 1) {
#pragma omp simd
    for (std::size_t k = 0; k < n; ++k) square[k] *= square[k];
    if (left & 1) {
#pragma omp simd
      for (std::size_t k = 0; k < n; ++k) result[k] *= square[k];
    }
  }
#pragma omp simd
  for (std::size_t k = 0; k < n; ++k) out[k] = static_cast<T>(result[k]);
}

template <class T>
class ProgramRun {
 public:
  ProgramRun(const Program<T>& program, const std::vector<Instruction<T>>& list, T* a, T* d)
      : program_(program), list_(list), a_(a), d_(d) {
    // Storage outlives the call: a network calls this for every batch.
    static OGIVE_THREAD_LOCAL Buffer<T> storage;
    static OGIVE_THREAD_LOCAL std::vector<T*> pointers;
    storage.resize(std::max(storage.size(), (program.scratch + 1) * Program<T>::block));
    pointers.resize(std::max(pointers.size(), program.registers()));
    copy_of_z_ = storage.data();
    at_ = pointers.data();
    T** next = at_ + Program<T>::first_constant;
    for (std::size_t i = 0; i < program.constants; ++i)
      *next++ = const_cast<T*>(program.constant_blocks.data()) + i * Program<T>::block;
    for (std::size_t i = 0; i < program.scratch; ++i)
      *next++ = storage.data() + (i + 1) * Program<T>::block;
  }

  void over(const T* z, std::size_t n) {
    const bool in_place = z == a_ || z == d_;
    for (std::size_t from = 0; from < n; from += Program<T>::block) {
      const std::size_t count = std::min(Program<T>::block, n - from);
      if (in_place) {
        std::copy_n(z + from, count, copy_of_z_);
        at_[0] = copy_of_z_;
      } else {
        at_[0] = const_cast<T*>(z) + from;
      }
      at_[1] = a_ ? a_ + from : nullptr;
      at_[2] = d_ ? d_ + from : nullptr;
      for (const Instruction<T>& instruction : list_) step(instruction, count);
    }
  }

 private:
  // `constant` has bit 0 set if operand a is a constant, and so on: it is then read but once.
  template <unsigned constant, bool keeps_nan, class Element>
  static void loop(const Instruction<T>& i, T* const* at, std::size_t n, const Element& element) {
    const T *z = at[0], *a = at[i.in[0]], *b = at[i.in[1]], *c = at[i.in[2]], *d = at[i.in[3]];
    const T a0 = *a, b0 = *b, c0 = *c, d0 = *d;
    T* out = at[i.out[0]];
#pragma omp simd
    for (std::size_t k = 0; k < n; ++k) {
      const T result = element(constant & 1 ? a0 : a[k], constant & 2 ? b0 : b[k],
                               constant & 4 ? c0 : c[k], constant & 8 ? d0 : d[k]);
      out[k] = keeps_nan ? or_nan(z[k], result) : result;
    }
  }

  template <unsigned constant, class Element>
  static void loop(const Instruction<T>& i, T* const* at, std::size_t n, const Element& element) {
#if OGIVE_COMPACT_LOOPS
    loop<constant, false>(i, at, n, element);
    if (i.keeps_nan) keep_nan(at[0], at[i.out[0]], n);
#else
    if (i.keeps_nan) {
      loop<constant, true>(i, at, n, element);
    } else {
      loop<constant, false>(i, at, n, element);
    }
#endif
  }

  static void keep_nan(const T* z, T* out, std::size_t n) {
    for (std::size_t k = 0; k < n; ++k) out[k] = or_nan(z[k], out[k]);
  }

  // The cases in `special` have loops of their own; elsewhere constants are read from their blocks.
  template <unsigned... special, class Element>
  static void each(const Instruction<T>& i, T* const* at, std::size_t n, const Element& element) {
#if OGIVE_COMPACT_LOOPS
    loop<0>(i, at, n, element);
#else
    const bool done = ((i.constant == special && (loop<special>(i, at, n, element), true)) || ...);
    if (!done) loop<0>(i, at, n, element);
#endif
  }

  void step(const Instruction<T>& i, std::size_t n) const;

  const Program<T>& program_;
  const std::vector<Instruction<T>>& list_;
  T *a_, *d_;
  T* copy_of_z_;
  T** at_;
};

// The element-wise instructions: what they make of their operands a, b, c, d, and for which
// constant operands they have loops of their own.
#define OGIVE_CASE(name, expression, ...)                                   \
  case Operation::name:                                                     \
    each<__VA_ARGS__>(i, at_, n, [](T a, T b, T c, T d) OGIVE_LAMBDA -> T { \
      (void)a, (void)b, (void)c, (void)d;                                   \
      return expression;                                                    \
    });                                                                     \
    return
#define OGIVE_EITHER 1, 2
#define OGIVE_CHOICES 1, 2, 5, 6, 9, 10, 13, 14

template <class T>
void ProgramRun<T>::step(const Instruction<T>& i, std::size_t n) const {
  const T* operand = at_[i.in[0]];
  const void* context = i.context.data();
  switch (i.operation) {
    OGIVE_CASE(add, a + b, OGIVE_EITHER);
    OGIVE_CASE(subtract, a - b, OGIVE_EITHER);
    OGIVE_CASE(multiply, a * b, OGIVE_EITHER);
    OGIVE_CASE(divide, a / b, OGIVE_EITHER);
    OGIVE_CASE(multiply_add, a * b + c, 0);
    OGIVE_CASE(multiply_subtract, c - a * b, 0);
    OGIVE_CASE(negate, -a, 0);
    OGIVE_CASE(root, std::sqrt(a), 0);
    OGIVE_CASE(magnitude, absolute(a), 0);
    OGIVE_CASE(sign, or_nan(a, select(a > 0, T(1), select(a < 0, T(-1), T(0)))), 0);
    OGIVE_CASE(greater, or_nan(a, select(a > b, a, b)), OGIVE_EITHER);
    OGIVE_CASE(lesser, or_nan(a, select(a < b, a, b)), OGIVE_EITHER);
    OGIVE_CASE(power, std::pow(a, b), 0);
    OGIVE_CASE(chain, select(a == 0, T(0), a * b), 0);
    OGIVE_CASE(less, select(a < b, T(1), T(0)), OGIVE_EITHER);
    OGIVE_CASE(less_equal, select(a <= b, T(1), T(0)), OGIVE_EITHER);
    OGIVE_CASE(equal, select(a == b, T(1), T(0)), OGIVE_EITHER);
    OGIVE_CASE(both, a * b, 0);
    OGIVE_CASE(either, select(a > b, a, b), 0);
    OGIVE_CASE(negation, T(1) - a, 0);
    OGIVE_CASE(where_less, select(a < b, c, d), OGIVE_CHOICES);
    OGIVE_CASE(where_less_equal, select(a <= b, c, d), OGIVE_CHOICES);
    OGIVE_CASE(where_equal, select(a == b, c, d), OGIVE_CHOICES);
    OGIVE_CASE(copy, a, 0);
    case Operation::whole_power:
      whole_power(operand, at_[i.out[0]], n, i.n);
      return;
    case Operation::kernel_value:
      i.kernel->value(operand, at_[i.out[0]], n, context);
      return;
    case Operation::kernel_derivative:
      i.kernel->derivative(operand, at_[i.out[0]], n, context);
      return;
    case Operation::kernel_value_and_derivative:
      i.kernel->value_and_derivative(operand, at_[i.out[0]], at_[i.out[1]], n, context);
      return;
  }
}
#undef OGIVE_CASE
#undef OGIVE_EITHER
#undef OGIVE_CHOICES

/// The kernel of every program; its context is the Program<T>.
template <class T>
struct ProgramLoops {
  static const Program<T>& program(const void* context) {
    return *static_cast<const Program<T>*>(context);
  }
  static void value(const T* z, T* a, std::size_t n, const void* context) {
    const Program<T>& p = program(context);
    ProgramRun<T>(p, p.value, a, nullptr).over(z, n);
  }
  static void derivative(const T* z, T* d, std::size_t n, const void* context) {
    const Program<T>& p = program(context);
    ProgramRun<T>(p, p.derivative, nullptr, d).over(z, n);
  }
  static void value_and_derivative(const T* z, T* a, T* d, std::size_t n, const void* context) {
    const Program<T>& p = program(context);
    ProgramRun<T>(p, p.both, a, d).over(z, n);
  }
};

template <class T>
inline constexpr Kernel<T> program_kernel{ProgramLoops<T>::value, ProgramLoops<T>::derivative,
                                          ProgramLoops<T>::value_and_derivative};

}  // namespace ogive
