/* wrong-calls.c - Wrong calls by chance
 *
 * Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
 * SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
 */
/* clang-format off */
/*
 * Calls of all functions, with arguments that are right or wrong by chance. Each call succeeds, or leaves a message
 * and touches nothing; and what was right goes on to compute what it should.
 *
 * RUN: %build_in_c
 * RUN: rm -rf %t.d && mkdir %t.d && cd %t.d && %t 1 1500 && %t 2 1500
 */
#include <atled/atled-c.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static uint64_t state;

static uint64_t random_below(uint64_t bound) {
  uint64_t z = state += UINT64_C(0x9e3779b97f4a7c15);
  z = (z ^ z >> 30) * UINT64_C(0xbf58476d1ce4e5b9);
  z = (z ^ z >> 27) * UINT64_C(0x94d049bb133111eb);
  return (z ^ z >> 31) % bound;
}
/* Now and then. */
static int wrong(void) { return random_below(8) == 0; }

static const char program[] =
    "func.func @f(%x: tensor<2xf64>, %y: tensor<2xf64>) -> tensor<f64> {\n"
    "  %p = atled.dot %x, %y : (tensor<2xf64>, tensor<2xf64>) -> tensor<f64>\n"
    "  return %p : tensor<f64>\n"
    "}\n"
    "func.func @g(%x: tensor<2xf64>, %n: tensor<i32>) -> (tensor<2xf64>, tensor<i32>) {\n"
    "  %z = atled.mul %x, %x : tensor<2xf64>\n"
    "  return %z, %n : tensor<2xf64>, tensor<i32>\n"
    "}\n";

enum { POOL = 16 };
static atled_function *pool[POOL];

static atled_function **any_place(void) { return &pool[random_below(POOL)]; }
static atled_function *any_function(void) { return wrong() ? NULL : *any_place(); }

static int calls, successes;

/* Puts what a call gave, if it did, into the pool. */
static void keep(int status, atled_function *result) {
  calls++;
  if (status) {
    if (result || !*atled_last_error()) {
      fprintf(stderr, "a call returned %d, and gave something or no message\n", status);
      exit(1);
    }
    return;
  }
  successes++;
  if (result) {
    atled_function **place = any_place();
    atled_function_release(*place);
    *place = result;
  }
}

static void parse(void) {
  atled_function *result = NULL;
  size_t length = wrong() ? random_below(sizeof program) : sizeof program - 1;
  /* As large as it is said to be, so that whoever reads on is found out. */
  char *text = malloc(length + !length);
  memcpy(text, program, length);
  while (length && wrong())
    text[random_below(length)] = (char)random_below(256);
  keep(atled_function_parse(wrong() ? NULL : text, length, wrong() ? NULL : "f.mlir",
                            wrong() ? NULL : random_below(2) ? "f" : "g", ATLED_HERE, &result),
       result);
  free(text);
  result = NULL;
  keep(atled_function_read(wrong() ? NULL : "there-is-no.mlir", "f", ATLED_HERE, wrong() ? NULL : &result), result);
}

static void derive(void) {
  atled_function *result = NULL;
  int64_t wrt[3];
  int i;
  for (i = 0; i < 3; i++)
    wrt[i] = wrong() ? (int64_t)random_below(UINT64_MAX) : (int64_t)random_below(2);
  keep(atled_function_derive(any_function(), wrong() ? (int32_t)random_below(UINT32_MAX) : (int32_t)random_below(4),
                             wrong() ? NULL : wrt, wrong() ? SIZE_MAX : random_below(4), ATLED_HERE, &result),
       result);
}

static void bind(void) {
  atled_function *result = NULL;
  int64_t numbers[2][2];
  int i, status;
  for (i = 0; i < 2; i++) {
    numbers[i][0] = wrong() ? -1 : (int64_t)random_below(3);
    numbers[i][1] = wrong() ? INT64_MAX : (int64_t)random_below(3);
  }
  switch (random_below(4)) {
  case 0:
    status = atled_function_check(any_function(), wrong() ? -1 : (int32_t)random_below(4), ATLED_HERE, &result);
    break;
  case 1:
    status = atled_function_custom_vjp(any_function(), any_function(), any_function(), ATLED_HERE, &result);
    break;
  case 2:
    status = atled_function_custom_jvp(any_function(), any_function(), ATLED_HERE, &result);
    break;
  default:
    status = atled_function_donate(any_function(), wrong() ? NULL : numbers[0], wrong() ? NULL : numbers[1],
                                   random_below(3), ATLED_HERE, &result);
  }
  keep(status, result);
}

/* The bytes of a tensor of this signature, which are few. */
static size_t size_of(const atled_type *type) {
  size_t bytes = type->dtype == ATLED_F64 ? 8 : 4;
  int32_t i;
  for (i = 0; i < type->rank; i++)
    bytes *= (size_t)type->shape[i];
  return bytes;
}

/* Nothing that these programs compute can fail. */
static void expect_misused(int status, int is_wrong) {
  if (status == ATLED_FAILED || (is_wrong && status != ATLED_MISUSED && status != ATLED_REFUSED)) {
    fprintf(stderr, "a call that is %s returned %d: %s\n", is_wrong ? "wrong" : "right", status, atled_last_error());
    exit(1);
  }
}

