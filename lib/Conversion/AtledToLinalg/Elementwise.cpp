//===- Elementwise.cpp - Elementwise operations to linalg -----------------===//
//
// Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Every elementwise operation becomes one linalg.generic over its shape, whose
// body is the row of the operation in Elementwise.td. Here are the parts of
// rows that are no dag, and the pattern.
//
//===----------------------------------------------------------------------===//

#include "Extents.h"
#include "Patterns.h"
#include "ScalarBuilder.h"
#include "atled/Dialect/Atled/IR/Atled.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Linalg/IR/Linalg.h"
#include "mlir/Dialect/Math/IR/Math.h"

using namespace atled;

//===----------------------------------------------------------------------===//
// Functions that rows name
//===----------------------------------------------------------------------===//

static Value unchanged(ScalarBuilder &, Operation *, Value x) { return x; }

/// x / 0 is all ones. The division itself is by 1 there, for it would trap.
static Value divideUnsigned(ScalarBuilder &b, DivOp, Value lhs, Value rhs) {
  Value byZero =
      arith::CmpIOp::create(b, arith::CmpIPredicate::eq, rhs, b.literal(0));
  Value divisor = arith::SelectOp::create(b, byZero, b.literal(1), rhs);
  Value quotient = arith::DivUIOp::create(b, lhs, divisor);
  return arith::SelectOp::create(b, byZero, b.literal(-1), quotient);
}

/// x / 0 is -1. MIN / -1 is MIN: x / -1 is -x, which wraps.
static Value divideSigned(ScalarBuilder &b, DivOp, Value lhs, Value rhs) {
  Value byZero =
      arith::CmpIOp::create(b, arith::CmpIPredicate::eq, rhs, b.literal(0));
  Value byMinusOne =
      arith::CmpIOp::create(b, arith::CmpIPredicate::eq, rhs, b.literal(-1));
  Value special = arith::OrIOp::create(b, byZero, byMinusOne);
  Value divisor = arith::SelectOp::create(b, special, b.literal(1), rhs);
  Value quotient = arith::DivSIOp::create(b, lhs, divisor);
  Value negated = arith::SubIOp::create(b, b.literal(0), lhs);
  quotient = arith::SelectOp::create(b, byMinusOne, negated, quotient);
  return arith::SelectOp::create(b, byZero, b.literal(-1), quotient);
}

/// Ordered, so false for NaN; but `ne` is the negation of `eq`.
static Value compareFloats(ScalarBuilder &b, CompareOp op, Value lhs,
                           Value rhs) {
  auto predicate = [&] {
    switch (op.getPredicate()) {
    case Predicate::eq:
      return arith::CmpFPredicate::OEQ;
    case Predicate::ne:
      return arith::CmpFPredicate::UNE;
    case Predicate::lt:
      return arith::CmpFPredicate::OLT;
    case Predicate::le:
      return arith::CmpFPredicate::OLE;
    case Predicate::gt:
      return arith::CmpFPredicate::OGT;
    case Predicate::ge:
      return arith::CmpFPredicate::OGE;
    }
    llvm_unreachable("unknown predicate");
  };
  return arith::CmpFOp::create(b, predicate(), lhs, rhs);
}

static Value compareSigned(ScalarBuilder &b, CompareOp op, Value lhs,
                           Value rhs) {
  auto predicate = [&] {
    switch (op.getPredicate()) {
    case Predicate::eq:
      return arith::CmpIPredicate::eq;
    case Predicate::ne:
      return arith::CmpIPredicate::ne;
    case Predicate::lt:
      return arith::CmpIPredicate::slt;
    case Predicate::le:
      return arith::CmpIPredicate::sle;
    case Predicate::gt:
      return arith::CmpIPredicate::sgt;
    case Predicate::ge:
      return arith::CmpIPredicate::sge;
    }
    llvm_unreachable("unknown predicate");
  };
  return arith::CmpIOp::create(b, predicate(), lhs, rhs);
}

static Value compareUnsigned(ScalarBuilder &b, CompareOp op, Value lhs,
                             Value rhs) {
  auto predicate = [&] {
    switch (op.getPredicate()) {
    case Predicate::eq:
      return arith::CmpIPredicate::eq;
    case Predicate::ne:
      return arith::CmpIPredicate::ne;
    case Predicate::lt:
      return arith::CmpIPredicate::ult;
    case Predicate::le:
      return arith::CmpIPredicate::ule;
    case Predicate::gt:
      return arith::CmpIPredicate::ugt;
    case Predicate::ge:
      return arith::CmpIPredicate::uge;
    }
    llvm_unreachable("unknown predicate");
  };
  return arith::CmpIOp::create(b, predicate(), lhs, rhs);
}

static Value convert(ScalarBuilder &b, ConvertOp op, Value x) {
  return b.convert(x, op.getType().getElementType());
}

#define GET_SCALAR_LOWERINGS
#include "Elementwise.cpp.inc"

//===----------------------------------------------------------------------===//
// The pattern
//===----------------------------------------------------------------------===//

namespace {
/// Applies the row of `OpTy` in a loop over its shape. The last operand says
/// how elements are read: the first may be a predicate.
template <typename OpTy>
struct ElementwiseToLinalg : public OpConversionPattern<OpTy> {
  using OpConversionPattern<OpTy>::OpConversionPattern;

  LogicalResult
  matchAndRewrite(OpTy op, typename OpTy::Adaptor adaptor,
                  ConversionPatternRewriter &rewriter) const override {
    auto type =
        this->getTypeConverter()->template convertType<RankedTensorType>(
            op.getType());
    if (!type)
      return rewriter.notifyMatchFailure(op, "result type cannot be converted");
    Location loc = op.getLoc();
    Value last = adaptor.getOperands().back();
    Type element = getElementTypeOrSelf(op->getOperands().back());
    Value init =
        createEmpty(rewriter, loc, Extents(rewriter, loc).of(last), type);

    AffineMap identity = rewriter.getMultiDimIdentityMap(type.getRank());
    SmallVector<AffineMap> maps(adaptor.getOperands().size() + 1, identity);
    SmallVector<utils::IteratorType> iterators(type.getRank(),
                                               utils::IteratorType::parallel);
    auto body = [&](OpBuilder &builder, Location loc, ValueRange arguments) {
      ScalarBuilder scalars(builder, loc, element);
      SmallVector<Value> elements = llvm::map_to_vector(
          arguments.drop_back(), [&](Value x) { return scalars.widen(x); });
      Value result = lowerScalar(op, scalars, elements);
      linalg::YieldOp::create(scalars,
                              scalars.narrow(result, type.getElementType()));
    };
    rewriter.replaceOpWithNewOp<linalg::GenericOp>(
        op, type, adaptor.getOperands(), init, maps, iterators, body);
    return success();
  }
};

template <typename... Ops>
void addElementwise(const TypeConverter &converter,
                    RewritePatternSet &patterns) {
  patterns.add<ElementwiseToLinalg<Ops>...>(converter, patterns.getContext());
}
} // namespace

void atled::populateElementwiseToLinalg(const TypeConverter &converter,
                                        RewritePatternSet &patterns) {
  addElementwise<
#define GET_SCALAR_LOWERING_OPS
#include "Elementwise.cpp.inc"
      >(converter, patterns);
}
