//===- WrapperBuilder.cpp - The function that C code calls ----------------===//
//
// Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Arguments of one kind are checked together, without a branch for each, so
// that a call costs little.
//
//===----------------------------------------------------------------------===//

#include "WrapperBuilder.h"
#include "EntrySizes.h"
#include "EntrySymbols.h"
#include "EntryTensors.h"
#include "FailurePlaces.h"
#include "ParallelFor.h"
#include "UnwantedOutputs.h"
#include "atled/Support/Attributes.h"
#include "atled/atled.h"
#include "mlir/Conversion/LLVMCommon/MemRefBuilder.h"
#include "mlir/Conversion/LLVMCommon/TypeConverter.h"
#include "mlir/Dialect/LLVMIR/LLVMDialect.h"
#include "mlir/Dialect/MemRef/IR/MemRef.h"
#include "mlir/IR/ImplicitLocOpBuilder.h"
#include "llvm/Support/MathExtras.h"

using namespace atled;

//===----------------------------------------------------------------------===//
// The wrapper's body
//===----------------------------------------------------------------------===//

namespace {
/// Writes the wrapper of one entry, top to bottom.
class WrapperBuilder {
public:
  WrapperBuilder(const EntryPoint &entry, func::FuncOp body,
                 LLVM::Visibility visibility, unsigned sizeBits)
      : entry(entry), body(body), visibility(visibility),
        b(body.getLoc(), body.getContext()), converter(b.getContext()),
        pointerType(LLVM::LLVMPointerType::get(b.getContext())),
        sizes(entry, body, b), sizeType(b.getIntegerType(sizeBits)) {}

  void build();

private:
  void createFunction();
  /// Every processor of the architecture will do; where one needs more,
  /// `atled-join-versions` says so.
  void createProcessorQuery();
  void loadPointers(Value array, ArrayRef<EntryTensor> tensors,
                    SmallVector<Value> &pointers);
  /// The dynamic dimensions, which have to fit together.
  void checkDims();
  void checkNotNull(Value array, ArrayRef<EntryTensor> tensors, int32_t code);
  /// Checks those that must not be NULL.
  void checkPointers(ArrayRef<EntryTensor> tensors, ArrayRef<Value> pointers,
                     int32_t code);
  void checkAlignment(ArrayRef<Value> pointers, ArrayRef<EntryTensor> tensors,
                      int32_t code);
  /// The output of the entry that result `result` of the body is.
  unsigned getOutput(unsigned result);
  /// An input that is donated is where its output is.
  void checkDonations();
  /// Residuals are for the dimensions of this call: what has been written
  /// says so, or is about to.
  void checkResiduals();
  void markResiduals();
  Value buildResidualDimAddress(Value residuals, int32_t dim);
  /// Notes for the body which of its results are wanted.
  void findWantedOutputs();
  void placeUnwantedOutputs();
  void checkWorkspace();
  void checkExec();
  Value makeBuffer(MemRefType type, Value pointer);
  /// Makes, of what the caller passes, the next buffers that the body takes.
  void appendBuffers(ArrayRef<EntryTensor> tensors, ArrayRef<Value> pointers,
                     const EntrySizes::ResidualPlaces &places,
                     SmallVector<Value> &operands);
  /// What is in the outputs that are added to.
  void appendAccumulators(SmallVector<Value> &operands);
  /// The caller's threads, or what stands for them if he has none.
  void appendExec(SmallVector<Value> &operands);
  /// The arguments that belong to the arena, which reaches from what this call
  /// needs to the end of the workspace.
  void appendArena(SmallVector<Value> &operands);
  void checkArena();
  /// What assertions write to.
  void appendStatus(SmallVector<Value> &operands);
  Value loadCode();
  void checkStatus();
  /// Leaves where the call has failed for the caller to ask.
  void keepPlace();
  void callBody();

  /// Goes on where `isBroken` is false, returns `code` where it is true.
  void returnIf(Value isBroken, int32_t code);
  Block *appendBlock() {
    return b.createBlock(&wrapper.getBody(), wrapper.getBody().end());
  }
  void returnCode(int32_t code) {
    LLVM::ReturnOp::create(
        b, LLVM::ConstantOp::create(b, b.getI32IntegerAttr(code)));
  }

