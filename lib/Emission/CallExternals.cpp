//===- CallExternals.cpp - Calling what C provides ------------------------===//
//
// Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Gives every function without a body one that calls the C function of its
// name, as atled.h says: the counterpart of an entry's wrapper. The arrays of
// pointers are in there, so that a call in a loop takes no more stack than one.
//
//===----------------------------------------------------------------------===//

#include "atled/Emission/ExternalFunction.h"
#include "atled/Emission/Passes.h"
#include "atled/Support/Attributes.h"
#include "atled/atled.h"
#include "mlir/Conversion/LLVMCommon/MemRefBuilder.h"
#include "mlir/Conversion/LLVMCommon/TypeConverter.h"
#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/Dialect/LLVMIR/LLVMDialect.h"
#include "mlir/Dialect/MemRef/IR/MemRef.h"
#include "mlir/IR/ImplicitLocOpBuilder.h"

namespace atled {
#define GEN_PASS_DEF_CALLEXTERNALSPASS
#include "atled/Emission/Passes.h.inc"
} // namespace atled

using namespace atled;

namespace {
/// Writes the body of one function, top to bottom.
class CallBuilder {
public:
  CallBuilder(func::FuncOp function, SymbolTable &symbols, unsigned sizeBits)
      : function(function), symbols(symbols),
        b(function.getLoc(), function.getContext()), converter(b.getContext()),
        pointerType(LLVM::LLVMPointerType::get(b.getContext())),
        sizeType(b.getIntegerType(sizeBits)) {}

  LogicalResult build();

private:
  LogicalResult checkSignature();
  LLVM::LLVMFuncOp declareSymbol();
  /// An array of the pointers to `buffers`; NULL if there are none.
  Value makeArray(ValueRange buffers);
  /// `code`, or that of a workspace which is too small: the sizes that go with
  /// other codes are for the caller of the entry, and not in its workspace.
  Value translateCode(Value code);

  Value getPointer(Value buffer) {
    Type type = converter.convertType(buffer.getType());
    Value descriptor =
        UnrealizedConversionCastOp::create(b, type, buffer).getResult(0);
    return MemRefDescriptor(descriptor).alignedPtr(b, b.getLoc());
  }
  Value null() { return LLVM::ZeroOp::create(b, pointerType); }
  Value constant(IntegerAttr value) {
    return LLVM::ConstantOp::create(b, value);
  }

  func::FuncOp function;
  SymbolTable &symbols;
  ImplicitLocOpBuilder b;
  LLVMTypeConverter converter;
  LLVM::LLVMPointerType pointerType;
  IntegerType sizeType;
  unsigned numInputs = 0;
  int64_t workspaceBytes = 0;
};
} // namespace

LogicalResult CallBuilder::checkSignature() {
  auto inputs = function->getAttrOfType<IntegerAttr>(numInputsAttrName);
  auto bytes = function->getAttrOfType<IntegerAttr>(workspaceBytesAttrName);
  unsigned numArguments = function.getNumArguments();
  if (!inputs || !bytes || inputs.getInt() >= numArguments ||
      !llvm::all_of(function.getArgumentTypes(), llvm::IsaPred<MemRefType>) ||
      function.getResultTypes() != ArrayRef<Type>(b.getI32Type()))
    return function.emitError("function '")
           << function.getName()
           << "' has no body, and is not of the form in which C can provide "
              "it: run 'atled-plan-workspace' and 'atled-report-failures' "
              "first";
  numInputs = inputs.getInt();
  workspaceBytes = bytes.getInt();
  return success();
}

LLVM::LLVMFuncOp CallBuilder::declareSymbol() {
  std::string name = function.getName().str();
  (void)symbols.rename(function, name + ".external");
  auto type = LLVM::LLVMFunctionType::get(
      b.getI32Type(), {pointerType, pointerType, pointerType, pointerType,
                       sizeType, pointerType});
  b.setInsertionPoint(function);
  auto symbol = LLVM::LLVMFuncOp::create(b, name, type);
  auto signature = function->getAttrOfType<StringAttr>(signatureAttrName);
  symbol->setAttr(signatureAttrName,
                  signature ? signature : b.getStringAttr(""));
  symbol->setAttr(workspaceBytesAttrName, b.getI64IntegerAttr(workspaceBytes));
  function->removeAttr(signatureAttrName);
  return symbol;
}

Value CallBuilder::makeArray(ValueRange buffers) {
  if (buffers.empty())
    return null();
  Value array =
      LLVM::AllocaOp::create(b, pointerType, pointerType,
                             constant(b.getI64IntegerAttr(buffers.size())));
  for (auto [index, buffer] : llvm::enumerate(buffers)) {
    Value pointer = getPointer(buffer);
    Value address = LLVM::GEPOp::create(b, pointerType, pointerType, array,
                                        ArrayRef<LLVM::GEPArg>{int32_t(index)});
    LLVM::StoreOp::create(b, pointer, address);
  }
  return array;
}

Value CallBuilder::translateCode(Value code) {
  Value result = code;
  for (int32_t tooSmall :
       {ATLED_ERROR_EXHAUSTED_WORKSPACE, ATLED_ERROR_SHORT_WORKSPACE,
        ATLED_ERROR_NULL_WORKSPACE}) {
    Value isTooSmall =
        LLVM::ICmpOp::create(b, LLVM::ICmpPredicate::eq, code,
                             constant(b.getI32IntegerAttr(tooSmall)));
    result = LLVM::SelectOp::create(
        b, isTooSmall,
        constant(b.getI32IntegerAttr(ATLED_ERROR_EXTERNAL_WORKSPACE)), result);
  }
  return result;
}

LogicalResult CallBuilder::build() {
  if (failed(checkSignature()))
    return failure();
  LLVM::LLVMFuncOp symbol = declareSymbol();
  Block *body = function.addEntryBlock();
  b.setInsertionPointToEnd(body);
  ValueRange tensors = ValueRange(body->getArguments()).drop_back();
  Value in = makeArray(tensors.take_front(numInputs));
  Value out = makeArray(tensors.drop_front(numInputs));
  Value workspace =
      workspaceBytes ? getPointer(body->getArguments().back()) : null();
  Value size = constant(b.getIntegerAttr(sizeType, workspaceBytes));
  auto call = LLVM::CallOp::create(
      b, symbol, ValueRange{in, out, null(), workspace, size, null()});
  func::ReturnOp::create(b, translateCode(call.getResult()));
  return success();
}

SmallVector<ExternalFunction> atled::getExternalFunctions(ModuleOp module) {
  SmallVector<ExternalFunction> externals;
  for (auto function : module.getOps<LLVM::LLVMFuncOp>())
    if (auto signature = function->getAttrOfType<StringAttr>(signatureAttrName))
      externals.push_back(
          {function.getName().str(), signature.str(),
           function->getAttrOfType<IntegerAttr>(workspaceBytesAttrName)
               .getInt(),
           function.getLoc()});
  return externals;
}

namespace {
struct CallExternalsPass
    : atled::impl::CallExternalsPassBase<CallExternalsPass> {
  using CallExternalsPassBase::CallExternalsPassBase;

  void runOnOperation() override {
    SymbolTable symbols(getOperation());
    for (auto function :
         llvm::make_early_inc_range(getOperation().getOps<func::FuncOp>())) {
      if (!function.isDeclaration())
        continue;
      if (SymbolTable::symbolKnownUseEmpty(function, getOperation()))
        symbols.erase(function);
      else if (failed(CallBuilder(function, symbols, sizeBits).build()))
        return signalPassFailure();
    }
  }
};
} // namespace
