/* threads.c - Runs compiled functions on threads of many kinds.
 *
 * Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
 * SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
 *
 * Whatever runs the chunks, in whatever order, the results are the same bits.
 * Those of the programs in chunks.mlir are also what plain loops compute: their
 * inputs are small integers, so that every order of summation gives the same.
 */
#define _POSIX_C_SOURCE 200809L
#include "check.h"
#include "chunks.h"
#include "digits.h"
#include <atled/threads.h>
#include <errno.h>
#include <fenv.h>
#include <pthread.h>
#include <string.h>
#ifdef _OPENMP
#include <atled/openmp.h>
#endif

enum { MOST = 6 };

typedef int32_t function(const void *const *in, void *const *out,
                         const int64_t *dims, void *workspace,
                         size_t workspace_bytes, const atled_exec *exec);

struct program {
  const char *name;
  function *call;
  /* How many elements each input and output has, all of four bytes. */
  size_t in[MOST], out[MOST], workspace;
  void (*expect)(float *const *in, float *const *out);
  const int64_t *dims;
};

enum { ROWS = 1000 };
static const int64_t rows[] = {ROWS, ROWS};

static void expect_product(float *const *in, float *const *out) {
  enum { M = 1000, K = 96, N = 200 };
  const float *x = in[0], *w = in[1], *dy = in[2];
  int i, j, k;
  for (i = 0; i < M; ++i)
    for (k = 0; k < K; ++k)
      for (j = 0; j < N; ++j) {
        out[0][i * N + j] += x[i * K + k] * w[k * N + j];
        out[1][i * K + k] += dy[i * N + j] * w[k * N + j];
        out[2][k * N + j] += x[i * K + k] * dy[i * N + j];
      }
}

static void expect_image(float *const *in, float *const *out) {
  enum { B = 3, H = 45, W = 31, I = 8, O = 16 };
  int b, h, w, r, s, i, o;
  for (b = 0; b < B; ++b)
    for (h = 0; h < H; ++h)
      for (w = 0; w < W; ++w)
        for (r = 0; r < 3; ++r)
          for (s = 0; s < 3; ++s)
            for (i = 0; i < I; ++i)
              for (o = 0; o < O; ++o) {
                int y = h + r - 1, x = w + s - 1;
                int at = ((b * H + y) * W + x) * I + i;
                int to = ((b * H + h) * W + w) * O + o;
                int weight = ((r * 3 + s) * I + i) * O + o;
                if (y < 0 || y >= H || x < 0 || x >= W)
                  continue;
                out[0][to] += in[0][at] * in[1][weight];
                out[1][at] += in[2][to] * in[1][weight];
                out[2][weight] += in[0][at] * in[2][to];
              }
}

static void expect_squares(float *const *in, float *const *out) {
  enum { M = 1100, N = 1300 };
  int i, j;
  for (i = 0; i < M; ++i)
    for (j = 0; j < N; ++j) {
      float x = in[0][i * N + j];
      out[0][i * N + j] = x * x;
      out[1][i] += x * x;
      out[2][j] += x * x;
      out[3][i * N + j] = 2 * x * (in[1][i * N + j] + in[2][i] + in[3][j]);
    }
}

static struct program programs[] = {
    {"product",
     product_vjp,
     {PRODUCT_VJP_IN_IN0_SIZE, PRODUCT_VJP_IN_IN1_SIZE,
      PRODUCT_VJP_IN_IN2_SIZE},
     {PRODUCT_VJP_OUT_OUT0_SIZE, PRODUCT_VJP_OUT_OUT1_SIZE,
      PRODUCT_VJP_OUT_OUT2_SIZE},
     PRODUCT_VJP_WORKSPACE_BYTES,
     expect_product,
     NULL},
    {"image",
     image_vjp,
     {IMAGE_VJP_IN_IN0_SIZE, IMAGE_VJP_IN_IN1_SIZE, IMAGE_VJP_IN_IN2_SIZE},
     {IMAGE_VJP_OUT_OUT0_SIZE, IMAGE_VJP_OUT_OUT1_SIZE,
      IMAGE_VJP_OUT_OUT2_SIZE},
     IMAGE_VJP_WORKSPACE_BYTES,
     expect_image,
     NULL},
    {"squares",
     squares_vjp,
     {SQUARES_VJP_IN_IN0_SIZE, SQUARES_VJP_IN_IN1_SIZE, SQUARES_VJP_IN_IN2_SIZE,
      SQUARES_VJP_IN_IN3_SIZE},
     {SQUARES_VJP_OUT_OUT0_SIZE, SQUARES_VJP_OUT_OUT1_SIZE,
      SQUARES_VJP_OUT_OUT2_SIZE, SQUARES_VJP_OUT_OUT3_SIZE},
     SQUARES_VJP_WORKSPACE_BYTES,
     expect_squares,
     NULL},
    /* Fractions, and a workspace of which main asks the size. */
    {"layer",
     layer_vjp,
     {ROWS * 96, LAYER_VJP_IN_IN1_SIZE, ROWS * 200},
     {ROWS * 200, ROWS * 96, LAYER_VJP_OUT_OUT2_SIZE},
     0,
     NULL,
     rows},
    /* One step of training. */
    {"digits",
     loss_value_and_grad,
     {LOSS_VALUE_AND_GRAD_IN_HIDDEN_WEIGHTS_SIZE,
      LOSS_VALUE_AND_GRAD_IN_HIDDEN_BIAS_SIZE,
      LOSS_VALUE_AND_GRAD_IN_OUTPUT_WEIGHTS_SIZE,
      LOSS_VALUE_AND_GRAD_IN_OUTPUT_BIAS_SIZE,
      LOSS_VALUE_AND_GRAD_IN_IMAGES_SIZE, LOSS_VALUE_AND_GRAD_IN_LABELS_SIZE},
     {LOSS_VALUE_AND_GRAD_OUT_LOSS_SIZE,
      LOSS_VALUE_AND_GRAD_OUT_GRAD_HIDDEN_WEIGHTS_SIZE,
      LOSS_VALUE_AND_GRAD_OUT_GRAD_HIDDEN_BIAS_SIZE,
      LOSS_VALUE_AND_GRAD_OUT_GRAD_OUTPUT_WEIGHTS_SIZE,
      LOSS_VALUE_AND_GRAD_OUT_GRAD_OUTPUT_BIAS_SIZE,
      LOSS_VALUE_AND_GRAD_OUT_GRAD_IMAGES_SIZE},
     LOSS_VALUE_AND_GRAD_WORKSPACE_BYTES,
     NULL,
     NULL}};
