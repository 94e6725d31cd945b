//===- IndexingProducts.h - What a scatter multiplies by -------*- C++ -*-===//
//
// Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef ATLED_LIB_DIALECT_ATLED_RULES_INDEXINGPRODUCTS_H
#define ATLED_LIB_DIALECT_ATLED_RULES_INDEXINGPRODUCTS_H

#include "TensorBuilders.h"

namespace atled {

/// Factors that are multiplied into the elements of `x` with the numbers
/// `places`, one after the other, all of them counted through the tensors; a
/// factor whose place is -1 is left out. Returns, for each factor, the product
/// of all the others of its place with the element there, and 0 for one that is
/// left out.
Value buildOtherFactors(RuleBuilder &builder, Value x, Value places,
                        Value factors);

} // namespace atled

#endif // ATLED_LIB_DIALECT_ATLED_RULES_INDEXINGPRODUCTS_H
