//===- step.c - Makes the steps that training.cpp saves -------------------===//
//
// Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "step.h"
#include <stdio.h>

static _Alignas(
    ATLED_WORKSPACE_ALIGN) unsigned char workspace[LOSS_STEP_WORKSPACE_BYTES +
                                                   1];

int main(void) {
  float w[] = {1, 2}, velocity[] = {0, 0}, z[] = {1, 0.5f}, loss, copy[2];
  struct loss_step_inputs in = {.w = w, .velocity_w = velocity, .z = z};
  struct loss_step_outputs out = {
      .loss = &loss, .w = w, .velocity_w = velocity};
  for (int i = 0; i < 3; i++) {
    if (loss_step_call(&in, &out, workspace, LOSS_STEP_WORKSPACE_BYTES, NULL))
      return 1;
    printf("%g %g %g\n", loss, w[0], w[1]);
  }
  out.w = copy;
  return loss_step_call(&in, &out, workspace, LOSS_STEP_WORKSPACE_BYTES,
                        NULL) != ATLED_ERROR_DONATION;
}
