// The penalised mean loss of logistic or softmax regression over panels of rows, its gradient, and
// the Hessian's blocks on the diagonal.
#pragma once

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

#include "logistic/cholesky.hpp"
#include "logistic/links.hpp"
#include "logistic/panel_products.hpp"
#include "logistic/panels.hpp"

namespace ogive {

/// What a block of panels is read into.
struct BlockRows {
  const double* panels = nullptr;       // columns × 16 each
  std::size_t count = 0;                // of panels
  const double* side = nullptr;         // of each row: ±1, for one output
  const std::int32_t* label = nullptr;  // of each row, for several
  const double* weight = nullptr;       // of each row, 0 beyond the last
};

/// The columns of weights: those of the features, and the intercept's, the last.
struct Columns {
  std::size_t features = 0;
  bool intercept = true;

  std::size_t count() const { return features + (intercept ? 1 : 0); }
};

/// Sums over rows that evaluation makes; merged in a fixed order.
struct LossSums {
  double loss = 0;
  std::vector<double> gradient;  // outputs × columns
};

/// Adds a block to the sums. `work` is scratch, grown as needed.
inline void add_block(const BlockRows& block, std::size_t columns, std::size_t outputs,
                      const double* weights, LossSums& sums, Buffer<double>& work) {
  const std::size_t rows = block.count * panel_rows;
  work.resize(std::max(work.size(), 2 * outputs * rows));
  double *z = work.data(), *error = z + outputs * rows;
  for (std::size_t q = 0; q < block.count; ++q)
    panel_outputs(block.panels + q * columns * panel_rows, columns, weights, columns, outputs,
                  z + q * outputs * panel_rows);
  if (outputs == 1) {
    sums.loss += logistic_link(rows, z, block.side, block.weight, error);
  } else {
    error = z;
    for (std::size_t q = 0; q < block.count; ++q)
      sums.loss += softmax_link(outputs, z + q * outputs * panel_rows, block.label + q * panel_rows,
                                block.weight + q * panel_rows);
  }
  column_sums(error, outputs, block.panels, columns, block.count, sums.gradient.data(), columns);
}

/// Adds Σ curvature x xᵀ of a block to one matrix for each output.
inline void add_curvature(const BlockRows& block, std::size_t columns, std::size_t outputs,
                          const double* weights, double* matrices, Buffer<double>& work) {
  const std::size_t rows = block.count * panel_rows, panel = columns * panel_rows;
  work.resize(std::max(work.size(), (outputs + columns) * rows));
  double *z = work.data(), *scaled = z + outputs * rows;
  for (std::size_t q = 0; q < block.count; ++q)
    panel_outputs(block.panels + q * panel, columns, weights, columns, outputs,
                  z + q * outputs * panel_rows);
  if (outputs == 1)
    logistic_curvature(rows, z, block.weight, z);
  else
    for (std::size_t q = 0; q < block.count; ++q)
      softmax_curvature(outputs, z + q * outputs * panel_rows, block.weight + q * panel_rows);
  for (std::size_t k = 0; k < outputs; ++k) {
    for (std::size_t q = 0; q < block.count; ++q) {
      const double* d = z + (q * outputs + k) * panel_rows;
      for (std::size_t j = 0; j < columns; ++j)
        for (std::size_t r = 0; r < panel_rows; ++r)
          scaled[q * panel + j * panel_rows + r] =
              d[r] * block.panels[q * panel + j * panel_rows + r];
    }
    lower_column_sums(scaled, block.panels, columns, block.count, matrices + k * columns * columns);
  }
}

/// Adds Σ weight x xᵀ of a block.
inline void add_squares(const BlockRows& block, std::size_t columns, double* matrix,
                        Buffer<double>& work) {
  const std::size_t rows = block.count * panel_rows, panel = columns * panel_rows;
  work.resize(std::max(work.size(), columns * rows));
  for (std::size_t q = 0; q < block.count; ++q)
    for (std::size_t j = 0; j < columns; ++j)
      for (std::size_t r = 0; r < panel_rows; ++r)
        work[q * panel + j * panel_rows + r] =
            block.weight[q * panel_rows + r] * block.panels[q * panel + j * panel_rows + r];
  lower_column_sums(work.data(), block.panels, columns, block.count, matrix);
}

/// Adds the diagonal of the same alone.
inline void add_diagonal(const BlockRows& block, std::size_t columns, double* diagonal) {
  for (std::size_t q = 0; q < block.count; ++q)
    for (std::size_t j = 0; j < columns; ++j)
      for (std::size_t r = 0; r < panel_rows; ++r) {
        const double cell = block.panels[(q * columns + j) * panel_rows + r];
        diagonal[j] += block.weight[q * panel_rows + r] * cell * cell;
      }
}

/// The part of an objective that does not depend on where its rows come from.
class PenalisedLoss {
 public:
  /// `penalty` is 1/C; `center` has been subtracted from the features.
  PenalisedLoss(Columns columns, std::size_t outputs, double penalty, double total_weight,
                const double* center)
      : columns_(columns),
        outputs_(outputs),
        ridge_(penalty / total_weight),
        total_(total_weight),
        center_(center) {}