  /// Memory on the stack, in the first block: that of a fixed frame.
  Value allocate(Type element, int64_t count, unsigned alignment = 0) {
    OpBuilder::InsertionGuard guard(b);
    b.setInsertionPointToStart(&b.getInsertionBlock()->getParent()->front());
    return LLVM::AllocaOp::create(b, pointerType, element, constant(count),
                                  alignment);
  }
  Value constant(int64_t value) {
    return LLVM::ConstantOp::create(b, b.getI64IntegerAttr(value));
  }
  Value compare(LLVM::ICmpPredicate predicate, Value lhs, Value rhs) {
    return LLVM::ICmpOp::create(b, predicate, lhs, rhs);
  }
  Value isNull(Value pointer) {
    return compare(LLVM::ICmpPredicate::eq, pointer,
                   LLVM::ZeroOp::create(b, pointerType));
  }
  Value isNotZero(Value value) {
    return compare(LLVM::ICmpPredicate::ne, value, constant(0));
  }
  Value toInteger(Value pointer) {
    return LLVM::PtrToIntOp::create(b, b.getI64Type(), pointer);
  }
  Value widen(Value size) {
    return size.getType() == b.getI64Type()
               ? size
               : LLVM::ZExtOp::create(b, b.getI64Type(), size).getResult();
  }
  Value loadField(Type type, Value pointer, int32_t byteOffset) {
    Value address = LLVM::GEPOp::create(b, pointerType, b.getI8Type(), pointer,
                                        ArrayRef<LLVM::GEPArg>{byteOffset});
    return LLVM::LoadOp::create(b, type, address);
  }

  const EntryPoint &entry;
  func::FuncOp body;
  LLVM::Visibility visibility;
  ImplicitLocOpBuilder b;
  LLVMTypeConverter converter;
  LLVM::LLVMPointerType pointerType;
  EntrySizes sizes;
  /// C's size_t. What is computed with sizes is computed in 64 bits.
  IntegerType sizeType;

  LLVM::LLVMFuncOp wrapper;
  Value in, out, dims, workspace, workspaceBytes, exec;
  SmallVector<Value> inputs, outputs;
  /// How much workspace this call needs: it depends on which outputs are NULL.
  Value neededBytes;
  /// A byte for each result of the body, if it looks at that.
  Value wanted;
  /// How far the arena reaches, and how far it would have had to.
  Value arenaState;
  /// The code of the first assertion that failed, with its place in the upper
  /// half where that is told.
  Value status;
};
} // namespace

void WrapperBuilder::returnIf(Value isBroken, int32_t code) {
  buildReturnIf(b, isBroken, [&] { returnCode(code); });
}

void WrapperBuilder::createFunction() {
  b.setInsertionPoint(body);
  auto type = LLVM::LLVMFunctionType::get(
      b.getI32Type(), {pointerType, pointerType, pointerType, pointerType,
                       sizeType, pointerType});
  wrapper = LLVM::LLVMFuncOp::create(b, entry.symbol, type);
  wrapper.setVisibility_(visibility);
  wrapper->setAttr(entryAttrName, entry.toAttribute(b.getContext()));
  Block *block = wrapper.addEntryBlock(b);
  in = block->getArgument(0);
  out = block->getArgument(1);
  dims = block->getArgument(2);
  workspace = block->getArgument(3);
  exec = block->getArgument(5);
  b.setInsertionPointToEnd(block);
  workspaceBytes = widen(block->getArgument(4));
}

void WrapperBuilder::createProcessorQuery() {
  LLVM::LLVMFuncOp query = atled::createProcessorQuery(wrapper);
  b.setInsertionPointToEnd(&query.getBody().front());
  returnCode(1);
}

void WrapperBuilder::checkDims() {
  if (!entry.isDynamic())
    return sizes.placeStaticResiduals();
  sizes.check(dims,
              [&](Value isBroken, int32_t code) { returnIf(isBroken, code); });
}

void WrapperBuilder::checkNotNull(Value array, ArrayRef<EntryTensor> tensors,
                                  int32_t code) {
  if (!tensors.empty())
    returnIf(isNull(array), code);
}

void WrapperBuilder::loadPointers(Value array, ArrayRef<EntryTensor> tensors,
                                  SmallVector<Value> &pointers) {
  for (int32_t i = 0, e = tensors.size(); i != e; ++i) {
    Value address = LLVM::GEPOp::create(b, pointerType, pointerType, array,
                                        ArrayRef<LLVM::GEPArg>{i});
    pointers.push_back(LLVM::LoadOp::create(b, pointerType, address));
  }
}

