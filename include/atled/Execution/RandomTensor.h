//===- RandomTensor.h - Reproducible random tensors -------------*- C++ -*-===//
//
// Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef ATLED_EXECUTION_RANDOMTENSOR_H
#define ATLED_EXECUTION_RANDOMTENSOR_H

#include "atled/Execution/HostTensor.h"

namespace atled {

/// Fills a floating-point tensor with standard normal numbers: the same ones
/// for the same seed, on every machine.
void fillWithNormal(HostTensor &tensor, uint64_t seed);

} // namespace atled

#endif // ATLED_EXECUTION_RANDOMTENSOR_H
