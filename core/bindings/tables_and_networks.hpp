// Tables and networks as Python holds them.
#pragma once

#include <algorithm>
#include <cmath>
#include <numeric>
#include <optional>
#include <string>
#include <vector>

#include "arrays.hpp"
#include "flat_weights.hpp"
#include "hidden_activations.hpp"
#include "network.hpp"

namespace ogive::python {

// What a name stands for, if it is one at all.
template <class Named>
Named known(std::optional<Named> found, const char* kind, const std::string& name) {
  if (!found) throw nb::value_error(("unknown " + std::string(kind) + ": " + name).c_str());
  return *found;
}

// The arrays behind `data` are kept alive by `owners`; arrays of another dtype are refused, since
// a converted copy would not be.
template <class T>
struct PythonData {
  Data<T> data;
  std::vector<nb::object> owners;
  std::size_t outputs = 0;

  PythonData(nb::object x, std::size_t rows, std::size_t features, nb::object target,
             nb::object label, nb::object weight) {
    data.rows = rows;
    data.features = features;
    if (nb::isinstance<nb::tuple>(x)) {
      nb::tuple parts = nb::borrow<nb::tuple>(x);
      const auto values = nb::cast<Vector<T>>(parts[0], false);
      const auto indices = nb::cast<Vector<std::int64_t>>(parts[1], false);
      const auto starts = nb::cast<Vector<std::int64_t>>(parts[2], false);
      check_sparse(values.size(), indices, starts);
      data.values = values.data();
      data.indices = indices.data();
      data.starts = starts.data();
      for (std::size_t i = 0; i < 3; ++i) owners.emplace_back(nb::borrow(parts[i]));
    } else {
      const auto dense = nb::cast<Matrix<T>>(x, false);
      if (dense.shape(0) != rows || dense.shape(1) != features)
        throw nb::value_error("x does not have the shape given");
      data.dense = dense.data();
      data.dense_row = features;
      owners.push_back(x);
    }
    if (!target.is_none()) {
      const auto y = nb::cast<Matrix<T>>(target, false);
      if (y.shape(0) != rows) throw nb::value_error("target has another number of rows than x");
      data.target = y.data();
      outputs = y.shape(1);
      owners.push_back(target);
    }
    if (!label.is_none()) {
      const auto y = nb::cast<Vector<std::int32_t>>(label, false);
      if (y.size() != rows) throw nb::value_error("label has another number of rows than x");
      data.label = y.data();
      for (std::size_t i = 0; i < rows; ++i) {
        if (y.data()[i] < 0) throw nb::value_error("labels must not be negative");
        outputs = std::max(outputs, static_cast<std::size_t>(y.data()[i]) + 1);
      }
      owners.push_back(label);
    }
    if (!weight.is_none()) {
      const auto w = nb::cast<Vector<T>>(weight, false);
      if (w.size() != rows) throw nb::value_error("weight has another number of rows than x");
      data.weight = w.data();
      owners.push_back(weight);
    }
  }

 private:
  void check_sparse(std::size_t n, const Vector<std::int64_t>& indices,
                    const Vector<std::int64_t>& starts) const {
    if (starts.size() != data.rows + 1 || indices.size() != n || starts.data()[0] != 0 ||
        static_cast<std::size_t>(starts.data()[data.rows]) != n)
      throw nb::value_error("the sparse table's parts do not fit together");
    for (std::size_t i = 0; i < data.rows; ++i)
      if (starts.data()[i] > starts.data()[i + 1])
        throw nb::value_error("the sparse table's row starts must ascend");
    for (std::size_t i = 0; i < n; ++i)
      if (indices.data()[i] < 0 || static_cast<std::size_t>(indices.data()[i]) >= data.features)
        throw nb::value_error("a column index of the sparse table is out of range");
  }
};

template <class T>
struct PythonNetwork {
  Network<T> network;

  PythonNetwork(const std::vector<std::size_t>& units, const std::vector<nb::dict>& hidden,
                const std::string& loss)
      : network(units, hidden_activations<T>(units, hidden),
                known(loss_named(loss), "loss", loss)) {}

  nb::object flat(const Buffer<T>& values) const {
    return new_array<T>({flat_size(network.net)},
                        [&](T* out) { to_flat(network.net, values.data(), out); });
  }

  void set_flat(const Vector<T>& from, Buffer<T>& values) const {
    if (from.size() != flat_size(network.net))
      throw nb::value_error("the vector has another length than the weights");
    values.assign(network.net.size(), T(0));
    from_flat(network.net, from.data(), values.data());
  }

  // `slopes`: for each hidden layer the learnt slopes of its activation, empty where it has none.
  void set_weights(const std::vector<Matrix<T>>& coefs, const std::vector<Vector<T>>& intercepts,
                   const std::vector<Vector<T>>& slopes) {
    const std::size_t depth = network.net.depth();
    if (coefs.size() != depth || intercepts.size() != depth || slopes.size() + 1 != depth)
      throw nb::value_error("there must be one matrix and one vector for each layer");
    for (std::size_t l = 0; l < depth; ++l) {
      const Layer& layer = network.net.layer(l);
      if (coefs[l].shape(0) != layer.fan_in || coefs[l].shape(1) != layer.fan_out ||
          intercepts[l].size() != layer.fan_out)
        throw nb::value_error("a layer's weights have another shape than the layer");
      for (std::size_t i = 0; i < layer.fan_in; ++i)
        std::copy_n(coefs[l].data() + i * layer.fan_out, layer.fan_out,
                    network.weights.data() + layer.offset + i * layer.stride);
      std::copy_n(intercepts[l].data(), layer.fan_out, network.weights.data() + layer.bias());
      if (l + 1 == depth) continue;
      if (slopes[l].size() != layer.slopes)
        throw nb::value_error("a layer's slopes have another length than its activation needs");
      std::copy_n(slopes[l].data(), layer.slopes, network.weights.data() + layer.slope_row());
    }
  }

