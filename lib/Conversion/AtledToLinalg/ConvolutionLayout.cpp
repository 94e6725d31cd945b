//===- ConvolutionLayout.cpp - Features last ------------------------------===//
//
// Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Vectors run along the innermost dimension of a result. Where images are
// narrow and come channels first, or the result is a kernel, that one is short,
// and most of the lanes would be empty: such a convolution becomes one whose
// innermost dimension is its longest feature, between transposes. The loops
// over what is summed stay in their order.
//
//===----------------------------------------------------------------------===//

#include "Patterns.h"
#include "atled/Dialect/Atled/IR/Atled.h"
#include "mlir/Dialect/Utils/IndexingUtils.h"
#include "llvm/ADT/StringExtras.h"

using namespace atled;

/// `names` with `last` behind all others, and what is spatial in front of the
/// letters that are summed over.
static std::string reorder(StringRef names, StringRef resultNames, char last) {
  std::string batch, spatial, summed;
  for (char name : names)
    if (llvm::isDigit(name))
      spatial += name;
    else if (name != last)
      (resultNames.contains(name) ? batch : summed) += name;
  std::string order = batch + spatial + summed;
  if (names.contains(last))
    order += last;
  return order;
}

namespace {
/// A tensor and the names of its dimensions.
struct NamedTensor {
  Value value;
  StringRef names;

  /// Negative if it is dynamic.
  int64_t getExtent(char name) const {
    return cast<RankedTensorType>(value.getType()).getDimSize(names.find(name));
  }
  /// That of a dynamic one is taken for that of a batch.
  double getTypicalExtent(char name) const {
    int64_t extent = getExtent(name);
    return ShapedType::isDynamic(extent) ? 16 : extent;
  }
  double getTypicalSize() const {
    double size = 1;
    for (char name : names)
      size *= getTypicalExtent(name);
    return size;
  }
};

/// Which dimension of a convolution is to be the innermost one.
class LayoutChoice {
public:
  explicit LayoutChoice(ConvolutionOp op)
      : lhs{op.getLhs(), op.getLhsDimensions()},
        rhs{op.getRhs(), op.getRhsDimensions()},
        result{op.getResult(), op.getResultDimensions()} {}

  /// Nothing if it is to stay as it is.
  std::optional<char> getInnermost() const;

private:
  /// The longest dimension of the result that is not spatial.
  std::optional<char> getLongest() const;
  /// Whether one iteration after the other along the innermost dimension of the
  /// result reads neighbours, or the same.
  bool isContiguous() const;
  /// How many products there are for each element that is transposed.
  double getReuse(char innermost) const;

  NamedTensor lhs, rhs, result;
};
} // namespace

std::optional<char> LayoutChoice::getLongest() const {
  std::optional<char> longest;
  for (char name : result.names)
    if (llvm::isLower(name) &&
        (!longest || result.getExtent(name) > result.getExtent(*longest)))
      longest = name;
  return longest;
}

bool LayoutChoice::isContiguous() const {
  char innermost = result.names.back();
  return llvm::all_of(ArrayRef{lhs.names, rhs.names}, [&](StringRef names) {
    return !names.contains(innermost) || names.back() == innermost;
  });
}

double LayoutChoice::getReuse(char innermost) const {
  double products = result.getTypicalSize(), transposed = 0;
  for (char name : rhs.names)
    if (llvm::isDigit(name) || !result.names.contains(name))
      products *= rhs.getTypicalExtent(name);
  for (const NamedTensor &tensor : {lhs, rhs, result})
    if (tensor.names != reorder(tensor.names, result.names, innermost))
      transposed += tensor.getTypicalSize();
  return products / transposed;
}

std::optional<char> LayoutChoice::getInnermost() const {
  // Fewer do not fill a vector; where there are fewer products for each element
  // that is transposed, transposing costs more than it gains.
  constexpr int64_t kEnoughElements = 8;
  constexpr double kEnoughReuse = 24;
  if (result.names.empty())
    return std::nullopt;
  bool isSpatial = llvm::isDigit(result.names.back());
  if (!isSpatial && isContiguous())
    return std::nullopt;
  std::optional<char> innermost =
      isSpatial ? getLongest() : std::optional(result.names.back());
  if (!innermost || result.getExtent(*innermost) < kEnoughElements ||
      !(getReuse(*innermost) >= kEnoughReuse))
    return std::nullopt;
  return innermost;
}

/// `tensor` with its dimensions in the order of `names`.
static Value transpose(OpBuilder &builder, Location loc, NamedTensor tensor,
                       StringRef names) {
  SmallVector<int64_t> permutation = llvm::map_to_vector(
      names, [&](char name) -> int64_t { return tensor.names.find(name); });
  if (isIdentityPermutation(permutation))
    return tensor.value;
  return TransposeOp::create(builder, loc, tensor.value, permutation);
}

namespace {
struct FeaturesLast : public OpConversionPattern<ConvolutionOp> {
  FeaturesLast(const TypeConverter &converter, MLIRContext *context)
      : OpConversionPattern(converter, context, /*benefit=*/2) {}

  LogicalResult
  matchAndRewrite(ConvolutionOp op, OpAdaptor adaptor,
                  ConversionPatternRewriter &rewriter) const override {
    if (!isa<FloatType>(op.getType().getElementType()))
      return failure();
    std::optional<char> last = LayoutChoice(op).getInnermost();
    if (!last)
      return failure();
    NamedTensor lhs{adaptor.getLhs(), op.getLhsDimensions()},
        rhs{adaptor.getRhs(), op.getRhsDimensions()};
    StringRef names = op.getResultDimensions();
    std::string lhsNames = reorder(lhs.names, names, *last),
                rhsNames = reorder(rhs.names, names, *last),
                resultNames = reorder(names, names, *last);
    Value result = ConvolutionOp::create(
        rewriter, op.getLoc(), transpose(rewriter, op.getLoc(), lhs, lhsNames),
        transpose(rewriter, op.getLoc(), rhs, rhsNames), lhsNames, rhsNames,
        resultNames, op.getStrides(), op.getLow(), op.getHigh(),
        op.getLhsDilation(), op.getRhsDilation());
    rewriter.replaceOp(
        op, transpose(rewriter, op.getLoc(), {result, resultNames}, names));
    return success();
  }
};
} // namespace

void atled::populateConvolutionLayout(const TypeConverter &converter,
                                      RewritePatternSet &patterns) {
  patterns.add<FeaturesLast>(converter, patterns.getContext());
}
