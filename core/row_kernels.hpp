// The interface of activations that act on a whole row of units: vector functions and gates.
#pragma once

#include <cstddef>
#include <string_view>

namespace ogive {

/// `forward` maps one row of n numbers z to the outputs a: n of them, or n / 2 where `halves`. In
/// `saved`, if not null, it leaves n numbers from which `backward` replaces an error dLoss/da, in
/// the first places of a row of n, by dLoss/dz. a may be z itself unless `halves`.
template <class T>
struct RowKernel {
  std::string_view name;
  bool halves;
  void (*forward)(const T* z, T* a, T* saved, std::size_t n);
  void (*backward)(const T* saved, T* error, std::size_t n);

  std::size_t outputs(std::size_t n) const { return halves ? n / 2 : n; }
};

/// The kernel of that name, or nullptr.
template <class T>
const RowKernel<T>* find_row_kernel(std::string_view name);

}  // namespace ogive
