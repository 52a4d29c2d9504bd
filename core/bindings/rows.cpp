// Vector functions and gates on NumPy matrices, row by row.
#include <algorithm>
#include <cstddef>
#include <string>
#include <vector>

#include "arrays.hpp"
#include "row_kernels.hpp"
#include "standing_team.hpp"

namespace {

using namespace ogive;
using namespace ogive::python;
namespace nb = nanobind;

template <class T>
using Output = nb::ndarray<T, nb::c_contig, nb::device::cpu, nb::ndim<2>>;

template <class T>
const RowKernel<T>& row_kernel(const std::string& name, std::size_t units) {
  const RowKernel<T>* found = find_row_kernel<T>(name);
  if (!found) throw nb::key_error(("no row kernel is named " + name).c_str());
  if (units == 0 || (found->halves && units % 2 == 1))
    throw nb::value_error("a row must not be empty, and of even length for a gate");
  return *found;
}

template <class Work>
void each_row(std::size_t rows, std::size_t units, const Work& work) {
  const nb::gil_scoped_release release;
  share_out(rows, units, [&](std::size_t begin, std::size_t count) {
    for (std::size_t i = begin; i < begin + count; ++i) work(i);
  });
}

template <class T>
void bind_rows_of(nb::module_& m) {
  using nb::arg;
  m.def(
      "row_value",
      [](const std::string& name, const Matrix<T>& z, Output<T> out) {
        const std::size_t units = z.shape(1);
        const RowKernel<T>& kernel = row_kernel<T>(name, units);
        const std::size_t width = kernel.outputs(units);
        if (out.shape(0) != z.shape(0) || out.shape(1) != width)
          throw nb::value_error("out has another shape than the result");
        each_row(z.shape(0), units, [&](std::size_t i) {
          kernel.forward(z.data() + i * units, out.data() + i * width, nullptr, units);
        });
      },
      arg("name"), arg("z").noconvert(), arg("out").noconvert(),
      "Write the function of each row of z to a row of out.");
  m.def(
      "row_backward",
      [](const std::string& name, const Matrix<T>& z, const Matrix<T>& error, Output<T> out) {
        const std::size_t units = z.shape(1);
        const RowKernel<T>& kernel = row_kernel<T>(name, units);
        const std::size_t width = kernel.outputs(units);
        if (error.shape(0) != z.shape(0) || error.shape(1) != width || out.shape(0) != z.shape(0) ||
            out.shape(1) != units)
          throw nb::value_error("error or out has another shape than expected");
        each_row(z.shape(0), units, [&](std::size_t i) {
          std::vector<T> value(width), saved(units);
          kernel.forward(z.data() + i * units, value.data(), saved.data(), units);
          T* row = out.data() + i * units;
          std::copy_n(error.data() + i * width, width, row);
          kernel.backward(saved.data(), row, units);
        });
      },
      arg("name"), arg("z").noconvert(), arg("error").noconvert(), arg("out").noconvert(),
      "Write to each row of out the transposed Jacobian at the row of z, times the row of error.");
}

}  // namespace

void bind_rows(nb::module_& m) {
  bind_rows_of<float>(m);
  bind_rows_of<double>(m);
}
