//===- Random.cpp - Random numbers from a key -----------------------------===//
//
// Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Each becomes one linalg.generic whose body encrypts the number of an element
// with Threefry-2x32 and makes the element of the two words that result.
//
//===----------------------------------------------------------------------===//

#include "Extents.h"
#include "Patterns.h"
#include "ScalarBuilder.h"
#include "atled/Dialect/Atled/IR/Atled.h"
#include "mlir/Dialect/Linalg/IR/Linalg.h"
#include "mlir/Dialect/Math/IR/Math.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"
#include "llvm/Support/MathExtras.h"
#include <array>

using namespace atled;

//===----------------------------------------------------------------------===//
// Threefry-2x32
//===----------------------------------------------------------------------===//

namespace {
/// Two words of 32 bits.
using Words = std::array<Value, 2>;

/// A key, and the word that it has besides.
using KeySchedule = std::array<Value, 3>;
} // namespace

static Value literal(OpBuilder &b, Location loc, uint32_t value) {
  return arith::ConstantOp::create(b, loc, b.getI32IntegerAttr(value));
}

/// Reads the words of a key once, in front of all elements.
static KeySchedule readKey(OpBuilder &builder, Location loc, Value key) {
  ImplicitLocOpBuilder b(loc, builder);
  Value first = tensor::ExtractOp::create(
      b, key, ValueRange(arith::ConstantIndexOp::create(b, 0)));
  Value second = tensor::ExtractOp::create(
      b, key, ValueRange(arith::ConstantIndexOp::create(b, 1)));
  Value parity = arith::XOrIOp::create(
      b, arith::XOrIOp::create(b, first, second), literal(b, loc, 0x1BD11BDA));
  return {first, second, parity};
}

static Value rotateLeft(ImplicitLocOpBuilder &b, Value word, unsigned bits) {
  Location loc = b.getLoc();
  return arith::OrIOp::create(
      b, arith::ShLIOp::create(b, word, literal(b, loc, bits)),
      arith::ShRUIOp::create(b, word, literal(b, loc, 32 - bits)));
}

/// Twenty rounds; the key is added in front of them and behind every fourth.
static Words encrypt(OpBuilder &builder, Location loc, const KeySchedule &key,
                     Words counter) {
  constexpr unsigned rotations[] = {13, 15, 26, 6, 17, 29, 16, 24};
  constexpr unsigned numRounds = 20;
  ImplicitLocOpBuilder b(loc, builder);
  Value x = counter[0], y = counter[1];
  auto addKey = [&](unsigned number) {
    x = arith::AddIOp::create(b, x, key[number % 3]);
    y = arith::AddIOp::create(b, y, key[(number + 1) % 3]);
    y = arith::AddIOp::create(b, y, literal(b, loc, number));
  };
  addKey(0);
  for (unsigned round = 0; round < numRounds; ++round) {
    x = arith::AddIOp::create(b, x, y);
    y = rotateLeft(b, y, rotations[round % 8]);
    y = arith::XOrIOp::create(b, x, y);
    if (round % 4 == 3)
      addKey(round / 4 + 1);
  }
  return {x, y};
}

/// The halves of a number of 64 bits, the upper one first.
static Words split(OpBuilder &builder, Location loc, Value number) {
  ImplicitLocOpBuilder b(loc, builder);
  Value width = arith::ConstantIntOp::create(b, number.getType(), 32);
  Value upper = arith::ShRUIOp::create(b, number, width);
  return {arith::TruncIOp::create(b, b.getI32Type(), upper),
          arith::TruncIOp::create(b, b.getI32Type(), number)};
}

//===----------------------------------------------------------------------===//
// Elements of a block
//===----------------------------------------------------------------------===//

/// The first `count` of the bits of an element that has `width`, as a number.
static Value getBits(ScalarBuilder &b, Words block, unsigned width,
                     unsigned count) {
  Value bits;
  if (width == 64) {
    Type wide = b.getI64Type();
    Value upper = arith::ExtUIOp::create(b, wide, block[0]);
    Value lower = arith::ExtUIOp::create(b, wide, block[1]);
    bits = arith::OrIOp::create(
        b, arith::ShLIOp::create(b, upper, b.literal(32, wide)), lower);
  } else {
    bits = arith::XOrIOp::create(b, block[0], block[1]);
  }
  Type type = bits.getType();
  if (width < 32)
    bits = arith::AndIOp::create(
        b, bits, b.literal(llvm::maskTrailingOnes<uint32_t>(width), type));
  if (count < width)
    bits = arith::ShRUIOp::create(b, bits, b.literal(width - count, type));
  return bits;
}

static Value buildElement(RandomBitsOp op, ScalarBuilder &b, Words block) {
  unsigned width = b.getType().getIntOrFloatBitWidth();
  Value bits = getBits(b, block, width, width);
  return bits.getType() == b.getType()
             ? bits
             : arith::TruncIOp::create(b, b.getType(), bits);
}

/// A multiple of what the last bit of a number just below 1 is worth.
static Value buildElement(RandomUniformOp op, ScalarBuilder &b, Words block) {
  auto type = cast<FloatType>(op.getType().getElementType());
  // Of the precision, the first bit is not stored.
  int count = type.getFPMantissaWidth() - 1;
  unsigned width = type.isBF16() ? 8 : type.getWidth();
  Value number =
      arith::UIToFPOp::create(b, b.getType(), getBits(b, block, width, count));
  const llvm::fltSemantics &semantics =
      cast<FloatType>(b.getType()).getFloatSemantics();
  APFloat step =
      scalbn(APFloat::getOne(semantics), -count, APFloat::rmNearestTiesToEven);
  return arith::MulFOp::create(b, number, b.literal(step, b.getType()));
}

