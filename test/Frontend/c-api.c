/* c-api.c - A program of C on libatled
 *
 * Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
 * SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
 */
/* clang-format off */
/*
 * RUN: %build_in_c
 * RUN: rm -rf %t.d && mkdir %t.d && cd %t.d && %t | FileCheck %s
 * RUN: %cc -std=c99 -Wall -Wextra -Werror -fsyntax-only %t.d/step.h
 * RUN: %cxx -std=c++17 -Wall -Wextra -Werror -pedantic -fsyntax-only -x c++ %include_cpp %source_dir/include/atled/atled-c.h
 * RUN: gcc -std=c99 -Wall -Wextra -Werror -pedantic -Wstrict-prototypes -fsyntax-only %include_cpp %s
 */
#include <atled/atled-c.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char program[] =
    "func.func @loss(%w: tensor<3xf64> {atled.name = \"w\"},\n"
    "                %x: tensor<3xf64> {atled.name = \"x\"})\n"
    "    -> (tensor<f64> {atled.name = \"loss\"}) {\n"
    "  %p = atled.dot %w, %x : (tensor<3xf64>, tensor<3xf64>) -> tensor<f64>\n"
    "  %y = atled.tanh %p : tensor<f64>\n"
    "  return %y : tensor<f64>\n"
    "}\n"
    "func.func @unranked(%x: tensor<*xf64>) -> tensor<*xf64> {\n"
    "  return %x : tensor<*xf64>\n"
    "}\n"
    "func.func @dynamic(%x: tensor<?xf64>) -> tensor<?xf64> {\n"
    "  return %x : tensor<?xf64>\n"
    "}\n"
    "func.func @below(%x: tensor<f64>) -> tensor<f64> {\n"
    "  %zero = atled.constant dense<0.0> : tensor<f64>\n"
    "  %is_less = atled.compare lt, %x, %zero : tensor<f64>\n"
    "  %holds = tensor.extract %is_less[] : tensor<i1>\n"
    "  cf.assert %holds, \"it is not less\"\n"
    "  return %x : tensor<f64>\n"
    "}\n"
    "func.func private @elsewhere(tensor<f64>) -> tensor<f64>\n"
    "func.func private @cube(%x: tensor<f64>) -> tensor<f64> {\n"
    "  %s = atled.mul %x, %x : tensor<f64>\n"
    "  %y = atled.mul %s, %x : tensor<f64>\n"
    "  return %y : tensor<f64>\n"
    "}\n"
    "func.func private @rule(%x: tensor<f64>, %dx: tensor<f64>) -> (tensor<f64>, tensor<f64>) {\n"
    "  %y = call @cube(%x) : (tensor<f64>) -> tensor<f64>\n"
    "  return %y, %dx : tensor<f64>, tensor<f64>\n"
    "}\n"
    "func.func private @forward(%x: tensor<f64>) -> (tensor<f64>, tensor<f64>) {\n"
    "  %y = call @cube(%x) : (tensor<f64>) -> tensor<f64>\n"
    "  return %y, %x : tensor<f64>, tensor<f64>\n"
    "}\n"
    "func.func private @reverse(%x: tensor<f64>, %dy: tensor<f64>) -> tensor<f64> {\n"
    "  %dx = atled.mul %x, %dy : tensor<f64>\n"
    "  return %dx : tensor<f64>\n"
    "}\n";

static void expect(int holds, const char *text, int line) {
  if (holds)
    return;
  fprintf(stderr, "line %d: %s does not hold\n%s\n", line, text, atled_last_error());
  exit(1);
}
#define EXPECT(condition) expect((condition) != 0, #condition, __LINE__)

/* The call is answered by this code, and a message. */
#define EXPECT_ERROR(expected, call)                                                                                   \
  do {                                                                                                                 \
    EXPECT((call) == (expected));                                                                                      \
    printf("%s\n", atled_last_error());                                                                                \
  } while (0)

static const int64_t three[] = {3};
static const int64_t wrt[] = {0};

