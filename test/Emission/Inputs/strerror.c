/* strerror.c - Prints what each error code means
 *
 * Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
 * SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */

#include "atled/atled.h"

#include <stdio.h>

int main(void) {
  printf("%d: %s\n", ATLED_ERROR_EXTERNAL,
         atled_strerror(ATLED_ERROR_EXTERNAL));
  for (int code = ATLED_ERROR_SIZE + 1; code >= ATLED_ERROR_PROCESSOR; code--)
    printf("%d: %s\n", code, atled_strerror(code));
  return 0;
}
