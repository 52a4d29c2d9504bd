// The inner loops of the ufuncs: kernels over memory of any stride, on several threads if large.
#pragma once

#include <algorithm>
#include <array>
#include <cfenv>
#include <cstddef>
#include <cstdint>

#include "kernels.hpp"
#include "standing_team.hpp"

namespace ogive {

enum class Asked { value, derivative, both };

constexpr std::size_t loop_block = std::size_t{1} << 14;  // stays in the second-level cache

/// Puts the floating-point status back: what a kernel raises on its way (an underflow in a term
/// that vanishes, say) is none of the caller's business.
class KeptStatus {
 public:
  KeptStatus(const KeptStatus&) = delete;
  KeptStatus& operator=(const KeptStatus&) = delete;

#if defined(__SSE__)  // one instruction, where <cfenv> takes longer than 50 elements
  KeptStatus() : before_(__builtin_ia32_stmxcsr()) {}
  ~KeptStatus() { __builtin_ia32_ldmxcsr(before_); }

 private:
  unsigned before_;
#else
  KeptStatus() : before_(std::fetestexcept(FE_ALL_EXCEPT)) {}
  ~KeptStatus() { std::feclearexcept(FE_ALL_EXCEPT & ~before_); }

 private:
  int before_;
#endif
};

template <class T, Asked asked>
void run(const Function<T>& function, const T* z, T* first, T* second, std::size_t n) {
  if constexpr (asked == Asked::value) {
    function.value(z, first, n);
  } else if constexpr (asked == Asked::derivative) {
    function.derivative(z, first, n);
  } else {
    function.value_and_derivative(z, first, second, n);
  }
}

/// Contiguous arrays; an output may be z itself but must not overlap it otherwise.
template <class T, Asked asked>
void run_in_blocks(const Function<T>& function, const T* z, T* first, T* second, std::size_t n) {
  share_out(n, 1, [=, &function](std::size_t begin, std::size_t count) {
    run<T, asked>(function, z + begin, first + begin, second ? second + begin : nullptr, count);
  });
}

/// Memory of any stride, which may overlap as long as no output lies before a z still to be read.
template <class T, Asked asked>
void run_strided(const Function<T>& function, char* const* args, const std::ptrdiff_t* steps,
                 std::size_t n) {
  constexpr std::size_t piece = 512;
  std::array<T, piece> z, first, second;
  const auto element = [&](int argument, std::size_t i) {
    return reinterpret_cast<T*>(args[argument] + static_cast<std::ptrdiff_t>(i) * steps[argument]);
  };
  for (std::size_t begin = 0; begin < n; begin += piece) {
    const std::size_t count = std::min(piece, n - begin);
    for (std::size_t i = 0; i < count; ++i) z[i] = *element(0, begin + i);
    run<T, asked>(function, z.data(), first.data(), second.data(), count);
    for (std::size_t i = 0; i < count; ++i) *element(1, begin + i) = first[i];
    if constexpr (asked == Asked::both)
      for (std::size_t i = 0; i < count; ++i) *element(2, begin + i) = second[i];
  }
}

/// True if the n elements at a and at b are the same or have no byte in common.
inline bool same_or_apart(const char* a, const char* b, std::size_t bytes) {
  const auto x = reinterpret_cast<std::uintptr_t>(a), y = reinterpret_cast<std::uintptr_t>(b);
  return x == y || x + bytes <= y || y + bytes <= x;
}

/// As NumPy calls it; `data` is the Function<T>.
template <class T, Asked asked>
void ufunc_loop(char** args, const std::ptrdiff_t* dimensions, const std::ptrdiff_t* steps,
                void* data) {
  const KeptStatus status;
  const auto& function = *static_cast<const Function<T>*>(data);
  const auto n = static_cast<std::size_t>(dimensions[0]);
  constexpr int outputs = asked == Asked::both ? 2 : 1;
  constexpr auto step = static_cast<std::ptrdiff_t>(sizeof(T));
  bool plain = steps[0] == step;
  for (int out = 1; out <= outputs; ++out)
    plain = plain && steps[out] == step && same_or_apart(args[0], args[out], n * sizeof(T));
  if (plain) {
    run_in_blocks<T, asked>(function, reinterpret_cast<const T*>(args[0]),
                            reinterpret_cast<T*>(args[1]),
                            outputs == 2 ? reinterpret_cast<T*>(args[2]) : nullptr, n);
  } else {
    run_strided<T, asked>(function, args, steps, n);
  }
}

}  // namespace ogive
