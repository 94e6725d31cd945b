//===- call.c - Calls what save.cpp saves ---------------------------------===//
//
// Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "step.h"
#include <stdio.h>
#include <stdlib.h>

int main(void) {
  double w[] = {1, 2, 3}, x[] = {1, 0.5, 2}, loss, gradient[3];
  void *workspace =
      aligned_alloc(64, 64 + LOSS_VALUE_AND_GRAD_WORKSPACE_BYTES / 64 * 64);
  struct loss_value_and_grad_inputs in = {.w = w, .x = x};
  struct loss_value_and_grad_outputs out = {.loss = &loss, .grad_w = gradient};
  if (loss_value_and_grad_call(&in, &out, workspace,
                               LOSS_VALUE_AND_GRAD_WORKSPACE_BYTES, NULL))
    return 1;
  printf("%g %g %g %g\n", loss, gradient[0], gradient[1], gradient[2]);
  free(workspace);
  return 0;
}
