//===- ByteSize.cpp - How much memory a tensor takes ----------------------===//
//
// Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "atled/Support/ByteSize.h"
#include "llvm/Support/MathExtras.h"

using namespace atled;

bool atled::hasElementBytes(Type type) {
  return isa<ComplexType>(type) || type.isIntOrIndexOrFloat();
}

int64_t atled::getElementBytes(Type type) {
  if (auto complex = dyn_cast<ComplexType>(type))
    return 2 * getElementBytes(complex.getElementType());
  return type.isIndex() ? 8 : llvm::divideCeil(type.getIntOrFloatBitWidth(), 8);
}

bool atled::isAddressable(RankedTensorType type) {
  int64_t bytes = getElementBytes(type.getElementType());
  for (int64_t extent : type.getShape())
    if (extent != 0 && ShapedType::isStatic(extent) &&
        llvm::MulOverflow(bytes, extent, bytes))
      return false;
  return true;
}
