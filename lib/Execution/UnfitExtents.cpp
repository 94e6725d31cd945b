//===- UnfitExtents.cpp - Why a call does not fit -------------------------===//
//
// Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Compiled code tells of extents only whether they fit together. Where they do
// not, the function that tells is written once more, and looked at: which of
// its comparisons is the first not to hold of these extents, what it compares,
// and where in the user's program that is needed.
//
//===----------------------------------------------------------------------===//

#include "atled/Execution/UnfitExtents.h"
#include "atled/Codegen/Passes.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/IR/Matchers.h"
#include "mlir/Pass/PassManager.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/FormatVariadic.h"

using namespace atled;
using llvm::formatv;

//===----------------------------------------------------------------------===//
// The comparison that does not hold
//===----------------------------------------------------------------------===//

namespace {
/// The numbers that a function of extents computes of some.
class KnownNumbers {
public:
  KnownNumbers(func::FuncOp function, ArrayRef<CallExtent> extents);
  /// Null where it is not known.
  IntegerAttr get(Value value) const {
    return dyn_cast_or_null<IntegerAttr>(numbers.lookup(value));
  }
  bool isFalse(Value condition) const {
    IntegerAttr number = get(condition);
    return number && number.getValue().isZero();
  }

private:
  void compute(Operation &op);

  DenseMap<Value, Attribute> numbers;
};
} // namespace

KnownNumbers::KnownNumbers(func::FuncOp function,
                           ArrayRef<CallExtent> extents) {
  Builder builder(function.getContext());
  for (auto [argument, extent] :
       llvm::zip_equal(function.getArguments(), extents))
    numbers[argument] = builder.getIndexAttr(extent.value);
  for (Operation &op : function.getBody().front().without_terminator())
    compute(op);
}

void KnownNumbers::compute(Operation &op) {
  // What is folded in place, to another order of operands say, is folded again.
  constexpr int tries = 3;
  SmallVector<OpFoldResult> results;
  for (int i = 0; i < tries && results.empty(); ++i) {
    auto operands = llvm::map_to_vector(op.getOperands(), [&](Value operand) {
      return numbers.lookup(operand);
    });
    if (failed(op.fold(operands, results)))
      return;
  }
  for (auto [result, folded] : llvm::zip(op.getResults(), results)) {
    auto value = dyn_cast<Value>(folded);
    numbers[result] = value ? numbers.lookup(value) : cast<Attribute>(folded);
  }
}

/// The first of the comparisons behind `condition` that is false; null where
/// there is none, or its sides are not known.
static arith::CmpIOp findBroken(Value condition, const KnownNumbers &numbers) {
  if (!numbers.isFalse(condition))
    return nullptr;
  while (Operation *op = condition.getDefiningOp()) {
    if (auto both = dyn_cast<arith::AndIOp>(op))
      condition = both.getOperand(numbers.isFalse(both.getLhs()) ? 0 : 1);
    // What a loop needs, if it has anything to do.
    else if (auto select = dyn_cast<arith::SelectOp>(op))
      condition = select.getTrueValue();
    else
      break;
  }
  auto broken = condition.getDefiningOp<arith::CmpIOp>();
  bool isKnown =
      broken && numbers.get(broken.getLhs()) && numbers.get(broken.getRhs());
  return isKnown ? broken : nullptr;
}

//===----------------------------------------------------------------------===//
// What is said of it
//===----------------------------------------------------------------------===//

/// What holds of b and a where it holds of a and b.
static arith::CmpIPredicate swapSides(arith::CmpIPredicate predicate) {
  switch (predicate) {
  case arith::CmpIPredicate::slt:
    return arith::CmpIPredicate::sgt;
  case arith::CmpIPredicate::sle:
    return arith::CmpIPredicate::sge;
  case arith::CmpIPredicate::sgt:
    return arith::CmpIPredicate::slt;
  case arith::CmpIPredicate::sge:
    return arith::CmpIPredicate::sle;
  default:
    return predicate;
  }
}

/// In front of a number.
static StringRef getRelation(arith::CmpIPredicate predicate) {
  switch (predicate) {
  case arith::CmpIPredicate::eq:
    return "";
  case arith::CmpIPredicate::sle:
    return "at most ";
  case arith::CmpIPredicate::sgt:
    return "more than ";
  case arith::CmpIPredicate::sge:
    return "at least ";
  default:
    return "less than ";
  }
}

