/* use.c - Calls the gradient that save.cpp has written
 *
 * Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
 * SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
 */
#include "step.h"
#include <stdio.h>

/* One byte at least, for a workspace that needs none. */
static _Alignas(ATLED_WORKSPACE_ALIGN) unsigned char workspace
    [LOSS_VALUE_AND_GRAD_WORKSPACE_BYTES + 1];

int main(void) {
  float w[] = {0.5f, -1.0f, 2.0f}, x[] = {1.0f, 1.0f, 0.5f};
  float loss, gradient[3];
  struct loss_value_and_grad_inputs in = {.w = w, .x = x};
  struct loss_value_and_grad_outputs out = {.loss = &loss, .grad_w = gradient};
  int32_t code = loss_value_and_grad_call(
      &in, &out, workspace, LOSS_VALUE_AND_GRAD_WORKSPACE_BYTES, NULL);
  if (code) {
    fprintf(stderr, "%s\n", atled_strerror(code));
    return 1;
  }
  printf("loss %.6f, gradient %.6f %.6f %.6f\n", loss, gradient[0], gradient[1],
         gradient[2]);
  return 0;
}
