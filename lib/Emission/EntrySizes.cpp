//===- EntrySizes.cpp - Sizes that the caller says ------------------------===//
//
// Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "EntrySizes.h"
#include "EntrySymbols.h"
#include "EntryTensors.h"
#include "atled/Codegen/Passes.h"
#include "atled/Support/Attributes.h"
#include "atled/Support/ByteSize.h"
#include "atled/atled.h"
#include "llvm/Support/MathExtras.h"

using namespace atled;

Value atled::buildOr(ImplicitLocOpBuilder &b, Value lhs, Value rhs) {
  return lhs ? LLVM::OrOp::create(b, lhs, rhs).getResult() : rhs;
}

Value EntrySizes::load(Value dims) {
  auto pointer = LLVM::LLVMPointerType::get(b.getContext());
  Value outOfRange;
  for (unsigned i = 0, e = entry.countDims(); i != e; ++i) {
    Value address = LLVM::GEPOp::create(b, pointer, b.getI64Type(), dims,
                                        ArrayRef<LLVM::GEPArg>{int32_t(i)});
    callerDims.push_back(LLVM::LoadOp::create(b, b.getI64Type(), address));
    // Unsigned, what is negative is large.
    outOfRange = buildOr(b, outOfRange,
                         LLVM::ICmpOp::create(b, LLVM::ICmpPredicate::ugt,
                                              callerDims.back(),
                                              constant(ATLED_MAX_DIM)));
  }
  return outOfRange;
}

void EntrySizes::check(Value dims,
                       function_ref<void(Value, int32_t)> returnIf) {
  if (entry.countDims() != 0) {
    Value null = LLVM::ZeroOp::create(b, dims.getType());
    returnIf(LLVM::ICmpOp::create(b, LLVM::ICmpPredicate::eq, dims, null),
             ATLED_ERROR_NULL_DIMS);
    returnIf(load(dims), ATLED_ERROR_DIMS);
  }
  returnIf(buildDisagree(), ATLED_ERROR_DIMS);
  for (Value bytes : {inputResiduals.bytes, outputResiduals.bytes})
    if (bytes)
      returnIf(LLVM::ICmpOp::create(b, LLVM::ICmpPredicate::ugt, bytes,
                                    constant(kMostResidualBytes)),
               ATLED_ERROR_DIMS);
}

SmallVector<Value> EntrySizes::getIndexDims() {
  SmallVector<Value> indices;
  for (Value dim : callerDims)
    indices.push_back(
        UnrealizedConversionCastOp::create(b, b.getIndexType(), dim)
            .getResult(0));
  return indices;
}

SmallVector<Value> EntrySizes::callCompanion(StringRef attribute) {
  auto companion = SymbolTable::lookupNearestSymbolFrom<func::FuncOp>(
      body, body->getAttrOfType<FlatSymbolRefAttr>(attribute));
  auto call = func::CallOp::create(b, companion, getIndexDims());
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
  ArrayRef<Value> extents = ArrayRef(results).drop_front();
  ArrayRef<Value> own = callerDims;
  inputDims = takeDims(entry.inputs, 0, entry.forwardInputs ? extents : own,
                       inputResiduals);
  unsigned numInputs =
      body->getAttrOfType<IntegerAttr>(numInputsAttrName).getInt();
  outputDims = takeDims(entry.outputs, numInputs, extents, outputResiduals);
  Value yes = LLVM::ConstantOp::create(b, b.getBoolAttr(true));
  return LLVM::XOrOp::create(b, results.front(), yes);
}

SmallVector<Value> EntrySizes::takeDims(ArrayRef<EntryTensor> tensors,
                                        unsigned first,
                                        ArrayRef<Value> &extents,
                                        ResidualPlaces &places) {
  auto take = [&](RankedTensorType type) {
    ArrayRef<Value> dims = extents.take_front(type.getNumDynamicDims());
    extents = extents.drop_front(dims.size());
    return dims;
  };
  // In the order of the body's arguments, which may mix residuals and others.
  SmallVector<SmallVector<Value>> dims(tensors.size());
  SmallVector<Value> residualDims;
  unsigned index = 0, numResiduals = 0;
  std::optional<unsigned> buffer;
  const EntryTensor *residuals = llvm::find_if(
      tensors, [](const EntryTensor &tensor) { return tensor.residuals; });
  unsigned count =
      residuals == tensors.end() ? 0 : residuals->residuals->size();
  for (unsigned argument = first;
       index < tensors.size() || numResiduals < count; ++argument) {
    if (isResidual(body.getArgAttrDict(argument))) {
      if (!buffer)
        buffer = index++;
      llvm::append_range(residualDims,
                         take((*residuals->residuals)[numResiduals++]));
    } else {
      llvm::append_range(dims[index], take(tensors[index].type));
      ++index;
    }
  }
  if (buffer) {
    places = placeResiduals(*residuals->residuals, residualDims);
    if (!residuals->type.hasStaticShape())
      dims[*buffer].push_back(places.bytes);
  }
  SmallVector<Value> all;
  for (ArrayRef<Value> some : dims)
    llvm::append_range(all, some);
  return all;
}

