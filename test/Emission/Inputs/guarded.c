/* guarded.c - Calls @layers with inputs that cannot be written, buffers that
 * end where their memory ends, and a workspace full of NaN: twice the same
 * bits.
 *
 * Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
 * SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
 */
#define _DEFAULT_SOURCE
#include "layers.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

static size_t page;

/* `bytes` bytes of `fill` that end at a page nobody may touch. */
static void *allocate(size_t bytes, int fill) {
  size_t pages = (bytes + page - 1) / page;
  char *memory = mmap(NULL, (pages + 2) * page, PROT_READ | PROT_WRITE,
                      MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  if (memory == MAP_FAILED || mprotect(memory, page, PROT_NONE) ||
      mprotect(memory + (pages + 1) * page, page, PROT_NONE))
    abort();
  memset(memory + page, fill, pages * page);
  return memory + page + pages * page - bytes;
}

static const float *make_input(size_t elements, int seed) {
  float *input = allocate(elements * sizeof(float), 0);
  size_t i;
  for (i = 0; i < elements; ++i)
    input[i] = (float)((i * 31 + (size_t)seed) % 17) / 8;
  if (mprotect((void *)((uintptr_t)input / page * page), page, PROT_READ))
    abort();
  return input;
}

int main(void) {
  struct layers_inputs inputs;
  struct layers_outputs first, second;
  page = (size_t)sysconf(_SC_PAGESIZE);
  inputs.x = make_input(LAYERS_IN_X_SIZE, 1);
  inputs.w = make_input(LAYERS_IN_W_SIZE, 2);
  inputs.v = make_input(LAYERS_IN_V_SIZE, 3);
  first.y = allocate(LAYERS_OUT_Y_SIZE * sizeof(float), 0xFF);
  first.xt = allocate(LAYERS_OUT_XT_SIZE * sizeof(double), 0xFF);
  second.y = allocate(LAYERS_OUT_Y_SIZE * sizeof(float), 0);
  second.xt = allocate(LAYERS_OUT_XT_SIZE * sizeof(double), 0);
  if (layers_call(&inputs, &first, allocate(LAYERS_WORKSPACE_BYTES, 0xFF),
                  LAYERS_WORKSPACE_BYTES, NULL) ||
      layers_call(&inputs, &second, allocate(LAYERS_WORKSPACE_BYTES, 0),
                  LAYERS_WORKSPACE_BYTES, NULL))
    return 1;
  if (memcmp(first.y, second.y, LAYERS_OUT_Y_SIZE * sizeof(float)) ||
      memcmp(first.xt, second.xt, LAYERS_OUT_XT_SIZE * sizeof(double)))
    return 2;
  first.y = second.y = NULL;
  if (layers_call(&inputs, &first, allocate(LAYERS_WORKSPACE_BYTES, 0xFF),
                  LAYERS_WORKSPACE_BYTES, NULL))
    return 3;
  puts("nothing else touched");
  return 0;
}
