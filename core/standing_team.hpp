// Helpers that stand by between calls, for work of some ten microseconds and more.
#pragma once

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cstddef>
#include <memory>
#include <mutex>
#include <thread>
#include <vector>
#if defined(__unix__) || defined(__APPLE__)
#include <unistd.h>
#endif
#if defined(__linux__)
#include <pthread.h>
#include <sched.h>
#endif

#include "parallel.hpp"

namespace ogive {

/// Seconds of a clock that never goes back.
inline double now() {
  return std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch()).count();
}

/// Shares out numbered blocks between the caller and helpers.
///
/// The caller works too and takes all blocks that no helper has begun, so that a helper which wakes
/// late or never costs nothing. Only one that was set aside in the middle of a block, because
/// another process has its core, holds the caller up. Helpers are then left alone for
/// `pause_factor` times as long: such delays cost at most a fiftieth of the time.
///
/// Helpers stay awake for `stand_by` after a call. To wake them takes `wake_cost`: they are woken
/// for a call that gains more, or once calls in short succession would have gained as much.
///
/// The threads are the team's own, not OpenMP's, at the end of whose regions all wait for all.
class StandingTeam {
 public:
  static constexpr double least_gain = 5e-6;  // seconds that a helper has to save
  static constexpr double wake_cost = 6e-5;   // seconds until a sleeper works, from another core
  static constexpr double stand_by = 1e-3;    // seconds until a helper without work sleeps
  static constexpr double pause_factor = 50;

  /// The team of this process; after a fork a new one, since threads do not survive it.
  static StandingTeam& of_process() {
    static std::atomic<StandingTeam*> current{nullptr};  // never destroyed: its threads go on
#if defined(__unix__) || defined(__APPLE__)
    const long process = static_cast<long>(getpid());
#else
    const long process = 1;
#endif
    StandingTeam* team = current.load();
    while (!team || team->process_ != process) {
      auto made = std::make_unique<StandingTeam>();
      made->process_ = process;
      if (current.compare_exchange_strong(team, made.get())) team = made.release();
    }
    return *team;
  }

  /// Runs work(0) … work(blocks - 1), each once, in any order, on at most `threads` threads;
  /// returns when all have ended. `seconds` is what the caller would need alone. Where another
  /// thread has the team, or where it is not worth it, the caller works alone.
  template <class Work>
  void run(std::size_t blocks, int threads, double seconds, const Work& work) {
    const auto most = std::min({static_cast<double>(blocks), static_cast<double>(threads),
                                1 + seconds / (2 * least_gain)});
    const std::unique_lock lock(taken_, std::try_to_lock);
    const int helpers = lock && most >= 2 && worth_it(seconds - seconds / most)
                            ? muster(static_cast<std::size_t>(most) - 1)
                            : 0;
    if (helpers == 0) {
      for (std::size_t i = 0; i < blocks; ++i) work(i);
      return;
    }
    call_ = [](const void* c, std::size_t i) { (*static_cast<const Work*>(c))(i); };
    context_ = &work;
    blocks_ = blocks;
    next_.store(0);
    open_.store(true);
    for (int i = 0; i < helpers; ++i) {
      helpers_[i]->calls.fetch_add(1);
      helpers_[i]->calls.notify_one();
    }
    take();
    open_.store(false);
    if (inside_.load() != 0) wait_for_helpers();
    awake_until_ = now() + stand_by;
  }

 private:
  struct alignas(64) Helper {
    std::atomic<int> calls{0};
    std::thread thread;
  };

  bool worth_it(double gain) {
    const double time = now();
    if (time < resume_at_) return false;
    if (time < awake_until_) return true;
    missed_ = time < missed_at_ + stand_by ? missed_ + gain : gain;
    missed_at_ = time;
    if (missed_ < wake_cost) return false;
    missed_ = 0;
    return true;
  }

