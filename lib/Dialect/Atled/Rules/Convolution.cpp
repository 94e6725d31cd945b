//===- Convolution.cpp - Rules of convolutions ----------------------------===//
//
// Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// In one spatial dimension, with stride t, padding p in front, and dilations a
// of the image and b of the kernel, a convolution is
//
//   y[s] = sum of x[m] w[k] over all m, k with  m a + p = s t + k b
//
// so that both adjoints sum the same products over the other two indices, and
// are convolutions. That of x takes the kernel in reverse, k' = K - 1 - k:
//
//   s t + (K - 1) b - p = m a + k' b
//
// and that of w has w[k] at the places and y[s] as the kernel.
//
//===----------------------------------------------------------------------===//

#include "RuleFunctions.h"
#include "TensorBuilders.h"
#include "llvm/ADT/StringExtras.h"

using namespace atled;

namespace {
/// One spatial dimension of a convolution.
struct SpatialDimension {
  int64_t image, kernel, result;
  int64_t stride, low, imageDilation, kernelDilation;
};

/// The padding of the adjoint, as it is collected.
struct Padding {
  SmallVector<int64_t> low, high;
};
} // namespace

/// The spatial dimensions; the rule fails if an extent is not known.
static std::optional<SmallVector<SpatialDimension>>
getSpatialDimensions(RuleBuilder &builder, ConvolutionOp op) {
  SmallVector<SpatialDimension> dimensions;
  for (int64_t spatial : llvm::seq(op.getSpatialRank())) {
    auto getExtent = [&](Value tensor, StringRef names) {
      return getTensorType(tensor).getDimSize(
          ConvolutionOp::getSpatial(names, spatial));
    };
    SpatialDimension dimension{
        getExtent(op.getLhs(), op.getLhsDimensions()),
        getExtent(op.getRhs(), op.getRhsDimensions()),
        getExtent(op.getResult(), op.getResultDimensions()),
        op.getStrides()[spatial],
        op.getLow()[spatial],
        op.getLhsDilation()[spatial],
        op.getRhsDilation()[spatial]};
    if (llvm::any_of(
            ArrayRef{dimension.image, dimension.kernel, dimension.result},
            ShapedType::isDynamic)) {
      builder.fail("has no derivative where a spatial extent is dynamic");
      return std::nullopt;
    }
    dimensions.push_back(dimension);
  }
  return dimensions;
}

Value atled::convolutionAdjointOfLhs(RuleBuilder &builder, Value cotangent,
                                     ConvolutionOp op) {
  auto dimensions = getSpatialDimensions(builder, op);
  if (!dimensions)
    return Value();
  Padding padding;
  for (const SpatialDimension &d : *dimensions) {
    if (d.image == 0)
      return builder.zeroTangent(op.getLhs());
    int64_t reach = (d.kernel - 1) * d.kernelDilation;
    int64_t needed = (d.image - 1) * d.imageDilation + reach + 1;
    int64_t low = reach - d.low;
    padding.low.push_back(low);
    padding.high.push_back(needed - low -
                           ConvolutionOp::getDilatedExtent(d.result, d.stride));
  }
  SmallVector<int64_t> spatial;
  for (auto [position, name] : llvm::enumerate(op.getRhsDimensions()))
    if (llvm::isDigit(name))
      spatial.push_back(position);
  Value kernel = ReverseOp::create(builder, op.getRhs(), spatial);
  return ConvolutionOp::create(
      builder, cotangent, kernel, op.getResultDimensions(),
      op.getRhsDimensions(), op.getLhsDimensions(), op.getLhsDilation(),
      padding.low, padding.high, op.getStrides(), op.getRhsDilation());
}

Value atled::convolutionAdjointOfRhs(RuleBuilder &builder, Value cotangent,
                                     ConvolutionOp op) {
  auto dimensions = getSpatialDimensions(builder, op);
  if (!dimensions)
    return Value();
  Padding padding;
  for (const SpatialDimension &d : *dimensions) {
    if (d.result == 0)
      return builder.zeroTangent(op.getRhs());
    int64_t needed =
        (d.result - 1) * d.stride + (d.kernel - 1) * d.kernelDilation + 1;
    padding.low.push_back(d.low);
    padding.high.push_back(
        needed - d.low -
        ConvolutionOp::getDilatedExtent(d.image, d.imageDilation));
  }
  return ConvolutionOp::create(
      builder, op.getLhs(), cotangent, op.getLhsDimensions(),
      op.getResultDimensions(), op.getRhsDimensions(), op.getRhsDilation(),
      padding.low, padding.high, op.getLhsDilation(), op.getStrides());
}
