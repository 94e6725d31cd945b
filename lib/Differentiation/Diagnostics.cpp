//===- Diagnostics.cpp - Why a derivative cannot be built -----------------===//
//
// Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// An error stands at the operation in the user's program; notes point at the
// request and at the cure.
//
//===----------------------------------------------------------------------===//

#include "Diagnostics.h"
#include "atled/Interfaces/DifferentiableControlFlowInterface.h"
#include "atled/Interfaces/DifferentiableOpInterface.h"
#include "atled/Interfaces/VectorSpaceTypeInterface.h"
#include "atled/Support/Place.h"
#include "mlir/Dialect/ControlFlow/IR/ControlFlowOps.h"
#include "mlir/Interfaces/SideEffectInterfaces.h"
#include "llvm/ADT/StringSwitch.h"

using namespace atled;

bool RequestStack::isRecursive() const {
  return llvm::any_of(ArrayRef(entries).drop_back(), [&](const Entry &entry) {
    return entry.function == entries.back().function;
  });
}

void RequestStack::attachNotes(InFlightDiagnostic &diagnostic) const {
  for (const Entry &entry : llvm::reverse(entries)) {
    Diagnostic &note = diagnostic.attachNote(entry.location);
    func::FuncOp function = entry.function;
    if (entry.kind == TransposedReverse) {
      note << "'ad.apply' is the transpose of @" << function.getName();
      continue;
    }
    if (entry.kind == TransposedJvp || entry.kind == TransposedVjp) {
      note << (entry.kind == TransposedJvp ? "reverse" : "forward")
           << " mode is derived from @" << function.getName()
           << ", since the function has no custom rule for it";
      continue;
    }
    note << (entry.kind == Call ? "called here" : "requested here")
         << ", with respect to argument"
         << (entry.wrt.size() == 1 ? " " : "s ");
    llvm::interleaveComma(entry.wrt, note);
    note << " of @" << function.getName();
  }
}

static bool isScalarFloat(Value value) {
  return isa<FloatType>(value.getType());
}

/// What has a rule and can take the place of MLIR's `op`, or do so in part: it
/// is called by the same name in most cases, 'add' for 'arith.addf'. Empty
/// where no dialect of the program's has such an operation.
static StringRef getCounterpart(Operation *op) {
  StringRef dialect = op->getName().getDialectNamespace();
  if (!llvm::is_contained({"affine", "arith", "linalg", "math", "tensor"},
                          dialect))
    return "";
  StringRef name = op->getName().stripDialect();
  if (dialect == "affine" && name == "for")
    return "scf.for";
  if (dialect == "affine" && name == "if")
    return "scf.if";
  StringRef counterpart =
      llvm::StringSwitch<StringRef>(op->getName().getStringRef())
          .Cases({"arith.extf", "arith.truncf"}, "convert")
          .Case("linalg.batch_matmul", "contract")
          .Case("linalg.max", "maximum")
          .Case("linalg.min", "minimum")
          .Case("math.roundeven", "round")
          .Case("tensor.concat", "concatenate")
          .Case("tensor.splat", "broadcast")
          .Cases({"tensor.collapse_shape", "tensor.expand_shape"}, "reshape")
          .Default(name);
  StringRef ofFloats =
      counterpart.ends_with("f") ? counterpart.drop_back() : counterpart;
  for (RegisteredOperationName other :
       op->getContext()->getRegisteredOperations())
    if (llvm::is_contained({counterpart, ofFloats}, other.stripDialect()) &&
        other.hasInterface<DifferentiableOpInterface>())
      return other.getStringRef();
  return "";
}

LogicalResult atled::checkRule(Operation *op, const Activity &activity,
                               const RequestStack &requests) {
  auto rule = dyn_cast<DifferentiableOpInterface>(op);
  if (!rule) {
    InFlightDiagnostic diagnostic = op->emitOpError(
        "has no derivative rule, and the requested gradient passes through it");
    requests.attachNotes(diagnostic);
    if (llvm::any_of(op->getResults(), isScalarFloat))
      diagnostic.attachNote(op->getLoc())
          << "a scalar float carries no derivative; compute with a 0-d tensor "
             "instead";
    if (StringRef counterpart = getCounterpart(op); !counterpart.empty())
      diagnostic.attachNote(op->getLoc())
          << "'" << counterpart << "' has a derivative rule";
    diagnostic.attachNote(op->getLoc())
        << "'ad.detach' on its results makes it count as a constant";
    return diagnostic;
  }
  for (OpOperand &operand : op->getOpOperands()) {
    unsigned index = operand.getOperandNumber();
    if (!activity.isActive(operand.get()) ||
        rule.getDerivativeKind(index) != DerivativeKind::None)
      continue;
    InFlightDiagnostic diagnostic =
        op->emitOpError("has no derivative in operand ")
        << index << ", and the requested gradient passes through it";
    requests.attachNotes(diagnostic);
    diagnostic.attachNote(operand.get().getLoc())
        << "'ad.detach' on the operand makes it count as a constant";
    return diagnostic;
  }
  return success();
}

LogicalResult atled::checkFunction(func::FuncOp function,
                                   const RequestStack &requests) {
  if (requests.isRecursive()) {
    InFlightDiagnostic diagnostic = function.emitOpError(
        "is recursive, and recursion cannot be differentiated");
    requests.attachNotes(diagnostic);
    diagnostic.attachNote(function.getLoc())
        << "the pass --ad-unroll-recursion makes a function of each depth";
    return diagnostic;
  }
  if (function.isExternal()) {
    InFlightDiagnostic diagnostic =
        function.emitOpError("has no body, so it cannot be differentiated");
    requests.attachNotes(diagnostic);
    return diagnostic;
  }
  if (!function.getBody().hasOneBlock()) {
    InFlightDiagnostic diagnostic = function.emitOpError(
        "has unstructured control flow, which cannot be differentiated");
    requests.attachNotes(diagnostic);
    diagnostic.attachNote(function.getLoc())
        << "the pass --lift-cf-to-scf turns branches between blocks into scf "
           "operations";
    return diagnostic;
  }
  WalkResult result = function.walk([&](Operation *op) {
    if (op == function || op->hasTrait<OpTrait::IsTerminator>() ||
        isa<DifferentiableControlFlowInterface, cf::AssertOp>(op) ||
        isMemoryEffectFree(op))
      return WalkResult::advance();
    InFlightDiagnostic diagnostic = op->emitOpError(
        "has memory effects, which a differentiated function must not have");
    requests.attachNotes(diagnostic);
    return WalkResult::interrupt();
  });
  return failure(result.wasInterrupted());
}

void atled::printPlace(Location location, llvm::raw_ostream &os) {
  std::string place = formatPlace(location);
  os << (place.empty() ? "an unknown place" : place);
}
