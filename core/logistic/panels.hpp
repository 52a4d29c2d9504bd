// Rows in panels of 16, column by column, so that every kernel runs over whole vectors of rows
// whatever the number of features. An intercept is a last column of ones.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "memory.hpp"
#include "parallel.hpp"
#include "products.hpp"

namespace ogive {

inline constexpr std::size_t panel_rows = 16;
inline constexpr std::size_t block_panels = 8;  // worked at together: they fit into a fast cache
inline constexpr std::size_t block_rows = panel_rows * block_panels;

inline constexpr std::size_t task_rows = 32 * block_rows;  // summed up by one thread

constexpr std::size_t tasks_for(std::size_t rows) { return (rows + task_rows - 1) / task_rows; }
constexpr std::size_t panels_for(std::size_t rows) { return (rows + panel_rows - 1) / panel_rows; }

/// A dense table, row by row.
template <class T>
struct DenseRows {
  const T* data = nullptr;
  std::size_t rows = 0;
  std::size_t features = 0;

  const T* row(std::size_t i) const { return data + i * features; }
};

/// Writes n <= 16 rows, less `center`, as one panel; rows beyond n are 0, ones included.
template <class T>
void load_panel(const DenseRows<T>& from, const std::int64_t* order, std::size_t first,
                std::size_t n, const double* center, bool intercept, double* out) {
  const T* row[panel_rows];
  for (std::size_t r = 0; r < panel_rows; ++r) {
    const std::size_t i = first + std::min(r, n - 1);
    row[r] = from.row(order ? static_cast<std::size_t>(order[i]) : i);
  }
  for (std::size_t j = 0; j < from.features; ++j) {
    const double by = center[j];
    for (std::size_t r = 0; r < panel_rows; ++r)
      out[j * panel_rows + r] = static_cast<double>(row[r][j]) - by;
  }
  double* ones = out + from.features * panel_rows;
  if (intercept) std::fill_n(ones, panel_rows, 1.0);
  if (n < panel_rows)
    for (std::size_t j = 0; j < from.features + (intercept ? 1 : 0); ++j)
      std::fill(out + j * panel_rows + n, out + (j + 1) * panel_rows, 0.0);
}

/// The mean of each feature; summed in fixed parts, whatever the number of threads.
template <class T>
std::vector<double> feature_means(const DenseRows<T>& from, Team& team) {
  const std::size_t parts = tasks_for(from.rows);
  std::vector<double> sums(parts * from.features, 0.0), mean(from.features, 0.0);
  team.run(parts, [&](std::size_t part) {
    double* sum = sums.data() + part * from.features;
    const std::size_t last = std::min(from.rows, (part + 1) * task_rows);
    for (std::size_t i = part * task_rows; i < last; ++i) {
      const T* row = from.row(i);
      for (std::size_t j = 0; j < from.features; ++j) sum[j] += static_cast<double>(row[j]);
    }
  });
  for (std::size_t part = 0; part < parts; ++part)
    for (std::size_t j = 0; j < from.features; ++j) mean[j] += sums[part * from.features + j];
  for (double& m : mean) m /= static_cast<double>(from.rows);
  return mean;
}

}  // namespace ogive
