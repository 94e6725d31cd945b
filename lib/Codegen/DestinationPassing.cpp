//===- DestinationPassing.cpp - Results are written where the caller says -===//
//
// Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Gives every function one destination argument per tensor result, and passes
// destinations at every call. It happens on tensors, so that bufferization
// finds a computation's final place by itself and results of dynamic size need
// no special care. A function without a body, which C provides, gets one that
// stands for it until there are buffers.
//
//===----------------------------------------------------------------------===//

#include "RegionDestinations.h"
#include "atled/Codegen/Passes.h"
#include "atled/Support/Attributes.h"
#include "mlir/Dialect/Affine/IR/AffineOps.h"
#include "mlir/Dialect/Affine/Transforms/Transforms.h"
#include "mlir/Dialect/Arith/Utils/Utils.h"
#include "mlir/Dialect/Bufferization/IR/Bufferization.h"
#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/Dialect/SCF/IR/SCF.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"
#include "mlir/Interfaces/ValueBoundsOpInterface.h"

namespace atled {
#define GEN_PASS_DEF_DESTINATIONPASSINGPASS
#include "atled/Codegen/Passes.h.inc"
} // namespace atled

using namespace atled;

namespace {
/// A dynamic extent of a function's result, as a function of extents of its
/// arguments: `map` of (argument, dimension), in order.
struct ResultExtent {
  AffineMap map;
  SmallVector<std::pair<unsigned, int64_t>> operands;
};

/// For each result and each dynamic dimension of it, in order.
using ResultExtents = SmallVector<SmallVector<std::optional<ResultExtent>>>;
} // namespace

/// C gets pointers to what it takes and returns, and nothing else.
static LogicalResult verifyDeclaration(func::FuncOp func) {
  for (auto [what, types] : {std::pair("argument ", func.getArgumentTypes()),
                             std::pair("result ", func.getResultTypes())})
    for (auto [index, type] : llvm::enumerate(types))
      if (auto tensor = dyn_cast<RankedTensorType>(type);
          !tensor || !tensor.hasStaticShape())
        return func.emitOpError("has no body, and ")
               << what << index << " has type " << type
               << " where a tensor of static shape is needed";
  return success();
}

static LogicalResult verifyFunction(func::FuncOp func) {
  if (func.isExternal())
    return verifyDeclaration(func);
  if (!func.getBody().hasOneBlock())
    return func.emitOpError("has ")
           << func.getBody().getBlocks().size()
           << " blocks where one is needed; write control flow with scf.if, "
              "scf.for or scf.while";
  for (auto [what, types] : {std::pair("argument ", func.getArgumentTypes()),
                             std::pair("result ", func.getResultTypes())})
    for (auto [index, type] : llvm::enumerate(types)) {
      if (isa<UnrankedTensorType, BaseMemRefType>(type))
        return func.emitOpError(what) << index << " has type " << type
                                      << " where a ranked tensor is needed";
      if (func.isPublic() && !isa<RankedTensorType>(type))
        return func.emitOpError("is public, and ")
               << what << index << " has type " << type
               << "; make it a tensor of rank 0";
    }
  return success();
}

/// How dimension `dim` of `value` follows from the extents of its function's
/// arguments, if it does.
static std::optional<ResultExtent> getExtent(Value value, int64_t dim) {
  ValueDimList operands;
  ResultExtent extent;
  auto isArgument = [](Value value, std::optional<int64_t>,
                       ValueBoundsConstraintSet &) {
    return isa<BlockArgument>(value);
  };
  if (failed(ValueBoundsConstraintSet::computeBound(
          extent.map, operands, presburger::BoundType::EQ,
          ValueBoundsConstraintSet::Variable(value, dim), isArgument)))
    return std::nullopt;
  for (auto [operand, operandDim] : operands) {
    auto argument = dyn_cast<BlockArgument>(operand);
    if (!argument || !operandDim ||
        !isa<func::FuncOp>(argument.getOwner()->getParentOp()))
      return std::nullopt;
    extent.operands.emplace_back(argument.getArgNumber(), *operandDim);
  }
  return extent;
}

static ResultExtents getResultExtents(func::FuncOp func) {
  if (func.isExternal())
    return ResultExtents(func.getNumResults());
  ResultExtents extents;
  for (Value result : func.getBody().front().getTerminator()->getOperands()) {
    auto &dims = extents.emplace_back();
    if (auto type = dyn_cast<RankedTensorType>(result.getType()))
      for (int64_t dim = 0; dim < type.getRank(); ++dim)
        if (type.isDynamicDim(dim))
          dims.push_back(getExtent(result, dim));
  }
  return extents;
}

