//===- Plane.h - A dialect of plane geometry -------------------*- C++ -*-===//
//
// Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef PLANE_H
#define PLANE_H

#include "atled/Interfaces/VectorSpaceTypeInterface.h"
#include "mlir/Bytecode/BytecodeOpInterface.h"
#include "mlir/IR/BuiltinAttributes.h"
#include "mlir/IR/Dialect.h"
#include "mlir/IR/OpDefinition.h"
#include "mlir/IR/OpImplementation.h"
#include "mlir/Interfaces/InferTypeOpInterface.h"
#include "mlir/Interfaces/SideEffectInterfaces.h"

#include "PlaneDialect.h.inc"

#define GET_TYPEDEF_CLASSES
#include "PlaneTypes.h.inc"

#define GET_OP_CLASSES
#include "PlaneOps.h.inc"

namespace plane {
/// Attaches the derivatives of the dialect's operations to them.
void attachDerivatives(mlir::MLIRContext *context);
} // namespace plane

#endif // PLANE_H