static atled_function *parse(const char *entry) {
  atled_function *function = NULL;
  EXPECT(!atled_function_parse(program, strlen(program), "program.mlir", entry, ATLED_HERE, &function));
  return function;
}

static void test_step(void) {
  atled_function *loss = parse("loss"), *step = NULL, *again = NULL;
  const atled_signature *signature;
  double w[] = {0.5, -1, 2}, x[] = {1, 1, 0.5}, value = 0, gradient[3] = {0, 0, 0}, slope;
  const void *inputs[] = {w, x};
  void *outputs[2];
  atled_type types[2];
  int i;
  EXPECT(!atled_function_derive(loss, ATLED_VALUE_AND_GRAD, wrt, 1, ATLED_HERE, &step));
  atled_function_release(loss);
  signature = atled_function_signature(step);
  EXPECT(!strcmp(signature->name, "loss_value_and_grad") && signature->input_count == 2 && signature->output_count == 2);
  EXPECT(!strcmp(signature->input_names[0], "w") && !strcmp(signature->output_names[1], "grad_w"));
  EXPECT(signature->inputs[1].dtype == ATLED_F64 && signature->inputs[1].rank == 1 && signature->inputs[1].shape[0] == 3);
  types[0] = types[1] = signature->inputs[0];
  outputs[0] = &value;
  outputs[1] = gradient;
  EXPECT(!atled_function_call(step, types, inputs, 2, outputs, ATLED_HERE));
  slope = 1 - tanh(0.5) * tanh(0.5);
  EXPECT(fabs(value - tanh(0.5)) < 1e-15);
  for (i = 0; i < 3; i++)
    EXPECT(fabs(gradient[i] - slope * x[i]) < 1e-15);
  /* One output is not wanted. */
  outputs[1] = NULL;
  value = 0;
  EXPECT(!atled_function_call(step, types, inputs, 2, outputs, ATLED_HERE) && fabs(value - tanh(0.5)) < 1e-15);
  EXPECT(!atled_function_save(step, "step", NULL, ATLED_HERE));

  /* The text is the function. */
  EXPECT(!atled_function_parse(atled_function_text(step), strlen(atled_function_text(step)), NULL, "loss_value_and_grad", ATLED_HERE, &again));
  outputs[1] = gradient;
  memset(gradient, 0, sizeof gradient);
  EXPECT(!atled_function_call(again, types, inputs, 2, outputs, ATLED_HERE) && fabs(gradient[2] - slope * x[2]) < 1e-15);

  // CHECK: c-api.c:[[#@LINE + 1]]: error: argument 'w' of 'loss_value_and_grad' is a tensor of 3xf64, and one of 3xf32 is given
  types[0].dtype = ATLED_F32; EXPECT_ERROR(ATLED_MISUSED, atled_function_call(step, types, inputs, 2, outputs, ATLED_HERE));
  // CHECK: c-api.c:[[#@LINE + 1]]: error: argument 'w' of 'loss_value_and_grad' is given with a type that no tensor has
  types[0].dtype = -1; EXPECT_ERROR(ATLED_MISUSED, atled_function_call(step, types, inputs, 2, outputs, ATLED_HERE));
  // CHECK: c-api.c:[[#@LINE + 1]]: error: argument 'w' of 'loss_value_and_grad' is given with a type that no tensor has
  types[0].dtype = ATLED_F64; types[0].rank = INT32_MAX; EXPECT_ERROR(ATLED_MISUSED, atled_function_call(step, types, inputs, 2, outputs, ATLED_HERE));
  types[0].rank = 1;
  // CHECK: c-api.c:[[#@LINE + 1]]: error: the number of tensors given to 'loss_value_and_grad' is 1, and it takes 2
  EXPECT_ERROR(ATLED_MISUSED, atled_function_call(step, types, inputs, 1, outputs, ATLED_HERE));
  // CHECK: c-api.c:[[#@LINE + 1]]: error: 'loss_value_and_grad' failed: an input is NULL
  inputs[1] = NULL; EXPECT_ERROR(ATLED_MISUSED, atled_function_call(step, types, inputs, 2, outputs, ATLED_HERE));
  // CHECK: c-api.c:[[#@LINE + 1]]: error: the parameter '{{.*}}' is NULL, and must not be
  EXPECT_ERROR(ATLED_MISUSED, atled_function_call(step, types, NULL, 2, outputs, ATLED_HERE));
  atled_function_release(step);
  atled_function_release(again);
  atled_function_release(NULL);
}

