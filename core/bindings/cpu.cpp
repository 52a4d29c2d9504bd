// Tells which of the built instruction sets this machine runs. Compiled for the baseline, so that
// it can be imported anywhere before one of the _core_* modules is chosen.
#define PY_SSIZE_T_CLEAN
#include <Python.h>

namespace {

const char* level() {
#if defined(__x86_64__)
  __builtin_cpu_init();
  const bool v3 = __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma") &&
                  __builtin_cpu_supports("bmi") && __builtin_cpu_supports("bmi2");
  const bool v4 = v3 && __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw") &&
                  __builtin_cpu_supports("avx512cd") && __builtin_cpu_supports("avx512dq") &&
                  __builtin_cpu_supports("avx512vl");
  return v4 ? "v4" : v3 ? "v3" : "v2";
#else
  return "base";
#endif
}

PyObject* python_level(PyObject*, PyObject*) { return PyUnicode_FromString(level()); }

PyMethodDef methods[] = {
    {"level", python_level, METH_NOARGS,
     "Name of the best build for this machine: 'v4', 'v3', 'v2' (x86-64) or 'base'."},
    {nullptr, nullptr, 0, nullptr}};

PyModuleDef definition = {
    PyModuleDef_HEAD_INIT, "_cpu", nullptr, 0, methods, nullptr, nullptr, nullptr, nullptr};

}  // namespace

PyMODINIT_FUNC PyInit__cpu() { return PyModule_Create(&definition); }
