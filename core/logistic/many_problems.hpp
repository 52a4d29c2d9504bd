// Many two-class logistic regressions over rows that all share, each solved by one thread.
#pragma once

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

#include "fleet.hpp"
#include "logistic/minimiser.hpp"
#include "logistic/objective.hpp"

namespace ogive {

/// The rows once, in panels, class by class; a class ends with rows of weight 0 where it does not
/// fill its last panel.
class ClassPanels {
 public:
  /// Rows order[class_start[c]] … order[class_start[c + 1] - 1] are those of class c.
  template <class T>
  ClassPanels(const DenseRows<T>& rows, const std::int64_t* order,
              const std::vector<std::int64_t>& class_start, const double* row_weight,
              Columns columns, std::vector<double> center, Team& team)
      : columns_(columns), center_(std::move(center)) {
    const std::size_t classes = class_start.size() - 1, n = columns.count();
    for (std::size_t c = 0; c < classes; ++c) {
      rows_.push_back(static_cast<std::size_t>(class_start[c + 1] - class_start[c]));
      first_.push_back(first_.back() + panels_for(rows_.back()));
    }
    panels_.resize(first_.back() * panel_rows * n);
    weight_.resize(first_.back() * panel_rows);
    class_weight_.assign(classes, 0.0);
    whole_ = n <= most_factor_columns;
    const bool class_squares = whole_ && classes * n * n <= most_square_entries;
    squares_.assign(class_squares ? classes : whole_ ? 1 : 0, std::vector<double>(n * n, 0.0));
    diagonal_.assign(n, 0.0);
    team.run(classes, [&](std::size_t c) {
      const auto begin = static_cast<std::size_t>(class_start[c]),
                 end = static_cast<std::size_t>(class_start[c + 1]);
      double* panel = panels_.data() + first_[c] * panel_rows * n;
      double* weight = weight_.data() + first_[c] * panel_rows;
      for (std::size_t i = begin; i < end; i += panel_rows, panel += panel_rows * n) {
        const std::size_t count = std::min(panel_rows, end - i);
        load_panel(rows, order, i, count, center_.data(), columns.intercept, panel);
        for (std::size_t r = 0; r < panel_rows; ++r) {
          const double w = r >= count   ? 0
                           : row_weight ? row_weight[static_cast<std::size_t>(order[i + r])]
                                        : 1;
          *weight++ = w;
          class_weight_[c] += w;
        }
      }
      if (class_squares) add_class_squares(c, squares_[c].data());
    });
    if (whole_ && !class_squares)
      for (std::size_t c = 0; c < classes; ++c) add_class_squares(c, squares_[0].data());
    for (std::size_t c = 0; !whole_ && c < classes; ++c)
      for_blocks(c, [&](const BlockRows& block) { add_diagonal(block, n, diagonal_.data()); });
    for (const double w : class_weight_) total_weight_ += w;
  }

  std::size_t classes() const { return class_weight_.size(); }
  const Columns& columns() const { return columns_; }
  const std::vector<double>& center() const { return center_; }
  std::size_t first_panel(std::size_t c) const { return first_[c]; }
  std::size_t class_rows(std::size_t c) const { return rows_[c]; }
  const double* panel(std::size_t q) const {
    return panels_.data() + q * panel_rows * columns_.count();
  }
  const double* weight(std::size_t q) const { return weight_.data() + q * panel_rows; }
  bool whole() const { return whole_; }
  const std::vector<double>& diagonal() const { return diagonal_; }
  double total_weight() const { return total_weight_; }

  /// Adds by × Σ weight x xᵀ of a class, or where these would take too much memory, of as much
  /// weight of all rows.
  void add_squares(std::size_t c, double by, std::vector<double>& to) const {
    const bool own = squares_.size() == classes();
    const double share = own || total_weight_ == 0 ? 1 : class_weight_[c] / total_weight_;
    add_multiple(by * share, squares_[own ? c : 0].data(), to.data(), to.size());
  }

 private:
  static constexpr std::size_t most_square_entries = std::size_t{1} << 26;  // 512 MB

  template <class Use>
  void for_blocks(std::size_t c, const Use& use) const {
    for (std::size_t q = first_[c]; q < first_[c + 1]; q += block_panels) {
      BlockRows block;
      block.count = std::min(block_panels, first_[c + 1] - q);
      block.panels = panel(q);
      block.weight = weight(q);
      use(block);
    }
  }

  void add_class_squares(std::size_t c, double* to) const {
    Buffer<double> work;
    for_blocks(
        c, [&](const BlockRows& block) { ogive::add_squares(block, columns_.count(), to, work); });
  }

  Columns columns_;
  std::vector<double> center_;
  std::vector<std::size_t> rows_, first_{0};
  Buffer<double> panels_, weight_;
  std::vector<double> class_weight_;
  std::vector<std::vector<double>> squares_;
  std::vector<double> diagonal_;
  double total_weight_ = 0;
  bool whole_ = true;
};

/// Which classes a problem concerns, on which side each is, and what the rows of a side weigh. Or,
/// where all rows are one class in their own order, on which side each row is.
struct TwoSides {
  const std::int32_t* members = nullptr;
  const std::int8_t* sides = nullptr;
  std::size_t count = 0;
  const std::int8_t* of_row = nullptr;
  double negative_weight = 1, positive_weight = 1;
};

/// One of the problems.
class SharedProblem {
 public:
  /// `scratch` is kept from one problem of a thread to the next.
  struct Scratch {
    Buffer<double> side, weight, work;
  };

