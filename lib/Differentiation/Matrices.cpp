//===- Matrices.cpp - All derivatives of a function -----------------------===//
//
// Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A Jacobian is a loop over unit vectors. Back, each is a seed and gives a row:
//
//   %y, %residuals = call @f.fwd(%x)
//   %rows = for %i in 0..m (%stack) {
//     %dx = call @f.bwd(%residuals, unit(%i))
//     yield write(%stack, %i, %dx) }
//
// Forward, each is a tangent and gives a column.
//
//===----------------------------------------------------------------------===//

#include "Matrices.h"
#include "atled/Interfaces/VectorSpaceTypeInterface.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/SCF/IR/SCF.h"

using namespace atled;

static VectorSpaceTypeInterface getSpace(Type type) {
  return cast<VectorSpaceTypeInterface>(getTangentType(type));
}

/// Builds stacks of what `buildVectors` computes of each unit vector of
/// `space`; the vectors are of the types `types`.
static SmallVector<Value>
buildStacksOfUnits(OpBuilder &builder, Location location,
                   VectorSpaceTypeInterface space, TypeRange types,
                   function_ref<ResultRange(OpBuilder &, Value)> buildVectors) {
  int64_t count = *space.getNumCoordinates();
  SmallVector<Value> stacks;
  for (Type type : types)
    stacks.push_back(getSpace(type).buildStack(
        builder, location, builder.getIndexAttr(count), Value()));
  // There is no place in a stack of nothing.
  if (count == 0)
    return stacks;
  Value zero = arith::ConstantIndexOp::create(builder, location, 0);
  Value one = arith::ConstantIndexOp::create(builder, location, 1);
  Value end = arith::ConstantIndexOp::create(builder, location, count);
  auto body = [&](OpBuilder &inner, Location, Value number,
                  ValueRange carried) {
    Value unit = space.buildUnitVector(inner, location, number);
    SmallVector<Value> written;
    for (auto [stack, vector] :
         llvm::zip_equal(carried, buildVectors(inner, unit)))
      written.push_back(
          getSpace(vector.getType())
              .buildStackWrite(inner, location, stack, number, vector));
    scf::YieldOp::create(inner, location, written);
  };
  auto loop =
      scf::ForOp::create(builder, location, zero, end, one, stacks, body);
  return SmallVector<Value>(loop.getResults());
}

namespace {
/// What both ways of building a Jacobian are told.
struct JacobianBuilder {
  LogicalResult buildRows();
  LogicalResult buildColumns();

  DerivedFunctions &functions;
  OpBuilder &builder;
  Location location;
  func::FuncOp function;
  ArrayRef<int64_t> wrt;
  ValueRange arguments;
  TypeRange types;
  /// The numbers of the results that have derivatives.
  SmallVector<unsigned> results;
  /// For each of them and each argument in `wrt`, a matrix.
  SmallVector<Value> matrices;
};
} // namespace

/// A reverse pass for each coordinate of each result.
LogicalResult JacobianBuilder::buildRows() {
  for (auto [position, result] : llvm::enumerate(results)) {
    llvm::SmallBitVector wanted(function.getNumResults());
    wanted.set(result);
    FailureOr<SplitFunction> split = functions.getSplit(function, wrt, wanted);
    if (failed(split))
      return failure();
    SmallVector<Value> residuals;
    split->callPrimal(builder, location, arguments, residuals);
    auto goBack = [&](OpBuilder &inner, Value seed) {
      SmallVector<Value> operands(residuals);
      operands.push_back(seed);
      return func::CallOp::create(inner, location, split->reverse, operands)
          .getResults();
    };
    VectorSpaceTypeInterface space =
        getSpace(function.getResultTypes()[result]);
    SmallVector<Value> stacks = buildStacksOfUnits(
        builder, location, space, split->reverse.getResultTypes(), goBack);
    for (auto [index, rows] : llvm::enumerate(stacks))
      matrices[position * wrt.size() + index] = space.buildMatrixOfRows(
          builder, location, rows, types[position * wrt.size() + index]);
  }
  return success();
}

/// A forward pass for each coordinate of each argument.
LogicalResult JacobianBuilder::buildColumns() {
  for (auto [index, argument] : llvm::enumerate(wrt)) {
    FailureOr<func::FuncOp> jvp = functions.getJvp(
        function, argument, getDifferentiableResults(function));
    if (failed(jvp))
      return failure();
    auto goForth = [&](OpBuilder &inner, Value tangent) {
      SmallVector<Value> operands(arguments);
      operands.push_back(tangent);
      return func::CallOp::create(inner, location, *jvp, operands)
          .getResults()
          .take_back(results.size());
    };
    SmallVector<Value> stacks = buildStacksOfUnits(
        builder, location, getSpace(function.getArgumentTypes()[argument]),
        jvp->getResultTypes().take_back(results.size()), goForth);
    for (auto [position, columns] : llvm::enumerate(stacks)) {
      size_t matrix = position * wrt.size() + index;
      matrices[matrix] =
          getSpace(function.getResultTypes()[results[position]])
              .buildMatrixOfColumns(builder, location, columns, types[matrix]);
    }
  }
  return success();
}

FailureOr<SmallVector<Value>>
atled::buildJacobian(DerivedFunctions &functions, OpBuilder &builder,
                     Location location, func::FuncOp function,
                     ArrayRef<int64_t> wrt, ValueRange arguments,
                     TypeRange types) {
  JacobianBuilder jacobian{
      functions, builder, location,
      function,  wrt,     arguments,
      types,     {},      SmallVector<Value>(types.size())};
  int64_t numRows = 0, numColumns = 0;
  llvm::SmallBitVector results = getDifferentiableResults(function);
  for (unsigned result : results.set_bits()) {
    jacobian.results.push_back(result);
    numRows += *getSpace(function.getResultTypes()[result]).getNumCoordinates();
  }
  for (int64_t argument : wrt)
    numColumns +=
        *getSpace(function.getArgumentTypes()[argument]).getNumCoordinates();
  // Of equals, forward mode: it keeps nothing.
  LogicalResult status =
      numColumns <= numRows ? jacobian.buildColumns() : jacobian.buildRows();
  if (failed(status))
    return failure();
  return jacobian.matrices;
}
