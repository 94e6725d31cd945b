/* atled.h - the contract between a compiled function and its caller.
 *
 * Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
 * SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
 *
 * C99, freestanding. Every header that Atled writes contains this text, so an
 * object and its header are all that a program needs.
 *
 * A compiled function NAME has the uniform signature
 *
 *   int32_t NAME(const void *const *in, void *const *out,
 *                const int64_t *dims, void *workspace,
 *                size_t workspace_bytes, const atled_exec *exec);
 *
 *   in         one pointer per input, in the order of the signature. Tensors
 *              are row-major and contiguous; one of rank 0 is one element.
 *              Inputs may overlap each other. They are never written, but for
 *              one that is donated to an output.
 *   out        one pointer per output. An output overlaps no input, no other
 *              output and not the workspace. NULL: it is not wanted, and what
 *              would be computed for such outputs alone is not computed, but
 *              for what is done in one loop together with the rest. Residuals
 *              are always wanted. Where the header says so, an output is added
 *              to what is there, or is where an input is that is donated to
 *              it: both have the same address, the output is always wanted, and
 *              no other input or output overlaps them.
 *   dims       the dynamic dimensions of the inputs, one after the other; NULL
 *              if there are none. Whether they fit together is checked: a row
 *              per example and a label per example are as many.
 *   workspace  memory for temporaries, aligned to 64 bytes. Its content is
 *              arbitrary before the call and meaningless after it. The header
 *              gives its size, NAME_WORKSPACE_BYTES. That includes room for
 *              outputs that are not wanted where they are computed all the
 *              same; NAME_FULL_CALL_WORKSPACE_BYTES is what a call needs that
 *              wants every output. Where the header says so, a call may need
 *              more, depending on its inputs. A function with dynamic
 *              dimensions has
 *                size_t NAME_workspace_bytes(const int64_t *dims);
 *              instead, which is SIZE_MAX where the call would be refused.
 *   exec       how to run in parallel; NULL: on the calling thread. Outputs
 *              are the same, to the bit, whatever it is.
 *
 * Pointers in `in` and `out` are aligned to their element type. A buffer of
 * residuals, which one half of a derivative writes for the other, is aligned to
 * 64 bytes; the other half only reads it, and expects nothing but what a call
 * that returned 0 has written. Where dimensions are dynamic, both halves take
 * those of the first one's inputs, and
 *   size_t NAME_residual_bytes(const int64_t *dims);
 * tells how large the buffer is; the other half refuses one of a call with
 * other dimensions. A tensor without elements may be NULL. Elements are stored
 * as
 *
 *   f32, f64             float, double
 *   f16, bf16            uint16_t that holds the bits
 *   i1                   uint8_t that is 0 or 1
 *   i8 ... i64           int8_t ... int64_t
 *   ui8 ... ui64         uint8_t ... uint64_t
 *
 * The function allocates nothing, keeps no state, and waits for nothing but the
 * caller's own `parallel_for`: calls may run at the same time if each has a
 * workspace and outputs of its own. It returns 0, or one of the codes below.
 * Where it is negative, no output has been written; where it is positive, what
 * is in the outputs means nothing.
 *
 * NAME_cpu_ok(), without arguments, returns 1 if this machine can run what NAME
 * was compiled for, else 0; then every call returns ATLED_ERROR_PROCESSOR. The
 * processor is asked once in the life of the program, and the answer kept in
 * the object. Where the code is for every processor of the architecture, or the
 * architecture lets no program ask, nothing is kept and NAME_cpu_ok() is 1.
 *
 * An object that was compiled with `--checked` or `--check-nan` tells where in
 * the program a call has failed. Then there is
 *   const char *NAME_where(const void *workspace);
 * which takes the workspace of a call that returned a positive code, as the
 * call left it, and returns a line, which is a constant of the object:
 *   "model.mlir:12:8: 'atled.gather' along dimension 0, which takes 0 to 4"
 * It is never NULL: of a workspace that is NULL there is nothing to tell, "".
 * With `--checked` a call looks at every index that the program has promised to
 * be in range, and nothing is read or written at one that is not. With
 * `--check-nan` it looks at inputs and at results of operations, those of
 * derivatives among them: the place is the first that has a NaN. What is looked
 * at is computed for outputs that are NULL, too.
 *
 * A function that the program only declares has the same signature, and the
 * linker finds it by its name. Its `dims` and `exec` are NULL. It reads its
 * inputs, writes every element of every output, and depends on nothing else: it
 * may be called more or less often than the program says. It returns 0, or a
 * code. Then the entry returns that code at once, with outputs that mean
 * nothing whatever its sign; but for the codes that ask for a larger workspace,
 * which become ATLED_ERROR_EXTERNAL_WORKSPACE. Codes from ATLED_ERROR_EXTERNAL
 * on are for such functions alone.
 */
#ifndef ATLED_H
#define ATLED_H

#include <stddef.h>
#include <stdint.h>

/* Changes with every incompatible change of what this header says. */
#define ATLED_ABI 1

/* Alignment that every workspace needs, in bytes. */
#define ATLED_WORKSPACE_ALIGN 64

/* The largest dynamic dimension. */
#define ATLED_MAX_DIM (INT64_C(1) << 40)

/* A caller's thread pool. `size` is sizeof(atled_exec), `flags` is 0. With
 * `parallel_for` NULL everything runs on the calling thread; otherwise it calls
 * `body(arg, i)` once for each i from 0 to chunks - 1, in any order, on any
 * threads that compute in the floating-point environment of the caller, and
 * returns when all are done. Every chunk sees what was written before, and who
 * returns sees what chunks have written. How many chunks there are follows from
 * shapes alone. atled/threads.h and atled/openmp.h have pools. */
