// Many jobs at once, networks or other fits: each is done by one thread, over data that all share.
#pragma once

#include <atomic>
#include <chrono>
#include <cstddef>
#include <exception>
#include <functional>
#include <memory>
#include <mutex>
#include <thread>
#include <vector>
#if defined(_OPENMP)
#include <omp.h>
#endif

namespace ogive {

// Calls job(i, interrupted) for every i < count on `threads` threads. `poll(done)` runs on the
// calling thread about every 50 ms, returns true to stop, and may throw.
template <class Job, class Poll>
void run_fleet(std::size_t count, int threads, const Job& job, const Poll& poll) {
  std::atomic<std::size_t> next{0}, done{0};
  std::atomic<bool> stop{false};
  std::exception_ptr failure;
  std::mutex failure_lock;
  const auto fail = [&] {
    const std::lock_guard lock(failure_lock);
    if (!failure) failure = std::current_exception();
    stop = true;
  };
  auto last_poll = std::chrono::steady_clock::now();
  const auto poll_now_and_then = [&] {
    const auto now = std::chrono::steady_clock::now();
    if (now - last_poll < std::chrono::milliseconds(50)) return;
    last_poll = now;
    try {
      if (poll(done.load())) stop = true;
    } catch (...) {
      fail();
    }
  };
  const auto work = [&](bool leader) {
    const std::function<bool()> interrupted = [&, leader] {
      if (leader) poll_now_and_then();
      return stop.load(std::memory_order_relaxed);
    };
    for (std::size_t i; !stop && (i = next.fetch_add(1)) < count;) {
      try {
        job(i, interrupted);
      } catch (...) {
        fail();
      }
      ++done;
    }
    // The leader keeps listening while others finish their last jobs.
    while (leader && !stop && done < count) {
      poll_now_and_then();
      std::this_thread::sleep_for(std::chrono::microseconds(50));
    }
  };
  if (threads <= 1) {
    work(true);
  } else {
#pragma omp parallel num_threads(threads)
    {
#if defined(_OPENMP)
      work(omp_get_thread_num() == 0);
#else
      work(true);
#endif
    }
  }
  if (failure) std::rethrow_exception(failure);
}

}  // namespace ogive
