// Logistic and softmax regression for Python: one, and many over shared rows; votes of pairs.
#include <nanobind/stl/optional.h>

#include <algorithm>
#include <optional>
#include <vector>

#include "arrays.hpp"
#include "logistic/fit_one.hpp"
#include "logistic/many_problems.hpp"
#include "logistic/votes.hpp"

namespace {

using namespace ogive;
using namespace ogive::python;
namespace nb = nanobind;

template <class T>
using OptionalVector = std::optional<Vector<T>>;

template <class T>
DenseRows<T> rows_in(const Matrix<T>& X) {
  return {X.data(), X.shape(0), X.shape(1)};
}

const double* weight_in(const OptionalVector<double>& weight, std::size_t rows) {
  if (weight && weight->size() != rows) throw nb::value_error("one weight for each row is needed");
  return weight ? weight->data() : nullptr;
}

nb::object matrix_out(const std::vector<double>& values, std::size_t columns) {
  return new_array<double>({values.size() / std::max<std::size_t>(columns, 1), columns},
                           [&](double* out) { std::copy(values.begin(), values.end(), out); });
}

void check_signals() {
  const nb::gil_scoped_acquire acquire;
  if (PyErr_CheckSignals() != 0) throw nb::python_error();
}

template <class T>
nb::tuple fit_one(const Matrix<T>& X, const Vector<std::int32_t>& label, std::size_t classes,
                  const OptionalVector<double>& weight, double penalty, bool intercept,
                  double tolerance, std::size_t most_steps, int renewal,
                  const std::optional<Matrix<double>>& start, int threads) {
  LabelledRows<T> data{rows_in(X), label.data(), weight_in(weight, X.shape(0))};
  const Columns columns{data.rows.features, intercept};
  const std::size_t outputs = classes == 2 ? 1 : classes;
  if (classes < 2 || data.rows.rows == 0 || label.size() != data.rows.rows)
    throw nb::value_error("two or more classes, and a label for each of at least one row");
  for (std::size_t i = 0; i < label.size(); ++i)
    if (label.data()[i] < 0 || static_cast<std::size_t>(label.data()[i]) >= classes)
      throw nb::value_error("a label is no class");
  std::vector<double> from;
  if (start) {
    if (start->shape(0) != outputs || start->shape(1) != columns.features + 1)
      throw nb::value_error("start has another shape than the weights");
    from.assign(start->data(), start->data() + start->size());
  }
  MinimiserOptions options{tolerance, most_steps,
                           renewal > 0 ? static_cast<std::size_t>(renewal) : 0};
  OneFit fit;
  {
    const nb::gil_scoped_release release;
    fit = fit_one_problem(data, columns, classes, penalty, options, renewal < 0, from,
                          threads_or_available(threads), check_signals);
  }
  return nb::make_tuple(matrix_out(fit.coef, columns.features), copied(fit.intercept),
                        fit.outcome.value, fit.outcome.gradient_norm, fit.outcome.steps,
                        fit.outcome.converged);
}

struct Interrupted {};

struct ManyFits {
  std::vector<double> coef, intercept, loss, norm;
  std::vector<std::int32_t> steps;
  std::vector<std::uint8_t> converged;
};

struct Book {
  const std::int64_t* starts;
  const std::int32_t* members;
  const std::int8_t* sides;
  const double* side_weight;     // nullptr: all 1; otherwise (negative, positive) of each problem
  const std::int8_t* row_sides;  // nullptr, or the side of each of `rows` rows in each problem
  std::size_t rows;
  std::size_t count;
};

void solve_many(const ClassPanels& shared, const Book& book, double penalty,
                const MinimiserOptions& options, bool by_cost, int threads, nb::object progress,
                ManyFits& out) {
  const Columns columns = shared.columns();
  const std::size_t n = columns.features;
  run_fleet(
      book.count, threads,
      [&](std::size_t j, const std::function<bool()>& interrupted) {
        thread_local SharedProblem::Scratch scratch;
        TwoSides sides;
        sides.members = book.members + book.starts[j];
        sides.sides = book.sides + book.starts[j];
        sides.count = static_cast<std::size_t>(book.starts[j + 1] - book.starts[j]);
        if (book.row_sides) sides.of_row = book.row_sides + j * book.rows;
        if (book.side_weight) {
          sides.negative_weight = book.side_weight[2 * j];
          sides.positive_weight = book.side_weight[2 * j + 1];
        }
        SharedProblem problem(shared, sides, penalty, scratch);
        std::vector<double> x = problem.start();
        MinimiserOptions own = options;
        if (by_cost) own.renewal = renewal_by_cost(columns.count(), problem.rows(), 1);
        const MinimiserOutcome outcome = minimise(problem, x, own, [&] {
          if (interrupted()) throw Interrupted{};
        });
        split_weights(x, columns, shared.center(), out.coef.data() + j * n,
                      out.intercept.data() + j);
        out.loss[j] = outcome.value;
        out.norm[j] = outcome.gradient_norm;
        out.steps[j] = static_cast<std::int32_t>(outcome.steps);
        out.converged[j] = outcome.converged;
      },
      [&](std::size_t done) {
        const nb::gil_scoped_acquire acquire;
        if (PyErr_CheckSignals() != 0) throw nb::python_error();
        if (!progress.is_none()) progress(done, book.count);
        return false;
      });
}

template <class T>
nb::tuple fit_many(const Matrix<T>& X, const Vector<std::int64_t>& order,
                   const Vector<std::int64_t>& class_start, const OptionalVector<double>& weight,
                   const Vector<std::int64_t>& starts, const Vector<std::int32_t>& members,
                   const Vector<std::int8_t>& sides,
                   const std::optional<Matrix<double>>& side_weight,
                   const std::optional<Matrix<std::int8_t>>& row_sides, double penalty,
                   bool intercept, double tolerance, std::size_t most_steps, int renewal,
                   int threads, nb::object progress) {
  const DenseRows<T> rows = rows_in(X);
  const Columns columns{rows.features, intercept};
  const double* row_weight = weight_in(weight, rows.rows);
  const std::vector<std::int64_t> checked = rows_of(order, rows.rows);
  const std::vector<std::int64_t> class_from(class_start.data(),
                                             class_start.data() + class_start.size());
  const std::size_t count = starts.size() - 1;
  if (class_from.size() < 2 || class_from.front() != 0 ||
      static_cast<std::size_t>(class_from.back()) != checked.size() ||
      !std::is_sorted(class_from.begin(), class_from.end()) || starts.size() == 0 ||
      starts.data()[0] != 0 || !std::is_sorted(starts.data(), starts.data() + starts.size()) ||
      static_cast<std::size_t>(starts.data()[count]) != members.size() ||
      sides.size() != members.size() ||
      (side_weight && (side_weight->shape(0) != count || side_weight->shape(1) != 2)) ||
      (row_sides && (row_sides->shape(0) != count || row_sides->shape(1) != checked.size() ||
                     class_from.size() != 2)))
    throw nb::value_error("classes, problems and rows do not fit each other");
  for (std::size_t i = 0; i < members.size(); ++i)
    if (members.data()[i] < 0 ||
        static_cast<std::size_t>(members.data()[i]) + 1 >= class_from.size())
      throw nb::value_error("a member is no class");
  const Book book{starts.data(),
                  members.data(),
                  sides.data(),
                  side_weight ? side_weight->data() : nullptr,
                  row_sides ? row_sides->data() : nullptr,
                  checked.size(),
                  count};
  ManyFits out;
  {
    const nb::gil_scoped_release release;
    out.coef.resize(count * columns.features);
    out.intercept.resize(count);
    out.loss.resize(count);
    out.norm.resize(count);
    out.steps.resize(count);
    out.converged.resize(count);
    const int team_size = threads_or_available(threads);
    std::optional<ClassPanels> shared;
    Team team(team_size);
    team.gather([&] {
      std::vector<double> center(columns.features, 0.0);
      if (intercept) center = feature_means(rows, team);
      shared.emplace(rows, checked.data(), class_from, row_weight, columns, std::move(center),
                     team);
    });
    solve_many(*shared, book, penalty,
               {tolerance, most_steps, renewal > 0 ? static_cast<std::size_t>(renewal) : 0},
               renewal < 0, team_size, progress, out);
  }
  return nb::make_tuple(matrix_out(out.coef, columns.features), copied(out.intercept),
                        copied(out.loss), copied(out.norm), copied(out.steps),
                        copied(out.converged));
}

// Calls use(panel, first row, rows) for every panel of X, on `threads` threads.
template <class T, class Use>
void for_panels(const DenseRows<T>& rows, int threads, const Use& use) {
  const std::vector<double> center(rows.features, 0.0);
  const auto panels = static_cast<std::ptrdiff_t>(panels_for(rows.rows));
#pragma omp parallel for num_threads(threads) schedule(static)
  for (std::ptrdiff_t q = 0; q < panels; ++q) {
    thread_local Buffer<double> panel;
    panel.resize((rows.features + 1) * panel_rows);
    const std::size_t first = static_cast<std::size_t>(q) * panel_rows;
    const std::size_t n = std::min(panel_rows, rows.rows - first);
    load_panel(rows, nullptr, first, n, center.data(), true, panel.data());
    use(panel.data(), first, n);
  }
}

// `weights` has the coefficients of each pair and after them its intercept.
template <class T>
void check_pairs(const DenseRows<T>& rows, const Matrix<double>& weights, std::size_t classes) {
  if (classes < 2 || weights.shape(0) != classes * (classes - 1) / 2 ||
      weights.shape(1) != rows.features + 1)
    throw nb::value_error("one row of weights for each pair of classes is needed");
}

template <class T>
nb::tuple votes(const Matrix<T>& X, const Matrix<double>& weights, std::size_t classes,
                int threads) {
  const DenseRows<T> rows = rows_in(X);
  check_pairs(rows, weights, classes);
  double* sums = nullptr;
  std::int32_t* counts = nullptr;
  nb::object sums_out = new_array<double>({rows.rows, classes}, [&](double* p) { sums = p; });
  nb::object counts_out =
      new_array<std::int32_t>({rows.rows, classes}, [&](std::int32_t* p) { counts = p; });
  {
    const nb::gil_scoped_release release;
    for_panels(rows, threads_or_available(threads),
               [&](const double* panel, std::size_t first, std::size_t n) {
                 thread_local Buffer<double> work;
                 const std::size_t size = classes * panel_rows;
                 work.resize(3 * size);
                 count_votes(panel, rows.features + 1, weights.data(), classes, work.data(),
                             work.data() + size, work.data() + 2 * size);
                 for (std::size_t r = 0; r < n; ++r)
                   for (std::size_t c = 0; c < classes; ++c) {
                     counts[(first + r) * classes + c] =
                         static_cast<std::int32_t>(work[c * panel_rows + r]);
                     sums[(first + r) * classes + c] = work[size + c * panel_rows + r];
                   }
               });
  }
  return nb::make_tuple(counts_out, sums_out);
}

template <class T>
void bind(nb::module_& m) {
  using nb::arg;
  m.def("fit_one", &fit_one<T>, arg("X").noconvert(), arg("label"), arg("classes"),
        arg("weight").none(), arg("penalty"), arg("intercept"), arg("tolerance"), arg("most_steps"),
        arg("renewal"), arg("start").none(), arg("threads"),
        "Coefficients, intercepts, loss, gradient norm, steps and whether it converged.");
  m.def("fit_many", &fit_many<T>, arg("X").noconvert(), arg("order"), arg("class_start"),
        arg("weight").none(), arg("starts"), arg("members"), arg("sides"),
        arg("side_weight").none(), arg("row_sides").none(), arg("penalty"), arg("intercept"),
        arg("tolerance"), arg("most_steps"), arg("renewal"), arg("threads"), arg("progress").none(),
        "The same of each problem.");
  m.def("votes", &votes<T>, arg("X").noconvert(), arg("weights"), arg("classes"), arg("threads"),
        "Votes and summed confidences of each class.");
}

}  // namespace

void bind_logistic(nb::module_& parent) {
  nb::module_ m = parent.def_submodule("logistic", "Logistic and softmax regression.");
  bind<double>(m);
  bind<float>(m);
}
