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
#include "mlir/Dialect/Arith/Utils/Utils.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"
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

static bool hasDynamicExtent(ConvolutionOp op) {
  auto isDynamic = [](Value tensor, StringRef names) {
    return llvm::any_of(llvm::enumerate(names), [&](auto name) {
      return llvm::isDigit(name.value()) &&
             getTensorType(tensor).isDynamicDim(name.index());
    });
  };
  return isDynamic(op.getLhs(), op.getLhsDimensions()) ||
         isDynamic(op.getRhs(), op.getRhsDimensions());
}

static SmallVector<SpatialDimension> getSpatialDimensions(ConvolutionOp op) {
  SmallVector<SpatialDimension> dimensions;
  for (int64_t spatial : llvm::seq(op.getSpatialRank())) {
    auto getExtent = [&](Value tensor, StringRef names) {
      return getTensorType(tensor).getDimSize(
          ConvolutionOp::getSpatial(names, spatial));
    };
    dimensions.push_back({getExtent(op.getLhs(), op.getLhsDimensions()),
                          getExtent(op.getRhs(), op.getRhsDimensions()),
                          getExtent(op.getResult(), op.getResultDimensions()),
                          op.getStrides()[spatial], op.getLow()[spatial],
                          op.getLhsDilation()[spatial],
                          op.getRhsDilation()[spatial]});
  }
  return dimensions;
}

static Value reverseSpatial(RuleBuilder &builder, Value tensor,
                            StringRef names) {
  SmallVector<int64_t> spatial;
  for (auto [position, name] : llvm::enumerate(names))
    if (llvm::isDigit(name))
      spatial.push_back(position);
  return ReverseOp::create(builder, tensor, spatial);
}

//===----------------------------------------------------------------------===//
// Extents that are known when running
//===----------------------------------------------------------------------===//

namespace {
/// The adjoints where a spatial extent is dynamic. How much padding there is
/// behind is no attribute then; so what is convolved is put into zeros of the
/// size that the adjoint needs.
class DynamicAdjoint {
public:
  DynamicAdjoint(RuleBuilder &builder, ConvolutionOp op)
      : builder(builder), op(op) {}

  Value ofLhs(Value cotangent);
  Value ofRhs(Value cotangent);

private:
  /// Where the elements of a tensor go along a spatial dimension: to the places
  /// `low + i * dilation` that there are among `extent` ones.
  struct Place {
    Value low, extent;
    int64_t dilation;
  };
  Value putIntoZeros(Value tensor, StringRef names,
                     function_ref<Place(int64_t)> getPlace);
  /// A convolution of which the padding is done.
  Value convolve(Value image, StringRef imageNames, Value kernel,
                 StringRef kernelNames, Value like, StringRef names,
                 ArrayRef<int64_t> strides, ArrayRef<int64_t> kernelDilation);

  Value getExtent(Value tensor, StringRef names, int64_t spatial) {
    return getValueOrCreateConstantIndexOp(
        builder, builder.getLoc(),
        tensor::getMixedSize(builder, builder.getLoc(), tensor,
                             ConvolutionOp::getSpatial(names, spatial)));
  }
  Value constant(int64_t value) {
    return arith::ConstantIndexOp::create(builder, value);
  }
  Value add(Value lhs, Value rhs) {
    return builder.createOrFold<arith::AddIOp>(lhs, rhs);
  }
  Value sub(Value lhs, Value rhs) {
    return builder.createOrFold<arith::SubIOp>(lhs, rhs);
  }
  Value mul(Value lhs, Value rhs) {
    return builder.createOrFold<arith::MulIOp>(lhs, rhs);
  }
  /// How far the last of `extent` elements that are `distance` apart is from
  /// the first.
  Value getReach(Value extent, int64_t distance) {
    return mul(sub(extent, constant(1)), constant(distance));
  }

  RuleBuilder &builder;
  ConvolutionOp op;
};
} // namespace

Value DynamicAdjoint::putIntoZeros(Value tensor, StringRef names,
                                   function_ref<Place(int64_t)> getPlace) {
  RankedTensorType type = getTensorType(tensor);
  SmallVector<int64_t> all = llvm::to_vector(llvm::seq(type.getRank()));
  SmallVector<int64_t> shape(type.getShape()), interior(type.getRank()),
      indexed;
  SmallVector<Value> lows, sizes;
  for (auto [dimension, name] : llvm::enumerate(names)) {
    if (!llvm::isDigit(name)) {
      llvm::append_range(sizes, buildDynamicSizes(builder, builder.getLoc(),
                                                  tensor, int64_t(dimension)));
      continue;
    }
    Place place = getPlace(name - '0');
    shape[dimension] = ShapedType::kDynamic;
    interior[dimension] = place.dilation - 1;
    indexed.push_back(dimension);
    lows.push_back(builder.createOrFold<arith::IndexCastOp>(
        builder.getI64Type(), place.low));
    sizes.push_back(place.extent);
  }
  auto scalar = RankedTensorType::get({}, type.getElementType());
  Value zero = ConstantOp::create(builder, scalar, 0.0);
  const SmallVector<int64_t> none, margin(type.getRank());
  if (llvm::any_of(interior, [](int64_t gap) { return gap != 0; }))
    tensor = PadOp::create(builder, tensor, zero, margin, margin, interior);
  Value zeros =
      BroadcastOp::create(builder, type.clone(shape), zero, none, sizes);
  Value start = tensor::FromElementsOp::create(
      builder,
      RankedTensorType::get(int64_t(lows.size()), builder.getI64Type()), lows);
  return ScatterOp::create(builder, zeros, start, tensor, ScatterMode::set,
                           /*offsetDimensions=*/all,
                           /*collapsedDimensions=*/none,
                           /*batchDimensions=*/none,
                           /*indexBatchDimensions=*/none, indexed,
                           /*vectorDimension=*/0, OutOfRange::drop);
}