/// What `value` is a reshape of, of static shape.
static Value skipReshapes(Value value) {
  auto isStatic = [](Value value) {
    return cast<RankedTensorType>(value.getType()).hasStaticShape();
  };
  Operation *op = value.getDefiningOp();
  while (isa_and_nonnull<tensor::CollapseShapeOp, tensor::ExpandShapeOp>(op) &&
         isStatic(value) && isStatic(op->getOperand(0))) {
    value = op->getOperand(0);
    op = value.getDefiningOp();
  }
  return value;
}

/// Undoes on `destination` the reshapes that lead from `source` to `value`.
static Value reshapeDestination(OpBuilder &builder, Value destination,
                                Value value, Value source) {
  for (; value != source; value = value.getDefiningOp()->getOperand(0)) {
    Location loc = value.getLoc();
    if (auto collapse = value.getDefiningOp<tensor::CollapseShapeOp>())
      destination = tensor::ExpandShapeOp::create(
          builder, loc, collapse.getSrcType(), destination,
          collapse.getReassociationIndices());
    else if (auto expand = value.getDefiningOp<tensor::ExpandShapeOp>())
      destination = tensor::CollapseShapeOp::create(
          builder, loc, expand.getSrcType(), destination,
          expand.getReassociationIndices());
  }
  return destination;
}

/// Whether the value can be computed in a destination: not an argument, a
/// constant, or what another result has in its destination.
static bool canBeComputedInPlace(Value value) {
  if (OpOperand *init = getUpdatedInit(value))
    return canBeComputedInPlace(init->get());
  Operation *op = value.getDefiningOp();
  return op && !isa<bufferization::MaterializeInDestinationOp>(op) &&
         !op->hasTrait<OpTrait::ConstantLike>();
}

/// Whether `value` is where another result of the function goes.
static bool isDestination(Value value) {
  auto argument = dyn_cast<BlockArgument>(value);
  if (!argument)
    return false;
  auto numInputs =
      argument.getOwner()->getParentOp()->getAttrOfType<IntegerAttr>(
          numInputsAttrName);
  return numInputs && argument.getArgNumber() >= numInputs.getInt();
}

/// Writes result `result` of a function into `destination`. Where the value
/// is computed there, all that reads it from now on reads the destination.
static void materialize(OpOperand &result, Value destination) {
  Value value = result.get();
  Location loc = value.getLoc();
  OpBuilder builder(result.getOwner());
  OpOperand *init = getUpdatedInit(value);
  if (init && !isComputed(init->get()) && !isDestination(init->get()))
    return startIn(*init, destination);
  Value source = skipReshapes(value);
  // Who changes it gets the original; of views, bufferization copies the wrong
  // one.
  if (source != value && llvm::any_of(source.getUses(), mayUpdate))
    source = value;
  if (!canBeComputedInPlace(source)) {
    auto copy = bufferization::MaterializeInDestinationOp::create(
        builder, loc, value, destination);
    return result.set(copy->getResult(0));
  }
  builder.setInsertionPointAfterValue(source);
  destination = reshapeDestination(builder, destination, value, source);
  auto placed = bufferization::MaterializeInDestinationOp::create(
      builder, loc, source, destination);
  source.replaceAllUsesExcept(placed->getResult(0), placed);
}

/// Gives `func` its destinations and writes its tensor results to them.
static void addDestinations(func::FuncOp func) {
  Operation *terminator = func.getBody().front().getTerminator();
  unsigned numInputs = func.getNumArguments();
  auto unit =
      StringAttr::get(func.getContext(),
                      bufferization::BufferizationDialect::kWritableAttrName);
  for (unsigned index = 0; index < numInputs; ++index)
    if (isa<TensorType>(func.getArgumentTypes()[index]))
      func.setArgAttr(index, unit, BoolAttr::get(func.getContext(), false));
  func->setAttr(
      numInputsAttrName,
      IntegerAttr::get(IntegerType::get(func.getContext(), 64), numInputs));

  for (OpOperand &result : terminator->getOpOperands()) {
    auto type = dyn_cast<RankedTensorType>(result.get().getType());
    if (!type)
      continue;
    unsigned index = func.getNumArguments();
    (void)func.insertArgument(index, type,
                              func.getResultAttrDict(result.getOperandNumber()),
                              result.get().getLoc());
    // What takes an argument's place is there already.
    auto place = func.getResultAttrOfType<IntegerAttr>(
        result.getOperandNumber(), inPlaceAttrName);
    if (place)
      func.setArgAttr(place.getInt(), unit,
                      BoolAttr::get(func.getContext(), true));
    else
      materialize(result, func.getArgument(index));
  }
  writeInPlace(func);
}

