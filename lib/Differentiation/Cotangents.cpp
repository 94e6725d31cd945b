//===- Cotangents.cpp - What travels back to each value -------------------===//
//
// Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "atled/Differentiation/Cotangents.h"
#include "atled/Interfaces/VectorSpaceTypeInterface.h"

using namespace atled;

Value atled::convertCotangent(OpBuilder &builder, Location location,
                              Value value, Type to) {
  if (value.getType() == to)
    return value;
  auto space = cast<VectorSpaceTypeInterface>(value.getType());
  return space.buildConversion(builder, location, value, to);
}

Value atled::buildSum(OpBuilder &builder, Value primal,
                      ArrayRef<Contribution> contributions) {
  Value first = contributions.front().value;
  if (contributions.size() == 1)
    return first;
  // What was added up in a wider type is rounded once, with the rest.
  auto space = cast<VectorSpaceTypeInterface>(first.getType());
  for (const Contribution &contribution : contributions)
    if (contribution.sum)
      space = cast<VectorSpaceTypeInterface>(contribution.sum.getType());
  Location location = primal.getLoc();
  SmallVector<Value> terms;
  for (const Contribution &term : contributions)
    terms.push_back(
        term.sum && term.sum.getType() == space
            ? term.sum
            : convertCotangent(builder, location, term.value, space));
  return convertCotangent(builder, location,
                          space.buildSum(builder, location, terms),
                          first.getType());
}

Value Cotangents::take(OpBuilder &builder, Value primal) {
  auto it = contributions.find(primal);
  if (it == contributions.end() || it->second.empty())
    return Value();
  return buildSum(builder, primal, std::exchange(it->second, {}));
}

SmallVector<std::pair<Value, Contributions>> Cotangents::takeAll() {
  SmallVector<std::pair<Value, Contributions>> all;
  for (auto &[primal, terms] : std::exchange(contributions, {}))
    if (!terms.empty())
      all.emplace_back(primal, std::move(terms));
  return all;
}

Value atled::buildZeroTangent(OpBuilder &builder, Value primal) {
  auto space = cast<VectorSpaceTypeInterface>(getTangentType(primal.getType()));
  return space.buildSplat(builder, primal.getLoc(), 0.0, primal);
}
