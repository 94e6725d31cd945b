/* train.c - Trains the digits classifier with the gradient that Atled compiled
 *
 * Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
 * SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
 *
 *     train digits.csv FOLDER
 *
 * reads the data, trains, and leaves the weights (hidden_weights.npy, …) and
 * the loss curve (loss.svg) in FOLDER. All mathematics of the network is in
 * model.o; here is only the descent. */

#include "../Plot/plot.h"
#include "model.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* The sizes in model.mlir. */
enum { PIXELS = 64, HIDDEN = 64, DIGITS = 10, BATCH = 32 };

enum { MAX_ROWS = 2000, EPOCHS = 30 };
static const float LEARNING_RATE = 0.2f, MOMENTUM = 0.9f;

static void fail(const char *what) {
  fprintf(stderr, "train: %s\n", what);
  exit(1);
}

/* Data. */

struct split {
  float images[MAX_ROWS][PIXELS];
  int32_t labels[MAX_ROWS];
  int rows;
};

static struct split training, test;

/* One row of 64 pixels and a label; false at the end of the file. */
static int read_row(FILE *file, float *image, int32_t *label) {
  int pixel, digit;
  for (int i = 0; i < PIXELS; i++) {
    if (fscanf(file, "%d,", &pixel) != 1)
      return 0;
    image[i] = (float)pixel / 16;
  }
  if (fscanf(file, "%d", &digit) != 1 || digit < 0 || digit >= DIGITS)
    return 0;
  *label = digit;
  return 1;
}

/* Every fifth row is kept for the test. */
static void read_data(const char *path) {
  FILE *file = fopen(path, "r");
  if (!file)
    fail("the data cannot be opened");
  for (int row = 0; row < MAX_ROWS; row++) {
    struct split *split = row % 5 == 4 ? &test : &training;
    if (!read_row(file, split->images[split->rows],
                  &split->labels[split->rows]))
      break;
    split->rows++;
  }
  fclose(file);
  if (training.rows < BATCH || test.rows == 0)
    fail("the data are not rows of 64 pixels and a digit");
}

/* Random numbers: splitmix64, the same everywhere. */

static uint64_t random_state = 20240229;

static uint64_t random_bits(void) {
  uint64_t z = random_state += UINT64_C(0x9e3779b97f4a7c15);
  z = (z ^ z >> 30) * UINT64_C(0xbf58476d1ce4e5b9);
  z = (z ^ z >> 27) * UINT64_C(0x94d049bb133111eb);
  return z ^ z >> 31;
}

/* Between -1 and 1. */
static float random_float(void) {
  return (float)(random_bits() >> 40) / 8388608.0f - 1.0f;
}

/* Parameters. */

static float hidden_weights[PIXELS * HIDDEN], hidden_bias[HIDDEN];
static float output_weights[HIDDEN * DIGITS], output_bias[DIGITS];

struct parameter {
  const char *name;
  int rows, columns; /* a bias has no rows */
  float *value;
  float gradient[PIXELS * HIDDEN], velocity[PIXELS * HIDDEN];
};

static struct parameter parameters[] = {
    {"hidden_weights", PIXELS, HIDDEN, hidden_weights, {0}, {0}},
    {"hidden_bias", 0, HIDDEN, hidden_bias, {0}, {0}},
    {"output_weights", HIDDEN, DIGITS, output_weights, {0}, {0}},
    {"output_bias", 0, DIGITS, output_bias, {0}, {0}},
};
enum { PARAMETERS = sizeof parameters / sizeof parameters[0] };

static int size_of(const struct parameter *p) {
  return p->rows ? p->rows * p->columns : p->columns;
}

/* Weights between ±sqrt(6 / (rows + columns)), biases 0. */
static void initialise(void) {
  for (int k = 0; k < PARAMETERS; k++) {
    struct parameter *p = &parameters[k];
    float bound = p->rows ? sqrtf(6.0f / (float)(p->rows + p->columns)) : 0;
    for (int i = 0; i < size_of(p); i++)
      p->value[i] = bound * random_float();
  }
}

static void write_npy(const char *folder, const struct parameter *p) {
  char path[4096], shape[64], header[128];
  snprintf(path, sizeof path, "%s/%s.npy", folder, p->name);
  if (p->rows)
    snprintf(shape, sizeof shape, "(%d, %d)", p->rows, p->columns);
  else
    snprintf(shape, sizeof shape, "(%d,)", p->columns);
  /* Magic, version and length take 10 bytes; the header fills up to 128. */
  int length = snprintf(
      header, sizeof header,
      "{'descr': '<f4', 'fortran_order': False, 'shape': %s, }", shape);
  memset(header + length, ' ', sizeof header - (size_t)length);
  header[117] = '\n';
  FILE *file = fopen(path, "wb");
  if (!file)
    fail("the weights cannot be written");
  fwrite("\x93NUMPY\x01\x00\x76\x00", 1, 10, file);
  fwrite(header, 1, 118, file);
  fwrite(p->value, sizeof(float), (size_t)size_of(p), file);
  if (fclose(file))
    fail("the weights cannot be written");
}

/* The compiled functions. */

#define LARGER(a, b) ((a) > (b) ? (a) : (b))
enum {
  WORKSPACE_BYTES =
      LARGER(LOSS_VALUE_AND_GRAD_WORKSPACE_BYTES, PREDICT_WORKSPACE_BYTES)
};
static unsigned char memory[WORKSPACE_BYTES + ATLED_WORKSPACE_ALIGN];
static void *workspace;

