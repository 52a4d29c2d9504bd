// Numbers of twice double's precision, each the unevaluated sum of two doubles, on one number or on
// a vector of them at once.
//
// The sums are Knuth's, the products Dekker's; see Hida, Li and Bailey, "Library for double-double
// and quad-double arithmetic" (2007). One operation errs by a few units of 2^-104 of its result.
// Files that include this are compiled with -ffp-contract=off.
#pragma once

#include <cmath>
#include <cstddef>
#include <cstdint>
#if defined(__AVX512F__) || (defined(__AVX__) && defined(__FMA__))
#include <immintrin.h>
#endif

#include "elementary.hpp"

namespace ogive {

#if defined(__AVX512F__)
inline constexpr std::size_t wide_lanes = 8;
#elif defined(__AVX__)
inline constexpr std::size_t wide_lanes = 4;
#else
inline constexpr std::size_t wide_lanes = 2;
#endif

typedef double Wide __attribute__((vector_size(wide_lanes * sizeof(double))));

OGIVE_INLINE Wide load(const double* p) {
  Wide v;
  __builtin_memcpy(&v, p, sizeof v);
  return v;
}

OGIVE_INLINE void store(double* p, Wide v) { __builtin_memcpy(p, &v, sizeof v); }

OGIVE_INLINE double broadcast(double x, double) { return x; }
OGIVE_INLINE Wide broadcast(double x, Wide) { return x - Wide{}; }

/// a b - product, exactly, where product is a b rounded and nothing underflows.
OGIVE_INLINE double exact_rest(double a, double b, double product) {
  return product_error(a, b, product);
}

OGIVE_INLINE Wide exact_rest(Wide a, Wide b, Wide product) {
#if defined(__AVX512F__)
  return _mm512_fmsub_pd(a, b, product);
#elif defined(__AVX__) && defined(__FMA__)
  return _mm256_fmsub_pd(a, b, product);
#else
  Wide rest;
  for (std::size_t i = 0; i < wide_lanes; ++i) rest[i] = product_error(a[i], b[i], product[i]);
  return rest;
#endif
}

#if defined(__FMA__) || defined(__ARM_FEATURE_FMA)
/// a b + c, rounded once.
OGIVE_INLINE Wide fused(Wide a, Wide b, Wide c) {
#if defined(__AVX512F__)
  return _mm512_fmadd_pd(a, b, c);
#elif defined(__AVX__)
  return _mm256_fmadd_pd(a, b, c);
#else
  Wide sum;
  for (std::size_t i = 0; i < wide_lanes; ++i) sum[i] = std::fma(a[i], b[i], c[i]);
  return sum;
#endif
}
#endif

template <class V>
struct DoubleDouble {
  V high{};
  V low{};
};

using Twofold = DoubleDouble<double>;

/// a + b as rounded sum and its rest, exactly.
template <class V>
OGIVE_INLINE DoubleDouble<V> two_sum(V a, V b) {
  const V sum = a + b;
  const V part = sum - a;
  return {sum, (a - (sum - part)) + (b - part)};
}

/// The same where |a| >= |b| or a is 0.
template <class V>
OGIVE_INLINE DoubleDouble<V> quick_two_sum(V a, V b) {
  const V sum = a + b;
  return {sum, b - (sum - a)};
}

template <class V>
OGIVE_INLINE DoubleDouble<V> two_product(V a, V b) {
  const V product = a * b;
  return {product, exact_rest(a, b, product)};
}

template <class V>
OGIVE_SHARED DoubleDouble<V> operator+(DoubleDouble<V> a, DoubleDouble<V> b) {
  DoubleDouble<V> s = two_sum(a.high, b.high);
  const DoubleDouble<V> t = two_sum(a.low, b.low);
  s = quick_two_sum(s.high, s.low + t.high);
  return quick_two_sum(s.high, s.low + t.low);
}

template <class V>
OGIVE_INLINE DoubleDouble<V> operator-(DoubleDouble<V> a) {
  return {-a.high, -a.low};
}

template <class V>
OGIVE_SHARED DoubleDouble<V> operator-(DoubleDouble<V> a, DoubleDouble<V> b) {
  return a + -b;
}

template <class V>
OGIVE_SHARED DoubleDouble<V> operator*(DoubleDouble<V> a, DoubleDouble<V> b) {
  const DoubleDouble<V> p = two_product(a.high, b.high);
  return quick_two_sum(p.high, p.low + (a.high * b.low + a.low * b.high));
}

template <class V>
OGIVE_SHARED DoubleDouble<V> operator*(DoubleDouble<V> a, V b) {
  const DoubleDouble<V> p = two_product(a.high, b);
  return quick_two_sum(p.high, p.low + a.low * b);
}

inline Twofold operator/(Twofold a, Twofold b) {
  const double first = a.high / b.high;
  Twofold rest = a - b * first;
  const double second = rest.high / b.high;
  rest = rest - b * second;
  const double third = rest.high / b.high;
  return quick_two_sum(first, second) + Twofold{third, 0};
}

/// The root of a >= 0: one Newton step from the root in double.
inline Twofold square_root(Twofold a) {
  if (!(a.high > 0)) return {0, 0};
  const double root = std::sqrt(a.high);
  const Twofold square = two_product(root, root);
  return quick_two_sum(root, (a - square).high / (2 * root));
}

inline double rounded(Twofold a) { return a.high + a.low; }

/// A sum of double-doubles, kept as a rounded sum and the sum of all rests.
template <class V>
struct Accumulator {
  V sum{};
  V rest{};

  OGIVE_INLINE void add(V high, V low) {
    const DoubleDouble<V> s = two_sum(sum, high);
    sum = s.high;
    rest += s.low + low;
  }
  OGIVE_INLINE DoubleDouble<V> total() const { return two_sum(sum, rest); }
};

/// The sum over the lanes.
OGIVE_SHARED Twofold over_lanes(DoubleDouble<Wide> a) {
  double high[wide_lanes], low[wide_lanes];
  store(high, a.high);
  store(low, a.low);
  for (std::size_t half = wide_lanes / 2; half > 0; half /= 2)
    for (std::size_t i = 0; i < half; ++i) {
      const Twofold s = Twofold{high[i], low[i]} + Twofold{high[i + half], low[i + half]};
      high[i] = s.high;
      low[i] = s.low;
    }
  return {high[0], low[0]};
}

}  // namespace ogive