enum { PROGRAMS = sizeof programs / sizeof *programs, LAYER = PROGRAMS - 2 };

/* The arguments of a call, and what it returns. */
struct call {
  const struct program *program;
  void *in[MOST], *out[MOST], *workspace;
};

static unsigned next(unsigned *state) {
  *state = *state * 1664525u + 1013904223u;
  return *state >> 16;
}

static void fill(void *elements, size_t count, unsigned *state, int kind) {
  size_t i;
  for (i = 0; i < count; ++i)
    if (kind == 'l')
      ((int32_t *)elements)[i] = (int32_t)(next(state) % 10);
    else if (kind == 'f')
      ((float *)elements)[i] = (float)next(state) / 32768 - 1;
    else
      ((float *)elements)[i] = (float)(next(state) % 7) - 3;
}

static struct call make_call(const struct program *program) {
  struct call call;
  unsigned state = 1;
  int i;
  call.program = program;
  for (i = 0; i < MOST; ++i) {
    size_t in = program->in[i], out = program->out[i];
    call.in[i] = in ? malloc(in * 4) : NULL;
    call.out[i] = out ? malloc(out * 4) : NULL;
    fill(call.in[i], in, &state,
         program->expect ? 'i'
         : i == MOST - 1 ? 'l'
                         : 'f');
  }
  CHECK(posix_memalign(&call.workspace, 64, program->workspace) == 0);
  return call;
}

static void end_call(struct call *call) {
  int i;
  for (i = 0; i < MOST; ++i) {
    free(call->in[i]);
    free(call->out[i]);
  }
  free(call->workspace);
}

static void run(struct call *call, const atled_exec *exec) {
  const struct program *program = call->program;
  int i;
  for (i = 0; i < MOST; ++i)
    if (call->out[i])
      memset(call->out[i], 0xFF, program->out[i] * 4);
  memset(call->workspace, 0xFF, program->workspace);
  CHECK(program->call((const void *const *)call->in, call->out, program->dims,
                      call->workspace, program->workspace, exec) == ATLED_OK);
}

static void check_same(const struct call *call, const struct call *expected) {
  int i;
  for (i = 0; i < MOST; ++i)
    if (call->out[i])
      CHECK(memcmp(call->out[i], expected->out[i], call->program->out[i] * 4) ==
            0);
}

static void check_right(const struct call *call) {
  float *expected[MOST];
  size_t j;
  int i;
  for (i = 0; i < MOST; ++i)
    expected[i] = calloc(call->program->out[i] + 1, 4);
  call->program->expect((float *const *)call->in, expected);
  for (i = 0; i < MOST; ++i) {
    for (j = 0; j < call->program->out[i]; ++j)
      CHECK(((float *)call->out[i])[j] == expected[i][j]);
    free(expected[i]);
  }
}

/* A parallel_for of our own: the last chunk first, each on a thread of its
 * own. It counts the chunks. */
struct chunk {
  void (*body)(void *arg, int64_t chunk);
  void *arg;
  int64_t index;
};

static void *run_chunk(void *arg) {
  struct chunk *chunk = arg;
  chunk->body(chunk->arg, chunk->index);
  return NULL;
}

