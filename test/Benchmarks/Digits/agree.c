/* agree.c - Compares the compiled gradient with the one written by hand
 *
 * Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
 * SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
 *
 * At several random points; fails where they differ by more than rounding. */

#include "handwritten.h"
#include "model.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

static unsigned char
    memory[LOSS_VALUE_AND_GRAD_WORKSPACE_BYTES + ATLED_WORKSPACE_ALIGN];

static float random_float(void) {
  return (float)rand() / (float)RAND_MAX - 0.5f;
}

static void randomise(float *values, size_t bytes) {
  for (size_t i = 0; i < bytes / sizeof *values; i++)
    values[i] = random_float();
}

/* The largest difference, relative to the largest element. */
static float distance(const void *actual, const void *expected, size_t bytes) {
  const float *a = actual, *e = expected;
  float difference = 0, largest = 0;
  for (size_t i = 0; i < bytes / sizeof *a; i++) {
    difference = fmaxf(difference, fabsf(a[i] - e[i]));
    largest = fmaxf(largest, fabsf(e[i]));
  }
  return difference / largest;
}

int main(void) {
  static struct network network, actual, expected;
  static float images[BATCH][PIXELS];
  int32_t labels[BATCH];
  size_t past = (uintptr_t)memory % ATLED_WORKSPACE_ALIGN;
  void *workspace = memory + (past ? ATLED_WORKSPACE_ALIGN - past : 0);
  float worst = 0;
  for (int round = 0; round < 20; round++) {
    randomise(&network.hidden_weights[0][0], sizeof network);
    randomise(&images[0][0], sizeof images);
    for (int i = 0; i < BATCH; i++)
      labels[i] = rand() % DIGITS;

    float loss;
    struct loss_value_and_grad_inputs in = {
        .hidden_weights = &network.hidden_weights[0][0],
        .hidden_bias = network.hidden_bias,
        .output_weights = &network.output_weights[0][0],
        .output_bias = network.output_bias,
        .images = &images[0][0],
        .labels = labels,
    };
    struct loss_value_and_grad_outputs out = {
        .loss = &loss,
        .grad_hidden_weights = &actual.hidden_weights[0][0],
        .grad_hidden_bias = actual.hidden_bias,
        .grad_output_weights = &actual.output_weights[0][0],
        .grad_output_bias = actual.output_bias,
    };
    if (loss_value_and_grad_call(&in, &out, workspace,
                                 LOSS_VALUE_AND_GRAD_WORKSPACE_BYTES, NULL))
      return 1;
    float by_hand = digits_loss_and_gradient(
        &network, (const float (*)[PIXELS])images, labels, &expected);
    worst = fmaxf(worst, fabsf(loss - by_hand) / by_hand);
    worst =
        fmaxf(worst, distance(&actual.hidden_weights, &expected.hidden_weights,
                              sizeof actual.hidden_weights));
    worst = fmaxf(worst, distance(&actual.hidden_bias, &expected.hidden_bias,
                                  sizeof actual.hidden_bias));
    worst =
        fmaxf(worst, distance(&actual.output_weights, &expected.output_weights,
                              sizeof actual.output_weights));
    worst = fmaxf(worst, distance(&actual.output_bias, &expected.output_bias,
                                  sizeof actual.output_bias));
  }
  printf("largest relative difference %.1e\n", worst);
  return worst < 1e-5f ? 0 : 1;
}
