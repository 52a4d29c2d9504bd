// A team of threads that works through the numbered tasks of one phase after another.
#pragma once

#include "platform.hpp"

#if OGIVE_THREADS
#include <algorithm>
#include <atomic>
#include <cstddef>
#include <cstdint>
#include <thread>
#include <vector>
#if defined(_OPENMP)
#include <omp.h>
#endif
#else
#include <cstddef>
#endif

namespace ogive {

#if OGIVE_THREADS

inline void relax() {
#if defined(__x86_64__)
  __builtin_ia32_pause();
#else
  std::this_thread::yield();
#endif
}

// Each member begins with its own share of the tasks, the same in every phase, so that what a task
// works on stays in its cache; then it takes what others have not begun. A member that the
// operating system has set aside thus holds up nobody unless it holds a task, and the team stays
// fast when another process uses one of the cores.
class Team {
 public:
  explicit Team(int members = 1) : members_(members), claims_(members > 1 ? most_tasks : 0) {}

  // Runs `leader` with the team standing by. Exceptions of the leader are passed on.
  //
  // The threads are the team's own, not OpenMP's: a new thread is placed on an idle core, and
  // whoever waits at the end sleeps. OpenMP's threads wake on the core that called them and are
  // kept off it by the caller's spinning for milliseconds.
  template <class Leader>
  void gather(Leader&& leader) {
    if (members_ <= 1) {
      leader();
      return;
    }
    state_.store(0);
    std::vector<std::thread> others;
    const auto dismiss = [&] {
      active_ = false;
      state_.store(closed, std::memory_order_release);
      state_.notify_all();
      for (std::thread& other : others) other.join();
    };
    try {
      for (int member = 1; member < members_; ++member)
        others.emplace_back([this, member] { stand_by(member); });
      active_ = true;
      leader();
    } catch (...) {
      dismiss();
      throw;
    }
    dismiss();
  }

  // Runs task(0) … task(count - 1), each once, in any order on any member; returns when all ended.
  // Called by the leader only. `task` must not throw.
  template <class Task>
  void run(std::size_t count, const Task& task) {
    if (!active_ || count < 2) {
      for (std::size_t i = 0; i < count; ++i) task(i);
      return;
    }
    call_ = [](const void* c, std::size_t i) { (*static_cast<const Task*>(c))(i); };
    context_ = &task;
    for (first_ = 0; first_ < count; first_ += most_tasks) {
      const std::size_t now = std::min(most_tasks, count - first_);
      done_.store(0, std::memory_order_relaxed);
      ++phase_;
      state_.store(std::uint64_t{phase_} << 32 | now, std::memory_order_release);
      state_.notify_all();
      take(0, phase_, now);
      for (int spins = 0; done_.load(std::memory_order_acquire) != now; ++spins)
        if (spins < 2000)
          relax();
        else
          std::this_thread::yield();
    }
  }

 private:
  static constexpr std::size_t most_tasks = 1024;  // in one phase
  static constexpr std::uint64_t closed = ~std::uint64_t{0};

  // The phase in which a task was last begun.
  struct alignas(64) Claim {
    std::atomic<std::uint32_t> phase{0};
  };

  // A member that comes late finds every task of its phase claimed: the phase ends only after all
  // its tasks, and later phases only make claims greater.
  void take(int member, std::uint32_t phase, std::size_t count) {
    const std::size_t start =
        count * static_cast<std::size_t>(member) / static_cast<std::size_t>(members_);
    for (std::size_t k = 0; k < count; ++k) {
      const std::size_t i = start + k < count ? start + k : start + k - count;
      std::uint32_t last = claims_[i].phase.load(std::memory_order_relaxed);
      if (static_cast<std::int32_t>(last - phase) >= 0) continue;
      if (!claims_[i].phase.compare_exchange_strong(last, phase, std::memory_order_acq_rel))
        continue;
      call_(context_, first_ + i);
      done_.fetch_add(1, std::memory_order_acq_rel);
    }
  }

  void stand_by(int member) {
    std::uint64_t seen = 0;
    while (true) {
      std::uint64_t state = state_.load(std::memory_order_acquire);
      for (int spins = 0; state == seen; ++spins) {
        // Sleep comes late: a sleeper may wake on the leader's core, and then has to wait for it.
        if (spins < 4000)
          relax();
        else if (spins < 40000)
          std::this_thread::yield();
        else
          state_.wait(state, std::memory_order_acquire);
        state = state_.load(std::memory_order_acquire);
      }
      if (state == closed) return;
      seen = state;
      take(member, static_cast<std::uint32_t>(state >> 32), state & 0xffffffffu);
    }
  }

  int members_;
  bool active_ = false;
  std::uint32_t phase_ = 0;
  std::size_t first_ = 0;
  void (*call_)(const void*, std::size_t) = nullptr;
  const void* context_ = nullptr;
  std::vector<Claim> claims_;
  alignas(64) std::atomic<std::uint64_t> state_{0};
  alignas(64) std::atomic<std::size_t> done_{0};
};

// Number of threads that OpenMP's settings (and so joblib's and threadpoolctl's) allow here.
inline int available_threads() {
#if defined(_OPENMP)
  return omp_in_parallel() ? 1 : omp_get_max_threads();
#else
  return 1;
#endif
}

#else  // a team of one

class Team {
 public:
  explicit Team(int = 1) {}

  template <class Leader>
  void gather(Leader&& leader) {
    leader();
  }

  template <class Task>
  void run(std::size_t count, const Task& task) {
    for (std::size_t i = 0; i < count; ++i) task(i);
  }
};

inline int available_threads() { return 1; }

#endif

/// `threads` where it is more than 0, otherwise as many as are available.
inline int threads_or_available(int threads) { return threads > 0 ? threads : available_threads(); }

}  // namespace ogive
