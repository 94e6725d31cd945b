/* contract.c - Calls @layers in every way that its contract allows or forbids.
 *
 * Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
 * SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
 */
#include "check.h"
#include "layers.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static float x[LAYERS_IN_X_SIZE], w[LAYERS_IN_W_SIZE], v[LAYERS_IN_V_SIZE];
static float y[LAYERS_OUT_Y_SIZE];
static double xt[LAYERS_OUT_XT_SIZE];
static unsigned char
    storage[LAYERS_WORKSPACE_BYTES + 2 * LAYERS_WORKSPACE_ALIGN];
static unsigned char *workspace;

/* The outputs with a value that no call computes. */
static void forget(void) {
  size_t i;
  for (i = 0; i < LAYERS_OUT_Y_SIZE; ++i)
    y[i] = -1;
  for (i = 0; i < LAYERS_OUT_XT_SIZE; ++i)
    xt[i] = -1;
}

static int is_untouched(void) {
  size_t i;
  for (i = 0; i < LAYERS_OUT_Y_SIZE; ++i)
    if (y[i] != -1)
      return 0;
  for (i = 0; i < LAYERS_OUT_XT_SIZE; ++i)
    if (xt[i] != -1)
      return 0;
  return 1;
}

/* Small integers: every order of summation gives the same. */
static int is_y_right(void) {
  int i, j, k, l;
  for (i = 0; i < 8; ++i)
    for (j = 0; j < 4; ++j) {
      float sum = 0;
      for (k = 0; k < 16; ++k)
        for (l = 0; l < 16; ++l)
          sum += x[i * 16 + l] * w[l * 16 + k] * v[k * 4 + j];
      if (y[i * 4 + j] != sum)
        return 0;
    }
  return 1;
}

static int is_xt_right(void) {
  int i, j;
  for (i = 0; i < 16; ++i)
    for (j = 0; j < 8; ++j)
      if (xt[i * 8 + j] != (double)x[j * 16 + i])
        return 0;
  return 1;
}

static int32_t call(const void *const *in, void *const *out, void *space,
                    size_t bytes, const atled_exec *exec) {
  forget();
  return layers(in, out, NULL, space, bytes, exec);
}

static void allowed(void) {
  const void *in[] = {x, w, v};
  void *out[] = {y, xt}, *only_y[] = {y, NULL}, *only_xt[] = {NULL, xt},
       *none[] = {NULL, NULL};
  const atled_exec serial = {sizeof(atled_exec), 0, NULL, NULL};
  const int64_t no_dims[1] = {0};
  struct layers_inputs inputs;
  struct layers_outputs outputs;
  uint64_t enough;
  inputs.x = x;
  inputs.w = w;
  inputs.v = v;
  outputs.y = y;
  outputs.xt = xt;

  CHECK(call(in, out, workspace, LAYERS_WORKSPACE_BYTES, NULL) == ATLED_OK);
  CHECK(is_y_right() && is_xt_right());
  CHECK(call(in, out, workspace, LAYERS_WORKSPACE_BYTES, &serial) == ATLED_OK);
  CHECK(is_y_right() && is_xt_right());
  CHECK(layers(in, out, no_dims, workspace, LAYERS_WORKSPACE_BYTES, NULL) ==
        ATLED_OK);

  forget();
  CHECK(layers_call(&inputs, &outputs, workspace, LAYERS_WORKSPACE_BYTES,
                    NULL) == ATLED_OK);
  CHECK(is_y_right() && is_xt_right());

  /* Outputs that are not wanted; what is written is right all the same. */
  CHECK(call(in, only_y, workspace, LAYERS_WORKSPACE_BYTES, NULL) == ATLED_OK);
  CHECK(is_y_right() && xt[0] == -1);
  CHECK(call(in, only_xt, workspace, LAYERS_WORKSPACE_BYTES, NULL) == ATLED_OK);
  CHECK(is_xt_right() && y[0] == -1);
  CHECK(call(in, none, workspace, LAYERS_WORKSPACE_BYTES, NULL) == ATLED_OK);
  CHECK(is_untouched());

  /* A short workspace tells what is enough, and that is. */
  CHECK(call(in, out, workspace, 8, NULL) == ATLED_ERROR_SHORT_WORKSPACE);
  memcpy(&enough, workspace, sizeof enough);
  CHECK(enough == LAYERS_FULL_CALL_WORKSPACE_BYTES);
  CHECK(call(in, out, workspace, (size_t)enough, NULL) == ATLED_OK);
  CHECK(is_y_right() && is_xt_right());
  CHECK(call(in, only_y, workspace, (size_t)enough, NULL) == ATLED_OK);
  CHECK(is_y_right() && xt[0] == -1);
  CHECK(call(in, none, workspace, 8, NULL) == ATLED_ERROR_SHORT_WORKSPACE);
  memcpy(&enough, workspace, sizeof enough);
  CHECK(enough == LAYERS_WORKSPACE_BYTES);
}

