// A team of threads that works through the numbered tasks of one phase after another.
#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <exception>
#include <functional>
#include <thread>
#if defined(_OPENMP)
#include <omp.h>
#endif

namespace ogive {

inline void relax() {
#if defined(__x86_64__)
  __builtin_ia32_pause();
#else
  std::this_thread::yield();
#endif
}

// Tasks are taken, not dealt out: a member that the operating system has set aside holds up nobody
// unless it holds a task, so the team stays fast when another process uses one of the cores.
class Team {
 public:
  explicit Team(int members = 1) : members_(members) {}
  int members() const { return members_; }

  // Runs `leader` with the team standing by. Exceptions of the leader are passed on.
  template <class Leader>
  void gather(Leader&& leader) {
    if (members_ <= 1) {
      leader();
      return;
    }
#if defined(_OPENMP)
    std::exception_ptr failure;
    state_.store(0);
#pragma omp parallel num_threads(members_)
    {
      if (omp_get_thread_num() == 0) {
        active_ = omp_get_num_threads() > 1;
        try {
          leader();
        } catch (...) {
          failure = std::current_exception();
        }
        active_ = false;
        state_.store(closed, std::memory_order_release);
        state_.notify_all();
      } else {
        stand_by();
      }
    }
    if (failure) std::rethrow_exception(failure);
#else
    leader();
#endif
  }

  // Runs task(0) … task(count - 1), each once, in any order on any member; returns when all ended.
  // Called by the leader only. `task` must not throw.
  template <class Task>
  void run(std::size_t count, const Task& task) {
    if (!active_ || count < 2) {
      for (std::size_t i = 0; i < count; ++i) task(i);
      return;
    }
    const void* context = &task;
    call_ = [](const void* c, std::size_t i) { (*static_cast<const Task*>(c))(i); };
    context_ = context;
    done_.store(0, std::memory_order_relaxed);
    phase_ = (phase_ + 1) & 0xffffffffu;
    const std::uint64_t base = (phase_ << 32) | (static_cast<std::uint64_t>(count) << 16);
    state_.store(base, std::memory_order_release);
    state_.notify_all();
    take(phase_);
    for (int spins = 0; done_.load(std::memory_order_acquire) != count; ++spins)
      if (spins < 2000)
        relax();
      else
        std::this_thread::yield();
  }

  static constexpr std::size_t most_tasks = 0xffff;

 private:
  // Phase in the upper 32 bits, number of tasks in the next 16, next free task in the lowest 16.
  static constexpr std::uint64_t closed = ~std::uint64_t{0};

  void take(std::uint64_t phase) {
    std::uint64_t state = state_.load(std::memory_order_acquire);
    while (true) {
      const std::uint64_t count = (state >> 16) & 0xffff, next = state & 0xffff;
      if (state == closed || (state >> 32) != phase || next >= count) return;
      if (!state_.compare_exchange_weak(state, state + 1, std::memory_order_acq_rel,
                                        std::memory_order_acquire))
        continue;
      call_(context_, static_cast<std::size_t>(next));
      done_.fetch_add(1, std::memory_order_acq_rel);
      state = state_.load(std::memory_order_acquire);
    }
  }

  void stand_by() {
    std::uint64_t seen = 0;
    while (true) {
      std::uint64_t state = state_.load(std::memory_order_acquire);
      for (int spins = 0; (state >> 32) == (seen >> 32) && state != closed; ++spins) {
        if (spins < 4000)
          relax();
        else if (spins < 4200)
          std::this_thread::yield();
        else
          state_.wait(state, std::memory_order_acquire);
        state = state_.load(std::memory_order_acquire);
      }
      if (state == closed) return;
      seen = state;
      take(state >> 32);
    }
  }

  int members_;
  bool active_ = false;
  std::uint64_t phase_ = 0;
  void (*call_)(const void*, std::size_t) = nullptr;
  const void* context_ = nullptr;
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

}  // namespace ogive
