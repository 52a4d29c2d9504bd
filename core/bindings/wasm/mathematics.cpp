// What the core takes from the C library's <cmath>, by its own functions: they are in the module
// anyway, and the library's would bring tables of several kilobytes along. Errors are those that
// the headers name, an ulp at most.
#include <bit>
#include <cmath>
#include <cstdint>
#include <limits>

#include "exponential.hpp"
#include "logarithm.hpp"
#include "trigonometric.hpp"

namespace {

using namespace ogive;

// 2/pi as a fraction, 32 bits at a time, after a word of zeros.
constexpr std::uint32_t two_over_pi[] = {
    0,           0xa2f9836eu, 0x4e441529u, 0xfc2757d1u, 0xf534ddc0u, 0xdb629599u, 0x3c439041u,
    0xfe5163abu, 0xdebbc561u, 0xb7246e3au, 0x424dd2e0u, 0x06492eeau, 0x09d1921cu, 0xfe1deb1cu,
    0xb129a73eu, 0xe88235f5u, 0x2ebb4484u, 0xe99c7026u, 0xb45f7e41u, 0x3991d639u, 0x835339f4u,
    0x9c845f8bu, 0xbdf9283bu, 0x1ff897ffu, 0xde05980fu, 0xef2f118bu, 0x5a0a6d1fu, 0x6d367ecfu,
    0x27cb09b7u, 0x4f463f66u, 0x9e5fea2du, 0x7527bac7u, 0xebe5f17bu, 0x3d0739f7u, 0x8a5292eau,
    0x6bfb5fb1u, 0x1f8d5d08u, 0x56033046u, 0xfc7b6babu};

// Of a finite x with |x| >= 2^21, after Payne and Hanek (1983): bits of 2/pi that only add whole
// turns to x are left out, and 192 bits of those that follow leave 76 right ones at the least.
Reduced<double> reduced_from_afar(double x) {
  const auto bits = std::bit_cast<std::uint64_t>(x);
  const std::uint64_t mantissa = (bits & ((1ull << 52) - 1)) | 1ull << 52;
  // x = ± mantissa 2^exponent; the product of it with 2/pi from bit `skipped` on is, modulo 4, a
  // fixed-point number with 190 bits after the point.
  const int exponent = static_cast<int>(bits >> 52 & 0x7ff) - 1075, skipped = exponent - 2 + 32;
  std::uint32_t window[6], product[6] = {};  // the most significant word first
  for (int i = 0; i < 6; ++i) {
    const int at = skipped / 32 + i, shift = skipped % 32;
    const std::uint64_t two = std::uint64_t{two_over_pi[at]} << 32 | two_over_pi[at + 1];
    window[i] = static_cast<std::uint32_t>(two >> (32 - shift));
  }
  const std::uint64_t halves[] = {mantissa & 0xffffffffu, mantissa >> 32};
  for (int half = 0; half < 2; ++half) {
    std::uint64_t carry = 0;
    for (int i = 5; i - half >= 0; --i) {
      carry += halves[half] * window[i] + product[i - half];
      product[i - half] = static_cast<std::uint32_t>(carry);
      carry >>= 32;
    }
  }
  // To the nearest quarter of a turn: what is left lies between -1/2 and 1/2 of it.
  const std::uint32_t quarter = ((product[0] >> 30) + (product[0] >> 29 & 1)) & 3;
  double whole = static_cast<std::int32_t>(product[0] << 2) * 0x1p-32, low = 0, unit = 0x1p-62;
  for (int i = 1; i < 5; ++i, unit *= 0x1p-32) {
    const double part = product[i] * unit, sum = whole + part;
    low += part - (sum - whole);
    whole = sum;
  }
  // Times pi/2.
  constexpr double half_pi = 0x1.921fb54442d18p+0, half_pi_low = 0x1.1a62633145c07p-54;
  const double angle = whole * half_pi;
  const double angle_low =
      product_error(whole, half_pi, angle) + (whole * half_pi_low + low * half_pi);
  const double top = angle + angle_low;
  const Reduced<double> positive{top, angle_low - (top - angle),
                                 Format<double>::shifter + static_cast<double>(quarter)};
  if (x > 0) return positive;
  return {-positive.high, -positive.low,
          Format<double>::shifter + static_cast<double>((4 - quarter) & 3)};
}

Circular<double> circular_of_any(double x) {
  if (std::fabs(x) <= circular_reach<double>) return circular(x);
  if (!std::isfinite(x)) return {x - x, x - x};
  return circular_of(reduced_from_afar(x));
}

struct Twofold {
  double high, low;
};

// log(a) for a finite a > 0, to some 2^-65 of it or of log(2).
Twofold logarithm_extended(double a) {
  using F = Format<double>;
  const bool subnormal = a < std::numeric_limits<double>::min();
  const Normalised<double> n(subnormal ? a / F::undo_headroom : a);
  const double exponent = n.exponent() - (subnormal ? F::headroom : 0);
  // log(1 + f) = 2 s + s w (2/3 + w (2/5 + …)) with s = f / (2 + f) and w = s^2.
  const double f = n.mantissa - 1, t = 2 + f, t_low = f - (t - 2);
  const double s = f / t, product = s * t;
  const double s_low = ((f - product) - product_error(s, t, product) - s * t_low) / t;
  const double w = s * s, w_low = product_error(s, s, w) + 2 * s * s_low;
  double tail = 0;
  for (int k = 27; k >= 5; k -= 2) tail = tail * w + 2.0 / k;
  constexpr double third = 0x1.5555555555555p-1, third_low = 0x1.5555555555555p-55;
  const double rest = w * tail, c = third + rest, c_low = (rest - (c - third)) + third_low;
  const double q = w * c, q_low = product_error(w, c, q) + (w * c_low + w_low * c);
  const double m = s * q, m_low = product_error(s, q, m) + (s * q_low + s_low * q);
  const double sum = 2 * s + m, sum_low = (m - (sum - 2 * s)) + (2 * s_low + m_low);
  const double whole = exponent * F::log_2_high, high = whole + sum;
  const double part = high - whole;
  const double low = (whole - (high - part)) + (sum - part);
  return {high, low + (sum_low + exponent * F::log_2_low)};
}

// a^y for finite numbers, a > 0.
double positive_power(double a, double y) {
  const Twofold l = logarithm_extended(a);
  const double x = y * l.high;
  if (!(std::fabs(x) < Format<double>::exp_limit)) return exponential_anywhere(x).value();
  const double x_low = product_error(y, l.high, x) + y * l.low, sum = x + x_low;
  return exponential_anywhere(sum, x_low - (sum - x)).value();
}

}  // namespace

extern "C" {
double sin(double x) { return circular_of_any(x).sine; }
double cos(double x) { return circular_of_any(x).cosine; }
double exp(double x) { return exponential_anywhere(x).value(); }
double log(double x) { return logarithm(x); }
double log1p(double x) { return logarithm_of_one_plus(x); }

double pow(double x, double y) {
  if (y == 0 || x == 1) return 1;
  if (std::isnan(x) || std::isnan(y)) return x + y;
  const double a = std::fabs(x), infinite = std::numeric_limits<double>::infinity();
  const bool ends = a == 0 || a == infinite || std::isinf(y);
  double result = a == 1 ? 1 : (a > 1) == (y > 0) ? infinite : 0;
  if (!ends) result = positive_power(a, y);
  if (!std::signbit(x)) return result;
  if (!ends && std::floor(y) != y) return std::numeric_limits<double>::quiet_NaN();
  const bool odd = std::floor(y) == y && std::floor(y / 2) * 2 != y;
  return odd ? -result : result;
}
}
