//===- Kernels.h - Operations as functions, compiled once ------*- C++ -*-===//
//
// Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef ATLED_LIB_FRONTEND_KERNELS_H
#define ATLED_LIB_FRONTEND_KERNELS_H

#include "TracedFunction.h"

namespace atled {

/// The function that is `operation` alone: it takes the operands in order,
/// numbers as tensors of one element. There is one for all operations that
/// differ only in the elements of tensors and the values of numbers; the
/// thousand that were used last are kept. Null where the operation is wrong,
/// and the last error says why.
std::shared_ptr<TracedFunction> getKernel(const atled_operation &operation,
                                          atled_location place);

} // namespace atled

#endif // ATLED_LIB_FRONTEND_KERNELS_H
