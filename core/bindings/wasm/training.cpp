// Steps of a training, what it has come to, and its state as bytes.
#include "training.hpp"

#include <cmath>
#include <span>

#include "archive.hpp"
#include "bindings/wasm/abi.hpp"
#include "bindings/wasm/session.hpp"
#include "flat_weights.hpp"

using namespace ogive;
using namespace ogive::page;

/// Takes at most `steps` mini-batches, and none after the end of epoch `last_epoch`; returns how
/// many. Fewer, too, where the training is over.
OGIVE_EXPORT(network_train)
std::size_t network_train(Session* session, std::size_t steps, std::size_t last_epoch) {
  Training<double>& training = session->training;
  std::size_t done = 0;
  while (done < steps && training.history.n_iter < last_epoch && training.ready()) {
    training.step(session->team);
    ++done;
  }
  return done;
}

/// Epochs done, steps done, learning rate, whether training goes on (0), has converged (1), has
/// reached max_iter (2) or met a number that is not finite (3), and then the epoch, the step in it
/// and the layer where.
OGIVE_EXPORT(network_progress) void network_progress(Session* session, double* out) {
  Training<double>& training = session->training;
  const History& h = training.history;
  const int end = h.outcome == Outcome::converged           ? 1
                  : h.outcome == Outcome::nonfinite         ? 3
                  : h.n_iter >= training.options().max_iter ? 2
                                                            : 0;
  out[0] = static_cast<double>(h.n_iter);
  out[1] = static_cast<double>(session->network.optimizer.steps);
  out[2] = session->network.optimizer.learning_rate;
  out[3] = end;
  out[4] = static_cast<double>(h.nonfinite_epoch);
  out[5] = static_cast<double>(h.nonfinite_step);
  out[6] = static_cast<double>(h.nonfinite_layer);
}

/// By epoch: 0 the training loss, 1 the validation loss, 2 the validation score, 3 the rate.
OGIVE_EXPORT(network_curve) const double* network_curve(Session* session, int which) {
  const History& h = session->training.history;
  const std::vector<double>* const all[] = {&h.loss, &h.validation_loss, &h.validation_score,
                                            &h.learning_rate};
  return all[which]->data();
}
OGIVE_EXPORT(network_curve_size) std::size_t network_curve_size(Session* session, int which) {
  const History& h = session->training.history;
  return which == 1 || which == 2 ? h.validation_loss.size() : h.loss.size();
}

/// Score and loss (without penalty) over the training rows, then the validation rows or NaN.
OGIVE_EXPORT(network_scores) void network_scores(Session* session, double* out) {
  const auto put = [&](Scorer<double>& scorer, double* to) {
    const auto [score, loss] = scorer.evaluate(session->team);
    to[0] = score;
    to[1] = loss;
  };
  put(session->training_scorer(), out);
  out[2] = out[3] = std::nan("");
  if (session->validation_scorer()) put(*session->validation_scorer(), out + 2);
}

OGIVE_EXPORT(network_size) std::size_t network_size(const Session* session) {
  return flat_size(session->network.net);
}
/// Widths of layer l: inputs, units, learnt slopes.
OGIVE_EXPORT(network_layer)
void network_layer(const Session* session, std::size_t l, std::size_t* out) {
  const Layer& layer = session->network.net.layer(l);
  out[0] = layer.fan_in;
  out[1] = layer.fan_out;
  out[2] = layer.slopes;
}
OGIVE_EXPORT(network_weights) void network_weights(const Session* session, double* out) {
  to_flat(session->network.net, session->network.weights.data(), out);
}
OGIVE_EXPORT(network_set_weights)
void network_set_weights(Session* session, const double* weights) {
  from_flat(session->network.net, weights, session->network.weights.data());
  session->training.weights_changed();
}

namespace {

// Before the state itself: how long it is and which network it is of.
struct Header {
  std::uint32_t bytes, weights, moments, rows;
};

Header header_of(Session* session, std::size_t bytes) {
  const Network<double>& network = session->network;
  const auto short_of = [](std::size_t n) { return static_cast<std::uint32_t>(n); };
  return {short_of(bytes), short_of(network.weights.size()),
          short_of(network.optimizer.second.size()), short_of(session->training_rows().size())};
}

}  // namespace

OGIVE_EXPORT(network_save) StateWriter* network_save(Session* session) {
  auto* writer = new StateWriter;
  (*writer)(Header{});
  session->training.exchange(*writer);
  const Header header = header_of(session, writer->bytes.size());
  std::memcpy(writer->bytes.data(), &header, sizeof header);
  return writer;
}
OGIVE_EXPORT(state_size) std::size_t state_size(const StateWriter* state) {
  return state->bytes.size();
}
OGIVE_EXPORT(state_bytes) const std::uint8_t* state_bytes(const StateWriter* state) {
  return state->bytes.data();
}
OGIVE_EXPORT(state_release) void state_release(StateWriter* state) { delete state; }

/// False, and nothing has changed, where the bytes are no state of such a network and rows.
OGIVE_EXPORT(network_restore)
bool network_restore(Session* session, const std::uint8_t* bytes, std::size_t size) {
  const Header own = header_of(session, size);
  if (size < sizeof own || std::memcmp(bytes, &own, sizeof own) != 0) return false;
  StateReader reader({bytes + sizeof own, size - sizeof own});
  session->training.exchange(reader);
  return reader.complete();
}