static void test_rules(void) {
  atled_function *cube = parse("cube"), *rule = parse("rule"), *forward = parse("forward"), *reverse = parse("reverse");
  atled_function *bound = NULL, *slope = NULL, *in_place = NULL;
  double x = 3, y = 0;
  const void *in[1];
  void *out[1];
  const int64_t zero[] = {0}, one[] = {1};
  in[0] = &x;
  out[0] = &y;
  EXPECT(!atled_function_custom_jvp(cube, rule, ATLED_HERE, &bound));
  EXPECT(!atled_function_derive(bound, ATLED_GRAD, NULL, 0, ATLED_HERE, &slope));
  EXPECT(!atled_function_call(slope, atled_function_signature(slope)->inputs, in, 1, out, ATLED_HERE) && y == 1);
  atled_function_release(bound);
  atled_function_release(slope);
  EXPECT(!atled_function_custom_vjp(cube, forward, reverse, ATLED_HERE, &bound));
  EXPECT(!atled_function_derive(bound, ATLED_GRAD, NULL, 0, ATLED_HERE, &slope));
  EXPECT(!atled_function_call(slope, atled_function_signature(slope)->inputs, in, 1, out, ATLED_HERE) && y == 3);
  atled_function *loss = parse("loss");
  // CHECK: c-api.c:[[#@LINE + 1]]: error: input 'w' of 'loss' is a tensor of 3xf64, and cannot be donated to output 'loss', which is one of f64
  EXPECT_ERROR(ATLED_MISUSED, atled_function_donate(loss, zero, zero, 1, ATLED_HERE, &in_place));
  EXPECT(!atled_function_donate(cube, zero, zero, 1, ATLED_HERE, &in_place));
  // CHECK: c-api.c:[[#@LINE + 1]]: error: 'cube' failed: an output is not where the input is that is donated to it
  EXPECT_ERROR(ATLED_MISUSED, atled_function_call(in_place, atled_function_signature(cube)->inputs, in, 1, out, ATLED_HERE));
  out[0] = &x;
  EXPECT(!atled_function_call(in_place, atled_function_signature(cube)->inputs, in, 1, out, ATLED_HERE) && x == 27);
  atled_function *careful = NULL;
  EXPECT(!atled_function_check(cube, ATLED_CHECK_INDICES + ATLED_CHECK_NAN, ATLED_HERE, &careful));
  x = NAN;
  // CHECK: c-api.c:[[#@LINE + 1]]: error: 'cube' failed: {{.*}}NaN
  EXPECT_ERROR(ATLED_FAILED, atled_function_call(careful, NULL, in, 1, out, ATLED_HERE));
  atled_function_release(careful);
  /* A rule that looks makes the function one that looks. */
  atled_function *careful_rule = NULL, *careful_slope = NULL;
  EXPECT(!atled_function_check(rule, ATLED_CHECK_NAN, ATLED_HERE, &careful_rule));
  atled_function_release(bound);
  EXPECT(!atled_function_custom_jvp(cube, careful_rule, ATLED_HERE, &bound));
  EXPECT(!atled_function_derive(bound, ATLED_GRAD, NULL, 0, ATLED_HERE, &careful_slope));
  // CHECK: c-api.c:[[#@LINE + 1]]: error: 'cube_grad' failed: there is a NaN, at program.mlir:
  EXPECT_ERROR(ATLED_FAILED, atled_function_call(careful_slope, NULL, in, 1, out, ATLED_HERE));
  atled_function_release(careful_rule);
  atled_function_release(careful_slope);
  // CHECK: c-api.c:[[#@LINE + 1]]: error: 4 names no checks
  EXPECT_ERROR(ATLED_MISUSED, atled_function_check(cube, 4, ATLED_HERE, &in_place));
  // CHECK: c-api.c:[[#@LINE + 1]]: error: the number of inputs asked for is 2, and 'cube' has 1
  EXPECT_ERROR(ATLED_MISUSED, atled_function_donate(cube, zero, one, 2, ATLED_HERE, &in_place));
  // CHECK: c-api.c:[[#@LINE + 1]]: error: 'cube' has no output 1: it has 1, counted from 0
  EXPECT_ERROR(ATLED_MISUSED, atled_function_donate(cube, zero, one, 1, ATLED_HERE, &in_place));
  // CHECK: c-api.c:[[#@LINE + 1]]: error: 'cube' has no input 1: it has 1, counted from 0
  EXPECT_ERROR(ATLED_MISUSED, atled_function_donate(cube, one, zero, 1, ATLED_HERE, &in_place));
  atled_function_release(in_place);
  atled_function_release(loss);
  // CHECK: c-api.c:[[#@LINE + 1]]: error: 'ad.custom_jvp' op needs @cube to have type '(tensor<f64>, tensor<f64>) -> (tensor<f64>, tensor<f64>)'
  EXPECT_ERROR(ATLED_REFUSED, atled_function_custom_jvp(cube, cube, ATLED_HERE, &in_place));
  atled_function_release(cube);
  atled_function_release(rule);
  atled_function_release(forward);
  atled_function_release(reverse);
  atled_function_release(bound);
  atled_function_release(slope);
}

