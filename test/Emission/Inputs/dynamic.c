/* dynamic.c - Calls with tensors of many sizes, compared with what is computed
 * here, and with sizes that do not fit together.
 *
 * Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
 * SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
 */
#include "dynamic.h"
#include "check.h"
#include <math.h>
#include <string.h>

enum { FEATURES = 6, LABELS = 5, MOST = 64 };

static double storage[1 << 16];

/* A workspace of exactly `bytes`, full of NaN, with a guard behind. */
static void *get_workspace(size_t bytes) {
  unsigned char *memory = (unsigned char *)storage;
  memory += (64 - (uintptr_t)memory % 64) % 64;
  CHECK(bytes + 128 < sizeof storage);
  memset(memory, 0xFF, bytes);
  memset(memory + bytes, 0x5A, 64);
  return memory;
}

static void check_guard(const void *workspace, size_t bytes) {
  size_t i;
  for (i = 0; i < 64; ++i)
    CHECK(((const unsigned char *)workspace)[bytes + i] == 0x5A);
}

static double get_number(int index) { return sin(1.7 * index + 0.3); }

static void fill(double *x, int count, int seed) {
  int i;
  for (i = 0; i < count; ++i)
    x[i] = get_number(seed + i);
}

static int is_close(double actual, double expected, double tolerance) {
  return fabs(actual - expected) <= tolerance * (1 + fabs(expected));
}

/* The loss of the classifier and its gradient with respect to w, in f64. */
static double classify(const float *w, const float *b, const float *x,
                       const int32_t *y, int images, double *grad_w) {
  double loss = 0;
  int n, i, j;
  memset(grad_w, 0, FEATURES * LABELS * sizeof(double));
  for (n = 0; n < images; ++n) {
    double h[LABELS], sum = 0;
    for (j = 0; j < LABELS; ++j) {
      double s = b[j];
      for (i = 0; i < FEATURES; ++i)
        s += (double)x[n * FEATURES + i] * w[i * LABELS + j];
      h[j] = tanh(s);
      sum += exp(h[j]);
    }
    loss += log(sum) - h[y[n]];
    for (j = 0; j < LABELS; ++j) {
      double d = (exp(h[j]) / sum - (j == y[n])) * (1 - h[j] * h[j]);
      for (i = 0; i < FEATURES; ++i)
        grad_w[i * LABELS + j] += d * x[n * FEATURES + i];
    }
  }
  return loss;
}

static void train_on_any_number_of_images(void) {
  float w[FEATURES * LABELS], b[LABELS], x[MOST * FEATURES];
  int32_t y[MOST];
  int images, i;
  for (i = 0; i < FEATURES * LABELS; ++i)
    w[i] = (float)get_number(i);
  for (i = 0; i < LABELS; ++i)
    b[i] = (float)get_number(100 + i);
  for (i = 0; i < MOST * FEATURES; ++i)
    x[i] = (float)get_number(200 + i);
  for (i = 0; i < MOST; ++i)
    y[i] = i * 7 % LABELS;
  for (images = 0; images <= MOST; images += images < 20 ? 1 : 11) {
    const int64_t dims[LOSS_VALUE_AND_GRAD_DIMS] = {images, images};
    size_t bytes = loss_value_and_grad_workspace_bytes(dims);
    void *workspace = get_workspace(bytes);
    float loss, grad_w[FEATURES * LABELS], grad_b[LABELS],
        grad_x[MOST * FEATURES + 1];
    double expected[FEATURES * LABELS];
    struct loss_value_and_grad_inputs in;
    struct loss_value_and_grad_outputs out;
    in.w = w;
    in.b = b;
    in.x = images ? x : NULL;
    in.y = images ? y : NULL;
    out.loss = &loss;
    out.grad_w = grad_w;
    out.grad_b = grad_b;
    out.grad_x = grad_x;
    grad_x[images * FEATURES] = 42;
    CHECK(loss_value_and_grad_call(&in, &out, dims, workspace, bytes, NULL) ==
          ATLED_OK);
    check_guard(workspace, bytes);
    CHECK(grad_x[images * FEATURES] == 42);
    CHECK(is_close(loss, classify(w, b, x, y, images, expected), 2e-6));
    for (i = 0; i < FEATURES * LABELS; ++i)
      CHECK(is_close(grad_w[i], expected[i], 2e-6 * (1 + images)));

    /* Some alone are the same, and need no more. */
    {
      float again[FEATURES * LABELS];
      out.loss = NULL;
      out.grad_w = again;
      out.grad_b = NULL;
      out.grad_x = NULL;
      workspace = get_workspace(bytes);
      CHECK(loss_value_and_grad_call(&in, &out, dims, workspace, bytes, NULL) ==
            ATLED_OK);
      check_guard(workspace, bytes);
      CHECK(memcmp(again, grad_w, sizeof again) == 0);
    }
    /* A byte less is too little, if anything is needed. */
    if (bytes > 64) {
      uint64_t needed;
      out.loss = &loss;
      CHECK(loss_value_and_grad_call(&in, &out, dims, workspace, 8, NULL) ==
            ATLED_ERROR_SHORT_WORKSPACE);
      memcpy(&needed, workspace, sizeof needed);
      CHECK(needed <= bytes);
    }
  }
}