void WrapperBuilder::checkPointers(ArrayRef<EntryTensor> tensors,
                                   ArrayRef<Value> pointers, int32_t code) {
  Value anyNull;
  bool areOutputs = code == ATLED_ERROR_NULL_OUTPUT;
  for (auto [index, tensor] : llvm::enumerate(tensors)) {
    // A tensor without elements is never looked at.
    if (tensor.isEmpty() || (areOutputs && !tensor.isAlwaysWanted()))
      continue;
    Value null = isNull(pointers[index]);
    if (Value hasElements = areOutputs ? sizes.buildOutputHasElements(index)
                                       : sizes.buildInputHasElements(index))
      null = LLVM::AndOp::create(b, null, hasElements);
    anyNull = buildOr(b, anyNull, null);
  }
  if (anyNull)
    returnIf(anyNull, code);
}

void WrapperBuilder::checkAlignment(ArrayRef<Value> pointers,
                                    ArrayRef<EntryTensor> tensors,
                                    int32_t code) {
  Value lowBits;
  for (auto [tensor, pointer] : llvm::zip_equal(tensors, pointers)) {
    if (tensor.isEmpty() || tensor.getAlignment() == 1)
      continue;
    Value bits = LLVM::AndOp::create(b, toInteger(pointer),
                                     constant(tensor.getAlignment() - 1));
    lowBits = buildOr(b, lowBits, bits);
  }
  if (lowBits)
    returnIf(isNotZero(lowBits), code);
}

unsigned WrapperBuilder::getOutput(unsigned result) {
  unsigned numInputs =
      body->getAttrOfType<IntegerAttr>(numInputsAttrName).getInt();
  unsigned output = 0;
  bool hasResiduals = false;
  for (unsigned i = 0; i != result; ++i)
    if (!isResidual(body.getArgAttrDict(numInputs + i)) ||
        !std::exchange(hasResiduals, true))
      ++output;
  return output;
}

void WrapperBuilder::findWantedOutputs() {
  unsigned numInputs =
      body->getAttrOfType<IntegerAttr>(numInputsAttrName).getInt();
  if (numInputs == 0 || !body.getArgAttr(numInputs - 1, wantedAttrName))
    return;
  auto type = cast<MemRefType>(body.getArgumentTypes()[numInputs - 1]);
  wanted = allocate(b.getI8Type(), type.getNumElements());
  for (int32_t i = 0, e = type.getNumElements(); i != e; ++i) {
    Value isWanted = LLVM::ConstantOp::create(b, b.getI8IntegerAttr(1));
    if (!isResidual(body.getArgAttrDict(numInputs + i)))
      isWanted = LLVM::ZExtOp::create(
          b, b.getI8Type(),
          compare(LLVM::ICmpPredicate::ne, outputs[getOutput(i)],
                  LLVM::ZeroOp::create(b, pointerType)));
    Value address = LLVM::GEPOp::create(b, pointerType, b.getI8Type(), wanted,
                                        ArrayRef<LLVM::GEPArg>{i});
    LLVM::StoreOp::create(b, isWanted, address);
  }
}

/// An output that is NULL, and computed all the same, is written into the
/// workspace, behind what the body needs. Nothing is read or written there yet:
/// the workspace is checked later.
void WrapperBuilder::placeUnwantedOutputs() {
  neededBytes = entry.isDynamic() ? sizes.buildFullCallBytes()
                                  : constant(entry.fullCallBytes);
  for (auto [index, tensor] : llvm::enumerate(entry.outputs)) {
    if (tensor.isEmpty() || !tensor.needsRoom)
      continue;
    Value &pointer = outputs[index];
    Value bytes =
        tensor.type.hasStaticShape()
            ? constant(llvm::alignTo(tensor.getBytes(), ATLED_WORKSPACE_ALIGN))
            : buildAligned(b, sizes.buildOutputBytes(index));
    Value unwanted = isNull(pointer);
    Value scratch = LLVM::GEPOp::create(b, pointerType, b.getI8Type(),
                                        workspace, ValueRange{neededBytes});
    pointer = LLVM::SelectOp::create(b, unwanted, scratch, pointer);
    Value more = LLVM::SelectOp::create(b, unwanted, bytes, constant(0));
    neededBytes = LLVM::AddOp::create(b, neededBytes, more);
  }
}

Value WrapperBuilder::buildResidualDimAddress(Value residuals, int32_t dim) {
  return LLVM::GEPOp::create(b, pointerType, b.getI64Type(), residuals,
                             ArrayRef<LLVM::GEPArg>{dim});
}

