//===- RuleFunctions.h - The parts of rules that need code -----*- C++ -*-===//
//
// Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The functions that rules in the .td files call by name. The comment of each
// family's file says what they compute.
//
//===----------------------------------------------------------------------===//

#ifndef ATLED_LIB_DIALECT_ATLED_RULES_RULEFUNCTIONS_H
#define ATLED_LIB_DIALECT_ATLED_RULES_RULEFUNCTIONS_H

#include "atled/Dialect/Atled/IR/Atled.h"
#include "atled/Interfaces/DerivativeRules.h"

namespace atled {

// TensorSpace.cpp
void attachTensorSpace(MLIRContext *context);

// Elementwise.cpp
Value powSlopeInBase(RuleBuilder &builder, Value base, Value exponent);
Value powSlopeInExponent(RuleBuilder &builder, Value base, Value exponent,
                         Value power);
Value maximumSlope(RuleBuilder &builder, MaximumOp op, unsigned operand);
Value minimumSlope(RuleBuilder &builder, MinimumOp op, unsigned operand);
Value hypotSlope(RuleBuilder &builder, HypotOp op, unsigned operand);
Value clampSlopeOfX(RuleBuilder &builder, ClampOp op);
Value clampSlopeOfMin(RuleBuilder &builder, ClampOp op);
Value clampSlopeOfMax(RuleBuilder &builder, ClampOp op);
Value logAddExpSlope(RuleBuilder &builder, Value mine, Value other);
Value geluSlope(RuleBuilder &builder, GeluOp op);
Value digammaSlope(RuleBuilder &builder, Value x);
Value polygammaSlope(RuleBuilder &builder, PolygammaOp op);
Value siluSlope(RuleBuilder &builder, Value x);
Value convertLike(RuleBuilder &builder, Value cotangent, Value like);

// Shape.cpp
Value reshapeLike(RuleBuilder &builder, Value cotangent, Value like);
Value sumOfRepetitions(RuleBuilder &builder, Value cotangent, BroadcastOp op);
DenseI64ArrayAttr inversePermutation(RuleBuilder &builder,
                                     DenseI64ArrayAttr permutation);
Value spreadSlice(RuleBuilder &builder, Value cotangent, SliceOp op);
Value spreadDynamicSlice(RuleBuilder &builder, Value cotangent,
                         DynamicSliceOp op);
Value clearUpdatedPart(RuleBuilder &builder, Value cotangent,
                       DynamicUpdateSliceOp op);
Value takeUpdatedPart(RuleBuilder &builder, Value cotangent,
                      DynamicUpdateSliceOp op);
Value takeConcatenatedPart(RuleBuilder &builder, Value cotangent,
                           ConcatenateOp op, unsigned operand);
Value takePadded(RuleBuilder &builder, Value cotangent, PadOp op);
Value sumOfPadding(RuleBuilder &builder, Value cotangent, PadOp op);

// Indexing.cpp
Value scatterBack(RuleBuilder &builder, Value cotangent, GatherOp op);
void attachIndexingRules(MLIRContext *context);

// Sorting.cpp
void attachSortingRules(MLIRContext *context);

// Reduction.cpp
Value broadcastBack(RuleBuilder &builder, Value cotangent, Value like,
                    DenseI64ArrayAttr dimensions);
void attachReductionRules(MLIRContext *context);

Value meanBack(RuleBuilder &builder, Value cotangent, MeanOp op);
void attachStatisticsRules(MLIRContext *context);

Value cumsumBack(RuleBuilder &builder, Value cotangent, CumSumOp op);
void attachScanRules(MLIRContext *context);

Value overlapBack(RuleBuilder &builder, Value cotangent, UnfoldOp op);
Value unfoldBack(RuleBuilder &builder, Value cotangent, OverlapAddOp op);

// Contraction.cpp
Value contractionAdjointOfLhs(RuleBuilder &builder, Value cotangent,
                              ContractOp op);
Value contractionAdjointOfRhs(RuleBuilder &builder, Value cotangent,
                              ContractOp op);
Value scale(RuleBuilder &builder, Value scalar, Value tensor);

// Convolution.cpp
Value convolutionAdjointOfLhs(RuleBuilder &builder, Value cotangent,
                              ConvolutionOp op);
Value convolutionAdjointOfRhs(RuleBuilder &builder, Value cotangent,
                              ConvolutionOp op);

} // namespace atled

#endif // ATLED_LIB_DIALECT_ATLED_RULES_RULEFUNCTIONS_H