static void multiply(int m, int k, int n) {
  double a[100], b[100], c[100], rows[10], seed_c[100], seed_rows[10];
  double grad_a[100], grad_b[100];
  const int64_t dims[PRODUCT_DIMS] = {m, k, k, n};
  const int64_t all[PRODUCT_VJP_DIMS] = {m, k, k, n, m, n, m};
  int64_t output_dims[PRODUCT_OUTPUT_DIMS];
  size_t bytes = product_workspace_bytes(dims);
  void *workspace = get_workspace(bytes);
  struct product_inputs in;
  struct product_outputs out;
  struct product_vjp_inputs all_in;
  struct product_vjp_outputs all_out;
  int i, j, l;
  fill(a, 100, 0);
  fill(b, 100, 300);
  fill(seed_c, 100, 600);
  fill(seed_rows, 10, 900);
  in.a = a;
  in.b = b;
  out.c = c;
  out.rows = rows;
  CHECK(product_output_dims(dims, output_dims) == ATLED_OK);
  CHECK(output_dims[0] == m && output_dims[1] == n && output_dims[2] == m);
  CHECK(product_call(&in, &out, dims, workspace, bytes, NULL) == ATLED_OK);
  check_guard(workspace, bytes);
  for (i = 0; i < m; ++i) {
    double sum = 0;
    for (j = 0; j < n; ++j) {
      double product = 0;
      for (l = 0; l < k; ++l)
        product += a[i * k + l] * b[l * n + j];
      CHECK(is_close(c[i * n + j], product, 1e-14));
      sum += sin(product);
    }
    CHECK(is_close(rows[i], sum, 1e-14));
  }

  all_in.a = a;
  all_in.b = b;
  all_in.seed_c = seed_c;
  all_in.seed_rows = seed_rows;
  memset(&all_out, 0, sizeof all_out);
  all_out.grad_a = grad_a;
  all_out.grad_b = grad_b;
  bytes = product_vjp_workspace_bytes(all);
  workspace = get_workspace(bytes);
  CHECK(product_vjp_call(&all_in, &all_out, all, workspace, bytes, NULL) ==
        ATLED_OK);
  check_guard(workspace, bytes);
  for (i = 0; i < m; ++i)
    for (l = 0; l < k; ++l) {
      double sum = 0;
      for (j = 0; j < n; ++j)
        sum += (seed_c[i * n + j] + cos(c[i * n + j]) * seed_rows[i]) *
               b[l * n + j];
      CHECK(is_close(grad_a[i * k + l], sum, 1e-13));
    }
  for (l = 0; l < k; ++l)
    for (j = 0; j < n; ++j) {
      double sum = 0;
      for (i = 0; i < m; ++i)
        sum += (seed_c[i * n + j] + cos(c[i * n + j]) * seed_rows[i]) *
               a[i * k + l];
      CHECK(is_close(grad_b[l * n + j], sum, 1e-13));
    }
}

static void compare_what_has_moved(void) {
  double x[12], y[10], distance, expected = 0, seed = 1, grad_x[12], grad_y[10];
  const int64_t dims[MOVING_VJP_DIMS] = {12, 10};
  size_t bytes = moving_vjp_workspace_bytes(dims);
  void *workspace = get_workspace(bytes);
  struct moving_vjp_inputs in;
  struct moving_vjp_outputs out;
  int i;
  fill(x, 12, 10);
  fill(y, 10, 70);
  in.x = x;
  in.y = y;
  in.seed_distance = &seed;
  out.distance = &distance;
  out.grad_x = grad_x;
  out.grad_y = grad_y;
  CHECK(moving_vjp_call(&in, &out, dims, workspace, bytes, NULL) == ATLED_OK);
  check_guard(workspace, bytes);
  for (i = 0; i < 10; ++i) {
    double d = x[i + 2] - y[i];
    expected += d * d;
    CHECK(is_close(grad_y[i], -2 * d, 1e-15));
    CHECK(is_close(grad_x[i + 2], 2 * d, 1e-15));
  }
  CHECK(grad_x[0] == 0 && grad_x[1] == 0);
  CHECK(is_close(distance, expected, 1e-14));
}

/* The last state, for a sequence of `steps`. */
static void recur(const double *w, const double *x, int steps, int size,
                  double *state) {
  double next[8];
  int t, i, j;
  memset(state, 0, 8 * sizeof(double));
  for (t = 0; t < steps; ++t) {
    for (i = 0; i < size; ++i) {
      double s = x[t * size + i];
      for (j = 0; j < size; ++j)
        s += w[i * size + j] * state[j];
      next[i] = tanh(s);
    }
    memcpy(state, next, sizeof next);
  }
}

