//===- TensorSpace.cpp - Tensors as a vector space ------------------------===//
//
// Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// What differentiation builds of its own accord, in operations of the dialect:
// zeros and seeds, sums of contributions, products with partials.
//
//===----------------------------------------------------------------------===//

#include "RuleFunctions.h"
#include "TensorBuilders.h"
#include "atled/Interfaces/VectorSpaceTypeInterface.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"
#include "mlir/IR/Matchers.h"

using namespace atled;

/// Adds neighbours until one is left, so that the error grows with the
/// logarithm of the number of terms.
static Value buildBalancedSum(OpBuilder &builder, Location location,
                              SmallVector<Value> terms) {
  while (terms.size() > 1) {
    SmallVector<Value> sums;
    for (size_t index = 0; index + 1 < terms.size(); index += 2)
      sums.push_back(
          AddOp::create(builder, location, terms[index], terms[index + 1]));
    if (terms.size() % 2)
      sums.push_back(terms.back());
    terms = std::move(sums);
  }
  return terms.front();
}

/// Whether all elements of `tensor` are known to be zero.
static bool isZero(Value tensor) {
  if (auto broadcast = tensor.getDefiningOp<BroadcastOp>())
    return isZero(broadcast.getX());
  DenseElementsAttr elements;
  return matchPattern(tensor, m_Constant(&elements)) && elements.isSplat() &&
         isa<FloatType>(elements.getElementType()) &&
         elements.getSplatValue<APFloat>().isZero();
}

/// Whether `term` is zero but for a part, and that part can be added in place.
static bool isSparse(Value term) {
  if (auto insertion = term.getDefiningOp<tensor::InsertSliceOp>())
    return isZero(insertion.getDest());
  if (auto scatter = term.getDefiningOp<ScatterOp>())
    return scatter.getMode() == ScatterMode::add && isZero(scatter.getX());
  auto update = term.getDefiningOp<DynamicUpdateSliceOp>();
  return update && getTensorType(update.getUpdate()).hasStaticShape() &&
         isZero(update.getX());
}

/// Adds the part of `term` that is not zero to the same part of `sum`: it costs
/// what it touches.
static Value addPart(OpBuilder &builder, Location location, Value sum,
                     Value term) {
  if (auto insertion = term.getDefiningOp<tensor::InsertSliceOp>()) {
    Value part = tensor::ExtractSliceOp::create(
        builder, location, insertion.getSourceType(), sum,
        insertion.getMixedOffsets(), insertion.getMixedSizes(),
        insertion.getMixedStrides());
    part = AddOp::create(builder, location, part, insertion.getSource());
    return tensor::InsertSliceOp::create(
        builder, location, part, sum, insertion.getMixedOffsets(),
        insertion.getMixedSizes(), insertion.getMixedStrides());
  }
  if (auto scatter = term.getDefiningOp<ScatterOp>()) {
    auto added = cast<ScatterOp>(builder.clone(*scatter));
    added.getXMutable().assign(sum);
    return added;
  }
  auto update = cast<DynamicUpdateSliceOp>(term.getDefiningOp());
  Value part = DynamicSliceOp::create(
      builder, location, sum, update.getStarts(),
      getTensorType(update.getUpdate()).getShape(), update.getOutOfRange());
  part = AddOp::create(builder, location, part, update.getUpdate());
  return DynamicUpdateSliceOp::create(
      builder, location, sum, part, update.getStarts(), update.getOutOfRange());
}

/// Adds what is dense as a balanced tree, and then to parts of it what is
/// sparse.
static Value buildSparseSum(OpBuilder &builder, Location location,
                            ValueRange terms) {
  SmallVector<Value> dense, sparse;
  for (Value term : terms)
    (isSparse(term) ? sparse : dense).push_back(term);
  if (dense.empty())
    dense.push_back(sparse.pop_back_val());
  Value sum = buildBalancedSum(builder, location, dense);
  for (Value term : sparse)
    sum = addPart(builder, location, sum, term);
  return sum;
}