Value DynamicAdjoint::convolve(Value image, StringRef imageNames, Value kernel,
                               StringRef kernelNames, Value like,
                               StringRef names, ArrayRef<int64_t> strides,
                               ArrayRef<int64_t> kernelDilation) {
  SmallVector<int64_t> zero(strides.size(), 0), one(strides.size(), 1);
  Value result = ConvolutionOp::create(builder, image, kernel, imageNames,
                                       kernelNames, names, strides, zero, zero,
                                       /*lhsDilation=*/one, kernelDilation);
  if (result.getType() == like.getType())
    return result;
  return reshapeLike(builder, result, like);
}

Value DynamicAdjoint::ofLhs(Value cotangent) {
  auto getPlace = [&](int64_t spatial) -> Place {
    Value reach =
        getReach(getExtent(op.getRhs(), op.getRhsDimensions(), spatial),
                 op.getRhsDilation()[spatial]);
    Value image = getExtent(op.getLhs(), op.getLhsDimensions(), spatial);
    // Of an image without elements there is no place for the kernel.
    Value exists = builder.createOrFold<arith::MinSIOp>(image, constant(1));
    Value needed = add(getReach(image, op.getLhsDilation()[spatial]),
                       add(reach, constant(1)));
    return {sub(reach, constant(op.getLow()[spatial])), mul(exists, needed),
            op.getStrides()[spatial]};
  };
  Value padded = putIntoZeros(cotangent, op.getResultDimensions(), getPlace);
  return convolve(padded, op.getResultDimensions(),
                  reverseSpatial(builder, op.getRhs(), op.getRhsDimensions()),
                  op.getRhsDimensions(), op.getLhs(), op.getLhsDimensions(),
                  op.getLhsDilation(), op.getRhsDilation());
}

Value DynamicAdjoint::ofRhs(Value cotangent) {
  // A kernel is not empty, and the cotangent is one now: a zero does no harm.
  auto getResultExtent = [&](int64_t spatial) {
    return builder.createOrFold<arith::MaxSIOp>(
        getExtent(cotangent, op.getResultDimensions(), spatial), constant(1));
  };
  Value kernel = putIntoZeros(
      cotangent, op.getResultDimensions(), [&](int64_t spatial) -> Place {
        return {constant(0), getResultExtent(spatial), /*dilation=*/1};
      });
  auto getPlace = [&](int64_t spatial) -> Place {
    Value reach =
        getReach(getExtent(op.getRhs(), op.getRhsDimensions(), spatial),
                 op.getRhsDilation()[spatial]);
    Value needed =
        add(getReach(getResultExtent(spatial), op.getStrides()[spatial]),
            add(reach, constant(1)));
    return {constant(op.getLow()[spatial]), needed,
            op.getLhsDilation()[spatial]};
  };
  Value padded = putIntoZeros(op.getLhs(), op.getLhsDimensions(), getPlace);
  return convolve(padded, op.getLhsDimensions(), kernel,
                  op.getResultDimensions(), op.getRhs(), op.getRhsDimensions(),
                  op.getRhsDilation(), op.getStrides());
}

//===----------------------------------------------------------------------===//
// The rules
//===----------------------------------------------------------------------===//

namespace {
/// One of the two tensors that the adjoint of the image is a product of.
struct Factor {
  Value tensor;
  StringRef names;
  /// How far its elements are apart in the image.
  ArrayRef<int64_t> dilation;
};
} // namespace

/// What each element of the cotangent met of the kernel comes together again:
/// a convolution of one with the other in reverse. The one with fewer elements
/// is the window, so that the fewest products are with what pads the other.
Value atled::convolutionAdjointOfLhs(RuleBuilder &builder, Value cotangent,
                                     ConvolutionOp op) {
  if (hasDynamicExtent(op))
    return DynamicAdjoint(builder, op).ofLhs(cotangent);
  SmallVector<SpatialDimension> dimensions = getSpatialDimensions(op);
  int64_t places = 1, kernelSize = 1;
  for (const SpatialDimension &d : dimensions) {
    if (d.image == 0)
      return builder.zeroTangent(op.getLhs());
    places *= d.result;
    kernelSize *= d.kernel;
  }
  Factor image = {cotangent, op.getResultDimensions(), op.getStrides()};
  Factor window = {op.getRhs(), op.getRhsDimensions(), op.getRhsDilation()};
  bool isSwapped = places > 0 && places < kernelSize;
  if (isSwapped)
    std::swap(image, window);

  Padding padding;
  for (const SpatialDimension &d : dimensions) {
    // How far the last element of each is from the first.
    int64_t ofWindow = (d.kernel - 1) * d.kernelDilation;
    int64_t ofImage = ConvolutionOp::getDilatedExtent(d.result, d.stride) - 1;
    if (isSwapped)
      std::swap(ofWindow, ofImage);
    int64_t low = ofWindow - d.low;
    int64_t needed = (d.image - 1) * d.imageDilation + ofWindow;
    padding.low.push_back(low);
    padding.high.push_back(needed - low - ofImage);
  }
  return ConvolutionOp::create(
      builder, image.tensor,
      reverseSpatial(builder, window.tensor, window.names), image.names,
      window.names, op.getLhsDimensions(), op.getLhsDilation(), padding.low,
      padding.high, image.dilation, window.dilation);
}

Value atled::convolutionAdjointOfRhs(RuleBuilder &builder, Value cotangent,
                                     ConvolutionOp op) {
  if (hasDynamicExtent(op))
    return DynamicAdjoint(builder, op).ofRhs(cotangent);
  Padding padding;
  for (const SpatialDimension &d : getSpatialDimensions(op)) {
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
