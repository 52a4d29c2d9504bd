// How a page calls the core: plain functions, with numbers and addresses in the module's memory.
//
// Who calls has checked its arguments as far as this needs its own words (lab/web/src/engine/);
// what is wrong all the same is refused by a 0 or a -1, never by an exception, of which this build
// has none. Objects live until their `…_release` is called.
#pragma once

#include <cstddef>
#include <string_view>

#define OGIVE_EXPORT(name) extern "C" __attribute__((export_name(#name), used))

namespace ogive::page {

inline std::string_view text(const char* data, std::size_t length) { return {data, length}; }

}  // namespace ogive::page
