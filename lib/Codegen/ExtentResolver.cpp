//===- ExtentResolver.cpp - What extents follow from ----------------------===//
//
// Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "ExtentResolver.h"
#include "atled/Codegen/Passes.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Arith/Utils/Utils.h"
#include "mlir/Dialect/Bufferization/IR/Bufferization.h"
#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/Dialect/MemRef/IR/MemRef.h"
#include "mlir/Dialect/SCF/IR/SCF.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"
#include "mlir/Dialect/Utils/StaticValueUtils.h"
#include "mlir/IR/IRMapping.h"
#include "mlir/Interfaces/DestinationStyleOpInterface.h"
#include "mlir/Interfaces/SideEffectInterfaces.h"
#include "mlir/Interfaces/SubsetOpInterface.h"
#include "llvm/ADT/TypeSwitch.h"

using namespace atled;

/// The dimension of a slice's source that dimension `dim` of the slice is.
static int64_t getSourceDim(const llvm::SmallBitVector &dropped, int64_t dim) {
  int64_t source = 0;
  while (dropped.test(source) || dim-- > 0)
    ++source;
  return source;
}

Value ExtentResolver::resolve(OpFoldResult index) {
  if (auto value = dyn_cast<Value>(index))
    return resolve(value);
  int64_t number = *getConstantIntValue(index);
  Value &constant = constants[number];
  if (!constant)
    constant = arith::ConstantIndexOp::create(builder, builder.getUnknownLoc(),
                                              number);
  return constant;
}

Value ExtentResolver::resolve(Value index) {
  if (Value known = indices.lookup(index))
    return known;
  if (std::optional<int64_t> number = getConstantIntValue(index);
      number && index.getType().isIndex())
    return resolve(OpFoldResult(builder.getIndexAttr(*number)));
  Operation *op = index.getDefiningOp();
  if (!op || op->getNumRegions() != 0 || !isPure(op))
    return {};
  if (isa<tensor::DimOp, memref::DimOp>(op)) {
    Value shaped = op->getOperand(0);
    std::optional<int64_t> dim = getConstantIntValue(op->getOperand(1));
    auto type = cast<ShapedType>(shaped.getType());
    // A dimension that there is not has no extent.
    bool exists = dim && type.hasRank() && *dim >= 0 && *dim < type.getRank();
    return indices[index] = exists ? resolve(shaped, *dim) : Value();
  }
  if (!llvm::all_of(op->getOperandTypes(),
                    [](Type type) { return type.isIntOrIndex(); }) ||
      !llvm::all_of(op->getResultTypes(),
                    [](Type type) { return type.isIntOrIndex(); }))
    return {};
  IRMapping mapping;
  for (Value operand : op->getOperands()) {
    Value resolved = resolve(operand);
    if (!resolved)
      return {};
    mapping.map(operand, resolved);
  }
  SmallVector<Value> results;
  Operation *clone = builder.clone(*op, mapping);
  if (failed(builder.tryFold(clone, results)))
    llvm::append_range(results, clone->getResults());
  else
    clone->erase();
  for (auto [result, resolved] : llvm::zip_equal(op->getResults(), results))
    indices[result] = resolved;
  return indices[index];
}

Value ExtentResolver::resolve(Value shaped, int64_t dim) {
  auto type = cast<ShapedType>(shaped.getType());
  if (!type.isDynamicDim(dim))
    return resolve(OpFoldResult(builder.getIndexAttr(type.getDimSize(dim))));
  auto [entry, isNew] = extents.try_emplace({shaped, dim});
  if (!isNew)
    return entry->second;
  Value extent = resolveUncached(shaped, dim);
  return extents[{shaped, dim}] = extent;
}

Value ExtentResolver::resolveUncached(Value shaped, int64_t dim) {
  if (auto argument = dyn_cast<BlockArgument>(shaped))
    return resolveArgument(argument, dim);
  return resolveResult(cast<OpResult>(shaped), dim);
}

Value ExtentResolver::resolveArgument(BlockArgument argument, int64_t dim) {
  Operation *parent = argument.getOwner()->getParentOp();
  if (auto loop = dyn_cast<scf::ForOp>(parent)) {
    OpOperand *init = loop.getTiedLoopInit(argument);
    return init ? resolve(init->get(), dim) : Value();
  }
  if (auto loop = dyn_cast<scf::WhileOp>(parent)) {
    unsigned index = argument.getArgNumber();
    return resolve(argument.getOwner() == loop.getBeforeBody()
                       ? loop.getInits()[index]
                       : loop.getConditionOp().getArgs()[index],
                   dim);
  }
  return getArgumentExtent ? getArgumentExtent(argument, dim) : Value();
}

