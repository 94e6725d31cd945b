//===- ElementwiseFolds.h - Elements that are known ------------*- C++ -*-===//
//
// Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef ATLED_LIB_DIALECT_ATLED_IR_ELEMENTWISEFOLDS_H
#define ATLED_LIB_DIALECT_ATLED_IR_ELEMENTWISEFOLDS_H

#include "Element.h"
#include "atled/Dialect/Atled/IR/Splat.h"
#include "mlir/IR/TypeUtilities.h"

namespace atled {

inline bool isFloatTensor(Value value) {
  return isFloatElement(getElementTypeOrSelf(value));
}

/// A tensor of type `type`, whose elements are computed as `function` says from
/// those that `lhs` and `rhs` have everywhere.
template <typename Function>
OpFoldResult foldBinary(RankedTensorType type, Attribute lhs, Attribute rhs,
                        Function function) {
  std::optional<Element> a = getSplatElement(lhs), b = getSplatElement(rhs);
  if (!a || !b)
    return {};
  Element result = std::visit(
      [&](const auto &x) -> Element {
        using T = std::decay_t<decltype(x)>;
        return function(x, std::get<T>(widen(*b)));
      },
      widen(*a));
  return getSplatAttr(type, narrow(result, type.getElementType()));
}

} // namespace atled

#endif // ATLED_LIB_DIALECT_ATLED_IR_ELEMENTWISEFOLDS_H