/* The first aligned address in `memory`. */
static void align_workspace(void) {
  size_t past = (uintptr_t)memory % ATLED_WORKSPACE_ALIGN;
  workspace = memory + (past ? ATLED_WORKSPACE_ALIGN - past : 0);
}

static void expect_success(int32_t code) {
  if (code != ATLED_OK)
    fail(atled_strerror(code));
}

/* The loss over one batch; leaves its gradient in the parameters. */
static float differentiate(float (*images)[PIXELS], const int32_t *labels) {
  float loss;
  struct loss_value_and_grad_inputs in = {
      .hidden_weights = hidden_weights,
      .hidden_bias = hidden_bias,
      .output_weights = output_weights,
      .output_bias = output_bias,
      .images = images[0],
      .labels = labels,
  };
  struct loss_value_and_grad_outputs out = {
      .loss = &loss,
      .grad_hidden_weights = parameters[0].gradient,
      .grad_hidden_bias = parameters[1].gradient,
      .grad_output_weights = parameters[2].gradient,
      .grad_output_bias = parameters[3].gradient,
  };
  expect_success(
      loss_value_and_grad_call(&in, &out, workspace, WORKSPACE_BYTES, NULL));
  return loss;
}

/* The share of images whose digit is recognised. The last batch is filled up
 * with what stands behind the split, which is not counted. */
static float accuracy(struct split *split) {
  int right = 0;
  for (int row = 0; row < split->rows; row += BATCH) {
    int32_t digits[BATCH];
    struct predict_inputs in = {
        .hidden_weights = hidden_weights,
        .hidden_bias = hidden_bias,
        .output_weights = output_weights,
        .output_bias = output_bias,
        .images = split->images[row],
    };
    struct predict_outputs out = {.digits = digits};
    expect_success(predict_call(&in, &out, workspace, WORKSPACE_BYTES, NULL));
    for (int i = 0; i < BATCH && row + i < split->rows; i++)
      right += digits[i] == split->labels[row + i];
  }
  return (float)right / (float)split->rows;
}

/* Descent. */

static void descend(void) {
  for (int k = 0; k < PARAMETERS; k++) {
    struct parameter *p = &parameters[k];
    for (int i = 0; i < size_of(p); i++) {
      p->velocity[i] =
          MOMENTUM * p->velocity[i] - LEARNING_RATE * p->gradient[i];
      p->value[i] += p->velocity[i];
    }
  }
}

/* One pass over the training split in random order; what does not fill a batch
 * waits for another epoch. Returns the mean loss. */
static double train_epoch(double *step_loss) {
  int order[MAX_ROWS], steps = training.rows / BATCH;
  for (int i = 0; i < training.rows; i++) {
    int j = (int)(random_bits() % (uint64_t)(i + 1));
    order[i] = order[j];
    order[j] = i;
  }
  double total = 0;
  for (int step = 0; step < steps; step++) {
    float images[BATCH][PIXELS];
    int32_t labels[BATCH];
    for (int i = 0; i < BATCH; i++) {
      int row = order[step * BATCH + i];
      memcpy(images[i], training.images[row], sizeof images[i]);
      labels[i] = training.labels[row];
    }
    step_loss[step] = differentiate(images, labels);
    total += step_loss[step];
    descend();
  }
  return total / steps;
}

static double step_loss[EPOCHS * MAX_ROWS / BATCH],
    step_epoch[EPOCHS * MAX_ROWS / BATCH];

int main(int argc, char **argv) {
  if (argc != 3)
    fail("usage: train digits.csv FOLDER");
  read_data(argv[1]);
  printf("%d images to train on, %d to test\n", training.rows, test.rows);
  initialise();
  align_workspace();

  double epoch_loss[EPOCHS], epoch_middle[EPOCHS];
  int steps = training.rows / BATCH;
  for (int epoch = 0; epoch < EPOCHS; epoch++) {
    epoch_loss[epoch] = train_epoch(&step_loss[epoch * steps]);
    epoch_middle[epoch] = epoch + 0.5;
    for (int step = 0; step < steps; step++)
      step_epoch[epoch * steps + step] = epoch + (step + 1.0) / steps;
    printf("epoch %2d  loss %.4f  accuracy %.4f, on the test split %.4f\n",
           epoch + 1, epoch_loss[epoch], accuracy(&training), accuracy(&test));
  }

  for (int k = 0; k < PARAMETERS; k++)
    write_npy(argv[2], &parameters[k]);
  struct plot_curve curves[] = {
      {"each batch", "#a5b4fc", 1, step_epoch, step_loss, EPOCHS * steps},
      {"mean of the epoch", "#3730a3", 2.5, epoch_middle, epoch_loss, EPOCHS},
  };
  struct plot plot = {
      .title = "Learning to read digits",
      .x_label = "epoch",
      .y_label = "cross entropy",
      .logarithmic = 1,
      .curves = curves,
      .curve_count = 2,
  };
  char path[4096];
  snprintf(path, sizeof path, "%s/loss.svg", argv[2]);
  if (plot_write(path, &plot))
    fail("the loss curve cannot be written");
  printf("test accuracy %.4f\n", accuracy(&test));
  return 0;
}
