/* openmp.h - The threads of OpenMP for compiled functions.
 *
 * Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
 * SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
 *
 * C99 or C++, for a compiler that is told to support OpenMP. There is nothing
 * to link: an OpenMP library belongs to its compiler.
 *
 *   atled_exec exec = atled_openmp_exec(4);
 *   loss_grad(in, out, NULL, workspace, bytes, &exec);
 */
#ifndef ATLED_OPENMP_H
#define ATLED_OPENMP_H

#ifndef _OPENMP
#error "atled/openmp.h needs OpenMP: compile with -fopenmp"
#endif

#ifndef ATLED_H
#include "atled/atled.h"
#endif
#include <fenv.h>
#include <omp.h>

/* The context is the number of threads. */
static inline void
atled_openmp_parallel_for(void *ctx, int64_t chunks,
                          void (*body)(void *arg, int64_t chunk), void *arg) {
  int threads = (int)(intptr_t)ctx;
  fenv_t environment;
  fegetenv(&environment);
  if (threads < 1)
    threads = omp_get_max_threads();
#pragma omp parallel num_threads(threads)
  {
    int64_t i;
    fesetenv(&environment);
    /* One at a time: chunks are large, and some threads are slow. */
#pragma omp for schedule(dynamic, 1)
    for (i = 0; i < chunks; ++i)
      body(arg, i);
  }
}

/* What to pass to a compiled function that is to run in a team of `threads`
 * threads; 0 or less leaves the number to OpenMP, as OMP_NUM_THREADS or
 * omp_set_num_threads say. In a parallel region it runs on the calling thread,
 * unless OpenMP is told to nest. All threads compute in the floating-point
 * environment of the caller. */
static inline atled_exec atled_openmp_exec(int threads) {
  atled_exec exec;
  exec.size = sizeof exec;
  exec.flags = 0;
  exec.ctx = (void *)(intptr_t)threads;
  exec.parallel_for = atled_openmp_parallel_for;
  return exec;
}

#endif /* ATLED_OPENMP_H */
