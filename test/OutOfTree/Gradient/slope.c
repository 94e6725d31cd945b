/* slope.c - Prints the loss at 3, and its slope
 *
 * Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
 * SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
 */
#include "model.h"
#include <atled/atled.h>
#include <stdio.h>

int main(void) {
  double x = 3, loss, slope;
  struct loss_value_and_grad_inputs in = {.x = &x};
  struct loss_value_and_grad_outputs out = {.loss = &loss, .grad_x = &slope};
  if (loss_value_and_grad_call(&in, &out, NULL, 0, NULL) != ATLED_OK)
    return 1;
  printf("%g %g\n", loss, slope);
  return 0;
}