/* Two outputs in the places of two inputs, at once or one after the other. */
static void test_donations(void) {
  static const char both[] =
      "func.func @both(%x: tensor<f64> {atled.name = \"x\"}, %y: tensor<f64> {atled.name = \"y\"})\n"
      "    -> (tensor<f64> {atled.name = \"sum\"}, tensor<f64> {atled.name = \"product\"}) {\n"
      "  %s = atled.add %x, %y : tensor<f64>\n"
      "  %p = atled.mul %x, %y : tensor<f64>\n"
      "  return %s, %p : tensor<f64>, tensor<f64>\n"
      "}\n";
  atled_function *function = NULL, *first = NULL, *second = NULL;
  const int64_t zeros[] = {0, 0}, numbers[] = {0, 1};
  double x = 2, y = 3;
  const void *in[2];
  void *out[2];
  in[0] = out[0] = &x;
  in[1] = out[1] = &y;
  EXPECT(!atled_function_parse(both, strlen(both), "both.mlir", NULL, ATLED_HERE, &function));
  // CHECK: c-api.c:[[#@LINE + 1]]: error: input 'x' cannot be donated to output 'product': one of them is part of another donation
  EXPECT_ERROR(ATLED_MISUSED, atled_function_donate(function, zeros, numbers, 2, ATLED_HERE, &first));
  // CHECK: c-api.c:[[#@LINE + 1]]: error: input 'y' cannot be donated to output 'sum': one of them is part of another donation
  EXPECT_ERROR(ATLED_MISUSED, atled_function_donate(function, numbers, zeros, 2, ATLED_HERE, &first));
  EXPECT(!atled_function_donate(function, numbers, numbers, 1, ATLED_HERE, &first));
  EXPECT(!atled_function_donate(first, numbers + 1, numbers + 1, 1, ATLED_HERE, &second));
  EXPECT(!atled_function_call(second, NULL, in, 2, out, ATLED_HERE) && x == 5 && y == 6);
  atled_function_release(function);
  atled_function_release(first);
  atled_function_release(second);
}

