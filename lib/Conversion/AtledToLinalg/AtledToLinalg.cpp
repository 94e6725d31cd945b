//===- AtledToLinalg.cpp - The atled dialect to linalg
//---------------------===//
//
// Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The pass `atled-to-linalg`: the patterns of all families, the conversion of
// unsigned types to signless ones in everything around them, and the check that
// nothing of our own dialects is left.
//
//===----------------------------------------------------------------------===//

#include "CarriedSizes.h"
#include "Extents.h"
#include "Patterns.h"
#include "ScalarBuilder.h"
#include "atled/Conversion/Passes.h"
#include "atled/Dialect/Atled/IR/Atled.h"
#include "atled/Dialect/Special/IR/Special.h"
#include "atled/Support/Attributes.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/Dialect/Func/Transforms/FuncConversions.h"
#include "mlir/Dialect/Linalg/IR/Linalg.h"
#include "mlir/Dialect/Math/IR/Math.h"
#include "mlir/Dialect/SCF/IR/SCF.h"
#include "mlir/Dialect/SCF/Transforms/Patterns.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"
#include "mlir/Dialect/UB/IR/UBOps.h"

namespace atled {
#define GEN_PASS_DEF_ATLEDTOLINALGPASS
#include "atled/Conversion/Passes.h.inc"
} // namespace atled

using namespace atled;

//===----------------------------------------------------------------------===//
// Unsigned types
//===----------------------------------------------------------------------===//

namespace {
/// Turns unsigned integers, alone and in tensors, into signless ones.
class SignlessConverter : public TypeConverter {
public:
  SignlessConverter() {
    addConversion([](Type type) { return getSignlessType(type); });
    addConversion([](RankedTensorType type) {
      return type.clone(getSignlessType(type.getElementType()));
    });
  }
};

/// Rebuilds an operation of another dialect with signless types.
struct ConvertTypes : public ConversionPattern {
  ConvertTypes(const TypeConverter &converter, MLIRContext *context)
      : ConversionPattern(converter, MatchAnyOpTypeTag(), /*benefit=*/0,
                          context) {}

  LogicalResult
  matchAndRewrite(Operation *op, ArrayRef<Value> operands,
                  ConversionPatternRewriter &rewriter) const override {
    if (isa_and_nonnull<AtledDialect>(op->getDialect()) ||
        op->getNumRegions() != 0)
      return failure();
    SmallVector<Type> types;
    if (failed(getTypeConverter()->convertTypes(op->getResultTypes(), types)))
      return failure();
    OperationState state(op->getLoc(), op->getName(), operands, types,
                         op->getAttrs(), op->getSuccessors());
    rewriter.replaceOp(op, rewriter.create(state));
    return success();
  }
};
} // namespace

/// Notes on the arguments and results of functions which of them are unsigned.
static void recordElementTypes(func::FuncOp function) {
  auto getUnsigned = [](Type type) -> Attribute {
    Type element = getElementTypeOrSelf(type);
    return element.isUnsignedInteger() ? TypeAttr::get(element) : nullptr;
  };
  for (auto [index, type] : llvm::enumerate(function.getArgumentTypes()))
    if (Attribute element = getUnsigned(type))
      function.setArgAttr(index, elementTypeAttrName, element);
  for (auto [index, type] : llvm::enumerate(function.getResultTypes()))
    if (Attribute element = getUnsigned(type))
      function.setResultAttr(index, elementTypeAttrName, element);
}

static void configure(ConversionTarget &target, const TypeConverter &converter,
                      RewritePatternSet &patterns) {
  target.addIllegalDialect<AtledDialect>();
  target.markUnknownOpDynamicallyLegal(
      [&](Operation *op) { return converter.isLegal(op); });
  target.addDynamicallyLegalOp<func::FuncOp>([&](func::FuncOp op) {
    return converter.isSignatureLegal(op.getFunctionType()) &&
           converter.isLegal(&op.getBody());
  });
  scf::populateSCFStructuralTypeConversionsAndLegality(converter, patterns,
                                                       target);
  populateFunctionOpInterfaceTypeConversionPattern<func::FuncOp>(patterns,
                                                                 converter);
  patterns.add<ConvertTypes>(converter, patterns.getContext());
}

