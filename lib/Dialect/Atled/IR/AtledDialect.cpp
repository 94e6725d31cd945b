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
#include "atled/Support/Attributes.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"
#include "mlir/IR/DialectImplementation.h"
#include "mlir/IR/TypeUtilities.h"
#include "mlir/Interfaces/FunctionInterfaces.h"
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

//===----------------------------------------------------------------------===//
// What passes tell each other of functions, as far as they count on it
//===----------------------------------------------------------------------===//

/// The number that `attribute` is; negative where it is none.
static int64_t getCount(Attribute attribute) {
  auto number = dyn_cast<IntegerAttr>(attribute);
  bool isCount = number && number.getType().isSignlessInteger(64);
  return isCount ? number.getInt() : -1;
}

LogicalResult AtledDialect::verifyOperationAttribute(Operation *op,
                                                     NamedAttribute attribute) {
  StringRef name = attribute.getName();
  int64_t count = getCount(attribute.getValue());
  if (name == workspaceBytesAttrName && count < 0)
    return op->emitOpError("expects '")
           << name << "' to be a number of bytes, of type i64, got "
           << attribute.getValue();
  auto function = dyn_cast<FunctionOpInterface>(op);
  if (name != numInputsAttrName || !function)
    return success();
  int64_t numArguments = function.getNumArguments();
  if (count >= 0 && count <= numArguments)
    return success();
  return op->emitOpError("expects '")
         << name << "' to be the i64 of how many of its " << numArguments
         << " arguments are inputs, got " << attribute.getValue();
}

/// What takes the place of an argument says which one.
static LogicalResult verifyPlace(Operation *op, NamedAttribute attribute) {
  auto function = dyn_cast<FunctionOpInterface>(op);
  if (!function || attribute.getName() != inPlaceAttrName)
    return success();
  int64_t count = function.getNumArguments();
  int64_t place = getCount(attribute.getValue());
  if (place >= 0 && place < count)
    return success();
  return op->emitOpError("expects '")
         << attribute.getName().getValue() << "' to be the i64 of one of its "
         << count << " arguments, got " << attribute.getValue();
}

LogicalResult AtledDialect::verifyRegionArgAttribute(Operation *op, unsigned,
                                                     unsigned,
                                                     NamedAttribute attribute) {
  return verifyPlace(op, attribute);
}

LogicalResult
AtledDialect::verifyRegionResultAttribute(Operation *op, unsigned, unsigned,
                                          NamedAttribute attribute) {
  return verifyPlace(op, attribute);
}

#define GET_OP_CLASSES
#include "atled/Dialect/Atled/IR/AtledOps.cpp.inc"
