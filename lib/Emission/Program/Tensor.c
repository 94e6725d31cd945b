/* Tensor.c - Tensors and calls of a program around an object.
 *
 * Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
 * SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
 */

/*===-- Tensors and calls --===*/

#include <ctype.h>
#include <errno.h>
#include <inttypes.h>
#include <limits.h>
#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

/* What tells whether two paths lead to one file. */
#if defined __unix__ || defined __APPLE__
#include <sys/stat.h>
#endif

enum kind {
  ATLED_I1,
  ATLED_I8,
  ATLED_I16,
  ATLED_I32,
  ATLED_I64,
  ATLED_UI8,
  ATLED_UI16,
  ATLED_UI32,
  ATLED_UI64,
  ATLED_F16,
  ATLED_BF16,
  ATLED_F32,
  ATLED_F64
};

static const struct kind_info {
  const char *name, *npy;
  size_t bytes;
} atled_kinds[] = {{"i1", "|b1", 1},   {"i8", "|i1", 1},   {"i16", "<i2", 2},
                   {"i32", "<i4", 4},  {"i64", "<i8", 8},  {"ui8", "|u1", 1},
                   {"ui16", "<u2", 2}, {"ui32", "<u4", 4}, {"ui64", "<u8", 8},
                   {"f16", "<f2", 2},  {"bf16", "<V2", 2}, {"f32", "<f4", 4},
                   {"f64", "<f8", 8}};

struct tensor {
  const char *name;
  enum kind kind;
  int rank;
  /* One that calls tell is -1 in the tables. */
  const int64_t *dims;
  int accumulates;
  /* Of an output: the input that is donated to it, or that it is the gradient
   * with respect to; of an input: the output that it is the seed of. Or -1. */
  int donated, gradient_of, seed_of;
};

struct function {
  const char *name;
  int32_t (*call)(const void *const *, void *const *, const int64_t *, void *,
                  size_t, const atled_exec *);
  int32_t (*cpu_ok)(void);
  /* NULL where the object does not tell. */
  const char *(*where)(const void *);
  /* NULL where all dimensions are known. */
  size_t (*get_workspace_bytes)(const int64_t *);
  /* NULL where inputs have the dimensions that a call takes. */
  int32_t (*get_input_dims)(const int64_t *, int64_t *);
  /* NULL where all dimensions of outputs are known. */
  int32_t (*get_output_dims)(const int64_t *, int64_t *);
  const struct tensor *inputs, *outputs;
  int num_inputs, num_outputs;
  size_t workspace_bytes;
  /* The input that begins with the dimensions that a call takes, or -1 where
   * inputs have these; and how many they are. */
  int told_by, num_dims;
  /* Whether this is a derivative whose gradients can be checked, and the
   * function with the values if that is another one, or -1. */
  int is_gradient, primal;
};

static const char *atled_program_name = "program";

/* Prints a message and ends the program. */
static void atled_fail(const char *format, ...) {
  va_list arguments;
  fprintf(stderr, "%s: ", atled_program_name);
  va_start(arguments, format);
  vfprintf(stderr, format, arguments);
  va_end(arguments);
  fputc('\n', stderr);
  exit(1);
}

static int64_t atled_count_elements(const struct tensor *tensor) {
  int64_t count = 1;
  int i;
  for (i = 0; i < tensor->rank; ++i)
    count *= tensor->dims[i];
  return count;
}

static size_t atled_count_bytes(const struct tensor *tensor) {
  return (size_t)atled_count_elements(tensor) * atled_kinds[tensor->kind].bytes;
}

/* Prints a shape as Python writes it, with ? for what a call tells. */
static void atled_print_shape(FILE *file, int rank, const int64_t *dims) {
  int i;
  fputc('(', file);
  for (i = 0; i < rank; ++i) {
    fputs(i ? ", " : "", file);
    if (dims[i] < 0)
      fputc('?', file);
    else
      fprintf(file, "%" PRId64, dims[i]);
  }
  fputs(rank == 1 ? ",)" : ")", file);
}

/* All memory, the latest first. */
static struct allocation {
  struct allocation *next;
} *atled_allocations;

static void atled_free_all(void) {
  while (atled_allocations) {
    struct allocation *next = atled_allocations->next;
    free(atled_allocations);
    atled_allocations = next;
  }
}

/* Zeros, aligned as a workspace; they live as long as the program. */
static void *atled_allocate(size_t bytes) {
  size_t more = sizeof(struct allocation) + ATLED_WORKSPACE_ALIGN;
  struct allocation *memory =
      bytes > SIZE_MAX - more ? NULL : calloc(bytes + more, 1);
  char *begin;
  if (!memory)
    atled_fail("there is not enough memory for %zu bytes", bytes);
  if (!atled_allocations)
    atexit(atled_free_all);
  begin = (char *)(memory + 1);
  memory->next = atled_allocations;
  atled_allocations = memory;
  return begin + ATLED_WORKSPACE_ALIGN -
         (uintptr_t)begin % ATLED_WORKSPACE_ALIGN;
}