static void call(void) {
  atled_function *function = any_function();
  const atled_signature *signature = atled_function_signature(function);
  atled_type types[16];
  void *in[16] = {0}, *out[16] = {0};
  int64_t extents[16 * 4];
  size_t count = signature ? signature->input_count : 2, given = wrong() ? random_below(20) : count, i;
  int is_wrong = !function || given != count, status;
  if (count > 16 || (signature && signature->output_count > 16))
    return;
  for (i = 0; signature && i < count; i++) {
    types[i] = signature->inputs[i];
    in[i] = wrong() ? NULL : calloc(1, size_of(&types[i]));
    is_wrong |= !in[i];
    if (wrong())
      types[i].dtype = (int32_t)random_below(20) - 3;
    if (wrong())
      types[i].rank = wrong() ? INT32_MAX : (int32_t)random_below(4) - 1;
    if (wrong())
      types[i].shape = NULL;
  }
  for (i = 0; signature && i < signature->output_count; i++)
    out[i] = wrong() ? NULL : malloc(size_of(&signature->outputs[i]));
  status = atled_function_call(function, wrong() ? NULL : types, wrong() ? NULL : (const void *const *)in, given,
                               wrong() ? NULL : (void *const *)out, ATLED_HERE);
  expect_misused(status, is_wrong);
  keep(status, NULL);
  /* What is asked of the types alone does not look at the inputs. */
  status = atled_function_output_extents(function, wrong() ? NULL : types, given, ATLED_HERE, wrong() ? NULL : extents);
  expect_misused(status, !function || given != count);
  keep(status, NULL);
  for (i = 0; i < 16; i++) {
    free(in[i]);
    free(out[i]);
  }
}

/* Changes a byte of a file, or cuts it off. */
static void damage(const char *path) {
  char bytes[4096];
  size_t count = 0;
  FILE *file = fopen(path, "rb");
  if (file) {
    count = fread(bytes, 1, sizeof bytes, file);
    fclose(file);
  }
  if (!count)
    return;
  bytes[random_below(count)] = (char)random_below(256);
  file = fopen(path, "wb");
  fwrite(bytes, 1, random_below(4) ? count : random_below(count), file);
  fclose(file);
}

static void files(void) {
  double numbers[4] = {1, 2, 3, 4};
  int64_t shape[2] = {2, 2};
  const void *data[2];
  const char *names[2] = {"a", "b"};
  const char *path = wrong() ? NULL : random_below(2) ? "x.npz" : "x.npy";
  atled_type types[2];
  atled_tensors *tensors = NULL;
  size_t i;
  for (i = 0; i < 2; i++) {
    data[i] = wrong() ? NULL : numbers;
    types[i].dtype = wrong() ? (int32_t)random_below(UINT32_MAX) : ATLED_F64;
    types[i].rank = wrong() ? -1 : (int32_t)random_below(3);
    types[i].shape = wrong() ? NULL : shape;
    if (wrong())
      shape[i] = -1;
    if (wrong())
      names[i] = NULL;
  }
  keep(atled_tensors_write(path, random_below(2) ? NULL : names, wrong() ? NULL : types, wrong() ? NULL : data,
                           random_below(3), ATLED_HERE),
       NULL);
  if (path && wrong())
    damage(path);
  keep(atled_tensors_read(path, ATLED_HERE, wrong() ? NULL : &tensors), NULL);
  for (i = 0; i < 3; i++) {
    atled_type type = atled_tensors_type(tensors, i);
    if (atled_tensors_name(tensors, i) && type.rank >= 0 && !atled_tensors_data(tensors, i) && type.rank == 0)
      exit(1);
  }
  (void)atled_tensors_count(tensors);
  atled_tensors_release(tensors);
}

static void look(void) {
  atled_function *function = any_function();
  const char *text = atled_function_text(function);
  if ((text != NULL) != (function != NULL))
    exit(1);
  if (random_below(8) == 0)
    keep(atled_function_save(function, wrong() ? NULL : "saved", wrong() ? "no-such-processor" : NULL, ATLED_HERE), NULL);
  if (random_below(4) == 0) {
    atled_function **place = any_place();
    atled_function_release(*place);
    *place = NULL;
  }
}

/* What was right is still right. */
static void check(void) {
  static const int64_t wrt[] = {1};
  atled_function *f = NULL, *slope = NULL;
  double x[] = {3, 4}, y[] = {5, 6}, gradient[2] = {0, 0};
  const void *in[2];
  void *out[1];
  in[0] = x;
  in[1] = y;
  out[0] = gradient;
  if (atled_function_parse(program, sizeof program - 1, NULL, "f", ATLED_HERE, &f) ||
      atled_function_derive(f, ATLED_GRAD, wrt, 1, ATLED_HERE, &slope) ||
      atled_function_call(slope, atled_function_signature(slope)->inputs, in, 2, out, ATLED_HERE) ||
      gradient[0] != 3 || gradient[1] != 4) {
    fprintf(stderr, "the gradient is wrong: %s\n", atled_last_error());
    exit(1);
  }
  atled_function_release(f);
  atled_function_release(slope);
}

int main(int argc, char **argv) {
  int i, rounds = argc > 2 ? atoi(argv[2]) : 1000;
  static void (*const all[])(void) = {parse, derive, bind, call, files, look};
  state = argc > 1 ? (uint64_t)atoi(argv[1]) : 0;
  for (i = 0; i < rounds; i++)
    all[random_below(sizeof all / sizeof all[0])]();
  check();
  for (i = 0; i < POOL; i++)
    atled_function_release(pool[i]);
  printf("%d calls, %d of them right\n", calls, successes);
  /* Neither all nor none. */
  return calls < rounds / 2 || successes < calls / 8 || successes > calls - calls / 8;
}
