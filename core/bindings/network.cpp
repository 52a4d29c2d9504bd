// Networks, their training and fleets of them, for Python.
#include <algorithm>
#include <chrono>
#include <optional>
#include <string>

#include "arrays.hpp"
#include "fleet.hpp"
#include "training.hpp"

namespace {

using namespace ogive;
using namespace ogive::python;
namespace nb = nanobind;

// The arrays behind `data` are kept alive by `owners`.
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
      const auto values = nb::cast<Vector<T>>(parts[0]);
      const auto indices = nb::cast<Vector<std::int64_t>>(parts[1]);
      const auto starts = nb::cast<Vector<std::int64_t>>(parts[2]);
      check_sparse(values.size(), indices, starts);
      data.values = values.data();
      data.indices = indices.data();
      data.starts = starts.data();
      for (std::size_t i = 0; i < 3; ++i) owners.emplace_back(nb::borrow(parts[i]));
    } else {
      const auto dense = nb::cast<Matrix<T>>(x);
      if (dense.shape(0) != rows || dense.shape(1) != features)
        throw nb::value_error("x does not have the shape given");
      data.dense = dense.data();
      data.dense_row = features;
      owners.push_back(x);
    }
    if (!target.is_none()) {
      const auto y = nb::cast<Matrix<T>>(target);
      if (y.shape(0) != rows) throw nb::value_error("target has another number of rows than x");
      data.target = y.data();
      outputs = y.shape(1);
      owners.push_back(target);
    }
    if (!label.is_none()) {
      const auto y = nb::cast<Vector<std::int32_t>>(label);
      if (y.size() != rows) throw nb::value_error("label has another number of rows than x");
      data.label = y.data();
      for (std::size_t i = 0; i < rows; ++i) {
        if (y.data()[i] < 0) throw nb::value_error("labels must not be negative");
        outputs = std::max(outputs, static_cast<std::size_t>(y.data()[i]) + 1);
      }
      owners.push_back(label);
    }
    if (!weight.is_none()) {
      const auto w = nb::cast<Vector<T>>(weight);
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

  PythonNetwork(const std::vector<std::size_t>& units, const std::vector<std::string>& names,
                const std::vector<Vector<T>>& contexts, const std::string& loss)
      : network(units, activations(units, names, contexts), loss_named(loss)) {}

  static std::vector<HiddenActivation<T>> activations(const std::vector<std::size_t>& units,
                                                      const std::vector<std::string>& names,
                                                      const std::vector<Vector<T>>& contexts) {
    if (units.size() < 2 || names.size() != units.size() - 2 || contexts.size() != names.size())
      throw nb::value_error("there must be one activation for each hidden layer");
    if (std::find(units.begin(), units.end(), 0u) != units.end())
      throw nb::value_error("a layer must have at least one unit");
    std::vector<HiddenActivation<T>> out(names.size());
    for (std::size_t l = 0; l < names.size(); ++l) {
      out[l].kernel = find_kernel<T>(names[l]);
      if (!out[l].kernel) throw nb::value_error(("no kernel is named " + names[l]).c_str());
      if (contexts[l].size() != max_parameters)
        throw nb::value_error("an activation's context has another length than max_parameters");
      std::copy_n(contexts[l].data(), max_parameters, out[l].context);
    }
    return out;
  }

  template <class Visit>  // visit(padded position, number of entries), in scikit-learn's order
  void for_each_row(const Visit& visit) const {
    for (std::size_t l = 0; l < network.net.depth(); ++l) {
      const Layer& layer = network.net.layer(l);
      for (std::size_t i = 0; i < layer.fan_in; ++i)
        visit(layer.offset + i * layer.stride, layer.fan_out);
    }
    for (std::size_t l = 0; l < network.net.depth(); ++l)
      visit(network.net.layer(l).bias(), network.net.layer(l).fan_out);
  }

  std::size_t flat_size() const {
    std::size_t n = 0;
    for_each_row([&](std::size_t, std::size_t count) { n += count; });
    return n;
  }

  nb::object flat(const Buffer<T>& values) const {
    return new_array<T>({flat_size()}, [&](T* out) {
      for_each_row([&](std::size_t at, std::size_t count) {
        out = std::copy_n(values.data() + at, count, out);
      });
    });
  }

  void set_flat(const Vector<T>& from, Buffer<T>& values) const {
    if (from.size() != flat_size())
      throw nb::value_error("the vector has another length than the weights");
    values.assign(network.net.size(), T(0));
    const T* in = from.data();
    for_each_row([&](std::size_t at, std::size_t count) {
      std::copy_n(in, count, values.data() + at);
      in += count;
    });
  }

  void set_weights(const std::vector<Matrix<T>>& coefs, const std::vector<Vector<T>>& intercepts) {
    const std::size_t depth = network.net.depth();
    if (coefs.size() != depth || intercepts.size() != depth)
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
    }
  }

  nb::tuple weights() const {
    nb::list coefs, intercepts;
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
    }
    return nb::make_tuple(coefs, intercepts);
  }

  void reset_optimizer(const std::string& solver, double learning_rate) {
    network.optimizer.reset(network.net.size(), solver_named(solver), learning_rate);
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
    check(d, true);
    Buffer<T> gradient(network.net.size());
    typename Network<T>::BatchLoss loss;
    {
      const nb::gil_scoped_release release;
      const auto rows = all_rows(d.data.rows);
      network.begin(std::min(chunk, rows.size()), d.data.sparse());
      Team team(threads_for(rows.size(), threads));
      team.gather([&] {
        loss = network.loss_and_gradient(team, d.data, rows.data(), rows.size(), alpha,
                                         gradient.data());
      });
      network.end();
    }
    return nb::make_tuple(loss.data, loss.penalty, flat(gradient));
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

TrainingOptions options_from(const nb::dict& d) {
  TrainingOptions o;
  const auto number = [&](const char* key) { return nb::cast<double>(d[key]); };
  const auto text = [&](const char* key) { return nb::cast<std::string>(d[key]); };
  o.optimizer = {solver_named(text("solver")),
                 number("momentum"),
                 nb::cast<bool>(d["nesterovs_momentum"]),
                 number("beta_1"),
                 number("beta_2"),
                 number("epsilon"),
                 number("weight_decay")};
  o.schedule = schedule_named(text("learning_rate"));
  o.learning_rate_init = number("learning_rate_init");
  o.power_t = number("power_t");
  o.alpha = number("alpha");
  o.tol = number("tol");
  o.dropout = number("dropout");
  o.batch_size = nb::cast<std::size_t>(d["batch_size"]);
  o.max_iter = nb::cast<std::size_t>(d["max_iter"]);
  o.n_iter_no_change = number("n_iter_no_change");
  o.shuffle = nb::cast<bool>(d["shuffle"]);
  o.record_gradients = nb::cast<bool>(d["record_gradients"]);
  o.dropout_seed = nb::cast<std::uint64_t>(d["dropout_seed"]);
  const std::string monitor = text("monitor");
  o.monitor = monitor == "validation_score"  ? Monitor::validation_score
              : monitor == "validation_loss" ? Monitor::validation_loss
                                             : Monitor::training_loss;
  if (o.batch_size == 0) throw nb::value_error("batch_size must be positive");
  return o;
}

const char* name_of(Outcome outcome) {
  switch (outcome) {
    case Outcome::converged:
      return "converged";
    case Outcome::interrupted:
      return "interrupted";
    case Outcome::stopped:
      return "stopped";
    case Outcome::nonfinite:
      return "nonfinite";
    default:
      return "max_iter";
  }
}

// One training, prepared with the GIL held and run without it.
template <class T>
struct PythonTraining {
  PythonNetwork<T>& network;
  nb::object owners[3];
  Training<T> training;

  PythonTraining(nb::object net, nb::object data, const Vector<std::int64_t>& rows,
                 nb::object validation, const Vector<std::int64_t>& validation_rows,
                 const nb::dict& options, const Vector<std::uint32_t>& key, std::size_t position,
                 std::int64_t rows_seen, double no_improvement, double best_loss, double best_score)
      : network(*nb::cast<PythonNetwork<T>*>(net)),
        owners{net, data, validation},
        training(network.network, checked(data).data, rows_of(rows, checked(data).data.rows),
                 validation.is_none() ? nullptr : &checked(validation).data,
                 validation.is_none() ? std::vector<std::int64_t>{}
                                      : rows_of(validation_rows, checked(validation).data.rows),
                 options_from(options), random_from(key, position)) {
    if (rows.size() == 0) throw nb::value_error("there are no rows to learn from");
    if (network.network.optimizer.first.size() != network.network.net.size())
      throw nb::value_error("the optimizer was not reset");
    training.rows_seen = rows_seen;
    training.no_improvement = no_improvement;
    training.history.best_loss = best_loss;
    training.history.best_score = best_score;
  }

  const PythonData<T>& checked(const nb::object& data) const {
    const auto& d = *nb::cast<const PythonData<T>*>(data);
    network.check(d, true);
    return d;
  }

  static MersenneTwister random_from(const Vector<std::uint32_t>& key, std::size_t position) {
    MersenneTwister random;
    if (key.size() != MersenneTwister::size)
      throw nb::value_error("the generator's key must have 624 words");
    std::copy_n(key.data(), MersenneTwister::size, random.key.begin());
    random.position = position;
    return random;
  }

  static nb::dict describe(const History& h) {
    nb::dict d;
    d["loss"] = nb::cast(h.loss);
    d["validation_loss"] = nb::cast(h.validation_loss);
    d["validation_score"] = nb::cast(h.validation_score);
    d["gradient_rms"] = copied(h.gradient_rms);
    d["learning_rate"] = nb::cast(h.learning_rate);
    d["n_iter"] = h.n_iter;
    d["best_iter"] = h.best_iter;
    d["best_loss"] = h.best_loss;
    d["best_score"] = h.best_score;
    d["nonfinite_epoch"] = h.nonfinite_epoch;
    d["nonfinite_layer"] = h.nonfinite_layer;
    d["seconds"] = h.seconds;
    d["outcome"] = name_of(h.outcome);
    return d;
  }

  // Ctrl-C is looked for every 50 ms; it ends the training with outcome "interrupted".
  void run(int threads, nb::object epoch_ended) {
    Hooks hooks;
    auto last = std::chrono::steady_clock::now();
    bool interrupted = false;
    hooks.interrupted = [&] {
      const auto now = std::chrono::steady_clock::now();
      if (now - last < std::chrono::milliseconds(50)) return false;
      last = now;
      const nb::gil_scoped_acquire acquire;
      if (PyErr_CheckSignals() == 0) return false;
      if (!PyErr_ExceptionMatches(PyExc_KeyboardInterrupt)) throw nb::python_error();
      PyErr_Clear();
      interrupted = true;
      return true;
    };
    if (!epoch_ended.is_none())
      hooks.epoch_ended = [&](const History& h) {
        const nb::gil_scoped_acquire acquire;
        return nb::cast<bool>(epoch_ended(describe(h)));
      };
    const nb::gil_scoped_release release;
    Team team(network.threads_for(training.batch_size(), threads));
    team.gather([&] { training.run(team, hooks); });
  }
};

template <class T>
void run_trainings(const std::vector<PythonTraining<T>*>& trainings, int threads,
                   nb::object progress) {
  const nb::gil_scoped_release release;
  const int members = std::max(1, std::min<int>(threads > 0 ? threads : available_threads(),
                                                static_cast<int>(trainings.size())));
  run_fleet(
      trainings.size(), members,
      [&](std::size_t i, const std::function<bool()>& interrupted) {
        Team alone(1);
        Hooks hooks;
        hooks.interrupted = interrupted;
        trainings[i]->training.run(alone, hooks);
      },
      [&](std::size_t done) {
        const nb::gil_scoped_acquire acquire;
        if (PyErr_CheckSignals() != 0) throw nb::python_error();
        if (!progress.is_none()) progress(done, trainings.size());
        return false;
      });
}

template <class T>
void bind_type(nb::module_& m, const char* suffix) {
  using nb::arg;
  const auto named = [&](const char* name) { return std::string(name) + suffix; };
  nb::class_<PythonData<T>>(m, named("Data_").c_str())
      .def(nb::init<nb::object, std::size_t, std::size_t, nb::object, nb::object, nb::object>(),
           arg("x"), arg("rows"), arg("features"), arg("target").none(), arg("label").none(),
           arg("weight").none());
  using Net = PythonNetwork<T>;
  nb::class_<Net>(m, named("Network_").c_str())
      .def(nb::init<const std::vector<std::size_t>&, const std::vector<std::string>&,
                    const std::vector<Vector<T>>&, const std::string&>(),
           arg("units"), arg("activations"), arg("contexts"), arg("loss"))
      .def("set_weights", &Net::set_weights)
      .def("weights", &Net::weights)
      .def("set_flat_weights", [](Net& n, const Vector<T>& v) { n.set_flat(v, n.network.weights); })
      .def("flat_weights", [](const Net& n) { return n.flat(n.network.weights); })
      .def("reset_optimizer", &Net::reset_optimizer)
      .def("optimizer_state", &Net::optimizer_state)
      .def("set_optimizer_state", &Net::set_optimizer_state, arg("first").none(),
           arg("second").none(), arg("steps"), arg("learning_rate"))
      .def("loss_and_gradient", &Net::loss_and_gradient, arg("data"), arg("alpha"),
           arg("threads") = 0)
      .def("outputs", &Net::outputs, arg("data"), arg("threads") = 0);
  using Run = PythonTraining<T>;
  nb::class_<Run>(m, named("Training_").c_str())
      .def(nb::init<nb::object, nb::object, const Vector<std::int64_t>&, nb::object,
                    const Vector<std::int64_t>&, const nb::dict&, const Vector<std::uint32_t>&,
                    std::size_t, std::int64_t, double, double, double>(),
           arg("network"), arg("data"), arg("rows"), arg("validation").none(),
           arg("validation_rows"), arg("options"), arg("key"), arg("position"), arg("rows_seen"),
           arg("no_improvement"), arg("best_loss"), arg("best_score"))
      .def("run", &Run::run, arg("threads") = 0, arg("epoch_ended").none() = nb::none())
      .def("history", [](const Run& r) { return Run::describe(r.training.history); })
      .def("random_state",
           [](const Run& r) {
             const auto& g = r.training.random;
             return nb::make_tuple(
                 new_array<std::uint32_t>(
                     {g.key.size()},
                     [&](std::uint32_t* out) { std::copy(g.key.begin(), g.key.end(), out); }),
                 g.position);
           })
      .def_prop_ro("rows_seen", [](const Run& r) { return r.training.rows_seen; })
      .def_prop_ro("no_improvement", [](const Run& r) { return r.training.no_improvement; });
  m.def(named("run_fleet_").c_str(), &run_trainings<T>, arg("trainings"), arg("threads"),
        arg("progress").none());
}

}  // namespace

void bind_network(nb::module_& m) {
  bind_type<float>(m, "float32");
  bind_type<double>(m, "float64");
  m.def("available_threads", &available_threads);
}
