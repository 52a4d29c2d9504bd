// One logistic or softmax regression, its rows shared out between the threads of a team.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <vector>

#include "logistic/minimiser.hpp"
#include "logistic/objective.hpp"

namespace ogive {

/// What is fitted: `label` is 0 or 1 for one output, otherwise less than `outputs`.
template <class T>
struct LabelledRows {
  DenseRows<T> rows;
  const std::int32_t* label = nullptr;
  const double* weight = nullptr;  // nullptr: all 1
};

template <class T>
class OneProblem {
 public:
  OneProblem(const LabelledRows<T>& data, const PenalisedLoss& loss, const double* center,
             Team& team, int threads)
      : data_(data), loss_(loss), center_(center), team_(team) {
    const std::size_t n = loss.columns().count(), k = loss.outputs();
    tasks_ = tasks_for(data.rows.rows);
    // Sums in waiting stay small; their order does not depend on how many there are.
    threads_ = std::min(static_cast<std::size_t>(threads), most_group);
    whole_ = n <= most_factor_columns;
    blockwise_ = whole_ && k * n * n <= most_factor_entries;
    work_.resize(std::min(most_group, tasks_));
    if (data.rows.rows * n <= packed_entries) pack();
  }

  double evaluate(const std::vector<double>& x, std::vector<double>& gradient) {
    const std::size_t n = loss_.columns().count(), k = loss_.outputs();
    LossSums sums{0, std::vector<double>(k * n, 0.0)};
    std::vector<LossSums> parts(work_.size());
    in_groups(
        k * n,
        [&](std::size_t task, std::size_t slot) {
          parts[slot].loss = 0;
          parts[slot].gradient.assign(k * n, 0.0);
          for_blocks(task, slot, [&](const BlockRows& block, Buffer<double>& work) {
            add_block(block, n, k, x.data(), parts[slot], work);
          });
        },
        [&](std::size_t slot) {
          sums.loss += parts[slot].loss;
          add_multiple(1.0, parts[slot].gradient.data(), sums.gradient.data(), k * n);
        });
    return loss_.finish(sums, x, gradient);
  }

  double norm(const std::vector<double>& gradient) const { return loss_.norm(gradient); }

  /// The Hessian at weights of 0, where every row has the same: one for all outputs.
  void start(double curvature) {
    const std::size_t n = loss_.columns().count();
    factors_.clear();
    if (!whole_) return use_diagonal(curvature);
    std::vector<double> squares = total_of(Sum::squares, n * n);
    least_size_ = 1e-10 * curvature * largest_diagonal(squares.data());
    factors_.push_back(loss_.factor(std::move(squares), curvature));
  }

  void renew(const std::vector<double>& x) {
    const std::size_t n = loss_.columns().count(), k = loss_.outputs();
    if (!blockwise_) return;
    const std::vector<double> all = total_of(Sum::curvature, k * n * n, x.data());
    // Far on the wrong side the loss is straight, and a step by its curvature would have no end.
    for (std::size_t i = 0; i < k; ++i)
      if (largest_diagonal(all.data() + i * n * n) < least_size_) return;
    factors_.clear();
    for (std::size_t i = 0; i < k; ++i)
      factors_.push_back(loss_.factor({all.begin() + static_cast<std::ptrdiff_t>(i * n * n),
                                       all.begin() + static_cast<std::ptrdiff_t>((i + 1) * n * n)},
                                      1));
  }

  void precondition(double* v) const {
    const std::size_t n = loss_.columns().count();
    for (std::size_t i = 0; i < loss_.outputs(); ++i) {
      double* own = v + i * n;
      if (!whole_)
        for (std::size_t j = 0; j < n; ++j) own[j] *= inverse_diagonal_[j];
      else
        factors_[factors_.size() == 1 ? 0 : i].solve(own);
    }
    if (loss_.outputs() > 1) remove_class_means(v, loss_.outputs(), n);
  }

 private:
  static constexpr std::size_t most_group = 64;
  static constexpr std::size_t packed_entries = std::size_t{1} << 22;  // 32 MB

  struct Work {
    Buffer<double> panels, side, weight, scratch;
    std::vector<std::int32_t> label;
  };

