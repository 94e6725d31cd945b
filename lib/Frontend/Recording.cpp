//===- Recording.cpp - Operations that run at once ------------------------===//
//
// Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Recording.h"
#include "Kernels.h"
#include "Tape.h"
#include "Trace.h"

using namespace atled;

//===----------------------------------------------------------------------===//
// Operations
//===----------------------------------------------------------------------===//

/// The elements that a constant has, without a kernel for each.
static FailureOr<SmallVector<Recorded>>
copyConstant(const atled_attribute &value, atled_location place) {
  std::shared_ptr<HostTensor> elements = allocate(value.type, place);
  if (!elements)
    return failure();
  MutableArrayRef<char> bytes = elements->getBytes();
  std::copy_n(static_cast<const char *>(value.data), bytes.size(),
              bytes.data());
  return SmallVector<Recorded>{{std::move(elements), {}}};
}

static FailureOr<SmallVector<Recorded>>
runOperation(const atled_operation &operation, atled_location place) {
  ArrayRef<atled_operand> operands(operation.operands, operation.operand_count);
  for (const atled_operand &operand : operands)
    if (operand.kind == ATLED_TENSOR && !resolveRecorded(operand.value, place))
      return failure();
  if (StringRef(operation.name) == "atled.constant")
    return copyConstant(*operation.attributes, place);
  std::shared_ptr<TracedFunction> kernel = getKernel(operation, place);
  if (!kernel)
    return failure();
  SmallVector<Recorded, 4> inputs;
  for (auto [index, operand] : llvm::enumerate(operands)) {
    if (operand.kind == ATLED_TENSOR) {
      inputs.push_back(resolveRecorded(operand.value, place)->value);
      continue;
    }
    int32_t dtype = kernel->getSignature().inputs[index].dtype;
    Elements number = makeNumber(dtype, operand, place);
    if (!number)
      return failure();
    inputs.push_back({std::move(number), {}});
  }
  return apply(kernel, inputs, place);
}

FailureOr<Recorded> atled::runElementwise(const char *name,
                                          ArrayRef<Recorded> operands,
                                          const atled_type *result,
                                          atled_location place) {
  auto tensors = llvm::map_to_vector(operands, [&](const Recorded &value) {
    return atled_tensor{value, nullptr, place};
  });
  SmallVector<atled_operand> handles;
  for (atled_tensor &tensor : tensors)
    handles.push_back(
        {ATLED_TENSOR,
         {ATLED_RECORDED, &tensor, getType(*tensor.value.elements)},
         0,
         0});
  SmallVector<int32_t> roles(operands.size(), ATLED_NUMBERS);
  SmallVector<int32_t> segments(operands.size(), 1);
  atled_operation operation = {name,
                               handles.data(),
                               roles.data(),
                               handles.size(),
                               segments.data(),
                               segments.size(),
                               nullptr,
                               0,
                               result};
  FailureOr<SmallVector<Recorded>> results = runOperation(operation, place);
  if (failed(results))
    return failure();
  return std::move(results->front());
}

static int giveHandles(FailureOr<SmallVector<Recorded>> made,
                       atled_location place, atled_value *results) {
  if (failed(made))
    return 1;
  for (Recorded &value : *made)
    *results++ = makeHandle(std::move(value), place);
  return 0;
}

int atled::recordOperation(const atled_operation &operation,
                           atled_location place, atled_value *results) {
  return giveHandles(runOperation(operation, place), place, results);
}

//===----------------------------------------------------------------------===//
// Calls
//===----------------------------------------------------------------------===//

int atled::recordCall(const std::shared_ptr<TracedFunction> &callee,
                      ArrayRef<atled_value> arguments, atled_location place,
                      atled_value *results) {
  SmallVector<Recorded> inputs;
  for (auto [index, argument] : llvm::enumerate(arguments)) {
    atled_tensor *tensor = resolveRecorded(argument, place);
    if (!tensor || callee->checkArgument(index, argument.type, place))
      return 1;
    inputs.push_back(tensor->value);
  }
  return giveHandles(apply(callee, inputs, place), place, results);
}

int atled::detachRecorded(atled_value x, atled_location place,
                          atled_value &result) {
  atled_tensor *tensor = resolveRecorded(x, place);
  if (!tensor)
    return 1;
  result = makeHandle({tensor->value.elements, {}}, place);
  return 0;
}

//===----------------------------------------------------------------------===//
// Handles
//===----------------------------------------------------------------------===//

void atled_tensor_release(void *node) {
  delete static_cast<atled_tensor *>(node);
}

const void *atled_tensor_data(atled_value x) {
  auto *tensor = static_cast<atled_tensor *>(x.node);
  return tensor->value.elements->getBytes().data();
}

atled_tensor *atled::resolveForGradient(atled_value x, atled_location place) {
  if (isTracing() && x.trace != ATLED_RECORDED) {
    setLastError(place, "a function that is traced records no gradients; ask "
                        "for its derivative with atled::grad or atled::vjp");
    return nullptr;
  }
  return resolveRecorded(x, place);
}

int atled_tensor_require_gradient(atled_value x, int32_t required,
                                  atled_location place) {
  atled_tensor *tensor = resolveForGradient(x, place);
  if (!tensor)
    return 1;
  if (tensor->value.origin.node)
    return setLastError(place, "only a tensor that no operation has made can "
                               "be told whether it requires a gradient; take "
                               "its detach()");
  if (!isFloat(tensor->value.elements->getKind()))
    return setLastError(place, "a tensor of " + formatType(x.type) +
                                   " has no gradient: its elements are no "
                                   "floating-point numbers");
  if (required && !tensor->leaf)
    tensor->leaf = std::make_shared<Leaf>();
  if (!required)
    tensor->leaf.reset();
  tensor->value.origin.leaf = tensor->leaf;
  return 0;
}

int atled_tensor_gradient(atled_value x, atled_location place,
                          atled_value *gradient) {
  atled_tensor *tensor = resolveForGradient(x, place);
  if (!tensor)
    return 1;
  *gradient = {};
  if (!tensor->leaf)
    return 0;
  std::lock_guard<std::mutex> guard(tensor->leaf->lock);
  if (tensor->leaf->gradient.elements)
    *gradient = makeHandle(tensor->leaf->gradient, place);
  return 0;
}

int atled_tensor_clear_gradient(atled_value x, atled_location place) {
  atled_tensor *tensor = resolveForGradient(x, place);
  if (!tensor)
    return 1;
  if (!tensor->leaf)
    return 0;
  // Freed when the lock is: a gradient may hold on to a graph of its own.
  Recorded cleared;
  std::lock_guard<std::mutex> guard(tensor->leaf->lock);
  std::swap(cleared, tensor->leaf->gradient);
  return 0;
}
