//===- DynamicEntries.cpp - Functions whose callers say sizes -------------===//
//
// Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "DynamicEntries.h"
#include "atled/Codegen/Passes.h"
#include "atled/Support/Attributes.h"
#include "atled/Support/ByteSize.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Arith/Utils/Utils.h"
#include "mlir/Dialect/MemRef/IR/MemRef.h"
#include "mlir/Dialect/Utils/StaticValueUtils.h"

using namespace atled;

bool atled::isDynamicEntry(func::FuncOp function) {
  return function.isPublic() && !function.isDeclaration() &&
         (function->hasAttr(forwardAttrName) ||
          countDynamicDims(function.getArgumentTypes()) +
                  countDynamicDims(function.getResultTypes()) !=
              0);
}

void atled::forEachDynamicDim(Type type, function_ref<void(int64_t)> visit) {
  auto shaped = dyn_cast<ShapedType>(type);
  if (!shaped || !shaped.hasRank())
    return;
  for (int64_t dim = 0; dim < shaped.getRank(); ++dim)
    if (shaped.isDynamicDim(dim))
      visit(dim);
}

unsigned atled::countDynamicDims(TypeRange types) {
  unsigned count = 0;
  for (Type type : types)
    if (auto shaped = dyn_cast<ShapedType>(type); shaped && shaped.hasRank())
      count += shaped.getNumDynamicDims();
  return count;
}

unsigned atled::countInputDims(func::FuncOp function) {
  unsigned count = 0;
  auto numInputs = function->getAttrOfType<IntegerAttr>(numInputsAttrName);
  ArrayRef<Type> inputs = function.getArgumentTypes();
  if (numInputs)
    inputs = inputs.take_front(numInputs.getInt());
  for (auto [index, type] : llvm::enumerate(inputs))
    if (!function.getArgAttr(index, accumulatorAttrName))
      count += countDynamicDims(type);
  return count;
}

/// Whether the inputs of `function`, as long as they are tensors, can be as
/// large as what `like` says they are like, which is dynamic where they are.
static bool canBeLike(func::FuncOp function, func::FuncOp forward,
                      ArrayRef<int64_t> like) {
  SmallVector<Type> types;
  for (auto [index, type] : llvm::enumerate(forward.getArgumentTypes()))
    if (!forward.getArgAttr(index, accumulatorAttrName))
      types.push_back(type);
  llvm::append_range(types, forward.getResultTypes());
  for (auto [index, argument] : llvm::enumerate(function.getArgumentTypes())) {
    auto type = dyn_cast<RankedTensorType>(argument);
    if (!type || function.getArgAttr(index, accumulatorAttrName))
      continue;
    if (index >= like.size() || like[index] < 0 ||
        like[index] >= int64_t(types.size()))
      return false;
    auto other = dyn_cast<RankedTensorType>(types[like[index]]);
    if (!other || other.getShape() != type.getShape())
      return false;
  }
  return true;
}

FailureOr<func::FuncOp> atled::findForward(func::FuncOp function) {
  Attribute name = function->getAttr(forwardAttrName);
  if (!name)
    return func::FuncOp();
  auto like = function->getAttrOfType<DenseI64ArrayAttr>(likeAttrName);
  auto module = function->getParentOfType<ModuleOp>();
  auto forward = isa<StringAttr>(name) && module
                     ? module.lookupSymbol<func::FuncOp>(cast<StringAttr>(name))
                     : func::FuncOp();
  if (like && forward &&
      (isDynamicEntry(forward) || forward->hasAttr(extentsAttrName)) &&
      !forward->hasAttr(forwardAttrName) && canBeLike(function, forward, like))
    return forward;
  return function.emitError("'")
         << forwardAttrName << "' and '" << likeAttrName << "' of @"
         << function.getName()
         << " do not say whose dimensions its caller says";
}

LogicalResult atled::verifyNumbers(Location loc, ShapedType type) {
  if (hasElementBytes(type.getElementType()))
    return success();
  return emitError(loc) << "has elements of type " << type.getElementType()
                        << " where numbers are needed";
}

