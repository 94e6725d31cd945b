/* dynamic-outputs.c - The inputs have no dynamic dimension, an output has one,
 * or what is kept between the halves of a derivative.
 *
 * Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
 * SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
 */

#include "dynamic-outputs.h"
#include "check.h"
#include <math.h>

static char memory[4096 + STEPS_WORKSPACE_ALIGN];
static char kept[4096 + WAVE_FWD_RESIDUAL_ALIGN];

/* The sum of sin(sin(sin(i x))), twice, for i up to 2, and its derivative. */
static void check_halves(char *workspace) {
  double x = 0.7, y, seed = 0.5, gradient, sum = 0, slope = 0;
  char *residuals = kept + WAVE_FWD_RESIDUAL_ALIGN -
                    (uintptr_t)kept % WAVE_FWD_RESIDUAL_ALIGN;
  struct wave_fwd_inputs there = {&x};
  struct wave_fwd_outputs value = {&y, residuals};
  struct wave_bwd_inputs back = {residuals, &seed};
  struct wave_bwd_outputs gradients = {&gradient};
  int64_t input_dims[WAVE_BWD_INPUT_DIMS];
  int i, k;

  CHECK(WAVE_FWD_DIMS == 0 && WAVE_BWD_DIMS == 0);
  CHECK(wave_fwd_residual_bytes(NULL) <= 4096);
  CHECK(wave_bwd_residual_bytes(NULL) == wave_fwd_residual_bytes(NULL));
  CHECK(wave_bwd_input_dims(NULL, input_dims) == ATLED_OK);
  CHECK((size_t)input_dims[0] == wave_fwd_residual_bytes(NULL));
  CHECK(wave_fwd_workspace_bytes(NULL) <= 4096);
  CHECK(wave_bwd_workspace_bytes(NULL) <= 4096);
  CHECK(wave_fwd_call(&there, &value, NULL, workspace, 4096, NULL) == ATLED_OK);
  CHECK(wave_bwd_call(&back, &gradients, NULL, workspace, 4096, NULL) ==
        ATLED_OK);
  for (i = 0; i < 3; ++i) {
    double angle = i * x, factor = i;
    for (k = 0; k < 3; ++k) {
      factor *= cos(angle);
      angle = sin(angle);
    }
    sum += 2 * angle;
    slope += 2 * factor;
  }
  CHECK(fabs(y - sum) < 1e-14 && fabs(gradient - seed * slope) < 1e-14);
}

int main(void) {
  double scale = 0.5, steps[6];
  int64_t output_dims[STEPS_OUTPUT_DIMS];
  struct steps_inputs in = {&scale};
  struct steps_outputs out = {steps};
  size_t bytes = steps_workspace_bytes(NULL);
  char *workspace = memory + STEPS_WORKSPACE_ALIGN -
                    (uintptr_t)memory % STEPS_WORKSPACE_ALIGN;
  int i;

  CHECK(STEPS_DIMS == 0);
  CHECK(steps_output_dims(NULL, output_dims) == ATLED_OK);
  CHECK(output_dims[0] == 3 && STEPS_OUT_STEPS_SIZE(output_dims) == 6);
  CHECK(bytes <= 4096);
  CHECK(steps_call(&in, &out, NULL, workspace, bytes, NULL) == ATLED_OK);
  for (i = 0; i < 6; ++i)
    CHECK(steps[i] == scale * (i / 2));
  check_halves(workspace);
  puts("of a size of its own");
  return 0;
}
