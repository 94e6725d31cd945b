/* NumpyFile.c - Reads and writes .npy files.
 *
 * Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
 * SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
 */

/*===-- Files of NumPy --===*/

/* What is read of the header's dictionary, a pointer that moves along it. */
static int atled_skip(const char **text, const char *token) {
  while (**text == ' ')
    ++*text;
  if (strncmp(*text, token, strlen(token)) != 0)
    return 0;
  *text += strlen(token);
  return 1;
}

/* A string without escapes, at most 15 characters of it. */
static int atled_read_string(const char **text, char *string) {
  char quote;
  size_t length = 0;
  if (!atled_skip(text, "'") && !atled_skip(text, "\""))
    return 0;
  quote = (*text)[-1];
  for (; **text && **text != quote; ++*text)
    if (length < 15)
      string[length++] = **text;
  string[length] = 0;
  return *(*text)++ == quote;
}

enum { atled_max_rank = 64 };

struct npy_header {
  char type[16];
  int fortran_order, rank;
  int64_t dims[atled_max_rank];
};

static int atled_read_shape(const char **text, struct npy_header *header) {
  if (!atled_skip(text, "("))
    return 0;
  for (header->rank = 0; !atled_skip(text, ")"); ++header->rank) {
    char *end;
    long long extent;
    while (**text == ' ')
      ++*text;
    extent = strtoll(*text, &end, 10);
    if (end == *text || **text == '-' || header->rank == atled_max_rank)
      return 0;
    header->dims[header->rank] = extent;
    *text = end;
    if (!atled_skip(text, ",") && **text != ')')
      return 0;
  }
  return 1;
}

/* {'descr': '<f4', 'fortran_order': False, 'shape': (2, 3), } */
static int atled_read_dictionary(const char *text, struct npy_header *header) {
  int has_type = 0, has_order = 0, has_shape = 0;
  char key[16];
  if (!atled_skip(&text, "{"))
    return 0;
  while (!atled_skip(&text, "}")) {
    if (!atled_read_string(&text, key) || !atled_skip(&text, ":"))
      return 0;
    if (strcmp(key, "descr") == 0) {
      has_type = atled_read_string(&text, header->type);
    } else if (strcmp(key, "fortran_order") == 0) {
      header->fortran_order = atled_skip(&text, "True");
      has_order = header->fortran_order || atled_skip(&text, "False");
    } else if (strcmp(key, "shape") == 0) {
      has_shape = atled_read_shape(&text, header);
    } else {
      return 0;
    }
    if (!atled_skip(&text, ",") && *text != '}')
      return 0;
  }
  return has_type && has_order && has_shape;
}

/* Fails where a read from `file` has failed, with the system's reason. */
static void atled_check_read(FILE *file, const char *path) {
  size_t length = strlen(path);
  int has_suffix = length >= 4 && strcmp(path + length - 4, ".npy") == 0;
  if (!file || ferror(file))
    atled_fail("%s: the file cannot be read: %s%s", path, strerror(errno),
               has_suffix ? "" : "; an input is read from an .npy file");
}

static void atled_read_header(FILE *file, const char *path,
                              struct npy_header *header) {
  unsigned char start[12] = {0};
  size_t length_bytes, length;
  char *text;
  length = fread(start, 1, 8, file);
  atled_check_read(file, path);
  if (length != 8 || memcmp(start, "\x93NUMPY", 6) != 0)
    atled_fail("%s: this is not an .npy file", path);
  if (start[6] < 1 || start[6] > 3)
    atled_fail("%s: version %d of the .npy format is not known", path,
               start[6]);
  length_bytes = start[6] == 1 ? 2 : 4;
  if (fread(start + 8, 1, length_bytes, file) != length_bytes)
    atled_fail("%s: the file ends within its header", path);
  length = start[8] | (size_t)start[9] << 8 | (size_t)start[10] << 16 |
           (size_t)start[11] << 24;
  text = length > 1 << 16 ? NULL : atled_allocate(length + 1);
  if (!text)
    atled_fail("%s: the header has %zu bytes", path, length);
  if (fread(text, 1, length, file) != length)
    atled_fail("%s: the file ends within its header", path);
  if (!atled_read_dictionary(text, header))
    atled_fail(
        "%s: the header is not that of an .npy file: it is no dictionary with "
        "'descr', 'fortran_order' and 'shape'",
        path);
}

static int atled_matches(const struct npy_header *header,
                         const struct tensor *tensor) {
  int i;
  if (header->rank != tensor->rank)
    return 0;
  for (i = 0; i < tensor->rank; ++i)
    if (tensor->dims[i] >= 0 && header->dims[i] != tensor->dims[i])
      return 0;
  return 1;
}

static void atled_check_header(const struct npy_header *header,
                               const char *path, const struct tensor *tensor) {
  const struct kind_info *kind = &atled_kinds[tensor->kind];
  if (strcmp(header->type, kind->npy) != 0 &&
      !(tensor->kind == ATLED_BF16 && strcmp(header->type, "|V2") == 0))
    atled_fail(
        "%s: the elements are of type '%s', and those of '%s' are %s, which "
        "is '%s'",
        path, header->type, tensor->name, kind->name, kind->npy);
  if (!atled_matches(header, tensor)) {
    fprintf(stderr, "%s: %s: the shape is ", atled_program_name, path);
    atled_print_shape(stderr, header->rank, header->dims);
    fprintf(stderr, ", and that of '%s' is ", tensor->name);
    atled_print_shape(stderr, tensor->rank, tensor->dims);
    fputc('\n', stderr);
    exit(1);
  }
}