static void go_back_through_a_sequence(int steps) {
  enum { size = 4 };
  double w[64], x[128], seed[8], state[8], grad_w[64], grad_x[128];
  double expected[8];
  const int64_t dims[RECURRENCE_VJP_DIMS] = {steps};
  size_t bytes = recurrence_vjp_workspace_bytes(dims);
  void *workspace = get_workspace(bytes);
  struct recurrence_vjp_inputs in;
  struct recurrence_vjp_outputs out;
  int i, j;
  fill(w, 64, 10);
  fill(x, 128, 700);
  fill(seed, 8, 1000);
  for (i = 0; i < 64; ++i)
    w[i] *= 0.3;
  in.w = w;
  in.x = x;
  in.seed_state = seed;
  out.state = state;
  out.grad_w = grad_w;
  out.grad_x = grad_x;
  CHECK(recurrence_vjp_call(&in, &out, dims, workspace, bytes, NULL) ==
        ATLED_OK);
  check_guard(workspace, bytes);
  recur(w, x, steps, size, expected);
  for (i = 0; i < size; ++i)
    CHECK(is_close(state[i], expected[i], 1e-13));
  for (i = 0; i < size * size; ++i) {
    const double step = 1e-6;
    double before[8], after[8], difference = 0, kept = w[i];
    w[i] = kept - step;
    recur(w, x, steps, size, before);
    w[i] = kept + step;
    recur(w, x, steps, size, after);
    w[i] = kept;
    for (j = 0; j < size; ++j)
      difference += seed[j] * (after[j] - before[j]) / (2 * step);
    CHECK(is_close(grad_w[i], difference, 1e-8));
  }
}

static void refuse_what_does_not_fit(void) {
  const int64_t good[LOSS_VALUE_AND_GRAD_DIMS] = {3, 3};
  static const int64_t bad[][2] = {{3, 4},
                                   {4, 3},
                                   {-1, -1},
                                   {3, -3},
                                   {ATLED_MAX_DIM + 1, 3},
                                   {INT64_MAX, INT64_MAX},
                                   {INT64_MIN, INT64_MIN},
                                   {ATLED_MAX_DIM, ATLED_MAX_DIM - 1}};
  static const int64_t products[][4] = {
      {2, 3, 4, 5},
      {ATLED_MAX_DIM, ATLED_MAX_DIM, ATLED_MAX_DIM, ATLED_MAX_DIM},
      {ATLED_MAX_DIM, 0, 0, ATLED_MAX_DIM}};
  static const int64_t fitting[4] = {2, 3, 3, 5};
  static const int64_t moves[][2] = {{1, 0}, {0, 0}, {2, 2}, {12, 12}};
  float w[30] = {0}, b[5] = {0}, x[18] = {0}, loss;
  int32_t y[3] = {0};
  struct loss_value_and_grad_inputs in;
  struct loss_value_and_grad_outputs out;
  size_t i, bytes = loss_value_and_grad_workspace_bytes(good);
  void *workspace = get_workspace(bytes);
  in.w = w;
  in.b = b;
  in.x = x;
  in.y = y;
  memset(&out, 0, sizeof out);
  out.loss = &loss;
  CHECK(loss_value_and_grad_call(&in, &out, good, workspace, bytes, NULL) ==
        ATLED_OK);
  CHECK(loss_value_and_grad_call(&in, &out, NULL, workspace, bytes, NULL) ==
        ATLED_ERROR_NULL_DIMS);
  CHECK(loss_value_and_grad_workspace_bytes(NULL) == SIZE_MAX);
  for (i = 0; i < sizeof bad / sizeof *bad; ++i) {
    loss = 42;
    CHECK(loss_value_and_grad_call(&in, &out, bad[i], workspace, bytes, NULL) ==
          ATLED_ERROR_DIMS);
    CHECK(loss == 42);
    CHECK(loss_value_and_grad_workspace_bytes(bad[i]) == SIZE_MAX);
  }
  for (i = 0; i < sizeof products / sizeof *products; ++i) {
    int64_t output_dims[PRODUCT_OUTPUT_DIMS] = {42};
    CHECK(product_output_dims(products[i], output_dims) == ATLED_ERROR_DIMS);
    CHECK(output_dims[0] == 42);
    CHECK(product_workspace_bytes(products[i]) == SIZE_MAX);
  }
  CHECK(product_output_dims(NULL, NULL) == ATLED_ERROR_NULL_DIMS);
  CHECK(product_output_dims(fitting, NULL) == ATLED_ERROR_NULL_DIMS);
  for (i = 0; i < sizeof moves / sizeof *moves; ++i)
    CHECK(moving_workspace_bytes(moves[i]) == SIZE_MAX);
  in.x = NULL;
  CHECK(loss_value_and_grad_call(&in, &out, good, workspace, bytes, NULL) ==
        ATLED_ERROR_NULL_INPUT);
}

int main(void) {
  int m, k, n;
  train_on_any_number_of_images();
  for (m = 0; m <= 10; m += 1 + m / 3)
    for (k = 0; k <= 10; k += 1 + k / 2)
      for (n = 0; n <= 10; n += 1 + n / 3)
        multiply(m, k, n);
  compare_what_has_moved();
  for (m = 0; m < 20; ++m)
    go_back_through_a_sequence(m);
  refuse_what_does_not_fit();
  puts("any number");
  return 0;
}
