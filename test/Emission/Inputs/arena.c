/* arena.c - Calls @slope, whose workspace depends on its inputs: with too
 * little it tells how much, writes nothing beyond, and ends; with that much it
 * succeeds.
 *
 * Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
 * SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
 */
#include "doubling.h"
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define GUARD 4096

static double x[8], dx[8];

/* The derivative by the chain rule. */
static double expected(double value, int64_t n) {
  double slope = 1;
  for (; n > 0; --n) {
    slope *= cos(value);
    value = sin(value);
  }
  return slope;
}

/* Calls with `bytes` of workspace between guards; *required is what is left at
 * its start. */
static int32_t call(int64_t n, size_t bytes, uint64_t *required) {
  struct slope_inputs in;
  struct slope_outputs out;
  unsigned char *memory = aligned_alloc(64, (bytes + 2 * GUARD + 63) / 64 * 64);
  unsigned char *workspace = memory + GUARD;
  int32_t code;
  size_t i;
  in.x = x;
  in.n = &n;
  out.dx = dx;
  memset(memory, 0xA5, bytes + 2 * GUARD);
  code = slope_call(&in, &out, workspace, bytes, NULL);
  memcpy(required, workspace, sizeof *required);
  for (i = 0; i < GUARD; ++i)
    if (memory[i] != 0xA5 || workspace[bytes + i] != 0xA5) {
      printf("wrote outside of a workspace of %zu bytes\n", bytes);
      exit(1);
    }
  free(memory);
  return code;
}

int main(void) {
  static const int64_t counts[] = {-1, 0, 1, 2, 10, 1000};
  size_t i, j, bytes;
  uint64_t required, ignored;
  for (i = 0; i < 8; ++i)
    x[i] = 0.25 * (double)(i + 1);
  for (i = 0; i < sizeof counts / sizeof *counts; ++i) {
    int32_t code = call(counts[i], SLOPE_WORKSPACE_BYTES, &required);
    if (code == ATLED_OK)
      required = SLOPE_WORKSPACE_BYTES;
    else if (code != ATLED_ERROR_EXHAUSTED_WORKSPACE)
      return printf("code %d\n", (int)code), 1;
    /* Every size below fails in the same way, and asks for the same. */
    for (bytes = SLOPE_WORKSPACE_BYTES; bytes < required;
         bytes += 64 * (1 + required / 2048))
      if (call(counts[i], bytes, &ignored) != ATLED_ERROR_EXHAUSTED_WORKSPACE ||
          ignored != required)
        return printf("%zu bytes for n = %d\n", bytes, (int)counts[i]), 1;
    if (call(counts[i], required, &ignored) != ATLED_OK)
      return printf("%d bytes are not enough\n", (int)required), 1;
    for (j = 0; j < 8; ++j)
      if (fabs(dx[j] - expected(x[j], counts[i])) > 1e-13 * fabs(dx[j]))
        return printf("n = %d: %g\n", (int)counts[i], dx[j]), 1;
    printf("n = %d: %s\n", (int)counts[i],
           required == SLOPE_WORKSPACE_BYTES ? "enough"
                                             : "enough when asked for");
  }
  printf("short: %s\n", atled_strerror(call(3, 8, &required)));
  return 0;
}
