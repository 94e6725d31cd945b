//===- RuntimeCheck.h - What only a run tells ------------------*- C++ -*-===//
//
// Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// What passes that put checks into a program have in common. A check is an
// assertion, so that whatever happens to assertions happens to it: it survives
// differentiation, and nothing runs where it fails that minds.
//
//===----------------------------------------------------------------------===//

#ifndef ATLED_LIB_DIALECT_ATLED_TRANSFORMS_RUNTIMECHECK_H
#define ATLED_LIB_DIALECT_ATLED_TRANSFORMS_RUNTIMECHECK_H

#include "atled/Support/LLVM.h"
#include "mlir/IR/ImplicitLocOpBuilder.h"

namespace atled {

/// Whether an assertion beside `op` would be one of the function: `op` is in no
/// body but those of loops and branches that run one after the other.
bool runsInOrder(Operation *op);

/// Builds the assertion that `holds`. If it does not, `kind` says which code a
/// call returns, and `place` is what it tells beside the line.
void buildCheck(ImplicitLocOpBuilder &b, Value holds, StringRef kind,
                const Twine &place);

} // namespace atled

#endif // ATLED_LIB_DIALECT_ATLED_TRANSFORMS_RUNTIMECHECK_H
