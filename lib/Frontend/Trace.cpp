//===- Trace.cpp - A function while C++ runs it ---------------------------===//
//
// Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Trace.h"
#include "Coercion.h"
#include "atled/Dialect/AD/IR/AD.h"
#include "atled/Differentiation/TensorNames.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"
#include "mlir/IR/Verifier.h"

using namespace atled;

//===----------------------------------------------------------------------===//
// What is being traced
//===----------------------------------------------------------------------===//

std::vector<std::unique_ptr<Trace>> &atled::getTraces() {
  static thread_local std::vector<std::unique_ptr<Trace>> traces;
  return traces;
}

int32_t atled_is_tracing(void) { return isTracing(); }

StringRef atled::explainMissing(atled_value value) {
  return value.trace ? "a tensor of another trace is used, which is over or "
                       "another thread's"
                     : "a tensor that was never given a value is used";
}

//===----------------------------------------------------------------------===//
// A trace
//===----------------------------------------------------------------------===//

static void setName(func::FuncOp function, unsigned index, StringRef name) {
  if (!name.empty())
    function.setArgAttr(index, tensorNameAttrName,
                        StringAttr::get(function.getContext(), name));
}

static void setResultName(func::FuncOp function, unsigned index,
                          StringRef name) {
  if (!name.empty())
    function.setResultAttr(index, tensorNameAttrName,
                           StringAttr::get(function.getContext(), name));
}

Trace::Trace(StringRef name, TypeRange types, ArrayRef<std::string> names,
             Location location)
    : id(makeOrigin()), module(ModuleOp::create(location)) {
  auto builder = OpBuilder::atBlockEnd(module->getBody());
  function = func::FuncOp::create(builder, location, name,
                                  builder.getFunctionType(types, {}));
  for (auto [index, name] : llvm::enumerate(names))
    setName(function, index, name);
  blocks.push_back(function.addEntryBlock());
  origins[function.getSymNameAttr()] = id;
}

OpBuilder atled::getBuilderAtEnd(Block &block) {
  // A block on its own does not know its context.
  OpBuilder builder(&getContext());
  builder.setInsertionPointToEnd(&block);
  return builder;
}

FailureOr<Value> Trace::resolve(atled_value handle, Location location) const {
  if (handle.trace == ATLED_RECORDED)
    return emitError(location)
           << "a recorded tensor is used in a function that is traced; pass it "
              "as an argument";
  if (handle.trace != id) {
    for (const std::unique_ptr<Trace> &outer : getTraces())
      if (outer->getId() == handle.trace)
        return emitError(location)
               << "a tensor of '" << outer->getName()
               << "' is used inside of another function; pass it as an "
                  "argument";
    return emitError(location) << explainMissing(handle);
  }
  Value value = Value::getFromOpaquePointer(handle.node);
  if (llvm::is_contained(blocks, value.getParentBlock()))
    return value;
  InFlightDiagnostic diagnostic =
      emitError(location)
      << "a tensor made inside of a branch or the body of a loop is used "
         "outside of it; return it from there";
  diagnostic.attachNote(value.getLoc()) << "it is made here";
  return diagnostic;
}

FailureOr<SmallVector<Value>> Trace::resolve(ArrayRef<atled_value> handles,
                                             Location location) const {
  SmallVector<Value> values;
  for (atled_value handle : handles) {
    FailureOr<Value> value = resolve(handle, location);
    if (failed(value))
      return failure();
    values.push_back(*value);
  }
  return values;
}

atled_value Trace::getHandle(Value value) const {
  return {id, value.getAsOpaquePointer(),
          getInterfaceType(cast<RankedTensorType>(value.getType()))};
}

void Trace::getHandles(ValueRange values, atled_value *handles) const {
  for (auto [index, value] : llvm::enumerate(values))
    handles[index] = getHandle(value);
}

LogicalResult Trace::verify(Operation *op) const {
  if (succeeded(mlir::verify(op, /*verifyRecursively=*/false)))
    return success();
  op->erase();
  return failure();
}

SmallVector<Value> Trace::beginRegion(TypeRange types, bool isCounted,
                                      Location location) {
  auto body = std::make_unique<atled_region>();
  OpBuilder outside = getBuilder();
  body->holder = scf::ExecuteRegionOp::create(outside, location, TypeRange());
  Block &block = body->getRegion().emplaceBlock();
  blocks.push_back(&block);
  regions.push_back(std::move(body));
  OpBuilder builder = getBuilder();
  SmallVector<Value> arguments;
  if (isCounted) {
    Value index = block.addArgument(builder.getIndexType(), location);
    arguments.push_back(makeInteger(builder, location, index));
  }
  for (Type type : types)
    arguments.push_back(block.addArgument(type, location));
  return arguments;
}

std::unique_ptr<atled_region> Trace::endRegion() {
  blocks.pop_back();
  std::unique_ptr<atled_region> body = std::move(regions.back());
  regions.pop_back();
  return body;
}

void Trace::declareResults(TypeRange types, int64_t depth) {
  OpBuilder builder = getBuilder();
  recursive = true;
  function.setType(builder.getFunctionType(function.getArgumentTypes(), types));
  function->setAttr(ad::ADDialect::maxDepthAttrName,
                    builder.getI64IntegerAttr(depth));
}

LogicalResult Trace::checkResults(ValueRange results, Location location) {
  TypeRange declared = function.getResultTypes();
  if (!recursive || results.getTypes() == declared)
    return success();
  assert(results.size() == declared.size() && "the header compares structures");
  for (auto [index, result, type] : llvm::enumerate(results, declared))
    if (result.getType() != type)
      return emitError(location)
             << "'" << getName() << "' calls itself, and result " << index
             << " is a " << result.getType() << " instead of a " << type;
  llvm_unreachable("some type is another");
}

std::unique_ptr<TracedFunction> Trace::finish(ValueRange results,
                                              ArrayRef<std::string> names,
                                              Location location) {
  OpBuilder builder = getBuilder();
  func::ReturnOp::create(builder, location, results);
  function.setType(
      builder.getFunctionType(function.getArgumentTypes(), results.getTypes()));
  for (auto [index, name] : llvm::enumerate(names))
    setResultName(function, index, name);
  return std::make_unique<TracedFunction>(std::move(module), getName(),
                                          std::move(origins), checks);
}
