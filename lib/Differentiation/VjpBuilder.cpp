//===- VjpBuilder.cpp - Reverse mode of one function ----------------------===//
//
// Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Reverse mode goes through the body of a function, unless the program gives
// the derivative.
//
//===----------------------------------------------------------------------===//

#include "VjpBuilder.h"
#include "ControlFlow/CountWhile.h"
#include "CustomDerivatives.h"
#include "Diagnostics.h"
#include "atled/Differentiation/ReverseMode.h"

using namespace atled;
using llvm::SmallBitVector;

static SmallBitVector getBits(unsigned size, ArrayRef<int64_t> indices) {
  SmallBitVector bits(size);
  for (int64_t index : indices)
    bits.set(index);
  return bits;
}

Derivative::Derivative(func::FuncOp function, ArrayRef<int64_t> wrt,
                       ArrayRef<int64_t> results)
    : Derivative(function, wrt, getBits(function.getNumResults(), results)) {}

SmallBitVector Derivative::getArguments() const {
  func::FuncOp function = this->function;
  return getBits(function.getNumArguments(), wrt);
}

namespace {
class BodyVjp : public VjpBuilder {
public:
  BodyVjp(DerivedFunctions &functions, const Derivative &derivative,
          Block &primal, Block &reverse)
      : derivative(derivative),
        counted(derivative.function, derivative.getArguments(),
                derivative.results, functions.getActivitySummaries()),
        body(counted.get().getBody().front()),
        activity(functions.getActivitySummaries()),
        mode(functions, activity, OpBuilder::atBlockEnd(&primal),
             OpBuilder::atBlockEnd(&reverse)) {
    activity.analyze(counted.get(), derivative.getArguments(),
                     derivative.results);
  }

  LogicalResult buildPrimal(ValueRange arguments) override {
    for (auto [argument, primal] : llvm::zip(body.getArguments(), arguments))
      mode.setPrimal(argument, primal);
    return mode.runPrimal(body);
  }

  SmallVector<Value> getResults() override {
    return llvm::map_to_vector(
        getReturned(), [&](Value value) { return mode.getPrimal(value); });
  }

  FailureOr<SmallVector<Value>> buildReverse(ValueRange cotangents) override {
    for (auto [cotangent, index] :
         llvm::zip(cotangents, derivative.results.set_bits()))
      mode.addCotangent(getReturned()[index], cotangent);
    if (failed(mode.runReverse(body)))
      return failure();
    return llvm::map_to_vector(derivative.wrt, [&](int64_t index) {
      return takeArgumentCotangent(body.getArgument(index));
    });
  }

private:
  ValueRange getReturned() { return body.getTerminator()->getOperands(); }

  /// Zero where nothing came back.
  Value takeArgumentCotangent(Value argument) {
    Value cotangent = mode.takeCotangent(argument);
    return cotangent ? cotangent
                     : buildZeroTangent(mode.getReverseBuilder(),
                                        mode.getPrimal(argument));
  }

  Derivative derivative;
  CountedFunction counted;
  Block &body;
  Activity activity;
  ReverseMode mode;
};
} // namespace

std::unique_ptr<VjpBuilder> VjpBuilder::create(DerivedFunctions &functions,
                                               const Derivative &derivative,
                                               Block &primal, Block &reverse) {
  if (std::unique_ptr<VjpBuilder> custom =
          createCustomVjp(functions, derivative, primal, reverse))
    return custom;
  if (failed(checkFunction(derivative.function, functions.getRequests())))
    return nullptr;
  return std::make_unique<BodyVjp>(functions, derivative, primal, reverse);
}
