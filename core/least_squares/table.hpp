// The rows of a least-squares problem: features, targets and weights, in any order in memory.
#pragma once

#include <cstddef>

namespace ogive {

template <class T>
struct Columns {
  const T* data = nullptr;
  std::size_t columns = 0;
  std::ptrdiff_t row_step = 0;
  std::ptrdiff_t column_step = 0;
};

template <class T>
struct Table {
  std::size_t rows = 0;
  Columns<T> x;
  Columns<double> y;
  const double* weight = nullptr;  // nullptr: all 1
};

template <class T>
void load_columns(const Columns<T>& from, std::size_t first, std::size_t n, double* out,
                  std::size_t stride) {
  constexpr std::size_t group = 8;  // of rows: one cache line of the result
  if (from.row_step == 1) {
    for (std::size_t j = 0; j < from.columns; ++j) {
      const T* column = from.data + static_cast<std::ptrdiff_t>(j) * from.column_step + first;
      for (std::size_t i = 0; i < n; ++i) out[j * stride + i] = static_cast<double>(column[i]);
    }
    return;
  }
  const T* start = from.data + static_cast<std::ptrdiff_t>(first) * from.row_step;
  std::size_t i = 0;
  for (; i + group <= n; i += group)
    for (std::size_t j = 0; j < from.columns; ++j) {
      const T* cell = start + static_cast<std::ptrdiff_t>(i) * from.row_step +
                      static_cast<std::ptrdiff_t>(j) * from.column_step;
      for (std::size_t r = 0; r < group; ++r)
        out[j * stride + i + r] =
            static_cast<double>(cell[static_cast<std::ptrdiff_t>(r) * from.row_step]);
    }
  for (; i < n; ++i)
    for (std::size_t j = 0; j < from.columns; ++j)
      out[j * stride + i] =
          static_cast<double>(start[static_cast<std::ptrdiff_t>(i) * from.row_step +
                                    static_cast<std::ptrdiff_t>(j) * from.column_step]);
}

/// Rows first … first+n-1 as columns of doubles, `stride` apart.
template <class T>
void load_block(const Table<T>& table, std::size_t first, std::size_t n, double* out,
                std::size_t stride) {
  load_columns(table.x, first, n, out, stride);
  load_columns(table.y, first, n, out + table.x.columns * stride, stride);
}

template <class T>
void load_weights(const Table<T>& table, std::size_t first, std::size_t n, double* out) {
  for (std::size_t i = 0; i < n; ++i) out[i] = table.weight[first + i];
}

}  // namespace ogive