/// r cos(a), where r = sqrt(-2 log(u)): with u and a evenly distributed between
/// 0 and 1, and between -π and π, that is a normal distribution. In f64, so
/// that narrower formats are rounded once.
static Value buildElement(RandomNormalOp op, ScalarBuilder &b, Words block) {
  ScalarBuilder wide(b, b.getLoc(), b.getF64Type());
  Type f64 = wide.getType();
  auto constant = [&](double value) {
    return wide.literal(APFloat(value), f64);
  };
  auto multiply = [&](Value x, Value y) -> Value {
    return arith::MulFOp::create(b, x, y);
  };
  // In the middle of the step that the first word says: never 0.
  constexpr double step = 0x1p-32;
  Value u = arith::AddFOp::create(
      b, multiply(arith::UIToFPOp::create(b, f64, block[0]), constant(step)),
      constant(step / 2));
  Value r = math::SqrtOp::create(
      b, multiply(constant(-2.0), math::LogOp::create(b, u)));
  Value a = multiply(arith::SIToFPOp::create(b, f64, block[1]),
                     constant(2 * llvm::numbers::pi * step));
  Value z = multiply(r, math::CosOp::create(b, a));
  return wide.convert(z, op.getType().getElementType());
}

//===----------------------------------------------------------------------===//
// Patterns
//===----------------------------------------------------------------------===//

/// The number, in row-major order, of the element that a body is at.
static Value getNumber(OpBuilder &builder, Location loc,
                       ArrayRef<OpFoldResult> shape) {
  Extents extents(builder, loc);
  OpFoldResult number = extents.constant(0);
  for (auto [dimension, extent] : llvm::enumerate(shape))
    number = extents.add(
        extents.mul(number, extent),
        linalg::IndexOp::create(builder, loc, dimension).getResult());
  return arith::IndexCastOp::create(builder, loc, builder.getI64Type(),
                                    extents.value(number));
}

namespace {
template <typename OpTy>
struct RandomToLinalg : public OpConversionPattern<OpTy> {
  using OpConversionPattern<OpTy>::OpConversionPattern;

  LogicalResult
  matchAndRewrite(OpTy op, typename OpTy::Adaptor adaptor,
                  ConversionPatternRewriter &rewriter) const override {
    auto type =
        this->getTypeConverter()->template convertType<RankedTensorType>(
            op.getType());
    Location loc = op.getLoc();
    Extents(rewriter, loc).requireNotNegative(adaptor.getSizes());
    KeySchedule key = readKey(rewriter, loc, adaptor.getKey());
    SmallVector<OpFoldResult> extents =
        getExtents(rewriter, type, adaptor.getSizes());
    auto body = [&](OpBuilder &builder, Location loc, ValueRange) {
      ScalarBuilder b(builder, loc, op.getType().getElementType());
      Words counter = split(b, loc, getNumber(b, loc, extents));
      Value element = buildElement(op, b, encrypt(b, loc, key, counter));
      linalg::YieldOp::create(b, b.narrow(element, type.getElementType()));
    };
    rewriter.replaceOpWithNewOp<linalg::GenericOp>(
        op, type, ValueRange(), createEmpty(rewriter, loc, extents, type),
        rewriter.getMultiDimIdentityMap(type.getRank()),
        getParallelLoops(type.getRank()), body);
    return success();
  }
};

struct FoldInToLinalg : public OpConversionPattern<FoldInOp> {
  using OpConversionPattern::OpConversionPattern;

  LogicalResult
  matchAndRewrite(FoldInOp op, OpAdaptor adaptor,
                  ConversionPatternRewriter &rewriter) const override {
    auto type = getTypeConverter()->convertType<RankedTensorType>(op.getType());
    Location loc = op.getLoc();
    int64_t last = type.getRank() - 1;
    KeySchedule key = readKey(rewriter, loc, adaptor.getKey());
    Extents extents(rewriter, loc);
    SmallVector<OpFoldResult> shape = extents.of(adaptor.getData());
    shape.push_back(extents.constant(2));
    AffineMap identity = rewriter.getMultiDimIdentityMap(type.getRank());
    auto body = [&](OpBuilder &builder, Location loc, ValueRange arguments) {
      ScalarBuilder b(builder, loc, op.getData().getType().getElementType());
      Words block = encrypt(b, loc, key, split(b, loc, widen(b, arguments[0])));
      Value isFirst = arith::CmpIOp::create(
          b, arith::CmpIPredicate::eq, linalg::IndexOp::create(b, last),
          arith::ConstantIndexOp::create(b, 0));
      Value word = arith::SelectOp::create(b, isFirst, block[0], block[1]);
      linalg::YieldOp::create(b, word);
    };
    rewriter.replaceOpWithNewOp<linalg::GenericOp>(
        op, type, adaptor.getData(), createEmpty(rewriter, loc, shape, type),
        ArrayRef<AffineMap>{identity.dropResult(last), identity},
        getParallelLoops(type.getRank()), body);
    return success();
  }

private:
  /// The integer in 64 bits.
  static Value widen(ScalarBuilder &b, Value data) {
    Type wide = b.getI64Type();
    if (data.getType() == wide)
      return data;
    if (b.getKind() == ScalarKind::Signed)
      return arith::ExtSIOp::create(b, wide, data);
    return arith::ExtUIOp::create(b, wide, data);
  }
};
} // namespace

void atled::populateRandomToLinalg(const TypeConverter &converter,
                                   RewritePatternSet &patterns) {
  patterns.add<FoldInToLinalg, RandomToLinalg<RandomBitsOp>,
               RandomToLinalg<RandomUniformOp>, RandomToLinalg<RandomNormalOp>>(
      converter, patterns.getContext());
}