  SharedProblem(const ClassPanels& shared, const TwoSides& sides, double penalty, Scratch& scratch)
      : shared_(shared), sides_(sides), scratch_(scratch) {
    std::size_t panels = 0;
    for (std::size_t i = 0; i < sides.count; ++i) {
      const auto c = static_cast<std::size_t>(sides.members[i]);
      const std::size_t first = shared.first_panel(c), count = shared.first_panel(c + 1) - first;
      if (!runs_.empty() && runs_.back().first + runs_.back().count == first)
        runs_.back().count += count;
      else
        runs_.push_back({first, count});
      panels += count;
    }
    scratch.side.resize(panels * panel_rows);
    scratch.weight.resize(panels * panel_rows);
    double positive = 0, negative = 0;
    double *side = scratch.side.data(), *weight = scratch.weight.data();
    for (std::size_t i = 0; i < sides.count; ++i) {
      const auto c = static_cast<std::size_t>(sides.members[i]);
      const std::size_t rows = (shared.first_panel(c + 1) - shared.first_panel(c)) * panel_rows;
      const double* own = shared.weight(shared.first_panel(c));
      for (std::size_t r = 0; r < rows; ++r) {
        // Rows beyond the last have no weight, on whichever side they are.
        const bool real = !sides.of_row || r < shared.class_rows(c);
        const bool up = real && (sides.of_row ? sides.of_row[r] : sides.sides[i]) > 0;
        side[r] = up ? 1 : -1;
        weight[r] = own[r] * (up ? sides.positive_weight : sides.negative_weight);
        (up ? positive : negative) += weight[r];
      }
      side += rows;
      weight += rows;
    }
    rows_ = panels * panel_rows;
    const double total = positive + negative;
    share_ = std::clamp(positive / total, 1e-6, 1 - 1e-6);
    loss_.emplace(shared.columns(), 1, penalty, total, shared.center().data());
  }

  std::size_t rows() const { return rows_; }

  /// The best weights without features, and the Hessian there.
  std::vector<double> start() {
    const std::size_t n = shared_.columns().count();
    std::vector<double> x(n, 0.0);
    const double share = shared_.columns().intercept ? share_ : 0.5;
    if (shared_.columns().intercept) x[n - 1] = std::log(share / (1 - share));
    const double curvature = share * (1 - share);
    if (shared_.whole()) {
      std::vector<double> squares(n * n, 0.0);
      for (std::size_t i = 0; i < sides_.count; ++i)
        shared_.add_squares(static_cast<std::size_t>(sides_.members[i]), factor_of(i), squares);
      factor_.emplace(loss_->factor(std::move(squares), curvature));
    } else {
      const double part = loss_->total_weight() / shared_.total_weight();
      for (std::size_t j = 0; j < n; ++j)
        inverse_diagonal_.push_back(1 /
                                    loss_->diagonal(part * shared_.diagonal()[j], curvature, j));
    }
    return x;
  }

  double evaluate(const std::vector<double>& x, std::vector<double>& gradient) {
    const std::size_t n = x.size();
    LossSums sums{0, std::vector<double>(n, 0.0)};
    for_blocks(
        [&](const BlockRows& block) { add_block(block, n, 1, x.data(), sums, scratch_.work); });
    return loss_->finish(sums, x, gradient);
  }

  double norm(const std::vector<double>& gradient) const { return loss_->norm(gradient); }

  void renew(const std::vector<double>& x) {
    const std::size_t n = x.size();
    if (!shared_.whole()) return;
    std::vector<double> matrix(n * n, 0.0);
    for_blocks([&](const BlockRows& block) {
      add_curvature(block, n, 1, x.data(), matrix.data(), scratch_.work);
    });
    factor_.emplace(loss_->factor(std::move(matrix), 1));
  }

  void precondition(double* v) const {
    if (factor_) return factor_->solve(v);
    for (std::size_t j = 0; j < inverse_diagonal_.size(); ++j) v[j] *= inverse_diagonal_[j];
  }

 private:
  struct Run {
    std::size_t first, count;
  };

  // Of the rows of a class; where it has rows of both sides, the mean is near enough.
  double factor_of(std::size_t i) const {
    if (sides_.of_row) return 0.5 * (sides_.positive_weight + sides_.negative_weight);
    return sides_.sides[i] > 0 ? sides_.positive_weight : sides_.negative_weight;
  }

  template <class Use>
  void for_blocks(const Use& use) const {
    std::size_t at = 0;
    for (const Run& run : runs_)
      for (std::size_t q = 0; q < run.count; q += block_panels) {
        BlockRows block;
        block.count = std::min(block_panels, run.count - q);
        block.panels = shared_.panel(run.first + q);
        block.side = scratch_.side.data() + at;
        block.weight = scratch_.weight.data() + at;
        use(block);
        at += block.count * panel_rows;
      }
  }

  const ClassPanels& shared_;
  TwoSides sides_;
  Scratch& scratch_;
  std::vector<Run> runs_;
  std::size_t rows_ = 0;
  double share_ = 0.5;
  std::optional<PenalisedLoss> loss_;
  std::optional<CholeskyFactor> factor_;
  std::vector<double> inverse_diagonal_;
};

}  // namespace ogive
