//===- DerivativeEntries.cpp - Functions that check a derivative ----------===//
//
// Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "atled/Dialect/AD/IR/AD.h"
#include "atled/Dialect/Check/Transforms/ChecksToOutputs.h"
#include "mlir/IR/Builders.h"

using namespace atled;
using namespace atled::check;

static bool isFloatTensor(Type type) {
  return isa<FloatType>(getElementTypeOrSelf(type));
}

namespace {
/// Adds public functions that ask for derivatives of one function.
class EntryBuilder {
public:
  EntryBuilder(func::FuncOp function, ArrayRef<int64_t> wrt, Location loc)
      : function(function), wrt(wrt), loc(loc),
        arguments(function.getArgumentTypes()) {
    for (int64_t index : wrt)
      argumentTangents.push_back(arguments[index]);
    for (Type type : function.getResultTypes())
      if (isFloatTensor(type))
        resultTangents.push_back(type);
  }

  func::FuncOp addValue() {
    if (function.isPublic())
      return function;
    return add("_value", {}, function.getResultTypes(),
               [&](OpBuilder &builder, ValueRange arguments, ValueRange) {
                 auto call = func::CallOp::create(builder, loc, function,
                                                  llvm::to_vector(arguments));
                 return call.getResults();
               });
  }

  func::FuncOp addJvp() {
    return add("_jvp", argumentTangents, resultTangents,
               [&](OpBuilder &builder, ValueRange arguments,
                   ValueRange tangents) -> ValueRange {
                 auto jvp = ad::JvpOp::create(
                     builder, loc, getResultsAnd(resultTangents),
                     function.getName(), arguments, tangents, wrt);
                 return jvp.getResults().drop_front(function.getNumResults());
               });
  }

  func::FuncOp addVjp() {
    return add("_vjp", resultTangents, argumentTangents,
               [&](OpBuilder &builder, ValueRange arguments,
                   ValueRange seeds) -> ValueRange {
                 auto vjp = ad::VjpOp::create(
                     builder, loc, getResultsAnd(argumentTangents),
                     function.getName(), arguments, seeds, wrt);
                 return vjp.getResults().drop_front(function.getNumResults());
               });
  }

private:
  using Body = llvm::function_ref<ValueRange(OpBuilder &, ValueRange arguments,
                                             ValueRange others)>;

  SmallVector<Type> getResultsAnd(ArrayRef<Type> tangents) {
    SmallVector<Type> types = llvm::to_vector(function.getResultTypes());
    llvm::append_range(types, tangents);
    return types;
  }

  /// Adds a function that takes the arguments and `others`.
  func::FuncOp add(StringRef suffix, ArrayRef<Type> others,
                   ArrayRef<Type> results, Body body) {
    SmallVector<Type> inputs = llvm::to_vector(arguments);
    llvm::append_range(inputs, others);
    OpBuilder builder(function.getContext());
    auto entry = func::FuncOp::create(loc, (function.getName() + suffix).str(),
                                      builder.getFunctionType(inputs, results));
    SymbolTable(function->getParentOfType<ModuleOp>()).insert(entry);

    Block *block = entry.addEntryBlock();
    builder.setInsertionPointToStart(block);
    ValueRange values = block->getArguments();
    func::ReturnOp::create(builder, loc,
                           body(builder, values.take_front(arguments.size()),
                                values.drop_front(arguments.size())));
    return entry;
  }

  func::FuncOp function;
  ArrayRef<int64_t> wrt;
  Location loc;
  SmallVector<Type> arguments, argumentTangents, resultTangents;
};
} // namespace

SmallVector<DerivativeEntries>
check::addDerivativeEntries(func::FuncOp function, ArrayRef<int64_t> wrt,
                            int64_t order, Location loc) {
  // The program itself may ask for no derivative.
  function.getContext()->loadDialect<ad::ADDialect>();
  SmallVector<DerivativeEntries> orders;
  SmallVector<int64_t> active = llvm::to_vector(wrt);
  for (int64_t k = 0; k < order; ++k) {
    EntryBuilder builder(function, active, loc);
    func::FuncOp value = builder.addValue();
    func::FuncOp jvp = builder.addJvp();
    func::FuncOp vjp = builder.addVjp();
    orders.push_back({value.getName().str(), jvp.getName().str(),
                      vjp.getName().str(), active});
    // The seeds are arguments of the next order, and active.
    llvm::append_range(active, llvm::seq<int64_t>(function.getNumArguments(),
                                                  vjp.getNumArguments()));
    function = vjp;
  }
  return orders;
}
