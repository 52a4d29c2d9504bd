// Evaluation of the activations on NumPy arrays.
#include "activations/catalogue.hpp"

#include <nanobind/nanobind.h>
#include <nanobind/ndarray.h>
#include <nanobind/stl/string_view.h>

#include <algorithm>
#include <cstddef>
#include <string>
#include <string_view>

namespace nb = nanobind;

namespace {

template <class T>
using Input = nb::ndarray<const T, nb::c_contig, nb::device::cpu>;
template <class T>
using Output = nb::ndarray<T, nb::c_contig, nb::device::cpu>;

constexpr std::size_t block = std::size_t{1} << 14;  // stays in the second-level cache
constexpr std::size_t parallel_from = std::size_t{1} << 17;

template <class T>
const ogive::Kernel<T>& kernel(std::string_view name) {
  const ogive::Kernel<T>* found = ogive::find_kernel<T>(name);
  if (!found) throw nb::key_error(("no kernel is named " + std::string(name)).c_str());
  return *found;
}

template <class T>
void require(const Input<T>& context, std::size_t n, std::initializer_list<std::size_t> sizes) {
  if (context.size() < ogive::max_parameters) throw nb::value_error("context is too short");
  if (std::any_of(sizes.begin(), sizes.end(), [n](std::size_t size) { return size != n; })) {
    throw nb::value_error("arrays differ in size");
  }
}

/// Calls work(begin, count) for the blocks of n elements, on several threads if n is large.
template <class Work>
void in_blocks(std::size_t n, Work work) {
  const nb::gil_scoped_release release;
  const auto blocks = static_cast<std::ptrdiff_t>((n + block - 1) / block);
#pragma omp parallel for schedule(static) if (n >= parallel_from)
  for (std::ptrdiff_t i = 0; i < blocks; ++i) {
    const std::size_t begin = static_cast<std::size_t>(i) * block;
    work(begin, std::min(block, n - begin));
  }
}

template <class T>
void bind_evaluation(nb::module_& m) {
  using nb::arg;
  m.def(
      "activation_value",
      [](std::string_view name, Input<T> z, Output<T> a, Input<T> context) {
        const ogive::Kernel<T>& k = kernel<T>(name);
        require<T>(context, z.size(), {a.size()});
        in_blocks(z.size(), [&](std::size_t begin, std::size_t count) {
          k.value(z.data() + begin, a.data() + begin, count, context.data());
        });
      },
      arg("name"), arg("z").noconvert(), arg("out").noconvert(), arg("context").noconvert(),
      "Write the activation's value at z to out; out may be z.");
  m.def(
      "activation_derivative",
      [](std::string_view name, Input<T> z, Output<T> d, Input<T> context) {
        const ogive::Kernel<T>& k = kernel<T>(name);
        require<T>(context, z.size(), {d.size()});
        in_blocks(z.size(), [&](std::size_t begin, std::size_t count) {
          k.derivative(z.data() + begin, d.data() + begin, count, context.data());
        });
      },
      arg("name"), arg("z").noconvert(), arg("out").noconvert(), arg("context").noconvert(),
      "Write the activation's derivative at z to out; out may be z.");
  m.def(
      "activation_value_and_derivative",
      [](std::string_view name, Input<T> z, Output<T> a, Output<T> d, Input<T> context) {
        const ogive::Kernel<T>& k = kernel<T>(name);
        require<T>(context, z.size(), {a.size(), d.size()});
        in_blocks(z.size(), [&](std::size_t begin, std::size_t count) {
          k.value_and_derivative(z.data() + begin, a.data() + begin, d.data() + begin, count,
                                 context.data());
        });
      },
      arg("name"), arg("z").noconvert(), arg("value").noconvert(), arg("derivative").noconvert(),
      arg("context").noconvert(), "Write both in one pass; either output may be z.");
}

}  // namespace

void bind_activations(nb::module_& m) {
  m.attr("max_activation_parameters") = ogive::max_parameters;
  m.def(
      "activation_facts",
      [] {
        nb::dict all;
        for (const ogive::Entry& row : ogive::all_activations()) {
          const ogive::KernelFacts& facts = row.facts;
          nb::dict parameters;
          for (const ogive::Parameter& parameter : facts.parameters) {
            parameters[nb::cast(parameter.name)] = parameter.default_value;
          }
          nb::dict entry;
          entry["parameters"] = parameters;
          entry["value_ulp"] = facts.accuracy.value_ulp;
          entry["derivative_ulp"] = facts.accuracy.derivative_ulp;
          entry["derivative_epsilons"] = facts.accuracy.derivative_epsilons;
          entry["value_epsilons"] = facts.accuracy.value_epsilons;
          all[nb::cast(facts.name)] = entry;
        }
        return all;
      },
      "Return, for each activation, its parameters with defaults and its accuracy contract.");
  bind_evaluation<float>(m);
  bind_evaluation<double>(m);
}
