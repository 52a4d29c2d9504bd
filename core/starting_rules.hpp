// Which starting weights suit an activation: the rule and the gain that its record in
// src/ogive/activations/catalogue/ names, for those who have no Python at hand.
#pragma once

#include <algorithm>
#include <cmath>
#include <string_view>

#include "initialisation.hpp"

namespace ogive {

inline double starting_gain(std::string_view name, const double* parameters) {
  if (name == "absolute") return 1 / std::sqrt(2.0);
  if (name == "leaky_relu" || name == "prelu")
    return 1 / std::sqrt(1 + parameters[0] * parameters[0]);
  if (name == "rrelu") {
    const double lower = parameters[0], upper = parameters[1];
    return 1 / std::sqrt(1 + (lower * lower + lower * upper + upper * upper) / 3);
  }
  if (name == "snake") {
    const double square = parameters[0] * parameters[0];
    return 1 /
           std::sqrt(1 + (1 + std::exp(-8 * square) - 2 * std::exp(-4 * square)) / (8 * square));
  }
  return 1;
}

/// `parameters` are those of the function, in the order of its struct.
inline Start suitable_start(std::string_view name, const double* parameters) {
  constexpr std::string_view glorot[] = {
      "identity",       "step",       "sign",        "hardtanh",     "hardsigmoid",
      "hardshrink",     "softshrink", "triangular",  "sigmoid",      "tanh",
      "penalized_tanh", "softsign",   "isru",        "arctan_curve", "erf_curve",
      "gudermannian",   "normal_cdf", "cloglog",     "exponential",  "tanhshrink",
      "bent_identity",  "symlog",     "asinh",       "cosine",       "gaussian",
      "softmax",        "softmin",    "log_softmax", "sparsemax",    "reglu",
      "geglu",          "swiglu",     "bilinear"};
  Start start{Start::Rule::he, false};
  if (name == "lecun_tanh" || name == "selu")
    start = {Start::Rule::lecun, true};
  else if (name == "snake")
    start = {Start::Rule::lecun, false};
  else if (std::find(std::begin(glorot), std::end(glorot), name) != std::end(glorot))
    start = {Start::Rule::glorot, false};
  start.gain = starting_gain(name, parameters);
  return start;
}

}  // namespace ogive
