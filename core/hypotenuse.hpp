// sqrt(b + c z^2) and its reciprocal, over all reals.
#pragma once

#include <cmath>
#include <limits>

#include "elementary.hpp"

namespace ogive {

/// b + c z^2 = (q + q_low) / scale^2 for b, c > 0 and any z, with s = scale |z|.
///
/// Where c z^2 might overflow though results do not vanish yet, scale is a power of two below 1.
/// Holds for c between 1e-20 and 1e15 and b between 1e-15 and 1e15.
template <class T>
struct Hypotenuse {
  T s;
  T scale;
  T q;
  T q_low;

  OGIVE_INLINE Hypotenuse(T z, T b, T c, T c_low = 0) {
    constexpr bool single = sizeof(T) == sizeof(float);
    constexpr T far = single ? T(0x1p90) : T(0x1p600);
    constexpr T down = single ? T(0x1p-90) : T(0x1p-600);
    const T a = at_most(absolute(z), std::numeric_limits<T>::max());
    scale = select(c * a * a > far, down, T(1));
    s = a * scale;
    const T line = c * s, line_low = product_error(c, s, line) + c_low * s;
    const T y = line * s, y_low = product_error(line, s, y) + line_low * s;
    const T first = b * (scale * scale);
    const bool above = y > first;
    const T large = select(above, y, first), small = select(above, first, y);
    q = large + small;
    q_low = (small - (q - large)) + y_low;
  }
};

/// 1 / sqrt(b + c z^2) = scale reciprocal (1 + correction).
template <class T>
struct InverseRoot {
  T s;
  T scale;
  T reciprocal;
  T correction;

  explicit OGIVE_INLINE InverseRoot(const Hypotenuse<T>& h) : s(h.s), scale(h.scale) {
    const T root = std::sqrt(h.q);
    reciprocal = T(1) / root;
    // root^2 is q + product_error(root, root, q), not q + q_low.
    const T excess = product_error(root, root, h.q) - h.q_low;
    correction =
        reciprocal_residual(root, reciprocal) + T(0.5) * excess * (reciprocal * reciprocal);
  }

  /// |z| / sqrt(b + c z^2).
  OGIVE_INLINE T times_size() const {
    const T quotient = s * reciprocal;
    return quotient + (product_error(s, reciprocal, quotient) + quotient * correction);
  }

  /// (b + c z^2)^(-3/2), rounded once where it is subnormal.
  OGIVE_INLINE T cubed() const {
    const T power = scale * reciprocal;
    return power * power * (power + 3 * (correction * power));
  }
};

}  // namespace ogive
