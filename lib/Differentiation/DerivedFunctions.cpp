//===- DerivedFunctions.cpp - The functions that derivatives are ----------===//
//
// Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Each kind of derived function is one use of a driver: create the function,
// say what its arguments stand for, run the driver, return.
//
//===----------------------------------------------------------------------===//

#include "atled/Differentiation/DerivedFunctions.h"
#include "CustomDerivatives.h"
#include "DeadValues.h"
#include "Diagnostics.h"
#include "Residuals.h"
#include "Transpose.h"
#include "atled/Differentiation/Cotangents.h"
#include "atled/Differentiation/ForwardMode.h"
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
static std::string getDerivedName(const Derivative &derivative,
                                  StringRef kind) {
  func::FuncOp function = derivative.function;
  std::string name;
  llvm::raw_string_ostream os(name);
  os << function.getName() << '.' << kind << '.';
  llvm::interleave(derivative.wrt, os, "_");
  if (derivative.results != getDifferentiableResults(function)) {
    os << ".of.";
    llvm::interleave(derivative.results.set_bits(), os, "_");
  }
  return name;
}

static SmallVector<Type> getArgumentTangentTypes(const Derivative &derivative) {
  func::FuncOp function = derivative.function;
  return llvm::map_to_vector(derivative.wrt, [&](int64_t index) {
    return getTangentType(function.getArgumentTypes()[index]);
  });
}

