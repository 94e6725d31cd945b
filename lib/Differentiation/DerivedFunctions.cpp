//===- DerivedFunctions.cpp - The functions that derivatives are ----------===//
//
// Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Each kind of derived function is one use of a driver: create the function,
// say what its arguments stand for, run the driver over the body, return.
//
//===----------------------------------------------------------------------===//

#include "atled/Differentiation/DerivedFunctions.h"
#include "ControlFlow/CountWhile.h"
#include "DeadValues.h"
#include "Diagnostics.h"
#include "Residuals.h"
#include "atled/Differentiation/ForwardMode.h"
#include "atled/Differentiation/ReverseMode.h"
#include "atled/Interfaces/VectorSpaceTypeInterface.h"

using namespace atled;
using llvm::SmallBitVector;

//===----------------------------------------------------------------------===//
// Names, signatures
//===----------------------------------------------------------------------===//

SmallBitVector atled::getDifferentiableResults(func::FuncOp function) {
  SmallBitVector bits(function.getNumResults());
  for (auto [index, type] : llvm::enumerate(function.getResultTypes()))
    bits[index] = bool(getTangentType(type));
  return bits;
}

/// `f.vjp.0_2`, and where not all results are meant `f.fwd.0_2.of.1`.
static std::string getDerivedName(func::FuncOp function, StringRef kind,
                                  ArrayRef<int64_t> wrt,
                                  const SmallBitVector &results) {
  std::string name;
  llvm::raw_string_ostream os(name);
  os << function.getName() << '.' << kind << '.';
  llvm::interleave(wrt, os, "_");
  if (results != getDifferentiableResults(function)) {
    os << ".of.";
    llvm::interleave(results.set_bits(), os, "_");
  }
  return name;
}

static SmallBitVector getBits(unsigned size, ArrayRef<int64_t> indices) {
  SmallBitVector bits(size);
  for (int64_t index : indices)
    bits.set(index);
  return bits;
}

static SmallVector<Type> getTangentTypes(TypeRange types,
                                         const SmallBitVector &bits) {
  SmallVector<Type> tangents;
  for (unsigned index : bits.set_bits())
    tangents.push_back(getTangentType(types[index]));
  return tangents;
}

func::FuncOp DerivedFunctions::create(func::FuncOp original, StringRef name,
                                      FunctionType type) {
  auto function = func::FuncOp::create(original.getLoc(), name, type);
  function.setPrivate();
  function.addEntryBlock();
  Operation *&last = lastDerived.try_emplace(original, original).first->second;
  symbols.insert(function, std::next(last->getIterator()));
  last = function;
  return function;
}

Value atled::buildUnitSeed(OpBuilder &builder, func::FuncOp function) {
  auto space = cast<VectorSpaceTypeInterface>(
      getTangentType(function.getResultTypes().front()));
  // One real number: no size is left open, so the seed is like nothing.
  return space.buildSplat(builder, function.getLoc(), 1.0, Value());
}

//===----------------------------------------------------------------------===//
// Bodies
//===----------------------------------------------------------------------===//

static Operation *getReturn(func::FuncOp function) {
  return function.getBody().front().getTerminator();
}

/// The cotangents of the arguments, zero where nothing came back.
static SmallVector<Value> takeArgumentCotangents(ReverseMode &mode,
                                                 func::FuncOp function,
                                                 ArrayRef<int64_t> wrt) {
  SmallVector<Value> cotangents;
  for (int64_t index : wrt) {
    Value argument = function.getArgument(index);
    Value cotangent = mode.takeCotangent(argument);
    cotangents.push_back(cotangent
                             ? cotangent
                             : buildZeroTangent(mode.getReverseBuilder(),
                                                mode.getPrimal(argument)));
  }
  return cotangents;
}

static SmallVector<Value> getPrimals(ReverseMode &mode, ValueRange values) {
  return llvm::map_to_vector(
      values, [&](Value value) { return mode.getPrimal(value); });
}

