//===- EntryPoint.cpp - A function that C code calls ----------------------===//
//
// Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "atled/Emission/EntryPoint.h"
#include "CNames.h"
#include "EntryTensors.h"
#include "FailurePlaces.h"
#include "ParallelFor.h"
#include "UnwantedOutputs.h"
#include "atled/Support/Attributes.h"
#include "atled/Support/ByteSize.h"
#include "atled/atled.h"
#include "mlir/Dialect/LLVMIR/LLVMDialect.h"
#include "llvm/Support/MathExtras.h"

using namespace atled;

//===----------------------------------------------------------------------===//
// Names
//===----------------------------------------------------------------------===//

static LogicalResult setSymbol(EntryPoint &entry, func::FuncOp function,
                               StringRef prefix) {
  entry.name = function.getName().str();
  entry.symbol = (prefix + function.getName()).str();
  entry.location = function.getLoc();
  return checkSymbol("entry", entry.symbol, [&](const Twine &message) {
    return function.emitError(message);
  });
}

static unsigned countDynamicDims(ArrayRef<EntryTensor> tensors) {
  unsigned count = 0;
  for (const EntryTensor &tensor : tensors)
    count += tensor.type.getNumDynamicDims();
  return count;
}

unsigned EntryPoint::countDims() const {
  return countDynamicDims(getSizedByCaller());
}

unsigned EntryPoint::countInputDims() const { return countDynamicDims(inputs); }

unsigned EntryPoint::countOutputDims() const {
  return countDynamicDims(outputs);
}

const EntryTensor *EntryPoint::getResiduals() const {
  for (ArrayRef<EntryTensor> tensors :
       {ArrayRef<EntryTensor>(inputs), ArrayRef<EntryTensor>(outputs)})
    for (const EntryTensor &tensor : tensors)
      if (tensor.residuals)
        return &tensor;
  return nullptr;
}

std::optional<unsigned> EntryPoint::findToldDims() const {
  if (forwardInputs)
    for (auto [index, input] : llvm::enumerate(inputs))
      if (input.residuals)
        return index;
  return std::nullopt;
}

int64_t EntryPoint::getResidualsBegin() const {
  return llvm::alignTo(countDims() * sizeof(int64_t), ATLED_WORKSPACE_ALIGN);
}

/// Sets the types of residuals: so many bytes.
static LogicalResult sizeResiduals(EntryPoint &entry) {
  for (MutableArrayRef<EntryTensor> tensors :
       {MutableArrayRef<EntryTensor>(entry.inputs),
        MutableArrayRef<EntryTensor>(entry.outputs)})
    for (EntryTensor &tensor : tensors) {
      if (!tensor.residuals)
        continue;
      int64_t bytes = entry.getResidualsBegin();
      for (RankedTensorType type : *tensor.residuals)
        if (type.hasStaticShape())
          bytes =
              std::min(bytes + int64_t(llvm::alignTo(getResidualBytes(type),
                                                     ATLED_WORKSPACE_ALIGN)),
                       kMostResidualBytes);
      if (bytes == kMostResidualBytes)
        return emitError(entry.location)
               << "the residuals of entry '" << entry.name
               << "' have 2^62 bytes or more";
      bool isStatic =
          llvm::all_of(*tensor.residuals, [](RankedTensorType type) {
            return type.hasStaticShape();
          });
      tensor.type =
          tensor.type.clone({isStatic ? bytes : ShapedType::kDynamic});
    }
  return success();
}

//===----------------------------------------------------------------------===//
// From functions
//===----------------------------------------------------------------------===//