static void test_files(void) {
  double numbers[] = {1, 2, 3};
  const void *data[] = {numbers};
  const char *names[] = {"numbers"};
  const int64_t huge[] = {INT64_MAX / 8};
  atled_type type;
  atled_tensors *tensors = NULL;
  type.dtype = ATLED_F64;
  type.rank = 1;
  type.shape = three;
  EXPECT(!atled_tensors_write("x.npz", names, &type, data, 1, ATLED_HERE));
  EXPECT(!atled_tensors_read("x.npz", ATLED_HERE, &tensors) && atled_tensors_count(tensors) == 1);
  EXPECT(!strcmp(atled_tensors_name(tensors, 0), "numbers") && !memcmp(atled_tensors_data(tensors, 0), numbers, sizeof numbers));
  EXPECT(!atled_tensors_name(tensors, 1) && !atled_tensors_data(tensors, 1) && !atled_tensors_type(tensors, 1).shape);
  atled_tensors_release(tensors);
  {
    const char *same[] = {"x", "x"};
    atled_type types[2];
    const void *both[2];
    types[0] = types[1] = type;
    both[0] = both[1] = numbers;
    // CHECK: c-api.c:[[#@LINE + 1]]: error: tensor 1: it has the name 'x', and so has tensor 0
    EXPECT_ERROR(ATLED_MISUSED, atled_tensors_write("x.npz", same, types, both, 2, ATLED_HERE));
  }
  // CHECK: c-api.c:[[#@LINE + 1]]: error: an .npy file has one tensor, and 0 are given
  EXPECT_ERROR(ATLED_MISUSED, atled_tensors_write("x.npy", NULL, &type, data, 0, ATLED_HERE));
  // CHECK: c-api.c:[[#@LINE + 1]]: error: tensor 0: it has elements, and none are given
  data[0] = NULL; EXPECT_ERROR(ATLED_MISUSED, atled_tensors_write("x.npy", NULL, &type, data, 1, ATLED_HERE));
  // CHECK: c-api.c:[[#@LINE + 1]]: error: tensor 0: it has no name, which an .npz file needs
  data[0] = numbers; names[0] = NULL; EXPECT_ERROR(ATLED_MISUSED, atled_tensors_write("x.npz", names, &type, data, 1, ATLED_HERE));
  // CHECK: c-api.c:[[#@LINE + 1]]: error: tensor 0: there is not enough memory for a tensor of type 1152921504606846975xf64
  type.shape = huge; EXPECT_ERROR(ATLED_MISUSED, atled_tensors_write("x.npy", NULL, &type, data, 1, ATLED_HERE));
  type.shape = three;
  // CHECK: c-api.c:[[#@LINE + 1]]: error: tensor 0: it is given with a type that no tensor has
  type.dtype = 13; EXPECT_ERROR(ATLED_MISUSED, atled_tensors_write("x.npy", NULL, &type, data, 1, ATLED_HERE));
  // CHECK: c-api.c:[[#@LINE + 1]]: error: cannot read 'no.npz': No such file or directory
  EXPECT_ERROR(ATLED_UNREADABLE, atled_tensors_read("no.npz", ATLED_HERE, &tensors));
  // CHECK: c-api.c:[[#@LINE + 1]]: error: the parameter '{{.*}}' is NULL, and must not be
  EXPECT_ERROR(ATLED_MISUSED, atled_tensors_read("x.npz", ATLED_HERE, NULL));
}

static void refuse(const char *text, const char *entry, int line) {
  atled_function *function = NULL;
  atled_location location;
  location.file = "refuse.c";
  location.line = line;
  EXPECT_ERROR(ATLED_REFUSED, atled_function_parse(text, strlen(text), "text.mlir", entry, location, &function));
  EXPECT(!function);
}

