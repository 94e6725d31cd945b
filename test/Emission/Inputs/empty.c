/* empty.c - Calls with tensors that have no elements, although other extents
 * are beyond any memory: they return at once. And sizes that overflow.
 *
 * Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
 * SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
 */
#include "empty.h"
#include "check.h"
#include <stdio.h>
#include <string.h>

#define HUGE_EXTENT ((int64_t)1 << 40)

static double storage[1 << 10];

static void *get_workspace(size_t bytes) {
  unsigned char *memory = (unsigned char *)storage;
  CHECK(bytes + 64 <= sizeof storage);
  return memory + (64 - (uintptr_t)memory % 64) % 64;
}

/* The dimensions are in `dims`. What is not NULL is not read either. */
#define CALL(name, value)                                                      \
  do {                                                                         \
    const void *in[] = {NULL, storage, NULL, NULL};                            \
    void *out[] = {value, NULL, NULL, NULL};                                   \
    size_t bytes = name##_workspace_bytes(dims);                               \
    CHECK(name(in, out, dims, get_workspace(bytes), bytes, NULL) == ATLED_OK); \
  } while (0)

static void run(int64_t a, int64_t b, int64_t c) {
  const int64_t dims[] = {a, b, c, a, b, c, a, b, c};
  float sum = -1, seed = 2;
  const void *in[] = {NULL, &seed};
  void *out[] = {&sum, NULL};
  size_t bytes = total_vjp_workspace_bytes(dims);
  CALL(elements, NULL);
  CALL(elements_vjp, NULL);
  CALL(turned, NULL);
  CALL(total, &sum);
  CHECK(sum == 0);
  sum = -1;
  CHECK(total_vjp(in, out, dims, get_workspace(bytes), bytes, NULL) ==
        ATLED_OK);
  CHECK(sum == 0);
}

static void overflow(void) {
  const int64_t some = 10, many = (int64_t)1 << 20, most = HUGE_EXTENT,
                wraps = (int64_t)1 << 32;
  int64_t size;
  CHECK(padded_output_dims(&some, &size) == ATLED_OK);
  CHECK(size == 10 + 9 * (int64_t)16777216);
  CHECK(padded_output_dims(&most, &size) == ATLED_ERROR_DIMS);
  CHECK(padded_workspace_bytes(&most) == SIZE_MAX);
  CHECK(squared_output_dims(&many, &size) == ATLED_OK);
  CHECK(size == HUGE_EXTENT);
  CHECK(squared_output_dims(&wraps, &size) == ATLED_ERROR_DIMS);
  CHECK(squared_output_dims(&most, &size) == ATLED_ERROR_DIMS);
}

int main(void) {
  overflow();
  run(HUGE_EXTENT, HUGE_EXTENT, 0);
  run(HUGE_EXTENT, 0, HUGE_EXTENT);
  run(0, HUGE_EXTENT, HUGE_EXTENT);
  {
    const int64_t dims[] = {HUGE_EXTENT, HUGE_EXTENT, 0};
    CALL(sums, NULL);
    CALL(sorted, NULL);
    CALL(running, NULL);
  }
  {
    /* Many rows without elements. */
    const int64_t dims[] = {HUGE_EXTENT, 0, HUGE_EXTENT};
    CALL(rows, NULL);
  }
  {
    const int64_t dims[] = {0, HUGE_EXTENT, HUGE_EXTENT, 0};
    CALL(product, NULL);
  }
  puts("at once");
  return 0;
}