/// `type` as a tensor that has a C type, or an error that tells why it has
/// none. Nobody looks into a residual, so that may also have elements of type
/// index.
static FailureOr<RankedTensorType> checkTensor(Type type, bool isResidual,
                                               StringRef kind, unsigned index,
                                               func::FuncOp function,
                                               Location loc) {
  auto describe = [&](InFlightDiagnostic diagnostic) -> InFlightDiagnostic {
    diagnostic << kind << " " << index << " of entry '" << function.getName()
               << "' ";
    return diagnostic;
  };
  auto tensor = dyn_cast<RankedTensorType>(type);
  if (!tensor)
    return describe(emitError(loc))
           << "has type " << type
           << ", and C code can only pass tensors of known rank"
           << (type.isIntOrFloat() ? "; a scalar is a 0-d tensor" : "");
  if (isResidual && kind == "argument" && !tensor.hasStaticShape() &&
      !function->hasAttr(forwardAttrName))
    return describe(emitError(loc))
           << "is what has been kept for the way back, of type " << type
           << ", and without '" << forwardAttrName << "' nobody says its size";
  if (getCType(tensor.getElementType()).empty() &&
      !(isResidual && tensor.getElementType().isIndex()))
    return describe(emitError(loc))
           << "has type " << type << ", and C has no type for "
           << tensor.getElementType();
  if (!isAddressable(tensor) && !isResidual)
    return describe(emitError(loc))
           << "has type " << type << ", which has 2^63 bytes or more";
  return tensor;
}

/// Where result `index` of `function` is computed: where it only hands on what
/// another returns, that is there.
static Location getResultLoc(func::FuncOp function, unsigned index) {
  Location location = function.getLoc();
  // Functions that call each other may hand on nothing for ever.
  DenseSet<Operation *> visited;
  while (function && function.getBody().hasOneBlock() &&
         visited.insert(function).second) {
    Value value = function.getBody().front().getTerminator()->getOperand(index);
    location = value.getLoc();
    auto call = value.getDefiningOp<func::CallOp>();
    if (!call)
      break;
    index = cast<OpResult>(value).getResultNumber();
    function = SymbolTable::lookupNearestSymbolFrom<func::FuncOp>(
        call, call.getCalleeAttr());
  }
  return location;
}

static LogicalResult setTensors(EntryPoint &entry, EntryTensors &inputs,
                                EntryTensors &outputs) {
  FailureOr<SmallVector<EntryTensor>> in = inputs.take();
  if (failed(in))
    return failure();
  FailureOr<SmallVector<EntryTensor>> out = outputs.take();
  if (failed(out))
    return failure();
  entry.inputs = std::move(*in);
  entry.outputs = std::move(*out);
  return sizeResiduals(entry);
}

/// Describes the first half of the derivative whose second half `function` is,
/// with `describe`, for its inputs.
static LogicalResult setForwardInputs(
    EntryPoint &entry, func::FuncOp function, StringRef symbolPrefix,
    function_ref<FailureOr<EntryPoint>(func::FuncOp, StringRef)> describe) {
  FailureOr<func::FuncOp> forward = findForward(function);
  if (failed(forward))
    return failure();
  if (!*forward)
    return success();
  FailureOr<EntryPoint> first = describe(*forward, symbolPrefix);
  if (failed(first))
    return failure();
  entry.forwardInputs = std::move(first->inputs);
  return success();
}

FailureOr<EntryPoint> EntryPoint::fromTensors(func::FuncOp function,
                                              StringRef symbolPrefix) {
  EntryPoint entry;
  if (failed(setSymbol(entry, function, symbolPrefix)))
    return failure();
  EntryTensors inputs("argument"), outputs("result");
  for (auto [index, type] : llvm::enumerate(function.getArgumentTypes())) {
    DictionaryAttr attributes = function.getArgAttrDict(index);
    Location loc = function.isDeclaration()
                       ? function.getLoc()
                       : function.getArgument(index).getLoc();
    FailureOr<RankedTensorType> tensor = checkTensor(
        type, isResidual(attributes), "argument", index, function, loc);
    if (failed(tensor))
      return failure();
    inputs.add(index, *tensor, attributes, loc);
  }
  for (auto [index, type] : llvm::enumerate(function.getResultTypes())) {
    DictionaryAttr attributes = function.getResultAttrDict(index);
    Location loc = isResidual(attributes) ? getResultLoc(function, index)
                                          : function.getLoc();
    FailureOr<RankedTensorType> tensor = checkTensor(
        type, isResidual(attributes), "result", index, function, loc);
    if (failed(tensor))
      return failure();
    outputs.add(index, *tensor, attributes, loc);
  }
  if (failed(setForwardInputs(entry, function, symbolPrefix, fromTensors)) ||
      failed(setTensors(entry, inputs, outputs)))
    return failure();
  return entry;
}

