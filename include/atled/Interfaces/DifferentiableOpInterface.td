//===- DifferentiableOpInterface.td - Operations with a rule -*- tablegen -*-===//
//
// Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// How one operation takes part in differentiation. Most dialects do not
// implement this by hand: they write rules (DerivativeRules.td), and
// atled-tblgen writes the implementation.
//
//===----------------------------------------------------------------------===//

#ifndef ATLED_INTERFACES_DIFFERENTIABLEOPINTERFACE
#define ATLED_INTERFACES_DIFFERENTIABLEOPINTERFACE

include "mlir/IR/Interfaces.td"

def DifferentiableOpInterface : OpInterface<"DifferentiableOpInterface"> {
  let cppNamespace = "::atled";
  let description = [{
    An operation with a derivative rule. The rule is local: it sees the
    operation's operands and results, the tangents that arrive or the
    cotangents that return, and builds what leaves. A null value stands for
    zero everywhere, so that zeros are never computed with.

    A rule may use every operand and result of the operation. It is called on
    an operation that stands where its values are available, or will be made
    available: what the reverse pass uses of the primal becomes a residual.
  }];
  let methods = [
    InterfaceMethod<[{
        What the results do when operand number `operand` changes: have a
        derivative, have one that is zero everywhere, or have none.
      }],
      "::atled::DerivativeKind", "getDerivativeKind", (ins "unsigned":$operand)>,
    InterfaceMethod<[{
        Forward: given one tangent per operand, sets one tangent per result.
        Operands without a derivative have no tangent.
      }],
      "::llvm::LogicalResult", "buildTangents",
      (ins "::mlir::OpBuilder &":$builder,
           "::llvm::ArrayRef<::mlir::Value>":$operandTangents,
           "::llvm::MutableArrayRef<::mlir::Value>":$resultTangents)>,
    InterfaceMethod<[{
        Reverse: given one cotangent per result, sets the contribution to the
        cotangent of each operand that is wanted.
      }],
      "::llvm::LogicalResult", "buildCotangents",
      (ins "::mlir::OpBuilder &":$builder,
           "::llvm::ArrayRef<::mlir::Value>":$resultCotangents,
           "const ::llvm::SmallBitVector &":$wanted,
           "::llvm::MutableArrayRef<::mlir::Value>":$operandCotangents)>,
    InterfaceMethod<[{
        Whether to run the operation again costs less than to keep its results:
        where the way back stands elsewhere, it is then free to do so.
      }],
      "bool", "isCheap", (ins), /*methodBody=*/"",
      /*defaultImplementation=*/"return false;">,
    InterfaceMethod<[{
        Whether a derivative may be infinite or NaN where the operands are
        finite: at the end of the domain, beyond it, or by overflow.
      }],
      "bool", "isSingular", (ins), /*methodBody=*/"",
      /*defaultImplementation=*/"return false;">,
    InterfaceMethod<[{
        How many scalar operations running the operation takes, or nothing if its
        sizes are not known. One for each element of the largest operand or
        result, unless the operation says otherwise.
      }],
      "::std::optional<int64_t>", "getNumOperations", (ins), /*methodBody=*/"",
      /*defaultImplementation=*/"return ::atled::countElements($_op);">
  ];
}

#endif // ATLED_INTERFACES_DIFFERENTIABLEOPINTERFACE