Value atled::buildByteSize(ImplicitLocOpBuilder &b, Type element,
                           ValueRange sizes) {
  Value most = arith::ConstantIndexOp::create(b, kMostDynamicBytes);
  Value zero = arith::ConstantIndexOp::create(b, 0);
  Value bytes = arith::ConstantIndexOp::create(b, getElementBytes(element));
  Value isEmpty = arith::ConstantIntOp::create(b, 0, /*width=*/1);
  for (Value size : sizes) {
    // What no memory holds stays so, unless there turns out to be nothing.
    isEmpty = b.createOrFold<arith::OrIOp>(
        isEmpty,
        b.createOrFold<arith::CmpIOp>(arith::CmpIPredicate::sle, size, zero));
    auto product = arith::MulUIExtendedOp::create(b, bytes, size);
    Value fits = arith::CmpIOp::create(b, arith::CmpIPredicate::eq,
                                       product.getHigh(), zero);
    Value low = arith::MinUIOp::create(b, product.getLow(), most);
    bytes = arith::SelectOp::create(b, fits, low, most);
  }
  return b.createOrFold<arith::SelectOp>(isEmpty, zero, bytes);
}

static OpFoldResult multiply(ImplicitLocOpBuilder &b, OpFoldResult lhs,
                             OpFoldResult rhs) {
  std::optional<int64_t> left = getConstantIntValue(lhs),
                         right = getConstantIntValue(rhs);
  if (left && right)
    return b.getIndexAttr(*left * *right);
  auto toValue = [&](OpFoldResult number) {
    return getValueOrCreateConstantIndexOp(b, b.getLoc(), number);
  };
  return b.createOrFold<arith::MulIOp>(toValue(lhs), toValue(rhs));
}

/// The buffer whose extents are those of argument `index`: itself, or the
/// destination that shares an accumulator's place.
static unsigned getLike(func::FuncOp function, unsigned index) {
  if (!function.getArgAttr(index, accumulatorAttrName))
    return index;
  for (unsigned other = index + 1;; ++other) {
    auto place = function.getArgAttrOfType<IntegerAttr>(other, inPlaceAttrName);
    if (place && place.getInt() == index)
      return other;
  }
}

/// Looks at `buffer` as one of type `type` with the dynamic extents `extents`.
static Value viewAs(ImplicitLocOpBuilder &b, MemRefType type, Value buffer,
                    ArrayRef<Value> extents) {
  SmallVector<OpFoldResult> sizes = getMixedValues(type.getShape(), extents, b);
  SmallVector<OpFoldResult> strides(type.getRank());
  OpFoldResult stride = b.getIndexAttr(1);
  for (int64_t dim = type.getRank() - 1; dim >= 0; --dim) {
    strides[dim] = stride;
    stride = multiply(b, stride, sizes[dim]);
  }
  return memref::ReinterpretCastOp::create(
      b, type, buffer, OpFoldResult(b.getIndexAttr(0)), sizes, strides);
}

func::CallOp atled::takeExtents(func::FuncOp function) {
  unsigned numTensors = function.getNumArguments();
  auto companion = SymbolTable::lookupNearestSymbolFrom<func::FuncOp>(
      function, function->getAttrOfType<FlatSymbolRefAttr>(extentsAttrName));
  unsigned numDims = companion.getNumArguments();
  ImplicitLocOpBuilder b(function.getLoc(), function.getContext());
  for (unsigned i = 0; i < numDims; ++i)
    (void)function.insertArgument(numTensors + i, b.getIndexType(), {},
                                  function.getLoc());
  function->setAttr(numDimsAttrName, b.getI64IntegerAttr(numDims));
  b.setInsertionPointToStart(&function.front());
  ValueRange dims = function.getArguments().slice(numTensors, numDims);
  auto call = func::CallOp::create(b, companion, dims);
  SmallVector<Value> all;
  // Else the companion tells those of inputs, too.
  if (!function->hasAttr(forwardAttrName))
    llvm::append_range(all, dims);
  llvm::append_range(all, call.getResults().drop_front());

  // In the order of the buffers that have some of their own.
  SmallVector<ArrayRef<Value>> extents(numTensors);
  ArrayRef<Value> next = all;
  SmallVector<Type> types(function.getArgumentTypes());
  for (unsigned index = 0; index < numTensors; ++index) {
    if (getLike(function, index) != index)
      continue;
    unsigned count = countDynamicDims(types[index]);
    extents[index] = next.take_front(count);
    next = next.drop_front(count);
  }
  for (unsigned index = 0; index < numTensors; ++index) {
    auto type = dyn_cast<MemRefType>(types[index]);
    if (!type || type.hasStaticShape())
      continue;
    BlockArgument argument = function.getArgument(index);
    function.setArgAttr(index, shapeAttrName,
                        b.getDenseI64ArrayAttr(type.getShape()));
    types[index] = MemRefType::get({1}, type.getElementType());
    argument.setType(types[index]);
    Value whole = viewAs(b, type, argument, extents[getLike(function, index)]);
    argument.replaceAllUsesExcept(whole, whole.getDefiningOp());
  }
  function.setFunctionType(FunctionType::get(function.getContext(), types,
                                             function.getResultTypes()));
  return call;
}