/// How many arguments stand behind those for tensors: dynamic dimensions, the
/// caller's threads, what belongs to the arena, the status, the workspace.
/// Nothing if there is no workspace.
static std::optional<unsigned> countTrailing(func::FuncOp function) {
  auto numDims = function->getAttrOfType<IntegerAttr>(numDimsAttrName);
  unsigned count = (numDims ? numDims.getInt() : 0) +
                   (function->hasAttr(execAttrName) ? 1 : 0) +
                   (function->hasAttr(arenaAttrName) ? 4 : 0) +
                   (function->hasAttr(statusAttrName) ? 1 : 0) + 1;
  Type byte = IntegerType::get(function.getContext(), 8);
  if (function.getNumArguments() < count ||
      function.getArgumentTypes().back() !=
          MemRefType::get(ShapedType::kDynamic, byte))
    return std::nullopt;
  return count;
}

/// The input of the entry that argument `argument` of `function` is.
static unsigned getInput(func::FuncOp function, unsigned argument) {
  unsigned input = 0;
  bool hasResiduals = false;
  for (unsigned i = 0; i != argument; ++i)
    if (!isResidual(function.getArgAttrDict(i)) ||
        !std::exchange(hasResiduals, true))
      ++input;
  return input;
}

/// Finds out where outputs are: in whose place, and whether they need room
/// where nobody wants them.
static void placeOutputs(EntryPoint &entry, func::FuncOp function) {
  unsigned index = 0,
           numInputs =
               function->getAttrOfType<IntegerAttr>(numInputsAttrName).getInt();
  for (EntryTensor &output : entry.outputs) {
    if (output.residuals)
      continue;
    while (isResidual(function.getArgAttrDict(numInputs + index)))
      ++index;
    if (auto place = function.getArgAttrOfType<IntegerAttr>(numInputs + index,
                                                            inPlaceAttrName)) {
      output.accumulates =
          function.getArgAttr(place.getInt(), accumulatorAttrName) != nullptr;
      if (!output.accumulates)
        output.donated = getInput(function, place.getInt());
    }
    output.needsRoom =
        !output.isAlwaysWanted() && !isTouchedOnlyIfWanted(function, index);
    ++index;
    if (output.needsRoom && output.type.hasStaticShape())
      entry.workspaceBytes += llvm::alignTo(output.getBytes(), 64);
  }
}