/// Which of the branches is taken, nobody knows beforehand. But a function that
/// has a companion is not called where they return tensors of different size.
Value ExtentResolver::resolveAny(ArrayRef<Value> branches, int64_t dim) {
  Value first = branches.front();
  Value extent = resolve(first, dim);
  bool isSame = true;
  for (Value branch : branches.drop_front()) {
    Value other = resolve(branch, dim);
    if (!other)
      return {};
    isSame &= other == extent;
  }
  auto function = first.getParentRegion()->getParentOfType<func::FuncOp>();
  bool hasCompanion = function && function->hasAttr(extentsAttrName);
  return isSame || hasCompanion ? extent : Value();
}

Value ExtentResolver::resolveResult(OpResult result, int64_t dim) {
  unsigned index = result.getResultNumber();
  Operation *op = result.getDefiningOp();
  auto sizeOf = [&](ArrayRef<OpFoldResult> sizes) {
    return resolve(sizes[dim]);
  };
  return TypeSwitch<Operation *, Value>(op)
      .Case(
          [&](tensor::EmptyOp empty) { return sizeOf(empty.getMixedSizes()); })
      .Case(
          [&](memref::AllocOp alloc) { return sizeOf(alloc.getMixedSizes()); })
      .Case([&](memref::ReinterpretCastOp view) {
        return sizeOf(view.getMixedSizes());
      })
      .Case<tensor::ExtractSliceOp, memref::SubViewOp>([&](auto slice) {
        return resolve(
            slice.getMixedSizes()[getSourceDim(slice.getDroppedDims(), dim)]);
      })
      .Case<tensor::CastOp, memref::CastOp>(
          [&](auto cast) { return resolve(cast.getSource(), dim); })
      .Case<tensor::ExpandShapeOp, memref::ExpandShapeOp>(
          [&](auto expand) { return sizeOf(expand.getMixedOutputShape()); })
      .Case<tensor::CollapseShapeOp, memref::CollapseShapeOp>(
          [&](auto collapse) {
            Value product;
            ReassociationIndices group =
                collapse.getReassociationIndices()[dim];
            for (int64_t source : group) {
              Value extent = resolve(collapse.getSrc(), source);
              if (!extent)
                return Value();
              product = product ? builder.createOrFold<arith::MulIOp>(
                                      op->getLoc(), product, extent)
                                : extent;
            }
            return product;
          })
      .Case([&](tensor::PadOp pad) {
        Value extent = resolve(pad.getSource(), dim);
        for (OpFoldResult side :
             {pad.getMixedLowPad()[dim], pad.getMixedHighPad()[dim]}) {
          Value width = resolve(side);
          if (!extent || !width)
            return Value();
          extent =
              builder.createOrFold<arith::AddIOp>(op->getLoc(), extent, width);
        }
        return extent;
      })
      .Case([&](scf::ForOp loop) {
        return resolve(loop.getTiedLoopInit(result)->get(), dim);
      })
      .Case([&](scf::WhileOp loop) {
        return resolve(loop.getConditionOp().getArgs()[index], dim);
      })
      .Case<scf::IfOp, scf::IndexSwitchOp>([&](Operation *branch) {
        SmallVector<Value> yielded;
        for (Region &region : branch->getRegions())
          yielded.push_back(region.front().getTerminator()->getOperand(index));
        return resolveAny(yielded, dim);
      })
      .Case([&](arith::SelectOp select) {
        return resolveAny({select.getTrueValue(), select.getFalseValue()}, dim);
      })
      .Case([&](DestinationStyleOpInterface computation) {
        return resolve(computation.getTiedOpOperand(result)->get(), dim);
      })
      .Case([&](SubsetInsertionOpInterface insertion) {
        return resolve(insertion.getDestinationOperand().get(), dim);
      })
      .Default([](Operation *) { return Value(); });
}

Value atled::createEmptyLike(OpBuilder &builder, Value tensor) {
  Location loc = tensor.getLoc();
  auto type = cast<RankedTensorType>(tensor.getType());
  ExtentResolver resolver(
      builder, [&](BlockArgument argument, int64_t dim) -> Value {
        return tensor::DimOp::create(builder, loc, argument, dim);
      });
  SmallVector<Value> sizes;
  for (int64_t dim = 0; dim < type.getRank(); ++dim) {
    if (!type.isDynamicDim(dim))
      continue;
    sizes.push_back(resolver.resolve(tensor, dim));
    if (!sizes.back())
      return {};
  }
  return tensor::EmptyOp::create(builder, loc, type.getShape(),
                                 type.getElementType(), sizes);
}