static double atled_from_half(uint16_t bits) {
  int exponent = bits >> 10 & 31, fraction = bits & 1023;
  double size = exponent == 31 ? (fraction ? (double)NAN : (double)INFINITY)
                : exponent     ? ldexp(1024 + fraction, exponent - 25)
                               : ldexp(fraction, -24);
  return bits >> 15 ? -size : size;
}

static double atled_from_bfloat(uint16_t bits) {
  uint32_t wide = (uint32_t)bits << 16;
  float number;
  memcpy(&number, &wide, sizeof number);
  return number;
}

/* An element as a number; an integer of 64 bits may be rounded. */
static double atled_get_number(enum kind kind, const void *data, int64_t i) {
  switch (kind) {
  case ATLED_I1:
  case ATLED_UI8:
    return ((const uint8_t *)data)[i];
  case ATLED_I8:
    return ((const int8_t *)data)[i];
  case ATLED_I16:
    return ((const int16_t *)data)[i];
  case ATLED_I32:
    return ((const int32_t *)data)[i];
  case ATLED_I64:
    return (double)((const int64_t *)data)[i];
  case ATLED_UI16:
    return ((const uint16_t *)data)[i];
  case ATLED_UI32:
    return ((const uint32_t *)data)[i];
  case ATLED_UI64:
    return (double)((const uint64_t *)data)[i];
  case ATLED_F16:
    return atled_from_half(((const uint16_t *)data)[i]);
  case ATLED_BF16:
    return atled_from_bfloat(((const uint16_t *)data)[i]);
  case ATLED_F32:
    return ((const float *)data)[i];
  case ATLED_F64:
    break;
  }
  return ((const double *)data)[i];
}

static int atled_is_float(enum kind kind) { return kind >= ATLED_F16; }

/* Rounds to the nearest number of 16 bits, of equally near ones to the even:
 * with a significand of so many bits, in units of 2^least where it is small. */
static uint16_t atled_to_16_bits(double number, int precision, int least) {
  uint16_t sign = signbit(number) ? 0x8000 : 0;
  uint16_t infinity = precision == 11 ? 0x7c00 : 0x7f80;
  int exponent, unit;
  double bits;
  if (isnan(number))
    return sign | infinity | (uint16_t)(1 << (precision - 2));
  if (isinf(number) || number == 0)
    return sign | (number == 0 ? 0 : infinity);
  (void)frexp(number, &exponent);
  unit = exponent - precision > least ? exponent - precision : least;
  bits = ldexp(unit - least, precision - 1) +
         nearbyint(ldexp(fabs(number), -unit));
  return sign | (bits < infinity ? (uint16_t)bits : infinity);
}

/* Stores a number of floating point. */
static void atled_set_number(enum kind kind, void *data, int64_t i,
                             double number) {
  if (kind == ATLED_F64)
    ((double *)data)[i] = number;
  else if (kind == ATLED_F32)
    ((float *)data)[i] = (float)number;
  else
    ((uint16_t *)data)[i] = kind == ATLED_F16
                                ? atled_to_16_bits(number, 11, -24)
                                : atled_to_16_bits(number, 8, -133);
}

/* A call that can be made again and again. */
struct call {
  const struct function *function;
  /* Those of the function, with every dimension known. */
  struct tensor *inputs, *outputs;
  const int64_t *dims;
  const void **in;
  void **out;
  void *workspace;
  size_t workspace_bytes;
};

static struct tensor *atled_copy_tensors(const struct tensor *tensors,
                                         int count) {
  struct tensor *copy = atled_allocate((size_t)count * sizeof *copy);
  if (count)
    memcpy(copy, tensors, (size_t)count * sizeof *copy);
  return copy;
}

/* With inputs, and the dimensions of those, to be filled in. */
static struct call atled_start(const struct function *function) {
  struct call call;
  call.function = function;
  call.inputs = atled_copy_tensors(function->inputs, function->num_inputs);
  call.outputs = atled_copy_tensors(function->outputs, function->num_outputs);
  call.dims = NULL;
  call.in = atled_allocate((size_t)function->num_inputs * sizeof *call.in);
  call.out = atled_allocate((size_t)function->num_outputs * sizeof *call.out);
  call.workspace_bytes = function->workspace_bytes;
  return call;
}

static int64_t *atled_allocate_dims(const struct tensor *tensors, int count) {
  size_t most = 0;
  int i;
  for (i = 0; i < count; ++i)
    most += (size_t)tensors[i].rank;
  return atled_allocate(most * sizeof(int64_t));
}

