//===- LLVM.h - MLIR's names in namespace atled ----------------*- C++ -*-===//
//
// Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Every name of MLIR is visible in namespace atled, so that the code of the
// compiler reads as MLIR's own does. Names that both define are Atled's.
//
//===----------------------------------------------------------------------===//

#ifndef ATLED_SUPPORT_LLVM_H
#define ATLED_SUPPORT_LLVM_H

#include "mlir/Support/LLVM.h"

namespace mlir {}

namespace atled {
using namespace mlir;
} // namespace atled

#endif // ATLED_SUPPORT_LLVM_H
