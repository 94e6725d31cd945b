//===- PlaneFolders.cpp - Operations on constants -------------------------===//
//
// Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Every operation folds on constants, so that --canonicalize runs a program.
//
//===----------------------------------------------------------------------===//

#include "Plane.h"
#include "mlir/IR/Builders.h"
#include <cmath>
#include <numeric>

using namespace mlir;
using namespace plane;

using Coordinates = SmallVector<double>;

/// The coordinates of all operands, or nothing if one is not constant.
static std::optional<SmallVector<Coordinates>>
getConstants(ArrayRef<Attribute> operands) {
  SmallVector<Coordinates> constants;
  for (Attribute operand : operands) {
    auto constant = dyn_cast_or_null<ArrayAttr>(operand);
    if (!constant)
      return std::nullopt;
    constants.emplace_back();
    for (auto coordinate : constant.getAsRange<FloatAttr>())
      constants.back().push_back(coordinate.getValueAsDouble());
  }
  return constants;
}

static Attribute getAttribute(MLIRContext *context,
                              ArrayRef<double> coordinates) {
  return Builder(context).getF64ArrayAttr(coordinates);
}

/// Applies `function` to the first coordinates of all operands, to the
/// second...
static Attribute
foldCoordinates(MLIRContext *context, ArrayRef<Attribute> operands,
                function_ref<double(ArrayRef<double>)> function) {
  std::optional<SmallVector<Coordinates>> constants = getConstants(operands);
  if (!constants || constants->empty())
    return Attribute();
  Coordinates result;
  for (size_t i = 0; i < constants->front().size(); ++i) {
    SmallVector<double> arguments;
    for (const Coordinates &constant : *constants)
      arguments.push_back(constant[i]);
    result.push_back(function(arguments));
  }
  return getAttribute(context, result);
}

/// Applies `function` to all operands as they are.
static Attribute
foldWhole(MLIRContext *context, ArrayRef<Attribute> operands,
          function_ref<Coordinates(ArrayRef<Coordinates>)> function) {
  std::optional<SmallVector<Coordinates>> constants = getConstants(operands);
  return constants ? getAttribute(context, function(*constants)) : Attribute();
}

#define FOLD_COORDINATES(OP, EXPRESSION)                                       \
  OpFoldResult OP::fold(FoldAdaptor adaptor) {                                 \
    return foldCoordinates(                                                    \
        getContext(), adaptor.getOperands(),                                   \
        [](ArrayRef<double> x) -> double { return EXPRESSION; });              \
  }
#define FOLD_WHOLE(OP, ...)                                                    \
  OpFoldResult OP::fold(FoldAdaptor adaptor) {                                 \
    return foldWhole(                                                          \
        getContext(), adaptor.getOperands(),                                   \
        [&](ArrayRef<Coordinates> x) -> Coordinates { return __VA_ARGS__; });  \
  }

FOLD_COORDINATES(NegOp, -x[0])
FOLD_COORDINATES(ExpOp, std::exp(x[0]))
FOLD_COORDINATES(SinOp, std::sin(x[0]))
FOLD_COORDINATES(CosOp, std::cos(x[0]))
FOLD_COORDINATES(StepOp, x[0] > 0 ? 1 : 0)
FOLD_COORDINATES(FloorOp, std::floor(x[0]))
FOLD_COORDINATES(MulOp, x[0] * x[1])
FOLD_COORDINATES(DivOp, x[0] / x[1])
FOLD_COORDINATES(GateOp, x[1] > 0 ? x[0] : 0)
FOLD_COORDINATES(RemainderOp, x[0] - x[1] * std::floor(x[0] / x[1]))
FOLD_COORDINATES(SumOp, std::accumulate(x.begin(), x.end(), 0.0))
FOLD_COORDINATES(TranslateOp, x[0] + x[1])
FOLD_COORDINATES(BetweenOp, x[1] - x[0])

FOLD_WHOLE(DotOp, {x[0][0] * x[1][0] + x[0][1] * x[1][1]})
FOLD_WHOLE(StretchOp, {x[0][0] * x[1][0], x[0][1] * x[1][0]})
FOLD_WHOLE(NormOp, {std::hypot(x[0][0], x[0][1])})
FOLD_WHOLE(PairOp, {x[0][0], x[1][0]})

OpFoldResult ConstantOp::fold(FoldAdaptor) { return getValueAttr(); }

OpFoldResult RotateOp::fold(FoldAdaptor adaptor) {
  double cosine = std::cos(getAngle().convertToDouble());
  double sine = std::sin(getAngle().convertToDouble());
  return foldWhole(getContext(), adaptor.getX(),
                   [&](ArrayRef<Coordinates> x) -> Coordinates {
                     return {cosine * x[0][0] - sine * x[0][1],
                             sine * x[0][0] + cosine * x[0][1]};
                   });
}

OpFoldResult ScaleOp::fold(FoldAdaptor adaptor) {
  auto times = dyn_cast_or_null<IntegerAttr>(adaptor.getTimes());
  if (!times)
    return {};
  return foldCoordinates(getContext(), adaptor.getX(), [&](ArrayRef<double> x) {
    return x[0] * times.getInt();
  });
}

LogicalResult SplitOp::fold(FoldAdaptor adaptor,
                            SmallVectorImpl<OpFoldResult> &results) {
  auto x = dyn_cast_or_null<ArrayAttr>(adaptor.getX());
  if (!x)
    return failure();
  for (Attribute coordinate : x)
    results.push_back(ArrayAttr::get(getContext(), coordinate));
  return success();
}