/* Whether the inputs are as large as what a call of these dimensions takes. */
static int atled_inputs_fit(const struct call *call, const int64_t *dims,
                            const int64_t *input_dims) {
  const struct function *function = call->function;
  int64_t *expected;
  int i, num_dims = 0;
  if (call->workspace_bytes == SIZE_MAX)
    return 0;
  if (!function->get_input_dims)
    return 1;
  expected = atled_allocate_dims(function->inputs, function->num_inputs);
  (void)function->get_input_dims(dims, expected);
  for (i = 0; i < function->num_inputs; ++i) {
    int d;
    for (d = 0; d < function->inputs[i].rank; ++d)
      if (function->inputs[i].dims[d] < 0) {
        if (input_dims[num_dims] != expected[num_dims])
          return 0;
        ++num_dims;
      }
  }
  return 1;
}

/* The dynamic dimensions of the inputs, or what residuals are for, say all
 * others. */
static void atled_find_dims(struct call *call) {
  const struct function *function = call->function;
  int64_t *input_dims =
      atled_allocate_dims(function->inputs, function->num_inputs);
  int64_t *output_dims =
      atled_allocate_dims(function->outputs, function->num_outputs);
  int64_t *dims = input_dims;
  int i, d, next = 0, told_by = function->told_by;
  for (i = 0; i < function->num_inputs; ++i)
    for (d = 0; d < function->inputs[i].rank; ++d)
      if (function->inputs[i].dims[d] < 0)
        input_dims[next++] = call->inputs[i].dims[d];
  if (told_by >= 0) {
    size_t bytes = (size_t)function->num_dims * sizeof(int64_t);
    dims = atled_allocate(bytes);
    memset(dims, 0, bytes);
    if (atled_count_bytes(&call->inputs[told_by]) >= bytes)
      memcpy(dims, call->in[told_by], bytes);
  }
  call->dims = dims;
  call->workspace_bytes = function->get_workspace_bytes(dims);
  if (!atled_inputs_fit(call, dims, input_dims)) {
    fprintf(stderr, "%s: the sizes of the inputs of %s do not fit together:",
            atled_program_name, function->name);
    for (i = 0; i < function->num_inputs; ++i) {
      fprintf(stderr, i ? ", %s " : " %s ", function->inputs[i].name);
      atled_print_shape(stderr, function->inputs[i].rank, call->inputs[i].dims);
    }
    fputc('\n', stderr);
    exit(1);
  }
  if (function->get_output_dims)
    (void)function->get_output_dims(dims, output_dims);
  for (i = 0; i < function->num_outputs; ++i) {
    const struct tensor *output = &function->outputs[i];
    int64_t *known = atled_allocate_dims(output, 1);
    for (d = 0; d < output->rank; ++d)
      known[d] = output->dims[d] < 0 ? *output_dims++ : output->dims[d];
    call->outputs[i].dims = known;
  }
}

/* Finds memory for a call that has its inputs. Where an input is donated, it
 * is copied for each call, so that it keeps its value. */
static void atled_prepare(struct call *call) {
  int i;
  if (call->function->get_workspace_bytes)
    atled_find_dims(call);
  for (i = 0; i < call->function->num_outputs; ++i)
    call->out[i] = atled_allocate(atled_count_bytes(&call->outputs[i]));
  call->workspace = atled_allocate(call->workspace_bytes);
}

static void atled_run(struct call *call) {
  const struct function *function = call->function;
  const void **in = call->in, **donated = NULL;
  int32_t code;
  int i;
  for (i = 0; i < function->num_outputs; ++i) {
    const struct tensor *output = &call->outputs[i];
    if (output->accumulates)
      memset(call->out[i], 0, atled_count_bytes(output));
    if (output->donated < 0)
      continue;
    if (!donated) {
      donated = malloc((size_t)function->num_inputs * sizeof *in);
      if (!donated)
        atled_fail("there is not enough memory");
      memcpy(donated, call->in, (size_t)function->num_inputs * sizeof *in);
      in = donated;
    }
    memcpy(call->out[i], call->in[output->donated], atled_count_bytes(output));
    donated[output->donated] = call->out[i];
  }
  code = function->call(in, call->out, call->dims, call->workspace,
                        call->workspace_bytes, NULL);
  free(donated);
  if (code == ATLED_ERROR_EXHAUSTED_WORKSPACE) {
    uint64_t enough;
    memcpy(&enough, call->workspace, sizeof enough);
    call->workspace_bytes = (size_t)enough;
    call->workspace = atled_allocate(call->workspace_bytes);
    atled_run(call);
    return;
  }
  if (code > 0 && function->where)
    atled_fail("%s returns %" PRId32 ": %s, at %s", function->name, code,
               atled_strerror(code), function->where(call->workspace));
  if (code != ATLED_OK)
    atled_fail("%s returns %" PRId32 ": %s", function->name, code,
               atled_strerror(code));
}
