// Products of panels: outputs from weights, and sums over rows of products of columns.
#pragma once

#include <cstddef>

#include "elementary.hpp"
#include "logistic/panels.hpp"

namespace ogive {

namespace detail {

using Lanes = typename Vector<double>::type;
inline constexpr std::size_t lane_count = lanes<double>;
inline constexpr std::size_t row_vectors = panel_rows / lane_count;
inline constexpr std::size_t chunk_vectors = row_vectors < 4 ? row_vectors : 4;

OGIVE_INLINE Lanes load(const double* from) { return *reinterpret_cast<const Lanes*>(from); }
OGIVE_INLINE void store(double* to, Lanes value) { *reinterpret_cast<Lanes*>(to) = value; }

OGIVE_INLINE double sum_of(Lanes v) {
  double sum = 0;
  for (std::size_t i = 0; i < lane_count; ++i) sum += v[i];
  return sum;
}

// K outputs of one chunk of rows. Two chains for each sum where one would wait for itself.
template <std::size_t K>
inline void outputs_tile(const double* x, std::size_t columns, const double* w, std::size_t w_row,
                         double* z) {
  constexpr std::size_t chains = K * chunk_vectors < 8 ? 2 : 1;
  Lanes sum[chains][K][chunk_vectors] = {};
  std::size_t j = 0;
  for (; j + chains <= columns; j += chains)
    for (std::size_t c = 0; c < chains; ++c)
      for (std::size_t v = 0; v < chunk_vectors; ++v) {
        const Lanes right = load(x + (j + c) * panel_rows + v * lane_count);
        for (std::size_t k = 0; k < K; ++k) sum[c][k][v] += w[k * w_row + j + c] * right;
      }
  for (; j < columns; ++j)
    for (std::size_t v = 0; v < chunk_vectors; ++v) {
      const Lanes right = load(x + j * panel_rows + v * lane_count);
      for (std::size_t k = 0; k < K; ++k) sum[0][k][v] += w[k * w_row + j] * right;
    }
  for (std::size_t k = 0; k < K; ++k)
    for (std::size_t v = 0; v < chunk_vectors; ++v) {
      Lanes all = sum[0][k][v];
      for (std::size_t c = 1; c < chains; ++c) all += sum[c][k][v];
      store(z + k * panel_rows + v * lane_count, all);
    }
}

// C(i, j) += Σ over rows of A_i B_j, for R columns of A and S of B.
template <std::size_t R, std::size_t S>
inline void sums_tile(const double* a, std::size_t a_panel, const double* b, std::size_t b_panel,
                      std::size_t panels, double* c, std::size_t c_row) {
  Lanes sum[R][S] = {};
  for (std::size_t q = 0; q < panels; ++q)
    for (std::size_t v = 0; v < row_vectors; ++v) {
      const double* aq = a + q * a_panel + v * lane_count;
      const double* bq = b + q * b_panel + v * lane_count;
      Lanes right[S];
      for (std::size_t j = 0; j < S; ++j) right[j] = load(bq + j * panel_rows);
      for (std::size_t i = 0; i < R; ++i) {
        const Lanes left = load(aq + i * panel_rows);
        for (std::size_t j = 0; j < S; ++j) sum[i][j] += left * right[j];
      }
    }
  for (std::size_t i = 0; i < R; ++i)
    for (std::size_t j = 0; j < S; ++j) c[i * c_row + j] += sum_of(sum[i][j]);
}

template <std::size_t R>
inline void sums_rows(const double* a, std::size_t a_panel, const double* b, std::size_t b_panel,
                      std::size_t panels, std::size_t b_columns, double* c, std::size_t c_row) {
  std::size_t j = 0;
  if constexpr (R == 1 && !OGIVE_COMPACT_LOOPS)
    for (; j + 8 <= b_columns; j += 8)
      sums_tile<R, 8>(a, a_panel, b + j * panel_rows, b_panel, panels, c + j, c_row);
  for (; j + 4 <= b_columns; j += 4)
    sums_tile<R, 4>(a, a_panel, b + j * panel_rows, b_panel, panels, c + j, c_row);
  for (; j < b_columns; ++j)
    sums_tile<R, 1>(a, a_panel, b + j * panel_rows, b_panel, panels, c + j, c_row);
}

}  // namespace detail

/// z[k][r] = Σ_j w[k][j] x[j][r] for one panel and `outputs` rows of weights.
inline void panel_outputs(const double* x, std::size_t columns, const double* w, std::size_t w_row,
                          std::size_t outputs, double* z) {
  for (std::size_t chunk = 0; chunk < detail::row_vectors; chunk += detail::chunk_vectors) {
    const double* xc = x + chunk * detail::lane_count;
    double* zc = z + chunk * detail::lane_count;
    std::size_t k = 0;
    for (; !OGIVE_COMPACT_LOOPS && k + 3 <= outputs; k += 3)
      detail::outputs_tile<3>(xc, columns, w + k * w_row, w_row, zc + k * panel_rows);
    for (; k < outputs; ++k)
      detail::outputs_tile<1>(xc, columns, w + k * w_row, w_row, zc + k * panel_rows);
  }
}

/// c[i][j] += Σ over the rows of `panels` panels of a[i] b[j].
inline void column_sums(const double* a, std::size_t a_columns, const double* b,
                        std::size_t b_columns, std::size_t panels, double* c, std::size_t c_row) {
  const std::size_t a_panel = a_columns * panel_rows, b_panel = b_columns * panel_rows;
  std::size_t i = 0;
  for (; !OGIVE_COMPACT_LOOPS && i + 3 <= a_columns; i += 3)
    detail::sums_rows<3>(a + i * panel_rows, a_panel, b, b_panel, panels, b_columns, c + i * c_row,
                         c_row);
  for (; i < a_columns; ++i)
    detail::sums_rows<1>(a + i * panel_rows, a_panel, b, b_panel, panels, b_columns, c + i * c_row,
                         c_row);
}

/// The same for a and b of equally many columns whose products are symmetric: j <= i only is
/// promised.
inline void lower_column_sums(const double* a, const double* b, std::size_t columns,
                              std::size_t panels, double* c) {
  const std::size_t panel = columns * panel_rows;
  std::size_t i = 0;
  for (; !OGIVE_COMPACT_LOOPS && i + 3 <= columns; i += 3)
    detail::sums_rows<3>(a + i * panel_rows, panel, b, panel, panels, i + 3, c + i * columns,
                         columns);
  for (; i < columns; ++i)
    detail::sums_rows<1>(a + i * panel_rows, panel, b, panel, panels, i + 1, c + i * columns,
                         columns);
}

}  // namespace ogive
