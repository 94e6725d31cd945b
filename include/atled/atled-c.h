/* atled-c.h - Atled for programs of C, and of what can call C
 *
 * Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
 * SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
 *
 * Reads programs from text, differentiates them, compiles them in memory and
 * runs them, or writes objects. C99; needs libatled.
 *
 *   atled_function *loss = NULL, *step = NULL;
 *   const int64_t wrt[] = {0};
 *   if (atled_function_read("loss.mlir", "loss", ATLED_HERE, &loss) ||
 *       atled_function_derive(loss, ATLED_VALUE_AND_GRAD, wrt, 1, ATLED_HERE,
 *                             &step))
 *     puts(atled_last_error());
 *
 * Every function that returns an int returns ATLED_SUCCESS, or another of the
 * codes below after it has left a message for atled_last_error; then it has
 * given nothing. A wrong number, a null pointer or a type that does not fit is
 * such an error. What nobody can see to be wrong is not: a pointer to less than
 * there should be, or to what has been released.
 *
 * All may be called on several threads at a time, and one function may be
 * called on several. What a function gives through its last parameter belongs
 * to the caller, who releases it, in any order; texts and types belong to what
 * they are about. No function keeps a pointer that it is given.
 */
#ifndef ATLED_C_H
#define ATLED_C_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/* Codes, which keep their numbers. */
enum {
  ATLED_SUCCESS = 0,
  /* A program, or what is asked of it, is wrong. */
  ATLED_REFUSED = 1,
  /* The call is wrong: nothing was done. */
  ATLED_MISUSED = 2,
  /* A file cannot be read or written, or is not what it should be. */
  ATLED_UNREADABLE = 3,
  /* The function ran, and something that only running tells is wrong. */
  ATLED_FAILED = 4
};

/* The message of this thread's last failure, until its next: `file:line: error:
 * ...`, the place only where it is known, with notes on further lines. */
const char *atled_last_error(void);

/* A place in the caller's program, with which messages about a call begin. */
typedef struct atled_location {
  const char *file; /* NULL: unknown */
  int32_t line;
} atled_location;
#ifdef __cplusplus
#define ATLED_HERE                                                             \
  atled_location { __FILE__, __LINE__ }
#else
#define ATLED_HERE ((atled_location){__FILE__, __LINE__})
#endif

/* Types of elements. */
enum {
  ATLED_I1, /* one byte, 0 or 1 */
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

/* An extent of a function's tensor that each call says anew. */
#define ATLED_DYNAMIC INT64_MIN

/* A tensor's type. Tensors are row-major. A type that the library gives lives
 * as long as what it belongs to. */
typedef struct atled_type {
  int32_t dtype;
  int32_t rank; /* at most 64 */
  const int64_t *shape;
} atled_type;

/*===-- Functions --===*/

typedef struct atled_function atled_function;

/* What a function takes and returns. */
typedef struct atled_signature {
  const char *name;
  size_t input_count, output_count;
  const atled_type *inputs, *outputs;
  const char *const *input_names, *const *output_names;
} atled_signature;

/* The function `entry` of a program, or its only public one where that is NULL:
 * of `length` bytes of text, which messages call `file` (it may be NULL), or of
 * a file. It takes and returns tensors of known rank. */
int atled_function_parse(const char *text, size_t length, const char *file,
                         const char *entry, atled_location location,
                         atled_function **function);
int atled_function_read(const char *path, const char *entry,
                        atled_location location, atled_function **function);

/* NULL may be released, too. */
void atled_function_release(atled_function *function);

/* It lives as long as the function. NULL has none. */
const atled_signature *atled_function_signature(const atled_function *function);

/* A derivative with respect to the inputs `wrt`, counted from 0 and increasing;
 * to all that have a derivative where `count` is 0. The gradients of a function
 * of one real number; its value, then the gradients; of what takes a seed for
 * each output, the outputs and then the cotangents; of what takes tangents, the
 * outputs and then theirs. It is a function like any other. */
enum { ATLED_GRAD, ATLED_VALUE_AND_GRAD, ATLED_VJP, ATLED_JVP };
int atled_function_derive(const atled_function *function, int32_t kind,
                          const int64_t *wrt, size_t count,
                          atled_location location, atled_function **derivative);

/* The function with a reverse mode of its own: `forward` takes what it takes,
 * and returns its outputs, then residuals; `reverse` takes these, then the
 * outputs' cotangents, and returns the inputs'. */
int atled_function_custom_vjp(const atled_function *function,
                              const atled_function *forward,
                              const atled_function *reverse,
                              atled_location location, atled_function **result);

/* The function with a forward mode of its own: `rule` takes the inputs, then
 * their tangents, and returns the outputs, then theirs. */
int atled_function_custom_jvp(const atled_function *function,
                              const atled_function *rule,
                              atled_location location, atled_function **result);

/* The function in which outputs take the places of inputs, each of the same
 * type: a call passes one address for both. Those of a function that has such
 * outputs already stay. */
int atled_function_donate(const atled_function *function, const int64_t *inputs,
                          const int64_t *outputs, size_t count,
                          atled_location location, atled_function **result);

/* The function whose code looks at what only a run tells, and says in which
 * line of the program it fails: any of these, added up. Its derivatives do so
 * as well. */
enum { ATLED_CHECK_INDICES = 1, ATLED_CHECK_NAN = 2 };
int atled_function_check(const atled_function *function, int32_t checks,
                         atled_location location, atled_function **result);

/* The extents of all outputs, of one after the other, of a call with inputs of
 * these types. */
int atled_function_output_extents(atled_function *function,
                                  const atled_type *types, size_t count,
                                  atled_location location, int64_t *extents);

/* Runs the function, which is compiled for this machine by the first call.
 * `types` are those of the `count` inputs, and are checked; NULL: what the
 * signature says, if it says all. No input is NULL, also of no elements. An
 * output that is NULL is not wanted; the others have room for what the
 * signature says, or `atled_function_output_extents`. After ATLED_FAILED there
 * is anything in them. */
int atled_function_call(atled_function *function, const atled_type *types,
                        const void *const *inputs, size_t count,
                        void *const *outputs, atled_location location);

/* Writes `path`.o, `path`.h and `path`.hpp. The processor is what every one of
 * the architecture is where `cpu` is NULL or empty, or "native". */
int atled_function_save(const atled_function *function, const char *path,
                        const char *cpu, atled_location location);

/* The program as text. It lives as long as the function. NULL has none. */
const char *atled_function_text(const atled_function *function);

/*===-- Tensors in NumPy's files --===*/

/* What a file has: of an .npy file one tensor, without a name, of an .npz file
 * any number. Which it is, says the content. */
typedef struct atled_tensors atled_tensors;
int atled_tensors_read(const char *path, atled_location location,
                       atled_tensors **tensors);
void atled_tensors_release(atled_tensors *tensors);
size_t atled_tensors_count(const atled_tensors *tensors);
/* They live as long as the tensors. Where there are fewer than `index`: NULL,
 * and a type of no rank. */
const char *atled_tensors_name(const atled_tensors *tensors, size_t index);
atled_type atled_tensors_type(const atled_tensors *tensors, size_t index);
const void *atled_tensors_data(const atled_tensors *tensors, size_t index);

/* Writes an .npz file of tensors with different names, or, where `names` is
 * NULL, an .npy file of one tensor. */
int atled_tensors_write(const char *path, const char *const *names,
                        const atled_type *types, const void *const *data,
                        size_t count, atled_location location);

#ifdef __cplusplus
}
#endif

#endif /* ATLED_C_H */
