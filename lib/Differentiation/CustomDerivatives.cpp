//===- CustomDerivatives.cpp - Derivatives by custom rules ----------------===//
//
// Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The derivative of a function with a custom rule is a call of that rule. What
// is asked of a derivative may be less than what the rule computes: it gets
// zeros for tangents that nobody has, and what nobody asked for is dropped.
//
// A mode without a rule is derived from the rule of the other one. Each is a
// linear map, and the transpose of the other. Reverse mode transposes: for
// y = L v the cotangent of v is the transpose of L applied to that of y,
// whatever v is. So v is zero, and what depends on it alone is dead. Where the
// transpose of a JVP is computed from v after all, that is not linear.
//
//===----------------------------------------------------------------------===//

#include "CustomDerivatives.h"
#include "Transpose.h"
#include "atled/Differentiation/Cotangents.h"
#include "atled/Interfaces/VectorSpaceTypeInterface.h"

using namespace atled;
using llvm::SmallBitVector;

//===----------------------------------------------------------------------===//
// All tangents, and those that are asked for
//===----------------------------------------------------------------------===//

/// A tangent for each of `primals` that has any: where the bit is set the next
/// of `tangents`, else zero.
static SmallVector<Value> completeTangents(OpBuilder &builder,
                                           ValueRange primals,
                                           const SmallBitVector &given,
                                           ValueRange tangents) {
  SmallVector<Value> all;
  for (auto [index, primal] : llvm::enumerate(primals)) {
    if (given[index]) {
      all.push_back(tangents.front());
      tangents = tangents.drop_front();
    } else if (getTangentType(primal.getType())) {
      all.push_back(buildZeroTangent(builder, primal));
    }
  }
  return all;
}

static SmallVector<Value> buildZeroTangents(OpBuilder &builder,
                                            ValueRange primals) {
  return completeTangents(builder, primals, SmallBitVector(primals.size()),
                          ValueRange());
}

/// Where a rule has the tangents of those of `types` whose bit is set, if the
/// first tangent is at `offset`.
static SmallVector<int64_t> getTangentPositions(TypeRange types,
                                                const SmallBitVector &wanted,
                                                int64_t offset) {
  SmallVector<int64_t> positions;
  for (auto [index, type] : llvm::enumerate(types)) {
    if (wanted[index])
      positions.push_back(offset);
    if (getTangentType(type))
      ++offset;
  }
  return positions;
}

static SmallVector<Value> select(ValueRange values,
                                 ArrayRef<int64_t> positions) {
  return llvm::map_to_vector(
      positions, [&](int64_t position) { return values[position]; });
}

//===----------------------------------------------------------------------===//
// Reverse mode
//===----------------------------------------------------------------------===//

namespace {
/// Calls the two functions of an `ad.custom_vjp`.
class CustomVjp : public VjpBuilder {
public:
  CustomVjp(DerivedFunctions &functions, ad::CustomVjpOp rule,
            const Derivative &derivative, Block &primal, Block &reverse)
      : forward(functions.lookup(rule.getForwardAttr())),
        reverse(functions.lookup(rule.getReverseAttr())),
        derivative(derivative), primalBuilder(OpBuilder::atBlockEnd(&primal)),
        reverseBuilder(OpBuilder::atBlockEnd(&reverse)) {}

  LogicalResult buildPrimal(ValueRange arguments) override {
    primal = func::CallOp::create(primalBuilder, forward.getLoc(), forward,
                                  arguments);
    return success();
  }

  SmallVector<Value> getResults() override {
    return primal.getResults().take_front(derivative.results.size());
  }

  FailureOr<SmallVector<Value>> buildReverse(ValueRange cotangents) override {
    SmallVector<Value> operands(
        primal.getResults().drop_front(derivative.results.size()));
    llvm::append_range(operands,
                       completeTangents(reverseBuilder, getResults(),
                                        derivative.results, cotangents));
    auto call = func::CallOp::create(reverseBuilder, reverse.getLoc(), reverse,
                                     operands);
    return select(call.getResults(),
                  getTangentPositions(derivative.function.getArgumentTypes(),
                                      derivative.getArguments(), 0));
  }

private:
  func::FuncOp forward, reverse;
  Derivative derivative;
  OpBuilder primalBuilder, reverseBuilder;
  func::CallOp primal;
};

/// Transposes the function of an `ad.custom_jvp`. It is built into the halves
/// instead of being called, so that its tangents are seen to be dead.
class TransposedJvp : public VjpBuilder {
public:
  TransposedJvp(DerivedFunctions &functions, ad::CustomJvpOp op,
                const Derivative &derivative, Block &primal, Block &reverse)
      : functions(functions), op(op), function(derivative.function),
        entry({op.getLoc(),
               functions.lookup(op.getRuleAttr()),
               {},
               RequestStack::TransposedJvp}),
        builder(OpBuilder::atBlockEnd(&primal)) {
    Derivative transpose(entry.function,
                         getTangentPositions(function.getArgumentTypes(),
                                             derivative.getArguments(),
                                             function.getNumArguments()),
                         getTangentPositions(function.getResultTypes(),
                                             derivative.results,
                                             function.getNumResults()));
    rule = functions.getRequests().with(entry, [&] {
      return VjpBuilder::create(functions, transpose, primal, reverse);
    });
  }

