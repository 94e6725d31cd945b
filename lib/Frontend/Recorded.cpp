//===- Recorded.cpp - Tensors that hold their elements --------------------===//
//
// Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Recorded.h"
#include "Coercion.h"
#include "Trace.h"
#include "atled/Frontend/IntegerRange.hpp"

using namespace atled;

atled_type atled::getType(const HostTensor &elements) {
  ArrayRef<int64_t> shape = elements.getShape();
  return {static_cast<int32_t>(elements.getKind()),
          static_cast<int32_t>(shape.size()), shape.data()};
}

atled_value atled::makeHandle(Recorded value, atled_location place) {
  atled_type type = getType(*value.elements);
  return {ATLED_RECORDED, new atled_tensor{std::move(value), nullptr, place},
          type};
}

atled_tensor *atled::resolveRecorded(atled_value handle, atled_location place) {
  if (handle.trace == ATLED_RECORDED)
    return static_cast<atled_tensor *>(handle.node);
  setLastError(place, explainMissing(handle));
  return nullptr;
}

std::shared_ptr<HostTensor> atled::allocate(atled_type type,
                                            atled_location place) {
  llvm::Expected<HostTensor> tensor = HostTensor::create(
      {static_cast<ElementKind>(type.dtype),
       SmallVector<int64_t>(type.shape, type.shape + type.rank)});
  if (tensor)
    return std::make_shared<HostTensor>(std::move(*tensor));
  setLastError(place, llvm::toString(tensor.takeError()));
  return nullptr;
}

Elements atled::makeNumber(int32_t dtype, const atled_operand &number,
                           atled_location place) {
  std::shared_ptr<HostTensor> tensor = allocate({dtype, 0, nullptr}, place);
  if (!tensor)
    return nullptr;
  bool isReal = number.kind == ATLED_REAL;
  if (isFloat(tensor->getKind())) {
    tensor->setFloat(0, isReal ? number.real
                               : static_cast<double>(number.integer));
    return tensor;
  }
  if (tensor->getKind() == ElementKind::I1) {
    tensor->setInteger(0, isReal ? number.real != 0 : number.integer != 0);
    return tensor;
  }
  tensor->setInteger(0, number.integer);
  if (detail::is_in_range(number.integer, 8 * getByteWidth(tensor->getKind()),
                          !isUnsigned(tensor->getKind())))
    return tensor;
  runInSession(place, [&] {
    return checkFits(number,
                     getTensorType({dtype, 0, nullptr}).getElementType(),
                     getLocation(place));
  });
  return nullptr;
}