FailureOr<func::FuncOp> DerivedFunctions::getVjp(func::FuncOp function,
                                                 ArrayRef<int64_t> wrt) {
  SmallBitVector results = getDifferentiableResults(function);
  std::string name = getDerivedName(function, "vjp", wrt, results);
  if (auto it = functions.find(name); it != functions.end())
    return it->second;
  if (failed(checkFunction(function, requests)))
    return failure();

  SmallVector<Type> inputs(function.getArgumentTypes()),
      outputs(function.getResultTypes());
  llvm::append_range(inputs,
                     getTangentTypes(function.getResultTypes(), results));
  SmallBitVector arguments = getBits(function.getNumArguments(), wrt);
  llvm::append_range(outputs,
                     getTangentTypes(function.getArgumentTypes(), arguments));
  func::FuncOp vjp = create(
      function, name, FunctionType::get(module.getContext(), inputs, outputs));

  CountedFunction counted(function, arguments, results, activity);
  func::FuncOp primal = counted.get();
  Activity values(activity);
  values.analyze(primal, arguments, results);
  auto builder = OpBuilder::atBlockEnd(&vjp.getBody().front());
  ReverseMode mode(*this, values, builder, builder);
  for (BlockArgument argument : primal.getArguments())
    mode.setPrimal(argument, vjp.getArgument(argument.getArgNumber()));
  Block &body = primal.getBody().front();
  if (failed(mode.runPrimal(body)))
    return failure();
  for (auto [seed, index] : llvm::enumerate(results.set_bits()))
    mode.addCotangent(getReturn(primal)->getOperand(index),
                      vjp.getArgument(function.getNumArguments() + seed));
  if (failed(mode.runReverse(body)))
    return failure();
  SmallVector<Value> returned =
      getPrimals(mode, getReturn(primal)->getOperands());
  llvm::append_range(returned, takeArgumentCotangents(mode, primal, wrt));
  func::ReturnOp::create(mode.getReverseBuilder(), function.getLoc(), returned);
  eraseDeadOperations(vjp.getBody().front());
  return functions[name] = vjp;
}

FailureOr<func::FuncOp>
DerivedFunctions::getJvp(func::FuncOp function, ArrayRef<int64_t> wrt,
                         const SmallBitVector &results) {
  std::string name = getDerivedName(function, "jvp", wrt, results);
  if (auto it = functions.find(name); it != functions.end())
    return it->second;
  if (failed(checkFunction(function, requests)))
    return failure();

  SmallVector<Type> inputs(function.getArgumentTypes()),
      outputs(function.getResultTypes());
  SmallBitVector arguments = getBits(function.getNumArguments(), wrt);
  llvm::append_range(inputs,
                     getTangentTypes(function.getArgumentTypes(), arguments));
  llvm::append_range(outputs,
                     getTangentTypes(function.getResultTypes(), results));
  func::FuncOp jvp = create(
      function, name, FunctionType::get(module.getContext(), inputs, outputs));

  Activity values(activity);
  values.analyze(function, arguments, results);
  ForwardMode mode(*this, values,
                   OpBuilder::atBlockEnd(&jvp.getBody().front()));
  for (BlockArgument argument : function.getArguments())
    mode.setPrimal(argument, jvp.getArgument(argument.getArgNumber()));
  for (auto [tangent, index] : llvm::enumerate(wrt))
    mode.setTangent(function.getArgument(index),
                    jvp.getArgument(function.getNumArguments() + tangent));
  if (failed(mode.run(function.getBody().front())))
    return failure();

  SmallVector<Value> returned;
  for (Value value : getReturn(function)->getOperands())
    returned.push_back(mode.getPrimal(value));
  for (unsigned index : results.set_bits()) {
    Value value = getReturn(function)->getOperand(index);
    Value tangent = mode.getTangent(value);
    returned.push_back(
        tangent ? tangent
                : buildZeroTangent(mode.getBuilder(), mode.getPrimal(value)));
  }
  func::ReturnOp::create(mode.getBuilder(), function.getLoc(), returned);
  eraseDeadOperations(jvp.getBody().front());
  return functions[name] = jvp;
}

