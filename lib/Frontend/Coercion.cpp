//===- Coercion.cpp - NumPy's rules made explicit -------------------------===//
//
// Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Coercion.h"
#include "Refinement.h"
#include "atled/Dialect/Atled/IR/Atled.h"
#include "atled/Frontend/IntegerRange.hpp"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"
#include "llvm/ADT/StringExtras.h"

using namespace atled;

//===----------------------------------------------------------------------===//
// Element types
//===----------------------------------------------------------------------===//

/// The smallest float that holds the integers of a type: f16 those of 8 bits
/// and booleans, f32 those of 16, f64 the rest, as well as it can.
static Type getFloatFor(Type integer) {
  Builder builder(integer.getContext());
  unsigned width = integer.getIntOrFloatBitWidth();
  return width <= 8    ? builder.getF16Type()
         : width == 16 ? builder.getF32Type()
                       : Type(builder.getF64Type());
}

static Type promoteFloats(Type lhs, Type rhs) {
  unsigned left = lhs.getIntOrFloatBitWidth(),
           right = rhs.getIntOrFloatBitWidth();
  if (left != right)
    return left > right ? lhs : rhs;
  // Of f16 and bf16 neither holds the other.
  return lhs == rhs ? lhs : Type(Float32Type::get(lhs.getContext()));
}

static Type promoteIntegers(Type lhs, Type rhs) {
  unsigned left = lhs.getIntOrFloatBitWidth(),
           right = rhs.getIntOrFloatBitWidth();
  if (lhs.isUnsignedInteger() == rhs.isUnsignedInteger())
    return left > right ? lhs : rhs;
  unsigned unsignedWidth = lhs.isUnsignedInteger() ? left : right;
  unsigned signedWidth = lhs.isUnsignedInteger() ? right : left;
  unsigned width = std::max(2 * unsignedWidth, signedWidth);
  // No integer holds those of ui64 and negative ones.
  return width > 64 ? Type(Float64Type::get(lhs.getContext()))
                    : IntegerType::get(lhs.getContext(), width);
}

Type atled::promote(Type lhs, Type rhs) {
  if (lhs == rhs || isBooleanElement(rhs))
    return lhs;
  if (isBooleanElement(lhs))
    return rhs;
  if (isFloatElement(lhs) && isFloatElement(rhs))
    return promoteFloats(lhs, rhs);
  if (isIntegerElement(lhs) && isIntegerElement(rhs))
    return promoteIntegers(lhs, rhs);
  auto [real, integer] =
      isFloatElement(lhs) ? std::pair(lhs, rhs) : std::pair(rhs, lhs);
  // bf16, which NumPy does not have, holds the integers of 8 bits.
  if (real.isBF16() && integer.getIntOrFloatBitWidth() == 8)
    return real;
  return promoteFloats(real, getFloatFor(integer));
}

/// What numbers make of the element type `type` of the tensors beside them,
/// null if there are none: a number has a kind, but no size.
static Type promoteNumber(Type type, const atled_operand &number,
                          MLIRContext *context) {
  Builder builder(context);
  switch (number.kind) {
  case ATLED_REAL:
    return type && isFloatElement(type) ? type : Type(builder.getF64Type());
  case ATLED_INTEGER:
    return type && isNumberElement(type) ? type : Type(builder.getI64Type());
  default:
    return type ? type : Type(builder.getI1Type());
  }
}

/// The operands that share an element type: numbers and floats, or indices.
static bool isIn(const Operand &operand, int32_t role) {
  int32_t own = operand.role == ATLED_FLOATS ? ATLED_NUMBERS : operand.role;
  return own == role;
}

static Type getElementType(const Operand &tensor) {
  return getTensorType(tensor.given.value.type).getElementType();
}

/// The element type of the operands in `role`; null if there are none.
static Type getCommonElementType(ArrayRef<Operand> operands, int32_t role) {
  Type common;
  for (const Operand &operand : operands)
    if (!operand.isNumber() && isIn(operand, role))
      common = common ? promote(common, getElementType(operand))
                      : getElementType(operand);
  bool needsFloat = false;
  for (const Operand &operand : operands) {
    if (!isIn(operand, role))
      continue;
    if (operand.isNumber())
      common = promoteNumber(common, operand.given, &getContext());
    needsFloat |= operand.role == ATLED_FLOATS;
  }
  return needsFloat && !isFloatElement(common) ? getFloatFor(common) : common;
}

