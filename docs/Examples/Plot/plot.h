/* plot.h - Draws curves as an SVG picture
 *
 * Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
 * SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
 *
 * Enough for the examples: one pair of axes, linear or logarithmic in y,
 * round tick marks, a legend. */

#ifndef ATLED_EXAMPLES_PLOT_H
#define ATLED_EXAMPLES_PLOT_H

struct plot_curve {
  const char *name;   /* for the legend */
  const char *colour; /* any SVG colour */
  double width;       /* of the line, in pixels */
  const double *x, *y;
  int count; /* of points */
};

struct plot {
  const char *title, *x_label, *y_label;
  int logarithmic; /* in y */
  const struct plot_curve *curves;
  int curve_count;
};

/* Returns 0, or -1 where the file cannot be written. */
int plot_write(const char *path, const struct plot *plot);

#endif
