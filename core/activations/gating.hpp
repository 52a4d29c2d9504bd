// What the self-gated functions share: careful quotients and a gate that is a sigmoid.
#pragma once

#include "elementary.hpp"
#include "kernels.hpp"

namespace ogive {

/// 1 / (base + rest), and quotients by it and by its square, right to about an ulp.
template <class T>
struct Denominator {
  T reciprocal;
  T correction;  // reciprocal (1 + correction) is nearly exact

  OGIVE_INLINE Denominator(T base, T rest, T rest_low = 0) {
    const T sum = base + rest;
    reciprocal = T(1) / sum;
    correction =
        reciprocal_residual(sum, reciprocal) - ((rest - (sum - base)) + rest_low) * reciprocal;
  }
  OGIVE_INLINE T inverse() const { return reciprocal + reciprocal * correction; }
  OGIVE_INLINE T under_square(T top, T top_low = 0) const {
    return divided_twice(top, top_low, reciprocal, correction);
  }
  static OGIVE_INLINE T divided_twice(T top, T top_low, T reciprocal, T correction) {
    const T quotient = top * reciprocal;
    const T quotient_low = product_error(top, reciprocal, quotient) + top_low * reciprocal;
    return quotient * reciprocal + reciprocal * (quotient_low + 2 * correction * quotient);
  }
};

/// z sigmoid(x) and sigmoid(x) (1 + y sigmoid(-x)), y = z dx/dz of the sign of x, from
/// l = logistic(exp(-|x|)) and b + b_low = |y|. `gone`: sigmoid(x) is 0 although z may be infinite.
///
/// For x < 0 the derivative has a zero; around it the rounding errors of b and l.t count.
template <class T>
OGIVE_INLINE Point<T> gated_by_logistic(T z, bool negative, bool gone, const Logistic<T>& l, T b,
                                        T b_low = 0) {
  const T below = select(gone, T(0), l.tail.scaled(z * l.lower_mantissa()));
  const T growth = ((T(1) - b) + l.t) + (l.tail.scaled(l.tail.mantissa_low()) - b_low);
  const T top = select(negative, l.tail.mantissa() * growth, T(1) + (l.t + b * l.t));
  const T slope = Denominator<T>::divided_twice(top, T(0), l.reciprocal, l.correction);
  return {select(negative, below, z * l.upper()), select(negative, l.tail.scaled(slope), slope)};
}

}  // namespace ogive
