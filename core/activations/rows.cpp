#include <array>

#include "activations/gates.hpp"
#include "activations/piecewise.hpp"
#include "activations/self_gated.hpp"
#include "activations/squashing.hpp"
#include "activations/vectors.hpp"
#include "platform.hpp"
#include "row_kernels.hpp"

namespace ogive {

namespace {

template <class Function, class T>
constexpr RowKernel<T> row_kernel(std::string_view name, bool halves) {
  return {name, halves, Function::forward, Function::backward};
}

}  // namespace

template <class T>
const RowKernel<T>* find_row_kernel(std::string_view name) {
  static constexpr std::array all{row_kernel<Softmax<1, T>, T>("softmax", false),
                                  row_kernel<Softmax<-1, T>, T>("softmin", false),
                                  row_kernel<LogSoftmax<T>, T>("log_softmax", false),
                                  row_kernel<Sparsemax<T>, T>("sparsemax", false),
                                  row_kernel<Gate<Sigmoid, T>, T>("glu", true),
                                  row_kernel<Gate<Relu, T>, T>("reglu", true),
                                  row_kernel<Gate<Gelu, T>, T>("geglu", true),
                                  row_kernel<Gate<Silu, T>, T>("swiglu", true),
                                  row_kernel<Gate<Identity, T>, T>("bilinear", true)};
  for (const RowKernel<T>& one : all)
    if (one.name == name) return &one;
  return nullptr;
}

#if OGIVE_FLOAT32
template const RowKernel<float>* find_row_kernel<float>(std::string_view);
#endif
template const RowKernel<double>* find_row_kernel<double>(std::string_view);

}  // namespace ogive
