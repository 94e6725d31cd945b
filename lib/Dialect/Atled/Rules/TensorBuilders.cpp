//===- TensorBuilders.cpp - Small pieces that rules are made of -----------===//
//
// Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "TensorBuilders.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/SCF/IR/SCF.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"

using namespace atled;

/// What the loop's argument number `index` begins with, if every iteration
/// keeps its shape. A loop that is being built yields nothing yet.
static Value getInit(scf::ForOp loop, unsigned index) {
  Value argument = loop.getRegionIterArg(index);
  Block &body = *loop.getBody();
  auto yield =
      body.empty() ? scf::YieldOp() : dyn_cast<scf::YieldOp>(body.back());
  if (!yield || index >= yield.getNumOperands())
    return Value();
  Value yielded = yield.getOperand(index);
  while (yielded != argument) {
    if (auto insertion = yielded.getDefiningOp<tensor::InsertSliceOp>())
      yielded = insertion.getDest();
    else if (auto inner = yielded.getDefiningOp<scf::ForOp>())
      yielded = getInit(inner, cast<OpResult>(yielded).getResultNumber());
    else
      return Value();
    if (!yielded)
      return Value();
  }
  return loop.getInitArgs()[index];
}

/// The value next to `value` on the way up that has its shape, or null.
static Value getShapeSource(Value value) {
  if (auto argument = dyn_cast<BlockArgument>(value)) {
    // What is being built may have a body before it is there itself.
    auto loop =
        dyn_cast_if_present<scf::ForOp>(argument.getOwner()->getParentOp());
    bool isCarried =
        loop && argument.getArgNumber() >= loop.getNumInductionVars();
    return isCarried ? getInit(loop, argument.getArgNumber() -
                                         loop.getNumInductionVars())
                     : Value();
  }
  Operation *op = value.getDefiningOp();
  if (auto loop = dyn_cast<scf::ForOp>(op))
    return getInit(loop, cast<OpResult>(value).getResultNumber());
  if (auto insertion = dyn_cast<tensor::InsertSliceOp>(op))
    return insertion.getDest();
  bool keepsShape =
      isa<ConvertOp>(op) || op->hasTrait<OpTrait::SameOperandsAndResultType>();
  return keepsShape ? op->getOperand(0) : Value();
}

/// As far up as can be told, a value that has the shape of `value`.
static Value getOrigin(Value value) {
  while (Value source = getShapeSource(value))
    value = source;
  return value;
}

SmallVector<Value> atled::buildDynamicSizes(OpBuilder &builder,
                                            Location location, Value like,
                                            ArrayRef<int64_t> dimensions) {
  SmallVector<Value> sizes;
  Value origin = getOrigin(like);
  auto empty = origin.getDefiningOp<tensor::EmptyOp>();
  for (int64_t dimension : dimensions)
    if (getTensorType(like).isDynamicDim(dimension))
      sizes.push_back(
          empty ? empty.getDynamicSize(dimension)
                : tensor::DimOp::create(builder, location, origin, dimension));
  return sizes;
}

SmallVector<Value> atled::buildDynamicSizes(OpBuilder &builder,
                                            Location location, Value like) {
  return buildDynamicSizes(
      builder, location, like,
      llvm::to_vector(llvm::seq(getTensorType(like).getRank())));
}

Value atled::buildSplat(OpBuilder &builder, Location location,
                        RankedTensorType type, double value, Value like) {
  if (type.hasStaticShape())
    return ConstantOp::create(builder, location, type, value);
  auto scalar = ConstantOp::create(
      builder, location, RankedTensorType::get({}, type.getElementType()),
      value);
  return BroadcastOp::create(builder, location, type, scalar,
                             ArrayRef<int64_t>(),
                             buildDynamicSizes(builder, location, like));
}

Value atled::buildBroadcastBack(RuleBuilder &builder, Value reduced, Value like,
                                ArrayRef<int64_t> dimensions) {
  RankedTensorType shape = getTensorType(like);
  auto type = RankedTensorType::get(shape.getShape(),
                                    getTensorType(reduced).getElementType());
  SmallVector<int64_t> kept;
  for (int64_t dimension : llvm::seq(shape.getRank()))
    if (!llvm::is_contained(dimensions, dimension))
      kept.push_back(dimension);
  return BroadcastOp::create(
      builder, type, reduced, kept,
      buildDynamicSizes(builder, builder.getLoc(), like, dimensions));
}

Value atled::widen(RuleBuilder &builder, Value value) {
  Type element = getTensorType(value).getElementType();
  return element.isF16() || element.isBF16()
             ? ConvertOp::create(builder, value, builder.getF32Type())
             : value;
}

Value atled::roundLike(RuleBuilder &builder, Value value, Value like) {
  Type element = getTensorType(like).getElementType();
  return getTensorType(value).getElementType() == element
             ? value
             : ConvertOp::create(builder, value, element);
}

Value atled::buildContenders(RuleBuilder &builder, Value values,
                             Value extremum) {
  Value zero = builder.zeroTangent(values);
  Value one = splatLike(builder, 1.0, values);
  Value attains = CompareOp::create(builder, Predicate::eq, values, extremum);
  // If there are NaNs, nothing equals the extremum.
  Value isNaN = CompareOp::create(builder, Predicate::ne, values, values);
  Value nanShare = SelectOp::create(builder, isNaN, one, zero);
  return SelectOp::create(builder, attains, one, nanShare);
}

Value atled::buildEvenShares(RuleBuilder &builder, Value contenders, Value like,
                             ArrayRef<int64_t> dimensions) {
  Value count = ReduceSumOp::create(builder, contenders, dimensions);
  return DivOp::create(builder, contenders,
                       buildBroadcastBack(builder, count, like, dimensions));
}

Value atled::buildDirection(RuleBuilder &builder, Value x, Value length) {
  Value zero = splatLike(builder, 0.0, x);
  Value one = splatLike(builder, 1.0, length);
  Value isOrigin = CompareOp::create(builder, Predicate::eq, length, zero);
  // What is not taken there is not infinite either: its own derivatives are
  // multiplied by 0.
  Value divisor = SelectOp::create(builder, isOrigin, one, length);
  return SelectOp::create(builder, isOrigin, zero,
                          DivOp::create(builder, x, divisor));
}

Value atled::buildNumbers(RuleBuilder &builder, ArrayRef<int64_t> shape,
                          ValueRange sizes) {
  Type integer = builder.getI64Type();
  int64_t known = 1;
  for (int64_t extent : shape)
    known *= ShapedType::isDynamic(extent) ? 1 : extent;
  SmallVector<Value, 1> count;
  if (!sizes.empty())
    count.push_back(arith::ConstantIndexOp::create(builder, known));
  for (Value size : sizes)
    count.front() = arith::MulIOp::create(builder, count.front(), size);
  auto flatType = RankedTensorType::get(
      count.empty() ? known : ShapedType::kDynamic, integer);
  Value flat = IotaOp::create(builder, flatType, /*dimension=*/0, count);
  return ReshapeOp::create(builder, RankedTensorType::get(shape, integer), flat,
                           sizes);
}
