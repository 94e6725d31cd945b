/* CheckGradient.c - Compares gradients with differences.
 *
 * Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
 * SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
 */

/*===-- Checking a gradient against differences --===*/

/* Numbers that look random, between 0 and 1. */
static double atled_draw(uint64_t *state) {
  *state = *state * UINT64_C(6364136223846793005) + 1442695040888963407u;
  return (double)(*state >> 11) / 9007199254740992.0;
}

static double atled_get_epsilon(enum kind kind) {
  return ldexp(1, kind == ATLED_F64    ? -52
                  : kind == ATLED_F32  ? -23
                  : kind == ATLED_BF16 ? -7
                                       : -10);
}

static double atled_get_largest(const struct tensor *tensor, const void *data) {
  double largest = 0;
  int64_t i, count = atled_count_elements(tensor);
  for (i = 0; i < count; ++i)
    largest = fmax(largest, fabs(atled_get_number(tensor->kind, data, i)));
  return largest;
}

/* A call that has the gradients, and one for the values at other points. */
struct check {
  struct call *gradient, values;
};

/* The sum of the outputs that the gradients are of, each with its seed, and
 * (in `noise`) by how much rounding may have changed it. */
static double atled_evaluate(struct check *check, double *noise) {
  const struct function *function = check->values.function;
  double sum = 0;
  int output, input;
  atled_run(&check->values);
  *noise = 0;
  for (output = 0; output < function->num_outputs; ++output) {
    const struct tensor *tensor = &check->values.outputs[output];
    int64_t i, count = atled_count_elements(tensor);
    const void *seeds = NULL;
    if (!atled_is_float(tensor->kind) || tensor->gradient_of >= 0)
      continue;
    for (input = 0; input < check->gradient->function->num_inputs; ++input)
      if (check->gradient->function->inputs[input].seed_of == output)
        seeds = check->gradient->in[input];
    for (i = 0; i < count; ++i) {
      double seed = seeds ? atled_get_number(tensor->kind, seeds, i) : 1;
      double term =
          seed * atled_get_number(tensor->kind, check->values.out[output], i);
      sum += term;
      *noise += fabs(term) * atled_get_epsilon(tensor->kind);
    }
  }
  return sum;
}

/* What differences along a direction say: how far they are from what the
 * gradient says, at best, how sure that is, and how large both are. */
struct verdict {
  double error, doubt, size;
};

enum { atled_max_steps = 16 };

/* Central differences with smaller and smaller steps, extrapolated to 0. Each
 * is compared with the gradient along the very points that it is taken at, so
 * what is extrapolated should go to 0. */
static struct verdict atled_compare_differences(struct check *check, int input,
                                                int output) {
  const struct tensor *tensor = &check->gradient->inputs[input];
  const void *x = check->gradient->in[input];
  const void *gradient = check->gradient->out[output];
  int64_t i, count = atled_count_elements(tensor);
  void *above = atled_allocate(atled_count_bytes(tensor));
  void *below = atled_allocate(atled_count_bytes(tensor));
  double table[atled_max_steps][atled_max_steps],
      largest = atled_get_largest(tensor, x);
  double step = ldexp(largest > 0 ? largest : 1, -2);
  struct verdict best = {NAN, INFINITY, 0};
  int row, column, first = 0;
  for (row = 0; row < atled_max_steps; ++row, step /= 2) {
    uint64_t state = 1;
    double expected = 0, size = 0, difference, noise[2], power = 1;
    for (i = 0; i < count; ++i) {
      double middle = atled_get_number(tensor->kind, x, i);
      double slope = atled_get_number(tensor->kind, gradient, i), width;
      double offset = step * (2 * atled_draw(&state) - 1);
      atled_set_number(tensor->kind, above, i, middle + offset);
      atled_set_number(tensor->kind, below, i, middle - offset);
      width = atled_get_number(tensor->kind, above, i) -
              atled_get_number(tensor->kind, below, i);
      expected += slope * width;
      size += fabs(slope * width);
    }
    check->values.in[input] = above;
    difference = atled_evaluate(check, &noise[0]);
    check->values.in[input] = below;
    difference -= atled_evaluate(check, &noise[1]);
    check->values.in[input] = x;
    table[row][0] = (difference - expected) / (2 * step);
    /* Outside of the function's domain; a smaller step may stay inside. */
    if (!isfinite(table[row][0])) {
      first = row + 1;
      continue;
    }
    for (column = 1; column <= row - first; ++column) {
      const double *above_left = &table[row - 1][column - 1];
      double left = table[row][column - 1], entry, doubt;
      power *= 4;
      entry = left + (left - *above_left) / (power - 1);
      doubt = (noise[0] + noise[1]) / (2 * step) +
              fmax(fabs(entry - left), fabs(entry - *above_left));
      table[row][column] = entry;
      if (doubt < best.doubt) {
        best.error = fabs(entry);
        best.doubt = doubt;
        best.size = size / (2 * step);
      }
    }
  }
  return best;
}

/* Checks every gradient that a call has computed; whether all are right. */
static int atled_check_gradients(struct call *gradient,
                                 const struct function *atled_functions) {
  const struct function *function = gradient->function;
  struct check check;
  int output, input, all_right = 1;
  check.gradient = gradient;
  check.values = atled_start(
      function->primal < 0 ? function : &atled_functions[function->primal]);
  for (input = 0; input < check.values.function->num_inputs; ++input) {
    check.values.in[input] = gradient->in[input];
    check.values.inputs[input].dims = gradient->inputs[input].dims;
  }
  atled_prepare(&check.values);
  for (output = 0; output < function->num_outputs; ++output) {
    const struct tensor *tensor = &function->outputs[output];
    struct verdict verdict;
    int is_right, is_sure;
    if (tensor->gradient_of < 0)
      continue;
    verdict = atled_compare_differences(&check, tensor->gradient_of, output);
    is_right = verdict.error <=
               4 * verdict.doubt +
                   sqrt(atled_get_epsilon(tensor->kind)) * verdict.size;
    is_sure = verdict.size == 0 || verdict.doubt <= verdict.size / 10;
    printf("%s: %s; differences are off by %.2g of its size, give or take "
           "%.2g\n",
           tensor->name,
           !is_right  ? "wrong"
           : !is_sure ? "too noisy to tell"
                      : "right",
           verdict.size > 0 ? verdict.error / verdict.size : verdict.error,
           verdict.size > 0 ? verdict.doubt / verdict.size : verdict.doubt);
    all_right &= is_right && is_sure;
  }
  return all_right;
}
