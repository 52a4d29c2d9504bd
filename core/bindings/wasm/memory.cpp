// Memory for what goes in and out, and the end of a run that cannot go on.
#include <cstdlib>

#include "bindings/wasm/abi.hpp"

// libc++ would say on stderr what went wrong, for which it brings all of printf along. The trap
// reaches the page as an error of the Worker, which is then started anew.
namespace std {
inline namespace __1 {
[[noreturn]] void __libcpp_verbose_abort(const char*, ...) noexcept { __builtin_trap(); }
}  // namespace __1
}  // namespace std

OGIVE_EXPORT(allocate) void* allocate(std::size_t bytes) { return std::malloc(bytes); }
OGIVE_EXPORT(release) void release(void* memory) { std::free(memory); }
