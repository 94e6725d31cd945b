//===- VjpBuilder.h - Reverse mode of one function -------------*- C++ -*-===//
//
// Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef ATLED_LIB_DIFFERENTIATION_VJPBUILDER_H
#define ATLED_LIB_DIFFERENTIATION_VJPBUILDER_H

#include "atled/Differentiation/DerivedFunctions.h"

namespace atled {

/// Which derivative of a function is meant: of the results whose bit is set,
/// with respect to the arguments `wrt`. All of them have a tangent type.
struct Derivative {
  Derivative(func::FuncOp function, ArrayRef<int64_t> wrt,
             llvm::SmallBitVector results)
      : function(function), wrt(wrt), results(std::move(results)) {}
  Derivative(func::FuncOp function, ArrayRef<int64_t> wrt,
             ArrayRef<int64_t> results);

  /// The bits of the arguments `wrt`.
  llvm::SmallBitVector getArguments() const;

  func::FuncOp function;
  SmallVector<int64_t> wrt;
  llvm::SmallBitVector results;
};

/// Builds the two halves of the VJP of a function, at the end of two blocks or
/// of one. The reverse half uses values of the primal half.
class VjpBuilder {
public:
  /// Null, after a diagnostic, if the function cannot be differentiated.
  static std::unique_ptr<VjpBuilder> create(DerivedFunctions &functions,
                                            const Derivative &derivative,
                                            Block &primal, Block &reverse);
  virtual ~VjpBuilder() = default;

  virtual LogicalResult buildPrimal(ValueRange arguments) = 0;
  /// The results of the function, once the primal half is built. The reverse
  /// half may replace them.
  virtual SmallVector<Value> getResults() = 0;
  /// Builds, from the cotangents of the results of interest, those of the
  /// arguments of interest.
  virtual FailureOr<SmallVector<Value>> buildReverse(ValueRange cotangents) = 0;
};

} // namespace atled

#endif // ATLED_LIB_DIFFERENTIATION_VJPBUILDER_H
