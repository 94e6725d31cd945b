//===- Linearize.cpp - Derivatives as linear maps -------------------------===//
//
// Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A linear map is the residuals of one run, wherever it is used:
//
//   %y, %map = ad.linearize @f(%x)         %y, %r = call @f.fwd.0(%x)
//   %dy = ad.apply %map(%v)           ->   %dy = call @f.lin.0(%r, %v)
//   %dx = ad.apply_transpose %map(%w)      %dx = call @f.bwd.0(%r, %w)
//
//===----------------------------------------------------------------------===//

#include "Linearize.h"

using namespace atled;
using namespace atled::ad;

/// Replaces `use` by a call of `callee` on `point` and what it applies a map
/// to.
template <typename UseOp>
static void replaceByCall(UseOp use, func::FuncOp callee, ValueRange point) {
  OpBuilder builder(use);
  SmallVector<Value> operands(point);
  llvm::append_range(operands, use.getVectors());
  auto call = func::CallOp::create(builder, use.getLoc(), callee, operands);
  use->replaceAllUsesWith(call.getResults());
  use->erase();
}

LogicalResult atled::expandLinearize(DerivedFunctions &functions,
                                     LinearizeOp request,
                                     func::FuncOp function) {
  FailureOr<SplitFunction> split = functions.getSplit(
      function, request.getWrt(), getDifferentiableResults(function));
  if (failed(split))
    return failure();
  OpBuilder builder(request);
  SmallVector<Value> residuals;
  auto primal = split->callPrimal(builder, request.getLoc(),
                                  request.getArguments(), residuals);
  for (Operation *user :
       llvm::make_early_inc_range(request.getMap().getUsers())) {
    if (auto use = dyn_cast<ApplyTransposeOp>(user)) {
      replaceByCall(use, split->reverse, residuals);
      continue;
    }
    FailureOr<LinearMap> map =
        functions.getLinearMap(function, request.getWrt());
    if (failed(map))
      return failure();
    SmallVector<Value> point(residuals);
    for (unsigned index : map->results)
      point.push_back(primal.getResult(index));
    replaceByCall(cast<ApplyOp>(user), map->function, point);
  }
  for (auto [result, value] :
       llvm::zip(request.getResults(), primal.getResults()))
    result.replaceAllUsesWith(value);
  request.erase();
  return success();
}
