//===- EntryPoint.cpp - A function that C code calls ----------------------===//
//
// Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "atled/Emission/EntryPoint.h"
#include "CNames.h"
#include "mlir/Dialect/LLVMIR/LLVMDialect.h"
#include "llvm/ADT/StringSet.h"
#include "llvm/Support/MathExtras.h"

using namespace atled;

int64_t EntryTensor::getAlignment() const {
  return llvm::divideCeil(type.getElementTypeBitWidth(), 8);
}

int64_t EntryTensor::getBytes() const {
  return type.getNumElements() * getAlignment();
}

//===----------------------------------------------------------------------===//
// Names
//===----------------------------------------------------------------------===//

/// Gives each tensor its name: the attribute `atled.name`, else `in0` or
/// `out0`. `getLoc` tells where the i-th one is written.
static LogicalResult setNames(MutableArrayRef<EntryTensor> tensors,
                              ArrayRef<StringAttr> names, StringRef kind,
                              function_ref<Location(unsigned)> getLoc) {
  llvm::StringMap<unsigned> used;
  for (unsigned i = 0, e = tensors.size(); i != e; ++i) {
    std::string name =
        names[i] ? names[i].str()
                 : (kind == "argument" ? "in" : "out") + Twine(i).str();
    if (!isCIdentifier(name))
      return emitError(getLoc(i)) << kind << " " << i << " is named '" << name
                                  << "', which is no C identifier";
    if (isReservedInC(name))
      name += "_";
    auto [previous, isNew] = used.try_emplace(name, i);
    if (!isNew) {
      InFlightDiagnostic diagnostic = emitError(getLoc(i))
                                      << kind << " " << i << " is named '"
                                      << name << "' in C, and so is " << kind
                                      << " " << previous->second;
      diagnostic.attachNote(getLoc(previous->second))
          << "the other one is here";
      return diagnostic;
    }
    tensors[i].name = std::move(name);
  }
  return success();
}

static LogicalResult setSymbol(EntryPoint &entry, func::FuncOp function,
                               StringRef prefix) {
  entry.name = function.getName().str();
  entry.symbol = (prefix + function.getName()).str();
  if (!isCIdentifier(entry.symbol))
    return function.emitError()
           << "entry '" << entry.symbol << "' is no C identifier";
  if (isReservedInC(entry.symbol))
    return function.emitError()
           << "entry '" << entry.symbol
           << "' is a reserved word of C or C++; rename it";
  if (isLibraryFunction(entry.symbol))
    return function.emitError()
           << "entry '" << entry.symbol
           << "' has the name of a function of the C library, whose place "
              "it would take; rename it";
  return success();
}

//===----------------------------------------------------------------------===//
// From functions
//===----------------------------------------------------------------------===//

/// `type` as a tensor that has a C type, or an error that tells why it has
/// none.
static FailureOr<RankedTensorType> checkTensor(Type type, StringRef kind,
                                               unsigned index, StringRef entry,
                                               Location loc) {
  auto describe = [&](InFlightDiagnostic diagnostic) -> InFlightDiagnostic {
    diagnostic << kind << " " << index << " of entry '" << entry << "' ";
    return diagnostic;
  };
  auto tensor = dyn_cast<RankedTensorType>(type);
  if (!tensor)
    return describe(emitError(loc))
           << "has type " << type
           << ", and C code can only pass tensors of known rank"
           << (type.isIntOrFloat() ? "; a scalar is a 0-d tensor" : "");
  for (auto [dimension, size] : llvm::enumerate(tensor.getShape()))
    if (ShapedType::isDynamic(size))
      return describe(emitError(loc))
             << "has type " << type << ", whose dimension " << dimension
             << " is dynamic; give it a static size, or leave the "
                "function out of the entries";
  if (getCType(tensor.getElementType()).empty())
    return describe(emitError(loc))
           << "has type " << type << ", and C has no type for "
           << tensor.getElementType();
  return tensor;
}

