// The rows a network learns from: read-only, shared by every network that uses them.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>

#include "platform.hpp"

namespace ogive {

template <class T>
struct Data {
  std::size_t rows = 0;
  std::size_t features = 0;

  // Dense (row-major) or compressed sparse rows, whose column indices ascend within a row.
  const T* dense = nullptr;
  std::size_t dense_row = 0;
  const T* values = nullptr;
  const std::int64_t* indices = nullptr;
  const std::int64_t* starts = nullptr;

  const T* target = nullptr;            // rows × outputs, or
  const std::int32_t* label = nullptr;  // the class of each row, for softmax
  const T* weight = nullptr;            // of each row; nullptr: all 1

  bool sparse() const { return OGIVE_SPARSE && values != nullptr; }
  T weight_of(std::int64_t row) const { return weight ? weight[row] : T(1); }
};

}  // namespace ogive