/* The dimensions of a tensor that a file says, once they are known to be no
 * more than a call takes and memory has. */
static void atled_set_dims(struct tensor *tensor,
                           const struct npy_header *header, const char *path) {
  int64_t most = INT64_MAX / (int64_t)atled_kinds[tensor->kind].bytes;
  int64_t *dims = atled_allocate_dims(tensor, 1);
  int i;
  for (i = 0; i < tensor->rank; ++i) {
    dims[i] = header->dims[i];
    if (dims[i] > most)
      atled_fail("%s: no memory has as many elements as '%s' would have", path,
                 tensor->name);
    most /= dims[i] ? dims[i] : 1;
  }
  tensor->dims = dims;
}

/* Elements row by row, of those of an array that was transposed: its first
 * index is the fastest. */
static unsigned char *atled_order_rows(const unsigned char *columns,
                                       const struct tensor *tensor) {
  size_t width = atled_kinds[tensor->kind].bytes, stride = width;
  size_t bytes = atled_count_bytes(tensor), from = 0, to;
  size_t strides[atled_max_rank];
  int64_t indices[atled_max_rank] = {0};
  unsigned char *rows = atled_allocate(bytes);
  int i;
  for (i = 0; i < tensor->rank; ++i) {
    strides[i] = stride;
    stride *= (size_t)tensor->dims[i];
  }
  for (to = 0; to < bytes; to += width) {
    memcpy(rows + to, columns + from, width);
    for (i = tensor->rank - 1; i >= 0; --i) {
      from += strides[i];
      if (++indices[i] < tensor->dims[i])
        break;
      from -= strides[i] * (size_t)tensor->dims[i];
      indices[i] = 0;
    }
  }
  return rows;
}

/* The elements of a file, which must be of the type and shape that are
 * expected; they tell the dimensions of `tensor`. */
static void *atled_read_npy(const char *path, const struct tensor *expected,
                            struct tensor *tensor) {
  FILE *file = fopen(path, "rb");
  struct npy_header header;
  size_t bytes, length, i;
  unsigned char *data;
  atled_check_read(file, path);
  atled_read_header(file, path, &header);
  atled_check_header(&header, path, expected);
  atled_set_dims(tensor, &header, path);
  bytes = atled_count_bytes(tensor);
  data = atled_allocate(bytes);
  length = fread(data, 1, bytes, file);
  atled_check_read(file, path);
  if (length != bytes)
    atled_fail("%s: the file ends after %zu of the %zu bytes of its elements",
               path, length, bytes);
  if (fgetc(file) != EOF)
    atled_fail("%s: the file goes on behind its elements", path);
  fclose(file);
  if (header.fortran_order)
    data = atled_order_rows(data, tensor);
  for (i = 0; tensor->kind == ATLED_I1 && i < bytes; ++i)
    if (data[i] > 1)
      atled_fail("%s: element %zu is neither 0 nor 1", path, i);
  return data;
}

#ifdef S_ISREG
/* Asks for the folder of a file. */
static int atled_stat_folder(const char *path, struct stat *folder) {
  const char *slash = strrchr(path, '/');
  size_t length = slash ? (size_t)(slash - path) + 1 : 0;
  char *name = atled_allocate(length + 2);
  memcpy(name, path, length);
  name[length] = '.';
  return stat(name, folder);
}

/* What stands behind the folder of a file. */
static const char *atled_get_file_name(const char *path) {
  const char *slash = strrchr(path, '/');
  return slash ? slash + 1 : path;
}
#endif

/* Whether both are one file, that there is or that there would be. Nothing is
 * lost in /dev/null. */
static int atled_is_same_file(const char *path, const char *other) {
#ifdef S_ISREG
  struct stat first, second;
  if (stat(path, &first) == 0) {
    if (!S_ISREG(first.st_mode) || stat(other, &second) != 0)
      return 0;
  } else if (strcmp(atled_get_file_name(path), atled_get_file_name(other)) ||
             atled_stat_folder(path, &first) ||
             atled_stat_folder(other, &second)) {
    return 0;
  }
  return first.st_dev == second.st_dev && first.st_ino == second.st_ino;
#else
  return strcmp(path, other) == 0;
#endif
}

static void atled_write_npy(const char *path, const struct tensor *tensor,
                            const void *data) {
  FILE *file = fopen(path, "wb");
  /* The elements begin at a multiple of 64. */
  size_t length = 64 * (2 + (size_t)tensor->rank / 2), used;
  char *header = atled_allocate(length);
  int i, failed;
  if (!file)
    atled_fail("%s: the file cannot be written: %s", path, strerror(errno));
  memset(header, ' ', length);
  memcpy(header, "\x93NUMPY\1\0", 8);
  header[8] = (char)((length - 10) & 255);
  header[9] = (char)((length - 10) >> 8);
  used = 10 + (size_t)sprintf(header + 10,
                              "{'descr': '%s', 'fortran_order': False, "
                              "'shape': (",
                              atled_kinds[tensor->kind].npy);
  for (i = 0; i < tensor->rank; ++i)
    used += (size_t)sprintf(header + used, "%" PRId64 ", ", tensor->dims[i]);
  used += (size_t)sprintf(header + used, "), }");
  header[used] = ' ';
  header[length - 1] = '\n';
  fwrite(header, 1, length, file);
  fwrite(data, 1, atled_count_bytes(tensor), file);
  failed = ferror(file);
  if (fclose(file) != 0 || failed)
    atled_fail("%s: the file cannot be written: %s", path, strerror(errno));
}
