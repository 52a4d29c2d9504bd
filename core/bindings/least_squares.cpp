// Least squares in double-double for Python.
#include <nanobind/stl/optional.h>
#include <nanobind/stl/pair.h>

#include <algorithm>
#include <optional>
#include <utility>
#include <vector>

#include "arrays.hpp"
#include "least_squares/factor.hpp"
#include "least_squares/moments.hpp"
#include "least_squares/table.hpp"
#include "least_squares/triangle.hpp"
#include "parallel.hpp"

namespace {

using namespace ogive;
using namespace ogive::python;
namespace nb = nanobind;

template <class T>
using AnyMatrix = nb::ndarray<const T, nb::ndim<2>, nb::device::cpu>;
using Pair = std::pair<Vector<double>, Vector<double>>;

nb::tuple out(const TwofoldArray& a) {
  const auto copy = [](const Buffer<double>& values) {
    return new_array<double>({values.size()},
                             [&](double* to) { std::copy(values.begin(), values.end(), to); });
  };
  return nb::make_tuple(copy(a.high), copy(a.low));
}

nb::tuple out(Twofold a) { return nb::make_tuple(a.high, a.low); }

// Row-major rows × columns, high and low parts.
nb::tuple out(const TwofoldMatrix& a) {
  const auto copy = [&](const Buffer<double>& values) {
    return new_array<double>({a.rows, a.columns}, [&](double* to) {
      for (std::size_t i = 0; i < a.rows; ++i)
        for (std::size_t j = 0; j < a.columns; ++j)
          to[i * a.columns + j] = values[j * a.stride + i];
    });
  };
  return nb::make_tuple(copy(a.values.high), copy(a.values.low));
}

TwofoldArray array_in(const Vector<double>& high, const Vector<double>& low, std::size_t size) {
  if (high.size() != size || low.size() != size)
    throw nb::value_error("a state has arrays of other sizes than expected");
  TwofoldArray a(size);
  std::copy_n(high.data(), size, a.high.data());
  std::copy_n(low.data(), size, a.low.data());
  return a;
}

TwofoldMatrix matrix_in(const Matrix<double>& high, const Matrix<double>& low) {
  if (high.shape(0) != low.shape(0) || high.shape(1) != low.shape(1))
    throw nb::value_error("high and low parts differ in shape");
  TwofoldMatrix a(high.shape(0), high.shape(1));
  for (std::size_t i = 0; i < a.rows; ++i)
    for (std::size_t j = 0; j < a.columns; ++j)
      a.set(i, j, {high.data()[i * a.columns + j], low.data()[i * a.columns + j]});
  return a;
}

std::vector<double> numbers(const Vector<double>& values, std::size_t size) {
  if (values.size() != size) throw nb::value_error("an array has another size than expected");
  return {values.data(), values.data() + size};
}

template <class T>
Columns<T> columns_of(const AnyMatrix<T>& a) {
  return {a.data(), a.shape(1), static_cast<std::ptrdiff_t>(a.stride(0)),
          static_cast<std::ptrdiff_t>(a.stride(1))};
}

template <class T>
Table<T> table_of(const AnyMatrix<T>& X, const AnyMatrix<double>& y,
                  const std::optional<Vector<double>>& weight, std::size_t features,
                  std::size_t targets) {
  if (X.shape(1) != features || y.shape(1) != targets || y.shape(0) != X.shape(0) ||
      (weight && weight->size() != X.shape(0)))
    throw nb::value_error("X, y and weight do not fit each other or the columns expected");
  return {X.shape(0), columns_of(X), columns_of(y), weight ? weight->data() : nullptr};
}

// Rows of one task: fixed, so that results do not depend on the number of threads. Merging what a
// task found costs about as much as a hundred of its rows.
constexpr std::size_t task_rows = 4096;

// As many tasks at a time as their states may fill memory; does not change the result.
std::size_t group_size(std::size_t state_size, int threads) {
  return state_size < (std::size_t{1} << 18) ? 8 : static_cast<std::size_t>(threads);
}

// Calls work(task, slot) for every task and merge(slot) in their order, a group at a time.
template <class Work, class Merge>
void in_order(std::size_t tasks, std::size_t group, int threads, const Work& work,
              const Merge& merge) {
  Team team(static_cast<int>(std::min<std::size_t>(static_cast<std::size_t>(threads), tasks)));
  team.gather([&] {
    for (std::size_t first = 0; first < tasks; first += group) {
      const std::size_t n = std::min(group, tasks - first);
      team.run(n, [&](std::size_t i) { work(first + i, i); });
      for (std::size_t i = 0; i < n; ++i) merge(i);
    }
  });
}

template <class T>
bool add_to_moments(Moments& moments, const AnyMatrix<T>& X, const AnyMatrix<double>& y,
                    const std::optional<Vector<double>>& weight, int threads) {
  const Table<T> table = table_of<T>(X, y, weight, moments.features, moments.targets);
  const nb::gil_scoped_release release;
  const std::size_t tasks = (table.rows + task_rows - 1) / task_rows;
  const int members = threads_or_available(threads);
  const std::size_t group = group_size(moments.products.size(), members);
  Moments sum(moments.features, moments.targets, moments.centered);
  std::vector<Moments> parts(group);
  std::vector<char> finite(group, 1);
  bool all_finite = true;
  in_order(
      tasks, group, members,
      [&](std::size_t task, std::size_t slot) {
        MomentsCollector collector(moments.features, moments.targets, moments.centered);
        finite[slot] =
            collector.add(table, task * task_rows, std::min(table.rows, (task + 1) * task_rows));
        parts[slot] = collector.finish();
      },
      [&](std::size_t slot) {
        all_finite = all_finite && finite[slot];
        sum.merge(parts[slot]);
      });
  if (all_finite) moments.merge(sum);
  return all_finite;
}

template <class T>
void add_to_triangle(Triangle& triangle, std::size_t features, std::size_t targets,
                     const Triangle& empty, const AnyMatrix<T>& X, const AnyMatrix<double>& y,
                     const std::optional<Vector<double>>& weight, int threads) {
  const Table<T> table = table_of<T>(X, y, weight, features, targets);
  const nb::gil_scoped_release release;
  const std::size_t tasks = (table.rows + task_rows - 1) / task_rows;
  const int members = threads_or_available(threads);
  const std::size_t group = group_size(empty.upper().size(), members);
  std::vector<Triangle> parts(group);
  in_order(
      tasks, group, members,
      [&](std::size_t task, std::size_t slot) {
        parts[slot] = empty;
        parts[slot].add(table, task * task_rows, std::min(table.rows, (task + 1) * task_rows));
      },
      [&](std::size_t slot) { triangle.merge(parts[slot]); });
}

struct TriangleState {
  std::size_t features, targets;
  Triangle empty, sum;
};

void bind_moments(nb::module_& m) {
  using nb::arg;
  nb::class_<Moments>(m, "Moments", "Means and centred cross-products of rows in double-double.")
      .def(nb::init<std::size_t, std::size_t, bool>(), arg("features"), arg("targets"),
           arg("centered"))
      .def("add", &add_to_moments<double>, arg("X").noconvert(), arg("y").noconvert(),
           arg("weight").none() = nb::none(), arg("threads") = 0,
           "Add rows; False, and nothing is added, where a number is not finite.")
      .def("add", &add_to_moments<float>, arg("X").noconvert(), arg("y").noconvert(),
           arg("weight").none() = nb::none(), arg("threads") = 0)
      .def("merge", &Moments::merge, arg("other"))
      .def_ro("features", &Moments::features)
      .def_ro("targets", &Moments::targets)
      .def_ro("centered", &Moments::centered)
      .def_ro("rows", &Moments::rows)
      .def_prop_ro("weight", [](const Moments& s) { return out(s.weight); })
      .def_prop_ro("mean", [](const Moments& s) { return out(s.mean); })
      .def_prop_ro("products", [](const Moments& s) { return out(s.products); })
      .def(
          "set_state",
          [](Moments& s, std::int64_t rows, const std::pair<double, double>& weight,
             const Pair& mean, const Pair& products) {
            s.rows = rows;
            s.weight = {weight.first, weight.second};
            s.mean = array_in(mean.first, mean.second, s.mean.size());
            s.products = array_in(products.first, products.second, s.products.size());
          },
          arg("rows"), arg("weight"), arg("mean"), arg("products"));
}

void bind_triangle(nb::module_& m) {
  using nb::arg;
  nb::class_<TriangleState>(m, "Triangle", "Householder's triangle of rows in double-double.")
      .def(
          "__init__",
          [](TriangleState* s, std::size_t features, std::size_t targets, bool intercept,
             const Vector<double>& shift, const Vector<double>& scale) {
            const std::size_t n = features + targets;
            const Triangle empty(features, targets, intercept, numbers(shift, n),
                                 numbers(scale, n));
            new (s) TriangleState{features, targets, empty, empty};
          },
          arg("features"), arg("targets"), arg("intercept"), arg("shift"), arg("scale"))
      .def(
          "add",
          [](TriangleState& s, const AnyMatrix<double>& X, const AnyMatrix<double>& y,
             const std::optional<Vector<double>>& weight, int threads) {
            add_to_triangle<double>(s.sum, s.features, s.targets, s.empty, X, y, weight, threads);
          },
          arg("X").noconvert(), arg("y").noconvert(), arg("weight").none() = nb::none(),
          arg("threads") = 0, "Add rows, which have to be finite.")
      .def(
          "add",
          [](TriangleState& s, const AnyMatrix<float>& X, const AnyMatrix<double>& y,
             const std::optional<Vector<double>>& weight, int threads) {
            add_to_triangle<float>(s.sum, s.features, s.targets, s.empty, X, y, weight, threads);
          },
          arg("X").noconvert(), arg("y").noconvert(), arg("weight").none() = nb::none(),
          arg("threads") = 0)
      .def("merge", [](TriangleState& s, const TriangleState& other) { s.sum.merge(other.sum); })
      .def_prop_ro("upper", [](const TriangleState& s) { return out(s.sum.upper()); })
      .def_prop_ro("rest", [](const TriangleState& s) { return out(s.sum.rest()); })
      .def(
          "set_state",
          [](TriangleState& s, const Pair& upper, const Pair& rest) {
            s.sum.upper() = array_in(upper.first, upper.second, s.empty.upper().size());
            s.sum.rest() = array_in(rest.first, rest.second, s.targets);
          },
          arg("upper"), arg("rest"));
}

}  // namespace

