//===- DerivedFunctions.h - The functions that derivatives are -*- C++ -*-===//
//
// Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef ATLED_DIFFERENTIATION_DERIVEDFUNCTIONS_H
#define ATLED_DIFFERENTIATION_DERIVEDFUNCTIONS_H

#include "atled/Differentiation/Activity.h"
#include "mlir/IR/SymbolTable.h"
#include <map>

namespace atled {
struct Derivative;
class ResidualReport;

/// How the function that is being differentiated was reached: by a request,
/// then by calls, or as the custom rule of the one before. Diagnostics tell it;
/// a function that is reached twice is recursive.
class RequestStack {
public:
  enum Kind { Request, Call, TransposedJvp, TransposedVjp, TransposedReverse };
  struct Entry {
    Location location;
    func::FuncOp function;
    SmallVector<int64_t> wrt;
    Kind kind;
  };

  /// Returns what `build` does, which runs with `entry` on top.
  template <typename Build>
  auto with(const Entry &entry, Build build) {
    entries.push_back(entry);
    auto result = build();
    entries.pop_back();
    return result;
  }
  /// Whether the function on top is being differentiated already.
  bool isRecursive() const;
  void attachNotes(InFlightDiagnostic &diagnostic) const;

private:
  SmallVector<Entry> entries;
};

/// A function split in two: `primal` returns the results and then the values
/// that the way back needs; `reverse` takes those and the cotangents of the
/// active results, and returns the cotangents of the active arguments.
struct SplitFunction {
  /// Where `reverse` finds one of its leading arguments: among the arguments
  /// of the primal, or among its results (the caller has those anyway), or
  /// among what it returns beyond them.
  struct Residual {
    enum Source { Argument, Result } source;
    unsigned index;
  };

  /// Calls the primal half. Sets `residualValues` to the leading arguments of
  /// the reverse half.
  func::CallOp callPrimal(OpBuilder &builder, Location location,
                          ValueRange arguments,
                          SmallVectorImpl<Value> &residualValues) const;

  func::FuncOp primal, reverse;
  SmallVector<Residual> residuals;
};

/// The derivative of a function at a point, as a function of tangents:
/// `function` takes what `split` keeps of the primal, then some of the primal's
/// results, whose sizes its own have, then the tangents.
struct LinearMap {
  SplitFunction split;
  func::FuncOp function;
  SmallVector<unsigned> results;
};

/// Derives functions from functions, each once. The derived ones are private,
/// stand behind the original in the module and are named for it:
/// `@f.vjp.0_2`, `@f.jvp.0_2`, `@f.grad.0_2`, `@f.fwd.0_2`, `@f.bwd.0_2`,
/// `@f.lin.0_2`.
class DerivedFunctions {
public:
  /// Tells `report`, if there is one, what is kept for the way back. With
  /// `hasStrongZeros`, a cotangent that is 0 stays so through elementwise
  /// operations, whatever their derivatives are.
  DerivedFunctions(ModuleOp module, ResidualReport *report, bool hasStrongZeros)
      : module(module), symbols(module), rules(module), activity(rules),
        report(report), hasStrongZeros(hasStrongZeros) {}

  /// `(arguments, seeds) -> (results, cotangents)`.
  FailureOr<func::FuncOp> getVjp(func::FuncOp function, ArrayRef<int64_t> wrt);
  /// `(arguments, seeds) -> cotangents`, with seeds of the results whose bit is
  /// set: for a caller that has the results.
  FailureOr<func::FuncOp> getPullback(func::FuncOp function,
                                      ArrayRef<int64_t> wrt,
                                      const llvm::SmallBitVector &results);
  /// `(arguments, tangents) -> (results, tangents)`, with tangents of the
  /// results whose bit is set.
  FailureOr<func::FuncOp> getJvp(func::FuncOp function, ArrayRef<int64_t> wrt,
                                 const llvm::SmallBitVector &results);
  /// `(arguments) -> cotangents`, of a function with one scalar result.
  FailureOr<func::FuncOp> getGradient(func::FuncOp function,
                                      ArrayRef<int64_t> wrt);
  /// The two halves of the vjp, for a caller that runs other code between.
  FailureOr<SplitFunction> getSplit(func::FuncOp function,
                                    ArrayRef<int64_t> wrt,
                                    const llvm::SmallBitVector &results);
  /// The derivative as a linear map: the transpose of the reverse half.
  FailureOr<LinearMap> getLinearMap(func::FuncOp function,
                                    ArrayRef<int64_t> wrt);

  /// Creates an empty private function behind `original` and what was derived
  /// from it before.
  func::FuncOp create(func::FuncOp original, StringRef name, FunctionType type);

  /// A function that code for several derivatives calls: what `build` builds,
  /// for the first that asks.
  func::FuncOp getShared(StringRef name, FunctionType type,
                         function_ref<void(OpBuilder &, func::FuncOp)> build);

  func::FuncOp lookup(FlatSymbolRefAttr name) {
    return symbols.lookup<func::FuncOp>(name.getValue());
  }
  ModuleOp getModule() const { return module; }
  SymbolTable &getSymbols() { return symbols; }
  RequestStack &getRequests() { return requests; }
  ResidualReport *getReport() { return report; }
  bool keepsStrongZeros() const { return hasStrongZeros; }
  const CustomRules &getCustomRules() const { return rules; }
  ActivitySummaries &getActivitySummaries() { return activity; }

private:
  FailureOr<func::FuncOp> getVjp(const Derivative &derivative, StringRef kind,
                                 bool returnsResults);

  ModuleOp module;
  SymbolTable symbols;
  CustomRules rules;
  ActivitySummaries activity;
  RequestStack requests;
  ResidualReport *report;
  bool hasStrongZeros;
  DenseMap<Operation *, Operation *> lastDerived;
  std::map<std::string, func::FuncOp> functions;
  std::map<std::string, SplitFunction> splits;
  std::map<std::string, LinearMap> linearMaps;
};

/// The bits of the results of `function` that have a tangent type.
llvm::SmallBitVector getDifferentiableResults(func::FuncOp function);

/// Builds the seed of a gradient: one, for the only result of `function`.
Value buildUnitSeed(OpBuilder &builder, func::FuncOp function);

/// Replaces every request for a derivative in the module by a call of a derived
/// function, makes the functions that `ad.split` declares, and removes these
/// declarations and the custom rules. Leaves `ad.detach` alone:
/// derivatives may still be asked of what was derived.
LogicalResult expandRequests(ModuleOp module, ResidualReport *report = nullptr,
                             bool hasStrongZeros = false);

} // namespace atled

#endif // ATLED_DIFFERENTIATION_DERIVEDFUNCTIONS_H