static void test_dynamic(void) {
  atled_function *dynamic = parse("dynamic");
  const int64_t shape[] = {3};
  atled_type type = {ATLED_F64, 1, NULL};
  double x[3] = {1, 2, 3}, y[3] = {0};
  int64_t extent = 0;
  const void *in[1];
  void *out[1];
  in[0] = x;
  out[0] = y;
  type.shape = shape;
  EXPECT(atled_function_signature(dynamic)->inputs[0].shape[0] == ATLED_DYNAMIC);
  EXPECT(!atled_function_output_extents(dynamic, &type, 1, ATLED_HERE, &extent) && extent == 3);
  EXPECT(!atled_function_call(dynamic, &type, in, 1, out, ATLED_HERE) && y[2] == 3);
  // CHECK: c-api.c:[[#@LINE + 1]]: error: 'dynamic' needs the types of what it is given: input 'in0' is of ?xf64
  EXPECT_ERROR(ATLED_MISUSED, atled_function_call(dynamic, NULL, in, 1, out, ATLED_HERE));
  // CHECK: c-api.c:[[#@LINE + 1]]: error: the parameter '{{.*}}' is NULL, and must not be
  EXPECT_ERROR(ATLED_MISUSED, atled_function_output_extents(dynamic, &type, 1, ATLED_HERE, NULL));
  atled_function_release(dynamic);
  {
    static const char put[] =
        "func.func @put(%x: tensor<?xf64> {atled.name = \"x\"}) -> tensor<3xf64> {\n"
        "  %zero = arith.constant 0 : index\n"
        "  %n = tensor.dim %x, %zero : tensor<?xf64>\n"
        "  %all = atled.constant dense<0.0> : tensor<3xf64>\n"
        "  %y = tensor.insert_slice %x into %all[1] [%n] [1] : tensor<?xf64> into tensor<3xf64>\n"
        "  return %y : tensor<3xf64>\n"
        "}\n";
    EXPECT(!atled_function_parse(put, strlen(put), "put.mlir", NULL, ATLED_HERE, &dynamic));
    // CHECK: c-api.c:[[#@LINE + 2]]: error: the shapes of the arguments of 'put' do not fit together: a size that follows from them is 3
    // CHECK-NEXT: put.mlir:5:8: note: it has to be less than 3 here
    EXPECT_ERROR(ATLED_MISUSED, atled_function_call(dynamic, &type, in, 1, out, ATLED_HERE));
    atled_function_release(dynamic);
  }
}

