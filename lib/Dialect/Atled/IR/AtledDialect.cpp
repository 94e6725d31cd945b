//===- AtledDialect.cpp - Registration of the atled dialect ---------------===//
//
// Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// What the dialect consists of. The operations are in one file per family.
//
//===----------------------------------------------------------------------===//

#include "Parsing.h"
#include "Reductions.h"
#include "atled/Dialect/Atled/IR/Atled.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"
#include "mlir/IR/DialectImplementation.h"
#include "mlir/IR/TypeUtilities.h"
#include "llvm/ADT/TypeSwitch.h"

using namespace atled;

#include "atled/Dialect/Atled/IR/AtledDialect.cpp.inc"
#include "atled/Dialect/Atled/IR/AtledEnums.cpp.inc"

#define GET_ATTRDEF_CLASSES
#include "atled/Dialect/Atled/IR/AtledAttributes.cpp.inc"

void AtledDialect::initialize() {
  addAttributes<
#define GET_ATTRDEF_LIST
#include "atled/Dialect/Atled/IR/AtledAttributes.cpp.inc"
      >();
  addOperations<
#define GET_OP_LIST
#include "atled/Dialect/Atled/IR/AtledOps.cpp.inc"
      >();
}

Operation *AtledDialect::materializeConstant(OpBuilder &builder,
                                             Attribute value, Type type,
                                             Location location) {
  auto elements = dyn_cast<ElementsAttr>(value);
  if (!elements || elements.getType() != type)
    return nullptr;
  return ConstantOp::create(builder, location, elements);
}

#define GET_OP_CLASSES
#include "atled/Dialect/Atled/IR/AtledOps.cpp.inc"