/// Whether a tensor is empty, so that there is nothing of it to be stacked, and
/// no place in the stack.
static bool hasNoElements(Type type) {
  return llvm::is_contained(cast<RankedTensorType>(type).getShape(), 0);
}

/// The sizes of a tensor of `type`. Those that it leaves open are the sizes of
/// `like` in its last dimensions, or 0 if that is null.
static SmallVector<OpFoldResult> buildSizes(OpBuilder &builder,
                                            Location location,
                                            RankedTensorType type, Value like) {
  SmallVector<OpFoldResult> sizes =
      getAsIndexOpFoldResult(type.getContext(), type.getShape());
  for (auto [dimension, size] : llvm::enumerate(sizes)) {
    if (!type.isDynamicDim(dimension))
      continue;
    size = builder.getIndexAttr(0);
    if (like)
      size = buildDynamicSizes(builder, location, like,
                               dimension + getTensorType(like).getRank() -
                                   type.getRank())
                 .front();
  }
  return sizes;
}

/// The indices of the element with the given number, in row-major order.
static SmallVector<Value> buildIndices(OpBuilder &builder, Location location,
                                       Value number, ArrayRef<int64_t> shape) {
  SmallVector<Value> indices(shape.size());
  for (auto [index, extent] : llvm::reverse(llvm::zip_equal(indices, shape))) {
    Value size = arith::ConstantIndexOp::create(builder, location, extent);
    index = arith::RemUIOp::create(builder, location, number, size);
    number = arith::DivUIOp::create(builder, location, number, size);
  }
  return indices;
}

namespace {
/// Where a tensor stands in a stack. `like` has its size in the last
/// dimensions.
struct StackSlot {
  StackSlot(OpBuilder &builder, Location location, Type type, Value like,
            Value index)
      : offsets({index}), sizes({builder.getIndexAttr(1)}) {
    auto tensor = cast<RankedTensorType>(type);
    offsets.append(tensor.getRank(), builder.getIndexAttr(0));
    llvm::append_range(sizes, buildSizes(builder, location, tensor, like));
    strides.assign(sizes.size(), builder.getIndexAttr(1));
  }

