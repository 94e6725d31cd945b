/* handwritten.c - The digits example's loss and gradient, differentiated by
 * hand
 *
 * Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
 * SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
 *
 * What a careful C programmer writes: no temporaries beyond the activations,
 * and innermost loops along rows, so that compilers vectorise them. */

#include "handwritten.h"

#include <math.h>
#include <string.h>

/* c[m][n] += a[m][k] · b[k][n] */
#define ADD_PRODUCT(c, a, b, M, K, N)                                          \
  for (int m = 0; m < M; m++)                                                  \
    for (int k = 0; k < K; k++)                                                \
      for (int n = 0; n < N; n++)                                              \
        c[m][n] += a[m][k] * b[k][n];

/* c[k][n] += a[m][k]ᵀ · b[m][n] */
#define ADD_TRANSPOSED_PRODUCT(c, a, b, M, K, N)                               \
  for (int m = 0; m < M; m++)                                                  \
    for (int k = 0; k < K; k++)                                                \
      for (int n = 0; n < N; n++)                                              \
        c[k][n] += a[m][k] * b[m][n];

/* Turns a row of logits into d loss / d logits; returns the row's loss. */
static float softmax_cross_entropy(float logits[DIGITS], int32_t label) {
  float max = logits[0], sum = 0;
  for (int j = 1; j < DIGITS; j++)
    max = fmaxf(max, logits[j]);
  float chosen = logits[label] - max;
  for (int j = 0; j < DIGITS; j++)
    sum += logits[j] = expf(logits[j] - max);
  for (int j = 0; j < DIGITS; j++)
    logits[j] /= sum * BATCH;
  logits[label] -= 1.0f / BATCH;
  return logf(sum) - chosen;
}

float digits_loss_and_gradient(const struct network *network,
                               const float images[BATCH][PIXELS],
                               const int32_t labels[BATCH],
                               struct network *gradient) {
  float hidden[BATCH][HIDDEN], logits[BATCH][DIGITS];
  for (int i = 0; i < BATCH; i++)
    memcpy(hidden[i], network->hidden_bias, sizeof hidden[i]);
  ADD_PRODUCT(hidden, images, network->hidden_weights, BATCH, PIXELS, HIDDEN)
  for (int i = 0; i < BATCH; i++)
    for (int j = 0; j < HIDDEN; j++)
      hidden[i][j] = tanhf(hidden[i][j]);
  for (int i = 0; i < BATCH; i++)
    memcpy(logits[i], network->output_bias, sizeof logits[i]);
  ADD_PRODUCT(logits, hidden, network->output_weights, BATCH, HIDDEN, DIGITS)

  float loss = 0;
  for (int i = 0; i < BATCH; i++)
    loss += softmax_cross_entropy(logits[i], labels[i]);

  memset(gradient, 0, sizeof *gradient);
  for (int i = 0; i < BATCH; i++)
    for (int j = 0; j < DIGITS; j++)
      gradient->output_bias[j] += logits[i][j];
  ADD_TRANSPOSED_PRODUCT(gradient->output_weights, hidden, logits, BATCH,
                         HIDDEN, DIGITS)
  for (int i = 0; i < BATCH; i++)
    for (int j = 0; j < HIDDEN; j++) {
      float sum = 0;
      for (int k = 0; k < DIGITS; k++)
        sum += logits[i][k] * network->output_weights[j][k];
      hidden[i][j] = sum * (1 - hidden[i][j] * hidden[i][j]);
      gradient->hidden_bias[j] += hidden[i][j];
    }
  ADD_TRANSPOSED_PRODUCT(gradient->hidden_weights, images, hidden, BATCH,
                         PIXELS, HIDDEN)
  return loss / BATCH;
}
