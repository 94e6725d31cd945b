//===- Calls.cpp - Calls of functions in a trace --------------------------===//
//
// Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Recording.h"
#include "Trace.h"
#include "atled/Dialect/AD/IR/AD.h"
#include "atled/Differentiation/TensorNames.h"
#include "atled/Interfaces/VectorSpaceTypeInterface.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"

using namespace atled;

/// Checks what a function is given in a trace.
static LogicalResult checkArguments(func::FuncOp callee, ValueRange arguments,
                                    Location location) {
  assert(arguments.size() == callee.getNumArguments() && "C++ counts them");
  for (auto [index, value] : llvm::enumerate(arguments)) {
    Type expected = callee.getArgumentTypes()[index];
    if (value.getType() == expected)
      continue;
    InFlightDiagnostic diagnostic =
        emitError(location)
        << "argument '" << getArgumentName(callee, index) << "' of '"
        << callee.getName() << "' is a " << expected << ", and a "
        << value.getType() << " is given";
    diagnostic.attachNote(callee.getLoc())
        << "'" << callee.getName() << "' is traced here";
    return diagnostic;
  }
  return success();
}

/// The tensors with the sizes of `types`, as far as they may have them: any may
/// be asked for where one is known, and one where only a call tells it.
static SmallVector<Value> castSizes(OpBuilder builder, Location location,
                                    ValueRange values, TypeRange types) {
  SmallVector<Value> cast;
  for (auto [value, type] : llvm::zip_equal(values, types)) {
    bool mayBeEqual = value.getType() != type &&
                      tensor::CastOp::areCastCompatible(value.getType(), type);
    cast.push_back(mayBeEqual
                       ? tensor::CastOp::create(builder, location, type, value)
                       : value);
  }
  return cast;
}

/// Runs `write` on the innermost trace and the arguments of a call there.
static int writeCall(
    const atled_value *arguments, size_t count, atled_location place,
    function_ref<LogicalResult(Trace &, ArrayRef<Value>, Location)> write) {
  return runInSession(place, [&]() -> LogicalResult {
    Location location = getLocation(place);
    if (!isTracing())
      return emitError(location)
             << "no function is being traced here: a linear map, and a call of "
                "a function in itself, belong into the body of one";
    Trace &trace = getInnermostTrace();
    FailureOr<SmallVector<Value>> values =
        trace.resolve(ArrayRef(arguments, count), location);
    if (failed(values))
      return failure();
    return write(trace, *values, location);
  });
}

int atled_call(atled_function *function, const atled_value *arguments,
               size_t count, atled_location place, atled_value *results) {
  if (!isTracing())
    return recordCall(function->traced, ArrayRef(arguments, count), place,
                      results);
  auto write = [&](Trace &trace, ArrayRef<Value> values,
                   Location location) -> LogicalResult {
    const TracedFunction &callee = getTraced(function);
    OpBuilder builder = trace.getBuilder();
    SmallVector<Value> given = castSizes(
        builder, location, values, callee.getFunction().getArgumentTypes());
    if (failed(checkArguments(callee.getFunction(), given, location)))
      return failure();
    StringAttr name = trace.import(callee);
    auto call =
        func::CallOp::create(builder, location, name.getValue(),
                             callee.getFunction().getResultTypes(), given);
    trace.getHandles(call.getResults(), results);
    return success();
  };
  return writeCall(arguments, count, place, write);
}

int atled_call_self(uint64_t id, const atled_value *arguments, size_t count,
                    atled_location place, atled_value *results) {
  auto write = [&](Trace &trace, ArrayRef<Value> values,
                   Location location) -> LogicalResult {
    if (trace.getId() != id || !trace.isRecursive())
      return emitError(location)
             << "a function calls itself in '" << trace.getName()
             << "', which is another; it can do so in its own body alone";
    func::FuncOp self = trace.getFunction();
    if (failed(checkArguments(self, values, location)))
      return failure();
    OpBuilder builder = trace.getBuilder();
    auto call = func::CallOp::create(builder, location, self, values);
    trace.getHandles(call.getResults(), results);
    return success();
  };
  return writeCall(arguments, count, place, write);
}

