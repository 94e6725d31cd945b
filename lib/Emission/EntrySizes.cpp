//===- EntrySizes.cpp - Sizes that the caller says ------------------------===//
//
// Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "EntrySizes.h"
#include "EntrySymbols.h"
#include "atled/Codegen/Passes.h"
#include "atled/atled.h"

using namespace atled;

static Value buildOr(ImplicitLocOpBuilder &b, Value lhs, Value rhs) {
  return lhs ? LLVM::OrOp::create(b, lhs, rhs).getResult() : rhs;
}

Value EntrySizes::load(Value dims) {
  auto pointer = LLVM::LLVMPointerType::get(b.getContext());
  Value outOfRange;
  for (unsigned i = 0, e = entry.countInputDims(); i != e; ++i) {
    Value address = LLVM::GEPOp::create(b, pointer, b.getI64Type(), dims,
                                        ArrayRef<LLVM::GEPArg>{int32_t(i)});
    inputDims.push_back(LLVM::LoadOp::create(b, b.getI64Type(), address));
    // Unsigned, what is negative is large.
    outOfRange = buildOr(b, outOfRange,
                         LLVM::ICmpOp::create(b, LLVM::ICmpPredicate::ugt,
                                              inputDims.back(),
                                              constant(ATLED_MAX_DIM)));
  }
  return outOfRange;
}

void EntrySizes::check(Value dims,
                       function_ref<void(Value, int32_t)> returnIf) {
  if (entry.countInputDims() != 0) {
    Value null = LLVM::ZeroOp::create(b, dims.getType());
    returnIf(LLVM::ICmpOp::create(b, LLVM::ICmpPredicate::eq, dims, null),
             ATLED_ERROR_NULL_DIMS);
    returnIf(load(dims), ATLED_ERROR_DIMS);
  }
  returnIf(buildDisagree(), ATLED_ERROR_DIMS);
}

SmallVector<Value> EntrySizes::getInputDims() {
  SmallVector<Value> indices;
  for (Value dim : inputDims)
    indices.push_back(
        UnrealizedConversionCastOp::create(b, b.getIndexType(), dim)
            .getResult(0));
  return indices;
}

SmallVector<Value> EntrySizes::callCompanion(StringRef attribute) {
  auto companion = SymbolTable::lookupNearestSymbolFrom<func::FuncOp>(
      body, body->getAttrOfType<FlatSymbolRefAttr>(attribute));
  auto call = func::CallOp::create(b, companion, getInputDims());
  SmallVector<Value> results;
  for (Value result : call.getResults())
    results.push_back(
        result.getType().isIndex()
            ? UnrealizedConversionCastOp::create(b, b.getI64Type(), result)
                  .getResult(0)
            : result);
  return results;
}

Value EntrySizes::buildDisagree() {
  SmallVector<Value> results = callCompanion(extentsAttrName);
  outputDims.assign(results.begin() + 1, results.end());
  Value yes = LLVM::ConstantOp::create(b, b.getBoolAttr(true));
  return LLVM::XOrOp::create(b, results.front(), yes);
}

Value EntrySizes::buildFullCallBytes() {
  Value bytes = callCompanion(layoutAttrName).front();
  if (!entry.tellsPlaces)
    return bytes;
  return LLVM::UMaxOp::create(b, bytes, constant(ATLED_WORKSPACE_ALIGN));
}

ArrayRef<Value> EntrySizes::getDims(ArrayRef<EntryTensor> tensors,
                                    unsigned index, ArrayRef<Value> all) const {
  unsigned first = 0;
  for (const EntryTensor &tensor : tensors.take_front(index))
    first += tensor.type.getNumDynamicDims();
  return all.slice(first, tensors[index].type.getNumDynamicDims());
}

Value EntrySizes::buildBytes(const EntryTensor &tensor, ArrayRef<Value> dims) {
  int64_t known = tensor.getElementBytes();
  for (int64_t size : tensor.type.getShape())
    known *= ShapedType::isDynamic(size) ? 1 : size;
  Value bytes = constant(known);
  for (Value dim : dims)
    bytes = LLVM::MulOp::create(b, bytes, dim);
  return bytes;
}

Value EntrySizes::buildHasElements(const EntryTensor &tensor,
                                   ArrayRef<Value> dims) {
  Value isEmpty;
  for (Value dim : dims)
    isEmpty = buildOr(
        b, isEmpty,
        LLVM::ICmpOp::create(b, LLVM::ICmpPredicate::eq, dim, constant(0)));
  if (!isEmpty)
    return {};
  Value yes = LLVM::ConstantOp::create(b, b.getBoolAttr(true));
  return LLVM::XOrOp::create(b, isEmpty, yes);
}

Value EntrySizes::buildOutputBytes(unsigned index) {
  return buildBytes(entry.outputs[index],
                    getDims(entry.outputs, index, outputDims));
}

Value EntrySizes::buildInputHasElements(unsigned index) {
  return buildHasElements(entry.inputs[index],
                          getDims(entry.inputs, index, inputDims));
}

Value EntrySizes::buildOutputHasElements(unsigned index) {
  return buildHasElements(entry.outputs[index],
                          getDims(entry.outputs, index, outputDims));
}

//===----------------------------------------------------------------------===//
// Functions
//===----------------------------------------------------------------------===//

namespace {
/// Writes a function of the dimensions: what `build` says where they are right,
/// else `wrong`.
class SizeFunctionBuilder {
public:
  SizeFunctionBuilder(const EntryPoint &entry, func::FuncOp body,
                      LLVM::Visibility visibility, unsigned sizeBits)
      : entry(entry), body(body), visibility(visibility),
        b(body.getLoc(), body.getContext()), sizes(entry, body, b),
        sizeType(b.getIntegerType(sizeBits)) {}

