// What a build does without. WebAssembly's module is fetched by a page before anything moves, so it
// has to be small: one thread, float64 alone, one loop for each activation (see kernels.hpp).
#pragma once

#if defined(__wasm__)
#define OGIVE_THREADS 0
#define OGIVE_FLOAT32 0
#define OGIVE_COMPACT_LOOPS 1
#else
#define OGIVE_THREADS 1
#define OGIVE_FLOAT32 1
#define OGIVE_COMPACT_LOOPS 0
#endif