static SmallVector<StringAttr> getNames(ArrayAttr attributes, unsigned count) {
  SmallVector<StringAttr> names(count);
  if (attributes)
    for (auto [name, attribute] :
         llvm::zip_equal(names, attributes.getAsRange<DictionaryAttr>()))
      name = attribute.getAs<StringAttr>("atled.name");
  return names;
}

FailureOr<EntryPoint> EntryPoint::fromTensors(func::FuncOp function,
                                              StringRef symbolPrefix) {
  EntryPoint entry;
  if (failed(setSymbol(entry, function, symbolPrefix)))
    return failure();
  auto getArgumentLoc = [&](unsigned index) {
    return function.isDeclaration() ? function.getLoc()
                                    : function.getArgument(index).getLoc();
  };
  auto getResultLoc = [&](unsigned) { return function.getLoc(); };

  for (auto [index, type] : llvm::enumerate(function.getArgumentTypes())) {
    FailureOr<RankedTensorType> tensor =
        checkTensor(type, "argument", index, entry.name, getArgumentLoc(index));
    if (failed(tensor))
      return failure();
    entry.inputs.push_back({"", *tensor});
  }
  for (auto [index, type] : llvm::enumerate(function.getResultTypes())) {
    FailureOr<RankedTensorType> tensor =
        checkTensor(type, "result", index, entry.name, getResultLoc(index));
    if (failed(tensor))
      return failure();
    entry.outputs.push_back({"", *tensor});
  }
  SmallVector<StringAttr> inputNames =
      getNames(function.getArgAttrsAttr(), entry.inputs.size());
  SmallVector<StringAttr> outputNames =
      getNames(function.getResAttrsAttr(), entry.outputs.size());
  if (failed(setNames(entry.inputs, inputNames, "argument", getArgumentLoc)) ||
      failed(setNames(entry.outputs, outputNames, "result", getResultLoc)))
    return failure();
  return entry;
}

/// How many arguments stand behind those for tensors: what belongs to the
/// arena, the status, the workspace. Nothing if there is no workspace.
static std::optional<unsigned> countTrailing(func::FuncOp function) {
  unsigned count = (function->hasAttr("atled.arena") ? 4 : 0) +
                   (function->hasAttr("atled.status") ? 1 : 0) + 1;
  Type byte = IntegerType::get(function.getContext(), 8);
  if (function.getNumArguments() < count ||
      function.getArgumentTypes().back() !=
          MemRefType::get(ShapedType::kDynamic, byte))
    return std::nullopt;
  return count;
}

FailureOr<EntryPoint> EntryPoint::fromBuffers(func::FuncOp function,
                                              StringRef symbolPrefix) {
  EntryPoint entry;
  auto numInputs = function->getAttrOfType<IntegerAttr>("atled.num_inputs");
  auto workspaceBytes =
      function->getAttrOfType<IntegerAttr>("atled.workspace_bytes");
  unsigned numArguments = function.getNumArguments();
  std::optional<unsigned> numTrailing = countTrailing(function);
  if (!numInputs || !workspaceBytes || !numTrailing || numInputs.getInt() < 0 ||
      numInputs.getInt() >= numArguments || function.getNumResults() != 0)
    return function.emitError()
           << "public function '" << function.getName()
           << "' has no workspace argument or no 'atled.num_inputs': "
              "run 'atled-plan-workspace' first";
  if (failed(setSymbol(entry, function, symbolPrefix)))
    return failure();

  entry.hasArena = function->hasAttr("atled.arena");
  unsigned numTensors = numArguments - *numTrailing;
  SmallVector<StringAttr> names =
      getNames(function.getArgAttrsAttr(), numArguments);
  auto getLoc = [&](unsigned) { return function.getLoc(); };
  for (unsigned i = 0; i < numTensors; ++i) {
    auto buffer = dyn_cast<MemRefType>(function.getArgumentTypes()[i]);
    if (!buffer || !buffer.hasStaticShape() || !buffer.getLayout().isIdentity())
      return function.emitError()
             << "argument " << i << " of public function '"
             << function.getName() << "' is " << function.getArgumentTypes()[i]
             << ", not a buffer of static shape and identity layout";
    Type elementType = buffer.getElementType();
    if (auto original =
            function.getArgAttrOfType<TypeAttr>(i, "atled.element_type"))
      elementType = original.getValue();
    if (getCType(elementType).empty())
      return function.emitError()
             << "argument " << i << " of public function '"
             << function.getName() << "' has elements of type " << elementType
             << ", which C has no type for";
    SmallVector<EntryTensor> &tensors =
        i < numInputs.getInt() ? entry.inputs : entry.outputs;
    tensors.push_back(
        {"", RankedTensorType::get(buffer.getShape(), elementType)});
  }
  ArrayRef<StringAttr> allNames = ArrayRef(names).take_front(numTensors);
  if (failed(setNames(entry.inputs, allNames.take_front(entry.inputs.size()),
                      "argument", getLoc)) ||
      failed(setNames(entry.outputs, allNames.drop_front(entry.inputs.size()),
                      "result", getLoc)))
    return failure();

  entry.workspaceBytes = workspaceBytes.getInt();
  // Room to tell how large the workspace would have had to be.
  if (entry.hasArena)
    entry.workspaceBytes = std::max<int64_t>(entry.workspaceBytes, 64);
  for (const EntryTensor &output : entry.outputs)
    entry.workspaceBytes += llvm::alignTo(output.getBytes(), 64);
  return entry;
}

