/* external.c - Provides what external.mlir only declares, and compares what
 * comes out with the same in C.
 *
 * Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
 * SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
 */
#include "external.h"
#include "check.h"
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { SIZE = 64 };

/* How often what has been called, and which calls of `wave` fail. */
static int waves, forwards, reverses, tangents, first_failure;
static int32_t code;

/* Scribbles over all of the workspace, and nothing else. */
static void use_workspace(void *workspace, size_t bytes, size_t expected) {
  CHECK(bytes == expected);
  CHECK((workspace == NULL) == (expected == 0));
  CHECK((uintptr_t)workspace % ATLED_WORKSPACE_ALIGN == 0);
  if (bytes)
    memset(workspace, 0xEE, bytes);
}

static int is_apart(const void *a, char a_kind, const void *b, char b_kind) {
  uintptr_t a_begin = (uintptr_t)a, b_begin = (uintptr_t)b;
  uintptr_t a_end = a_begin + (a_kind == 'r' ? SIZE : 1) * sizeof(double);
  uintptr_t b_end = b_begin + (b_kind == 'r' ? SIZE : 1) * sizeof(double);
  return a_end <= b_begin || b_end <= a_begin;
}

/* An output overlaps nothing. Of rows there is an 'r' each, of scalars an 's'.
 */
static void check_call(const void *const *in, const char *inputs,
                       void *const *out, const char *outputs,
                       const int64_t *dims, const atled_exec *exec) {
  int i, j;
  CHECK(dims == NULL && exec == NULL);
  for (j = 0; outputs[j]; ++j) {
    CHECK((uintptr_t)out[j] % sizeof(double) == 0);
    for (i = 0; inputs[i]; ++i)
      CHECK(is_apart(out[j], outputs[j], in[i], inputs[i]));
    for (i = 0; i < j; ++i)
      CHECK(is_apart(out[j], outputs[j], out[i], outputs[i]));
  }
}

int32_t wave(const void *const *in, void *const *out, const int64_t *dims,
             void *workspace, size_t workspace_bytes, const atled_exec *exec) {
  const double *x = in[0], *t = in[1];
  double *y = out[0];
  int i;
  check_call(in, "rs", out, "r", dims, exec);
  use_workspace(workspace, workspace_bytes, 100);
  for (i = 0; i < SIZE; ++i)
    y[i] = sin(*t * x[i]);
  ++waves;
  return first_failure && waves >= first_failure ? code++ : ATLED_OK;
}

int32_t wave_forward(const void *const *in, void *const *out,
                     const int64_t *dims, void *workspace,
                     size_t workspace_bytes, const atled_exec *exec) {
  const double *x = in[0], *t = in[1];
  double *y = out[0], *kept_x = out[1], *slope = out[2], *kept_t = out[3];
  int i;
  check_call(in, "rs", out, "rrrs", dims, exec);
  use_workspace(workspace, workspace_bytes, 0);
  for (i = 0; i < SIZE; ++i) {
    y[i] = sin(*t * x[i]);
    kept_x[i] = x[i];
    slope[i] = cos(*t * x[i]);
  }
  *kept_t = *t;
  ++forwards;
  return ATLED_OK;
}

int32_t wave_reverse(const void *const *in, void *const *out,
                     const int64_t *dims, void *workspace,
                     size_t workspace_bytes, const atled_exec *exec) {
  const double *x = in[0], *slope = in[1], *t = in[2], *dy = in[3];
  double *dx = out[0], *dt = out[1], sum = 0;
  int i;
  check_call(in, "rrsr", out, "rs", dims, exec);
  use_workspace(workspace, workspace_bytes, 0);
  for (i = 0; i < SIZE; ++i) {
    dx[i] = *t * slope[i] * dy[i];
    sum += x[i] * slope[i] * dy[i];
  }
  *dt = sum;
  ++reverses;
  return ATLED_OK;
}

