/* digits-once.c - Calls the gradient of the digits' loss once, with memory that
 * malloc gives as it is; with STACK_BYTES, on a stack that shows how deep the
 * call goes.
 *
 * Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
 * SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
 */
#define _GNU_SOURCE
#include "check.h"
#include "digits.h"
#include <math.h>

enum { NUM_OUTPUTS = 6 };

#define SIZE(tensor) LOSS_VALUE_AND_GRAD_##tensor##_SIZE

static const size_t sizes[NUM_OUTPUTS] = {SIZE(OUT_LOSS),
                                          SIZE(OUT_GRAD_HIDDEN_WEIGHTS),
                                          SIZE(OUT_GRAD_HIDDEN_BIAS),
                                          SIZE(OUT_GRAD_OUTPUT_WEIGHTS),
                                          SIZE(OUT_GRAD_OUTPUT_BIAS),
                                          SIZE(OUT_GRAD_IMAGES)};

static const float *make_input(size_t elements) {
  float *input = malloc(elements * sizeof(float));
  size_t i;
  CHECK(input);
  for (i = 0; i < elements; ++i)
    input[i] = (float)(i * 31 % 17) / 64;
  return input;
}

static float *make_output(size_t elements) {
  float *output = malloc(elements * sizeof(float));
  CHECK(output);
  return output;
}

static const void *inputs[6];
static void *outputs[NUM_OUTPUTS];
static void *workspace;
static int code;

static void prepare(void) {
  int32_t *labels = malloc(SIZE(IN_LABELS) * sizeof(int32_t));
  int i;
  CHECK(labels);
  for (i = 0; i < SIZE(IN_LABELS); ++i)
    labels[i] = i % 10;
  inputs[0] = make_input(SIZE(IN_HIDDEN_WEIGHTS));
  inputs[1] = make_input(SIZE(IN_HIDDEN_BIAS));
  inputs[2] = make_input(SIZE(IN_OUTPUT_WEIGHTS));
  inputs[3] = make_input(SIZE(IN_OUTPUT_BIAS));
  inputs[4] = make_input(SIZE(IN_IMAGES));
  inputs[5] = labels;
  for (i = 0; i < NUM_OUTPUTS; ++i)
    outputs[i] = make_output(sizes[i]);
  workspace = aligned_alloc(ATLED_WORKSPACE_ALIGN,
                            LOSS_VALUE_AND_GRAD_FULL_CALL_WORKSPACE_BYTES);
  CHECK(workspace);
}

static void call(void) {
  code =
      loss_value_and_grad(inputs, outputs, NULL, workspace,
                          LOSS_VALUE_AND_GRAD_FULL_CALL_WORKSPACE_BYTES, NULL);
}

#ifdef STACK_BYTES
#include <string.h>
#include <ucontext.h>

static unsigned char stack[1 << 16];

static void call_nothing(void) { code = 0; }

/* How much of the stack `function` writes. */
static size_t measure(void (*function)(void)) {
  static ucontext_t here, there;
  size_t untouched = 0;
  memset(stack, 0xA5, sizeof stack);
  CHECK(getcontext(&there) == 0);
  there.uc_stack.ss_sp = stack;
  there.uc_stack.ss_size = sizeof stack;
  there.uc_link = &here;
  makecontext(&there, function, 0);
  CHECK(swapcontext(&here, &there) == 0);
  while (stack[untouched] == 0xA5)
    ++untouched;
  return sizeof stack - untouched;
}

int main(void) {
  size_t bytes;
  prepare();
  /* The first call of libm's and libc's functions finds them. */
  measure(call);
  bytes = measure(call) - measure(call_nothing);
  printf("%zu of %d bytes of stack\n", bytes, STACK_BYTES);
  CHECK(bytes <= STACK_BYTES);
  CHECK(bytes >= STACK_BYTES / 2);
  CHECK(code == 0);
  return 0;
}
#else
int main(void) {
  size_t output, i;
  prepare();
  call();
  CHECK(code == 0);
  /* Whatever was computed decides something, so that memory which nobody wrote
   * shows. */
  for (output = 0; output < NUM_OUTPUTS; ++output)
    for (i = 0; i < sizes[output]; ++i)
      CHECK(isfinite(((float *)outputs[output])[i]));
  puts("all finite");
  return 0;
}
#endif
