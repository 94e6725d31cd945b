//===- SameSize.cpp - How large values inside of a region are -------------===//
//
// Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "SameSize.h"
#include "Stacks.h"
#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/Dialect/SCF/IR/SCF.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"
#include "mlir/IR/IRMapping.h"
#include "mlir/Interfaces/FunctionInterfaces.h"
#include "mlir/Interfaces/SideEffectInterfaces.h"

using namespace atled;

static bool isNumberType(Type type) { return type.isIntOrIndex(); }

bool atled::hasKnownSize(Type type) {
  auto shaped = dyn_cast<ShapedType>(type);
  return !shaped || shaped.hasStaticShape();
}

/// The values next to `value` on the way up of which each is as large; none
/// where an operation computes it, or nothing is known.
static SmallVector<Value> getAsLarge(Value value) {
  if (auto argument = dyn_cast<BlockArgument>(value)) {
    Operation *parent = argument.getOwner()->getParentOp();
    unsigned number = argument.getArgNumber();
    if (auto loop = dyn_cast<scf::ForOp>(parent))
      return number == 0 ? SmallVector<Value>()
                         : SmallVector<Value>{loop.getInitArgs()[number - 1]};
    if (auto loop = dyn_cast<scf::WhileOp>(parent))
      return {argument.getOwner() == loop.getBeforeBody()
                  ? loop.getInits()[number]
                  : loop.getConditionOp().getArgs()[number]};
    return {};
  }
  unsigned number = cast<OpResult>(value).getResultNumber();
  Operation *op = value.getDefiningOp();
  if (auto loop = dyn_cast<scf::ForOp>(op))
    return {loop.getInitArgs()[number]};
  if (auto loop = dyn_cast<scf::WhileOp>(op))
    return {loop.getConditionOp().getArgs()[number]};
  SmallVector<Value> yielded;
  if (isa<scf::IfOp, scf::IndexSwitchOp>(op))
    for (Region &region : op->getRegions())
      yielded.push_back(region.front().getTerminator()->getOperand(number));
  return yielded;
}

/// Whether the size of what `op` computes depends on `operand`: on its size, or
/// on the number that it is.
static bool isSizeFrom(OpOperand &operand) {
  Operation *op = operand.getOwner();
  if (isa<tensor::InsertOp, tensor::InsertSliceOp>(op))
    return operand.get() == op->getOperand(1);
  if (auto slice = dyn_cast<tensor::ExtractSliceOp>(op))
    return llvm::is_contained(slice.getSizes(), operand.get());
  return !hasKnownSize(operand.get().getType()) ||
         isNumberType(operand.get().getType());
}

/// What `call` returns as result `number`, in the function that it calls; null
/// where that has no body.
static Value getReturned(func::CallOp call, unsigned number) {
  auto callee = SymbolTable::lookupNearestSymbolFrom<func::FuncOp>(
      call, call.getCalleeAttr());
  if (!callee || callee.isDeclaration())
    return {};
  Block &body = callee.getBody().back();
  return body.mightHaveTerminator() ? body.getTerminator()->getOperand(number)
                                    : Value();
}

//===----------------------------------------------------------------------===//
// Whether a size follows
//===----------------------------------------------------------------------===//

namespace {
/// Looks at the values of one function; `call` is what brought us here from
/// that of `caller`, if anything did.
class SizeAnalysis {
public:
  explicit SizeAnalysis(func::CallOp call = {}, SizeAnalysis *caller = nullptr)
      : call(call), caller(caller) {}

  bool follows(Value value) {
    bool isOfKnownSize = hasKnownSize(value.getType());
    if (isOfKnownSize && !isNumberType(value.getType()))
      return true;
    // Until it is known, it is not: a recursion ends.
    auto [it, isNew] = known.try_emplace(value, false);
    if (!isNew)
      return it->second;
    bool answer = isOfKnownSize ? isKnownNumber(value) : hasSize(value);
    return known[value] = answer;
  }

private:
  bool hasSize(Value value) {
    if (SmallVector<Value> others = getAsLarge(value); !others.empty())
      return llvm::all_of(others, [&](Value other) { return follows(other); });
    if (auto result = dyn_cast<OpResult>(value)) {
      if (auto inner = dyn_cast<func::CallOp>(result.getOwner()))
        return isReturned(inner, result.getResultNumber());
      return result.getOwner()->getNumOperands() != 0 &&
             isComputed(result.getOwner());
    }
    return isArgument(value, /*otherwise=*/true);
  }

