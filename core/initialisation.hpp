// Starting weights, drawn as src/ogive/network/initialisation.py draws them: the same seed gives
// the same network there and in a page.
#pragma once

#include <cmath>
#include <cstddef>
#include <optional>
#include <string_view>

#include "random.hpp"

namespace ogive {

// How wide the weights of a layer are spread: by Glorot and Bengio (2010), He, Zhang, Ren and Sun
// (2015), or LeCun, Bottou, Orr and Müller (1998).
struct Start {
  enum class Rule { glorot, he, lecun };
  Rule rule = Rule::glorot;
  bool normal = false;
  double gain = 1;
  // scikit-learn's own form of Glorot's rule, which draws the intercepts as well; its bound is
  // sqrt(factor / (fan_in + fan_out)). 0: not this one.
  double factor = 0;
};

inline std::optional<Start> start_named(std::string_view name) {
  if (name == "glorot_uniform") return Start{Start::Rule::glorot, false};
  if (name == "glorot_normal") return Start{Start::Rule::glorot, true};
  if (name == "he_uniform") return Start{Start::Rule::he, false};
  if (name == "he_normal") return Start{Start::Rule::he, true};
  if (name == "lecun_uniform") return Start{Start::Rule::lecun, false};
  if (name == "lecun_normal") return Start{Start::Rule::lecun, true};
  return std::nullopt;
}

// Draws a layer: coef(i, j) = … in row-major order, then intercept(j) = ….
template <class Coef, class Intercept>
void draw_layer(const Start& start, MersenneTwister& random, NormalNumbers& normal,
                std::size_t fan_in, std::size_t fan_out, const Coef& coef,
                const Intercept& intercept) {
  const auto in = static_cast<double>(fan_in), out = static_cast<double>(fan_out);
  const auto each = [&](const auto& draw) {
    for (std::size_t i = 0; i < fan_in; ++i)
      for (std::size_t j = 0; j < fan_out; ++j) coef(i, j) = draw();
  };
  const auto between = [&](double bound) {
    const double least = -bound, range = bound - least;
    return [&random, least, range] { return least + range * random.uniform(); };
  };
  if (start.factor > 0) {
    const auto draw = between(std::sqrt(start.factor / (in + out)));
    each(draw);
    for (std::size_t j = 0; j < fan_out; ++j) intercept(j) = draw();
    return;
  }
  const double fan = start.rule == Start::Rule::glorot ? (in + out) / 2
                     : start.rule == Start::Rule::he   ? in / 2
                                                       : in;
  const double deviation = start.gain / std::sqrt(fan);
  if (start.normal)
    each([&] { return 0.0 + deviation * normal.next(); });
  else
    each(between(deviation * std::sqrt(3.0)));
  for (std::size_t j = 0; j < fan_out; ++j) intercept(j) = 0;
}

}  // namespace ogive
