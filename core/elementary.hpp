// Branch-free elementary functions that the compiler vectorises, shared by all activations.
//
// They are plain scalar code. The rules that keep them correct in every build:
//   - a * b + c may or may not be contracted to a fused multiply-add; nothing here depends on it;
//   - products are split by clearing low bits (Veltkamp's split is wrong under contraction);
//   - an exponent is read from the bits of n + 1.5 * 2^mantissa, never by a conversion to integer;
//   - cases are told apart by `select` on bits: a ternary is a branch to the compiler until late,
//     and it would first make a copy of everything that follows for each side.
#pragma once

#include <array>
#include <bit>
#include <cmath>
#include <cstddef>
#include <cstdint>

#include "coefficients.hpp"
#include "platform.hpp"

#if defined(__GNUC__)
#define OGIVE_INLINE __attribute__((always_inline)) inline
#define OGIVE_LAMBDA __attribute__((always_inline))
#else
#define OGIVE_INLINE inline
#define OGIVE_LAMBDA
#endif
// What is long and stands in many places: it is there but once where size counts more than speed.
#if OGIVE_COMPACT_LOOPS
#define OGIVE_SHARED __attribute__((noinline)) inline
#else
#define OGIVE_SHARED OGIVE_INLINE
#endif

namespace ogive {

template <class T>
struct Format;

template <>
struct Format<float> {
  using Bits = std::uint32_t;
  static constexpr int mantissa_bits = 23;
  static constexpr int bias = 127;
  static constexpr Bits high_half = 0xFFFFF000u;  // keeps 12 significant bits
  static constexpr float shifter = 0x1.8p23f;
  static constexpr float log2_e = 0x1.715476p0f;
  static constexpr float log_2_high = 0x1.62e4p-1f;  // 15 bits: exact times an exponent
  static constexpr float log_2_low = 0x1.7f7d1cp-20f;
  static constexpr int headroom = 64;
  static constexpr float undo_headroom = 0x1p-64f;
  static constexpr float exp_limit = 120;    // exp(-120) z rounds to 0 for every z in reach
  static constexpr float normal_limit = 15;  // the same for Phi(-15)
};

template <>
struct Format<double> {
  using Bits = std::uint64_t;
  static constexpr int mantissa_bits = 52;
  static constexpr int bias = 1023;
  static constexpr Bits high_half = 0xFFFFFFFFF8000000u;  // keeps 26 significant bits
  static constexpr double shifter = 0x1.8p52;
  static constexpr double log2_e = 0x1.71547652b82fep0;
  static constexpr double log_2_high = 0x1.62e42fefa38p-1;  // 42 bits
  static constexpr double log_2_low = 0x1.ef35793c7673p-45;
  static constexpr int headroom = 512;
  static constexpr double undo_headroom = 0x1p-512;
  static constexpr double exp_limit = 800;
  static constexpr double normal_limit = 40;
};

template <class T>
OGIVE_INLINE T absolute(T x) {
  return std::fabs(x);
}

/// x with the sign of `of`.
template <class T>
OGIVE_INLINE T with_sign(T x, T of) {
  return std::copysign(x, of);
}

/// condition ? a : b without a branch.
template <class T>
OGIVE_INLINE T select(bool condition, T a, T b) {
  using Bits = typename Format<T>::Bits;
  const Bits mask = Bits(0) - Bits(condition);
  return std::bit_cast<T>(Bits((std::bit_cast<Bits>(a) & mask) | (std::bit_cast<Bits>(b) & ~mask)));
}

/// x with its lower half of significant bits cleared, so that products of two such are exact.
template <class T>
OGIVE_INLINE T high_half(T x) {
  return std::bit_cast<T>(std::bit_cast<typename Format<T>::Bits>(x) & Format<T>::high_half);
}

/// The lesser of x and limit; NaN stays NaN.
template <class T>
OGIVE_INLINE T at_most(T x, T limit) {
  return select(x > limit, limit, x);
}

/// a * b - product, where product is a * b rounded: exact, or next to it in the last bits.
template <class T>
OGIVE_INLINE T product_error(T a, T b, T product) {
#if defined(__FMA__) || defined(__ARM_FEATURE_FMA)
  return std::fma(a, b, -product);
#else
  const T ah = high_half(a), al = a - ah;
  const T bh = high_half(b), bl = b - bh;
  return ((ah * bh - product) + ah * bl + al * bh) + al * bl;
#endif
}

/// 1 - a * b where b is 1 / a rounded: exact, or next to it in the last bits.
template <class T>
OGIVE_INLINE T reciprocal_residual(T a, T b) {
#if defined(__FMA__) || defined(__ARM_FEATURE_FMA)
  return std::fma(-a, b, T(1));
#else
  const T ah = high_half(a), bh = high_half(b);
  return ((T(1) - ah * bh) - ah * (b - bh)) - (a - ah) * b;
#endif
}

/// c[I] + c[I + Step] x + c[I + 2 Step] x^2 + ... by Horner's rule, unrolled.
template <std::size_t I, std::size_t Step, class T, std::size_t N>
OGIVE_INLINE T horner(const std::array<T, N>& c, T x) {
  if constexpr (I + Step >= N) {
    return c[I];
  } else {
    return c[I] + x * horner<I + Step, Step>(c, x);
  }
}

/// c[I] + c[I + 1] x + c[I + 2] x^2 + ..., unrolled.
///
/// All but the first coefficient are summed in two or four chains, which a processor works at side
/// by side; the last step is Horner's, so that its rounding error is nearly all there is.
template <std::size_t I = 0, class T, std::size_t N>
OGIVE_SHARED T polynomial(const std::array<T, N>& c, T x) {
  constexpr std::size_t size = N - I;
  if constexpr (size < 5) {
    return horner<I, 1>(c, x);
  } else if constexpr (size < 14) {
    const T w = x * x;
    return c[I] + x * (horner<I + 1, 2>(c, w) + x * horner<I + 2, 2>(c, w));
  } else {
    const T w = x * x, v = w * w;
    const T low = horner<I + 1, 4>(c, v) + x * horner<I + 2, 4>(c, v);
    const T high = horner<I + 3, 4>(c, v) + x * horner<I + 4, 4>(c, v);
    return c[I] + x * (low + w * high);
  }
}

/// exp(x) taken apart: exp(x) = (1 + fraction) 2^n with |fraction| < 0.415.
///
/// Kept apart because a product such as z exp(z) must be formed before 2^n makes it subnormal.
template <class T>
struct Exponential {
  T fraction;
  T shifted;  // its low bits hold n