  SmallVector<OpFoldResult> offsets, sizes, strides;
};

struct TensorSpace
    : VectorSpaceTypeInterface::ExternalModel<TensorSpace, RankedTensorType> {
  Type getTangentType(Type type) const {
    return isa<FloatType>(cast<RankedTensorType>(type).getElementType())
               ? type
               : Type();
  }

  bool isScalar(Type type) const {
    return cast<RankedTensorType>(type).getRank() == 0;
  }

  Value buildSplat(Type type, OpBuilder &builder, Location location,
                   double value, Value like) const {
    return atled::buildSplat(builder, location, cast<RankedTensorType>(type),
                             value, like);
  }

  Value buildSum(Type type, OpBuilder &builder, Location location,
                 ValueRange terms) const {
    // Two terms are rounded once anyway.
    auto tensor = cast<RankedTensorType>(type);
    if (terms.size() < 3 || tensor.getElementTypeBitWidth() >= 32)
      return buildSparseSum(builder, location, terms);
    RankedTensorType wide = tensor.clone(builder.getF32Type());
    SmallVector<Value> wideTerms;
    for (Value term : terms)
      wideTerms.push_back(ConvertOp::create(builder, location, wide, term));
    Value sum = buildBalancedSum(builder, location, wideTerms);
    return ConvertOp::create(builder, location, type, sum);
  }

  Type getAccumulatorType(Type type) const {
    auto tensor = cast<RankedTensorType>(type);
    if (tensor.getElementTypeBitWidth() >= 32)
      return type;
    return tensor.clone(Float32Type::get(type.getContext()));
  }

  Value buildConversion(Type, OpBuilder &builder, Location location,
                        Value value, Type to) const {
    return ConvertOp::create(builder, location, to, value);
  }

  Value buildProduct(Type type, OpBuilder &builder, Location location,
                     Value lhs, Value rhs) const {
    return MulOp::create(builder, location, lhs, rhs);
  }

  Value buildGuarded(Type type, OpBuilder &builder, Location location,
                     Value guard, Value value) const {
    Value zero = buildSplat(type, builder, location, 0.0, value);
    Value isZero =
        CompareOp::create(builder, location, Predicate::eq, guard, zero);
    return SelectOp::create(builder, location, isZero, zero, value);
  }

  /// A stack has one dimension more, in front.
  Value buildStack(Type type, OpBuilder &builder, Location location,
                   OpFoldResult count, Value like) const {
    auto tensor = cast<RankedTensorType>(type);
    SmallVector<OpFoldResult> sizes = {count};
    llvm::append_range(sizes, buildSizes(builder, location, tensor, like));
    return tensor::EmptyOp::create(builder, location, sizes,
                                   tensor.getElementType());
  }

  Value buildStackWrite(Type type, OpBuilder &builder, Location location,
                        Value stack, Value index, Value value) const {
    if (hasNoElements(type))
      return stack;
    StackSlot slot(builder, location, type, value, index);
    return tensor::InsertSliceOp::create(builder, location, value, stack,
                                         slot.offsets, slot.sizes,
                                         slot.strides);
  }

  Value buildStackRead(Type type, OpBuilder &builder, Location location,
                       Value stack, Value index) const {
    if (hasNoElements(type))
      return buildPlaceholder(type, builder, location, stack);
    StackSlot slot(builder, location, type, stack, index);
    return tensor::ExtractSliceOp::create(
        builder, location, cast<RankedTensorType>(type), stack, slot.offsets,
        slot.sizes, slot.strides);
  }

  /// Memory that nobody fills.
  Value buildPlaceholder(Type type, OpBuilder &builder, Location location,
                         Value like) const {
    auto tensor = cast<RankedTensorType>(type);
    Value empty = tensor::EmptyOp::create(
        builder, location, buildSizes(builder, location, tensor, like),
        tensor.getElementType());
    if (empty.getType() == type)
      return empty;
    return tensor::CastOp::create(builder, location, type, empty);
  }

  std::optional<int64_t> getNumCoordinates(Type type) const {
    auto tensor = cast<RankedTensorType>(type);
    if (!tensor.hasStaticShape() || !isa<FloatType>(tensor.getElementType()))
      return std::nullopt;
    return tensor.getNumElements();
  }

  Value buildUnitVector(Type type, OpBuilder &builder, Location location,
                        Value coordinate) const {
    auto tensor = cast<RankedTensorType>(type);
    Value zeros = atled::buildSplat(builder, location, tensor, 0.0, Value());
    Value one = arith::ConstantOp::create(
        builder, location, builder.getFloatAttr(tensor.getElementType(), 1.0));
    return tensor::InsertOp::create(
        builder, location, one, zeros,
        buildIndices(builder, location, coordinate, tensor.getShape()));
  }

  /// The result's dimensions, and then the argument's.
  Type getMatrixType(Type type, Type argument) const {
    auto row = dyn_cast<RankedTensorType>(argument);
    auto column = cast<RankedTensorType>(type);
    if (!row || row.getElementType() != column.getElementType())
      return Type();
    SmallVector<int64_t> shape(column.getShape());
    llvm::append_range(shape, row.getShape());
    return column.clone(shape);
  }

  Value buildMatrixOfRows(Type, OpBuilder &builder, Location location,
                          Value rows, Type matrix) const {
    return ReshapeOp::create(builder, location, matrix, rows);
  }

  Value buildMatrixOfColumns(Type, OpBuilder &builder, Location location,
                             Value columns, Type matrix) const {
    auto permutation = llvm::to_vector(
        llvm::seq<int64_t>(1, getTensorType(columns).getRank()));
    permutation.push_back(0);
    Value transposed =
        TransposeOp::create(builder, location, columns, permutation);
    return ReshapeOp::create(builder, location, matrix, transposed);
  }
};
} // namespace

void atled::attachTensorSpace(MLIRContext *context) {
  RankedTensorType::attachInterface<TensorSpace>(*context);
}