void WrapperBuilder::checkResiduals() {
  Value differ;
  for (auto [tensor, pointer] : llvm::zip_equal(entry.inputs, inputs)) {
    if (!tensor.residuals)
      continue;
    for (auto [index, dim] : llvm::enumerate(sizes.getDims())) {
      Value made = LLVM::LoadOp::create(
          b, b.getI64Type(), buildResidualDimAddress(pointer, index));
      differ = buildOr(b, differ, compare(LLVM::ICmpPredicate::ne, made, dim));
    }
  }
  if (differ)
    returnIf(differ, ATLED_ERROR_DIMS);
}

void WrapperBuilder::markResiduals() {
  for (auto [tensor, pointer] : llvm::zip_equal(entry.outputs, outputs))
    if (tensor.residuals)
      for (auto [index, dim] : llvm::enumerate(sizes.getDims()))
        LLVM::StoreOp::create(b, dim, buildResidualDimAddress(pointer, index));
}

void WrapperBuilder::checkDonations() {
  Value anyApart;
  for (auto [tensor, pointer] : llvm::zip_equal(entry.outputs, outputs)) {
    if (!tensor.donated || tensor.isEmpty())
      continue;
    Value apart =
        compare(LLVM::ICmpPredicate::ne, pointer, inputs[*tensor.donated]);
    anyApart = buildOr(b, anyApart, apart);
  }
  if (anyApart)
    returnIf(anyApart, ATLED_ERROR_DONATION);
}

void WrapperBuilder::checkWorkspace() {
  Value isNeeded = isNotZero(neededBytes);
  returnIf(LLVM::AndOp::create(b, isNeeded, isNull(workspace)),
           ATLED_ERROR_NULL_WORKSPACE);
  Value lowBits = LLVM::AndOp::create(b, toInteger(workspace),
                                      constant(ATLED_WORKSPACE_ALIGN - 1));
  returnIf(LLVM::AndOp::create(b, isNeeded, isNotZero(lowBits)),
           ATLED_ERROR_MISALIGNED_WORKSPACE);

  // A workspace that is too small tells what would have been enough, if that
  // fits.
  Block *check = b.getInsertionBlock();
  Block *tooSmall = appendBlock();
  returnIf(compare(LLVM::ICmpPredicate::ult, workspaceBytes,
                   constant(sizeof(uint64_t))),
           ATLED_ERROR_SHORT_WORKSPACE);
  LLVM::StoreOp::create(b, neededBytes, workspace);
  returnCode(ATLED_ERROR_SHORT_WORKSPACE);
  Block *next = appendBlock();
  b.setInsertionPointToEnd(check);
  LLVM::CondBrOp::create(
      b, compare(LLVM::ICmpPredicate::ult, workspaceBytes, neededBytes),
      tooSmall, next);
  b.setInsertionPointToEnd(next);
}

void WrapperBuilder::checkExec() {
  Block *check = b.getInsertionBlock();
  Block *given = appendBlock();
  Value size = widen(loadField(sizeType, exec, offsetof(atled_exec, size)));
  // Two numbers of 64 bits, the first of which may be shorter, two pointers.
  int64_t leastSize = 2 * sizeof(uint64_t) + 2 * sizeType.getWidth() / 8;
  returnIf(compare(LLVM::ICmpPredicate::ult, size, constant(leastSize)),
           ATLED_ERROR_EXEC);
  Value flags = loadField(b.getI64Type(), exec, offsetof(atled_exec, flags));
  returnIf(isNotZero(flags), ATLED_ERROR_EXEC);
  Block *end = b.getInsertionBlock();
  Block *next = appendBlock();
  b.setInsertionPointToEnd(end);
  LLVM::BrOp::create(b, ValueRange(), next);
  b.setInsertionPointToEnd(check);
  LLVM::CondBrOp::create(b, isNull(exec), next, given);
  b.setInsertionPointToEnd(next);
}

/// The body takes buffers: each pointer becomes the descriptor that stands for
/// one, which the conversion of the call takes apart again.
Value WrapperBuilder::makeBuffer(MemRefType type, Value pointer) {
  Value descriptor = MemRefDescriptor::fromStaticShape(b, b.getLoc(), converter,
                                                       type, pointer);
  return UnrealizedConversionCastOp::create(b, type, descriptor).getResult(0);
}

