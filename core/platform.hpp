// What a build does without. WebAssembly's module is fetched by a page before anything moves, so it
// has to be small: one thread, float64 alone, one loop for each activation (see kernels.hpp), dense
// tables, no BLAS, and no course of a training (see course.hpp), which the page looks at as it
// goes.
#pragma once

#if defined(__wasm__)
#define OGIVE_THREADS 0
#define OGIVE_FLOAT32 0
#define OGIVE_COMPACT_LOOPS 1
#define OGIVE_OBSERVER 0
#define OGIVE_SPARSE 0
#define OGIVE_CLOCK 0
#define OGIVE_THREAD_LOCAL
#define OGIVE_BLAS constexpr
#else
#define OGIVE_THREADS 1
#define OGIVE_FLOAT32 1
#define OGIVE_COMPACT_LOOPS 0
#define OGIVE_OBSERVER 1
#define OGIVE_SPARSE 1
#define OGIVE_CLOCK 1
#define OGIVE_THREAD_LOCAL thread_local
#define OGIVE_BLAS
#endif
