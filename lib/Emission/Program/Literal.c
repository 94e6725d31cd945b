/* Literal.c - Tensors written on a command line.
 *
 * Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
 * SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
 */

/*===-- Tensors written on a command line --===*/

/* The shape and the type in `2x3xf32=...`. Returns what is behind the equals
 * sign, or NULL where this is no literal. */
static const char *atled_read_type(const char *text,
                                   struct npy_header *header) {
  size_t k;
  header->fortran_order = 0;
  for (header->rank = 0; *text >= '0' && *text <= '9'; ++header->rank) {
    char *end;
    long long extent = strtoll(text, &end, 10);
    if (*end != 'x' || header->rank == atled_max_rank)
      return NULL;
    header->dims[header->rank] = extent;
    text = end + 1;
  }
  for (k = 0; k < sizeof atled_kinds / sizeof *atled_kinds; ++k) {
    size_t length = strlen(atled_kinds[k].name);
    if (strncmp(text, atled_kinds[k].name, length) != 0 || text[length] != '=')
      continue;
    strcpy(header->type, atled_kinds[k].npy);
    return text + length + 1;
  }
  return NULL;
}

/* Whether the number at `text` is one of an integer type, which is then stored;
 * `end` is where it ends. */
static int atled_read_integer(const char *text, char **end, enum kind kind,
                              void *data, int64_t i) {
  int bytes = (int)atled_kinds[kind].bytes, negative = *text == '-';
  int is_unsigned = kind == ATLED_I1 || kind >= ATLED_UI8;
  int bits = kind == ATLED_I1 ? 1 : is_unsigned ? 8 * bytes : 8 * bytes - 1;
  uint64_t most = UINT64_MAX >> (64 - bits), number;
  errno = 0;
  number = strtoull(text + negative, end, 10);
  most = !negative ? most : is_unsigned ? 0 : most + 1;
  if (errno || number > most)
    return 0;
  number = negative ? 0 - number : number;
  if (bytes == 1)
    ((uint8_t *)data)[i] = (uint8_t)number;
  else if (bytes == 2)
    ((uint16_t *)data)[i] = (uint16_t)number;
  else if (bytes == 4)
    ((uint32_t *)data)[i] = (uint32_t)number;
  else
    ((uint64_t *)data)[i] = number;
  return 1;
}

/* Stores what stands before the next comma, and returns what is behind it. */
static const char *atled_read_element(const char *text, enum kind kind,
                                      void *data, int64_t i) {
  size_t length = strcspn(text, ",");
  const char *next = text + length + (text[length] == ',');
  char *end = NULL;
  int is_number;
  while (length && isspace((unsigned char)*text))
    ++text, --length;
  while (length && isspace((unsigned char)text[length - 1]))
    --length;
  if (kind == ATLED_I1 && length == 4 && strncmp(text, "true", 4) == 0) {
    ((uint8_t *)data)[i] = 1;
    return next;
  }
  if (kind == ATLED_I1 && length == 5 && strncmp(text, "false", 5) == 0) {
    ((uint8_t *)data)[i] = 0;
    return next;
  }
  if (atled_is_float(kind)) {
    atled_set_number(kind, data, i, strtod(text, &end));
    is_number = length && end == text + length;
  } else {
    const char *digits = text + (*text == '-');
    is_number = *digits >= '0' && *digits <= '9' &&
                digits + strspn(digits, "0123456789") == text + length;
    if (is_number && !atled_read_integer(text, &end, kind, data, i))
      atled_fail("'%.*s' does not fit %s", (int)length, text,
                 atled_kinds[kind].name);
  }
  if (!is_number)
    atled_fail("'%.*s' is not %s", (int)length, text,
               atled_is_float(kind) ? "a number" : "an integer");
  return next;
}

/* SplitMix64: one step of the Weyl sequence, mixed; a number in (0, 1]. */
static double atled_next_uniform(uint64_t *state) {
  uint64_t bits = *state += UINT64_C(0x9e3779b97f4a7c15);
  bits = (bits ^ (bits >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
  bits = (bits ^ (bits >> 27)) * UINT64_C(0x94d049bb133111eb);
  bits ^= bits >> 31;
  return (double)((bits >> 11) + 1) / 9007199254740992.0;
}

/* Standard normal numbers, by Box and Muller. */
static void atled_fill_with_normal(const struct tensor *tensor, void *data,
                                   uint64_t seed) {
  int64_t i, count = atled_count_elements(tensor);
  for (i = 0; i < count; ++i) {
    double radius = sqrt(-2 * log(atled_next_uniform(&seed)));
    double angle = 6.283185307179586 * atled_next_uniform(&seed);
    atled_set_number(tensor->kind, data, i, radius * cos(angle));
  }
}

/* Whether this is `random` or `random:7`. */
static int atled_read_seed(const char *text, uint64_t *seed) {
  char *end;
  *seed = 0;
  if (strncmp(text, "random", 6) != 0)
    return 0;
  if (!text[6])
    return 1;
  if (text[6] != ':' || !(text[7] >= '0' && text[7] <= '9'))
    return 0;
  errno = 0;
  *seed = strtoull(text + 7, &end, 10);
  return !*end && !errno;
}

/* The tensor that a literal says, which must be of the type and shape that are
 * expected. */
static void *atled_read_literal(const char *text, const struct tensor *expected,
                                struct tensor *tensor) {
  struct npy_header header;
  const char *elements = atled_read_type(text, &header);
  size_t length = elements ? (size_t)(elements - text) : 1;
  char *type = atled_allocate(length);
  int64_t i, count, given;
  uint64_t seed;
  void *data;
  if (!elements)
    atled_fail("'%s' is neither an .npy file nor a tensor, such as "
               "2x3xf32=1,2,3,4,5,6 or f64=3",
               text);
  memcpy(type, text, length - 1);
  atled_check_header(&header, type, expected);
  atled_set_dims(tensor, &header, type);
  data = atled_allocate(atled_count_bytes(tensor));
  if (atled_read_seed(elements, &seed)) {
    if (!atled_is_float(tensor->kind))
      atled_fail("random numbers are normally distributed, and %s is no "
                 "floating-point type",
                 atled_kinds[tensor->kind].name);
    atled_fill_with_normal(tensor, data, seed);
    return data;
  }
  count = atled_count_elements(tensor);
  given = elements[strspn(elements, " ")] ? 1 : 0;
  for (i = 0; elements[i]; ++i)
    given += elements[i] == ',';
  if (given != 1 && given != count)
    atled_fail("a tensor of type %s has %" PRId64 " elements, and %" PRId64
               " are given",
               type, count, given);
  for (i = 0; i < count; ++i) {
    const char *next = atled_read_element(elements, tensor->kind, data, i);
    elements = given == 1 ? elements : next;
  }
  return data;
}

/* An input, from a file or from the command line. */
static void *atled_read_input(const char *text, const struct tensor *expected,
                              struct tensor *tensor) {
  struct npy_header header;
  size_t length = strlen(text);
  int is_file = (length >= 4 && strcmp(text + length - 4, ".npy") == 0) ||
                !strchr(text, '=');
  return is_file && !atled_read_type(text, &header)
             ? atled_read_npy(text, expected, tensor)
             : atled_read_literal(text, expected, tensor);
}
