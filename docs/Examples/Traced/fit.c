/* fit.c - A line through points, from text
 *
 * Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
 * SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
 *
 * `fit line.mlir` fits y = slope x + offset to points of y = 2 x - 1 by
 * gradient descent: the loss is text, its gradient is compiled in memory.
 */
#include <atled/atled-c.h>
#include <stdio.h>

/* The step, where the program is what it should be. */
static atled_function *read_step(const char *path) {
  static const int64_t wrt[] = {0, 1};
  atled_function *loss = NULL, *step = NULL;
  if (!atled_function_read(path, "loss", ATLED_HERE, &loss))
    (void)atled_function_derive(loss, ATLED_VALUE_AND_GRAD, wrt, 2, ATLED_HERE,
                                &step);
  atled_function_release(loss);
  return step;
}

int main(int argc, char **argv) {
  const float x[] = {-1, 0, 1, 2}, y[] = {-3, -1, 1, 3};
  float slope = 0, offset = 0, loss = 0, by_slope, by_offset;
  const void *inputs[] = {&slope, &offset, x, y};
  void *outputs[] = {&loss, &by_slope, &by_offset};
  atled_function *step = read_step(argc == 2 ? argv[1] : "line.mlir");
  int i, status = step ? 0 : 1;
  for (i = 0; i < 500 && !status; i++) {
    status = atled_function_call(step, NULL, inputs, 4, outputs, ATLED_HERE);
    slope -= 0.1f * by_slope;
    offset -= 0.1f * by_offset;
  }
  if (status)
    fprintf(stderr, "%s\n", atled_last_error());
  else
    printf("slope %.4f, offset %.4f\n", slope, offset);
  atled_function_release(step);
  return status;
}
