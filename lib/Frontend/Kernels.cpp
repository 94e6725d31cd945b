//===- Kernels.cpp - Operations as functions, compiled once ---------------===//
//
// Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Kernels.h"
#include "LruCache.h"
#include "Operations.h"
#include "Recorded.h"

using namespace atled;

//===----------------------------------------------------------------------===//
// Signatures
//===----------------------------------------------------------------------===//

namespace {
/// All that tells one kernel from another, as bytes. Nothing of MLIR's, so that
/// no session is needed to find a kernel that is there.
class SignatureWriter {
public:
  void add(const atled_operation &operation);
  void add(int64_t number) { append(&number, sizeof(number)); }
  std::string take() { return std::move(bytes); }

private:
  template <typename T>
  void add(const T *values, size_t count) {
    append(&count, sizeof(count));
    append(values, count * sizeof(T));
  }
  void add(const char *text) { add(text, std::strlen(text)); }
  void add(atled_type type) {
    add(type.dtype);
    add(type.shape, static_cast<size_t>(type.rank));
  }
  void add(const atled_attribute &attribute);

  void append(const void *data, size_t size) {
    bytes.append(static_cast<const char *>(data), size);
  }

  std::string bytes;
};
} // namespace

void SignatureWriter::add(const atled_attribute &attribute) {
  add(attribute.name);
  add(attribute.kind);
  switch (attribute.kind) {
  case ATLED_ATTRIBUTE_INTEGER:
    return add(attribute.integer);
  case ATLED_ATTRIBUTE_REAL:
    return add(&attribute.real, 1);
  case ATLED_ATTRIBUTE_STRING:
  case ATLED_ATTRIBUTE_TEXT:
    return add(attribute.text);
  case ATLED_ATTRIBUTE_INTEGERS:
    return add(attribute.integers, attribute.count);
  case ATLED_ATTRIBUTE_TENSOR: {
    ArrayRef<int64_t> shape(attribute.type.shape,
                            static_cast<size_t>(attribute.type.rank));
    size_t count = getByteWidth(static_cast<ElementKind>(attribute.type.dtype));
    for (int64_t extent : shape)
      count *= extent;
    add(attribute.type);
    return add(static_cast<const char *>(attribute.data), count);
  }
  default:
    return;
  }
}

void SignatureWriter::add(const atled_operation &operation) {
  add(operation.name);
  for (size_t i = 0; i < operation.operand_count; ++i) {
    const atled_operand &operand = operation.operands[i];
    add(operand.kind);
    if (operand.kind == ATLED_TENSOR)
      add(operand.value.type);
  }
  add(operation.segments, operation.segment_count);
  for (size_t i = 0; i < operation.attribute_count; ++i)
    add(operation.attributes[i]);
  if (operation.result)
    add(*operation.result);
}

//===----------------------------------------------------------------------===//
// Functions of one operation
//===----------------------------------------------------------------------===//

/// Not the operation's own: `exp` is a function of the C library.
static std::string makeName(const atled_operation &operation) {
  return (StringRef(operation.name).rsplit('.').second + "_kernel").str();
}

/// What operations of this thread look at.
static thread_local int32_t currentChecks = 0;

int32_t atled_check_operations(int32_t checks) {
  return std::exchange(currentChecks, checks);
}

static FailureOr<std::unique_ptr<TracedFunction>>
traceOperation(const atled_operation &operation, Location location) {
  SmallVector<Operand> operands;
  for (size_t i = 0; i < operation.operand_count; ++i)
    operands.push_back({operation.operands[i], operation.roles[i], nullptr});
  SmallVector<Type> types;
  for (auto [operand, elementType] :
       llvm::zip_equal(operands, getElementTypes(operands)))
    types.push_back(operand.isNumber()
                        ? RankedTensorType::get({}, elementType)
                        : getTensorType(operand.given.value.type));
  Trace trace(makeName(operation), types, {}, location);
  for (auto [operand, argument] :
       llvm::zip_equal(operands, trace.getFunction().getArguments())) {
    operand.value = argument;
    if (!operand.isNumber())
      argument.setLoc(getLocation(
          static_cast<atled_tensor *>(operand.given.value.node)->made));
  }
  FailureOr<Operation *> op =
      writeOperation(operation, operands, trace, location);
  if (failed(op))
    return failure();
  trace.check(readChecks(currentChecks));
  std::unique_ptr<TracedFunction> function =
      trace.finish((*op)->getResults(), {}, location);
  function->markOperation();
  return function;
}

//===----------------------------------------------------------------------===//
// The cache
//===----------------------------------------------------------------------===//

std::shared_ptr<TracedFunction>
atled::getKernel(const atled_operation &operation, atled_location place) {
  // Never freed: tensors may be used until the very end of the process.
  static auto *cache = new LruCache<TracedFunction>(1024);
  SignatureWriter writer;
  writer.add(operation);
  writer.add(currentChecks);
  std::string signature = writer.take();
  if (std::shared_ptr<TracedFunction> kernel = cache->find(signature))
    return kernel;
  std::unique_ptr<TracedFunction> traced;
  int status = runInSession(place, [&]() -> LogicalResult {
    FailureOr<std::unique_ptr<TracedFunction>> made =
        traceOperation(operation, getLocation(place));
    if (succeeded(made))
      traced = std::move(*made);
    return made;
  });
  if (status)
    return nullptr;
  return cache->insert(signature, TracedFunction::share(std::move(traced)));
}