SmallVector<Type> atled::getElementTypes(ArrayRef<Operand> operands) {
  Type numbers = getCommonElementType(operands, ATLED_NUMBERS);
  Type indices = getCommonElementType(operands, ATLED_INDICES);
  return llvm::map_to_vector(operands, [&](const Operand &operand) -> Type {
    if (isIn(operand, ATLED_NUMBERS))
      return numbers;
    if (isIn(operand, ATLED_INDICES))
      return indices;
    if (!operand.isNumber())
      return getElementType(operand);
    return isIn(operand, ATLED_BOOLEANS)
               ? Type(Builder(&getContext()).getI1Type())
               : promoteNumber(Type(), operand.given, &getContext());
  });
}

//===----------------------------------------------------------------------===//
// Shapes
//===----------------------------------------------------------------------===//

static std::string formatShape(ArrayRef<int64_t> shape) {
  auto extents = llvm::map_range(shape, [](int64_t extent) {
    return ShapedType::isDynamic(extent) ? "?" : std::to_string(extent);
  });
  return "(" + llvm::join(extents, ", ") + ")";
}

namespace {
/// The shape that operands are broadcast to. A dynamic extent is that of
/// another operand, which the call has to keep: it is not repeated.
struct CommonShape {
  SmallVector<int64_t> extents;
  /// Where each extent other than 1 comes from.
  SmallVector<std::pair<Value, int64_t>> sources;

  bool isDynamic() const { return ShapedType::isDynamicShape(extents); }
};
} // namespace

/// Extends `shape` by that of another operand, dimensions counted from the
/// last.
static LogicalResult mergeShape(CommonShape &shape, Value value,
                                Location location) {
  ArrayRef<int64_t> other = cast<RankedTensorType>(value.getType()).getShape();
  size_t rank = std::max(shape.extents.size(), other.size());
  CommonShape merged{SmallVector<int64_t>(rank, 1),
                     SmallVector<std::pair<Value, int64_t>>(rank)};
  llvm::copy(shape.extents, merged.extents.end() - shape.extents.size());
  llvm::copy(shape.sources, merged.sources.end() - shape.sources.size());
  for (auto [dimension, extent] : llvm::enumerate(other)) {
    size_t position = rank - other.size() + dimension;
    int64_t &target = merged.extents[position];
    bool mayBeEqual = target == extent || ShapedType::isDynamic(target) ||
                      ShapedType::isDynamic(extent);
    if (!mayBeEqual && target != 1 && extent != 1) {
      InFlightDiagnostic diagnostic =
          emitError(location)
          << "shapes " << formatShape(shape.extents) << " and "
          << formatShape(other) << " do not broadcast: dimension "
          << int64_t(position) - int64_t(rank) << " is " << target
          << " in one and " << extent << " in the other";
      diagnostic.attachNote(value.getLoc())
          << "the tensor of shape " << formatShape(other) << " is made here";
      return diagnostic;
    }
    // What is known is known of both.
    if (extent != 1 && (target == 1 || ShapedType::isDynamic(target))) {
      target = extent;
      merged.sources[position] = {value, dimension};
    }
  }
  shape = std::move(merged);
  return success();
}

static Value broadcast(OpBuilder &builder, Location location, Value value,
                       const CommonShape &shape) {
  auto type = cast<RankedTensorType>(value.getType());
  value = refine(builder, location, value,
                 ArrayRef(shape.extents).take_back(type.getRank()));
  type = cast<RankedTensorType>(value.getType());
  if (type.getShape() == ArrayRef(shape.extents))
    return value;
  int64_t rank = shape.extents.size(), first = rank - type.getRank();
  auto dimensions = llvm::to_vector(llvm::seq(first, rank));
  SmallVector<Value> sizes;
  for (auto [dimension, extent] : llvm::enumerate(shape.extents)) {
    int64_t own = int64_t(dimension) - first;
    if (!ShapedType::isDynamic(extent) || (own >= 0 && type.isDynamicDim(own)))
      continue;
    auto [source, sourceDimension] = shape.sources[dimension];
    sizes.push_back(
        tensor::DimOp::create(builder, location, source, sourceDimension));
  }
  return BroadcastOp::create(
      builder, location,
      RankedTensorType::get(shape.extents, type.getElementType()), value,
      dimensions, sizes);
}

//===----------------------------------------------------------------------===//
// Operands
//===----------------------------------------------------------------------===//