static void forbidden(void) {
  const void *in[] = {x, w, v};
  void *out[] = {y, xt};
  const void *null_in[] = {x, NULL, v}, *odd_in[] = {x, (const char *)w + 2, v};
  void *odd_out[] = {y, (char *)xt + 4};
  const atled_exec small = {sizeof(atled_exec) - 1, 0, NULL, NULL};
  const atled_exec flagged = {sizeof(atled_exec), 1, NULL, NULL};
  const size_t bytes = LAYERS_WORKSPACE_BYTES;

  CHECK(call(NULL, out, workspace, bytes, NULL) == ATLED_ERROR_NULL_INPUT);
  CHECK(call(null_in, out, workspace, bytes, NULL) == ATLED_ERROR_NULL_INPUT);
  CHECK(call(in, NULL, workspace, bytes, NULL) == ATLED_ERROR_NULL_OUTPUT);
  CHECK(call(odd_in, out, workspace, bytes, NULL) ==
        ATLED_ERROR_MISALIGNED_INPUT);
  CHECK(call(in, odd_out, workspace, bytes, NULL) ==
        ATLED_ERROR_MISALIGNED_OUTPUT);
  CHECK(call(in, out, NULL, bytes, NULL) == ATLED_ERROR_NULL_WORKSPACE);
  CHECK(call(in, out, NULL, 0, NULL) == ATLED_ERROR_NULL_WORKSPACE);
  CHECK(call(in, out, workspace + 32, bytes, NULL) ==
        ATLED_ERROR_MISALIGNED_WORKSPACE);
  CHECK(call(in, out, workspace, 64, NULL) == ATLED_ERROR_SHORT_WORKSPACE);
  CHECK(call(in, out, workspace, bytes, &small) == ATLED_ERROR_EXEC);
  CHECK(call(in, out, workspace, bytes, &flagged) == ATLED_ERROR_EXEC);
  CHECK(is_untouched());

  /* Where not even the size fits, nothing is written. */
  memset(workspace, 0xAB, 8);
  CHECK(call(in, out, workspace, 7, NULL) == ATLED_ERROR_SHORT_WORKSPACE);
  CHECK(workspace[0] == 0xAB && workspace[7] == 0xAB);
}

static void every_code_has_a_text(void) {
  int32_t code;
  for (code = 0; code >= ATLED_ERROR_PROCESSOR; --code)
    CHECK(strcmp(atled_strerror(code), "unknown error") != 0);
  CHECK(strcmp(atled_strerror(1023), "unknown error") == 0);
}

int main(void) {
  size_t i;
  workspace = storage + LAYERS_WORKSPACE_ALIGN -
              (uintptr_t)storage % LAYERS_WORKSPACE_ALIGN;
  for (i = 0; i < LAYERS_IN_X_SIZE; ++i)
    x[i] = (float)(i % 7);
  for (i = 0; i < LAYERS_IN_W_SIZE; ++i)
    w[i] = (float)(i % 5) - 2;
  for (i = 0; i < LAYERS_IN_V_SIZE; ++i)
    v[i] = (float)(i % 3) - 1;
  allowed();
  forbidden();
  every_code_has_a_text();
  puts("contract kept");
  return 0;
}
