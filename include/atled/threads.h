/* threads.h - A thread pool for compiled functions.
 *
 * Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
 * SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
 *
 * C99, on POSIX threads. Link libatled-threads; nothing else of Atled is
 * needed.
 *
 *   atled_threads *pool;
 *   if (atled_threads_create(&pool, 4) != 0) ...
 *   atled_exec exec = atled_threads_exec(pool);
 *   loss_grad(in, out, NULL, workspace, bytes, &exec);
 *   atled_threads_destroy(pool);
 *
 * Memory is allocated in atled_threads_create alone. Threads that have nothing
 * to do sleep.
 */
#ifndef ATLED_THREADS_H
#define ATLED_THREADS_H

#ifndef ATLED_H
#include "atled/atled.h"
#endif

#ifdef __cplusplus
extern "C" {
#endif

/* Where a function takes one, NULL is a pool of the calling thread alone. */
typedef struct atled_threads atled_threads;

/* No pool has more threads. */
#define ATLED_THREADS_MAX 256

/* Makes a pool in which a call runs on `threads` threads at most: the one that
 * calls, and threads - 1 that the pool starts. 0 means as many as there are
 * processors to run on. Returns 0, or an error number of the C library, with
 * NULL in `*pool`: EINVAL if there are to be more than ATLED_THREADS_MAX, or
 * `pool` is NULL, ENOMEM or EAGAIN if there is no room for the pool or a thread
 * of it. */
int atled_threads_create(atled_threads **pool, unsigned threads);

/* How many threads a call runs on at most. */
unsigned atled_threads_count(const atled_threads *pool);

/* What to pass to compiled functions, while the pool lives. Any number of them
 * may be called at the same time, from any threads, also from chunks of another
 * call: each call goes on on its own thread, and those of the pool help where
 * there is something to do, first where it was asked for first. All threads
 * compute in the floating-point environment of the caller: its rounding mode,
 * and how it treats subnormal numbers. Only use it in the process that has made
 * the pool: threads do not survive a fork. */
atled_exec atled_threads_exec(atled_threads *pool);

/* Ends the threads and frees the pool. No call may be running. */
void atled_threads_destroy(atled_threads *pool);

#ifdef __cplusplus
}
#endif

#endif /* ATLED_THREADS_H */
