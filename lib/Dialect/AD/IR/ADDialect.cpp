//===- ADDialect.cpp - The ad dialect, and detach -------------------------===//
//
// Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Checkpoints.h"
#include "atled/Dialect/AD/IR/AD.h"
#include "atled/Support/NearestName.h"
#include "mlir/IR/DialectImplementation.h"
#include "mlir/Interfaces/FunctionInterfaces.h"
#include "mlir/Interfaces/LoopLikeInterface.h"
#include "mlir/Transforms/InliningUtils.h"
#include "llvm/ADT/TypeSwitch.h"

using namespace atled;
using namespace atled::ad;

#include "atled/Dialect/AD/IR/ADDialect.cpp.inc"

#define GET_ATTRDEF_CLASSES
#include "atled/Dialect/AD/IR/ADAttributes.cpp.inc"

#define GET_TYPEDEF_CLASSES
#include "atled/Dialect/AD/IR/ADTypes.cpp.inc"

namespace {
/// A function that contains requests, or detaches, may be inlined.
struct ADInliner : DialectInlinerInterface {
  using DialectInlinerInterface::DialectInlinerInterface;
  bool isLegalToInline(Operation *, Region *, bool,
                       IRMapping &) const override {
    return true;
  }
};
} // namespace

void ADDialect::initialize() {
  addAttributes<
#define GET_ATTRDEF_LIST
#include "atled/Dialect/AD/IR/ADAttributes.cpp.inc"
      >();
  addOperations<
#define GET_OP_LIST
#include "atled/Dialect/AD/IR/ADOps.cpp.inc"
      >();
  addTypes<
#define GET_TYPEDEF_LIST
#include "atled/Dialect/AD/IR/ADTypes.cpp.inc"
      >();
  addInterfaces<ADInliner>();
}

/// Of attributes that nobody may misspell without a word, those on operations.
static LogicalResult verifyKnown(Operation *op, StringRef name,
                                 ArrayRef<StringRef> internal) {
  if (llvm::is_contained(internal, name))
    return success();
  return op->emitOpError("has the attribute '")
         << name << "', which the dialect ad does not know"
         << suggestNearestName(name, {ADDialect::checkpointAttrName,
                                      ADDialect::maxIterationsAttrName,
                                      ADDialect::maxDepthAttrName});
}

/// On arguments and results there is only the one that derivatives get.
static LogicalResult verifyResidual(Operation *op, StringRef name) {
  return verifyKnown(op, name, ADDialect::residualAttrName);
}

LogicalResult ADDialect::verifyRegionArgAttribute(Operation *op, unsigned,
                                                  unsigned,
                                                  NamedAttribute attribute) {
  return verifyResidual(op, attribute.getName());
}

LogicalResult ADDialect::verifyRegionResultAttribute(Operation *op, unsigned,
                                                     unsigned,
                                                     NamedAttribute attribute) {
  return verifyResidual(op, attribute.getName());
}

LogicalResult ADDialect::verifyOperationAttribute(Operation *op,
                                                  NamedAttribute attribute) {
  StringRef name = attribute.getName();
  if (name == checkpointAttrName)
    return verifyCheckpoint(op, attribute.getValue());
  if (name != maxIterationsAttrName && name != maxDepthAttrName)
    return verifyKnown(
        op, name,
        {loopNumberAttrName, limitAttrName, forwardAttrName, likeAttrName});
  auto number = dyn_cast<IntegerAttr>(attribute.getValue());
  if (!number || !number.getType().isSignlessInteger(64) ||
      number.getInt() <= 0)
    return op->emitOpError("expects '")
           << name << "' to be a positive i64, got " << attribute.getValue();
  // Each depth has its row of what is kept.
  constexpr int64_t mostDepth = 1000000;
  if (name == maxDepthAttrName && number.getInt() > mostDepth)
    return op->emitOpError("expects '")
           << name << "' to be at most " << mostDepth << ", got "
           << number.getInt();
  if (name == maxIterationsAttrName ? !isa<LoopLikeOpInterface>(op)
                                    : !isa<FunctionOpInterface>(op))
    return op->emitOpError("has '")
           << name << "', which belongs on a "
           << (name == maxIterationsAttrName ? "loop" : "function");
  return success();
}

//===----------------------------------------------------------------------===//
// DetachOp: a derivative that is zero everywhere
//===----------------------------------------------------------------------===//

bool DetachOp::isCheap() { return true; }

DerivativeKind DetachOp::getDerivativeKind(unsigned operand) {
  return DerivativeKind::Zero;
}

LogicalResult DetachOp::buildTangents(OpBuilder &builder,
                                      ArrayRef<Value> operandTangents,
                                      MutableArrayRef<Value> resultTangents) {
  return success();
}

LogicalResult
DetachOp::buildCotangents(OpBuilder &builder, ArrayRef<Value> resultCotangents,
                          const llvm::SmallBitVector &wanted,
                          MutableArrayRef<Value> operandCotangents) {
  return success();
}