int main(void) {
  atled_function *function = NULL, *derived = NULL;
  double x = 1, y;
  const void *in[1];
  void *out[1];
  const int64_t many[] = {0, 7};
  in[0] = &x;
  out[0] = &y;
  test_step();
  test_rules();
  test_donations();
  test_files();
  test_dynamic();

  // CHECK: text.mlir:1:17: error: expected non-function type
  refuse("func.func @f(%x: tens", "f", 1);
  // CHECK: text.mlir:2:8: error: custom op 'atled.nothing' is unknown
  refuse("func.func @f(%x: tensor<f64>) -> tensor<f64> {\n  %y = atled.nothing %x : tensor<f64>\n  return %y : tensor<f64>\n}\n", "f", 1);
  // CHECK: refuse.c:2: error: there is no function 'los'; did you mean 'loss'?
  refuse(program, "los", 2);
  // CHECK: program.mlir:8:{{.*}}error: argument 0 of 'unranked' has type 'tensor<*xf64>', and a call takes tensors of known rank
  EXPECT_ERROR(ATLED_REFUSED, atled_function_parse(program, strlen(program), "program.mlir", "unranked", ATLED_HERE, &function));
  // CHECK: program.mlir:{{.*}}error: function 'elsewhere' has no body
  EXPECT_ERROR(ATLED_REFUSED, atled_function_parse(program, strlen(program), "program.mlir", "elsewhere", ATLED_HERE, &function));
  // CHECK: c-api.c:[[#@LINE + 2]]: error: the program has 4 public functions, and no name says which is meant
  // CHECK-NEXT: note: these are 'loss', 'unranked', 'dynamic', 'below'
  EXPECT_ERROR(ATLED_REFUSED, atled_function_parse(program, strlen(program), NULL, NULL, ATLED_HERE, &function));
  // CHECK: refuse.c:3: error: the program has 0 public functions, and no name says which is meant
  refuse("", NULL, 3);
  // CHECK: refuse.c:4: error: 'text.mlir' is bytecode, and a program is text here
  refuse("ML\xefR and more", NULL, 4);
  // CHECK: refuse.c:5: error: 'f_fwd' is half of a split; ask for the function that is split
  refuse("func.func @f(%x: tensor<f64>) -> tensor<f64> {\n  return %x : tensor<f64>\n}\n"
         "ad.split @f wrt = [0] forward @f_fwd reverse @f_bwd", "f_fwd", 5);
  // CHECK: c-api.c:[[#@LINE + 1]]: error: cannot read 'no.mlir': No such file or directory
  EXPECT_ERROR(ATLED_UNREADABLE, atled_function_read("no.mlir", "f", ATLED_HERE, &function));
  {
    /* The only public function needs no name, and a text no end but its length. */
    const char *text = "func.func @alone(%x: tensor<2xf64>) -> tensor<2xf64> {\n  return %x : tensor<2xf64>\n}\nnonsense";
    EXPECT(!atled_function_parse(text, strlen(text) - strlen("nonsense"), NULL, NULL, ATLED_HERE, &function));
    EXPECT(!strcmp(atled_function_signature(function)->name, "alone"));
    atled_function_release(function);
    function = NULL;
  }
  // CHECK: c-api.c:[[#@LINE + 1]]: error: the parameter '{{.*}}' is NULL, and must not be
  EXPECT_ERROR(ATLED_MISUSED, atled_function_parse(NULL, 3, NULL, "f", ATLED_HERE, &function));

  function = parse("loss");
  // CHECK: error: wrt asks for argument 7, counted from 0, and 'loss' has 2
  // CHECK-NEXT: c-api.c:[[#@LINE + 1]]: note: the derivative is asked for here
  EXPECT_ERROR(ATLED_REFUSED, atled_function_derive(function, ATLED_GRAD, many, 2, ATLED_HERE, &derived));
  int64_t backwards[] = {1, 0}, twice[] = {0, 0};
  // CHECK: c-api.c:[[#@LINE + 1]]: error: the inputs in wrt must increase: 0 comes after 1
  EXPECT_ERROR(ATLED_MISUSED, atled_function_derive(function, ATLED_GRAD, backwards, 2, ATLED_HERE, &derived));
  // CHECK: c-api.c:[[#@LINE + 1]]: error: the inputs in wrt must increase: 0 comes after 0
  EXPECT_ERROR(ATLED_MISUSED, atled_function_derive(function, ATLED_GRAD, twice, 2, ATLED_HERE, &derived));
  // CHECK: c-api.c:[[#@LINE + 1]]: error: there is no kind of derivative with the number 4
  EXPECT_ERROR(ATLED_MISUSED, atled_function_derive(function, 4, wrt, 1, ATLED_HERE, &derived));
  // CHECK: c-api.c:[[#@LINE + 1]]: error: what is saved are PATH.o, PATH.h and PATH.hpp, and PATH '' ends without a name
  EXPECT_ERROR(ATLED_MISUSED, atled_function_save(function, "", NULL, ATLED_HERE));
  // CHECK: c-api.c:[[#@LINE + 1]]: error: cannot write 'no/folder/step.o'
  EXPECT_ERROR(ATLED_UNREADABLE, atled_function_save(function, "no/folder/step", NULL, ATLED_HERE));
  EXPECT(!derived && !atled_function_text(NULL) && !atled_function_signature(NULL));
  atled_function_release(function);

  function = parse("below");
  // CHECK: c-api.c:[[#@LINE + 1]]: error: 'below' failed: an assertion in the program does not hold
  EXPECT_ERROR(ATLED_FAILED, atled_function_call(function, atled_function_signature(function)->inputs, in, 1, out, ATLED_HERE));
  atled_function_release(function);
  return 0;
}
