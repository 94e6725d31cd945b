/* adjoints.c - The gradients of programs.mlir as one would write them by hand
 *
 * Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
 * SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
 *
 * Each has the signature that Atled emits, and gets the value and the gradient.
 * What the way back needs is in static memory. */

#include <math.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#define SIGNATURE(name)                                                        \
  int32_t name(const void *const *in, void *const *out, const int64_t *dims,   \
               void *workspace, size_t workspace_bytes, const void *exec)
#define IGNORE_REST                                                            \
  (void)dims, (void)workspace, (void)workspace_bytes, (void)exec

enum { SIZE = 64, STEPS = 1000, DEPTH = 10, MOST = 10000, HIDDEN = 32 };

static double kept[MOST + 1][SIZE];

static double sum(const double *x) {
  double total = 0;
  for (int i = 0; i < SIZE; i++)
    total += x[i];
  return total;
}

/* sin, `steps` times. */
static void iterate(const double *x, double *value, double *dx, int steps) {
  memcpy(kept[0], x, sizeof kept[0]);
  for (int k = 0; k < steps; k++)
    for (int i = 0; i < SIZE; i++)
      kept[k + 1][i] = sin(kept[k][i]);
  *value = sum(kept[steps]);
  for (int i = 0; i < SIZE; i++)
    dx[i] = 1;
  for (int k = steps; k-- > 0;)
    for (int i = 0; i < SIZE; i++)
      dx[i] *= cos(kept[k][i]);
}

SIGNATURE(scan_grad) {
  IGNORE_REST;
  iterate(in[0], out[0], out[1], STEPS);
  return 0;
}

SIGNATURE(recursion_grad) {
  IGNORE_REST;
  iterate(in[0], out[0], out[1], DEPTH);
  return 0;
}

SIGNATURE(growth_grad) {
  IGNORE_REST;
  double *value = out[0], *dx = out[1];
  int steps = 0;
  memcpy(kept[0], in[0], sizeof kept[0]);
  for (;; steps++) {
    const double *h = kept[steps];
    double norm = 0;
    for (int i = 0; i < SIZE; i++)
      norm += h[i] * h[i];
    if (!(norm < 1.0e6) || steps == MOST)
      break;
    for (int i = 0; i < SIZE; i++) {
      double s = sin(h[i]);
      kept[steps + 1][i] = h[i] * 1.01 + s * s;
    }
  }
  *value = sum(kept[steps]);
  for (int i = 0; i < SIZE; i++)
    dx[i] = 1;
  for (int k = steps; k-- > 0;)
    for (int i = 0; i < SIZE; i++)
      dx[i] *= 1.01 + 2 * sin(kept[k][i]) * cos(kept[k][i]);
  return 0;
}

SIGNATURE(newton_grad) {
  IGNORE_REST;
  const double *x = in[0];
  double *value = out[0], *dx = out[1], dh[SIZE];
  int steps = 0;
  memcpy(kept[0], x, sizeof kept[0]);
  for (;; steps++) {
    const double *h = kept[steps];
    double errors = 0;
    for (int i = 0; i < SIZE; i++)
      errors += (h[i] * h[i] - x[i]) * (h[i] * h[i] - x[i]);
    if (!(errors > 1.0e-24) || steps == MOST)
      break;
    for (int i = 0; i < SIZE; i++)
      kept[steps + 1][i] = (h[i] + x[i] / h[i]) * 0.5;
  }
  *value = sum(kept[steps]);
  for (int i = 0; i < SIZE; i++)
    dh[i] = 1, dx[i] = 0;
  for (int k = steps; k-- > 0;)
    for (int i = 0; i < SIZE; i++) {
      double q = x[i] / kept[k][i], d = dh[i] * 0.5;
      dx[i] += d / kept[k][i];
      dh[i] = d - d * q / kept[k][i];
    }
  for (int i = 0; i < SIZE; i++)
    dx[i] += dh[i];
  return 0;
}

SIGNATURE(rnn_grad) {
  IGNORE_REST;
  static double states[STEPS + 1][HIDDEN];
  const double *w = in[0], *xs = in[1];
  double *value = out[0], *dw = out[1], dh[HIDDEN], ds[HIDDEN];
  memset(states[0], 0, sizeof states[0]);
  for (int k = 0; k < STEPS; k++)
    for (int i = 0; i < HIDDEN; i++) {
      double s = xs[k * HIDDEN + i];
      for (int j = 0; j < HIDDEN; j++)
        s += w[i * HIDDEN + j] * states[k][j];
      states[k + 1][i] = tanh(s);
    }
  *value = 0;
  memset(dw, 0, HIDDEN * HIDDEN * sizeof *dw);
  for (int i = 0; i < HIDDEN; i++) {
    *value += states[STEPS][i];
    dh[i] = 1;
  }
  for (int k = STEPS; k-- > 0;) {
    for (int i = 0; i < HIDDEN; i++) {
      ds[i] = dh[i] * (1 - states[k + 1][i] * states[k + 1][i]);
      dh[i] = 0;
    }
    for (int i = 0; i < HIDDEN; i++)
      for (int j = 0; j < HIDDEN; j++) {
        dw[i * HIDDEN + j] += ds[i] * states[k][j];
        dh[j] += w[i * HIDDEN + j] * ds[i];
      }
  }
  return 0;
}