int32_t wave_tangent(const void *const *in, void *const *out,
                     const int64_t *dims, void *workspace,
                     size_t workspace_bytes, const atled_exec *exec) {
  const double *x = in[0], *t = in[1], *dx = in[2], *dt = in[3];
  double *y = out[0], *dy = out[1];
  int i;
  check_call(in, "rsrs", out, "rr", dims, exec);
  use_workspace(workspace, workspace_bytes, 0);
  for (i = 0; i < SIZE; ++i) {
    y[i] = sin(*t * x[i]);
    dy[i] = cos(*t * x[i]) * (*t * dx[i] + *dt * x[i]);
  }
  ++tangents;
  return ATLED_OK;
}

/* bf16 is the upper half of a float; the numbers of the test are exact in f16,
 * and have one digit. */
int32_t types(const void *const *in, void *const *out, const int64_t *dims,
              void *workspace, size_t workspace_bytes, const atled_exec *exec) {
  const uint8_t *p = in[0], *n = in[2];
  const uint16_t *b = in[1];
  uint8_t *q = out[0], *m = out[2];
  uint16_t *h = out[1];
  int i;
  (void)dims, (void)exec;
  use_workspace(workspace, workspace_bytes, 0);
  for (i = 0; i < 3; ++i) {
    CHECK(p[i] <= 1);
    q[i] = p[2 - i];
  }
  for (i = 0; i < 4; ++i)
    h[i] = b[i] == 0x3F80 ? 0x3C00 : 0; /* 1 and 0. */
  for (i = 0; i < 2; ++i)
    m[i] = (uint8_t)(n[i] + 1);
  return ATLED_OK;
}

static double x[SIZE], t = 1.25;
static unsigned char memory[1 << 16];
static const size_t guard = 256;

/* A workspace between guards; `check_guards` after the call. */
static void *make_workspace(size_t bytes) {
  CHECK(bytes + 3 * guard < sizeof memory);
  memset(memory, 0x5A, sizeof memory);
  return memory + guard + ATLED_WORKSPACE_ALIGN -
         (uintptr_t)memory % ATLED_WORKSPACE_ALIGN;
}

static void check_guards(const void *workspace, size_t bytes) {
  size_t begin = (size_t)((const unsigned char *)workspace - memory), i;
  for (i = 0; i < sizeof memory; ++i)
    if (i < begin || i >= begin + bytes)
      CHECK(memory[i] == 0x5A);
}

/* The loss and its derivative along (dx, dt), by the chain rule. */
static double expected(int twice, const double *dx, double dt, double *slope) {
  double sum = 0;
  int i, step, steps = twice ? 6 : 3;
  *slope = 0;
  for (i = 0; i < SIZE; ++i) {
    double y = x[i], dy = dx[i];
    for (step = 0; step < steps; ++step) {
      dy = cos(t * y) * (t * dy + dt * y);
      y = sin(t * y);
    }
    sum += y;
    *slope += dy;
  }
  return sum;
}

static int is_close(double a, double b, double tolerance) {
  return fabs(a - b) <= tolerance * (1 + fabs(a) + fabs(b));
}

static double run_loss(uint8_t twice) {
  struct loss_inputs inputs;
  struct loss_outputs outputs;
  double y;
  void *workspace = make_workspace(LOSS_WORKSPACE_BYTES);
  inputs.x = x, inputs.t = &t, inputs.twice = &twice;
  outputs.y = &y;
  CHECK(loss_call(&inputs, &outputs, workspace, LOSS_WORKSPACE_BYTES, NULL) ==
        ATLED_OK);
  check_guards(workspace, LOSS_WORKSPACE_BYTES);
  return y;
}

static void gradient(uint8_t twice) {
  struct loss_vjp_inputs inputs;
  struct loss_vjp_outputs outputs;
  double y, dt, dx[SIZE], unit[SIZE], slope, seed = 1;
  const double h = 1e-6;
  int i;
  void *workspace = make_workspace(LOSS_VJP_WORKSPACE_BYTES);
  inputs.x = x, inputs.t = &t, inputs.twice = &twice, inputs.seed_y = &seed;
  outputs.y = &y, outputs.grad_x = dx, outputs.grad_t = &dt;
  forwards = reverses = 0;
  CHECK(loss_vjp_call(&inputs, &outputs, workspace, LOSS_VJP_WORKSPACE_BYTES,
                      NULL) == ATLED_OK);
  check_guards(workspace, LOSS_VJP_WORKSPACE_BYTES);
  CHECK(reverses == (twice ? 6 : 3) && forwards >= reverses);

  memset(unit, 0, sizeof unit);
  CHECK(is_close(y, expected(twice, unit, 1, &slope), 1e-14));
  CHECK(is_close(dt, slope, 1e-13));
  for (i = 0; i < SIZE; ++i) {
    double before = x[i], above, below;
    memset(unit, 0, sizeof unit);
    unit[i] = 1;
    expected(twice, unit, 0, &slope);
    CHECK(is_close(dx[i], slope, 1e-13));
    x[i] = before + h;
    above = run_loss(twice);
    x[i] = before - h;
    below = run_loss(twice);
    x[i] = before;
    CHECK(is_close(dx[i], (above - below) / (2 * h), 1e-7));
  }
}