  LogicalResult buildPrimal(ValueRange arguments) override {
    if (!rule)
      return failure();
    tangents = buildZeroTangents(builder, arguments);
    SmallVector<Value> operands(arguments);
    llvm::append_range(operands, tangents);
    return functions.getRequests().with(
        entry, [&] { return rule->buildPrimal(operands); });
  }

  SmallVector<Value> getResults() override {
    SmallVector<Value> results = rule->getResults();
    results.truncate(function.getNumResults());
    return results;
  }

  FailureOr<SmallVector<Value>> buildReverse(ValueRange cotangents) override {
    return functions.getRequests().with(
        entry, [&]() -> FailureOr<SmallVector<Value>> {
          FailureOr<SmallVector<Value>> transposed =
              rule->buildReverse(cotangents);
          if (failed(transposed) || failed(checkLinear(*transposed)))
            return failure();
          return transposed;
        });
  }

private:
  /// The transpose of a linear map does not depend on what that is applied to.
  LogicalResult checkLinear(ValueRange transposed) {
    if (!dependsOn(transposed, tangents))
      return success();
    InFlightDiagnostic diagnostic =
        entry.function.emitOpError("is not linear in the tangents, so reverse "
                                   "mode cannot be derived from it");
    functions.getRequests().attachNotes(diagnostic);
    diagnostic.attachNote(op.getLoc())
        << "'ad.custom_vjp' states a reverse mode of its own";
    return diagnostic;
  }

  DerivedFunctions &functions;
  ad::CustomJvpOp op;
  func::FuncOp function;
  RequestStack::Entry entry;
  OpBuilder builder;
  std::unique_ptr<VjpBuilder> rule;
  SmallVector<Value> tangents;
};
} // namespace

std::unique_ptr<VjpBuilder> atled::createCustomVjp(DerivedFunctions &functions,
                                                   const Derivative &derivative,
                                                   Block &primal,
                                                   Block &reverse) {
  const CustomRules &rules = functions.getCustomRules();
  if (ad::CustomVjpOp rule = rules.getVjp(derivative.function))
    return std::make_unique<CustomVjp>(functions, rule, derivative, primal,
                                       reverse);
  if (ad::CustomJvpOp rule = rules.getJvp(derivative.function))
    return std::make_unique<TransposedJvp>(functions, rule, derivative, primal,
                                           reverse);
  return nullptr;
}

//===----------------------------------------------------------------------===//
// Forward mode
//===----------------------------------------------------------------------===//

/// Calls the function of an `ad.custom_jvp`.
static SmallVector<Value> callJvp(func::FuncOp rule,
                                  const Derivative &derivative,
                                  OpBuilder &builder, ValueRange arguments,
                                  ValueRange tangents) {
  func::FuncOp function = derivative.function;
  SmallVector<Value> operands(arguments);
  llvm::append_range(operands,
                     completeTangents(builder, arguments,
                                      derivative.getArguments(), tangents));
  auto call = func::CallOp::create(builder, rule.getLoc(), rule, operands);
  unsigned numResults = derivative.results.size();
  SmallVector<Value> values(call.getResults().take_front(numResults));
  llvm::append_range(
      values, select(call.getResults(),
                     getTangentPositions(function.getResultTypes(),
                                         derivative.results, numResults)));
  return values;
}

/// Transposes the function of an `ad.custom_vjp` that goes back.
static FailureOr<SmallVector<Value>>
transposeVjp(DerivedFunctions &functions, ad::CustomVjpOp op,
             const Derivative &derivative, Block &block, ValueRange arguments,
             ValueRange tangents) {
  func::FuncOp function = derivative.function;
  func::FuncOp forward = functions.lookup(op.getForwardAttr());
  func::FuncOp reverse = functions.lookup(op.getReverseAttr());
  auto builder = OpBuilder::atBlockEnd(&block);
  auto primal =
      func::CallOp::create(builder, forward.getLoc(), forward, arguments);
  SmallVector<Value> results(
      primal.getResults().take_front(function.getNumResults()));
  SmallVector<Value> operands(
      primal.getResults().drop_front(function.getNumResults()));

  Derivative transpose(reverse,
                       getTangentPositions(function.getResultTypes(),
                                           derivative.results, operands.size()),
                       getTangentPositions(function.getArgumentTypes(),
                                           derivative.getArguments(), 0));
  llvm::append_range(operands, buildZeroTangents(builder, results));
  RequestStack::Entry entry = {
      op.getLoc(), reverse, {}, RequestStack::TransposedVjp};
  FailureOr<SmallVector<Value>> resultTangents =
      buildTranspose(functions, entry, transpose, block, operands, tangents);
  if (failed(resultTangents))
    return failure();
  llvm::append_range(results, *resultTangents);
  return results;
}

FailureOr<SmallVector<Value>>
atled::buildCustomJvp(DerivedFunctions &functions, const Derivative &derivative,
                      Block &block, ValueRange arguments, ValueRange tangents) {
  const CustomRules &rules = functions.getCustomRules();
  if (ad::CustomJvpOp rule = rules.getJvp(derivative.function)) {
    auto builder = OpBuilder::atBlockEnd(&block);
    return callJvp(functions.lookup(rule.getRuleAttr()), derivative, builder,
                   arguments, tangents);
  }
  return transposeVjp(functions, rules.getVjp(derivative.function), derivative,
                      block, arguments, tangents);
}
