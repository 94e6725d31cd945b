//===- VectorBody.h - A linalg body on several points at once --*- C++ -*-===//
//
// Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The innermost part of every vectorised loop nest: loads, the body of a
// linalg operation on buffers, and stores, for consecutive points along one
// dimension of its iteration space.
//
//===----------------------------------------------------------------------===//

#ifndef ATLED_LIB_CODEGEN_VECTORBODY_H
#define ATLED_LIB_CODEGEN_VECTORBODY_H

#include "atled/Support/LLVM.h"
#include "mlir/Dialect/Linalg/IR/Linalg.h"

namespace atled {

/// How an operand moves when the vector dimension advances by one.
enum class Access { Uniform, Contiguous, Strided };

/// A linalg operation on buffers, vectorised along dimension `dim`. Points are
/// given as one index per dimension; `width` of them, consecutive along `dim`,
/// are computed at once. At width 1 everything is scalar, and a value that does
/// not depend on the dimension is a scalar at any width.
class VectorBody {
public:
  using Point = ArrayRef<OpFoldResult>;

  VectorBody(linalg::LinalgOp op, unsigned dim) : op(op), dim(dim) {}

  /// Whether every operation of the body computes vectors as it does scalars.
  static bool isVectorizable(linalg::LinalgOp op);
  /// Whether every value of the body, its elements among them, may be a lane.
  static bool hasNumbers(linalg::LinalgOp op);

  Access getAccess(OpOperand &operand);
  bool dependsOn(OpOperand &operand, unsigned dim);
  bool isUniform(OpOperand &operand) { return !dependsOn(operand, dim); }

  /// What the operand holds at the points.
  Value load(OpBuilder &builder, OpOperand &operand, Point point,
             int64_t width);
  void store(OpBuilder &builder, Value value, OpOperand &operand, Point point,
             int64_t width);

  /// What the body yields, given its arguments.
  SmallVector<Value> compute(OpBuilder &builder, ValueRange arguments,
                             Point point, int64_t width);

private:
  SmallVector<Value> getIndices(OpBuilder &builder, OpOperand &operand,
                                Point point, int64_t lane);
  Value computeIndex(OpBuilder &builder, linalg::IndexOp index, Point point,
                     int64_t width);

  linalg::LinalgOp op;
  unsigned dim;
};

/// `value` in all of `width` lanes.
Value broadcast(OpBuilder &builder, Location loc, Value value, int64_t width);

/// `point` moved by `distance` along dimension `dim`.
SmallVector<OpFoldResult> moved(OpBuilder &builder, Location loc,
                                ArrayRef<OpFoldResult> point, unsigned dim,
                                int64_t distance);

} // namespace atled

#endif // ATLED_LIB_CODEGEN_VECTORBODY_H
