/* uniform.c - The gradient written by hand under the signature that Atled emits
 *
 * Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
 * SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
 *
 * The parameters must lie one behind the other, as in struct network, and so
 * must their gradients. */

#include "handwritten.h"

#include <stddef.h>

int32_t loss_value_and_grad(const void *const *in, void *const *out,
                            const int64_t *dims, void *workspace,
                            size_t workspace_bytes, const void *exec) {
  (void)dims, (void)workspace, (void)workspace_bytes, (void)exec;
  float *loss = out[0];
  *loss = digits_loss_and_gradient(in[0], in[4], in[5], out[1]);
  return 0;
}