static SmallVector<Type> getResultTangentTypes(const Derivative &derivative) {
  func::FuncOp function = derivative.function;
  SmallVector<Type> types;
  for (unsigned index : derivative.results.set_bits())
    types.push_back(getTangentType(function.getResultTypes()[index]));
  return types;
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

func::FuncOp DerivedFunctions::getShared(
    StringRef name, FunctionType type,
    function_ref<void(OpBuilder &, func::FuncOp)> build) {
  func::FuncOp &function = functions[name.str()];
  if (function)
    return function;
  function = func::FuncOp::create(module.getLoc(), name, type);
  function.setPrivate();
  auto builder = OpBuilder::atBlockEnd(function.addEntryBlock());
  build(builder, function);
  symbols.insert(function);
  return function;
}

Value atled::buildUnitSeed(OpBuilder &builder, func::FuncOp function) {
  auto space = cast<VectorSpaceTypeInterface>(
      getTangentType(function.getResultTypes().front()));
  // One real number: no size is left open, so the seed is like nothing.
  return space.buildSplat(builder, function.getLoc(), 1.0, Value());
}

static void buildReturn(Block &block, Location location, ValueRange values) {
  auto builder = OpBuilder::atBlockEnd(&block);
  func::ReturnOp::create(builder, location, values);
}

static void buildReturn(func::FuncOp function, ValueRange values) {
  buildReturn(function.getBody().front(), function.getLoc(), values);
}

//===----------------------------------------------------------------------===//
// Reverse mode
//===----------------------------------------------------------------------===//

FailureOr<func::FuncOp> DerivedFunctions::getVjp(const Derivative &derivative,
                                                 StringRef kind,
                                                 bool returnsResults) {
  std::string name = getDerivedName(derivative, kind);
  if (auto it = functions.find(name); it != functions.end())
    return it->second;
  func::FuncOp function = derivative.function;
  SmallVector<Type> inputs(function.getArgumentTypes()), outputs;
  if (returnsResults)
    llvm::append_range(outputs, function.getResultTypes());
  llvm::append_range(inputs, getResultTangentTypes(derivative));
  llvm::append_range(outputs, getArgumentTangentTypes(derivative));
  func::FuncOp vjp = create(
      function, name, FunctionType::get(module.getContext(), inputs, outputs));

  // The way back gets a block of its own, so that what it uses of the primal
  // can be told.
  Block &primal = vjp.getBody().front();
  Block &reverse = vjp.getBody().emplaceBlock();
  std::unique_ptr<VjpBuilder> builder =
      VjpBuilder::create(*this, derivative, primal, reverse);
  if (!builder)
    return failure();
  ValueRange arguments = vjp.getArguments();
  if (failed(builder->buildPrimal(
          arguments.take_front(function.getNumArguments()))))
    return failure();
  FailureOr<SmallVector<Value>> cotangents =
      builder->buildReverse(arguments.drop_front(function.getNumArguments()));
  if (failed(cotangents))
    return failure();
  SmallVector<Value> returned;
  if (returnsResults)
    returned = builder->getResults();
  llvm::append_range(returned, *cotangents);
  buildReturn(reverse, function.getLoc(), returned);
  eraseDeadOperations(reverse);
  if (report)
    reportResiduals(*report, primal, reverse);
  primal.getOperations().splice(primal.end(), reverse.getOperations());
  reverse.erase();
  eraseDeadOperations(primal);
  return functions[name] = vjp;
}

FailureOr<func::FuncOp> DerivedFunctions::getVjp(func::FuncOp function,
                                                 ArrayRef<int64_t> wrt) {
  Derivative derivative(function, wrt, getDifferentiableResults(function));
  return getVjp(derivative, "vjp", /*returnsResults=*/true);
}

FailureOr<func::FuncOp>
DerivedFunctions::getPullback(func::FuncOp function, ArrayRef<int64_t> wrt,
                              const SmallBitVector &results) {
  Derivative derivative(function, wrt, results);
  return getVjp(derivative, "pullback", /*returnsResults=*/false);
}

FailureOr<SplitFunction>
DerivedFunctions::getSplit(func::FuncOp function, ArrayRef<int64_t> wrt,
                           const SmallBitVector &results) {
  Derivative derivative(function, wrt, results);
  std::string name = getDerivedName(derivative, "fwd");
  if (auto it = splits.find(name); it != splits.end())
    return it->second;

  // The reverse half takes the seeds; what it uses of the primal half comes
  // before them, and is known when it has been built.
  SplitFunction split;
  split.primal = create(function, name, function.getFunctionType());
  split.reverse = create(
      function, getDerivedName(derivative, "bwd"),
      FunctionType::get(module.getContext(), getResultTangentTypes(derivative),
                        getArgumentTangentTypes(derivative)));

  std::unique_ptr<VjpBuilder> builder =
      VjpBuilder::create(*this, derivative, split.primal.getBody().front(),
                         split.reverse.getBody().front());
  if (!builder)
    return failure();
  if (failed(builder->buildPrimal(split.primal.getArguments())))
    return failure();
  buildReturn(split.primal, builder->getResults());
  FailureOr<SmallVector<Value>> cotangents =
      builder->buildReverse(split.reverse.getArguments());
  if (failed(cotangents))
    return failure();
  buildReturn(split.reverse, *cotangents);
  passResiduals(split, report);
  eraseDeadOperations(split.primal.getBody().front());
  return splits[name] = split;
}

//===----------------------------------------------------------------------===//
// Forward mode
//===----------------------------------------------------------------------===//

/// Forward mode through the body of a function, from its arguments and the
/// tangents of those of interest to its results and the tangents of those of
/// interest.
static FailureOr<SmallVector<Value>>
buildBodyJvp(DerivedFunctions &functions, const Derivative &derivative,
             Block &block, ValueRange arguments, ValueRange tangents) {
  func::FuncOp function = derivative.function;
  if (failed(checkFunction(function, functions.getRequests())))
    return failure();
  Activity activity(functions.getActivitySummaries());
  activity.analyze(function, derivative.getArguments(), derivative.results);
  ForwardMode mode(functions, activity, OpBuilder::atBlockEnd(&block));
  for (auto [argument, primal] : llvm::zip(function.getArguments(), arguments))
    mode.setPrimal(argument, primal);
  for (auto [index, tangent] : llvm::zip(derivative.wrt, tangents))
    mode.setTangent(function.getArgument(index), tangent);
  Block &body = function.getBody().front();
  if (failed(mode.run(body)))
    return failure();

  SmallVector<Value> returned;
  ValueRange results = body.getTerminator()->getOperands();
  for (Value value : results)
    returned.push_back(mode.getPrimal(value));
  for (unsigned index : derivative.results.set_bits()) {
    Value tangent = mode.getTangent(results[index]);
    returned.push_back(
        tangent ? tangent
                : buildZeroTangent(mode.getBuilder(), returned[index]));
  }
  return returned;
}

FailureOr<func::FuncOp>
DerivedFunctions::getJvp(func::FuncOp function, ArrayRef<int64_t> wrt,
                         const SmallBitVector &results) {
  Derivative derivative(function, wrt, results);
  std::string name = getDerivedName(derivative, "jvp");
  if (auto it = functions.find(name); it != functions.end())
    return it->second;

  SmallVector<Type> inputs(function.getArgumentTypes()),
      outputs(function.getResultTypes());
  llvm::append_range(inputs, getArgumentTangentTypes(derivative));
  llvm::append_range(outputs, getResultTangentTypes(derivative));
  func::FuncOp jvp = create(
      function, name, FunctionType::get(module.getContext(), inputs, outputs));

  auto build = rules.contains(function) ? buildCustomJvp : buildBodyJvp;
  Block &block = jvp.getBody().front();
  ValueRange arguments = jvp.getArguments();
  FailureOr<SmallVector<Value>> returned =
      build(*this, derivative, block,
            arguments.take_front(function.getNumArguments()),
            arguments.drop_front(function.getNumArguments()));
  if (failed(returned))
    return failure();
  buildReturn(jvp, *returned);
  eraseDeadOperations(block);
  return functions[name] = jvp;
}

//===----------------------------------------------------------------------===//
// What uses them
//===----------------------------------------------------------------------===//

FailureOr<func::FuncOp> DerivedFunctions::getGradient(func::FuncOp function,
                                                      ArrayRef<int64_t> wrt) {
  Derivative derivative(function, wrt, getDifferentiableResults(function));
  std::string name = getDerivedName(derivative, "grad");
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
  buildReturn(gradient, call.getResults().take_back(wrt.size()));
  return functions[name] = gradient;
}

/// Removes the arguments from `begin` on, `count` of them, that nothing uses.
/// Returns the numbers of those that stay, counted from `begin`.
static SmallVector<unsigned>
eraseUnusedArguments(func::FuncOp function, unsigned begin, unsigned count) {
  llvm::BitVector unused(function.getNumArguments());
  SmallVector<unsigned> kept;
  for (unsigned i = 0; i != count; ++i)
    if (function.getArgument(begin + i).use_empty())
      unused.set(begin + i);
    else
      kept.push_back(i);
  (void)function.eraseArguments(unused);
  return kept;
}

FailureOr<LinearMap> DerivedFunctions::getLinearMap(func::FuncOp function,
                                                    ArrayRef<int64_t> wrt) {
  Derivative derivative(function, wrt, getDifferentiableResults(function));
  std::string name = getDerivedName(derivative, "lin");
  if (auto it = linearMaps.find(name); it != linearMaps.end())
    return it->second;
  FailureOr<SplitFunction> split = getSplit(function, wrt, derivative.results);
  if (failed(split))
    return failure();
  func::FuncOp reverse = split->reverse;
  unsigned numResiduals = split->residuals.size();
  unsigned numResults = derivative.results.count();
  SmallVector<Type> inputs(reverse.getArgumentTypes().take_front(numResiduals));
  for (unsigned index : derivative.results.set_bits())
    inputs.push_back(function.getResultTypes()[index]);
  llvm::append_range(inputs, getArgumentTangentTypes(derivative));
  LinearMap map{*split, nullptr, {}};
  map.function = create(function, name,
                        FunctionType::get(module.getContext(), inputs,
                                          getResultTangentTypes(derivative)));

  Block &block = map.function.getBody().front();
  auto builder = OpBuilder::atBlockEnd(&block);
  ValueRange arguments = map.function.getArguments();
  SmallVector<Value> operands(arguments.take_front(numResiduals));
  for (Value result : arguments.slice(numResiduals, numResults))
    operands.push_back(buildZeroTangent(builder, result));
  Derivative transpose(
      reverse,
      llvm::to_vector(llvm::seq<int64_t>(numResiduals, operands.size())),
      SmallBitVector(wrt.size(), true));
  RequestStack::Entry entry = {
      reverse.getLoc(), reverse, {}, RequestStack::TransposedReverse};
  FailureOr<SmallVector<Value>> tangents =
      buildTranspose(*this, entry, transpose, block, operands,
                     arguments.drop_front(numResiduals + numResults));
  if (failed(tangents))
    return failure();
  buildReturn(map.function, *tangents);
  eraseDeadOperations(block);
  SmallVector<unsigned> results(derivative.results.set_bits());
  for (unsigned i :
       eraseUnusedArguments(map.function, numResiduals, numResults))
    map.results.push_back(results[i]);
  return linearMaps[name] = map;
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
