/* timer.c - How long a number of calls takes
 *
 * Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
 * SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */

#include <stddef.h>
#include <stdint.h>
#include <time.h>

typedef int32_t step_function(const void *const *in, void *const *out,
                              const int64_t *dims, void *workspace,
                              size_t workspace_bytes, const void *exec);

/* In seconds of processor time; negative where a call fails. */
double time_steps(step_function *step, const void *const *in, void *const *out,
                  void *workspace, size_t workspace_bytes, int count) {
  struct timespec start, end;
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &start);
  for (int i = 0; i < count; i++)
    if (step(in, out, NULL, workspace, workspace_bytes, NULL) != 0)
      return -1;
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &end);
  return (double)(end.tv_sec - start.tv_sec) +
         1e-9 * (double)(end.tv_nsec - start.tv_nsec);
}