LogicalResult atled::checkFits(const atled_operand &number, Type elementType,
                               Location location) {
  if (number.kind == ATLED_REAL || !isIntegerElement(elementType) ||
      detail::is_in_range(number.integer, elementType.getIntOrFloatBitWidth(),
                          !elementType.isUnsignedInteger()))
    return success();
  return emitError(location)
         << "no element of type " << elementType << " holds " << number.integer;
}

static FailureOr<Value> makeConstant(OpBuilder &builder, Location location,
                                     const atled_operand &number,
                                     Type elementType,
                                     ArrayRef<int64_t> shape) {
  auto type = RankedTensorType::get(shape, elementType);
  if (number.kind == ATLED_REAL)
    return Value(ConstantOp::create(builder, location, type, number.real));
  int64_t value = number.integer;
  if (isFloatElement(elementType))
    return Value(ConstantOp::create(builder, location, type,
                                    static_cast<double>(value)));
  if (failed(checkFits(number, elementType, location)))
    return failure();
  APInt element(elementType.getIntOrFloatBitWidth(), value, /*isSigned=*/true,
                /*implicitTrunc=*/true);
  return Value(ConstantOp::create(builder, location,
                                  DenseElementsAttr::get(type, element)));
}

FailureOr<SmallVector<Value>> atled::coerce(OpBuilder &builder,
                                            Location location,
                                            ArrayRef<Operand> operands,
                                            bool elementwise) {
  CommonShape shape;
  if (elementwise)
    for (const Operand &operand : operands)
      if (operand.value && failed(mergeShape(shape, operand.value, location)))
        return failure();

  SmallVector<Type> elementTypes = getElementTypes(operands);
  SmallVector<Value> values;
  for (auto [operand, elementType] : llvm::zip_equal(operands, elementTypes)) {
    Value value = operand.value;
    if (!value) {
      FailureOr<Value> constant = makeConstant(
          builder, location, operand.given, elementType,
          shape.isDynamic() ? ArrayRef<int64_t>() : ArrayRef(shape.extents));
      if (failed(constant))
        return failure();
      values.push_back(broadcast(builder, location, *constant, shape));
      continue;
    }
    if (cast<RankedTensorType>(value.getType()).getElementType() != elementType)
      value = ConvertOp::create(builder, location, value, elementType);
    values.push_back(elementwise ? broadcast(builder, location, value, shape)
                                 : value);
  }
  return values;
}

//===----------------------------------------------------------------------===//
// Indices
//===----------------------------------------------------------------------===//

/// The number in a tensor of one i64. Sums, differences and products are those
/// of numbers, so that what is computed of extents is known before the call.
static Value readNumber(OpBuilder &builder, Location location, Value integer,
                        DenseMap<Value, Value> &known) {
  if (Value number = known.lookup(integer))
    return number;
  Operation *op = integer.getDefiningOp();
  if (!isa_and_present<AddOp, SubOp, MulOp>(op))
    return known[integer] =
               builder.createOrFold<tensor::ExtractOp>(location, integer);
  Value lhs = readNumber(builder, location, op->getOperand(0), known);
  Value rhs = readNumber(builder, location, op->getOperand(1), known);
  Value number = isa<AddOp>(op)
                     ? builder.createOrFold<arith::AddIOp>(location, lhs, rhs)
                 : isa<SubOp>(op)
                     ? builder.createOrFold<arith::SubIOp>(location, lhs, rhs)
                     : builder.createOrFold<arith::MulIOp>(location, lhs, rhs);
  return known[integer] = number;
}

FailureOr<Value> atled::readIndex(OpBuilder &builder, Location location,
                                  Value integer, const Twine &what) {
  auto type = cast<RankedTensorType>(integer.getType());
  if (type.getRank() || !isIntegerElement(type.getElementType()))
    return emitError(location)
           << what << " takes one integer, and a " << type << " is given";
  Type i64 = builder.getI64Type();
  if (type.getElementType() != i64)
    integer = ConvertOp::create(builder, location, integer, i64);
  DenseMap<Value, Value> known;
  Value number = readNumber(builder, location, integer, known);
  // What makeInteger was given, so that an extent stays one.
  auto cast = number.getDefiningOp<arith::IndexCastOp>();
  if (cast && cast.getIn().getType().isIndex())
    return cast.getIn();
  return builder.createOrFold<arith::IndexCastOp>(
      location, builder.getIndexType(), number);
}

Value atled::makeInteger(OpBuilder &builder, Location location, Value index) {
  Value number = arith::IndexCastOp::create(builder, location,
                                            builder.getI64Type(), index);
  return tensor::FromElementsOp::create(
      builder, location, RankedTensorType::get({}, number.getType()), number);
}