static void tangent(uint8_t twice) {
  struct loss_jvp_inputs inputs;
  struct loss_jvp_outputs outputs;
  double y, dy, dx[SIZE], dt = 0.5, slope;
  int i;
  void *workspace = make_workspace(LOSS_JVP_WORKSPACE_BYTES);
  for (i = 0; i < SIZE; ++i)
    dx[i] = (i % 7) - 3;
  inputs.x = x, inputs.t = &t, inputs.twice = &twice;
  inputs.tangent_x = dx, inputs.tangent_t = &dt;
  outputs.y = &y, outputs.tangent_y = &dy;
  tangents = 0;
  CHECK(loss_jvp_call(&inputs, &outputs, workspace, LOSS_JVP_WORKSPACE_BYTES,
                      NULL) == ATLED_OK);
  check_guards(workspace, LOSS_JVP_WORKSPACE_BYTES);
  CHECK(tangents >= (twice ? 6 : 3));
  CHECK(is_close(y, expected(twice, dx, dt, &slope), 1e-14));
  CHECK(is_close(dy, slope, 1e-13));
}

static int32_t fail(int at, int32_t with) {
  const void *in[3];
  void *out[1];
  uint8_t twice = 1;
  double y;
  int32_t result;
  void *workspace = make_workspace(LOSS_WORKSPACE_BYTES);
  in[0] = x, in[1] = &t, in[2] = &twice, out[0] = &y;
  waves = 0, first_failure = at, code = with;
  result = loss(in, out, NULL, workspace, LOSS_WORKSPACE_BYTES, NULL);
  /* Nothing runs after a failure. */
  CHECK(at == 0 ? waves >= 6 : waves == at);
  check_guards(workspace, LOSS_WORKSPACE_BYTES);
  first_failure = 0;
  return result;
}

static void failures(void) {
  CHECK(fail(0, 0) == ATLED_OK);
  CHECK(fail(1, 2000) == 2000);
  CHECK(fail(4, ATLED_ERROR_EXTERNAL) == ATLED_ERROR_EXTERNAL);
  CHECK(fail(6, -100) == -100);
  /* What asks for a larger workspace does not mean the entry's. */
  CHECK(fail(6, ATLED_ERROR_EXHAUSTED_WORKSPACE) ==
        ATLED_ERROR_EXTERNAL_WORKSPACE);
  CHECK(fail(6, ATLED_ERROR_SHORT_WORKSPACE) == ATLED_ERROR_EXTERNAL_WORKSPACE);
  CHECK(fail(6, ATLED_ERROR_NULL_WORKSPACE) == ATLED_ERROR_EXTERNAL_WORKSPACE);
}

/* Calls inside one another, to the depth that the program allows. */
static void recursion(void) {
  struct powers_vjp_inputs inputs;
  struct powers_vjp_outputs outputs;
  double y[SIZE], seed[SIZE], dx[SIZE], unit[SIZE], dt, slope;
  int32_t n = 3;
  int i;
  void *workspace = make_workspace(POWERS_VJP_WORKSPACE_BYTES);
  for (i = 0; i < SIZE; ++i)
    seed[i] = 1;
  inputs.x = x, inputs.t = &t, inputs.n = &n, inputs.seed_y = seed;
  outputs.y = y, outputs.grad_x = dx, outputs.grad_t = &dt;
  CHECK(powers_vjp_call(&inputs, &outputs, workspace,
                        POWERS_VJP_WORKSPACE_BYTES, NULL) == ATLED_OK);
  check_guards(workspace, POWERS_VJP_WORKSPACE_BYTES);
  memset(unit, 0, sizeof unit);
  expected(0, unit, 1, &slope);
  CHECK(is_close(dt, slope, 1e-13));
  for (i = 0; i < SIZE; ++i) {
    memset(unit, 0, sizeof unit);
    unit[i] = 1;
    expected(0, unit, 0, &slope);
    CHECK(is_close(dx[i], slope, 1e-13));
  }
  n = 4;
  CHECK(powers_vjp_call(&inputs, &outputs, workspace,
                        POWERS_VJP_WORKSPACE_BYTES, NULL) == ATLED_ERROR_DEPTH);
}

