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
  if (int status = checkPointers(place, {{"path", path}, {"tensors", result}}))
    return status;
  auto file = llvm::MemoryBuffer::getFile(path, /*IsText=*/false,
                                          /*RequiresNullTerminator=*/false);
  if (!file)
    return setLastError(place,
                        "cannot read '" + Twine(path) +
                            "': " + file.getError().message(),
                        ATLED_UNREADABLE);
  llvm::Expected<NamedTensors> tensors = parse((*file)->getBuffer());
  if (!tensors)
    return setLastError(
        place, "'" + Twine(path) + "': " + llvm::toString(tensors.takeError()),
        ATLED_UNREADABLE);
  *result = new atled_tensors{std::move(*tensors)};
  return 0;
}

void atled_tensors_release(atled_tensors *tensors) { delete tensors; }

size_t atled_tensors_count(const atled_tensors *tensors) {
  return tensors ? tensors->tensors.size() : 0;
}

const char *atled_tensors_name(const atled_tensors *tensors, size_t index) {
  if (index >= atled_tensors_count(tensors))
    return nullptr;
  return tensors->tensors[index].first.c_str();
}

atled_type atled_tensors_type(const atled_tensors *tensors, size_t index) {
  if (index >= atled_tensors_count(tensors))
    return {};
  const HostTensor &tensor = tensors->tensors[index].second;
  return {static_cast<int32_t>(tensor.getKind()),
          static_cast<int32_t>(tensor.getShape().size()),
          tensor.getShape().data()};
}

const void *atled_tensors_data(const atled_tensors *tensors, size_t index) {
  if (index >= atled_tensors_count(tensors))
    return nullptr;
  return tensors->tensors[index].second.getBytes().data();
}

//===----------------------------------------------------------------------===//
// Writing
//===----------------------------------------------------------------------===//

static int addTensor(NamedTensors &tensors, const char *name, atled_type type,
                     const void *data, atled_location place) {
  auto fail = [&](const Twine &message) {
    return setLastError(place,
                        "tensor " + Twine(tensors.size()) + ": " + message);
  };
  if (!name)
    return fail("it has no name, which an .npz file needs");
  for (auto [index, other] : llvm::enumerate(tensors))
    if (other.first == name)
      return fail("it has the name '" + Twine(name) + "', and so has tensor " +
                  Twine(index));
  if (!isTensorType(type))
    return fail("it is given with a type that no tensor has");
  llvm::ArrayRef<int64_t> shape(type.shape, static_cast<size_t>(type.rank));
  if (!data && !llvm::is_contained(shape, 0))
    return fail("it has elements, and none are given");
  llvm::Expected<HostTensor> tensor = copyTensor(type, data);
  if (!tensor)
    return fail(llvm::toString(tensor.takeError()));
  tensors.emplace_back(name, std::move(*tensor));
  return 0;
}

int atled_tensors_write(const char *path, const char *const *names,
                        const atled_type *types, const void *const *data,
                        size_t count, atled_location place) {
  if (int status = checkPointers(place, {{"path", path}}))
    return status;
  if (!names && count != 1)
    return setLastError(place, "an .npy file has one tensor, and " +
                                   Twine(count) + " are given");
  if (int status =
          checkArrays(place, count, {{"types", types}, {"data", data}}))
    return status;
  NamedTensors tensors;
  for (size_t i = 0; i < count; ++i)
    if (int status =
            addTensor(tensors, names ? names[i] : "", types[i], data[i], place))
      return status;
  std::string content;
  llvm::raw_string_ostream os(content);
  if (names)
    writeNumpyArchive(os, tensors);
  else
    writeNumpy(os, tensors.front().second);
  int status = 0;
  OutputFiles files([&](const Twine &message) {
    status = setLastError(place, message, ATLED_UNREADABLE);
  });
  files.add(path, std::move(content));
  (void)files.write();
  return status;
}
