// What a network makes of its inputs: answers, maps over the plane, one row in every detail.
#include "bindings/wasm/views.hpp"

#include <numeric>

#include "bindings/wasm/abi.hpp"
#include "bindings/wasm/session.hpp"
#include "flat_weights.hpp"

using namespace ogive;
using namespace ogive::page;

namespace {

// Answers for at most view_rows rows of `x`: rows of the last layer's stride.
const Workspace<double>& answer(Session& session, const double* x, std::size_t n) {
  const auto& net = session.network.net;
  Data<double> data;
  data.rows = n;
  data.features = data.dense_row = net.layer(0).fan_in;
  data.dense = x;
  std::int64_t rows[view_rows];
  std::iota(rows, rows + n, 0);
  Workspace<double>& work = session.view(false);
  forward(net, session.network.weights.data(), data, rows, 0, n, work);
  apply_output_function(session.network.loss, net, 0, n, work.a.back().data());
  return work;
}

}  // namespace

OGIVE_EXPORT(network_predict)
void network_predict(Session* session, const double* x, std::size_t n, double* out) {
  const auto& net = session->network.net;
  for (std::size_t from = 0; from < n; from += view_rows) {
    const std::size_t count = std::min(view_rows, n - from);
    const auto& work = answer(*session, x + from * net.layer(0).fan_in, count);
    for (std::size_t i = 0; i < count; ++i)
      out = std::copy_n(work.a.back().data() + i * net.last().stride, net.last().fan_out, out);
  }
}

/// Answers at the centres of columns × rows cells that fill a rectangle of the first two inputs,
/// row by row from the least y; the other inputs are those of `at`. `units`, if not null, takes the
/// outputs of all hidden units, one map after the other.
OGIVE_EXPORT(network_map)
void network_map(Session* session, double left, double right, double low, double high,
                 std::size_t columns, std::size_t rows, const double* at, float* out,
                 float* units) {
  const auto& net = session->network.net;
  const std::size_t features = net.layer(0).fan_in, cells = columns * rows;
  const double width = (right - left) / static_cast<double>(columns);
  const double height = (high - low) / static_cast<double>(rows);
  std::vector<double> x(view_rows * features);
  for (std::size_t i = 0; i < view_rows; ++i) std::copy_n(at, features, x.data() + i * features);
  for (std::size_t from = 0; from < cells; from += view_rows) {
    const std::size_t count = std::min(view_rows, cells - from);
    for (std::size_t i = 0; i < count; ++i) {
      const auto column = static_cast<double>((from + i) % columns);
      const auto row = static_cast<double>((from + i) / columns);
      x[i * features] = left + (column + 0.5) * width;
      if (features > 1) x[i * features + 1] = low + (row + 0.5) * height;
    }
    const auto& work = answer(*session, x.data(), count);
    for (std::size_t i = 0; i < count; ++i)
      for (std::size_t j = 0; j < net.last().fan_out; ++j)
        *out++ = static_cast<float>(work.a.back()[i * net.last().stride + j]);
    if (!units) continue;
    float* map = units + from;
    for (std::size_t l = 0; l + 1 < net.depth(); ++l)
      for (std::size_t j = 0; j < net.layer(l + 1).fan_in; ++j, map += cells)
        for (std::size_t i = 0; i < count; ++i)
          map[i] = static_cast<float>(work.a[l][i * net.output_stride(l) + j]);
  }
}

/// The features of a row.
OGIVE_EXPORT(network_row)
void network_row(const Session* session, std::size_t index, double* out) {
  const Data<double>& data = session->data();
  std::copy_n(data.dense + index * data.dense_row, data.features, out);
}

/// One row forwards and backwards. For each layer z, then its outputs; for each hidden layer the
/// slopes; for each layer dLoss/dz; then the gradient, as the weights lie; then the loss.
OGIVE_EXPORT(network_sample) void network_sample(Session* session, std::size_t index, double* out) {
  const auto& net = session->network.net;
  const std::size_t depth = net.depth();
  const auto row = static_cast<std::int64_t>(index);
  Buffer<double> gradient(net.size());
  const auto loss = session->network.loss_and_gradient(session->team, session->data(), &row, 1, 0,
                                                       gradient.data());
  const Workspace<double>& work = *session->network.workspace();
  // z was overwritten by what followed from it.
  const double* in = work.input.data();
  std::vector<double> z;
  for (std::size_t l = 0; l < depth; ++l) {
    const Layer& layer = net.layer(l);
    const double* w = session->network.weights.data();
    z.resize(layer.stride);
    multiply(1, layer.stride, layer.fan_in, in, std::size_t{0}, std::size_t{1}, w + layer.offset,
             layer.stride, z.data(), layer.stride, w + layer.bias(), std::size_t{0});
    out = std::copy_n(z.data(), layer.fan_out, out);
    in = work.a[l].data();
  }
  apply_output_function(session->network.loss, net, 0, 1, z.data());
  for (std::size_t l = 0; l + 1 < depth; ++l)
    out = std::copy_n(work.a[l].data(), net.layer(l + 1).fan_in, out);
  out = std::copy_n(z.data(), net.last().fan_out, out);
  for (std::size_t l = 0; l + 1 < depth; ++l) {
    unit_slopes(net, l, work.derivative[l].data(), out);
    out += net.layer(l).fan_out;
  }
  for (std::size_t l = 0; l < depth; ++l) {
    const double* error = l + 1 < depth ? work.error[l].data() : work.a[l].data();
    out = std::copy_n(error, net.layer(l).fan_out, out);
  }
  to_flat(net, gradient.data(), out);
  out[flat_size(net)] = loss.data;
}