  nb::tuple weights() const {
    nb::list coefs, intercepts, slopes;
    for (std::size_t l = 0; l < network.net.depth(); ++l) {
      const Layer& layer = network.net.layer(l);
      coefs.append(new_array<T>({layer.fan_in, layer.fan_out}, [&](T* out) {
        for (std::size_t i = 0; i < layer.fan_in; ++i)
          out = std::copy_n(network.weights.data() + layer.offset + i * layer.stride, layer.fan_out,
                            out);
      }));
      intercepts.append(new_array<T>({layer.fan_out}, [&](T* out) {
        std::copy_n(network.weights.data() + layer.bias(), layer.fan_out, out);
      }));
      if (l + 1 < network.net.depth())
        slopes.append(new_array<T>({layer.slopes}, [&](T* out) {
          std::copy_n(network.weights.data() + layer.slope_row(), layer.slopes, out);
        }));
    }
    return nb::make_tuple(coefs, intercepts, slopes);
  }

  void reset_optimizer(const std::string& solver, double learning_rate) {
    network.optimizer.reset(network.net.size(), known(solver_named(solver), "solver", solver),
                            learning_rate);
  }

  nb::tuple optimizer_state() const {
    const auto& o = network.optimizer;
    return nb::make_tuple(o.first.empty() ? nb::none() : flat(o.first),
                          o.second.empty() ? nb::none() : flat(o.second), o.steps, o.learning_rate);
  }

  void set_optimizer_state(nb::object first, nb::object second, std::int64_t steps, double rate) {
    auto& o = network.optimizer;
    o.first.clear();
    o.second.clear();
    if (!first.is_none()) set_flat(nb::cast<Vector<T>>(first), o.first);
    if (!second.is_none()) set_flat(nb::cast<Vector<T>>(second), o.second);
    o.steps = steps;
    o.learning_rate = rate;
  }

  void check(const PythonData<T>& d, bool with_target) const {
    if (d.data.features != network.net.layer(0).fan_in)
      throw nb::value_error("x has another number of features than the network");
    if (!with_target) return;
    const bool classes = network.loss == Loss::log_loss;
    const std::size_t wanted = network.net.last().fan_out;
    if (classes ? (!d.data.label || d.outputs > wanted) : (!d.data.target || d.outputs != wanted))
      throw nb::value_error("the target does not fit the network's outputs");
  }

  static std::vector<std::int64_t> all_rows(std::size_t n) {
    std::vector<std::int64_t> rows(n);
    std::iota(rows.begin(), rows.end(), 0);
    return rows;
  }

  static constexpr std::size_t chunk = 1024;

  nb::tuple loss_and_gradient(const PythonData<T>& d, double alpha, int threads) {
    const nb::tuple all = loss_gradient_and_errors(d, alpha, threads);
    return nb::make_tuple(all[0], all[1], all[2]);
  }

  // Beside loss, penalty and gradient the root mean square over rows of the norm of dLoss/dz, by
  // layer.
  nb::tuple loss_gradient_and_errors(const PythonData<T>& d, double alpha, int threads) {
    check(d, true);
    Buffer<T> gradient(network.net.size());
    std::vector<double> errors(network.net.depth());
    typename Network<T>::BatchLoss loss;
    {
      const nb::gil_scoped_release release;
      const auto rows = all_rows(d.data.rows);
      network.begin(std::min(chunk, rows.size()), d.data.sparse());
      Team team(threads_for(rows.size(), threads));
      team.gather([&] {
        loss = network.loss_and_gradient(team, d.data, rows.data(), rows.size(), alpha,
                                         gradient.data(), errors.data());
      });
      network.end();
    }
    for (double& e : errors) e = std::sqrt(e / loss.weight);
    return nb::make_tuple(loss.data, loss.penalty, flat(gradient), copied(errors));
  }

  nb::object outputs(const PythonData<T>& d, int threads) {
    check(d, false);
    const Layer& last = network.net.last();
    return new_array<T>({d.data.rows, last.fan_out}, [&](T* out) {
      const nb::gil_scoped_release release;
      const auto rows = all_rows(d.data.rows);
      network.begin(std::max<std::size_t>(std::min(chunk, rows.size()), 1), d.data.sparse(), false);
      Team team(threads_for(rows.size(), threads));
      team.gather([&] {
        network.outputs(team, d.data, rows.data(), rows.size(), true,
                        [&](std::size_t, std::size_t count, const T* z) {
                          for (std::size_t i = 0; i < count; ++i)
                            out = std::copy_n(z + i * last.stride, last.fan_out, out);
                        });
      });
      network.end();
    });
  }

  // A second thread is worth its waiting from some 10 microseconds of work a step.
  int threads_for(std::size_t batch, int wanted) const {
    const int most = wanted > 0 ? wanted : available_threads();
    return network.work_of_step(batch) < 1.2e6 ? 1 : std::max(1, most);
  }
};

}  // namespace ogive::python
