//===- Interfaces.cpp - The interfaces of differentiation -----------------===//
//
// Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "atled/Interfaces/DifferentiableControlFlowInterface.h"
#include "atled/Interfaces/DifferentiableOpInterface.h"
#include "atled/Interfaces/VectorSpaceTypeInterface.h"
#include "mlir/IR/BuiltinTypes.h"

using namespace atled;

#include "atled/Interfaces/DifferentiableControlFlowInterface.cpp.inc"
#include "atled/Interfaces/DifferentiableOpInterface.cpp.inc"
#include "atled/Interfaces/VectorSpaceTypeInterface.cpp.inc"

Type atled::getTangentType(Type type) {
  auto space = dyn_cast<VectorSpaceTypeInterface>(type);
  return space ? space.getTangentType() : Type();
}

SmallVector<Type> atled::getTangentTypes(TypeRange types) {
  SmallVector<Type> tangents;
  for (Type type : types)
    if (Type tangent = getTangentType(type))
      tangents.push_back(tangent);
  return tangents;
}

bool atled::isDiscrete(Type type) {
  if (auto space = dyn_cast<VectorSpaceTypeInterface>(type))
    return !space.getTangentType();
  return type.isIntOrIndex();
}

std::optional<int64_t> atled::countElements(Operation *op) {
  int64_t most = 1;
  auto countOf = [&](TypeRange types) {
    return llvm::all_of(types, [&](Type type) {
      auto shaped = dyn_cast<ShapedType>(type);
      if (!shaped)
        return true;
      if (!shaped.hasStaticShape())
        return false;
      most = std::max(most, shaped.getNumElements());
      return true;
    });
  };
  if (!countOf(op->getOperandTypes()) || !countOf(op->getResultTypes()))
    return std::nullopt;
  return most;
}
