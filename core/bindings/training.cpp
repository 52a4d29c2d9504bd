// Training runs, one or a fleet of them, for Python.
#include "training.hpp"

#include <algorithm>
#include <chrono>
#include <mutex>
#include <optional>
#include <string>

#include "fleet.hpp"
#include "tables_and_networks.hpp"

namespace {

using namespace ogive;
using namespace ogive::python;
namespace nb = nanobind;

TrainingOptions options_from(const nb::dict& d) {
  TrainingOptions o;
  const auto number = [&](const char* key) { return nb::cast<double>(d[key]); };
  const auto text = [&](const char* key) { return nb::cast<std::string>(d[key]); };
  o.optimizer = {known(solver_named(text("solver")), "solver", text("solver")),
                 number("momentum"),
                 nb::cast<bool>(d["nesterovs_momentum"]),
                 number("beta_1"),
                 number("beta_2"),
                 number("epsilon"),
                 number("weight_decay")};
  o.schedule =
      known(schedule_named(text("learning_rate")), "learning rate schedule", text("learning_rate"));
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
  if (d.contains("greatest_slopes")) {
    o.course.on = true;
    o.course.greatest_slope = nb::cast<std::vector<double>>(d["greatest_slopes"]);
    o.course.dropout = o.dropout;
  }
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
    if (training.options().optimizer.adaptive() &&
        network.network.optimizer.second.size() != network.network.net.size())
      throw nb::value_error("the optimizer's state is that of another solver");
    if (!validation.is_none() && checked(validation).data.sparse() != checked(data).data.sparse())
      throw nb::value_error("training and validation rows must both be dense or both be sparse");
    if (training.options().course.on &&
        training.options().course.greatest_slope.size() + 1 != network.network.net.depth())
      throw nb::value_error("there must be a greatest slope for each hidden layer");
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
    d["nonfinite_step"] = h.nonfinite_step;
    d["nonfinite_layer"] = h.nonfinite_layer;
    d["seconds"] = h.seconds;
    d["outcome"] = name_of(h.outcome);
    return d;
  }

  nb::object course() const {
    if (!training.observer) return nb::none();
    const Course& c = training.observer->course;
    nb::dict d;
    d["epoch"] = copied(c.epoch);
    d["n_rows"] = copied(c.rows);
    d["silent_share"] = copied(c.silent_share);
    d["saturated_share"] = copied(c.saturated_share);
    d["mean"] = copied(c.mean);
    d["std"] = copied(c.std);
    d["error_norm"] = copied(c.error_norm);
    d["gradient_rms"] = copied(c.gradient_rms);
    d["weight_rms"] = copied(c.weight_rms);
    d["update_ratio"] = copied(c.update_ratio);
    d["samples"] = copied(c.samples);
    nb::list active;
    for (const auto& layer : c.last_active) active.append(copied(layer));
    d["last_active"] = active;
    return d;
  }

  // The epoch that has just ended; the whole history would be copied anew in every epoch.
  static nb::dict describe_last(const History& h) {
    nb::dict d;
    d["n_iter"] = h.n_iter;
    d["loss"] = h.loss.back();
    d["learning_rate"] = h.learning_rate.back();
    const bool validated = !h.validation_score.empty();
    d["validation_loss"] = validated ? nb::cast(h.validation_loss.back()) : nb::none();
    d["validation_score"] = validated ? nb::cast(h.validation_score.back()) : nb::none();
    return d;
  }

  // Ctrl-C is looked for every 50 ms; it ends the training with outcome "interrupted".
  void run(int threads, nb::object epoch_ended) {
    Hooks hooks;
    auto last = std::chrono::steady_clock::now();
    hooks.interrupted = [&] {
      const auto now = std::chrono::steady_clock::now();
      if (now - last < std::chrono::milliseconds(50)) return false;
      last = now;
      const nb::gil_scoped_acquire acquire;
      if (PyErr_CheckSignals() == 0) return false;
      if (!PyErr_ExceptionMatches(PyExc_KeyboardInterrupt)) throw nb::python_error();
      PyErr_Clear();
      return true;
    };
    if (!epoch_ended.is_none())
      hooks.epoch_ended = [&](const History& h) -> std::optional<Outcome> {
        const nb::gil_scoped_acquire acquire;
        try {
          if (nb::cast<bool>(epoch_ended(describe_last(h)))) return Outcome::stopped;
        } catch (nb::python_error& error) {
          if (!error.matches(PyExc_KeyboardInterrupt)) throw;
          return Outcome::interrupted;
        }
        return std::nullopt;
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
  std::vector<std::size_t> ended;
  std::mutex ended_lock;
  run_fleet(
      trainings.size(), members,
      [&](std::size_t i, const std::function<bool()>& interrupted) {
        Team alone(1);
        Hooks hooks;
        hooks.interrupted = interrupted;
        trainings[i]->training.run(alone, hooks);
        const std::lock_guard lock(ended_lock);
        ended.push_back(i);
      },
      [&](std::size_t) {
        std::vector<std::size_t> since;
        {
          const std::lock_guard lock(ended_lock);
          since.swap(ended);
        }
        const nb::gil_scoped_acquire acquire;
        if (PyErr_CheckSignals() != 0) throw nb::python_error();
        if (!progress.is_none()) {
          nb::list numbers;
          for (const std::size_t i : since) numbers.append(i);
          progress(numbers);
        }
        return false;
      });
}

template <class T>
void bind_type(nb::module_& m, const char* suffix) {
  using nb::arg;
  const auto named = [&](const char* name) { return std::string(name) + suffix; };
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
      .def("course", &Run::course)
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

void bind_training(nb::module_& m) {
  bind_type<float>(m, "float32");
  bind_type<double>(m, "float64");
}
