/* in-place.c - Outputs in the place of inputs, and gradients that are added to
 * what is there, each compared with the same function where neither is so.
 *
 * Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
 * SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
 */
#include "in-place.h"
#include "check.h"
#include "plain.h"
#include <stdio.h>
#include <string.h>

enum { SIZE = 36 };

static double storage[1024];
static unsigned char *workspace;
static float w[SIZE], g[SIZE], other[SIZE];

static void reset(void) {
  int i;
  for (i = 0; i < SIZE; ++i) {
    w[i] = (float)(i % 7) - 2.5f;
    g[i] = (float)(i % 5) / 4;
    other[i] = (float)i;
  }
  memset(workspace, 0xFF, 4096);
}

/* Calls NAME where it donates, and PLAIN_NAME where it does not. */
#define CALL(name, inputs, outputs)                                            \
  CHECK(name##_call(inputs, outputs, workspace, 4096, NULL) == ATLED_OK)

static void update_a_weight(void) {
  const float rate = 0.125f;
  float expected[SIZE], norm, expected_norm;
  struct step_inputs in;
  struct step_outputs out;
  struct plain_step_inputs plain_in;
  struct plain_step_outputs plain_out;
  reset();
  plain_in.w = in.w = w;
  plain_in.g = in.g = g;
  plain_in.rate = in.rate = &rate;
  plain_out.w_new = expected;
  plain_out.norm = &expected_norm;
  CALL(plain_step, &plain_in, &plain_out);
  out.w_new = w;
  out.norm = &norm;
  CALL(step, &in, &out);
  CHECK(memcmp(w, expected, sizeof w) == 0 && norm == expected_norm);
  /* Again, without the other output. */
  plain_in.w = expected;
  plain_out.w_new = other;
  CALL(plain_step, &plain_in, &plain_out);
  out.norm = NULL;
  CALL(step, &in, &out);
  CHECK(memcmp(w, other, sizeof w) == 0);

  /* It is there or nowhere. */
  out.w_new = NULL;
  CHECK(step_call(&in, &out, workspace, 4096, NULL) == ATLED_ERROR_NULL_OUTPUT);
  out.w_new = expected;
  CHECK(step_call(&in, &out, workspace, 4096, NULL) == ATLED_ERROR_DONATION);
  CHECK(memcmp(w, other, sizeof w) == 0);
}

static void read_what_is_overwritten(void) {
  float expected[SIZE];
  struct square_inputs in;
  struct square_outputs out;
  struct plain_square_inputs plain_in;
  struct plain_square_outputs plain_out;
  struct turn_inputs turn_in;
  struct turn_outputs turn_out;
  int i, j;
  reset();
  plain_in.w = in.w = turn_in.w = w;
  plain_out.w_new = expected;
  out.w_new = turn_out.w_new = w;
  CALL(plain_square, &plain_in, &plain_out);
  CALL(square, &in, &out);
  CHECK(memcmp(w, expected, sizeof w) == 0);
  CALL(turn, &turn_in, &turn_out);
  for (i = 0; i < 6; ++i)
    for (j = 0; j < 6; ++j)
      CHECK(w[6 * i + j] == expected[6 * j + i]);
}

static void exchange(void) {
  float a[SIZE], b[SIZE], old[SIZE];
  struct swap_inputs in;
  struct swap_outputs out;
  reset();
  memcpy(a, w, sizeof a);
  memcpy(b, other, sizeof b);
  in.a = w;
  in.b = other;
  out.a_new = w;
  out.b_new = other;
  out.a_old = old;
  CALL(swap, &in, &out);
  CHECK(memcmp(w, b, sizeof b) == 0 && memcmp(other, a, sizeof a) == 0 &&
        memcmp(old, a, sizeof a) == 0);
}

static void write_a_part(void) {
  const float row[6] = {9, 8, 7, 6, 5, 4};
  const int64_t n = 4;
  struct fill_inputs in;
  struct fill_outputs out;
  int i;
  reset();
  in.w = w;
  in.row = row;
  in.n = &n;
  out.w_new = w;
  CALL(fill, &in, &out);
  for (i = 0; i < SIZE; ++i)
    CHECK(w[i] == (i < 24 ? row[i % 6] : (float)(i % 7) - 2.5f));
  /* Nothing is copied: there is room for none. */
  CHECK(FILL_FULL_CALL_WORKSPACE_BYTES < sizeof w);
  CHECK(STEP_FULL_CALL_WORKSPACE_BYTES < sizeof w);
}

static void call_from_inside(void) {
  float twice[SIZE], old[SIZE], expected[SIZE];
  struct again_inputs in;
  struct again_outputs out;
  struct square_inputs square_in;
  struct square_outputs square_out;
  reset();
  memcpy(expected, w, sizeof w);
  in.v = w;
  out.twice = twice;
  out.old = old;
  CALL(again, &in, &out);
  CHECK(memcmp(w, expected, sizeof w) == 0 && memcmp(old, w, sizeof w) == 0);
  square_in.w = square_out.w_new = expected;
  CALL(square, &square_in, &square_out);
  CALL(square, &square_in, &square_out);
  CHECK(memcmp(twice, expected, sizeof twice) == 0);
}

/* The bits of a bf16 as a number. */
static float widen(uint16_t bits) {
  const uint32_t wide = (uint32_t)bits << 16;
  float value;
  memcpy(&value, &wide, sizeof value);
  return value;
}

static void add_to_what_is_there(void) {
  const float x[6] = {1, -0.5f, 0.25f, 2, 0, 3};
  const uint16_t h[6] = {0x3F80, 0x4000, 0xBF80, 0x3F00, 0, 0x3F80};
  const int32_t count = 0;
  const float seed = 1;
  float expected_w[SIZE], expected_x[6], value, grad_w[SIZE], grad_x[6];
  uint16_t expected_h[6], grad_h[6];
  unsigned char kept[LOSS_FWD_RESIDUAL_BYTES + 64], *residuals = kept;
  struct plain_loss_value_and_grad_inputs plain_in;
  struct plain_loss_value_and_grad_outputs plain_out;
  struct loss_value_and_grad_inputs in;
  struct loss_value_and_grad_outputs out;
  struct loss_fwd_inputs fwd_in;
  struct loss_fwd_outputs fwd_out;
  struct loss_bwd_inputs bwd_in;
  struct loss_bwd_outputs bwd_out;
  int i, times;
  reset();
  residuals += 64 - (uintptr_t)kept % 64;
  plain_in.w = in.w = fwd_in.w = bwd_in.w = w;
  plain_in.x = in.x = fwd_in.x = bwd_in.x = x;
  plain_in.h = in.h = fwd_in.h = bwd_in.h = h;
  plain_in.count = in.count = fwd_in.count = &count;
  plain_out.loss = &value;
  plain_out.grad_w = expected_w;
  plain_out.grad_x = expected_x;
  plain_out.grad_h = expected_h;
  CALL(plain_loss_value_and_grad, &plain_in, &plain_out);

  for (i = 0; i < SIZE; ++i)
    grad_w[i] = g[i];
  for (i = 0; i < 6; ++i) {
    grad_x[i] = -1;
    grad_h[i] = 0x3F80;
  }
  out.loss = NULL;
  out.grad_w = grad_w;
  out.grad_x = grad_x;
  out.grad_h = grad_h;
  for (times = 0; times < 2; ++times)
    CALL(loss_value_and_grad, &in, &out);
  for (i = 0; i < SIZE; ++i)
    CHECK(grad_w[i] == (g[i] + expected_w[i]) + expected_w[i]);
  /* Argument 1 is not accumulated. */
  for (i = 0; i < 6; ++i) {
    const float once = 1 + widen(expected_h[i]);
    const float error = widen(grad_h[i]) - (once + widen(expected_h[i]));
    CHECK(grad_x[i] == expected_x[i]);
    CHECK(error <= 0.0625f && error >= -0.0625f);
  }

  /* Not wanted: what is there stays. */
  out.grad_w = NULL;
  CALL(loss_value_and_grad, &in, &out);
  CHECK(grad_w[0] == (g[0] + expected_w[0]) + expected_w[0]);

  /* The way back adds as well. */
  fwd_out.loss = &value;
  fwd_out.residuals = residuals;
  CALL(loss_fwd, &fwd_in, &fwd_out);
  bwd_in.residuals = residuals;
  bwd_in.seed_loss = &seed;
  bwd_out.grad_w = grad_w;
  bwd_out.grad_x = grad_x;
  bwd_out.grad_h = NULL;
  CALL(loss_bwd, &bwd_in, &bwd_out);
  for (i = 0; i < SIZE; ++i)
    CHECK(grad_w[i] ==
          ((g[i] + expected_w[i]) + expected_w[i]) + expected_w[i]);
  for (i = 0; i < 6; ++i)
    CHECK(grad_x[i] == expected_x[i]);
}

int main(void) {
  workspace = (unsigned char *)storage;
  workspace += 64 - (uintptr_t)workspace % 64;
  update_a_weight();
  read_what_is_overwritten();
  exchange();
  write_a_part();
  call_from_inside();
  add_to_what_is_there();
  puts("in its place");
  return 0;
}
