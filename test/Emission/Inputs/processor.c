/* processor.c - What @layers says of this machine, and does on it.
 *
 * REQUIRED is what the code needs, as the C compiler calls it: it asks the
 * processor by other means.
 *
 * Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
 * SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
 */
#include "check.h"
#include "layers.h"

static float x[LAYERS_IN_X_SIZE], w[LAYERS_IN_W_SIZE], v[LAYERS_IN_V_SIZE];
static float y[LAYERS_OUT_Y_SIZE];

int main(void) {
  static union {
    unsigned char bytes[LAYERS_WORKSPACE_BYTES];
    uint64_t enough;
  } workspace __attribute__((aligned(LAYERS_WORKSPACE_ALIGN)));
  struct layers_inputs inputs = {x, w, v};
  struct layers_outputs outputs = {y, NULL};
  int32_t can = layers_cpu_ok(), code;
  int i;
  CHECK(can == !!(REQUIRED));
  /* Rounded products: a processor that rounds the sum alone has other bits. */
  for (i = 0; i < (int)LAYERS_IN_X_SIZE; ++i)
    x[i] = 1.0f / (float)(i + 3);
  for (i = 0; i < (int)LAYERS_IN_W_SIZE; ++i)
    w[i] = 1.0f / (float)(i + 7);
  for (i = 0; i < (int)LAYERS_IN_V_SIZE; ++i)
    v[i] = 1.0f / (float)(i + 11);
  y[0] = -1;
  code = layers_call(&inputs, &outputs, &workspace, sizeof workspace, NULL);
  CHECK(code == (can ? ATLED_OK : ATLED_ERROR_PROCESSOR));
  CHECK(can || y[0] == -1);
  /* Nothing is looked at before the processor. */
  CHECK(layers(NULL, NULL, NULL, NULL, 0, NULL) ==
        (can ? ATLED_ERROR_NULL_INPUT : ATLED_ERROR_PROCESSOR));
  CHECK(layers_cpu_ok() == can);
  puts(can ? "it can" : "it cannot");
  for (i = 0; can && i < (int)LAYERS_OUT_Y_SIZE; ++i)
    printf("%a\n", (double)y[i]);
  return 0;
}