//===----------------------------------------------------------------------===//
// The attribute
//===----------------------------------------------------------------------===//

static NamedAttribute makeTensorList(Builder &builder, StringRef name,
                                     ArrayRef<EntryTensor> tensors) {
  SmallVector<Attribute> attributes;
  for (const EntryTensor &tensor : tensors)
    attributes.push_back(builder.getDictionaryAttr(
        {builder.getNamedAttr("name", builder.getStringAttr(tensor.name)),
         builder.getNamedAttr("type", TypeAttr::get(tensor.type))}));
  return builder.getNamedAttr(name, builder.getArrayAttr(attributes));
}

static SmallVector<EntryTensor> readTensorList(DictionaryAttr attribute,
                                               StringRef name) {
  SmallVector<EntryTensor> tensors;
  for (auto tensor :
       attribute.getAs<ArrayAttr>(name).getAsRange<DictionaryAttr>())
    tensors.push_back(
        {tensor.getAs<StringAttr>("name").str(),
         cast<RankedTensorType>(tensor.getAs<TypeAttr>("type").getValue())});
  return tensors;
}

DictionaryAttr EntryPoint::toAttribute(MLIRContext *context) const {
  Builder builder(context);
  return builder.getDictionaryAttr(
      {builder.getNamedAttr("name", builder.getStringAttr(name)),
       makeTensorList(builder, "inputs", inputs),
       makeTensorList(builder, "outputs", outputs),
       builder.getNamedAttr("arena", builder.getBoolAttr(hasArena)),
       builder.getNamedAttr("workspace_bytes",
                            builder.getI64IntegerAttr(workspaceBytes))});
}

EntryPoint EntryPoint::fromAttribute(DictionaryAttr attribute) {
  EntryPoint entry;
  entry.name = attribute.getAs<StringAttr>("name").str();
  entry.inputs = readTensorList(attribute, "inputs");
  entry.outputs = readTensorList(attribute, "outputs");
  entry.hasArena = attribute.getAs<BoolAttr>("arena").getValue();
  entry.workspaceBytes =
      attribute.getAs<IntegerAttr>("workspace_bytes").getInt();
  return entry;
}

SmallVector<EntryPoint> atled::getEntryPoints(ModuleOp module) {
  SmallVector<EntryPoint> entries;
  for (auto function : module.getOps<LLVM::LLVMFuncOp>()) {
    auto attribute = function->getAttrOfType<DictionaryAttr>("atled.entry");
    if (!attribute)
      continue;
    entries.push_back(EntryPoint::fromAttribute(attribute));
    entries.back().symbol = function.getName().str();
  }
  return entries;
}
