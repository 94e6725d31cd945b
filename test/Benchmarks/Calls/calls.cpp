//===- calls.cpp - What a call costs --------------------------------------===//
//
// Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The same functions in three objects: for every processor, for one with AVX2,
// which is asked first, and in two versions.
//
//===----------------------------------------------------------------------===//

#include "any.h"
#include "both.h"
#include "v3.h"
#include <benchmark/benchmark.h>

alignas(64) static unsigned char workspace[4096];

/// One input, one output.
#define CALL_ONE(object)                                                       \
  static void object##_one(benchmark::State &state) {                          \
    float x = 1, y = 0;                                                        \
    object##_one_inputs in = {&x};                                             \
    object##_one_outputs out = {&y};                                           \
    int32_t code = 0;                                                          \
    for (auto _ : state) {                                                     \
      code |=                                                                  \
          object##_one_call(&in, &out, workspace, sizeof workspace, nullptr);  \
      benchmark::DoNotOptimize(y);                                             \
    }                                                                          \
    if (code != ATLED_OK || y != 2)                                            \
      state.SkipWithError("wrong");                                            \
  }                                                                            \
  BENCHMARK(object##_one)

/// Eight inputs, four outputs, one of which is not wanted.
#define CALL_TWELVE(object)                                                    \
  static void object##_twelve(benchmark::State &state) {                       \
    float a = 1, y = 0;                                                        \
    double e = 2, z = 0, w = 0;                                                \
    object##_twelve_inputs in = {&a, &a, &a, &a, &e, &e, &e, &e};              \
    object##_twelve_outputs out = {&y, nullptr, &z, &w};                       \
    int32_t code = 0;                                                          \
    for (auto _ : state) {                                                     \
      code |= object##_twelve_call(&in, &out, workspace, sizeof workspace,     \
                                   nullptr);                                   \
      benchmark::DoNotOptimize(z);                                             \
    }                                                                          \
    if (code != ATLED_OK || y != 2 || z != 4 || w != 4)                        \
      state.SkipWithError("wrong");                                            \
  }                                                                            \
  BENCHMARK(object##_twelve)

/// What the loop and the check of the result cost without a call.
static void nothing(benchmark::State &state) {
  float y = 0;
  for (auto _ : state)
    benchmark::DoNotOptimize(y);
}
BENCHMARK(nothing);

CALL_ONE(any);
CALL_TWELVE(any);
CALL_ONE(v3);
CALL_TWELVE(v3);
CALL_ONE(both);
CALL_TWELVE(both);

BENCHMARK_MAIN();
