/* draw.c - Draws sin and its derivative as Atled computes them
 *
 * Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
 * SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
 *
 *     draw sine.svg
 *
 * also compares both with the C library, and fails where they differ. */

#include "../Plot/plot.h"
#include "sine.h"

#include <math.h>
#include <stdio.h>

enum { POINTS = CURVES_OUT_X_SIZE };

static unsigned char memory[CURVES_WORKSPACE_BYTES + ATLED_WORKSPACE_ALIGN];

int main(int argc, char **argv) {
  if (argc != 2) {
    fprintf(stderr, "usage: draw sine.svg\n");
    return 2;
  }
  double x[POINTS], y[POINTS], slope[POINTS];
  struct curves_outputs out = {.x = x, .y = y, .slope = slope};
  size_t past = (uintptr_t)memory % ATLED_WORKSPACE_ALIGN;
  void *workspace = memory + (past ? ATLED_WORKSPACE_ALIGN - past : 0);
  int32_t code = curves_call(&out, workspace, CURVES_WORKSPACE_BYTES, NULL);
  if (code != ATLED_OK) {
    fprintf(stderr, "draw: %s\n", atled_strerror(code));
    return 1;
  }

  double difference = 0;
  for (int i = 0; i < POINTS; i++)
    difference = fmax(difference,
                      fmax(fabs(y[i] - sin(x[i])), fabs(slope[i] - cos(x[i]))));
  printf("%d points from %.4f to %.4f, at most %.1e from the C library\n",
         POINTS, x[0], x[POINTS - 1], difference);

  struct plot_curve curves[] = {
      {"sin x", "#3730a3", 2.5, x, y, POINTS},
      {"its derivative", "#ea580c", 2.5, x, slope, POINTS},
  };
  struct plot plot = {
      .title = "sin and its derivative",
      .x_label = "x",
      .y_label = "",
      .curves = curves,
      .curve_count = 2,
  };
  if (plot_write(argv[1], &plot)) {
    fprintf(stderr, "draw: %s cannot be written\n", argv[1]);
    return 1;
  }
  return difference < 1e-14 ? 0 : 1;
}
