/* Main.c - The command line of a program around an object.
 *
 * Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
 * SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
 */

/*===-- The command line --===*/

static void atled_print_element(enum kind kind, const void *data, int64_t i) {
  switch (kind) {
  case ATLED_I64:
    printf(" %" PRId64, ((const int64_t *)data)[i]);
    return;
  case ATLED_UI64:
    printf(" %" PRIu64, ((const uint64_t *)data)[i]);
    return;
  default:
    printf(" %.*g",
           kind == ATLED_F64    ? 17
           : kind == ATLED_F32  ? 9
           : kind == ATLED_F16  ? 5
           : kind == ATLED_BF16 ? 4
                                : 10,
           atled_get_number(kind, data, i));
  }
}

enum { atled_max_printed = 1000 };

/* `w: f32 (2, 3)`, then a line for each row. */
static void atled_print_tensor(const struct tensor *tensor, const void *data) {
  int64_t i, count = atled_count_elements(tensor);
  int64_t row = tensor->rank ? tensor->dims[tensor->rank - 1] : 1;
  printf("%s: %s ", tensor->name, atled_kinds[tensor->kind].name);
  atled_print_shape(stdout, tensor->rank, tensor->dims);
  for (i = 0; i < count && i < atled_max_printed; ++i) {
    if (i % row == 0)
      printf("\n ");
    atled_print_element(tensor->kind, data, i);
  }
  if (i < count)
    printf("\n  and %" PRId64 " more", count - i);
  putchar('\n');
}

static double atled_get_seconds(void) {
#if __STDC_VERSION__ >= 201112L && defined TIME_UTC
  struct timespec now;
  timespec_get(&now, TIME_UTC);
  return (double)now.tv_sec + 1e-9 * (double)now.tv_nsec;
#else
  return (double)clock() / CLOCKS_PER_SEC;
#endif
}

static double atled_time_calls(struct call *call, long count) {
  double start = atled_get_seconds();
  long i;
  for (i = 0; i < count; ++i)
    atled_run(call);
  return atled_get_seconds() - start;
}

/* Calls until `count` calls are timed, in ten parts: the fastest is what the
 * machine can do, the slowest what else it was doing. A part is long enough for
 * the clock. */
static void atled_measure(struct call *call, long count) {
  double fastest = INFINITY, slowest = 0, scale;
  long part = (count + 9) / 10, done;
  while (atled_time_calls(call, part) < 1e-3 && part < LONG_MAX / 20)
    part *= 2;
  for (done = 0; done < count || done < 10 * part; done += part) {
    double each = atled_time_calls(call, part) / (double)part;
    fastest = fmin(fastest, each);
    slowest = fmax(slowest, each);
  }
  scale = fastest < 1e-6 ? 1e9 : 1e6;
  printf("%s: %.3g %s a call at best, %.3g at worst, of %ld calls\n",
         call->function->name, scale * fastest, scale > 1e6 ? "ns" : "us",
         scale * slowest, done);
}

static int atled_find_tensor(const struct tensor *tensors, int count,
                             const char *name, size_t length) {
  int i;
  for (i = 0; i < count; ++i)
    if (strlen(tensors[i].name) == length &&
        strncmp(tensors[i].name, name, length) == 0)
      return i;
  return -1;
}

static void atled_print_help(void) {
  size_t f;
  int i;
  printf("usage: %s [function] --input=NAME=FILE.npy ... [option ...]\n\n"
         "  --input=NAME=FILE   read an input from an .npy file\n"
         "  --output=NAME=FILE  write an output to one, and do not print it\n"
         "  --bench=N           time N calls, or more if they are short\n"
         "  --check-gradient    compare the gradients with differences\n\n"
         "The functions, of which the first is called if none is named:\n",
         atled_program_name);
  for (f = 0; f < sizeof atled_functions / sizeof *atled_functions; ++f) {
    const struct function *function = &atled_functions[f];
    printf("\n  %s\n", function->name);
    for (i = 0; i < function->num_inputs + function->num_outputs; ++i) {
      int is_output = i >= function->num_inputs;
      const struct tensor *tensor =
          is_output ? &function->outputs[i - function->num_inputs]
                    : &function->inputs[i];
      printf("    %s %s: %s ", is_output ? "output" : "input", tensor->name,
             atled_kinds[tensor->kind].name);
      atled_print_shape(stdout, tensor->rank, tensor->dims);
      putchar('\n');
    }
  }
}