static void backwards(void *ctx, int64_t chunks,
                      void (*body)(void *arg, int64_t chunk), void *arg) {
  struct chunk chunk;
  *(int64_t *)ctx += chunks;
  chunk.body = body;
  chunk.arg = arg;
  for (chunk.index = chunks - 1; chunk.index >= 0; --chunk.index) {
    pthread_t thread;
    CHECK(pthread_create(&thread, NULL, run_chunk, &chunk) == 0);
    pthread_join(thread, NULL);
  }
}

static void check_program(const struct program *program) {
  const atled_exec none = {sizeof(atled_exec), 0, NULL, NULL};
  int64_t chunks = 0;
  atled_exec own = {sizeof(atled_exec), 0, NULL, backwards};
  struct call serial = make_call(program), call = make_call(program);
  unsigned threads;
  run(&serial, NULL);
  if (program->expect)
    check_right(&serial);

  run(&call, &none);
  check_same(&call, &serial);
  own.ctx = &chunks;
  run(&call, &own);
  check_same(&call, &serial);
  CHECK(chunks >= 8);
  for (threads = 1; threads <= 4; threads *= 2) {
    atled_threads *pool;
    atled_exec exec;
    CHECK(atled_threads_create(&pool, threads) == 0);
    CHECK(atled_threads_count(pool) == threads);
    exec = atled_threads_exec(pool);
    run(&call, &exec);
    check_same(&call, &serial);
    atled_threads_destroy(pool);
#ifdef _OPENMP
    exec = atled_openmp_exec((int)threads);
    run(&call, &exec);
    check_same(&call, &serial);
#endif
  }
  end_call(&serial);
  end_call(&call);
}

/* Calls at the same time, from threads that are not the pool's. */
struct caller {
  const atled_exec *exec;
  const struct program *program;
};

static void *call_often(void *arg) {
  const struct caller *caller = arg;
  struct call serial = make_call(caller->program),
              call = make_call(caller->program);
  int i;
  run(&serial, NULL);
  for (i = 0; i < 3; ++i) {
    run(&call, caller->exec);
    check_same(&call, &serial);
  }
  end_call(&serial);
  end_call(&call);
  return NULL;
}

static void check_concurrent(const atled_exec *exec) {
  enum { CALLERS = 6 };
  struct caller callers[CALLERS];
  pthread_t threads[CALLERS];
  int i;
  for (i = 0; i < CALLERS; ++i) {
    callers[i].exec = exec;
    callers[i].program = &programs[i % PROGRAMS];
    CHECK(pthread_create(&threads[i], NULL, call_often, &callers[i]) == 0);
  }
  for (i = 0; i < CALLERS; ++i)
    pthread_join(threads[i], NULL);
}

/* Chunks that call functions themselves, on the same pool. */
static void call_inside(void *arg, int64_t chunk) {
  struct caller caller = *(struct caller *)arg;
  caller.program = &programs[chunk % PROGRAMS];
  call_often(&caller);
}

static void check_nested(const atled_exec *exec) {
  struct caller caller;
  caller.exec = exec;
  caller.program = NULL;
  exec->parallel_for(exec->ctx, 6, call_inside, &caller);
}

/* A pool that was made before computes as its caller does now. */
static void check_rounding(const atled_exec *exec) {
  const struct program *program = &programs[PROGRAMS - 1];
  struct call serial = make_call(program), call = make_call(program),
              nearest = make_call(program);
  run(&nearest, exec);
  CHECK(fesetround(FE_UPWARD) == 0);
  run(&serial, NULL);
  run(&call, exec);
  CHECK(fesetround(FE_TONEAREST) == 0);
  check_same(&call, &serial);
  CHECK(memcmp(call.out[1], nearest.out[1], program->out[1] * 4) != 0);
  end_call(&serial);
  end_call(&call);
  end_call(&nearest);
}

static void check_pool(void) {
  atled_threads *pool;
  atled_exec exec;
  CHECK(atled_threads_create(&pool, ATLED_THREADS_MAX + 1) == EINVAL && !pool);
  CHECK(atled_threads_create(NULL, 2) == EINVAL);
  CHECK(atled_threads_count(NULL) == 1 &&
        !atled_threads_exec(NULL).parallel_for);
  CHECK(atled_threads_create(&pool, 0) == 0);
  CHECK(atled_threads_count(pool) >= 1);
  atled_threads_destroy(pool);
  atled_threads_destroy(NULL);
  CHECK(atled_threads_create(&pool, 3) == 0);
  exec = atled_threads_exec(pool);
  check_concurrent(&exec);
  check_nested(&exec);
  check_rounding(&exec);
  atled_threads_destroy(pool);
}

int main(void) {
  int i;
  programs[LAYER].workspace = layer_vjp_workspace_bytes(rows);
  for (i = 0; i < PROGRAMS; ++i)
    check_program(&programs[i]);
  check_pool();
  puts("the same bits");
  return 0;
}