FailureOr<func::FuncOp> DerivedFunctions::getGradient(func::FuncOp function,
                                                      ArrayRef<int64_t> wrt) {
  std::string name =
      getDerivedName(function, "grad", wrt, getDifferentiableResults(function));
  if (auto it = functions.find(name); it != functions.end())
    return it->second;
  FailureOr<func::FuncOp> vjp = getVjp(function, wrt);
  if (failed(vjp))
    return failure();
  func::FuncOp gradient =
      create(function, name,
             FunctionType::get(module.getContext(), function.getArgumentTypes(),
                               vjp->getResultTypes().take_back(wrt.size())));
  auto builder = OpBuilder::atBlockEnd(&gradient.getBody().front());
  SmallVector<Value> operands(gradient.getArguments());
  operands.push_back(buildUnitSeed(builder, function));
  auto call = func::CallOp::create(builder, function.getLoc(), *vjp, operands);
  func::ReturnOp::create(builder, function.getLoc(),
                         call.getResults().take_back(wrt.size()));
  return functions[name] = gradient;
}

FailureOr<SplitFunction>
DerivedFunctions::getSplit(func::FuncOp function, ArrayRef<int64_t> wrt,
                           const SmallBitVector &results) {
  std::string name = getDerivedName(function, "fwd", wrt, results);
  if (auto it = splits.find(name); it != splits.end())
    return it->second;
  if (failed(checkFunction(function, requests)))
    return failure();

  // The reverse half takes the seeds; what it uses of the primal half comes
  // before them, and is known when it has been built.
  MLIRContext *context = module.getContext();
  SmallBitVector arguments = getBits(function.getNumArguments(), wrt);
  SplitFunction split;
  split.primal = create(function, name, function.getFunctionType());
  split.reverse =
      create(function, getDerivedName(function, "bwd", wrt, results),
             FunctionType::get(
                 context, getTangentTypes(function.getResultTypes(), results),
                 getTangentTypes(function.getArgumentTypes(), arguments)));

  CountedFunction counted(function, arguments, results, activity);
  func::FuncOp primal = counted.get();
  Activity values(activity);
  values.analyze(primal, arguments, results);
  ReverseMode mode(*this, values,
                   OpBuilder::atBlockEnd(&split.primal.getBody().front()),
                   OpBuilder::atBlockEnd(&split.reverse.getBody().front()));
  for (BlockArgument argument : primal.getArguments())
    mode.setPrimal(argument, split.primal.getArgument(argument.getArgNumber()));
  Block &body = primal.getBody().front();
  if (failed(mode.runPrimal(body)))
    return failure();
  func::ReturnOp::create(mode.getPrimalBuilder(), function.getLoc(),
                         getPrimals(mode, getReturn(primal)->getOperands()));
  for (auto [seed, index] : llvm::enumerate(results.set_bits()))
    mode.addCotangent(getReturn(primal)->getOperand(index),
                      split.reverse.getArgument(seed));
  if (failed(mode.runReverse(body)))
    return failure();
  func::ReturnOp::create(mode.getReverseBuilder(), function.getLoc(),
                         takeArgumentCotangents(mode, primal, wrt));
  passResiduals(split);
  eraseDeadOperations(split.primal.getBody().front());
  return splits[name] = split;
}

func::CallOp
SplitFunction::callPrimal(OpBuilder &builder, Location location,
                          ValueRange arguments,
                          SmallVectorImpl<Value> &residualValues) const {
  // The builder takes a function by its non-constant value.
  func::FuncOp callee = primal;
  auto call = func::CallOp::create(builder, location, callee, arguments);
  for (Residual residual : residuals)
    residualValues.push_back(residual.source == Residual::Argument
                                 ? arguments[residual.index]
                                 : call.getResult(residual.index));
  return call;
}
