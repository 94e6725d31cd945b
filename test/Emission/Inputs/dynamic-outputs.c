/* dynamic-outputs.c - The inputs have no dynamic dimension, an output has one.
 *
 * Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
 * SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
 */

#include "dynamic-outputs.h"
#include "check.h"

static char memory[4096 + STEPS_WORKSPACE_ALIGN];

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
  puts("of a size of its own");
  return 0;
}
