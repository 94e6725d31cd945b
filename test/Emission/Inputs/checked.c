/* checked.c - Calls functions with indices in and out of range. What a failure
 * returns is printed, with its place. Inputs cannot be written, and every
 * buffer ends where its memory ends or begins where it begins: who reads or
 * writes outside is stopped.
 *
 * Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
 * SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
 */
#define _DEFAULT_SOURCE
#include "checked.h"
#include "check.h"
#include <inttypes.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

typedef int32_t call(const void *const *, void *const *, const int64_t *,
                     void *, size_t, const atled_exec *);

#define FUNCTION(name, macro, elements)                                        \
  {#name,                                                                      \
   name,                                                                       \
   name##_vjp,                                                                 \
   name##_where,                                                               \
   name##_vjp_where,                                                           \
   macro##_WORKSPACE_BYTES,                                                    \
   macro##_VJP_WORKSPACE_BYTES,                                                \
   elements}

static const struct function {
  const char *name;
  call *value, *vjp;
  const char *(*where)(const void *), *(*vjp_where)(const void *);
  size_t workspace_bytes, vjp_workspace_bytes, elements;
} functions[] = {
    FUNCTION(gather, GATHER, 2), FUNCTION(scatter, SCATTER, 6),
    FUNCTION(slice, SLICE, 2),   FUNCTION(update, UPDATE, 6),
    FUNCTION(part, PART, 1),     FUNCTION(put, PUT, 6),
    FUNCTION(sum, SUM, 1),       FUNCTION(positive, POSITIVE, 6),
};

/* Indices for each of them, and whether a call with these succeeds. */
static const struct trial {
  const char *name;
  int64_t i[2];
  int succeeds;
} trials[] = {
    {"gather", {0, 5}, 1},       {"gather", {0, 6}, 0},
    {"gather", {-1, 0}, 0},      {"gather", {INT64_MAX, INT64_MIN}, 0},
    {"scatter", {5, 5}, 1},      {"scatter", {1, 6}, 0},
    {"slice", {4, 0}, 1},        {"slice", {5, 0}, 0},
    {"slice", {-1, 0}, 0},       {"update", {4, 0}, 1},
    {"update", {5, 0}, 0},       {"part", {2, 4}, 1},
    {"part", {6, 0}, 1},         {"part", {3, 4}, 0},
    {"part", {-1, 2}, 0},        {"part", {0, -1}, 0},
    {"part", {INT64_MIN, 2}, 0}, {"part", {2, INT64_MAX}, 0},
    {"put", {4, 0}, 1},          {"put", {1 << 20, 0}, 0},
    {"sum", {6, 1}, 1},          {"sum", {8, 2}, 0},
    {"sum", {7, 1}, 0},          {"sum", {9, 1}, 0},
    {"sum", {3, 0}, 0},          {"positive", {1, 0}, 1},
    {"positive", {0, 0}, 0},
};

static size_t page;

/* `bytes` bytes at an end of a page between two that nobody may touch. */
static void *allocate(size_t bytes, int at_end) {
  size_t pages = (bytes + page - 1) / page;
  char *memory = mmap(NULL, (pages + 2) * page, PROT_READ | PROT_WRITE,
                      MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  CHECK(memory != MAP_FAILED && !mprotect(memory, page, PROT_NONE) &&
        !mprotect(memory + (pages + 1) * page, page, PROT_NONE));
  memset(memory + page, 0xFF, pages * page);
  return memory + page + (at_end ? pages * page - bytes : 0);
}

static void *copy(const void *data, size_t bytes, int at_end) {
  char *memory = allocate(bytes, at_end);
  memcpy(memory, data, bytes);
  CHECK(!mprotect(memory - (uintptr_t)memory % page, page, PROT_READ));
  return memory;
}

static int32_t run(const struct trial *trial, const struct function *function,
                   int is_vjp, int at_end, const char **where) {
  static const double x[6] = {1, 2, 3, 4, 5, 6}, ones[6] = {1, 1, 1, 1, 1, 1};
  const void *in[3];
  void *out[2], *workspace;
  size_t bytes =
      is_vjp ? function->vjp_workspace_bytes : function->workspace_bytes;
  int32_t code;
  in[0] = copy(x, sizeof x, at_end);
  in[1] = copy(trial->i, sizeof trial->i, at_end);
  in[2] = copy(ones, function->elements * sizeof *ones, at_end);
  out[0] = allocate(function->elements * sizeof(double), at_end);
  out[1] = allocate(sizeof x, at_end);
  /* The header's size is a multiple of the alignment, or nearly. */
  workspace = allocate((bytes + 63) / 64 * 64, at_end);
  code = (is_vjp ? function->vjp : function->value)(in, out, NULL, workspace,
                                                    bytes, NULL);
  *where = (is_vjp ? function->vjp_where : function->where)(workspace);
  return code;
}

int main(void) {
  size_t t, f;
  page = (size_t)sysconf(_SC_PAGESIZE);
  CHECK(!*gather_where(NULL) && !*gather_vjp_where(NULL));
  for (t = 0; t < sizeof trials / sizeof *trials; ++t)
    for (f = 0; f < sizeof functions / sizeof *functions; ++f) {
      const char *where, *again;
      int32_t code;
      int way;
      if (strcmp(trials[t].name, functions[f].name))
        continue;
      code = run(&trials[t], &functions[f], 0, 0, &where);
      CHECK((code == ATLED_OK) == trials[t].succeeds);
      /* On the way back, and wherever the buffers are, it is the same. */
      for (way = 1; way < 4; ++way) {
        CHECK(run(&trials[t], &functions[f], way & 1, way >> 1, &again) ==
              code);
        CHECK(code == ATLED_OK || !strcmp(where, again));
      }
      if (code)
        printf("%s %" PRId64 " %" PRId64 ": %s, at %s\n", trials[t].name,
               trials[t].i[0], trials[t].i[1], atled_strerror(code), where);
    }
  puts("nothing else touched");
  return 0;
}