  /// factor * 2^n, rounded once even where the result is subnormal.
  OGIVE_INLINE T scaled(T factor) const {
    using F = Format<T>;
    using Bits = typename F::Bits;
    const Bits biased = std::bit_cast<Bits>(shifted) + Bits(F::bias + F::headroom);
    const T power = std::bit_cast<T>(Bits(biased << F::mantissa_bits));
    return factor * power * F::undo_headroom;
  }

  /// 1 + fraction = mantissa() + mantissa_low(), the second being the rounding error of the first.
  OGIVE_INLINE T mantissa() const { return T(1) + fraction; }
  OGIVE_INLINE T mantissa_low() const { return fraction - (mantissa() - T(1)); }

  OGIVE_INLINE T value() const { return scaled(mantissa()); }

  /// exp(x) - 1. <= 1.2 ulp.
  OGIVE_INLINE T minus_one() const { return scaled(fraction) + (scaled(T(1)) - T(1)); }
};

/// exp(x + x_low) for -exp_limit <= x <= 0 and an x_low below an ulp of x. value() <= 1 ulp.
template <class T>
OGIVE_INLINE Exponential<T> exponential(T x, T x_low = 0) {
  using F = Format<T>;
  const T shifted = x * F::log2_e + F::shifter;
  const T n = shifted - F::shifter;
  const T r = (x - n * F::log_2_high) + (x_low - n * F::log_2_low);
  return {r + r * r * polynomial(expm1_tail<T>, r), shifted};
}

/// log(1 + t) for 0 <= t <= 1, as t - s (t - s^2 Q(s^2)) with s = t / (2 + t). <= 1 ulp.
template <class T>
OGIVE_INLINE T log1p(T t) {
  const T s = t / (T(2) + t);
  const T w = s * s;
  return t - s * (t - w * polynomial(log1p_tail<T>, w));
}

/// Phi(-a) exp(a^2/2) = high + low for the normal distribution function Phi, 0 <= a <=
/// normal_limit.
template <class T>
struct NormalTail {
  T high;
  T low;
};

template <class T>
OGIVE_INLINE NormalTail<T> normal_tail_ratio(T a) {
  const T q = a + T(4);
  const T y = T(1) / q;
  const T y_low = y * (reciprocal_residual(q, y) - (a - (q - T(4))) * y);
  // (a - 4) / (a + 4), in the form whose rounding errors are smaller.
  const bool small = a < 1;
  const T factor = select(small, 2 * a, a - T(4));
  const T u = factor * y + (factor * y_low + select(small, T(-1), T(0)));
  const T g = polynomial(normal_tail<T>, u);
  const T high = y * g;
  return {high, product_error(y, g, high) + y_low * g};
}

/// The logistic function and its slope, formed from t = exp(-a) alone, a = |x| >= 0.
///
/// upper = 1 / (1 + t) and lower = t / (1 + t) are its values on the two sides of 0, and
/// slope = t / (1 + t)^2. *_mantissa still lacks the factor 2^n of `tail`, for products that have
/// to be formed before a result becomes subnormal.
template <class T>
struct Logistic {
  Exponential<T> tail;
  T t;
  T reciprocal;  // 1 / (1 + t), rounded
  T correction;  // reciprocal (1 + correction) is 1 / (1 + t) almost exactly