/// Residuals are one buffer to the caller, and to the body one each.
void WrapperBuilder::appendBuffers(ArrayRef<EntryTensor> tensors,
                                   ArrayRef<Value> pointers,
                                   const EntrySizes::ResidualPlaces &places,
                                   SmallVector<Value> &operands) {
  SmallVector<Value> plain, residuals;
  for (auto [tensor, pointer] : llvm::zip_equal(tensors, pointers)) {
    if (!tensor.residuals) {
      plain.push_back(pointer);
      continue;
    }
    for (Value offset : places.offsets)
      residuals.push_back(LLVM::GEPOp::create(b, pointerType, b.getI8Type(),
                                              pointer, ValueRange{offset}));
  }
  // In the order of the body's arguments, which may mix the two.
  ArrayRef<Value> nextPlain = plain, nextResidual = residuals;
  while (!nextPlain.empty() || !nextResidual.empty()) {
    unsigned index = operands.size();
    ArrayRef<Value> &next =
        isResidual(body.getArgAttrDict(index)) ? nextResidual : nextPlain;
    operands.push_back(makeBuffer(
        cast<MemRefType>(body.getArgumentTypes()[index]), next.front()));
    next = next.drop_front();
  }
}

void WrapperBuilder::appendAccumulators(SmallVector<Value> &operands) {
  unsigned numInputs =
      body->getAttrOfType<IntegerAttr>(numInputsAttrName).getInt();
  for (unsigned index = operands.size();
       index < numInputs && body.getArgAttr(index, accumulatorAttrName);
       ++index) {
    unsigned result = numInputs;
    while (true) {
      auto place = body.getArgAttrOfType<IntegerAttr>(result, inPlaceAttrName);
      if (place && place.getInt() == index)
        break;
      ++result;
    }
    operands.push_back(
        makeBuffer(cast<MemRefType>(body.getArgumentTypes()[index]),
                   outputs[getOutput(result - numInputs)]));
  }
}

void WrapperBuilder::appendExec(SmallVector<Value> &operands) {
  // The body looks at two fields only.
  Value none = allocate(b.getI8Type(), sizeof(atled_exec), alignof(atled_exec));
  LLVM::StoreOp::create(b, LLVM::ZeroOp::create(b, pointerType),
                        buildExecField(b, none, ExecField::Context));
  LLVM::StoreOp::create(
      b, LLVM::AddressOfOp::create(b, pointerType, serialForName),
      buildExecField(b, none, ExecField::ParallelFor));
  // One that is NULL has no field to look at.
  Value some = LLVM::SelectOp::create(b, isNull(exec), none, exec);
  Value parallelFor = LLVM::LoadOp::create(
      b, pointerType, buildExecField(b, some, ExecField::ParallelFor));
  operands.push_back(
      LLVM::SelectOp::create(b, isNull(parallelFor), none, some));
}

void WrapperBuilder::appendArena(SmallVector<Value> &operands) {
  auto toIndex = [&](Value value) -> Value {
    return UnrealizedConversionCastOp::create(b, b.getIndexType(), value)
        .getResult(0);
  };
  auto stateType = MemRefType::get({2}, b.getI64Type());
  arenaState = allocate(b.getI64Type(), 2);
  LLVM::StoreOp::create(b, workspaceBytes, arenaState);
  Value required = LLVM::GEPOp::create(b, pointerType, b.getI64Type(),
                                       arenaState, ArrayRef<LLVM::GEPArg>{1});
  LLVM::StoreOp::create(b, neededBytes, required);
  operands.push_back(
      makeBuffer(MemRefType::get({1}, b.getI8Type()), workspace));
  operands.push_back(toIndex(constant(0)));
  operands.push_back(toIndex(neededBytes));
  operands.push_back(makeBuffer(stateType, arenaState));
}

/// A call that ran out of arena tells what would have been enough.
void WrapperBuilder::checkArena() {
  Value required = loadField(b.getI64Type(), arenaState, sizeof(int64_t));
  Block *check = b.getInsertionBlock();
  Block *exhausted = appendBlock();
  LLVM::StoreOp::create(b, required, workspace);
  keepPlace();
  returnCode(ATLED_ERROR_EXHAUSTED_WORKSPACE);
  Block *next = appendBlock();
  b.setInsertionPointToEnd(check);
  LLVM::CondBrOp::create(
      b, compare(LLVM::ICmpPredicate::ult, workspaceBytes, required), exhausted,
      next);
  b.setInsertionPointToEnd(next);
}