/// Whether a dimension becomes several of dynamic extent, which upstream has no
/// way to lower.
static bool hasOpenGroup(memref::ExpandShapeOp expand) {
  MemRefType type = expand.getResultType();
  return llvm::any_of(expand.getReassociationIndices(),
                      [&](ArrayRef<int64_t> group) {
                        return llvm::count_if(group, [&](int64_t dim) {
                                 return type.isDynamicDim(dim);
                               }) > 1;
                      });
}

/// Makes a view of what `expand` reshapes, a part of a buffer.
static void viewPart(memref::ExpandShapeOp expand) {
  ImplicitLocOpBuilder b(expand.getLoc(), expand);
  MemRefType type = expand.getResultType();
  auto part = memref::ExtractStridedMetadataOp::create(b, expand.getSrc());
  SmallVector<OpFoldResult> sizes = expand.getMixedOutputShape(),
                            strides(type.getRank());
  for (auto [group, stride] : llvm::zip_equal(expand.getReassociationIndices(),
                                              part.getConstifiedMixedStrides()))
    for (int64_t dim : llvm::reverse(group)) {
      strides[dim] = stride;
      stride = multiply(b, stride, sizes[dim]);
    }
  Value view = memref::ReinterpretCastOp::create(
      b, type, expand.getSrc(), part.getConstifiedMixedOffset(), sizes,
      strides);
  expand.replaceAllUsesWith(view);
  expand.erase();
}

void atled::viewReshapes(func::FuncOp function) {
  function.walk([](Operation *op) {
    if (!isa<memref::CollapseShapeOp, memref::ExpandShapeOp>(op))
      return;
    if (auto expand = dyn_cast<memref::ExpandShapeOp>(op);
        expand && !expand.getSrcType().getLayout().isIdentity() &&
        hasOpenGroup(expand))
      return viewPart(expand);
    Value source = op->getOperand(0);
    auto from = cast<MemRefType>(source.getType());
    auto to = cast<MemRefType>(op->getResult(0).getType());
    if (to.hasStaticShape() || !from.getLayout().isIdentity() ||
        !to.getLayout().isIdentity())
      return;
    ImplicitLocOpBuilder b(op->getLoc(), op);
    SmallVector<Value> extents;
    if (auto expand = dyn_cast<memref::ExpandShapeOp>(op)) {
      extents.assign(expand.getOutputShape().begin(),
                     expand.getOutputShape().end());
    } else {
      auto collapse = cast<memref::CollapseShapeOp>(op);
      for (auto [dim, group] :
           llvm::enumerate(collapse.getReassociationIndices())) {
        if (!to.isDynamicDim(dim))
          continue;
        OpFoldResult extent = b.getIndexAttr(1);
        for (int64_t inner : group)
          extent = multiply(
              b, extent, memref::getMixedSize(b, op->getLoc(), source, inner));
        extents.push_back(
            getValueOrCreateConstantIndexOp(b, op->getLoc(), extent));
      }
    }
    op->getResult(0).replaceAllUsesWith(viewAs(b, to, source, extents));
    op->erase();
  });
}
