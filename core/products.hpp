// Matrix products. The core has one of its own, blocked in registers and cache, and takes another
// (BLAS) handed in for shapes where that is faster. Matrices are row-major.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstring>

#include "platform.hpp"

namespace ogive {

// Every row that is written is padded to whole multiples of one 64-byte cache line, so that no
// kernel has a remainder in its columns and layouts do not depend on the instruction set.
template <class T>
inline constexpr std::size_t line = 64 / sizeof(T);

template <class T>
constexpr std::size_t padded(std::size_t n) {
  return (n + line<T> - 1) / line<T> * line<T>;
}

namespace detail {

#if defined(__AVX512F__)
inline constexpr std::size_t vector_bytes = 64, tile_rows = 8, tile_vectors = 3;
#elif defined(__AVX__)
inline constexpr std::size_t vector_bytes = 32, tile_rows = 4, tile_vectors = 3;
#else
inline constexpr std::size_t vector_bytes = 16, tile_rows = 4, tile_vectors = 3;
#endif

template <class T>
struct Vector {
  typedef T type __attribute__((vector_size(vector_bytes), aligned(alignof(T)), may_alias));
};

template <class T>
inline constexpr std::size_t lanes = vector_bytes / sizeof(T);

// One tile of C held in registers: R rows by V vectors, summed over k = 0..depth-1 in order.
template <class T, std::size_t R, std::size_t V>
inline void tile(std::size_t depth, const T* a, std::size_t a_row, std::size_t a_step, const T* b,
                 std::size_t b_row, T* c, std::size_t c_row, const T* start,
                 std::size_t start_row) {
  using Vec = typename Vector<T>::type;
  Vec sum[R][V];
  for (std::size_t i = 0; i < R; ++i)
    for (std::size_t j = 0; j < V; ++j)
      sum[i][j] =
          start ? *reinterpret_cast<const Vec*>(start + i * start_row + j * lanes<T>) : Vec{};
  for (std::size_t k = 0; k < depth; ++k) {
    Vec right[V];
    for (std::size_t j = 0; j < V; ++j)
      right[j] = *reinterpret_cast<const Vec*>(b + k * b_row + j * lanes<T>);
    for (std::size_t i = 0; i < R; ++i) {
      const T left = a[i * a_row + k * a_step];
      for (std::size_t j = 0; j < V; ++j) sum[i][j] += left * right[j];
    }
  }
  for (std::size_t i = 0; i < R; ++i)
    for (std::size_t j = 0; j < V; ++j)
      *reinterpret_cast<Vec*>(c + i * c_row + j * lanes<T>) = sum[i][j];
}

template <class T, std::size_t V>
inline void column_panel(std::size_t rows, std::size_t depth, const T* a, std::size_t a_row,
                         std::size_t a_step, const T* b, std::size_t b_row, T* c, std::size_t c_row,
                         const T* start, std::size_t start_row) {
  std::size_t i = 0;
  const auto from = [&](std::size_t r) { return start ? start + r * start_row : nullptr; };
  for (; i + tile_rows <= rows; i += tile_rows)
    tile<T, tile_rows, V>(depth, a + i * a_row, a_row, a_step, b, b_row, c + i * c_row, c_row,
                          from(i), start_row);
  if constexpr (tile_rows > 4)
    for (; i + 4 <= rows; i += 4)
      tile<T, 4, V>(depth, a + i * a_row, a_row, a_step, b, b_row, c + i * c_row, c_row, from(i),
                    start_row);
  for (; i < rows; ++i)
    tile<T, 1, V>(depth, a + i * a_row, a_row, a_step, b, b_row, c + i * c_row, c_row, from(i),
                  start_row);
}

}  // namespace detail

// A product handed in from outside, in BLAS's own terms (column-major, Fortran calling convention).
template <class T>
using BlasProduct = void (*)(const char* trans_a, const char* trans_b, const int* m, const int* n,
                             const int* k, const T* alpha, const T* a, const int* lda, const T* b,
                             const int* ldb, const T* beta, T* c, const int* ldc);

// nullptr where there is none. Its threads must be limited to one: parallelism is the team's.
template <class T>
inline OGIVE_BLAS BlasProduct<T> handed_in = nullptr;

// The right-hand matrices (in entries) from which BLAS, which repacks them, was measured to be the
// faster; below, its overhead costs more than it gains.
#if defined(__AVX512F__)
inline constexpr std::size_t handed_in_from = std::size_t{1} << 21;
#else
inline constexpr std::size_t handed_in_from = std::size_t{1} << 19;
#endif

constexpr bool suits_blas(std::size_t columns, std::size_t depth) {
  return columns * depth >= handed_in_from;
}

template <class T>
void multiply_by_blas(std::size_t rows, std::size_t columns, std::size_t depth, const T* a,
                      std::size_t a_row, std::size_t a_step, const T* b, std::size_t b_row, T* c,
                      std::size_t c_row, const T* start, std::size_t start_row) {
  if (start && start != c)
    for (std::size_t i = 0; i < rows; ++i)
      std::memcpy(c + i * c_row, start + i * start_row, columns * sizeof(T));
  // Row-major C = A·B is column-major Cᵀ = Bᵀ·Aᵀ.
  const int m = static_cast<int>(columns), n = static_cast<int>(rows), k = static_cast<int>(depth);
  const int lda = static_cast<int>(b_row), ldc = static_cast<int>(c_row);
  const int ldb = static_cast<int>(a_step == 1 ? a_row : a_step);
  const T one = 1, keep = start ? 1 : 0;
  handed_in<T>("N", a_step == 1 ? "N" : "T", &m, &n, &k, &one, b, &lda, a, &ldb, &keep, c, &ldc);
}

// C = start + A·B with C of rows × columns. Element (i, k) of A is a[i·a_row + k·a_step], so A may
// be read transposed. `columns`, b_row and c_row are multiples of line<T>; `start` is nullptr
// (zero), one row used for all (start_row = 0: a bias) or a matrix (C itself: accumulate).
// Summation runs over k in blocks of 256 in ascending order: the result of a row does not depend
// on how many rows are computed at once.
template <class T>
void multiply(std::size_t rows, std::size_t columns, std::size_t depth, const T* a,
              std::size_t a_row, std::size_t a_step, const T* b, std::size_t b_row, T* c,
              std::size_t c_row, const T* start, std::size_t start_row) {
  if (handed_in<T> && suits_blas(columns, depth) && rows >= 16 && (a_step == 1 || a_row == 1)) {
    multiply_by_blas(rows, columns, depth, a, a_row, a_step, b, b_row, c, c_row, start, start_row);
    return;
  }
  constexpr std::size_t depth_block = 256;
  std::size_t k = 0;
  do {
    const std::size_t part = std::min(depth_block, depth - k);
    const T* from = k == 0 ? start : c;
    const std::size_t from_row = k == 0 ? start_row : c_row;
    std::size_t left = columns / detail::lanes<T>;
    for (std::size_t j = 0; left > 0;) {
      // 4 = 2 + 2 rather than 3 + 1: a panel one vector wide wastes half the multipliers.
      const std::size_t wide = left == 4 ? 2 : std::min(left, detail::tile_vectors);
      const T* panel_start = from ? from + j : nullptr;
      const T* ak = a + k * a_step;
      const T* bk = b + k * b_row + j;
      if (wide == 3)
        detail::column_panel<T, 3>(rows, part, ak, a_row, a_step, bk, b_row, c + j, c_row,
                                   panel_start, from_row);
      else if (wide == 2)
        detail::column_panel<T, 2>(rows, part, ak, a_row, a_step, bk, b_row, c + j, c_row,
                                   panel_start, from_row);
      else
        detail::column_panel<T, 1>(rows, part, ak, a_row, a_step, bk, b_row, c + j, c_row,
                                   panel_start, from_row);
      j += wide * detail::lanes<T>;
      left -= wide;
    }
    k += part;
  } while (k < depth);
}

// b (columns × rows, row length b_row) = transpose of a (rows × columns, row length a_row).
template <class T>
void transpose(std::size_t rows, std::size_t columns, const T* a, std::size_t a_row, T* b,
               std::size_t b_row) {
  constexpr std::size_t block = 16;
  for (std::size_t i = 0; i < rows; i += block)
    for (std::size_t j = 0; j < columns; j += block)
      for (std::size_t jj = j; jj < std::min(j + block, columns); ++jj)
        for (std::size_t ii = i; ii < std::min(i + block, rows); ++ii)
          b[jj * b_row + ii] = a[ii * a_row + jj];
}

}  // namespace ogive
