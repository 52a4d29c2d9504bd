// The state of every layer over the training rows, as src/ogive/diagnosis/layers.py measures it.
#include <algorithm>
#include <cmath>
#include <limits>
#include <vector>

#include "bindings/wasm/abi.hpp"
#include "bindings/wasm/session.hpp"
#include "bindings/wasm/views.hpp"
#include "greatest_slope.hpp"

using namespace ogive;
using namespace ogive::page;

namespace {

constexpr double dead = 1e-6, saturated = 0.05, saturated_rows = 0.95;

struct HiddenLayer {
  double steepest, sum = 0, squares = 0;
  std::vector<double> greatest,
      active;  // of each unit: its greatest slope, rows where it is active
};

double root_mean_square(const double* values, const Layer& layer) {
  double sum = 0;
  for (std::size_t i = 0; i < layer.fan_in; ++i)
    for (std::size_t j = 0; j < layer.fan_out; ++j) {
      const double v = values[layer.offset + i * layer.stride + j];
      sum += v * v;
    }
  return std::sqrt(sum / static_cast<double>(layer.fan_in * layer.fan_out));
}

}  // namespace

/// For each layer the root mean square of the weights' gradient (of the mean loss, without
/// penalty), that of the norm of dLoss/dz over rows, and that of the weights; for each hidden layer
/// then mean and standard deviation of its outputs, and for each unit the share of rows on which it
/// is active and 1 if it is dead, 2 if it is saturated, 0 otherwise.
OGIVE_EXPORT(network_layers) void network_layers(Session* session, double* out) {
  const auto& net = session->network.net;
  const auto& rows = session->training_rows();
  const auto n = static_cast<double>(rows.size());
  const std::size_t hidden = net.depth() - 1;
  Buffer<double> gradient(net.size());
  std::vector<double> errors(net.depth());
  session->network.loss_and_gradient(session->team, session->data(), rows.data(), rows.size(), 0,
                                     gradient.data(), errors.data());
  for (std::size_t l = 0; l < net.depth(); ++l) {
    *out++ = root_mean_square(gradient.data(), net.layer(l));
    *out++ = std::sqrt(errors[l] / n);
    *out++ = root_mean_square(session->network.weights.data(), net.layer(l));
  }

  std::vector<HiddenLayer> layers;
  for (std::size_t l = 0; l < hidden; ++l) {
    const HiddenActivation<double>& f = net.hidden(l);
    const double steepest = f.row ? 1 : greatest_slope(f.function);
    const std::vector<double> none(net.layer(l).fan_out);
    layers.push_back({steepest, 0, 0, none, none});
  }
  Workspace<double>& work = session->view(true);
  std::vector<double> slopes;
  for (std::size_t from = 0; from < rows.size(); from += view_rows) {
    const std::size_t count = std::min(view_rows, rows.size() - from);
    forward(net, session->network.weights.data(), session->data(), rows.data() + from, 0, count,
            work);
    for (std::size_t l = 0; l < hidden; ++l) {
      const std::size_t units = net.layer(l).fan_out, width = net.layer(l + 1).fan_in;
      HiddenLayer& layer = layers[l];
      slopes.resize(units);
      for (std::size_t i = 0; i < count; ++i) {
        unit_slopes(net, l, work.derivative[l].data() + i * net.layer(l).stride, slopes.data());
        for (std::size_t j = 0; j < units; ++j) {
          const double size = std::fabs(slopes[j]);
          layer.greatest[j] = std::max(layer.greatest[j], size);
          layer.active[j] += size >= saturated * layer.steepest ? 1 : 0;
        }
        const double* a = work.a[l].data() + i * net.output_stride(l);
        for (std::size_t j = 0; j < width; ++j) {
          layer.sum += a[j];
          layer.squares += a[j] * a[j];
        }
      }
    }
  }
  for (std::size_t l = 0; l < hidden; ++l) {
    const HiddenLayer& layer = layers[l];
    const double values = n * static_cast<double>(net.layer(l + 1).fan_in);
    const double mean = layer.sum / values;
    *out++ = mean;
    *out++ = std::sqrt(std::max(layer.squares / values - mean * mean, 0.0));
    for (std::size_t j = 0; j < layer.active.size(); ++j) {
      const double active = layer.active[j] / n;
      *out++ = active;
      *out++ = layer.greatest[j] <= dead * layer.steepest ? 1 : 1 - active > saturated_rows ? 2 : 0;
    }
  }
}
