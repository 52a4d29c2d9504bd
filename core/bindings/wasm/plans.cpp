// From a network's description to a session.
#include <cmath>
#include <limits>
#include <memory>

#include "bindings/wasm/abi.hpp"
#include "bindings/wasm/functions.hpp"
#include "bindings/wasm/session.hpp"

using namespace ogive;
using namespace ogive::page;

namespace {

template <class Named>
bool choose(std::optional<Named> found, Named& to) {
  if (found) to = *found;
  return found.has_value();
}

std::size_t count(double number) {
  constexpr auto most = std::numeric_limits<std::size_t>::max();
  return number < static_cast<double>(most) ? static_cast<std::size_t>(number) : most;
}

}  // namespace

OGIVE_EXPORT(plan_create) Plan* plan_create(const std::size_t* units, std::size_t n) {
  auto* plan = new Plan;
  plan->units.assign(units, units + n);
  plan->starts.resize(n - 1);
  plan->options.n_iter_no_change = std::numeric_limits<double>::infinity();
  plan->options.max_iter = std::numeric_limits<std::size_t>::max();
  return plan;
}

/// The function after the next hidden layer; they are given in order.
OGIVE_EXPORT(plan_hidden) void plan_hidden(Plan* plan, const PageFunction* function) {
  plan->hidden.push_back(function->hidden);
  plan->first_slopes.push_back(function->first_slope);
}

/// How the weights of a layer start. `factor` is that of scikit-learn's form of the rule, or 0.
/// False where no rule has that name.
OGIVE_EXPORT(plan_start)
bool plan_start(Plan* plan, std::size_t layer, const char* rule, std::size_t length, double gain,
                double factor) {
  const bool known = choose(start_named(text(rule, length)), plan->starts[layer]);
  plan->starts[layer].gain = gain;
  plan->starts[layer].factor = factor;
  return known;
}

/// The start that suits the function after a layer.
OGIVE_EXPORT(plan_suitable_start)
void plan_suitable_start(Plan* plan, std::size_t layer, const PageFunction* function) {
  plan->starts[layer] = function->suitable;
}

/// Sets a setting that has a name for its value; false where there is no such setting or value.
OGIVE_EXPORT(plan_choice)
bool plan_choice(Plan* plan, const char* setting, std::size_t setting_length, const char* value,
                 std::size_t length) {
  const std::string_view name = text(setting, setting_length), chosen = text(value, length);
  if (name == "loss") return choose(loss_named(chosen), plan->loss);
  if (name == "solver") return choose(solver_named(chosen), plan->options.optimizer.solver);
  if (name == "learning_rate") return choose(schedule_named(chosen), plan->options.schedule);
  return false;
}

/// Sets a setting that is a number, or 0 or 1; false where there is no such setting.
OGIVE_EXPORT(plan_number)
bool plan_number(Plan* plan, const char* setting, std::size_t length, double value) {
  TrainingOptions& o = plan->options;
  const std::string_view name = text(setting, length);
  const auto set = [&](auto& to) {
    to = static_cast<std::remove_reference_t<decltype(to)>>(value);
    return true;
  };
  if (name == "learning_rate_init") return set(o.learning_rate_init);
  if (name == "momentum") return set(o.optimizer.momentum);
  if (name == "nesterovs_momentum") return o.optimizer.nesterov = value != 0, true;
  if (name == "beta_1") return set(o.optimizer.beta_1);
  if (name == "beta_2") return set(o.optimizer.beta_2);
  if (name == "epsilon") return set(o.optimizer.epsilon);
  if (name == "weight_decay") return set(o.optimizer.weight_decay);
  if (name == "alpha") return set(o.alpha);
  if (name == "power_t") return set(o.power_t);
  if (name == "tol") return set(o.tol);
  if (name == "dropout") return set(o.dropout);
  if (name == "n_iter_no_change") return set(o.n_iter_no_change);
  if (name == "batch_size") return o.batch_size = count(value), true;
  if (name == "max_iter") return o.max_iter = count(value), true;
  if (name == "shuffle") return o.shuffle = value != 0, true;
  if (name == "random_state") return plan->seed = static_cast<std::uint32_t>(value), true;
  return false;
}

OGIVE_EXPORT(plan_release) void plan_release(Plan* plan) { delete plan; }

/// `y` has a class or a target for each of n rows; rows not marked in `held` are trained on.
OGIVE_EXPORT(network_create)
Session* network_create(const Plan* plan, const double* x, const double* y,
                        const unsigned char* held, std::size_t n) {
  auto rows = std::make_unique<Rows>();
  const std::size_t features = plan->units.front();
  rows->x.assign(x, x + n * features);
  Data<double>& data = rows->data;
  data.rows = n;
  data.features = data.dense_row = features;
  data.dense = rows->x.data();
  if (plan->loss == Loss::log_loss) {
    rows->label.assign(y, y + n);
    data.label = rows->label.data();
  } else {
    rows->target.assign(y, y + n);
    data.target = rows->target.data();
  }
  for (std::size_t i = 0; i < n; ++i)
    (held[i] ? rows->validation : rows->training).push_back(static_cast<std::int64_t>(i));
  return new Session(*plan, std::move(rows));
}

OGIVE_EXPORT(network_release) void network_release(Session* session) { delete session; }
