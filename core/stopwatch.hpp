// How long something took; 0 where the core has no clock.
#pragma once

#include "platform.hpp"

#if OGIVE_CLOCK
#include <chrono>
#endif

namespace ogive {

class Stopwatch {
 public:
#if OGIVE_CLOCK
  double seconds() const {
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - start_).count();
  }

 private:
  std::chrono::steady_clock::time_point start_ = std::chrono::steady_clock::now();
#else
  double seconds() const { return 0; }
#endif
};

}  // namespace ogive