typedef struct atled_exec {
  size_t size;
  uint64_t flags;
  void *ctx;
  void (*parallel_for)(void *ctx, int64_t chunks,
                       void (*body)(void *arg, int64_t chunk), void *arg);
} atled_exec;

/* What a compiled function returns. Negative: the call broke the contract. */
#define ATLED_OK 0
#define ATLED_ERROR_NULL_INPUT (-1)
/* The array of outputs is NULL, or one that is always wanted. */
#define ATLED_ERROR_NULL_OUTPUT (-2)
#define ATLED_ERROR_MISALIGNED_INPUT (-3)
#define ATLED_ERROR_MISALIGNED_OUTPUT (-4)
#define ATLED_ERROR_NULL_WORKSPACE (-5)
#define ATLED_ERROR_MISALIGNED_WORKSPACE (-6)
/* The size that would have been enough is left at the start of the workspace,
 * as a uint64_t, if that much fits. */
#define ATLED_ERROR_SHORT_WORKSPACE (-7)
#define ATLED_ERROR_EXEC (-8)
/* An output is not where the input is that is donated to it. */
#define ATLED_ERROR_DONATION (-9)
#define ATLED_ERROR_NULL_DIMS (-10)
/* A dynamic dimension is negative or more than ATLED_MAX_DIM, two that have to
 * agree do not, or a tensor would have 2^60 bytes. */
#define ATLED_ERROR_DIMS (-11)
/* The processor lacks what the code was compiled for. */
#define ATLED_ERROR_PROCESSOR (-12)

/* Positive: these inputs ask for more than there is, or than is allowed. */
/* The workspace has the size that the header gives, and these inputs need more.
 * The size that would have been enough for the outputs that this call wants is
 * left at the start of the workspace, as a uint64_t. */
#define ATLED_ERROR_EXHAUSTED_WORKSPACE 1
/* An assertion in the program does not hold. */
#define ATLED_ERROR_ASSERTION 2
/* A loop has a step that is not positive. */
#define ATLED_ERROR_STEP 3
/* A loop would run more often, or calls be inside one another more deeply, than
 * an attribute in the program allows. */
#define ATLED_ERROR_ITERATIONS 4
#define ATLED_ERROR_DEPTH 5
/* A function that the program only declares needs more workspace than the
 * program gives it. */
#define ATLED_ERROR_EXTERNAL_WORKSPACE 6
/* With `--checked`: an index is out of range. */
#define ATLED_ERROR_INDEX 7
/* With `--check-nan`: there is a NaN. */
#define ATLED_ERROR_NAN 8
/* A size that the program computes from elements is negative, or does not fit
 * the others. */
#define ATLED_ERROR_SIZE 9
/* From here on: what such a function returns and Atled gives no meaning. */
#define ATLED_ERROR_EXTERNAL 1024

/* A sentence for a code. */
static inline const char *atled_strerror(int32_t code) {
  switch (code) {
  case ATLED_OK:
    return "success";
  case ATLED_ERROR_NULL_INPUT:
    return "an input is NULL";
  case ATLED_ERROR_NULL_OUTPUT:
    return "the array of outputs is NULL, or an output that is always wanted";
  case ATLED_ERROR_MISALIGNED_INPUT:
    return "an input is not aligned to its element type, or residuals to 64 "
           "bytes";
  case ATLED_ERROR_MISALIGNED_OUTPUT:
    return "an output is not aligned to its element type, or residuals to 64 "
           "bytes";
  case ATLED_ERROR_NULL_WORKSPACE:
    return "the workspace is NULL";
  case ATLED_ERROR_MISALIGNED_WORKSPACE:
    return "the workspace is not aligned to 64 bytes";
  case ATLED_ERROR_SHORT_WORKSPACE:
    return "the workspace is too small";
  case ATLED_ERROR_EXEC:
    return "the atled_exec has an unknown size or unknown flags";
  case ATLED_ERROR_DONATION:
    return "an output is not where the input is that is donated to it";
  case ATLED_ERROR_NULL_DIMS:
    return "the array of dynamic dimensions is NULL";
  case ATLED_ERROR_DIMS:
    return "the dynamic dimensions do not fit together, or are out of range";
  case ATLED_ERROR_PROCESSOR:
    return "the processor lacks what the code was compiled for";
  case ATLED_ERROR_EXHAUSTED_WORKSPACE:
    return "these inputs need a larger workspace";
  case ATLED_ERROR_ASSERTION:
    return "an assertion in the program does not hold";
  case ATLED_ERROR_STEP:
    return "the step of a loop is not positive";
  case ATLED_ERROR_ITERATIONS:
    return "a loop would run more often than the program allows";
  case ATLED_ERROR_DEPTH:
    return "calls would be inside one another more deeply than the program "
           "allows";
  case ATLED_ERROR_EXTERNAL_WORKSPACE:
    return "a function that the program only declares needs more workspace "
           "than the program gives it";
  case ATLED_ERROR_INDEX:
    return "an index is out of range";
  case ATLED_ERROR_NAN:
    return "there is a NaN";
  case ATLED_ERROR_SIZE:
    return "a size that the program computes is negative, or does not fit";
  default:
    return code >= ATLED_ERROR_EXTERNAL
               ? "a function that the program only declares has failed"
               : "unknown error";
  }
}

#endif /* ATLED_H */
