/* extrema.c - Maxima and minima where one number is NaN, or -0.
 *
 * Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
 * SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
 */
#include "extrema.h"
#include "check.h"
#include <math.h>

static unsigned char memory[4096 + ATLED_WORKSPACE_ALIGN];

int main(void) {
  static const float x[7] = {1, -2, 0.0f, -0.0f, INFINITY, -5, 3};
  static const float y[7] = {2, -3, -0.0f, 0.0f, NAN, -5, -INFINITY};
  static const double z[3] = {0, -1000, 1000};
  float maximum[7], minimum[7], largest, smallest;
  double softplus[3];
  struct extrema_inputs in;
  struct extrema_outputs out;
  struct softplus_inputs softplus_in;
  struct softplus_outputs softplus_out;
  unsigned char *workspace = memory + ATLED_WORKSPACE_ALIGN -
                             (uintptr_t)memory % ATLED_WORKSPACE_ALIGN;
  in.x = x;
  in.y = y;
  out.maximum = maximum;
  out.minimum = minimum;
  out.largest = &largest;
  out.smallest = &smallest;
  CHECK(extrema_call(&in, &out, workspace, 4096, NULL) == ATLED_OK);
  CHECK(maximum[0] == 2 && minimum[0] == 1 && maximum[1] == -2 &&
        minimum[1] == -3 && maximum[5] == -5 && minimum[6] == -INFINITY);
  CHECK(!signbit(maximum[2]) && !signbit(maximum[3]) && signbit(minimum[2]) &&
        signbit(minimum[3]));
  CHECK(isnan(maximum[4]) && isnan(minimum[4]));
  CHECK(largest == INFINITY && smallest == -5);
  softplus_in.x = z;
  softplus_out.out0 = softplus;
  CHECK(softplus_call(&softplus_in, &softplus_out, workspace, 4096, NULL) ==
        ATLED_OK);
  CHECK(fabs(softplus[0] - 0.69314718055994531) < 1e-15 && softplus[1] == 0 &&
        softplus[2] == 1000);
  puts("extrema are right");
  return 0;
}
