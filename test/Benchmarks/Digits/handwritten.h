/* handwritten.h - The digits example's loss and gradient, differentiated by
 * hand
 *
 * Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
 * SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */

#ifndef ATLED_BENCHMARKS_HANDWRITTEN_H
#define ATLED_BENCHMARKS_HANDWRITTEN_H

#include <stdint.h>

enum { PIXELS = 64, HIDDEN = 64, DIGITS = 10, BATCH = 32 };

/* Parameters, or their gradient. */
struct network {
  float hidden_weights[PIXELS][HIDDEN], hidden_bias[HIDDEN];
  float output_weights[HIDDEN][DIGITS], output_bias[DIGITS];
};

/* Returns the mean loss over the batch and writes its gradient. */
float digits_loss_and_gradient(const struct network *network,
                               const float images[BATCH][PIXELS],
                               const int32_t labels[BATCH],
                               struct network *gradient);

#endif