/* A loop ends by itself, and after a failure at once. */
static void loop(void) {
  struct steps_inputs inputs;
  struct steps_outputs outputs;
  double y[SIZE], first = x[0] = 1.5;
  int steps = 0;
  void *workspace = make_workspace(STEPS_WORKSPACE_BYTES);
  inputs.x = x, inputs.t = &t, outputs.y = y;
  t = 0.75;
  while (first > 0.5)
    first = sin(t * first), ++steps;
  waves = 0;
  CHECK(steps_call(&inputs, &outputs, workspace, STEPS_WORKSPACE_BYTES, NULL) ==
        ATLED_OK);
  CHECK(steps > 1 && waves == steps && y[0] == first);
  waves = 0, first_failure = 1, code = 1500;
  CHECK(steps_call(&inputs, &outputs, workspace, STEPS_WORKSPACE_BYTES, NULL) ==
        1500);
  CHECK(waves == 1);
  first_failure = 0;
  check_guards(workspace, STEPS_WORKSPACE_BYTES);
}

/* What another object of Atled's defines. */
static void other_object(void) {
  struct twice_inputs inputs;
  struct twice_outputs outputs;
  double y, z, squares = 0, double_squares = 0;
  int i;
  void *workspace = make_workspace(TWICE_WORKSPACE_BYTES);
  int32_t result;
  inputs.x = x, outputs.y = &y, outputs.z = &z;
  result =
      twice_call(&inputs, &outputs, workspace, TWICE_WORKSPACE_BYTES, NULL);
  check_guards(workspace, TWICE_WORKSPACE_BYTES);
  printf("other object: %s\n", atled_strerror(result));
  if (result)
    return;
  for (i = 0; i < SIZE; ++i) {
    squares += sin(x[i]) * sin(x[i]);
    double_squares += sin(2 * x[i]) * sin(2 * x[i]);
  }
  CHECK(is_close(y, squares * squares, 1e-13));
  CHECK(is_close(z, double_squares * double_squares, 1e-13));
}

static void all_types(void) {
  const float z[3] = {-1, 2, 3};
  const uint8_t n[2] = {7, 255};
  const uint16_t b[4] = {0x3F80, 0, 0, 0x3F80};
  uint8_t q[3], m[2];
  uint16_t h[4];
  float selected[3];
  struct pass_inputs inputs;
  struct pass_outputs outputs;
  void *workspace = make_workspace(PASS_WORKSPACE_BYTES);
  inputs.in0 = z, inputs.in1 = b, inputs.in2 = n;
  outputs.out0 = q, outputs.out1 = h, outputs.out2 = m;
  outputs.out3 = selected;
  CHECK(pass_call(&inputs, &outputs, workspace, PASS_WORKSPACE_BYTES, NULL) ==
        ATLED_OK);
  check_guards(workspace, PASS_WORKSPACE_BYTES);
  CHECK(q[0] == 1 && q[1] == 1 && q[2] == 0);
  CHECK(selected[0] == -1 && selected[1] == 2 && selected[2] == 0);
  CHECK(h[0] == 0x3C00 && h[1] == 0 && h[2] == 0 && h[3] == 0x3C00);
  CHECK(m[0] == 8 && m[1] == 0);
}

int main(void) {
  int i;
  for (i = 0; i < SIZE; ++i)
    x[i] = 0.05 * i - 1;
  gradient(0);
  gradient(1);
  tangent(0);
  tangent(1);
  failures();
  recursion();
  all_types();
  other_object();
  loop();
  puts("linked");
  return 0;
}
