//===- ElementwiseOps.td - Operations element by element -----*- tablegen -*-===//
//
// Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef ATLED_DIALECT_ATLED_IR_ELEMENTWISEOPS
#define ATLED_DIALECT_ATLED_IR_ELEMENTWISEOPS

include "atled/Dialect/Atled/IR/AtledBase.td"

class Atled_UnaryOp<string mnemonic, list<Trait> traits = []>
    : Atled_Op<mnemonic, traits # [Elementwise, SameOperandsAndResultType]> {
  let arguments = (ins AnyRankedTensor:$x);
  let results = (outs AnyRankedTensor:$result);
  let assemblyFormat = "$x attr-dict `:` type($result)";
}

def Atled_SinOp : Atled_UnaryOp<"sin"> {
  let summary = "elementwise sine";
}

#endif // ATLED_DIALECT_ATLED_IR_ELEMENTWISEOPS
