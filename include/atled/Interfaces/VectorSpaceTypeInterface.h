//===- VectorSpaceTypeInterface.h - Types that one may add -----*- C++ -*-===//
//
// Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef ATLED_INTERFACES_VECTORSPACETYPEINTERFACE_H
#define ATLED_INTERFACES_VECTORSPACETYPEINTERFACE_H

#include "atled/Support/LLVM.h"
#include "mlir/IR/Builders.h"
#include "mlir/IR/TypeRange.h"
#include "mlir/IR/Types.h"
#include <optional>

#include "atled/Interfaces/VectorSpaceTypeInterface.h.inc"

namespace atled {

/// The type of tangents and cotangents of values of `type`, or null.
Type getTangentType(Type type);

/// The tangent types of those of `types` that have one.
SmallVector<Type> getTangentTypes(TypeRange types);

/// Whether values of `type` certainly carry no derivative: integers, indices,
/// and vector spaces without a tangent type. Any other type without a tangent
/// type (a scalar float, a stranger's type) may hide one.
bool isDiscrete(Type type);

} // namespace atled

#endif // ATLED_INTERFACES_VECTORSPACETYPEINTERFACE_H