//===----------------------------------------------------------------------===//
// The pass
//===----------------------------------------------------------------------===//

/// What differentiation leaves out is an error here, where it is easier to
/// understand than as an operation that has no lowering.
static LogicalResult verifyDifferentiated(ModuleOp module) {
  WalkResult result = module.walk([](Operation *op) {
    if (op->getName().getDialectNamespace() != "ad")
      return WalkResult::advance();
    op->emitOpError(
        "is left when lowering to linalg; run 'ad-differentiate', then "
        "'ad-erase-detach', before 'atled-to-linalg'");
    return WalkResult::interrupt();
  });
  return failure(result.wasInterrupted());
}

/// An extent of what `tensor` was begun with: those of results are forgotten
/// where a cast gives them another type.
static OpFoldResult getFirstExtent(Extents &extents, Value tensor,
                                   int64_t dim) {
  while (auto result = dyn_cast<OpResult>(tensor)) {
    auto computation = dyn_cast<DestinationStyleOpInterface>(result.getOwner());
    if (!computation)
      break;
    tensor = computation.getTiedOpOperand(result)->get();
  }
  if (auto empty = tensor.getDefiningOp<tensor::EmptyOp>())
    return empty.getMixedSizes()[dim];
  return extents.of(tensor, dim);
}

/// Says as assertions what a cast promises: where casts are folded, the types
/// of what they meet are trusted.
static void requireCastExtents(tensor::CastOp cast) {
  auto from = dyn_cast<RankedTensorType>(cast.getSource().getType());
  auto to = dyn_cast<RankedTensorType>(cast.getType());
  if (!from || !to)
    return;
  OpBuilder builder(cast);
  Extents extents(builder, cast.getLoc());
  for (int64_t dim = 0; dim < to.getRank(); ++dim)
    if (from.isDynamicDim(dim) && !to.isDynamicDim(dim))
      extents.requireEqual(getFirstExtent(extents, cast.getSource(), dim),
                           extents.constant(to.getDimSize(dim)));
}

/// Of a value that nobody reads, which structured control flow needs where a
/// branch of blocks had none, any content will do.
static void replacePoison(ub::PoisonOp poison) {
  auto type = dyn_cast<RankedTensorType>(poison.getType());
  if (!type || !type.hasStaticShape())
    return;
  OpBuilder builder(poison);
  poison.replaceAllUsesWith(tensor::EmptyOp::create(builder, poison.getLoc(),
                                                    type.getShape(),
                                                    type.getElementType())
                                .getResult());
  poison.erase();
}

namespace {
struct AtledToLinalgPass
    : public atled::impl::AtledToLinalgPassBase<AtledToLinalgPass> {
  void runOnOperation() override {
    if (failed(verifyDifferentiated(getOperation())))
      return signalPassFailure();
    getOperation().walk(recordElementTypes);
    getOperation().walk(replacePoison);

    SignlessConverter converter;
    RewritePatternSet patterns(&getContext());
    populateElementwiseToLinalg(converter, patterns);
    populateShapeToLinalg(converter, patterns);
    populateSlicingToLinalg(converter, patterns);
    populateIndexingToLinalg(converter, patterns);
    populatePaddingToLinalg(converter, patterns);
    populateSortingToLinalg(converter, patterns);
    populateReductionToLinalg(converter, patterns);
    populateStatisticsToLinalg(converter, patterns);
    populateScanToLinalg(converter, patterns);
    populateWindowToLinalg(converter, patterns);
    populateContractionToLinalg(converter, patterns);
    populateConvolutionLayout(converter, patterns);
    populateConvolutionToLinalg(converter, patterns);
    populateRandomToLinalg(converter, patterns);
    ConversionTarget target(getContext());
    configure(target, converter, patterns);
    if (failed(
            applyFullConversion(getOperation(), target, std::move(patterns))) ||
        failed(checkCarriedSizes(getOperation())))
      return signalPassFailure();
    getOperation().walk(requireCastExtents);
  }
};
} // namespace