//===----------------------------------------------------------------------===//
// Linear maps
//===----------------------------------------------------------------------===//

/// The type of the derivative of `callee` with respect to `wrt`. Emits an error
/// where a number of them is not real.
static FailureOr<ad::LinearMapType>
getMapType(func::FuncOp callee, ArrayRef<int64_t> wrt, Location location) {
  SmallVector<Type> inputs, outputs;
  auto add = [&](SmallVector<Type> &types, Type type, StringRef what,
                 int64_t index) -> LogicalResult {
    Type tangent = getTangentType(type);
    if (!tangent)
      return emitError(location)
             << what << " " << index << " of '" << callee.getName()
             << "' has no derivative: its type is " << type;
    types.push_back(tangent);
    return success();
  };
  for (int64_t index : wrt)
    if (failed(
            add(inputs, callee.getArgumentTypes()[index], "argument", index)))
      return failure();
  for (auto [index, type] : llvm::enumerate(callee.getResultTypes()))
    if (failed(add(outputs, type, "result", index)))
      return failure();
  MLIRContext *context = callee.getContext();
  return ad::LinearMapType::get(context,
                                FunctionType::get(context, inputs, outputs));
}

int atled_linearize(atled_function *function, const int64_t *wrt,
                    size_t wrtCount, const atled_value *arguments, size_t count,
                    atled_location place, atled_value *results,
                    atled_value *map) {
  auto write = [&](Trace &trace, ArrayRef<Value> values,
                   Location location) -> LogicalResult {
    const TracedFunction &callee = getTraced(function);
    ArrayRef<int64_t> inputs(wrt, wrtCount);
    FailureOr<ad::LinearMapType> type =
        getMapType(callee.getFunction(), inputs, location);
    OpBuilder builder = trace.getBuilder();
    SmallVector<Value> given = castSizes(
        builder, location, values, callee.getFunction().getArgumentTypes());
    if (failed(type) ||
        failed(checkArguments(callee.getFunction(), given, location)))
      return failure();
    StringAttr name = trace.import(callee);
    auto linearize = ad::LinearizeOp::create(
        builder, location, callee.getFunction().getResultTypes(), *type,
        name.getValue(), given, inputs);
    trace.getHandles(linearize.getResults(), results);
    *map = {trace.getId(), linearize.getMap().getAsOpaquePointer(), {}};
    return success();
  };
  return writeCall(arguments, count, place, write);
}

template <typename ApplyOp>
static LogicalResult writeApply(const Trace &trace, ArrayRef<Value> operands,
                                TypeRange taken, TypeRange returned,
                                Location location, atled_value *results) {
  OpBuilder builder = trace.getBuilder();
  auto apply = ApplyOp::create(
      builder, location, returned, operands.front(),
      castSizes(builder, location, operands.drop_front(), taken));
  if (failed(trace.verify(apply)))
    return failure();
  trace.getHandles(apply->getResults(), results);
  return success();
}

int atled_apply(atled_value map, int32_t transposed, const atled_value *vectors,
                size_t count, atled_location place, atled_value *results) {
  SmallVector<atled_value> operands = {map};
  operands.append(vectors, vectors + count);
  auto write = [&](Trace &trace, ArrayRef<Value> values, Location location) {
    FunctionType type =
        cast<ad::LinearMapType>(values.front().getType()).getFunction();
    return transposed
               ? writeApply<ad::ApplyTransposeOp>(
                     trace, values, type.getResults(), type.getInputs(),
                     location, results)
               : writeApply<ad::ApplyOp>(trace, values, type.getInputs(),
                                         type.getResults(), location, results);
  };
  return writeCall(operands.data(), operands.size(), place, write);
}
