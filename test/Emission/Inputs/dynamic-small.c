/* dynamic-small.c - A machine whose addresses have 32 bits: tensors that fit
 * together, and whose temporaries have more bytes than it has.
 *
 * Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
 * SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
 */
#include "check.h"
#include "dynamic.h"
#include <stdio.h>

int main(void) {
  const int64_t one = 1, some = 100, many = (int64_t)1 << 28;
  const int64_t unfit[] = {3, 3};
  CHECK(sizeof(size_t) == 4);
  CHECK(recurrence_vjp_workspace_bytes(&some) >
        recurrence_vjp_workspace_bytes(&one));
  CHECK(recurrence_vjp_workspace_bytes(&some) < 1 << 20);
  /* Four numbers of eight bytes for each. */
  CHECK(recurrence_vjp_workspace_bytes(&many) == SIZE_MAX);
  CHECK(moving_workspace_bytes(unfit) == SIZE_MAX);
  puts("no size holds it");
  return 0;
}