FailureOr<EntryPoint> EntryPoint::fromBuffers(func::FuncOp function,
                                              StringRef symbolPrefix) {
  EntryPoint entry;
  auto numInputs = function->getAttrOfType<IntegerAttr>(numInputsAttrName);
  auto workspaceBytes =
      function->getAttrOfType<IntegerAttr>(workspaceBytesAttrName);
  unsigned numArguments = function.getNumArguments();
  std::optional<unsigned> numTrailing = countTrailing(function);
  if (!numInputs || !workspaceBytes || !numTrailing ||
      numInputs.getInt() >= numArguments || function.getNumResults() != 0)
    return function.emitError()
           << "public function '" << function.getName()
           << "' has no workspace argument or no 'atled.num_inputs': "
              "run 'atled-plan-workspace' first";
  if (failed(setSymbol(entry, function, symbolPrefix)))
    return failure();

  entry.hasArena = function->hasAttr(arenaAttrName);
  entry.tellsPlaces = atled::tellsPlaces(function->getParentOfType<ModuleOp>());
  EntryTensors inputs("argument"), outputs("result");
  for (unsigned i = 0, e = numArguments - *numTrailing; i != e; ++i) {
    auto buffer = dyn_cast<MemRefType>(function.getArgumentTypes()[i]);
    if (!buffer || !buffer.hasStaticShape() || !buffer.getLayout().isIdentity())
      return function.emitError()
             << "argument " << i << " of public function '"
             << function.getName() << "' is " << function.getArgumentTypes()[i]
             << ", not a buffer of static shape and identity layout";
    // What the caller says by which outputs are NULL, and what outputs hold.
    if (function.getArgAttr(i, wantedAttrName) ||
        function.getArgAttr(i, accumulatorAttrName))
      continue;
    DictionaryAttr attributes = function.getArgAttrDict(i);
    Type elementType = buffer.getElementType();
    if (auto original =
            function.getArgAttrOfType<TypeAttr>(i, elementTypeAttrName))
      elementType = original.getValue();
    if (getCType(elementType).empty() &&
        !(isResidual(attributes) && elementType.isIndex()))
      return function.emitError()
             << "argument " << i << " of public function '"
             << function.getName() << "' has elements of type " << elementType
             << ", which C has no type for";
    ArrayRef<int64_t> shape = buffer.getShape();
    if (auto whole =
            function.getArgAttrOfType<DenseI64ArrayAttr>(i, shapeAttrName))
      shape = whole.asArrayRef();
    bool isInput = i < numInputs.getInt();
    EntryTensors &tensors = isInput ? inputs : outputs;
    tensors.add(isInput ? i : i - numInputs.getInt(),
                RankedTensorType::get(shape, elementType), attributes,
                function.getLoc());
  }
  if (failed(setForwardInputs(entry, function, symbolPrefix, fromBuffers)) ||
      failed(setTensors(entry, inputs, outputs)))
    return failure();

  entry.fullCallBytes = workspaceBytes.getInt();
  // Room to tell how large the workspace would have had to be, and where it is
  // that the call has failed.
  if (entry.hasArena || entry.tellsPlaces)
    entry.fullCallBytes = std::max<int64_t>(entry.fullCallBytes, 64);
  entry.workspaceBytes = entry.fullCallBytes;
  placeOutputs(entry, function);
  // So that an array of as many bytes is one in C.
  entry.workspaceBytes = std::max<int64_t>(entry.workspaceBytes, 64);
  return entry;
}

//===----------------------------------------------------------------------===//
// The attribute
//===----------------------------------------------------------------------===//

static NamedAttribute makeTensorList(Builder &builder, StringRef name,
                                     ArrayRef<EntryTensor> tensors) {
  SmallVector<Attribute> attributes;
  for (const EntryTensor &tensor : tensors) {
    SmallVector<NamedAttribute> members = {
        builder.getNamedAttr("name", builder.getStringAttr(tensor.name)),
        builder.getNamedAttr("type", TypeAttr::get(tensor.type))};
    if (tensor.residuals) {
      SmallVector<Type> types(tensor.residuals->begin(),
                              tensor.residuals->end());
      members.push_back(
          builder.getNamedAttr("residuals", builder.getTypeArrayAttr(types)));
    }
    if (tensor.needsRoom)
      members.push_back(
          builder.getNamedAttr("needs_room", builder.getUnitAttr()));
    if (tensor.accumulates)
      members.push_back(
          builder.getNamedAttr("accumulates", builder.getUnitAttr()));
    if (tensor.donated)
      members.push_back(builder.getNamedAttr(
          "donated", builder.getI64IntegerAttr(*tensor.donated)));
    attributes.push_back(builder.getDictionaryAttr(members));
  }
  return builder.getNamedAttr(name, builder.getArrayAttr(attributes));
}

static SmallVector<EntryTensor> readTensorList(DictionaryAttr attribute,
                                               StringRef name) {
  SmallVector<EntryTensor> tensors;
  for (auto tensor :
       attribute.getAs<ArrayAttr>(name).getAsRange<DictionaryAttr>()) {
    tensors.push_back(
        {tensor.getAs<StringAttr>("name").str(),
         cast<RankedTensorType>(tensor.getAs<TypeAttr>("type").getValue()),
         std::nullopt, tensor.contains("needs_room"),
         tensor.contains("accumulates")});
    if (auto donated = tensor.getAs<IntegerAttr>("donated"))
      tensors.back().donated = donated.getInt();
    if (auto residuals = tensor.getAs<ArrayAttr>("residuals")) {
      tensors.back().residuals.emplace();
      for (Type type : residuals.getAsValueRange<TypeAttr>())
        tensors.back().residuals->push_back(cast<RankedTensorType>(type));
    }
  }
  return tensors;
}