  void buildWorkspaceBytes();
  void buildOutputDims();

private:
  LLVM::LLVMFuncOp create(StringRef symbol, Type result, TypeRange inputs);
  /// `bytes` as a size_t; SIZE_MAX where it is none.
  Value buildSize(Value bytes);

  const EntryPoint &entry;
  func::FuncOp body;
  LLVM::Visibility visibility;
  ImplicitLocOpBuilder b;
  EntrySizes sizes;
  IntegerType sizeType;
};
} // namespace

LLVM::LLVMFuncOp SizeFunctionBuilder::create(StringRef symbol, Type result,
                                             TypeRange inputs) {
  b.setInsertionPoint(body);
  auto function = LLVM::LLVMFuncOp::create(
      b, symbol, LLVM::LLVMFunctionType::get(result, llvm::to_vector(inputs)));
  function.setVisibility_(visibility);
  b.setInsertionPointToEnd(function.addEntryBlock(b));
  return function;
}

Value SizeFunctionBuilder::buildSize(Value bytes) {
  if (bytes.getType() == sizeType)
    return bytes;
  uint64_t most = llvm::maskTrailingOnes<uint64_t>(sizeType.getWidth());
  Value limit = LLVM::ConstantOp::create(b, b.getI64IntegerAttr(most));
  return LLVM::TruncOp::create(b, sizeType,
                               LLVM::UMinOp::create(b, bytes, limit));
}

void SizeFunctionBuilder::buildWorkspaceBytes() {
  Type pointer = LLVM::LLVMPointerType::get(b.getContext());
  LLVM::LLVMFuncOp function =
      create(getWorkspaceBytesSymbol(entry.symbol), sizeType, pointer);
  auto constant = [&](int64_t value) -> Value {
    return LLVM::ConstantOp::create(b, b.getI64IntegerAttr(value));
  };
  sizes.check(function.getArgument(0), [&](Value isBroken, int32_t) {
    buildReturnIf(b, isBroken,
                  [&] { LLVM::ReturnOp::create(b, buildSize(constant(-1))); });
  });
  Value bytes = sizes.buildFullCallBytes();
  for (auto [index, output] : llvm::enumerate(entry.outputs))
    if (output.needsRoom)
      bytes = LLVM::AddOp::create(
          b, bytes, buildAligned(b, sizes.buildOutputBytes(index)));
  Value isSmall = LLVM::ICmpOp::create(b, LLVM::ICmpPredicate::ult, bytes,
                                       constant(ATLED_WORKSPACE_ALIGN));
  bytes = LLVM::SelectOp::create(b, isSmall, constant(ATLED_WORKSPACE_ALIGN),
                                 bytes);
  LLVM::ReturnOp::create(b, buildSize(bytes));
}

void SizeFunctionBuilder::buildOutputDims() {
  Type pointer = LLVM::LLVMPointerType::get(b.getContext());
  LLVM::LLVMFuncOp function = create(getOutputDimsSymbol(entry.symbol),
                                     b.getI32Type(), {pointer, pointer});
  auto code = [&](int32_t value) -> Value {
    return LLVM::ConstantOp::create(b, b.getI32IntegerAttr(value));
  };
  sizes.check(function.getArgument(0), [&](Value isBroken, int32_t error) {
    buildReturnIf(b, isBroken, [&] { LLVM::ReturnOp::create(b, code(error)); });
  });
  Value outputDims = function.getArgument(1);
  Value isNull = LLVM::ICmpOp::create(b, LLVM::ICmpPredicate::eq, outputDims,
                                      LLVM::ZeroOp::create(b, pointer));
  buildReturnIf(b, isNull, [&] {
    LLVM::ReturnOp::create(b, code(ATLED_ERROR_NULL_DIMS));
  });
  for (auto [index, dim] : llvm::enumerate(sizes.getOutputDims())) {
    Value address = LLVM::GEPOp::create(b, pointer, b.getI64Type(), outputDims,
                                        ArrayRef<LLVM::GEPArg>{int32_t(index)});
    LLVM::StoreOp::create(b, dim, address);
  }
  LLVM::ReturnOp::create(b, code(ATLED_OK));
}

void atled::buildReturnIf(ImplicitLocOpBuilder &b, Value isBroken,
                          function_ref<void()> buildReturn) {
  Block *check = b.getInsertionBlock();
  Region *region = check->getParent();
  Block *broken = b.createBlock(region, region->end());
  buildReturn();
  Block *next = b.createBlock(region, region->end());
  b.setInsertionPointToEnd(check);
  LLVM::CondBrOp::create(b, isBroken, broken, next);
  b.setInsertionPointToEnd(next);
}

Value atled::buildAligned(ImplicitLocOpBuilder &b, Value bytes) {
  auto constant = [&](int64_t value) -> Value {
    return LLVM::ConstantOp::create(b, b.getI64IntegerAttr(value));
  };
  Value padded =
      LLVM::AddOp::create(b, bytes, constant(ATLED_WORKSPACE_ALIGN - 1));
  return LLVM::AndOp::create(b, padded, constant(-ATLED_WORKSPACE_ALIGN));
}

void atled::buildSizeFunctions(const EntryPoint &entry, func::FuncOp body,
                               LLVM::Visibility visibility, unsigned sizeBits) {
  if (!entry.isDynamic())
    return;
  SizeFunctionBuilder(entry, body, visibility, sizeBits).buildWorkspaceBytes();
  if (entry.countOutputDims() != 0)
    SizeFunctionBuilder(entry, body, visibility, sizeBits).buildOutputDims();
}