  std::size_t outputs() const { return outputs_; }
  const Columns& columns() const { return columns_; }
  double total_weight() const { return total_; }

  /// Turns sums over rows into the value and the gradient at x.
  double finish(const LossSums& sums, const std::vector<double>& x,
                std::vector<double>& gradient) const {
    const std::size_t n = columns_.count();
    double square = 0;
    for (std::size_t k = 0; k < outputs_; ++k)
      for (std::size_t j = 0; j < n; ++j) {
        const std::size_t i = k * n + j;
        const double penalised = j < columns_.features ? ridge_ * x[i] : 0;
        gradient[i] = sums.gradient[i] / total_ + penalised;
        square += penalised * x[i];
      }
    return sums.loss / total_ + 0.5 * square;
  }

  /// The gradient's largest component with respect to weights of features that are not centred.
  double norm(const std::vector<double>& gradient) const {
    const std::size_t n = columns_.count();
    double most = 0;
    for (std::size_t k = 0; k < outputs_; ++k) {
      const double* own = gradient.data() + k * n;
      const double of_intercept = columns_.intercept ? own[n - 1] : 0;
      most = std::max(most, std::fabs(of_intercept));
      for (std::size_t j = 0; j < columns_.features; ++j) {
        const double g = std::fabs(own[j] + center_[j] * of_intercept);
        if (std::isnan(g)) return g;
        most = std::max(most, g);
      }
    }
    return most;
  }

  /// The factor of scale × matrix + the penalty's part, `matrix` being a sum over rows.
  CholeskyFactor factor(std::vector<double> matrix, double scale) const {
    const std::size_t n = columns_.count();
    for (double& m : matrix) m *= scale / total_;
    for (std::size_t j = 0; j < columns_.features; ++j) matrix[j * n + j] += ridge_;
    return {n, std::move(matrix)};
  }

  /// An entry on the diagonal of the same, kept off 0.
  double diagonal(double sum, double scale, std::size_t column) const {
    const double entry = sum * scale / total_ + (column < columns_.features ? ridge_ : 0);
    return entry > 0 ? entry : 1;
  }

 private:
  Columns columns_;
  std::size_t outputs_;
  double ridge_, total_;
  const double* center_;
};

/// Takes the mean over classes away from softmax's weights, or steps of them: probabilities do not
/// know it, and of all weights with the same probabilities these have the least penalty.
inline void remove_class_means(double* x, std::size_t outputs, std::size_t columns) {
  for (std::size_t j = 0; j < columns; ++j) {
    double mean = 0;
    for (std::size_t k = 0; k < outputs; ++k) mean += x[k * columns + j];
    mean /= static_cast<double>(outputs);
    for (std::size_t k = 0; k < outputs; ++k) x[k * columns + j] -= mean;
  }
}

/// Steps between Hessians: as many as cost what a Hessian does, but not so few that the memory of
/// steps never helps. Several outputs share none of their curvature through blocks on the diagonal,
/// which are worth less.
inline std::size_t renewal_by_cost(std::size_t columns, std::size_t rows, std::size_t outputs) {
  const double p = static_cast<double>(columns), n = static_cast<double>(rows);
  return static_cast<std::size_t>(
      std::clamp(p / 4 + p * p / (6 * n), outputs == 1 ? 12.0 : 32.0, 100.0));
}

/// Beyond so many columns, or entries of all matrices, only the diagonal of the Hessian is used.
inline constexpr std::size_t most_factor_columns = 2048, most_factor_entries = std::size_t{1} << 24;

}  // namespace ogive
