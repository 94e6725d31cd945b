//===- Cotangents.cpp - What travels back to each value -------------------===//
//
// Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "atled/Differentiation/Cotangents.h"
#include "atled/Interfaces/VectorSpaceTypeInterface.h"

using namespace atled;

static Value buildSum(OpBuilder &builder, Value primal, ValueRange terms) {
  if (terms.size() == 1)
    return terms.front();
  auto space = cast<VectorSpaceTypeInterface>(terms.front().getType());
  return space.buildSum(builder, primal.getLoc(), terms);
}

Value Cotangents::take(OpBuilder &builder, Value primal) {
  auto it = contributions.find(primal);
  if (it == contributions.end() || it->second.empty())
    return Value();
  return buildSum(builder, primal, std::exchange(it->second, {}));
}

SmallVector<std::pair<Value, Value>> Cotangents::takeAll(OpBuilder &builder) {
  SmallVector<std::pair<Value, Value>> sums;
  for (auto &[primal, terms] : std::exchange(contributions, {}))
    if (!terms.empty())
      sums.emplace_back(primal, buildSum(builder, primal, terms));
  return sums;
}

Value atled::buildZeroTangent(OpBuilder &builder, Value primal) {
  auto space = cast<VectorSpaceTypeInterface>(getTangentType(primal.getType()));
  return space.buildSplat(builder, primal.getLoc(), 0.0, primal);
}
