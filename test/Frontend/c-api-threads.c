/* c-api-threads.c - Several threads of C on libatled
 *
 * Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
 * SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
 */
/* clang-format off */
/*
 * One function is compiled and called by several threads at a time; each makes others, and wrong calls whose message
 * is its own.
 *
 * RUN: %build_in_c -pthread
 * RUN: %t
 */
#include <atled/atled-c.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { THREADS = 6, ROUNDS = 20 };

static const char program[] =
    "func.func @f(%x: tensor<3xf64>) -> tensor<f64> {\n"
    "  %y = atled.dot %x, %x : (tensor<3xf64>, tensor<3xf64>) -> tensor<f64>\n"
    "  return %y : tensor<f64>\n"
    "}\n";

static atled_function *shared;

static void expect(int holds, int line) {
  if (holds)
    return;
  fprintf(stderr, "line %d does not hold: %s\n", line, atled_last_error());
  exit(1);
}
#define EXPECT(condition) expect((condition) != 0, __LINE__)

static void expect_slope(atled_function *function, double x0) {
  double x[3], slope[3] = {0, 0, 0};
  const void *in[1];
  void *out[1];
  int i;
  in[0] = x;
  out[0] = slope;
  for (i = 0; i < 3; i++)
    x[i] = x0 + i;
  EXPECT(!atled_function_call(function, NULL, in, 1, out, ATLED_HERE));
  for (i = 0; i < 3; i++)
    EXPECT(slope[i] == 2 * x[i]);
}

static void *work(void *argument) {
  int number = *(const int *)argument, round;
  for (round = 0; round < ROUNDS; round++) {
    char entry[16], expected[64];
    atled_function *own = NULL, *slope = NULL;
    expect_slope(shared, number * ROUNDS + round);
    sprintf(entry, "g%d", number * ROUNDS + round);
    sprintf(expected, "there is no function '%s'", entry);
    EXPECT(atled_function_parse(program, strlen(program), NULL, entry,
                                ATLED_HERE, &own) == ATLED_REFUSED);
    EXPECT(strstr(atled_last_error(), expected));
    EXPECT(!atled_function_parse(program, strlen(program), NULL, "f",
                                 ATLED_HERE, &own));
    EXPECT(
        !atled_function_derive(own, ATLED_GRAD, NULL, 0, ATLED_HERE, &slope));
    EXPECT(strstr(atled_last_error(), expected));
    atled_function_release(own);
    if (round % 10 == 0)
      expect_slope(slope, number);
    EXPECT(strstr(atled_function_text(shared), "f_grad"));
    atled_function_release(slope);
  }
  return NULL;
}

int main(void) {
  pthread_t threads[THREADS];
  int numbers[THREADS], i;
  atled_function *f = NULL;
  EXPECT(!atled_function_parse(program, strlen(program), NULL, NULL, ATLED_HERE,
                               &f));
  EXPECT(!atled_function_derive(f, ATLED_GRAD, NULL, 0, ATLED_HERE, &shared));
  atled_function_release(f);
  for (i = 0; i < THREADS; i++) {
    numbers[i] = i;
    EXPECT(!pthread_create(&threads[i], NULL, work, &numbers[i]));
  }
  for (i = 0; i < THREADS; i++)
    EXPECT(!pthread_join(threads[i], NULL));
  atled_function_release(shared);
  return 0;
}
