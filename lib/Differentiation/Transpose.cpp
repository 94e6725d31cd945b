//===- Transpose.cpp - Linear maps the other way --------------------------===//
//
// Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Transpose.h"

using namespace atled;

FailureOr<SmallVector<Value>>
atled::buildTranspose(DerivedFunctions &functions,
                      const RequestStack::Entry &entry, const Derivative &map,
                      Block &block, ValueRange arguments,
                      ValueRange cotangents) {
  return functions.getRequests().with(
      entry, [&]() -> FailureOr<SmallVector<Value>> {
        std::unique_ptr<VjpBuilder> builder =
            VjpBuilder::create(functions, map, block, block);
        if (!builder || failed(builder->buildPrimal(arguments)))
          return failure();
        return builder->buildReverse(cotangents);
      });
}
