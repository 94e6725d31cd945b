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

unsigned EntryPoint::countInputDims() const { return countDynamicDims(inputs); }

unsigned EntryPoint::countOutputDims() const {
  return countDynamicDims(outputs);
}

//===----------------------------------------------------------------------===//
// From functions
//===----------------------------------------------------------------------===//

/// Whether the caller says sizes, of something else than residuals.
static bool takesDynamicTensors(func::FuncOp function) {
  return llvm::any_of(
      llvm::enumerate(function.getArgumentTypes()), [&](auto argument) {
        auto tensor = dyn_cast<RankedTensorType>(argument.value());
        return tensor && !tensor.hasStaticShape() &&
               !isResidual(function.getArgAttrDict(argument.index()));
      });
}

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
  if (isResidual && !tensor.hasStaticShape()) {
    InFlightDiagnostic diagnostic = describe(emitError(loc));
    diagnostic << "is what is kept here for the way back, of type " << type
               << ", and C code can only keep what has a known size";
    if (takesDynamicTensors(function))
      diagnostic.attachNote(function.getLoc())
          << "it follows from dimensions that the caller says: give the "
             "arguments static shapes, or ask for '--vjp', which makes one "
             "function of both halves, for any dimensions";
    else
      diagnostic.attachNote(loc)
          << "'ad.max_iterations' or constant bounds on a "
             "loop make it known; #ad.binomial<...> on it, or on a recursive "
             "function beside 'ad.max_depth', needs no bound";
    return diagnostic;
  }
  if (getCType(tensor.getElementType()).empty() &&
      !(isResidual && tensor.getElementType().isIndex()))
    return describe(emitError(loc))
           << "has type " << type << ", and C has no type for "
           << tensor.getElementType();
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
  return success();
}

FailureOr<EntryPoint> EntryPoint::fromTensors(func::FuncOp function,
                                              StringRef symbolPrefix) {
  EntryPoint entry;
  if (failed(setSymbol(entry, function, symbolPrefix)))
    return failure();
  EntryTensors inputs("argument", entry.name), outputs("result", entry.name);
  for (auto [index, type] : llvm::enumerate(function.getArgumentTypes())) {
    DictionaryAttr attributes = function.getArgAttrDict(index);
    Location loc = function.isDeclaration()
                       ? function.getLoc()
                       : function.getArgument(index).getLoc();
    FailureOr<RankedTensorType> tensor = checkTensor(
        type, isResidual(attributes), "argument", index, function, loc);
    if (failed(tensor) || failed(inputs.add(index, *tensor, attributes, loc)))
      return failure();
  }
  for (auto [index, type] : llvm::enumerate(function.getResultTypes())) {
    DictionaryAttr attributes = function.getResultAttrDict(index);
    Location loc = isResidual(attributes) ? getResultLoc(function, index)
                                          : function.getLoc();
    FailureOr<RankedTensorType> tensor = checkTensor(
        type, isResidual(attributes), "result", index, function, loc);
    if (failed(tensor) || failed(outputs.add(index, *tensor, attributes, loc)))
      return failure();
  }
  if (failed(setTensors(entry, inputs, outputs)))
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
    if (output.residualOffsets)
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
  if (!numInputs || !workspaceBytes || !numTrailing || numInputs.getInt() < 0 ||
      numInputs.getInt() >= numArguments || function.getNumResults() != 0)
    return function.emitError()
           << "public function '" << function.getName()
           << "' has no workspace argument or no 'atled.num_inputs': "
              "run 'atled-plan-workspace' first";
  if (failed(setSymbol(entry, function, symbolPrefix)))
    return failure();

  entry.hasArena = function->hasAttr(arenaAttrName);
  entry.tellsPlaces = atled::tellsPlaces(function->getParentOfType<ModuleOp>());
  EntryTensors inputs("argument", entry.name), outputs("result", entry.name);
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
    if (failed(tensors.add(isInput ? i : i - numInputs.getInt(),
                           RankedTensorType::get(shape, elementType),
                           attributes, function.getLoc())))
      return failure();
  }
  if (failed(setTensors(entry, inputs, outputs)))
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
    if (tensor.residualOffsets)
      members.push_back(builder.getNamedAttr(
          "residual_offsets",
          builder.getDenseI64ArrayAttr(*tensor.residualOffsets)));
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
    if (auto offsets = tensor.getAs<DenseI64ArrayAttr>("residual_offsets"))
      tensors.back().residualOffsets = offsets.asArrayRef().vec();
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
  return builder.getDictionaryAttr(members);
}

EntryPoint EntryPoint::fromAttribute(DictionaryAttr attribute) {
  EntryPoint entry;
  entry.name = attribute.getAs<StringAttr>("name").str();
  entry.inputs = readTensorList(attribute, "inputs");
  entry.outputs = readTensorList(attribute, "outputs");
  entry.hasArena = attribute.getAs<BoolAttr>("arena").getValue();
  entry.tellsPlaces = attribute.contains("places");
  entry.fullCallBytes =
      attribute.getAs<IntegerAttr>("full_call_bytes").getInt();
  entry.workspaceBytes =
      attribute.getAs<IntegerAttr>("workspace_bytes").getInt();
  return entry;
}

static bool isTensorList(ArrayAttr list) {
  return list && llvm::all_of(list, [](Attribute attribute) {
           auto tensor = dyn_cast<DictionaryAttr>(attribute);
           auto type = tensor ? tensor.getAs<TypeAttr>("type") : TypeAttr();
           return type && isa<RankedTensorType>(type.getValue()) &&
                  tensor.getAs<StringAttr>("name");
         });
}

bool EntryPoint::isDescription(Attribute attribute) {
  auto entry = dyn_cast<DictionaryAttr>(attribute);
  return entry && entry.getAs<StringAttr>("name") &&
         entry.getAs<BoolAttr>("arena") &&
         entry.getAs<IntegerAttr>("full_call_bytes") &&
         entry.getAs<IntegerAttr>("workspace_bytes") &&
         isTensorList(entry.getAs<ArrayAttr>("inputs")) &&
         isTensorList(entry.getAs<ArrayAttr>("outputs"));
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
