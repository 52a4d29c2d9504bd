// How many steps of gradient descent an activation takes down its own curve: the lecture's race.
#pragma once

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <limits>
#include <optional>
#include <vector>

#include "kernels.hpp"

namespace ogive {

namespace detail {

inline double value_at(const Function<double>& f, double z) {
  f.value(&z, &z, 1);
  return z;
}

/// Where a value is looked for: closely about 0, then with growing steps to 1e12.
inline const std::vector<double>& places_to_look() {
  static const std::vector<double> all = [] {
    constexpr std::size_t near = 2049, far = 2000;
    const double step = std::log(1e12 / 32) / (far - 1);
    std::vector<double> positive;
    for (std::size_t i = 0; i < near; ++i) positive.push_back(static_cast<double>(i) / 64);
    for (std::size_t i = 1; i < far; ++i)
      positive.push_back(i + 1 == far ? 1e12 : 32 * std::exp(static_cast<double>(i) * step));
    std::vector<double> both;
    for (std::size_t i = positive.size(); i-- > 1;) both.push_back(-positive[i]);
    both.insert(both.end(), positive.begin(), positive.end());
    return both;
  }();
  return all;
}

/// The float nearest to the crossing between two z's; none where the function jumps.
inline std::optional<double> crossing(const Function<double>& f, double wanted, double left,
                                      double right) {
  // A continuous function misses the value wanted by less than this share of what it covers within
  // the bracket from which bisection began.
  constexpr double miss = 1e-6;
  const double at_left = value_at(f, left), span = std::fabs(value_at(f, right) - at_left);
  const bool below_left = at_left < wanted;
  while (true) {
    const double middle = left + (right - left) / 2;
    if (!(left < middle && middle < right)) break;
    ((value_at(f, middle) < wanted) == below_left ? left : right) = middle;
  }
  const double of_left = std::fabs(value_at(f, left) - wanted);
  const double of_right = std::fabs(value_at(f, right) - wanted);
  if (!std::isfinite(span) || !(std::max(of_left, of_right) <= miss * span)) return std::nullopt;
  return of_left <= of_right ? left : right;
}

}  // namespace detail

/// The z nearest to 0 (the positive one of two as near) at which f has a value.
inline std::optional<double> nearest_with_value(const Function<double>& f, double wanted) {
  const std::vector<double>& z = detail::places_to_look();
  std::vector<double> value(z.size());
  f.value(z.data(), value.data(), z.size());
  std::optional<double> found;
  const auto offer = [&](double point) {
    if (!found || std::fabs(point) < std::fabs(*found) ||
        (std::fabs(point) == std::fabs(*found) && point > *found))
      found = point;
  };
  std::vector<std::size_t> brackets;
  for (std::size_t i = 0; i < z.size(); ++i) {
    if (value[i] == wanted) offer(z[i]);
    if (i + 1 < z.size() && ((value[i] < wanted && value[i + 1] > wanted) ||
                             (value[i] > wanted && value[i + 1] < wanted)))
      brackets.push_back(i);
  }
  const auto distance = [&](std::size_t i) {
    return std::min(std::fabs(z[i]), std::fabs(z[i + 1]));
  };
  // The nearest zero lies in one of the nearest brackets, but a bracket may hold a jump instead.
  while (!brackets.empty()) {
    const auto nearest = std::min_element(brackets.begin(), brackets.end(), [&](auto i, auto j) {
      return distance(i) < distance(j);
    });
    const std::size_t i = *nearest;
    brackets.erase(nearest);
    if (found && std::fabs(*found) < distance(i)) break;
    if (const auto point = detail::crossing(f, wanted, z[i], z[i + 1])) offer(*point);
  }
  return found;
}

enum class WalkEnd { arrived, stands_still, closing_in, too_many_steps, undefined };

struct Walk {
  std::vector<double> z;  // at the start and after each step
  WalkEnd end = WalkEnd::undefined;
};

/// z ← z - rate f'(z) until f(z), or z itself, is down at `goal`.
inline Walk walk_down(const Function<double>& f, double z, double goal, double rate,
                      bool over_output, std::size_t most) {
  // 0.9 - 0.2 - 0.2 is 0.49999999999999994, and other sums end as far above their goal. Only what
  // is nothing beside the last step is such rounding: steps that shrink towards the goal do not
  // meet it.
  constexpr double tolerance = 1e-12, negligible = 1e-6;
  Walk walk{{z}};
  double before = std::numeric_limits<double>::infinity();
  while (true) {
    double value, slope;
    f.value_and_derivative(&z, &value, &slope, 1);
    if (!(std::isfinite(value) && std::isfinite(slope) && std::isfinite(z))) return walk;
    const double here = over_output ? value : z;
    if (here <= goal + std::min(tolerance, negligible * std::fabs(before - here))) {
      walk.end = WalkEnd::arrived;
      return walk;
    }
    before = here;
    const double following = z - rate * slope;
    const std::size_t n = walk.z.size();
    if (following == z || (n > 1 && following == walk.z[n - 2])) {
      // Beside the goal, as near as floats are: the steps only ever get closer.
      const bool near = n > 1 && 0 < here - goal && here - goal <= tolerance;
      walk.end = near ? WalkEnd::closing_in : WalkEnd::stands_still;
      return walk;
    }
    if (n > most) {
      walk.end = WalkEnd::too_many_steps;
      return walk;
    }
    z = following;
    walk.z.push_back(z);
  }
}

}  // namespace ogive
