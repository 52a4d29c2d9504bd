// The state of an object as bytes, and back: `exchange(archive)` of the object names what there is
// to it once, for both directions.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <span>
#include <type_traits>
#include <vector>

namespace ogive {

class StateWriter {
 public:
  std::vector<std::uint8_t> bytes;

  template <class... Parts>
  void operator()(const Parts&... parts) {
    (put(parts), ...);
  }

 private:
  template <class T>
  void put(const T& value) {
    static_assert(std::is_trivially_copyable_v<T>);
    raw(&value, sizeof(T));
  }
  template <class T, class Allocator>
  void put(const std::vector<T, Allocator>& values) {
    static_assert(std::is_trivially_copyable_v<T>);
    put(values.size());
    raw(values.data(), values.size() * sizeof(T));
  }
  void raw(const void* from, std::size_t size) {
    const auto* first = static_cast<const std::uint8_t*>(from);
    bytes.insert(bytes.end(), first, first + size);
  }
};

class StateReader {
 public:
  explicit StateReader(std::span<const std::uint8_t> bytes) : left_(bytes) {}

  template <class... Parts>
  void operator()(Parts&... parts) {
    (take(parts), ...);
  }

  // Whether everything was there and nothing is left.
  bool complete() const { return !short_ && left_.empty(); }

 private:
  template <class T>
  void take(T& value) {
    static_assert(std::is_trivially_copyable_v<T>);
    raw(&value, sizeof(T));
  }
  template <class T, class Allocator>
  void take(std::vector<T, Allocator>& values) {
    std::size_t size = 0;
    take(size);
    if (short_ || size > left_.size() / sizeof(T)) {
      short_ = true;
      return;
    }
    values.resize(size);
    raw(values.data(), size * sizeof(T));
  }
  void raw(void* to, std::size_t size) {
    if (short_ || size > left_.size()) {
      short_ = true;
      return;
    }
    if (size > 0) std::memcpy(to, left_.data(), size);
    left_ = left_.subspan(size);
  }

  std::span<const std::uint8_t> left_;
  bool short_ = false;
};

}  // namespace ogive
