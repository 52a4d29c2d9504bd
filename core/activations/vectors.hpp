// Functions of a whole row: softmax and its relatives. See row_kernels.hpp.
//
// A NaN makes the whole row NaN. Infinities give the limit in which equal elements stay equal: one
// infinite element that leads (+infinity, for softmin -infinity) takes everything, and k of them
// take 1/k each; an infinite element at the other end gets nothing. A row with nothing but those
// leaves out everything, and is NaN. What backward() takes from `saved` is the same limit.
#pragma once

#include <cmath>
#include <cstddef>
#include <limits>

#include "elementary.hpp"

namespace ogive {

/// exp(x - most) for x <= most, the difference carried with its rounding error. <= 1 ulp.
template <class T>
OGIVE_INLINE T exp_below(T x, T most) {
  const T below = most - x, moved = most - below;
  const T low = (moved - x) + (most - (below + moved));
  const bool near = below < Format<T>::exp_limit;
  // By way of logistic(), whose unused parts vanish: see detail::exponential_of_each.
  return logistic(exponential(-at_most(below, Format<T>::exp_limit), select(near, -low, T(0)))).t;
}

/// The place of the greatest of sign z[i]; NaN is passed over.
template <class T>
std::size_t place_of_greatest(const T* z, std::size_t n, T sign) {
  T most = -std::numeric_limits<T>::infinity();
#pragma omp simd reduction(max : most)
  for (std::size_t i = 0; i < n; ++i) most = sign * z[i] > most ? sign * z[i] : most;
  std::size_t place = 0;
  while (place + 1 < n && sign * z[place] != most) ++place;
  return place;
}

/// The sum of exp(sign z[i] - most) over all i but the greatest's, whose own term is 1: apart from
/// it, so that the logarithm of the whole keeps its digits where the others are small.
template <class T>
T sum_of_others(const T* z, std::size_t n, T sign, T most, std::size_t place) {
  const auto sum = [=](std::size_t from, std::size_t to) {
    T total = 0;
#pragma omp simd reduction(+ : total)
    for (std::size_t i = from; i < to; ++i) total += exp_below(sign * z[i], most);
    return total;
  };
  return sum(0, place) + sum(place + 1, n);
}

/// How many elements of sign z are +infinity; NaN if another is NaN.
template <class T>
T count_of_infinite(const T* z, std::size_t n, T sign) {
  T count = 0;
  for (std::size_t i = 0; i < n; ++i)
    count += sign * z[i] == std::numeric_limits<T>::infinity() ? T(1) : T(z[i] == z[i] ? 0 : NAN);
  return count;
}

/// Writes `infinite` where sign z is +infinity and `finite` elsewhere.
template <class T>
void fill_by_infinity(const T* z, T* out, std::size_t n, T sign, T infinite, T finite) {
  for (std::size_t i = 0; i < n; ++i)
    out[i] = sign * z[i] == std::numeric_limits<T>::infinity() ? infinite : finite;
}

/// exp(sign z) / sum exp(sign z).
template <int sign, class T>
struct Softmax {
  static void forward(const T* z, T* a, T* saved, std::size_t n) {
    const std::size_t place = place_of_greatest(z, n, T(sign));
    const T most = T(sign) * z[place];
    if (most == std::numeric_limits<T>::infinity()) {
      const T share = T(1) / count_of_infinite(z, n, T(sign));
      if (saved) fill_by_infinity(z, saved, n, T(sign), share, 0 * share);
      return fill_by_infinity(z, a, n, T(sign), share, 0 * share);
    }
    const T scale = T(1) / (T(1) + sum_of_others(z, n, T(sign), most, place));
#pragma omp simd
    for (std::size_t i = 0; i < n; ++i) a[i] = exp_below(T(sign) * z[i], most) * scale;
    if (saved)
      for (std::size_t i = 0; i < n; ++i) saved[i] = a[i];
  }

  static void backward(const T* saved, T* error, std::size_t n) {
    T mean = 0;
#pragma omp simd reduction(+ : mean)
    for (std::size_t i = 0; i < n; ++i) mean += saved[i] * error[i];
#pragma omp simd
    for (std::size_t i = 0; i < n; ++i) error[i] = T(sign) * saved[i] * (error[i] - mean);
  }
};

/// z - log sum exp(z).
template <class T>
struct LogSoftmax {
  static void forward(const T* z, T* a, T* saved, std::size_t n) {
    const std::size_t place = place_of_greatest(z, n, T(1));
    const T most = z[place];
    if (most == std::numeric_limits<T>::infinity()) {
      const T count = count_of_infinite(z, n, T(1)), share = T(1) / count;
      if (saved) fill_by_infinity(z, saved, n, T(1), share, 0 * share);
      return fill_by_infinity(z, a, n, T(1), 0 - std::log(count), -most * count);
    }
    const T rest = sum_of_others(z, n, T(1), most, place);
    const T log_sum = std::log1p(rest), scale = T(1) / (T(1) + rest);
    if (saved)
#pragma omp simd
      for (std::size_t i = 0; i < n; ++i) saved[i] = exp_below(z[i], most) * scale;
#pragma omp simd
    for (std::size_t i = 0; i < n; ++i) a[i] = (z[i] - most) - log_sum;
  }

  static void backward(const T* saved, T* error, std::size_t n) {
    T sum = 0;
#pragma omp simd reduction(+ : sum)
    for (std::size_t i = 0; i < n; ++i) sum += error[i];
#pragma omp simd
    for (std::size_t i = 0; i < n; ++i) error[i] -= saved[i] * sum;
  }
};

/// The point of the simplex nearest to z: max(z - tau, 0) with the tau that makes the sum 1
/// (Martins and Astudillo, 2016). tau by Michelot's (1986) algorithm: take the mean of those above
/// it until none falls below any more.
template <class T>
struct Sparsemax {
  static void forward(const T* z, T* a, T* saved, std::size_t n) {
    const T most = z[place_of_greatest(z, n, T(1))];
    if (most == std::numeric_limits<T>::infinity()) {
      const T share = T(1) / count_of_infinite(z, n, T(1));
      if (saved) fill_by_infinity(z, saved, n, T(1), T(1), 0 * share);
      return fill_by_infinity(z, a, n, T(1), share, 0 * share);
    }
    T tau = -std::numeric_limits<T>::infinity();
    for (std::size_t last = n + 1;;) {
      T sum = 0;
      std::size_t above = 0;
      for (std::size_t i = 0; i < n; ++i)
        if (!(z[i] - most <= tau)) {
          sum += z[i] - most;
          ++above;
        }
      if (above == last || above == 0) break;
      last = above;
      tau = (sum - T(1)) / static_cast<T>(above);
    }
    for (std::size_t i = 0; i < n; ++i) {
      const T height = (z[i] - most) - tau;
      if (saved) saved[i] = height > 0 ? T(1) : T(0);
      a[i] = height <= 0 ? T(0) : height;  // NaN stays NaN
    }
  }

  static void backward(const T* saved, T* error, std::size_t n) {
    T sum = 0, above = 0;
    for (std::size_t i = 0; i < n; ++i) {
      sum += saved[i] * error[i];
      above += saved[i];
    }
    const T mean = sum / above;
    for (std::size_t i = 0; i < n; ++i) error[i] = saved[i] * (error[i] - mean);
  }
};

}  // namespace ogive
