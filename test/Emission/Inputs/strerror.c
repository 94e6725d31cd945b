/* strerror.c - Prints what each error code means
 *
 * Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
 * SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */

#include "atled/atled.h"

#include <stdio.h>

int main(void) {
  for (int code = ATLED_ERROR_DEPTH + 1; code >= ATLED_ERROR_EXEC; code--)
    printf("%d: %s\n", code, atled_strerror(code));
  return 0;
}
