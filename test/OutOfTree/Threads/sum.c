/* sum.c - Runs a loop as compiled functions do.
 *
 * Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
 * SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
 */
#include <stdio.h>
#ifdef _OPENMP
#include <atled/openmp.h>
#else
#include <atled/threads.h>
#endif

static void square(void *arg, int64_t chunk) {
  ((int64_t *)arg)[chunk] = chunk * chunk;
}

int main(void) {
  int64_t squares[100], sum = 0;
  int i;
#ifdef _OPENMP
  atled_exec exec = atled_openmp_exec(2);
#else
  atled_threads *pool;
  atled_exec exec;
  if (atled_threads_create(&pool, 2) != 0)
    return 1;
  exec = atled_threads_exec(pool);
#endif
  exec.parallel_for(exec.ctx, 100, square, squares);
#ifndef _OPENMP
  atled_threads_destroy(pool);
#endif
  for (i = 0; i < 100; ++i)
    sum += squares[i];
  printf("%d\n", (int)sum);
  return 0;
}