  /// How many helpers there are to call, at most `wanted`.
  int muster(std::size_t wanted) {
    wanted = std::min(wanted, other_cores());
    try {
      while (helpers_.size() < wanted) {
        auto helper = std::make_unique<Helper>();
        helper->thread = std::thread([this, own = helper.get()] { serve(*own); });
        helpers_.push_back(std::move(helper));
      }
    } catch (...) {  // no more threads are to be had
    }
    keep_off_the_core_of_the_caller();
    return static_cast<int>(std::min(wanted, helpers_.size()));
  }

#if defined(__linux__)
  /// How many cores the caller may use besides the one that it is on.
  std::size_t other_cores() {
    cpu_set_t others;
    if (sched_getaffinity(0, sizeof others, &others) != 0) return helpers_.size();
    const int here = sched_getcpu();
    if (here >= 0) CPU_CLR(static_cast<unsigned>(here), &others);
    moved_ = !CPU_EQUAL(&others, &others_);
    others_ = others;
    return static_cast<std::size_t>(CPU_COUNT(&others));
  }

  /// A thread that wakes is often put on the core of the one that woke it, which is busy.
  void keep_off_the_core_of_the_caller() {
    if (!moved_ && placed_ == helpers_.size()) return;
    for (const auto& helper : helpers_)
      pthread_setaffinity_np(helper->thread.native_handle(), sizeof others_, &others_);
    placed_ = helpers_.size();
  }

  cpu_set_t others_{};
  bool moved_ = false;
  std::size_t placed_ = 0;
#else
  std::size_t other_cores() const { return std::thread::hardware_concurrency(); }
  void keep_off_the_core_of_the_caller() {}
#endif

  void take() {
    for (std::size_t i = next_.fetch_add(1); i < blocks_; i = next_.fetch_add(1))
      call_(context_, i);
  }

  void wait_for_helpers() {
    for (int spins = 0; spins < 200; ++spins) {
      if (inside_.load() == 0) return;
      relax();
    }
    const double start = now();
    for (int spins = 0; inside_.load() != 0; ++spins)
      spins < 1000 ? relax() : std::this_thread::yield();
    const double waited = now() - start;
    if (waited > 2e-5) resume_at_ = now() + pause_factor * waited;
  }

  void serve(Helper& own) {
    for (int seen = 0;;) {
      const double since = now();
      int calls = own.calls.load();
      while (calls == seen && now() - since < stand_by) {
        if (now() - since < stand_by / 10)
          for (int i = 0; i < 16; ++i) relax();
        else
          std::this_thread::yield();  // to whoever else wants the core
        calls = own.calls.load();
      }
      if (calls == seen) own.calls.wait(seen);
      seen = own.calls.load();
      // Whoever is inside is waited for; whoever finds the team closed touches nothing.
      inside_.fetch_add(1);
      if (open_.load()) take();
      inside_.fetch_sub(1);
    }
  }

  long process_ = 0;
  std::mutex taken_;
  std::vector<std::unique_ptr<Helper>> helpers_;
  double resume_at_ = 0, awake_until_ = 0, missed_ = 0, missed_at_ = 0;
  void (*call_)(const void*, std::size_t) = nullptr;
  const void* context_ = nullptr;
  std::size_t blocks_ = 0;
  alignas(64) std::atomic<std::size_t> next_{0};
  alignas(64) std::atomic<int> inside_{0};
  std::atomic<bool> open_{false};
};

/// Calls piece(begin, count) until all of n items are done, on several threads if that is worth it,
/// which the time of the first ones tells. An item has `width` elements.
template <class Piece>
void share_out(std::size_t n, std::size_t width, const Piece& piece) {
  const auto items = [=](std::size_t elements) {
    return std::max<std::size_t>(1, elements / width);
  };
  const std::size_t first = items(1 << 11);
  if (n < 2 * first) return piece(0, n);
  const double start = now();
  piece(0, first);
  const std::size_t rest = n - first;
  const double seconds = (now() - start) * static_cast<double>(rest) / static_cast<double>(first);
  const int threads = seconds < 2 * StandingTeam::least_gain ? 1 : available_threads();
  if (threads == 1) return piece(first, rest);
  // Four shares for each thread, so that one which starts late leaves the others to the rest; none
  // of them larger than the second-level cache.
  const std::size_t share = rest / (4 * static_cast<std::size_t>(threads)) + 1, unit = items(256);
  const std::size_t block =
      std::clamp((share + unit - 1) / unit * unit, items(1 << 10), items(1 << 14));
  StandingTeam::of_process().run(
      (rest + block - 1) / block, threads, seconds,
      [=, &piece](std::size_t i) { piece(first + i * block, std::min(block, rest - i * block)); });
}

}  // namespace ogive
