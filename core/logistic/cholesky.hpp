// Cholesky's factor of a small dense matrix in double, for preconditioning.
#pragma once

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <vector>

namespace ogive {

inline double dot(const double* a, const double* b, std::size_t n) {
  double sum = 0;
#pragma omp simd reduction(+ : sum)
  for (std::size_t i = 0; i < n; ++i) sum += a[i] * b[i];
  return sum;
}

inline void add_multiple(double by, const double* a, double* to, std::size_t n) {
#pragma omp simd
  for (std::size_t i = 0; i < n; ++i) to[i] += by * a[i];
}

class CholeskyFactor {
 public:
  /// Of a symmetric matrix given row by row, of which only the lower triangle is read. A pivot that
  /// vanished beside its diagonal is kept off 0: what is wanted is any good positive definite
  /// matrix.
  CholeskyFactor(std::size_t n, std::vector<double> matrix) : n_(n), lower_(std::move(matrix)) {
    for (std::size_t i = 0; i < n; ++i) {
      double* own = row(i);
      for (std::size_t j = 0; j < i; ++j) own[j] = (own[j] - dot(own, row(j), j)) / row(j)[j];
      const double least = std::max(1e-10 * own[i], 1e-290);
      own[i] = std::sqrt(std::max(own[i] - dot(own, own, i), least));
    }
  }

  /// Replaces b by the solution x of (L Lᵀ) x = b.
  void solve(double* b) const {
    for (std::size_t i = 0; i < n_; ++i) b[i] = (b[i] - dot(row(i), b, i)) / row(i)[i];
    for (std::size_t i = n_; i-- > 0;) {
      b[i] /= row(i)[i];
      add_multiple(-b[i], row(i), b, i);
    }
  }

 private:
  const double* row(std::size_t i) const { return lower_.data() + i * n_; }
  double* row(std::size_t i) { return lower_.data() + i * n_; }

  std::size_t n_;
  std::vector<double> lower_;
};

}  // namespace ogive