  OGIVE_INLINE T upper() const { return reciprocal + reciprocal * correction; }

  OGIVE_INLINE T lower_mantissa() const {
    const T m = tail.mantissa();
    return m * reciprocal + reciprocal * (tail.mantissa_low() + m * correction);
  }
  OGIVE_INLINE T lower() const { return tail.scaled(lower_mantissa()); }

  OGIVE_INLINE T slope_mantissa() const {
    const T m = tail.mantissa();
    const T product = m * reciprocal;
    const T product_low = product_error(m, reciprocal, product) + reciprocal * tail.mantissa_low();
    return product * reciprocal + reciprocal * (product_low + 2 * (product * correction));
  }
  OGIVE_INLINE T slope() const { return tail.scaled(slope_mantissa()); }
};

template <class T>
OGIVE_INLINE Logistic<T> logistic(Exponential<T> tail) {
  const T t = tail.value();
  const T q = T(1) + t;
  const T q_low = (t - (q - T(1))) + tail.scaled(tail.mantissa_low());
  const T reciprocal = T(1) / q;
  return {tail, t, reciprocal, reciprocal_residual(q, reciprocal) - q_low * reciprocal};
}

/// exp(-|x|) for any x.
template <class T>
OGIVE_INLINE Exponential<T> exponential_of_minus_absolute(T x) {
  return exponential(-at_most(absolute(x), Format<T>::exp_limit));
}

/// exp(-|x|) for the exact product x = a * b, of which only the rounded value is given too.
template <class T>
OGIVE_INLINE Exponential<T> exponential_of_minus_absolute_product(T a, T b, T x) {
  const T size = absolute(x), low = product_error(a, b, x);
  // Beyond the limit the product may have overflowed, and its error is then undefined.
  return exponential(-at_most(size, Format<T>::exp_limit),
                     select(size < Format<T>::exp_limit, select(x < 0, low, -low), T(0)));
}

}  // namespace ogive
