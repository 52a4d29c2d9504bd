// NumPy arrays in and out of the core.
#pragma once

#include <nanobind/nanobind.h>
#include <nanobind/ndarray.h>
#include <nanobind/stl/string.h>
#include <nanobind/stl/vector.h>

#include <cstddef>
#include <cstdint>
#include <memory>
#include <vector>

namespace ogive::python {

namespace nb = nanobind;

template <class T, class... Shape>
using Input = nb::ndarray<const T, nb::c_contig, nb::device::cpu, Shape...>;
template <class T>
using Vector = Input<T, nb::ndim<1>>;
template <class T>
using Matrix = Input<T, nb::ndim<2>>;

// A new NumPy array that owns its memory, filled by fill(T*).
template <class T, class Fill>
nb::object new_array(std::vector<std::size_t> shape, const Fill& fill) {
  std::size_t size = 1;
  for (const std::size_t n : shape) size *= n;
  auto* memory = new T[size > 0 ? size : 1];
  nb::capsule owner(memory, [](void* p) noexcept { delete[] static_cast<T*>(p); });
  fill(memory);
  return nb::cast(nb::ndarray<nb::numpy, T>(memory, shape.size(), shape.data(), owner));
}

template <class T>
nb::object copied(const std::vector<T>& values) {
  return new_array<T>({values.size()},
                      [&](T* out) { std::copy(values.begin(), values.end(), out); });
}

inline std::vector<std::int64_t> rows_of(const Vector<std::int64_t>& rows, std::size_t n) {
  std::vector<std::int64_t> out(rows.data(), rows.data() + rows.size());
  for (const std::int64_t row : out)
    if (row < 0 || static_cast<std::size_t>(row) >= n)
      throw nb::index_error(
          ("row " + std::to_string(row) + " is out of range for " + std::to_string(n) + " rows")
              .c_str());
  return out;
}

}  // namespace ogive::python