void bind_least_squares(nb::module_& parent) {
  using nb::arg;
  nb::module_ m = parent.def_submodule("least_squares", "Least squares in double-double.");
  bind_moments(m);
  bind_triangle(m);
  m.def(
      "cholesky",
      [](const Moments& moments, const Vector<double>& scale, double limit) {
        const std::vector<double> by = numbers(scale, moments.columns());
        std::optional<Cholesky> c;
        {
          const nb::gil_scoped_release release;
          c.emplace(moments, by, limit);
        }
        return nb::make_tuple(c->least_pivot, out(c->upper), out(c->right), out(c->rest));
      },
      arg("moments"), arg("scale"), arg("limit"),
      "Least pivot relative to its column, triangle, its right side, and what is left of y.");
  m.def(
      "pivoted_qr",
      [](const Matrix<double>& high, const Matrix<double>& low, const Matrix<double>& right_high,
         const Matrix<double>& right_low, const Vector<double>& sizes, double epsilon) {
        TwofoldMatrix a = matrix_in(high, low), right = matrix_in(right_high, right_low);
        if (a.rows != a.columns || right.rows != a.rows)
          throw nb::value_error("a square triangle and a right side of as many rows are expected");
        const std::vector<double> g = numbers(sizes, a.columns);
        std::optional<PivotedFactor> f;
        {
          const nb::gil_scoped_release release;
          f.emplace(a, right, g, epsilon);
        }
        std::vector<double> combinations;
        for (std::size_t j = f->rank; j < a.columns; ++j) {
          const std::vector<double> c = PivotedFactor::nearest(a, f->rank, j);
          combinations.insert(combinations.end(), c.begin(), c.end());
        }
        const std::size_t dependent = a.columns - f->rank;
        const auto c = new_array<double>({dependent, f->rank}, [&](double* to) {
          std::copy(combinations.begin(), combinations.end(), to);
        });
        return nb::make_tuple(copied(f->order), f->rank, out(a), out(right), c);
      },
      arg("high"), arg("low"), arg("right_high"), arg("right_low"), arg("sizes"), arg("epsilon"),
      "Order of the columns, rank, triangle, right side, and each dependent column as a "
      "combination of the independent ones.");
  m.def(
      "solve_upper",
      [](const Matrix<double>& high, const Matrix<double>& low, const Matrix<double>& right_high,
         const Matrix<double>& right_low, std::size_t order) {
        TwofoldMatrix a = matrix_in(high, low), b = matrix_in(right_high, right_low);
        if (order > std::min(a.rows, a.columns) || order > b.rows)
          throw nb::value_error("the triangle is smaller than the order asked for");
        {
          const nb::gil_scoped_release release;
          solve_upper(a, order, b);
        }
        return out(b);
      },
      arg("high"), arg("low"), arg("right_high"), arg("right_low"), arg("order"),
      "Solve with the leading rows and columns of a triangle.");
}
