// Random numbers: NumPy's legacy stream, so that the same seed gives the same mini-batches as
// scikit-learn, and a counter-based hash for dropout, which any thread can evaluate anywhere.
#pragma once

#include <array>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <utility>

namespace ogive {

// MT19937 (Matsumoto and Nishimura, 1998) in the state format of numpy.random.RandomState.
class MersenneTwister {
 public:
  static constexpr std::size_t size = 624;
  std::array<std::uint32_t, size> key{};
  std::size_t position = size;

  MersenneTwister() = default;
  // As RandomState(number) begins.
  explicit MersenneTwister(std::uint32_t number) {
    for (std::size_t i = 0; i < size; ++i) {
      key[i] = number;
      number = 1812433253u * (number ^ (number >> 30)) + static_cast<std::uint32_t>(i) + 1;
    }
  }

  std::uint32_t next() {
    if (position >= size) refill();
    std::uint32_t y = key[position++];
    y ^= y >> 11;
    y ^= (y << 7) & 0x9d2c5680u;
    y ^= (y << 15) & 0xefc60000u;
    return y ^ (y >> 18);
  }

  // Uniform on 0..maximum by masked rejection, as RandomState.shuffle draws its positions.
  std::uint64_t below_or_equal(std::uint64_t maximum) {
    if (maximum == 0) return 0;
    std::uint64_t mask = maximum;
    for (int shift = 1; shift < 64; shift *= 2) mask |= mask >> shift;
    std::uint64_t value;
    do {
      value = next();
      if (maximum > 0xffffffffu) value = (value << 32) | next();
      value &= mask;
    } while (value > maximum);
    return value;
  }

  // Uniform on [0, 1) with 53 bits, as RandomState.random_sample.
  double uniform() {
    const std::uint32_t high = next() >> 5, low = next() >> 6;
    return (high * 67108864.0 + low) / 9007199254740992.0;
  }

  template <class Index>
  void shuffle(Index* items, std::size_t n) {
    for (std::size_t i = n; i-- > 1;) std::swap(items[i], items[below_or_equal(i)]);
  }

 private:
  void refill() {
    constexpr std::size_t middle = 397;
    const auto twist = [](std::uint32_t u, std::uint32_t v) {
      const std::uint32_t y = (u & 0x80000000u) | (v & 0x7fffffffu);
      return (y >> 1) ^ ((v & 1u) ? 0x9908b0dfu : 0u);
    };
    for (std::size_t i = 0; i < size - middle; ++i)
      key[i] = key[i + middle] ^ twist(key[i], key[i + 1]);
    for (std::size_t i = size - middle; i + 1 < size; ++i)
      key[i] = key[i + middle - size] ^ twist(key[i], key[i + 1]);
    key[size - 1] = key[middle - 1] ^ twist(key[size - 1], key[0]);
    position = 0;
  }
};

// Normal numbers as RandomState.standard_normal draws them: Marsaglia's polar method, which gives
// two at a time.
class NormalNumbers {
 public:
  explicit NormalNumbers(MersenneTwister& random) : random_(random) {}

  double next() {
    if (kept_) {
      kept_ = false;
      return second_;
    }
    double x, y, square;
    do {
      x = 2.0 * random_.uniform() - 1.0;
      y = 2.0 * random_.uniform() - 1.0;
      square = x * x + y * y;
    } while (square >= 1.0 || square == 0.0);
    const double factor = std::sqrt(-2.0 * std::log(square) / square);
    second_ = factor * x;
    kept_ = true;
    return factor * y;
  }

 private:
  MersenneTwister& random_;
  bool kept_ = false;
  double second_ = 0;
};

// SplitMix64 (Steele, Lea and Flood, 2014): one well-mixed 64-bit key from several numbers.
inline std::uint64_t mix(std::uint64_t x) {
  x += 0x9e3779b97f4a7c15u;
  x = (x ^ (x >> 30)) * 0xbf58476d1ce4e5b9u;
  x = (x ^ (x >> 27)) * 0x94d049bb133111ebu;
  return x ^ (x >> 31);
}

// A 32-bit hash of (key, counter); its bits are uniform enough to decide which units drop out.
inline std::uint32_t hash(std::uint64_t key, std::uint32_t counter) {
  std::uint32_t x = counter + static_cast<std::uint32_t>(key);
  x = (x ^ (x >> 16)) * 0x7feb352du;
  x = (x ^ (x >> 15)) * 0x846ca68bu;
  x = (x ^ (x >> 16)) + static_cast<std::uint32_t>(key >> 32);
  x = (x ^ (x >> 16)) * 0x7feb352du;
  x = (x ^ (x >> 15)) * 0x846ca68bu;
  return x ^ (x >> 16);
}

}  // namespace ogive