DictionaryAttr EntryPoint::toAttribute(MLIRContext *context) const {
  Builder builder(context);
  SmallVector<NamedAttribute> members = {
      builder.getNamedAttr("name", builder.getStringAttr(name)),
      makeTensorList(builder, "inputs", inputs),
      makeTensorList(builder, "outputs", outputs),
      builder.getNamedAttr("arena", builder.getBoolAttr(hasArena)),
      builder.getNamedAttr("full_call_bytes",
                           builder.getI64IntegerAttr(fullCallBytes)),
      builder.getNamedAttr("workspace_bytes",
                           builder.getI64IntegerAttr(workspaceBytes))};
  if (tellsPlaces)
    members.push_back(builder.getNamedAttr("places", builder.getUnitAttr()));
  if (forwardInputs)
    members.push_back(
        makeTensorList(builder, "forward_inputs", *forwardInputs));
  return builder.getDictionaryAttr(members);
}

EntryPoint EntryPoint::fromAttribute(DictionaryAttr attribute) {
  EntryPoint entry;
  entry.name = attribute.getAs<StringAttr>("name").str();
  entry.inputs = readTensorList(attribute, "inputs");
  entry.outputs = readTensorList(attribute, "outputs");
  entry.hasArena = attribute.getAs<BoolAttr>("arena").getValue();
  entry.tellsPlaces = attribute.contains("places");
  if (attribute.contains("forward_inputs"))
    entry.forwardInputs = readTensorList(attribute, "forward_inputs");
  entry.fullCallBytes =
      attribute.getAs<IntegerAttr>("full_call_bytes").getInt();
  entry.workspaceBytes =
      attribute.getAs<IntegerAttr>("workspace_bytes").getInt();
  return entry;
}

static bool isTensorList(ArrayAttr list) {
  auto isTensorType = [](Attribute attribute) {
    auto type = dyn_cast_or_null<TypeAttr>(attribute);
    return type && isa<RankedTensorType>(type.getValue());
  };
  return list && llvm::all_of(list, [&](Attribute attribute) {
           auto tensor = dyn_cast<DictionaryAttr>(attribute);
           if (!tensor || !isTensorType(tensor.get("type")) ||
               !tensor.getAs<StringAttr>("name"))
             return false;
           auto residuals = tensor.getAs<ArrayAttr>("residuals");
           return !residuals || llvm::all_of(residuals, isTensorType);
         });
}

bool EntryPoint::isDescription(Attribute attribute) {
  auto entry = dyn_cast<DictionaryAttr>(attribute);
  return entry && entry.getAs<StringAttr>("name") &&
         entry.getAs<BoolAttr>("arena") &&
         entry.getAs<IntegerAttr>("full_call_bytes") &&
         entry.getAs<IntegerAttr>("workspace_bytes") &&
         isTensorList(entry.getAs<ArrayAttr>("inputs")) &&
         isTensorList(entry.getAs<ArrayAttr>("outputs")) &&
         (!entry.contains("forward_inputs") ||
          isTensorList(entry.getAs<ArrayAttr>("forward_inputs")));
}

SmallVector<EntryPoint> atled::getEntryPoints(ModuleOp module) {
  SmallVector<EntryPoint> entries;
  for (auto function : module.getOps<LLVM::LLVMFuncOp>()) {
    auto attribute = function->getAttrOfType<DictionaryAttr>(entryAttrName);
    if (!attribute)
      continue;
    entries.push_back(EntryPoint::fromAttribute(attribute));
    entries.back().symbol = function.getName().str();
    entries.back().location = function.getLoc();
  }
  return entries;
}
