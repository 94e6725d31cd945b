/* Interface.h - what libatled exports
 *
 * Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
 * SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
 *
 * The narrow waist between atled.hpp, which is compiled into a program, and the
 * compiler, which is hidden in a library: C types, so that neither side sees
 * the other's C++. What is not traced but read is in atled-c.h, for any
 * program; what is here trusts atled.hpp to call it as it should be called. Use
 * that instead.
 *
 * Every function that returns an int returns 0, or another code of atled-c.h
 * after it has left a message for atled_last_error. All may be called on
 * several threads at a time; what is being traced belongs to the thread that
 * traces it.
 */
#ifndef ATLED_FRONTEND_INTERFACE_H
#define ATLED_FRONTEND_INTERFACE_H

#include "atled/atled-c.h"

#ifdef __cplusplus
extern "C" {
#endif

/* A tensor in the function with the number `trace`; 0: none. ATLED_RECORDED:
 * one that holds its elements. Whoever is given such a one owns it. */
#define ATLED_RECORDED UINT64_MAX
typedef struct atled_value {
  uint64_t trace;
  void *node;
  atled_type type;
} atled_value;

/* What a name of C++ stands for in an operand: a tensor, or a number that takes
 * the element type of those beside it. */
enum { ATLED_TENSOR, ATLED_INTEGER, ATLED_REAL, ATLED_BOOLEAN };
typedef struct atled_operand {
  int32_t kind;
  atled_value value;
  int64_t integer;
  double real;
} atled_operand;

/* What an operation takes in an operand's place. Numbers and floats are brought
 * to one element type, and so are indices; each of the others keeps its own.
 * Extents are integers that a traced function finds when it is called. */
enum {
  ATLED_NUMBERS,
  ATLED_FLOATS,
  ATLED_BOOLEANS,
  ATLED_INDICES,
  ATLED_OTHERS,
  ATLED_EXTENTS
};

/* An attribute: one of the fields, by its kind. A text is that of the attribute
 * in a program. */
enum {
  ATLED_ATTRIBUTE_INTEGER,
  ATLED_ATTRIBUTE_REAL,
  ATLED_ATTRIBUTE_STRING,
  ATLED_ATTRIBUTE_TEXT,
  ATLED_ATTRIBUTE_INTEGERS,
  ATLED_ATTRIBUTE_TENSOR,
  ATLED_ATTRIBUTE_UNIT
};
typedef struct atled_attribute {
  const char *name;
  int32_t kind;
  int32_t width; /* of an integer or of a float */
  int64_t integer;
  double real;
  const char *text;
  const int64_t *integers;
  size_t count;
  atled_type type;
  const void *data;
} atled_attribute;

typedef struct atled_operation {
  const char *name;
  const atled_operand *operands;
  const int32_t *roles; /* one for each operand */
  size_t operand_count;
  const int32_t *segments; /* how many operands each in the definition has */
  size_t segment_count;
  const atled_attribute *attributes;
  size_t attribute_count;
  const atled_type *result; /* NULL where it follows from the operands */
} atled_operation;

typedef struct atled_region atled_region;

/* Tracing a function: between begin and end, or abort, of the innermost. A name
 * may be NULL or empty. */
int atled_trace_begin(const char *name, const atled_type *types,
                      const char *const *names, size_t count,
                      atled_location location, atled_value *arguments);
int atled_trace_end(const atled_value *results, const char *const *names,
                    size_t count, atled_location location,
                    atled_function **function);
void atled_trace_abort(void);

/* Whether this thread traces a function. Where it does not, operations, calls
 * and detach take recorded tensors, run at once, and give recorded tensors. */
int32_t atled_is_tracing(void);

/* The function being traced calls itself, and returns such tensors. At most
 * `depth` calls are inside one another. */
int atled_trace_recursive(const atled_type *results, size_t count,
                          int64_t depth, atled_location location);
/* A call of the function with the number `trace` in itself. */
int atled_call_self(uint64_t trace, const atled_value *arguments, size_t count,
                    atled_location location, atled_value *results);

int atled_emit(const atled_operation *operation, atled_location location,
               atled_value *results);
int atled_detach(atled_value x, atled_location location, atled_value *result);
/* The extent of a dimension in a call of the function being traced: an i64. */
int atled_extent(atled_value x, int64_t dimension, atled_location location,
                 atled_value *result);
int atled_call(atled_function *function, const atled_value *arguments,
               size_t count, atled_location location, atled_value *results);

/* A call, and its derivative with respect to the inputs `wrt` as a linear map,
 * which `atled_apply` alone takes: to tangents, or, `transposed`, to
 * cotangents. All are real numbers. */
int atled_linearize(atled_function *function, const int64_t *wrt,
                    size_t wrt_count, const atled_value *arguments,
                    size_t count, atled_location location, atled_value *results,
                    atled_value *map);
int atled_apply(atled_value map, int32_t transposed, const atled_value *vectors,
                size_t count, atled_location location, atled_value *results);

/* The body of a branch or a loop. One that is ended goes into an operation, or
 * is dropped. One that is `counted` has the number of the iteration, a tensor
 * of i64, as an argument in front of the others. */
int atled_region_begin(const atled_type *types, size_t count, int32_t counted,
                       atled_location location, atled_value *arguments);
int atled_region_end(const atled_value *results, size_t count,
                     atled_location location, atled_region **region);
void atled_region_abort(void);
void atled_region_drop(atled_region *region);

/* The operations with regions, which take them over whether or not they fail.
 * `results` are as many as those of a region, or as `initial`. A loop runs at
 * most `max_iterations` times, or any number of times where that is 0. */
int atled_if(atled_value condition, atled_region *then, atled_region *otherwise,
             atled_location location, atled_value *results);
int atled_switch(atled_value index, atled_region *const *branches, size_t count,
                 atled_location location, atled_value *results);
int atled_for(const atled_operand *lower, const atled_operand *upper,
              const atled_value *initial, size_t count, atled_region *body,
              int64_t max_iterations, atled_location location,
              atled_value *results);
int atled_while(const atled_value *initial, size_t count,
                atled_region *condition, atled_region *body,
                int64_t max_iterations, atled_location location,
                atled_value *results);
int atled_checkpoint(atled_region *body, atled_location location,
                     atled_value *results);

/* Recorded tensors. The elements are row-major and nobody's to change. */
void atled_tensor_release(void *node);
const void *atled_tensor_data(atled_value x);

/* Whether `x`, which no operation has made, is to have a gradient. */
int atled_tensor_require_gradient(atled_value x, int32_t required,
                                  atled_location location);
/* What has come back to `x` so far; with the trace 0 where nothing has. */
int atled_tensor_gradient(atled_value x, atled_location location,
                          atled_value *gradient);
int atled_tensor_clear_gradient(atled_value x, atled_location location);

/* Carries a seed, ones where it is NULL and `y` is one number, back to all that
 * `y` was computed from. What this needs is freed, or kept for another time, or
 * kept while the way back is recorded as well. */
enum { ATLED_FREE_GRAPH, ATLED_RETAIN_GRAPH, ATLED_CREATE_GRAPH };
int atled_tensor_backward(atled_value y, const atled_value *seed, int32_t graph,
                          atled_location location);

/* Whether operations of this thread are not recorded for a way back. Returns
 * what held before. */
int32_t atled_pause_recording(int32_t paused);

/* What operations of this thread that run at once look at, as
 * atled_function_check has it. Returns what held before. */
int32_t atled_check_operations(int32_t checks);

/* How many functions this process has compiled into memory. */
int64_t atled_compiled_functions(void);

/* A tensor as a person reads it, until the next call on this thread. */
const char *atled_array_text(atled_type type, const void *data);

/* Fills floats with standard normal numbers: the same ones for a seed. */
void atled_array_randn(int32_t dtype, void *data, size_t count, uint64_t seed);

/* Converts elements as `atled.convert` does. */
void atled_array_convert(int32_t from, const void *source, int32_t to,
                         void *target, size_t count);

#ifdef __cplusplus
}
#endif

#endif /* ATLED_FRONTEND_INTERFACE_H */
