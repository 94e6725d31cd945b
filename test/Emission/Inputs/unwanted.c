/* unwanted.c - Calls @many and @loop with every set of outputs: what is wanted
 * has the bits that it has with all others, and nothing runs for the rest
 * alone.
 *
 * Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
 * SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
 */
#include "unwanted.h"
#include "check.h"
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { SIZE = 32, OUTPUTS = 5, GUARD = 256 };

/* How often each has been called: shared, pair, left, right. */
static int calls[4];

/* y = factor * x + 1 */
static int32_t compute(int which, double factor, const void *const *in,
                       void *const *out) {
  const double *x = in[0];
  double *y = out[0];
  int i;
  for (i = 0; i < SIZE; ++i)
    y[i] = factor * x[i] + 1;
  ++calls[which];
  return ATLED_OK;
}

#define PROVIDE(name, which, factor)                                           \
  int32_t name(const void *const *in, void *const *out, const int64_t *dims,   \
               void *workspace, size_t workspace_bytes,                        \
               const atled_exec *exec) {                                       \
    CHECK(!dims && !workspace && !workspace_bytes && !exec);                   \
    return compute(which, factor, in, out);                                    \
  }

PROVIDE(shared, 0, 0.5)
PROVIDE(pair, 1, -2.0)
PROVIDE(left, 2, 3.0)
PROVIDE(right, 3, 0.25)

static double x[SIZE], expected[OUTPUTS][SIZE];

static void compute_expected(void) {
  int i;
  for (i = 0; i < SIZE; ++i) {
    double h, p, s, r;
    x[i] = (double)(i - 11) / 4;
    h = 0.5 * x[i] + 1;
    p = -2 * h + 1;
    s = sin(h);
    r = 0.25 * s + 1;
    expected[0][i] = p * x[i];
    expected[1][i] = p + h;
    expected[2][i] = 3 * s + 1;
    expected[3][i] = r * r;
    expected[4][i] = h;
  }
}

/* Calls with the outputs in `set`, in a workspace of `bytes` between guards. */
static int32_t call(unsigned set, size_t bytes, double out[OUTPUTS][SIZE]) {
  unsigned char *memory = malloc(bytes + 2 * GUARD + 64);
  unsigned char *workspace = memory + GUARD + 64;
  struct many_inputs inputs;
  struct many_outputs outputs;
  int32_t code;
  size_t i;
  CHECK(memory);
  workspace -= (uintptr_t)workspace % 64;
  memset(memory, 0xFF, bytes + 2 * GUARD + 64);
  memset(out, 0xFF, sizeof(double) * OUTPUTS * SIZE);
  memset(calls, 0, sizeof calls);
  inputs.x = x;
  outputs.a = set & 1 ? out[0] : NULL;
  outputs.b = set & 2 ? out[1] : NULL;
  outputs.c = set & 4 ? out[2] : NULL;
  outputs.d = set & 8 ? out[3] : NULL;
  outputs.h = set & 16 ? out[4] : NULL;
  code = many_call(&inputs, &outputs, workspace, bytes, NULL);
  for (i = 0; memory + i != workspace; ++i)
    CHECK(memory[i] == 0xFF);
  for (i = 0; i < GUARD; ++i)
    CHECK(workspace[bytes + i] == 0xFF);
  free(memory);
  return code;
}

int main(void) {
  double out[OUTPUTS][SIZE];
  unsigned char untouched[sizeof *out];
  unsigned set;
  int i, j;
  compute_expected();
  memset(untouched, 0xFF, sizeof untouched);
  for (set = 0; set < 1u << OUTPUTS; ++set) {
    /* Room is needed for @h alone, which is computed for the others too. */
    size_t bytes =
        set & 16 ? MANY_FULL_CALL_WORKSPACE_BYTES : MANY_WORKSPACE_BYTES;
    CHECK(call(set, bytes, out) == ATLED_OK);
    for (i = 0; i < OUTPUTS; ++i)
      if (set & 1u << i)
        for (j = 0; j < SIZE; ++j)
          CHECK(fabs(out[i][j] - expected[i][j]) <= 1e-14);
      else
        CHECK(memcmp(out[i], untouched, sizeof untouched) == 0);
    CHECK(calls[0] == 1);
    CHECK(calls[1] == ((set & 3) != 0));
    CHECK(calls[2] == ((set & 4) != 0));
    CHECK(calls[3] == ((set & 8) != 0));
    if (!(set & 16))
      CHECK(call(set, MANY_FULL_CALL_WORKSPACE_BYTES, out) ==
            ATLED_ERROR_SHORT_WORKSPACE);
  }
  CHECK(MANY_WORKSPACE_BYTES == MANY_FULL_CALL_WORKSPACE_BYTES + sizeof *out);

  for (set = 0; set < 4; ++set) {
    static double a[SIZE], b[SIZE], storage[LOOP_WORKSPACE_BYTES / 8 + 16];
    char *workspace = (char *)storage;
    struct loop_inputs inputs;
    struct loop_outputs outputs;
    workspace += 64 - (uintptr_t)workspace % 64;
    memset(calls, 0, sizeof calls);
    inputs.x = x;
    outputs.a = set & 1 ? a : NULL;
    outputs.b = set & 2 ? b : NULL;
    CHECK(loop_call(&inputs, &outputs, workspace, LOOP_WORKSPACE_BYTES, NULL) ==
          ATLED_OK);
    CHECK(calls[0] == 0);
    CHECK(calls[1] == (set & 1 ? 3 : 0));
    CHECK(calls[2] == (set & 1 ? 1 : 0));
    CHECK(calls[3] == (set & 2 ? 2 : 0));
    for (j = 0; j < SIZE; ++j) {
      CHECK(!(set & 1) || fabs(a[j] - (-24 * x[j] - 5)) <= 1e-13);
      CHECK(!(set & 2) || fabs(b[j] - (0.0625 * x[j] + 1.25)) <= 1e-14);
    }
  }

  {
    static double y[SIZE], storage[(TWICE_WORKSPACE_BYTES + 64) / 8 + 1];
    char *workspace = (char *)storage;
    struct twice_inputs inputs;
    struct twice_outputs outputs;
    workspace += 64 - (uintptr_t)workspace % 64;
    inputs.x = x;
    outputs.y = y;
    CHECK(twice_call(&inputs, &outputs, workspace, TWICE_WORKSPACE_BYTES,
                     NULL) == ATLED_OK);
    for (j = 0; j < SIZE; ++j)
      CHECK(fabs(y[j] - (expected[0][j] + expected[1][j] + expected[2][j] +
                         expected[3][j])) <= 1e-14);
  }
  puts("nothing for nobody");
  return 0;
}
