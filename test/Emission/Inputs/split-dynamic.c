/* split-dynamic.c - Runs halves of derivatives on tensors of several sizes, the
 * second of them often and on other threads, and compares with derivatives that
 * are written here; then with dimensions that do not fit.
 *
 * Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
 * SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
 */
#define _DEFAULT_SOURCE
#include "split-dynamic.h"
#include "check.h"
#include <math.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

enum { MOST = 40 };

static double x[MOST][4], w[4][3], b[MOST];

/* Memory that ends at a page nobody may touch, full of NaN; `bytes` are a
 * multiple of 64. */
static unsigned char *make_memory(size_t bytes) {
  size_t page = (size_t)sysconf(_SC_PAGESIZE);
  size_t whole = (bytes + page - 1) / page * page;
  unsigned char *memory = mmap(NULL, whole + page, PROT_READ | PROT_WRITE,
                               MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  CHECK(memory != MAP_FAILED);
  CHECK(mprotect(memory + whole, page, PROT_NONE) == 0);
  memset(memory, 0xFF, whole);
  return memory + whole - (bytes + 63) / 64 * 64;
}

/* One run there, and what it is about to be asked. */
struct run {
  int64_t dims[SOFT_FWD_DIMS];
  double y[MOST][3], total;
  unsigned char *residuals;
};

static void go_there(struct run *run) {
  struct soft_fwd_inputs in;
  struct soft_fwd_outputs out;
  size_t bytes = soft_fwd_workspace_bytes(run->dims);
  CHECK(bytes != SIZE_MAX);
  run->residuals = make_memory(soft_fwd_residual_bytes(run->dims));
  in.x = &x[0][0];
  in.w = &w[0][0];
  in.b = b;
  out.y = &run->y[0][0];
  out.total = &run->total;
  out.residuals = run->residuals;
  CHECK(soft_fwd_call(&in, &out, run->dims, make_memory(bytes), bytes, NULL) ==
        ATLED_OK);
}

struct gradients {
  double x[MOST][4], w[4][3], b[MOST];
};

static int32_t go_back(const struct run *run, const int64_t *dims,
                       const double (*seed_y)[3], const double *seed_total,
                       struct gradients *gradients) {
  struct soft_bwd_inputs in;
  struct soft_bwd_outputs out;
  size_t bytes = soft_bwd_workspace_bytes(run->dims);
  in.x = &x[0][0];
  in.w = &w[0][0];
  in.b = b;
  in.residuals = run->residuals;
  in.seed_y = &seed_y[0][0];
  in.seed_total = seed_total;
  out.grad_x = &gradients->x[0][0];
  out.grad_w = &gradients->w[0][0];
  out.grad_b = gradients->b;
  return soft_bwd_call(&in, &out, dims, make_memory(bytes), bytes, NULL);
}

static int is_close(double actual, double expected) {
  return fabs(actual - expected) <= 1e-12 * (1 + fabs(expected));
}

static void check_gradients(const struct run *run, const double (*seed_y)[3],
                            double seed_total, const struct gradients *actual) {
  double grad_w[4][3] = {{0}};
  int n, i, j;
  for (n = 0; n < run->dims[0]; ++n) {
    double grad_h[3], y[3], sum = 0;
    for (j = 0; j < 3; ++j) {
      double h = 0;
      for (i = 0; i < 4; ++i)
        h += x[n][i] * w[i][j];
      y[j] = tanh(h);
      sum += exp(y[j]);
      CHECK(is_close(run->y[n][j], y[j]));
    }
    for (j = 0; j < 3; ++j)
      grad_h[j] =
          (seed_y[n][j] + seed_total * exp(y[j]) / sum) * (1 - y[j] * y[j]);
    for (i = 0; i < 4; ++i) {
      double grad_x = 0;
      for (j = 0; j < 3; ++j) {
        grad_x += grad_h[j] * w[i][j];
        grad_w[i][j] += x[n][i] * grad_h[j];
      }
      CHECK(is_close(actual->x[n][i], grad_x));
    }
    CHECK(is_close(actual->b[n], seed_total / b[n]));
  }
  for (i = 0; i < 4; ++i)
    for (j = 0; j < 3; ++j)
      CHECK(is_close(actual->w[i][j], grad_w[i][j]));
}

static void *go_back_often(void *argument) {
  const struct run *run = argument;
  int round, i;
  for (round = 0; round < 3; ++round) {
    double seed_y[MOST][3], seed_total = 1 + round;
    struct gradients gradients;
    for (i = 0; i < 3 * MOST; ++i)
      seed_y[i / 3][i % 3] = cos(i + round);
    CHECK(go_back(run, run->dims, (const double (*)[3])seed_y, &seed_total,
                  &gradients) == ATLED_OK);
    check_gradients(run, (const double (*)[3])seed_y, seed_total, &gradients);
  }
  return NULL;
}

static void run_size(int64_t rows) {
  struct run run;
  pthread_t thread;
  int64_t input_dims[SOFT_BWD_INPUT_DIMS], output_dims[SOFT_FWD_OUTPUT_DIMS];
  run.dims[0] = run.dims[1] = rows;
  go_there(&run);
  go_back_often(&run);
  CHECK(pthread_create(&thread, NULL, go_back_often, &run) == 0);
  CHECK(pthread_join(thread, NULL) == 0);

  CHECK(soft_bwd_residual_bytes(run.dims) == soft_fwd_residual_bytes(run.dims));
  CHECK(soft_fwd_output_dims(run.dims, output_dims) == ATLED_OK);
  CHECK(output_dims[0] == rows);
  CHECK((size_t)output_dims[1] == soft_fwd_residual_bytes(run.dims));
  CHECK(soft_bwd_input_dims(run.dims, input_dims) == ATLED_OK);
  CHECK(SOFT_BWD_IN_SEED_Y_SIZE(input_dims) == 3 * rows);
  CHECK(SOFT_BWD_IN_B_SIZE(input_dims) == rows);
}

static void forbidden(void) {
  const int64_t unfit[] = {3, 4}, negative[] = {-1, -1},
                huge[] = {(int64_t)1 << 40, (int64_t)1 << 40};
  const int64_t less[] = {3, 3};
  int64_t dims[SOFT_BWD_INPUT_DIMS];
  struct run run;
  struct gradients gradients;
  double seed_y[MOST][3] = {{0}}, seed_total = 1;
  CHECK(soft_fwd_residual_bytes(unfit) == SIZE_MAX);
  CHECK(soft_bwd_residual_bytes(unfit) == SIZE_MAX);
  CHECK(soft_bwd_workspace_bytes(unfit) == SIZE_MAX);
  CHECK(soft_fwd_residual_bytes(negative) == SIZE_MAX);
  CHECK(soft_fwd_residual_bytes(NULL) == SIZE_MAX);
  CHECK(soft_bwd_input_dims(unfit, dims) == ATLED_ERROR_DIMS);
  CHECK(soft_bwd_input_dims(NULL, dims) == ATLED_ERROR_NULL_DIMS);
  /* No memory has as much, but it is a size. */
  CHECK(soft_fwd_residual_bytes(huge) > ((size_t)1 << 45));

  /* What is kept is for the sizes of the way there. */
  run.dims[0] = run.dims[1] = 5;
  go_there(&run);
  CHECK(go_back(&run, less, (const double (*)[3])seed_y, &seed_total,
                &gradients) == ATLED_ERROR_DIMS);
  CHECK(go_back(&run, NULL, (const double (*)[3])seed_y, &seed_total,
                &gradients) == ATLED_ERROR_NULL_DIMS);
  run.residuals = NULL;
  CHECK(go_back(&run, run.dims, (const double (*)[3])seed_y, &seed_total,
                &gradients) == ATLED_ERROR_NULL_INPUT);
}

/* Its way back knows the size of what it never sees. */
static void run_product(int64_t rows, int64_t columns) {
  int64_t dims[PRODUCT_FWD_DIMS];
  double left[MOST][2], right[2 * MOST], grad_left[MOST][2],
      grad_right[2 * MOST], total, seed = 0.5;
  const void *in[2], *in_back[4];
  void *out[2], *out_back[2];
  double sums[2] = {0};
  size_t bytes;
  int64_t i, j;
  dims[0] = rows;
  dims[1] = columns;
  for (i = 0; i < 2 * MOST; ++i) {
    left[i / 2][i % 2] = sin(i + 1.0);
    right[i] = cos(i + 1.0);
  }
  in[0] = in_back[0] = left;
  in[1] = in_back[1] = right;
  out[0] = &total;
  out[1] = make_memory(product_fwd_residual_bytes(dims));
  bytes = product_fwd_workspace_bytes(dims);
  CHECK(product_fwd(in, out, dims, make_memory(bytes), bytes, NULL) == 0);
  in_back[2] = out[1];
  in_back[3] = &seed;
  out_back[0] = grad_left;
  out_back[1] = grad_right;
  bytes = product_bwd_workspace_bytes(dims);
  CHECK(product_bwd(in_back, out_back, dims, make_memory(bytes), bytes, NULL) ==
        0);
  for (j = 0; j < 2 * columns; ++j)
    sums[j / columns] += right[j];
  for (i = 0; i < rows; ++i)
    for (j = 0; j < 2; ++j)
      CHECK(is_close(grad_left[i][j], seed * sums[j]));
  sums[0] = sums[1] = 0;
  for (i = 0; i < rows; ++i)
    for (j = 0; j < 2; ++j)
      sums[j] += left[i][j];
  for (j = 0; j < 2 * columns; ++j)
    CHECK(is_close(grad_right[j], seed * sums[j / columns]));
}

int main(void) {
  int i;
  for (i = 0; i < 4 * MOST; ++i)
    x[i / 4][i % 4] = sin(1.7 * i);
  for (i = 0; i < 12; ++i)
    w[i / 3][i % 3] = cos(0.9 * i);
  for (i = 0; i < MOST; ++i)
    b[i] = 1 + 0.1 * i;
  run_size(5);
  run_size(MOST);
  run_size(1);
  run_size(0);
  forbidden();
  run_product(3, 5);
  run_product(20, 1);
  run_product(0, 4);
  run_product(4, 0);
  puts("of any size");
  return 0;
}