void WrapperBuilder::appendStatus(SmallVector<Value> &operands) {
  auto type = cast<MemRefType>(body.getArgumentTypes()[operands.size()]);
  Type number = type.getElementType();
  status = allocate(number, 1);
  LLVM::StoreOp::create(
      b, LLVM::ConstantOp::create(b, b.getIntegerAttr(number, 0)), status);
  operands.push_back(makeBuffer(type, status));
}

void WrapperBuilder::keepPlace() {
  if (entry.tellsPlaces && status)
    buildKeepPlace(b, LLVM::LoadOp::create(b, b.getI64Type(), status),
                   workspace);
}

Value WrapperBuilder::loadCode() {
  if (!entry.tellsPlaces)
    return LLVM::LoadOp::create(b, b.getI32Type(), status);
  Value both = LLVM::LoadOp::create(b, b.getI64Type(), status);
  return LLVM::TruncOp::create(b, b.getI32Type(), both);
}

void WrapperBuilder::checkStatus() {
  Value code = loadCode();
  Block *check = b.getInsertionBlock();
  Block *failed = appendBlock();
  keepPlace();
  LLVM::ReturnOp::create(b, code);
  Block *next = appendBlock();
  b.setInsertionPointToEnd(check);
  Value zero = LLVM::ConstantOp::create(b, b.getI32IntegerAttr(ATLED_OK));
  LLVM::CondBrOp::create(b, compare(LLVM::ICmpPredicate::ne, code, zero),
                         failed, next);
  b.setInsertionPointToEnd(next);
}

void WrapperBuilder::callBody() {
  SmallVector<Value> operands;
  appendBuffers(entry.inputs, inputs, sizes.getInputResiduals(), operands);
  appendAccumulators(operands);
  if (wanted)
    operands.push_back(makeBuffer(
        cast<MemRefType>(body.getArgumentTypes()[operands.size()]), wanted));
  appendBuffers(entry.outputs, outputs, sizes.getOutputResiduals(), operands);
  llvm::append_range(operands, sizes.getIndexDims());
  if (body->hasAttr(execAttrName))
    appendExec(operands);
  if (entry.hasArena)
    appendArena(operands);

  bool hasStatus = body->hasAttr(statusAttrName);
  if (hasStatus)
    appendStatus(operands);

  int64_t bodyBytes =
      body->getAttrOfType<IntegerAttr>(workspaceBytesAttrName).getInt();
  Value workspaceBuffer =
      makeBuffer(MemRefType::get({bodyBytes}, b.getI8Type()), workspace);
  operands.push_back(memref::CastOp::create(b, body.getArgumentTypes().back(),
                                            workspaceBuffer));
  func::CallOp::create(b, body, operands);
  // Where the arena did not suffice, whatever failed may have failed of that.
  if (entry.hasArena)
    checkArena();
  if (hasStatus)
    checkStatus();
}

void WrapperBuilder::build() {
  createFunction();
  checkDims();
  checkNotNull(in, entry.inputs, ATLED_ERROR_NULL_INPUT);
  loadPointers(in, entry.inputs, inputs);
  checkPointers(entry.inputs, inputs, ATLED_ERROR_NULL_INPUT);
  checkNotNull(out, entry.outputs, ATLED_ERROR_NULL_OUTPUT);
  loadPointers(out, entry.outputs, outputs);
  checkPointers(entry.outputs, outputs, ATLED_ERROR_NULL_OUTPUT);
  checkAlignment(inputs, entry.inputs, ATLED_ERROR_MISALIGNED_INPUT);
  checkAlignment(outputs, entry.outputs, ATLED_ERROR_MISALIGNED_OUTPUT);
  checkResiduals();
  checkDonations();
  findWantedOutputs();
  placeUnwantedOutputs();
  checkWorkspace();
  checkExec();
  markResiduals();
  callBody();
  returnCode(ATLED_OK);
  buildAlias(wrapper);
  createProcessorQuery();
  if (entry.tellsPlaces)
    buildWhere(wrapper);
}

void atled::buildWrapper(const EntryPoint &entry, func::FuncOp body,
                         bool hidden, unsigned sizeBits) {
  LLVM::Visibility visibility =
      hidden ? LLVM::Visibility::Hidden : LLVM::Visibility::Default;
  buildSizeFunctions(entry, body, visibility, sizeBits);
  WrapperBuilder(entry, body, visibility, sizeBits).build();
}