EntrySizes::ResidualPlaces
EntrySizes::placeResiduals(ArrayRef<RankedTensorType> residuals,
                           ArrayRef<Value> dims) {
  ResidualPlaces places;
  // What is out of reach stays so.
  constexpr int64_t most = kMostResidualBytes + ATLED_WORKSPACE_ALIGN;
  Value end;
  // What comes behind those of dynamic shape so far.
  int64_t known = entry.getResidualsBegin();
  auto buildEnd = [&]() -> Value {
    return end ? LLVM::AddOp::create(b, end, constant(known)) : constant(known);
  };
  for (RankedTensorType type : residuals) {
    places.offsets.push_back(buildEnd());
    if (type.hasStaticShape()) {
      known += llvm::alignTo(getResidualBytes(type), ATLED_WORKSPACE_ALIGN);
      continue;
    }
    unsigned count = type.getNumDynamicDims();
    Value bytes = buildAligned(b, buildBytes(type, dims.take_front(count)));
    dims = dims.drop_front(count);
    end = LLVM::AddOp::create(b, places.offsets.back(), bytes);
    end = LLVM::UMinOp::create(b, end, constant(most));
    known = 0;
  }
  places.bytes = buildEnd();
  return places;
}

void EntrySizes::placeStaticResiduals() {
  ArrayRef<Value> none;
  (void)takeDims(entry.inputs, 0, none, inputResiduals);
  unsigned numInputs =
      body->getAttrOfType<IntegerAttr>(numInputsAttrName).getInt();
  (void)takeDims(entry.outputs, numInputs, none, outputResiduals);
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

Value EntrySizes::buildBytes(RankedTensorType type, ArrayRef<Value> dims) {
  int64_t known = getElementBytes(type.getElementType());
  for (int64_t size : type.getShape())
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
  return buildBytes(entry.outputs[index].type,
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
  void buildResidualBytes();
  void buildInputDims();
  void buildOutputDims();

private:
  /// A function of that name that returns a size: what `build` says.
  void buildSizeFunction(StringRef symbol, function_ref<Value()> build);
  /// One that writes dimensions: what `get` says.
  void buildDimsFunction(StringRef symbol, function_ref<ArrayRef<Value>()> get);
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

void SizeFunctionBuilder::buildSizeFunction(StringRef symbol,
                                            function_ref<Value()> build) {
  Type pointer = LLVM::LLVMPointerType::get(b.getContext());
  LLVM::LLVMFuncOp function = create(symbol, sizeType, pointer);
  sizes.check(function.getArgument(0), [&](Value isBroken, int32_t) {
    buildReturnIf(b, isBroken, [&] {
      Value none = LLVM::ConstantOp::create(b, b.getI64IntegerAttr(-1));
      LLVM::ReturnOp::create(b, buildSize(none));
    });
  });
  LLVM::ReturnOp::create(b, buildSize(build()));
}

void SizeFunctionBuilder::buildWorkspaceBytes() {
  buildSizeFunction(getWorkspaceBytesSymbol(entry.symbol), [&]() -> Value {
    Value bytes = sizes.buildFullCallBytes();
    for (auto [index, output] : llvm::enumerate(entry.outputs))
      if (output.needsRoom)
        bytes = LLVM::AddOp::create(
            b, bytes, buildAligned(b, sizes.buildOutputBytes(index)));
    Value least =
        LLVM::ConstantOp::create(b, b.getI64IntegerAttr(ATLED_WORKSPACE_ALIGN));
    return LLVM::UMaxOp::create(b, bytes, least);
  });
}

void SizeFunctionBuilder::buildResidualBytes() {
  buildSizeFunction(getResidualBytesSymbol(entry.symbol), [&] {
    Value kept = sizes.getOutputResiduals().bytes;
    return kept ? kept : sizes.getInputResiduals().bytes;
  });
}

void SizeFunctionBuilder::buildDimsFunction(
    StringRef symbol, function_ref<ArrayRef<Value>()> get) {
  Type pointer = LLVM::LLVMPointerType::get(b.getContext());
  LLVM::LLVMFuncOp function =
      create(symbol, b.getI32Type(), {pointer, pointer});
  auto code = [&](int32_t value) -> Value {
    return LLVM::ConstantOp::create(b, b.getI32IntegerAttr(value));
  };
  sizes.check(function.getArgument(0), [&](Value isBroken, int32_t error) {
    buildReturnIf(b, isBroken, [&] { LLVM::ReturnOp::create(b, code(error)); });
  });
  Value written = function.getArgument(1);
  Value isNull = LLVM::ICmpOp::create(b, LLVM::ICmpPredicate::eq, written,
                                      LLVM::ZeroOp::create(b, pointer));
  buildReturnIf(b, isNull, [&] {
    LLVM::ReturnOp::create(b, code(ATLED_ERROR_NULL_DIMS));
  });
  for (auto [index, dim] : llvm::enumerate(get())) {
    Value address = LLVM::GEPOp::create(b, pointer, b.getI64Type(), written,
                                        ArrayRef<LLVM::GEPArg>{int32_t(index)});
    LLVM::StoreOp::create(b, dim, address);
  }
  LLVM::ReturnOp::create(b, code(ATLED_OK));
}

void SizeFunctionBuilder::buildInputDims() {
  buildDimsFunction(getInputDimsSymbol(entry.symbol),
                    [&] { return sizes.getInputDims(); });
}

void SizeFunctionBuilder::buildOutputDims() {
  buildDimsFunction(getOutputDimsSymbol(entry.symbol),
                    [&] { return sizes.getOutputDims(); });
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
  auto builder = [&] {
    return SizeFunctionBuilder(entry, body, visibility, sizeBits);
  };
  builder().buildWorkspaceBytes();
  if (entry.getResiduals())
    builder().buildResidualBytes();
  if (entry.tellsInputDims())
    builder().buildInputDims();
  if (entry.countOutputDims() != 0)
    builder().buildOutputDims();
}
