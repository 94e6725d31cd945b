/* split.c - Runs @loss_fwd once and @loss_bwd often: with residuals that cannot
 * be written, from several threads, and with what the contract forbids. Each
 * time, @loss_vjp must give the same bits.
 *
 * Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
 * SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
 */
#define _DEFAULT_SOURCE
#include "split.h"
#include "check.h"
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

static const float w[LOSS_FWD_IN_W_SIZE] = {0.5f,  -1, 2,  0.25f, 1,    1,
                                            -0.5f, 3,  -2, 0.75f, 1.5f, 1};
static const float x[LOSS_FWD_IN_X_SIZE] = {1, -0.5f, 0.25f, 2};
static const float limit = 0.25f;

static unsigned char *make_workspace(size_t bytes) {
  unsigned char *memory = malloc(bytes + 64);
  CHECK(memory);
  memset(memory, 0xFF, bytes + 64);
  return memory + 64 - (uintptr_t)memory % 64;
}

/* The residuals end at a page nobody may touch. */
static unsigned char *page, *residuals;
static size_t page_size;

static void make_residuals(void) {
  page_size = (size_t)sysconf(_SC_PAGESIZE);
  CHECK(LOSS_FWD_RESIDUAL_BYTES <= page_size);
  page = mmap(NULL, 2 * page_size, PROT_READ | PROT_WRITE,
              MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  CHECK(page != MAP_FAILED);
  CHECK(mprotect(page + page_size, page_size, PROT_NONE) == 0);
  memset(page, 0xFF, page_size);
  residuals = page + page_size - LOSS_FWD_RESIDUAL_BYTES;
}

struct gradients {
  float w[LOSS_BWD_OUT_GRAD_W_SIZE], x[LOSS_BWD_OUT_GRAD_X_SIZE];
};

struct seeds {
  float y[LOSS_BWD_IN_SEED_Y_SIZE], sum;
};

static float y[LOSS_FWD_OUT_Y_SIZE], sum;

static void go_there(void) {
  struct loss_fwd_inputs in;
  struct loss_fwd_outputs out;
  in.w = w;
  in.x = x;
  in.limit = &limit;
  out.y = y;
  out.sum = &sum;
  out.residuals = residuals;
  CHECK(loss_fwd_call(&in, &out, make_workspace(LOSS_FWD_WORKSPACE_BYTES),
                      LOSS_FWD_WORKSPACE_BYTES, NULL) == ATLED_OK);
}

static int32_t go_back(const void *kept, const struct seeds *seeds,
                       struct gradients *gradients) {
  struct loss_bwd_inputs in;
  struct loss_bwd_outputs out;
  in.w = w;
  in.x = x;
  in.residuals = kept;
  in.seed_y = seeds->y;
  in.seed_sum = &seeds->sum;
  out.grad_w = gradients->w;
  out.grad_x = gradients->x;
  return loss_bwd_call(&in, &out, make_workspace(LOSS_BWD_WORKSPACE_BYTES),
                       LOSS_BWD_WORKSPACE_BYTES, NULL);
}

/* Whether the whole gives the same bits. */
static int is_right(const struct seeds *seeds,
                    const struct gradients *gradients) {
  struct loss_vjp_inputs in;
  struct loss_vjp_outputs out;
  struct gradients expected;
  float expected_y[LOSS_VJP_OUT_Y_SIZE], expected_sum;
  in.w = w;
  in.x = x;
  in.limit = &limit;
  in.seed_y = seeds->y;
  in.seed_sum = &seeds->sum;
  out.y = expected_y;
  out.sum = &expected_sum;
  out.grad_w = expected.w;
  out.grad_x = expected.x;
  CHECK(loss_vjp_call(&in, &out, make_workspace(LOSS_VJP_WORKSPACE_BYTES),
                      LOSS_VJP_WORKSPACE_BYTES, NULL) == ATLED_OK);
  return memcmp(&expected, gradients, sizeof expected) == 0 &&
         memcmp(expected_y, y, sizeof y) == 0 && expected_sum == sum;
}

static void *run_thread(void *argument) {
  int i, number = *(const int *)argument;
  for (i = 0; i < 100; ++i) {
    struct gradients gradients;
    struct seeds seeds = {{1, 2, 3}, 4};
    seeds.y[number % 3] = (float)(i + 1) / 8;
    CHECK(go_back(residuals, &seeds, &gradients) == ATLED_OK);
    CHECK(is_right(&seeds, &gradients));
  }
  return NULL;
}

static void run_threads(void) {
  pthread_t threads[3];
  int numbers[3], i;
  for (i = 0; i < 3; ++i) {
    numbers[i] = i;
    CHECK(pthread_create(&threads[i], NULL, run_thread, &numbers[i]) == 0);
  }
  for (i = 0; i < 3; ++i)
    CHECK(pthread_join(threads[i], NULL) == 0);
}

static void forbidden(void) {
  const float tiny = -1;
  const void *in[] = {w, x, &limit};
  const void *endless[] = {w, x, &tiny};
  void *odd[] = {y, &sum, residuals + 32}, *unwanted[] = {y, &sum, NULL},
       *only[] = {NULL, NULL, residuals};
  const size_t bytes = LOSS_FWD_WORKSPACE_BYTES;
  void *space = make_workspace(bytes);
  float old_y[LOSS_FWD_OUT_Y_SIZE];
  struct gradients gradients;
  const struct seeds seeds = {{1, 0, 0}, 0};
  unsigned char old[LOSS_FWD_RESIDUAL_BYTES];

  CHECK(go_back(NULL, &seeds, &gradients) == ATLED_ERROR_NULL_INPUT);
  CHECK(go_back(residuals - 32, &seeds, &gradients) ==
        ATLED_ERROR_MISALIGNED_INPUT);
  CHECK(loss_fwd(in, odd, NULL, space, bytes, NULL) ==
        ATLED_ERROR_MISALIGNED_OUTPUT);

  /* They are what this is for. */
  memcpy(old_y, y, sizeof y);
  CHECK(loss_fwd(in, unwanted, NULL, space, bytes, NULL) ==
        ATLED_ERROR_NULL_OUTPUT);
  CHECK(memcmp(old_y, y, sizeof y) == 0);

  /* Nothing but them. */
  CHECK(mprotect(page, page_size, PROT_READ | PROT_WRITE) == 0);
  memcpy(old, residuals, sizeof old);
  CHECK(loss_fwd(in, only, NULL, space, bytes, NULL) == ATLED_OK);
  CHECK(go_back(residuals, &seeds, &gradients) == ATLED_OK);
  CHECK(is_right(&seeds, &gradients));
  CHECK(memcmp(old, residuals, sizeof old) == 0);

  /* More than there is room for. */
  CHECK(loss_fwd(endless, only, NULL, space, bytes, NULL) ==
        ATLED_ERROR_ITERATIONS);
}

int main(void) {
  const struct seeds first = {{1, -2, 0.5f}, 0.25f}, second = {{0, 3, 1}, -1};
  struct gradients gradients;
  CHECK(LOSS_FWD_RESIDUAL_BYTES == LOSS_BWD_RESIDUAL_BYTES);
  CHECK(LOSS_FWD_RESIDUAL_ALIGN == 64 && LOSS_BWD_RESIDUAL_ALIGN == 64);
  make_residuals();
  go_there();
  CHECK(mprotect(page, page_size, PROT_READ) == 0);
  CHECK(go_back(residuals, &first, &gradients) == ATLED_OK);
  CHECK(is_right(&first, &gradients));
  CHECK(go_back(residuals, &second, &gradients) == ATLED_OK);
  CHECK(is_right(&second, &gradients));
  run_threads();
  forbidden();
  puts("back as often as wanted");
  return 0;
}