  bool isKnownNumber(Value value) {
    Operation *op = value.getDefiningOp();
    if (!op)
      return isArgument(value, /*otherwise=*/false);
    return (isa<tensor::DimOp>(op) ||
            llvm::all_of(op->getOperandTypes(), isNumberType)) &&
           isComputed(op);
  }

  bool isArgument(Value value, bool otherwise) {
    auto argument = dyn_cast<BlockArgument>(value);
    if (!argument ||
        !isa<FunctionOpInterface>(argument.getOwner()->getParentOp()))
      return false;
    return caller ? caller->follows(call.getOperand(argument.getArgNumber()))
                  : otherwise;
  }

  bool isComputed(Operation *op) {
    return op->getNumRegions() == 0 && isPure(op) &&
           llvm::all_of(op->getOpOperands(), [&](OpOperand &operand) {
             return !isSizeFrom(operand) || follows(operand.get());
           });
  }

  bool isReturned(func::CallOp inner, unsigned number) {
    for (SizeAnalysis *outer = this; outer; outer = outer->caller)
      if (outer->call && outer->call.getCallee() == inner.getCallee())
        return false;
    Value returned = getReturned(inner, number);
    return returned && SizeAnalysis(inner, this).follows(returned);
  }

  func::CallOp call;
  SizeAnalysis *caller;
  DenseMap<Value, bool> known;
};
} // namespace

bool atled::followsFromSizes(Value value) {
  return hasKnownSize(value.getType()) || SizeAnalysis().follows(value);
}

//===----------------------------------------------------------------------===//
// A value of that size
//===----------------------------------------------------------------------===//

namespace {
/// Builds values of one function again, up to `around`, or to what `call` hands
/// over.
class SameSizeBuilder {
public:
  SameSizeBuilder(OpBuilder &builder, Operation *around)
      : builder(builder), around(around) {}
  SameSizeBuilder(func::CallOp call, SameSizeBuilder &caller)
      : builder(caller.builder), call(call), caller(&caller) {}

  Value build(Value value) {
    if (around && !around->isAncestor(value.getParentBlock()->getParentOp()))
      return value;
    if (Value built = mapping.lookupOrNull(value))
      return built;
    Value built = buildNew(value);
    mapping.map(value, built);
    return built;
  }

private:
  Value buildNew(Value value) {
    bool isOfKnownSize = hasKnownSize(value.getType());
    if (isOfKnownSize && !isNumberType(value.getType()))
      return buildAny(value);
    if (!isOfKnownSize)
      if (SmallVector<Value> others = getAsLarge(value); !others.empty())
        return build(others.front());
    auto result = dyn_cast<OpResult>(value);
    if (!result)
      return caller->build(
          call.getOperand(cast<BlockArgument>(value).getArgNumber()));
    unsigned number = result.getResultNumber();
    if (auto inner = dyn_cast<func::CallOp>(result.getOwner()))
      return SameSizeBuilder(inner, *this).build(getReturned(inner, number));
    return rebuild(result.getOwner())->getResult(number);
  }

  Operation *rebuild(Operation *op) {
    IRMapping operands;
    for (OpOperand &operand : op->getOpOperands())
      operands.map(operand.get(), isSizeFrom(operand)
                                      ? build(operand.get())
                                      : buildAny(operand.get()));
    return builder.clone(*op, operands);
  }

  /// Stands where only a size is looked at, which the type says, or nothing.
  Value buildAny(Value value) {
    return buildPlaceholder(builder, value.getLoc(), value.getType(), Value());
  }

  OpBuilder &builder;
  Operation *around = nullptr;
  func::CallOp call;
  SameSizeBuilder *caller = nullptr;
  IRMapping mapping;
};
} // namespace

Value atled::buildSameSize(OpBuilder &builder, Value value, Operation *around) {
  if (hasKnownSize(value.getType()))
    return Value();
  return SameSizeBuilder(builder, around).build(value);
}

void atled::hoistSizes(Operation *primal, Operation *reverse) {
  OpBuilder builder(primal);
  SameSizeBuilder sizes(builder, primal);
  SizeAnalysis analysis;
  auto hoist = [&](tensor::DimOp dim) {
    Value source = dim.getSource();
    std::optional<int64_t> dimension = dim.getConstantIndex();
    if (!dimension || !analysis.follows(source) ||
        !primal->isAncestor(source.getParentBlock()->getParentOp()))
      return;
    Value size = tensor::DimOp::create(builder, dim.getLoc(),
                                       sizes.build(source), *dimension);
    dim.replaceAllUsesWith(size);
  };
  primal->walk(hoist);
  reverse->walk(hoist);
}
