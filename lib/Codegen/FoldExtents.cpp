//===- FoldExtents.cpp - Sizes are computed from sizes alone --------------===//
//
// Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Differentiation asks for the size of what has not been computed yet, by
// computing something as large. Here such sizes become what they follow from,
// the sizes of arguments, and what was computed for them alone is removed:
//
//   %p = linalg.matmul %x, %w       // nobody looks at its elements
//   %n = tensor.dim %p, 0           =>   %n = tensor.dim %x, 0
//
//===----------------------------------------------------------------------===//

#include "DynamicEntries.h"
#include "ExtentResolver.h"
#include "atled/Codegen/Passes.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"
#include "mlir/Transforms/RegionUtils.h"

namespace atled {
#define GEN_PASS_DEF_FOLDEXTENTSPASS
#include "atled/Codegen/Passes.h.inc"
} // namespace atled

using namespace atled;

static void foldExtents(func::FuncOp function) {
  SmallVector<tensor::DimOp> dims;
  function.walk([&](tensor::DimOp dim) {
    bool isArgument =
        llvm::is_contained(function.getArguments(), dim.getSource());
    if (dim.getConstantIndex() && !isArgument)
      dims.push_back(dim);
  });
  OpBuilder builder = OpBuilder::atBlockBegin(&function.front());
  ExtentResolver resolver(
      builder, [&](BlockArgument argument, int64_t dim) -> Value {
        return tensor::DimOp::create(builder, function.getLoc(), argument, dim);
      });
  for (tensor::DimOp dim : dims)
    if (Value extent =
            resolver.resolve(dim.getSource(), *dim.getConstantIndex()))
      dim.replaceAllUsesWith(extent);
}

namespace {
struct FoldExtentsPass : atled::impl::FoldExtentsPassBase<FoldExtentsPass> {
  void runOnOperation() override {
    func::FuncOp function = getOperation();
    if (!isDynamicEntry(function))
      return;
    foldExtents(function);
    IRRewriter rewriter(&getContext());
    (void)runRegionDCE(rewriter, function->getRegions());
  }
};
} // namespace
