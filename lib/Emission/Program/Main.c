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
  printf(
      "usage: %s [--entry=FUNCTION] --input=[NAME=]VALUE ... [option ...]\n\n"
      "  --input=[NAME=]VALUE  an input, from an .npy file or a literal\n"
      "  --output=[NAME=]FILE  write an output to an .npy file, and do not\n"
      "                        print it\n"
      "  --bench=N             time N calls, or more if they are short\n"
      "  --verify-gradient     compare the gradients with differences\n\n"
      "Inputs and outputs without a name are the next ones that have none.\n"
      "Literals are the elements, as 2x3xf32=1,2,3,4,5,6, one for all, as\n"
      "2x3xf32=0.5, a scalar, f64=3, or random numbers, 4xf32=random:7.\n\n"
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

/* What follows `flag` in an argument, or NULL. */
static const char *atled_get_value(const char *argument, const char *flag) {
  size_t length = strlen(flag);
  return strncmp(argument, flag, length) == 0 ? argument + length : NULL;
}

/* How long the name in `NAME=VALUE` is; 0 where there is none. */
static size_t atled_get_name_length(const char *text) {
  struct npy_header header;
  size_t length = strspn(text, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTU"
                               "VWXYZ_0123456789");
  int is_name = text[length] == '=' && !(text[0] >= '0' && text[0] <= '9');
  return is_name && !atled_read_type(text, &header) ? length : 0;
}

/* The tensor with the name in `NAME=VALUE`, or, without one, the next without a
 * value. */
static int atled_find_target(const char *text, const struct tensor *tensors,
                             int count, const char *const *values,
                             const char *kind, const char *function) {
  size_t length = atled_get_name_length(text);
  int index = 0;
  if (length) {
    index = atled_find_tensor(tensors, count, text, length);
    if (index < 0)
      atled_fail("%s has no %s '%.*s'; --help lists what it has", function,
                 kind, (int)length, text);
    if (values[index])
      atled_fail("%s '%s' of %s is given twice", kind, tensors[index].name,
                 function);
    return index;
  }
  while (index < count && values[index])
    ++index;
  if (index == count)
    atled_fail("%s has no %s for '%s'; --help lists what it has", function,
               kind, text);
  return index;
}

/* What arguments with `flag` say of tensors, first those that have names. */
static const char **atled_take_values(int argc, char **argv, const char *flag,
                                      const struct tensor *tensors, int count,
                                      const char *kind, const char *function) {
  const char **values = atled_allocate((size_t)count * sizeof *values);
  int a, pass;
  for (pass = 0; pass < 2; ++pass)
    for (a = 1; a < argc; ++a) {
      const char *text = atled_get_value(argv[a], flag);
      size_t length = text ? atled_get_name_length(text) : 0;
      const char *value = text && length ? text + length + 1 : text;
      if (!text || (length == 0) != pass)
        continue;
      if (!*value)
        atled_fail("'%s' lacks a value", argv[a]);
      values[atled_find_target(text, tensors, count, values, kind, function)] =
          value;
    }
  return values;
}

/* No output takes the place of what is read, or of another output. */
static void atled_check_outputs(const struct function *function,
                                const char *const *inputs,
                                const char *const *outputs) {
  int i, j;
  for (i = 0; i < function->num_outputs; ++i) {
    int is_taken = 0;
    if (!outputs[i])
      continue;
    for (j = 0; j < function->num_inputs; ++j)
      is_taken |= inputs[j] && atled_is_same_file(inputs[j], outputs[i]);
    for (j = 0; j < i; ++j)
      is_taken |= outputs[j] && atled_is_same_file(outputs[j], outputs[i]);
    if (is_taken)
      atled_fail("--output=%s is a file that is read, or another output's",
                 outputs[i]);
  }
}

/* NULL where there is none. */
static const struct function *atled_look_up_function(const char *name) {
  size_t f;
  for (f = 0; f < sizeof atled_functions / sizeof *atled_functions; ++f)
    if (strcmp(name, atled_functions[f].name) == 0)
      return &atled_functions[f];
  return NULL;
}

static const struct function *atled_find_function(const char *name) {
  const struct function *function = atled_look_up_function(name);
  if (!function)
    atled_fail("there is no function '%s'; --help lists those there are", name);
  return function;
}

/* Fails because a function has no gradient to check, and tells which has. */
static void atled_refuse_check(const struct function *function) {
  static const char *const suffixes[] = {"_value_and_grad", "_grad", "_vjp"};
  size_t k, length = strlen(function->name);
  char *name = atled_allocate(length + sizeof "_value_and_grad");
  for (k = 0; k < sizeof suffixes / sizeof *suffixes; ++k) {
    const struct function *derivative;
    memcpy(name, function->name, length);
    strcpy(name + length, suffixes[k]);
    derivative = atled_look_up_function(name);
    if (derivative && derivative->is_gradient)
      atled_fail("%s has no gradient to check, and %s has: call that, with "
                 "--entry=%s",
                 function->name, name, name);
  }
  atled_fail(
      "the gradient of %s cannot be checked: this program needs a function "
      "from --value-and-grad or --vjp, or one from --grad beside its own",
      function->name);
}

struct command {
  const struct function *function;
  long bench;
  int verify_gradient;
};

/* Everything but files, so that their order does not matter. */
static struct command atled_parse(int argc, char **argv) {
  struct command command = {NULL, 0, 0};
  int a;
  for (a = 1; a < argc; ++a) {
    const char *value;
    if (strcmp(argv[a], "--help") == 0) {
      atled_print_help();
      exit(0);
    }
    if (atled_get_value(argv[a], "--input=") ||
        atled_get_value(argv[a], "--output="))
      continue;
    if (strcmp(argv[a], "--verify-gradient") == 0) {
      command.verify_gradient = 1;
    } else if ((value = atled_get_value(argv[a], "--entry="))) {
      if (command.function)
        atled_fail("--entry is given twice");
      command.function = atled_find_function(value);
    } else if ((value = atled_get_value(argv[a], "--bench="))) {
      char *end;
      if (command.bench)
        atled_fail("--bench is given twice");
      command.bench = strtol(value, &end, 10);
      if (*end || command.bench <= 0)
        atled_fail("--bench takes a number of calls, and got '%s'", value);
    } else {
      atled_fail("unknown argument '%s'; see --help", argv[a]);
    }
  }
  if (!command.function)
    command.function = &atled_functions[0];
  if (command.verify_gradient && !command.function->is_gradient)
    atled_refuse_check(command.function);
  return command;
}

int main(int argc, char **argv) {
  struct command command;
  const struct function *function;
  struct call call;
  const char **inputs, **outputs;
  int i;
  if (argc > 0)
    atled_program_name = argv[0];
  command = atled_parse(argc, argv);
  function = command.function;
  if (!function->cpu_ok())
    atled_fail("%s", atled_strerror(ATLED_ERROR_PROCESSOR));
  call = atled_start(function);
  inputs = atled_take_values(argc, argv, "--input=", function->inputs,
                             function->num_inputs, "input", function->name);
  outputs = atled_take_values(argc, argv, "--output=", function->outputs,
                              function->num_outputs, "output", function->name);
  atled_check_outputs(function, inputs, outputs);
  for (i = 0; i < function->num_inputs; ++i)
    if (inputs[i])
      call.in[i] =
          atled_read_input(inputs[i], &function->inputs[i], &call.inputs[i]);
  for (i = 0; i < function->num_inputs; ++i)
    if (!inputs[i])
      atled_fail("input '%s' of %s has no value: --input=%s=x.npy",
                 function->inputs[i].name, function->name,
                 function->inputs[i].name);

  atled_prepare(&call);
  atled_run(&call);
  for (i = 0; i < function->num_outputs; ++i) {
    if (outputs[i])
      atled_write_npy(outputs[i], &call.outputs[i], call.out[i]);
    else
      atled_print_tensor(&call.outputs[i], call.out[i]);
  }
  if (command.bench)
    atled_measure(&call, command.bench);
  if (command.verify_gradient && !atled_check_gradients(&call, atled_functions))
    return 1;
  return 0;
}