/// The function of extents that tells whether a call fits. Null where there is
/// none.
static func::FuncOp writeExtents(ModuleOp module, StringRef entry,
                                 const CompileOptions &options) {
  // The program was compiled before: nothing new is wrong with it.
  ScopedDiagnosticHandler silence(module.getContext(),
                                  [](Diagnostic &) { return success(); });
  PassManager pm(module->getName());
  buildExtentsPipeline(pm);
  if (failed(runPipeline(module, options, Phase::Linalg)) ||
      (options.configure && failed(options.configure(pm))) ||
      failed(pm.run(module)))
    return nullptr;
  auto function = module.lookupSymbol<func::FuncOp>(entry);
  auto extents = function->getAttrOfType<FlatSymbolRefAttr>(extentsAttrName);
  return extents ? module.lookupSymbol<func::FuncOp>(extents) : nullptr;
}

/// Whether `lhs` is said after `rhs`: a known number is what something else has
/// to be, and arguments come in their order.
static bool isBehind(Value lhs, Value rhs) {
  if (matchPattern(lhs, m_Constant()))
    return true;
  auto first = dyn_cast<BlockArgument>(lhs),
       second = dyn_cast<BlockArgument>(rhs);
  return second && (!first || first.getArgNumber() > second.getArgNumber());
}

/// Adds to `error` what is compared, and where.
static void explain(arith::CmpIOp broken, const KnownNumbers &numbers,
                    ArrayRef<CallExtent> extents, InFlightDiagnostic &error) {
  bool hasPlace = bool(broken.getLoc()->findInstanceOf<FileLineColLoc>());
  Value lhs = broken.getLhs(), rhs = broken.getRhs();
  arith::CmpIPredicate predicate = broken.getPredicate();
  // A number of bytes is no user's.
  if (predicate == arith::CmpIPredicate::ult) {
    error << "a tensor has 2^60 bytes or more";
    if (hasPlace)
      error.attachNote(broken.getLoc()) << "it is made here";
    return;
  }
  if (isBehind(lhs, rhs)) {
    std::swap(lhs, rhs);
    predicate = swapSides(predicate);
  }
  auto describe = [&](Value extent, StringRef other) -> std::string {
    auto argument = dyn_cast<BlockArgument>(extent);
    return argument ? extents[argument.getArgNumber()].name : other.str();
  };
  bool isKnown = matchPattern(rhs, m_Constant());
  int64_t second = numbers.get(rhs).getInt();
  StringRef computed = "a size that follows from them";
  error << describe(lhs, computed) << " is " << numbers.get(lhs).getInt();
  if (!isKnown)
    error << ", and "
          << describe(rhs, isa<BlockArgument>(lhs) ? computed : "another one")
          << " is " << second;
  if (!hasPlace)
    return;
  Diagnostic &note = error.attachNote(broken.getLoc());
  if (isKnown)
    note << "it has to be " << getRelation(predicate) << second << " here";
  else if (predicate == arith::CmpIPredicate::eq)
    note << "they have to be equal here";
  else
    note << "the first has to be " << getRelation(predicate)
         << "the second here";
}

bool atled::explainUnfit(ModuleOp module, StringRef entry,
                         const CompileOptions &options,
                         ArrayRef<CallExtent> extents,
                         InFlightDiagnostic &error) {
  func::FuncOp function = writeExtents(module, entry, options);
  // The second half of a derivative takes the dimensions of the first one's
  // inputs.
  if (!function || function.getNumArguments() != extents.size())
    return false;
  KnownNumbers numbers(function, extents);
  arith::CmpIOp broken = findBroken(
      function.getBody().front().getTerminator()->getOperand(0), numbers);
  if (broken)
    explain(broken, numbers, extents, error);
  return bool(broken);
}

LogicalResult atled::reportUnfit(ModuleOp module, const EntryPoint &entry,
                                 CompileOptions options,
                                 ArrayRef<HostTensor> inputs,
                                 Location location) {
  // What the user wants to see of passes, he has seen.
  options.configure = nullptr;
  SmallVector<CallExtent> extents;
  SmallVector<std::string> types;
  for (auto [input, expected] : llvm::zip_equal(inputs, entry.inputs)) {
    for (auto [dim, extent] : llvm::enumerate(input.getShape()))
      if (expected.type.isDynamicDim(dim))
        extents.push_back(
            {formatv("dimension {0} of '{1}'", dim, expected.name), extent});
    types.push_back(expected.name + ": " + input.getSignature().str());
  }
  InFlightDiagnostic error = emitError(location)
                             << "the sizes of the inputs of @" << entry.name
                             << " do not fit together: ";
  if (!entry.forwardInputs &&
      explainUnfit(module, entry.name, options, extents, error))
    return error;
  return error << llvm::join(types, ", ");
}
