//===- ValueBounds.cpp - Bounds of values, without a crash ----------------===//
//
// Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "atled/Support/ValueBounds.h"
#include "mlir/Dialect/MemRef/IR/MemRef.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"
#include "mlir/Dialect/Utils/StaticValueUtils.h"
#include "mlir/Interfaces/ValueBoundsOpInterface.h"

using namespace atled;

namespace {
/// MLIR's own reads the shape at any index that is constant (MLIR 22).
template <typename DimOp>
struct DimBounds
    : ValueBoundsOpInterface::ExternalModel<DimBounds<DimOp>, DimOp> {
  void
  populateBoundsForIndexValue(Operation *op, Value value,
                              ValueBoundsConstraintSet &constraints) const {
    auto dim = cast<DimOp>(op);
    auto type = cast<ShapedType>(dim.getSource().getType());
    std::optional<int64_t> index = getConstantIntValue(dim.getIndex());
    if (index && type.hasRank() && *index >= 0 && *index < type.getRank())
      constraints.bound(value) == constraints.getExpr(dim.getSource(), index);
  }
};
} // namespace

void atled::registerSoundValueBounds(DialectRegistry &registry) {
  // The first model of an operation is the one that counts.
  registry.addExtension(+[](MLIRContext *context, tensor::TensorDialect *) {
    tensor::DimOp::attachInterface<DimBounds<tensor::DimOp>>(*context);
  });
  registry.addExtension(+[](MLIRContext *context, memref::MemRefDialect *) {
    memref::DimOp::attachInterface<DimBounds<memref::DimOp>>(*context);
  });
}
