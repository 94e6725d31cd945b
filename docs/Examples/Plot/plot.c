/* plot.c - Draws curves as an SVG picture
 *
 * Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
 * SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */

#include "plot.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

/* The picture, and the rectangle in it that the axes span. */
enum {
  WIDTH = 820,
  HEIGHT = 480,
  LEFT = 72,
  RIGHT = 800,
  TOP = 56,
  BOTTOM = 420
};

/* What one axis shows, in the data's units (their logarithms, if it is
 * logarithmic) and in pixels. */
struct axis {
  int logarithmic;
  double low, high, tick;
  double pixel_low, pixel_high;
};

static double to_unit(const struct axis *axis, double value) {
  return axis->logarithmic ? log10(value) : value;
}

static double to_pixel(const struct axis *axis, double unit) {
  double fraction = (unit - axis->low) / (axis->high - axis->low);
  return axis->pixel_low + fraction * (axis->pixel_high - axis->pixel_low);
}

/* The smallest of …, 1, 2, 5, 10, … that cuts `range` into at most `pieces`. */
static double round_tick(double range, int pieces) {
  double least = range / pieces;
  double power = pow(10, floor(log10(least)));
  if (least <= power)
    return power;
  return power * (least <= 2 * power ? 2 : least <= 5 * power ? 5 : 10);
}

/* The axis that holds all curves in whole ticks. */
static struct axis fit_axis(const struct plot *plot, int is_y, int pieces,
                            double pixel_low, double pixel_high) {
  struct axis axis = {
      is_y && plot->logarithmic, HUGE_VAL, -HUGE_VAL, 1, pixel_low, pixel_high};
  for (int c = 0; c < plot->curve_count; c++) {
    const struct plot_curve *curve = &plot->curves[c];
    for (int i = 0; i < curve->count; i++) {
      double unit = to_unit(&axis, is_y ? curve->y[i] : curve->x[i]);
      axis.low = fmin(axis.low, unit);
      axis.high = fmax(axis.high, unit);
    }
  }
  if (axis.low == axis.high)
    axis.high += 1;
  if (!axis.logarithmic)
    axis.tick = round_tick(axis.high - axis.low, pieces);
  axis.low = floor(axis.low / axis.tick + 1e-9) * axis.tick;
  axis.high = ceil(axis.high / axis.tick - 1e-9) * axis.tick;
  return axis;
}

static int tick_count(const struct axis *axis) {
  return (int)round((axis->high - axis->low) / axis->tick) + 1;
}

/* What is written beside the tick at `unit`. */
static double label(const struct axis *axis, double unit) {
  if (axis->logarithmic)
    return pow(10, unit);
  return fabs(unit) < axis->tick / 2 ? 0 : unit;
}

static void draw_grid(FILE *file, const struct axis *x, const struct axis *y) {
  fprintf(file, "<g stroke='#e4e4e7' fill='#52525b' font-size='13'>\n");
  for (int i = 0; i < tick_count(x); i++) {
    double unit = x->low + i * x->tick, at = to_pixel(x, unit);
    fprintf(file,
            "<path d='M%.1f %d V%d'/><text x='%.1f' y='%d' stroke='none' "
            "text-anchor='middle'>%g</text>\n",
            at, TOP, BOTTOM, at, BOTTOM + 20, label(x, unit));
  }
  for (int i = 0; i < tick_count(y); i++) {
    double unit = y->low + i * y->tick, at = to_pixel(y, unit);
    fprintf(file,
            "<path d='M%d %.1f H%d'/><text x='%d' y='%.1f' stroke='none' "
            "text-anchor='end'>%g</text>\n",
            LEFT, at, RIGHT, LEFT - 8, at + 4.5, label(y, unit));
  }
  fprintf(file,
          "</g>\n<path d='M%d %d V%d H%d' fill='none' stroke='#52525b'/>\n",
          LEFT, TOP, BOTTOM, RIGHT);
}

static void draw_curve(FILE *file, const struct plot_curve *curve,
                       const struct axis *x, const struct axis *y) {
  fprintf(file,
          "<polyline fill='none' stroke='%s' stroke-width='%g' "
          "stroke-linejoin='round' points='",
          curve->colour, curve->width);
  for (int i = 0; i < curve->count; i++)
    fprintf(file, "%.1f,%.1f ", to_pixel(x, to_unit(x, curve->x[i])),
            to_pixel(y, to_unit(y, curve->y[i])));
  fprintf(file, "'/>\n");
}

/* At the top right, beside the title, where no curve passes. */
static void draw_legend(FILE *file, const struct plot *plot) {
  int right = RIGHT;
  for (int i = plot->curve_count - 1; i >= 0; i--) {
    const struct plot_curve *curve = &plot->curves[i];
    int left = right - 36 - 8 * (int)strlen(curve->name);
    fprintf(file,
            "<path d='M%d 27 h24' stroke='%s' stroke-width='%g'/>"
            "<text x='%d' y='32'>%s</text>\n",
            left, curve->colour, curve->width, left + 32, curve->name);
    right = left - 20;
  }
}

int plot_write(const char *path, const struct plot *plot) {
  struct axis x = fit_axis(plot, 0, 10, LEFT, RIGHT);
  struct axis y = fit_axis(plot, 1, 6, BOTTOM, TOP);
  FILE *file = fopen(path, "w");
  if (!file)
    return -1;
  fprintf(file,
          "<svg xmlns='http://www.w3.org/2000/svg' width='%d' height='%d' "
          "viewBox='0 0 %d %d' font-family='DejaVu Sans, Helvetica, Arial, "
          "sans-serif' font-size='14' fill='#18181b'>\n"
          "<rect width='100%%' height='100%%' fill='white'/>\n",
          WIDTH, HEIGHT, WIDTH, HEIGHT);
  fprintf(file, "<text x='%d' y='32' font-size='18'>%s</text>\n", LEFT,
          plot->title);
  draw_grid(file, &x, &y);
  fprintf(file, "<text x='%d' y='%d' text-anchor='middle'>%s</text>\n",
          (LEFT + RIGHT) / 2, HEIGHT - 14, plot->x_label);
  fprintf(file,
          "<text transform='translate(22 %d) rotate(-90)' "
          "text-anchor='middle'>%s</text>\n",
          (TOP + BOTTOM) / 2, plot->y_label);
  for (int c = 0; c < plot->curve_count; c++)
    draw_curve(file, &plot->curves[c], &x, &y);
  draw_legend(file, plot);
  fprintf(file, "</svg>\n");
  int failed = ferror(file);
  return fclose(file) || failed ? -1 : 0;
}
