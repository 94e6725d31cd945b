/* Threads.c - A thread pool for compiled functions.
 *
 * Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
 * SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
 *
 * Every call of parallel_for is a job, which lives on the stack of its caller.
 * The caller takes chunks of it until there are none left, and then waits for
 * those that others have taken. So each call makes its way by itself, whatever
 * the threads of the pool are doing: no two calls wait for each other.
 *
 * One lock guards everything. A chunk is work for many microseconds: to take
 * one under the lock costs little beside it.
 */
#define _POSIX_C_SOURCE 200809L
#include "atled/threads.h"
#include <errno.h>
#include <fenv.h>
#include <pthread.h>
#include <signal.h>
#include <stdlib.h>
#include <unistd.h>

/* One call of parallel_for. */
struct job {
  void (*body)(void *arg, int64_t chunk);
  void *arg;
  /* Of `chunks`, the first `taken` are somebody's, and `done` are done. */
  int64_t chunks, taken, done;
  /* In which the caller computes. */
  fenv_t environment;
  struct job *next;
};

struct atled_threads {
  pthread_mutex_t lock;
  /* There is a chunk to take, or the end has come; a job is done. */
  pthread_cond_t work, done;
  /* The jobs that have chunks to take, in the order of their calls. */
  struct job *first;
  struct job **end;
  int is_over;
  unsigned count, started;
  pthread_t threads[ATLED_THREADS_MAX - 1];
};

/* Takes a chunk of a job that has some. The lock is held. */
static int64_t take(atled_threads *pool, struct job *job) {
  int64_t chunk = job->taken++;
  struct job **link;
  if (job->taken < job->chunks)
    return chunk;
  for (link = &pool->first; *link != job; link = &(*link)->next)
    ;
  *link = job->next;
  if (!*link)
    pool->end = link;
  return chunk;
}

/* Takes and runs a chunk of a job that has some. The lock is held before and
 * after; once it is released, the job may be gone. */
static void run_chunk(atled_threads *pool, struct job *job) {
  int64_t chunk = take(pool, job);
  pthread_mutex_unlock(&pool->lock);
  job->body(job->arg, chunk);
  pthread_mutex_lock(&pool->lock);
  if (++job->done == job->chunks)
    pthread_cond_broadcast(&pool->done);
}

static void *work(void *arg) {
  atled_threads *pool = arg;
  pthread_mutex_lock(&pool->lock);
  while (!pool->is_over) {
    if (pool->first) {
      fesetenv(&pool->first->environment);
      run_chunk(pool, pool->first);
    } else {
      pthread_cond_wait(&pool->work, &pool->lock);
    }
  }
  pthread_mutex_unlock(&pool->lock);
  return NULL;
}

static void parallel_for(void *ctx, int64_t chunks,
                         void (*body)(void *arg, int64_t chunk), void *arg) {
  atled_threads *pool = ctx;
  struct job job;
  int64_t i;
  if (chunks < 2 || pool->started == 0) {
    for (i = 0; i < chunks; ++i)
      body(arg, i);
    return;
  }
  job.body = body;
  job.arg = arg;
  job.chunks = chunks;
  job.taken = job.done = 0;
  job.next = NULL;
  fegetenv(&job.environment);

  pthread_mutex_lock(&pool->lock);
  *pool->end = &job;
  pool->end = &job.next;
  /* One chunk is the caller's. */
  if (chunks > pool->started)
    pthread_cond_broadcast(&pool->work);
  else
    for (i = 1; i < chunks; ++i)
      pthread_cond_signal(&pool->work);
  while (job.taken < job.chunks)
    run_chunk(pool, &job);
  while (job.done < job.chunks)
    pthread_cond_wait(&pool->done, &pool->lock);
  pthread_mutex_unlock(&pool->lock);
}

/* How many threads there are to be; 0 if that is too many. */
static unsigned get_count(unsigned threads) {
  long processors;
  if (threads > ATLED_THREADS_MAX)
    return 0;
  if (threads != 0)
    return threads;
  processors = sysconf(_SC_NPROCESSORS_ONLN);
  if (processors < 1)
    return 1;
  return processors < ATLED_THREADS_MAX ? (unsigned)processors
                                        : ATLED_THREADS_MAX;
}

/* Signals are the affair of the program's own threads, but for those that a
 * thread raises itself. */
static int start(atled_threads *pool) {
  static const int own[] = {SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGTRAP};
  sigset_t others, before;
  size_t i;
  int error = 0;
  sigfillset(&others);
  for (i = 0; i < sizeof own / sizeof *own; ++i)
    sigdelset(&others, own[i]);
  pthread_sigmask(SIG_SETMASK, &others, &before);
  while (error == 0 && pool->started + 1 < pool->count) {
    error = pthread_create(&pool->threads[pool->started], NULL, work, pool);
    if (error == 0)
      ++pool->started;
  }
  pthread_sigmask(SIG_SETMASK, &before, NULL);
  return error;
}

int atled_threads_create(atled_threads **result, unsigned threads) {
  atled_threads *pool;
  unsigned count = get_count(threads);
  int error;
  if (!result)
    return EINVAL;
  *result = NULL;
  if (count == 0)
    return EINVAL;
  pool = malloc(sizeof *pool);
  if (!pool)
    return ENOMEM;
  pool->first = NULL;
  pool->end = &pool->first;
  pool->is_over = 0;
  pool->count = count;
  pool->started = 0;
  error = pthread_mutex_init(&pool->lock, NULL);
  if (error != 0)
    goto no_lock;
  error = pthread_cond_init(&pool->work, NULL);
  if (error != 0)
    goto no_work;
  error = pthread_cond_init(&pool->done, NULL);
  if (error != 0)
    goto no_done;
  error = start(pool);
  if (error != 0) {
    atled_threads_destroy(pool);
    return error;
  }
  *result = pool;
  return 0;

no_done:
  pthread_cond_destroy(&pool->work);
no_work:
  pthread_mutex_destroy(&pool->lock);
no_lock:
  free(pool);
  return error;
}

unsigned atled_threads_count(const atled_threads *pool) {
  return pool ? pool->count : 1;
}

atled_exec atled_threads_exec(atled_threads *pool) {
  atled_exec exec;
  exec.size = sizeof exec;
  exec.flags = 0;
  exec.ctx = pool;
  exec.parallel_for = pool ? parallel_for : NULL;
  return exec;
}

void atled_threads_destroy(atled_threads *pool) {
  unsigned i;
  if (!pool)
    return;
  pthread_mutex_lock(&pool->lock);
  pool->is_over = 1;
  pthread_cond_broadcast(&pool->work);
  pthread_mutex_unlock(&pool->lock);
  for (i = 0; i < pool->started; ++i)
    pthread_join(pool->threads[i], NULL);
  pthread_cond_destroy(&pool->done);
  pthread_cond_destroy(&pool->work);
  pthread_mutex_destroy(&pool->lock);
  free(pool);
}