/* The name and the file in `NAME=FILE`. */
static int atled_take_file(const char *text, const struct tensor *tensors,
                           int count, const char *kind, const char *function,
                           const char **file) {
  const char *equals = strchr(text, '=');
  int index;
  if (!equals || !equals[1])
    atled_fail("--%s takes a name and a file, as --%s=%s=x.npy, and got '%s'",
               kind, kind, count ? tensors[0].name : "x", text);
  index = atled_find_tensor(tensors, count, text, (size_t)(equals - text));
  if (index < 0)
    atled_fail("%s has no %s '%.*s'; --help lists what it has", function, kind,
               (int)(equals - text), text);
  *file = equals + 1;
  return index;
}

/* What follows `flag` in an argument, or NULL. */
static const char *atled_get_value(const char *argument, const char *flag) {
  size_t length = strlen(flag);
  return strncmp(argument, flag, length) == 0 ? argument + length : NULL;
}

struct command {
  const struct function *function;
  long bench;
  int check_gradient;
};

/* Everything but files, so that their order does not matter. */
static struct command atled_parse(int argc, char **argv) {
  struct command command = {&atled_functions[0], 0, 0};
  int a, is_named = 0;
  size_t f;
  for (a = 1; a < argc; ++a) {
    const char *value;
    if (strcmp(argv[a], "--help") == 0) {
      atled_print_help();
      exit(0);
    }
    if (atled_get_value(argv[a], "--input=") ||
        atled_get_value(argv[a], "--output="))
      continue;
    if (strcmp(argv[a], "--check-gradient") == 0) {
      command.check_gradient = 1;
    } else if ((value = atled_get_value(argv[a], "--bench="))) {
      char *end;
      command.bench = strtol(value, &end, 10);
      if (*end || command.bench <= 0)
        atled_fail("--bench takes a number of calls, and got '%s'", value);
    } else if (argv[a][0] == '-' || is_named) {
      atled_fail("unknown argument '%s'; see --help", argv[a]);
    } else {
      is_named = 1;
      command.function = NULL;
      for (f = 0; f < sizeof atled_functions / sizeof *atled_functions; ++f)
        if (strcmp(argv[a], atled_functions[f].name) == 0)
          command.function = &atled_functions[f];
      if (!command.function)
        atled_fail("there is no function '%s'; --help lists those there are",
                   argv[a]);
    }
  }
  if (command.check_gradient && !command.function->is_gradient)
    atled_fail(
        "the gradient of %s cannot be checked: this program needs a function "
        "from --value-and-grad or --vjp, or one from --grad beside its own",
        command.function->name);
  return command;
}

int main(int argc, char **argv) {
  struct command command;
  const struct function *function;
  struct call call;
  const char **files;
  int a, i;
  if (argc > 0)
    atled_program_name = argv[0];
  command = atled_parse(argc, argv);
  function = command.function;
  if (!function->cpu_ok())
    atled_fail("%s", atled_strerror(ATLED_ERROR_PROCESSOR));
  call = atled_start(function);
  files = atled_allocate((size_t)function->num_outputs * sizeof *files);
  for (a = 1; a < argc; ++a) {
    const char *value, *file;
    if ((value = atled_get_value(argv[a], "--input="))) {
      i = atled_take_file(value, function->inputs, function->num_inputs,
                          "input", function->name, &file);
      call.in[i] = atled_read_npy(file, &function->inputs[i], &call.inputs[i]);
    } else if ((value = atled_get_value(argv[a], "--output="))) {
      i = atled_take_file(value, function->outputs, function->num_outputs,
                          "output", function->name, &file);
      files[i] = file;
    }
  }
  for (i = 0; i < function->num_inputs; ++i)
    if (!call.in[i])
      atled_fail("input '%s' of %s has no file: --input=%s=x.npy",
                 function->inputs[i].name, function->name,
                 function->inputs[i].name);

  atled_prepare(&call);
  atled_run(&call);
  for (i = 0; i < function->num_outputs; ++i) {
    if (files[i])
      atled_write_npy(files[i], &call.outputs[i], call.out[i]);
    else
      atled_print_tensor(&call.outputs[i], call.out[i]);
  }
  if (command.bench)
    atled_measure(&call, command.bench);
  if (command.check_gradient && !atled_check_gradients(&call, atled_functions))
    return 1;
  return 0;
}
