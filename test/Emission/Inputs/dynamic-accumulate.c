/* dynamic-accumulate.c - A gradient of dynamic size that is added to what is
 * there.
 *
 * Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
 * SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
 */
#include "accumulate.h"
#include "check.h"
#include <string.h>

enum { IMAGES = 7 };

static double storage[2048];

int main(void) {
  float w[30], b[5] = {0}, x[IMAGES * 6], once[IMAGES * 6], twice[IMAGES * 6];
  int32_t y[IMAGES] = {0, 1, 2, 3, 4, 0, 1};
  const int64_t dims[LOSS_GRAD_DIMS] = {IMAGES, IMAGES};
  size_t bytes = loss_grad_workspace_bytes(dims);
  unsigned char *workspace = (unsigned char *)storage;
  struct loss_grad_inputs in;
  struct loss_grad_outputs out;
  int i;
  workspace += (64 - (uintptr_t)workspace % 64) % 64;
  CHECK(bytes + 64 <= sizeof storage);
  for (i = 0; i < 30; ++i)
    w[i] = (float)(i % 7) / 8;
  for (i = 0; i < IMAGES * 6; ++i)
    x[i] = (float)(i % 5) / 4;
  in.w = w;
  in.b = b;
  in.x = x;
  in.y = y;
  memset(&out, 0, sizeof out);
  memset(once, 0, sizeof once);
  memset(twice, 0, sizeof twice);
  out.grad_x = once;
  CHECK(loss_grad_call(&in, &out, dims, workspace, bytes, NULL) == ATLED_OK);
  out.grad_x = twice;
  for (i = 0; i < 2; ++i)
    CHECK(loss_grad_call(&in, &out, dims, workspace, bytes, NULL) == ATLED_OK);
  for (i = 0; i < IMAGES * 6; ++i)
    CHECK(twice[i] == 2 * once[i]);
  CHECK(once[0] != 0);
  puts("twice");
  return 0;
}