/// The same for a function without a body. Its stand-in returns the
/// destinations, and attributes tell bufferization what the real one does: it
/// reads the inputs and writes the destinations.
static void addStandIn(func::FuncOp func) {
  unsigned numInputs = func.getNumArguments();
  OpBuilder builder = OpBuilder::atBlockEnd(func.addEntryBlock());
  auto terminator =
      func::ReturnOp::create(builder, func.getLoc(), ValueRange());
  for (auto [index, type] : llvm::enumerate(func.getResultTypes())) {
    (void)func.insertArgument(numInputs + index, type,
                              func.getResultAttrDict(index), func.getLoc());
    terminator.getOperandsMutable().append(func.getArguments().back());
  }
  for (unsigned index = 0; index < func.getNumArguments(); ++index)
    func.setArgAttr(
        index, bufferization::BufferizationDialect::kBufferAccessAttrName,
        builder.getStringAttr(index < numInputs ? "read" : "write"));
  func->setAttr(numInputsAttrName, builder.getI64IntegerAttr(numInputs));
  func->setAttr("atled.stand_in", builder.getUnitAttr());
}

/// The destination of a call's result: an empty tensor with the extents that
/// the callee will give it.
static Value createDestination(OpBuilder &builder, func::CallOp call,
                               unsigned result,
                               ArrayRef<std::optional<ResultExtent>> extents) {
  auto type = cast<RankedTensorType>(call.getResult(result).getType());
  SmallVector<Value> sizes;
  for (const std::optional<ResultExtent> &extent : extents) {
    ValueDimList operands;
    for (auto [argument, dim] : extent->operands)
      operands.emplace_back(call.getOperand(argument), dim);
    sizes.push_back(getValueOrCreateConstantIndexOp(
        builder, call.getLoc(),
        affine::materializeComputedBound(builder, call.getLoc(), extent->map,
                                         operands)));
  }
  return tensor::EmptyOp::create(builder, call.getLoc(), type.getShape(),
                                 type.getElementType(), sizes);
}

static LogicalResult passDestinations(func::CallOp call, func::FuncOp callee,
                                      const ResultExtents &extents) {
  OpBuilder builder(call);
  SmallVector<Value> operands(call.getOperands());
  for (OpResult result : call.getResults()) {
    if (!isa<RankedTensorType>(result.getType()))
      continue;
    ArrayRef<std::optional<ResultExtent>> dims =
        extents[result.getResultNumber()];
    if (llvm::is_contained(dims, std::nullopt)) {
      InFlightDiagnostic diag = call.emitOpError("needs the size of result ")
                                << result.getResultNumber() << " of type "
                                << result.getType()
                                << ", which does not follow from the shapes of "
                                   "the arguments; make its "
                                   "dimensions static";
      diag.attachNote(callee.getLoc()) << "called function defined here";
      return diag;
    }
    operands.push_back(
        createDestination(builder, call, result.getResultNumber(), dims));
  }
  auto updated = func::CallOp::create(builder, call.getLoc(), callee, operands);
  updated->setDiscardableAttrs(call->getDiscardableAttrDictionary());
  call.replaceAllUsesWith(updated.getResults());
  call.erase();
  return success();
}

namespace {
struct DestinationPassingPass
    : atled::impl::DestinationPassingPassBase<DestinationPassingPass> {
  void runOnOperation() override {
    llvm::MapVector<func::FuncOp, ResultExtents> extents;
    for (auto func : getOperation().getOps<func::FuncOp>()) {
      if (failed(verifyFunction(func)))
        return signalPassFailure();
      extents[func] = getResultExtents(func);
    }
    for (auto &[func, resultExtents] : extents)
      func.isExternal() ? addStandIn(func) : addDestinations(func);

    SymbolTable symbols(getOperation());
    WalkResult result = getOperation().walk([&](func::CallOp call) {
      auto callee = symbols.lookup<func::FuncOp>(call.getCallee());
      return WalkResult(passDestinations(call, callee, extents[callee]));
    });
    if (result.wasInterrupted())
      signalPassFailure();
  }
};
} // namespace