  void load(std::size_t first, std::size_t last, double* panels, double* side, std::int32_t* label,
            double* weight) const {
    const std::size_t n = loss_.columns().count();
    for (std::size_t i = first; i < last; i += panel_rows) {
      load_panel(data_.rows, nullptr, i, std::min(panel_rows, last - i), center_,
                 loss_.columns().intercept, panels + (i - first) * n);
    }
    const std::size_t rows = panels_for(last - first) * panel_rows;
    for (std::size_t r = 0; r < rows; ++r) {
      const bool real = first + r < last;
      label[r] = real ? data_.label[first + r] : 0;
      side[r] = label[r] == 0 ? -1 : 1;
      weight[r] = !real ? 0 : data_.weight ? data_.weight[first + r] : 1;
    }
  }

  void pack() {
    const std::size_t n = loss_.columns().count();
    const std::size_t rows = panels_for(data_.rows.rows) * panel_rows;
    packed_.panels.resize(rows * n);
    packed_.side.resize(rows);
    packed_.weight.resize(rows);
    packed_.label.resize(rows);
    load(0, data_.rows.rows, packed_.panels.data(), packed_.side.data(), packed_.label.data(),
         packed_.weight.data());
  }

  template <class Use>
  void for_blocks(std::size_t task, std::size_t slot, const Use& use) {
    const std::size_t n = loss_.columns().count();
    Work& work = work_[slot];
    const std::size_t end = std::min(data_.rows.rows, (task + 1) * task_rows);
    for (std::size_t first = task * task_rows; first < end; first += block_rows) {
      const std::size_t last = std::min(end, first + block_rows);
      BlockRows block;
      block.count = panels_for(last - first);
      if (!packed_.panels.empty()) {
        block.panels = packed_.panels.data() + first * n;
        block.side = packed_.side.data() + first;
        block.label = packed_.label.data() + first;
        block.weight = packed_.weight.data() + first;
      } else {
        work.panels.resize(block_rows * n);
        work.side.resize(block_rows);
        work.weight.resize(block_rows);
        work.label.resize(block_rows);
        load(first, last, work.panels.data(), work.side.data(), work.label.data(),
             work.weight.data());
        block.panels = work.panels.data();
        block.side = work.side.data();
        block.label = work.label.data();
        block.weight = work.weight.data();
      }
      use(block, work.scratch);
    }
  }

  // Sums of `size` in waiting stay small; their order does not depend on how many there are.
  template <class Task, class Merge>
  void in_groups(std::size_t size, const Task& task, const Merge& merge) {
    const std::size_t group = std::clamp((std::size_t{1} << 22) / size, threads_, most_group);
    for (std::size_t first = 0; first < tasks_; first += group) {
      const std::size_t n = std::min(group, tasks_ - first);
      team_.run(n, [&](std::size_t i) { task(first + i, i); });
      for (std::size_t i = 0; i < n; ++i) merge(i);
    }
  }

  enum class Sum { squares, diagonal, curvature };

  // Of all rows; `weights` are those that curvature is of.
  std::vector<double> total_of(Sum sum, std::size_t size, const double* weights = nullptr) {
    const std::size_t n = loss_.columns().count(), k = loss_.outputs();
    std::vector<double> total(size, 0.0);
    std::vector<std::vector<double>> parts(work_.size());
    in_groups(
        size,
        [&](std::size_t task, std::size_t slot) {
          parts[slot].assign(size, 0.0);
          double* to = parts[slot].data();
          for_blocks(task, slot, [&](const BlockRows& block, Buffer<double>& work) {
            if (sum == Sum::squares)
              add_squares(block, n, to, work);
            else if (sum == Sum::diagonal)
              add_diagonal(block, n, to);
            else
              add_curvature(block, n, k, weights, to, work);
          });
        },
        [&](std::size_t slot) { add_multiple(1.0, parts[slot].data(), total.data(), size); });
    return total;
  }

  double largest_diagonal(const double* matrix) const {
    const std::size_t n = loss_.columns().count();
    double most = 0;
    for (std::size_t j = 0; j < n; ++j) most = std::max(most, matrix[j * n + j]);
    return most;
  }

  void use_diagonal(double curvature) {
    const std::size_t n = loss_.columns().count();
    inverse_diagonal_ = total_of(Sum::diagonal, n);
    for (std::size_t j = 0; j < n; ++j)
      inverse_diagonal_[j] = 1 / loss_.diagonal(inverse_diagonal_[j], curvature, j);
  }

  const LabelledRows<T>& data_;
  const PenalisedLoss& loss_;
  const double* center_;
  Team& team_;
  std::size_t tasks_ = 0, threads_ = 1;
  bool whole_ = true, blockwise_ = true;
  double least_size_ = 0;
  std::vector<Work> work_;
  Work packed_;
  std::vector<CholeskyFactor> factors_;
  std::vector<double> inverse_diagonal_;
};

}  // namespace ogive
