//===- Files.cpp - Arrays in files ----------------------------------------===//
//
// Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Session.h"
#include "atled/Execution/NumpyArchive.h"
#include "atled/Execution/NumpyFile.h"
#include "atled/Support/OutputFiles.h"
#include "llvm/Support/MemoryBuffer.h"

using namespace atled;

/// What a file has; one array of an .npy file has no name.
struct atled_tensors {
  NamedTensors tensors;
};

//===----------------------------------------------------------------------===//
// Reading
//===----------------------------------------------------------------------===//

static llvm::Expected<NamedTensors> parse(StringRef content) {
  if (isNumpyArchive(content))
    return parseNumpyArchive(content);
  llvm::Expected<HostTensor> tensor = parseNumpy(content);
  if (!tensor)
    return tensor.takeError();
  NamedTensors tensors;
  tensors.emplace_back("", std::move(*tensor));
  return tensors;
}

int atled_tensors_read(const char *path, atled_location place,
                       atled_tensors **result) {
  auto file = llvm::MemoryBuffer::getFile(path, /*IsText=*/false,
                                          /*RequiresNullTerminator=*/false);
  if (!file)
    return setLastError(place, "cannot read '" + Twine(path) +
                                   "': " + file.getError().message());
  llvm::Expected<NamedTensors> tensors = parse((*file)->getBuffer());
  if (!tensors)
    return setLastError(place, "'" + Twine(path) +
                                   "': " + llvm::toString(tensors.takeError()));
  *result = new atled_tensors{std::move(*tensors)};
  return 0;
}

void atled_tensors_release(atled_tensors *tensors) { delete tensors; }

size_t atled_tensors_count(const atled_tensors *tensors) {
  return tensors->tensors.size();
}

const char *atled_tensors_name(const atled_tensors *tensors, size_t index) {
  return tensors->tensors[index].first.c_str();
}

atled_type atled_tensors_type(const atled_tensors *tensors, size_t index) {
  const HostTensor &tensor = tensors->tensors[index].second;
  return {static_cast<int32_t>(tensor.getKind()),
          static_cast<int32_t>(tensor.getShape().size()),
          tensor.getShape().data()};
}

const void *atled_tensors_data(const atled_tensors *tensors, size_t index) {
  return tensors->tensors[index].second.getBytes().data();
}

//===----------------------------------------------------------------------===//
// Writing
//===----------------------------------------------------------------------===//

int atled_tensors_write(const char *path, const char *const *names,
                        const atled_type *types, const void *const *data,
                        size_t count, atled_location place) {
  NamedTensors tensors;
  for (size_t i = 0; i < count; ++i)
    tensors.emplace_back(names ? names[i] : "", copyTensor(types[i], data[i]));
  std::string content;
  llvm::raw_string_ostream os(content);
  if (names)
    writeNumpyArchive(os, tensors);
  else
    writeNumpy(os, tensors.front().second);
  int status = 0;
  OutputFiles files(
      [&](const Twine &message) { status = setLastError(place, message); });
  files.add(path, std::move(content));
  (void)files.write();
  return status;
}
