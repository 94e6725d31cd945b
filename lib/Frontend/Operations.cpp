//===- Operations.cpp - Writes one operation of a trace -------------------===//
//
// Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Any operation of the dialect, by its name: the functions that a user calls
// are generated from the definitions and end here, so that an operation needs
// no code of its own.
//
//===----------------------------------------------------------------------===//

#include "Operations.h"
#include "Recording.h"
#include "Refinement.h"
#include "atled/Dialect/AD/IR/AD.h"
#include "atled/Dialect/Atled/IR/Atled.h"
#include "mlir/AsmParser/AsmParser.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"
#include "mlir/Interfaces/InferTypeOpInterface.h"

using namespace atled;

//===----------------------------------------------------------------------===//
// Attributes
//===----------------------------------------------------------------------===//

static ElementsAttr makeElements(atled_type interfaceType, const void *data) {
  RankedTensorType type = getTensorType(interfaceType);
  size_t count = type.getNumElements();
  if (isBooleanElement(type.getElementType()))
    return DenseElementsAttr::get(
        type, ArrayRef(static_cast<const bool *>(data), count));
  size_t bytes = count * type.getElementTypeBitWidth() / 8;
  return DenseElementsAttr::getFromRawBuffer(
      type, ArrayRef(static_cast<const char *>(data), bytes));
}

static Attribute makeAttribute(const atled_attribute &attribute,
                               OpBuilder &builder) {
  switch (attribute.kind) {
  case ATLED_ATTRIBUTE_INTEGER:
    return builder.getIntegerAttr(builder.getIntegerType(attribute.width),
                                  attribute.integer);
  case ATLED_ATTRIBUTE_REAL:
    return builder.getFloatAttr(attribute.width == 32
                                    ? Type(builder.getF32Type())
                                    : Type(builder.getF64Type()),
                                attribute.real);
  case ATLED_ATTRIBUTE_STRING:
    return builder.getStringAttr(attribute.text);
  case ATLED_ATTRIBUTE_TEXT:
    return parseAttribute(attribute.text, builder.getContext());
  case ATLED_ATTRIBUTE_INTEGERS:
    return builder.getDenseI64ArrayAttr(
        ArrayRef(attribute.integers, attribute.count));
  case ATLED_ATTRIBUTE_TENSOR:
    return makeElements(attribute.type, attribute.data);
  case ATLED_ATTRIBUTE_UNIT:
    return builder.getUnitAttr();
  default:
    llvm_unreachable("unknown kind of attribute");
  }
}

/// How many dimensions there are of which `dimension` or `dimensions` of an
/// operation are some: of the result, where the user says its type, and else of
/// the first operand.
static int64_t getNamedRank(const OperationState &state,
                            const atled_operation &operation,
                            const atled_attribute &dimensions) {
  if (operation.result)
    return operation.result->rank;
  if (state.operands.empty())
    return 0;
  int64_t rank =
      cast<RankedTensorType>(state.operands.front().getType()).getRank();
  // Each of the result's is two of the operand's.
  if (state.name.getStringRef() == OverlapAddOp::getOperationName())
    rank -= static_cast<int64_t>(dimensions.count);
  return rank;
}

/// Whether the order of `dimensions` says something.
static bool isOrdered(OperationName name) {
  return llvm::is_contained({BroadcastOp::getOperationName(),
                             UnfoldOp::getOperationName(),
                             OverlapAddOp::getOperationName()},
                            name.getStringRef());
}

/// As in NumPy, a negative dimension is counted from the last, and several are
/// in any order. One that there is not stays as it is, for the message that
/// says so.
static Attribute readDimensions(Attribute dimensions, int64_t rank,
                                OperationName name) {
  auto count = [&](int64_t dimension) {
    return dimension < 0 && dimension >= -rank ? dimension + rank : dimension;
  };
  if (auto one = dyn_cast<IntegerAttr>(dimensions))
    return IntegerAttr::get(one.getType(), count(one.getInt()));
  auto several = llvm::map_to_vector(
      cast<DenseI64ArrayAttr>(dimensions).asArrayRef(), count);
  if (!isOrdered(name))
    llvm::sort(several);
  return DenseI64ArrayAttr::get(dimensions.getContext(), several);
}

/// A literal that is compared with is a bound, not a variable: at the bound a
/// function like maximum(x, 0) has the derivative of relu.
static void addTie(OperationState &state, ArrayRef<Operand> operands,
                   OpBuilder &builder) {
  if (state.name.getStringRef() != MaximumOp::getOperationName() &&
      state.name.getStringRef() != MinimumOp::getOperationName())
    return;
  if (llvm::none_of(operands,
                    [](const Operand &operand) { return operand.isNumber(); }))
    return;
  if (!state.attributes.get("tie"))
    state.addAttribute("tie", TieAttr::get(builder.getContext(), Tie::zero));
}

//===----------------------------------------------------------------------===//
// Operations
//===----------------------------------------------------------------------===//

static FailureOr<SmallVector<Operand>>
readOperands(const atled_operation &operation, const Trace &trace,
             Location location) {
  SmallVector<Operand> operands;
  for (size_t i = 0; i < operation.operand_count; ++i) {
    Operand operand{operation.operands[i], operation.roles[i], nullptr};
    if (!operand.isNumber()) {
      FailureOr<Value> value = trace.resolve(operand.given.value, location);
      if (failed(value))
        return failure();
      operand.value = *value;
    }
    operands.push_back(operand);
  }
  return operands;
}

/// Adds the types of the results. Emits an error where the operands do not fit.
static LogicalResult inferTypes(OperationState &state) {
  RegisteredOperationName name = *state.name.getRegisteredInfo();
  auto *interface = name.getInterface<InferTypeOpInterface>();
  assert(interface && "an operation says its type, or the user does");
  DictionaryAttr attributes =
      state.attributes.getDictionary(state.getContext());
  // The attributes as the operation keeps them, for as long as this takes.
  SmallVector<char> storage(name.getOpPropertyByteSize());
  OpaqueProperties properties(storage.empty() ? nullptr : storage.data());
  if (!properties)
    return interface->inferReturnTypes(state.getContext(), state.location,
                                       state.operands, attributes, properties,
                                       state.regions, state.types);
  name.initOpProperties(properties, nullptr);
  auto emit = [&] { return emitError(state.location); };
  LogicalResult result = name.setOpPropertiesFromAttribute(
      state.name, properties, attributes, emit);
  if (succeeded(result))
    result = interface->inferReturnTypes(state.getContext(), state.location,
                                         state.operands, attributes, properties,
                                         state.regions, state.types);
  name.destroyOpProperties(properties);
  return result;
}

/// Extents as the dialect takes them, in the place of integers.
static LogicalResult takeExtents(OpBuilder &builder, Location location,
                                 ArrayRef<Operand> operands,
                                 MutableArrayRef<Value> values) {
  for (auto [operand, value] : llvm::zip_equal(operands, values)) {
    if (operand.role != ATLED_EXTENTS)
      continue;
    FailureOr<Value> extent = readIndex(builder, location, value, "an extent");
    if (failed(extent))
      return failure();
    value = *extent;
  }
  return success();
}

/// What follows from no operand has to be told each of its dynamic extents.
static LogicalResult checkExtents(const atled_operation &operation,
                                  ArrayRef<Operand> operands,
                                  OperationName name, Location location) {
  bool isToldAll = llvm::is_contained(
      {IotaOp::getOperationName(), RandomBitsOp::getOperationName(),
       RandomUniformOp::getOperationName(), RandomNormalOp::getOperationName()},
      name.getStringRef());
  if (!isToldAll)
    return success();
  size_t told = llvm::count_if(operands, [](const Operand &operand) {
    return operand.role == ATLED_EXTENTS;
  });
  RankedTensorType type = getTensorType(*operation.result);
  if (told == type.getNumDynamicDims())
    return success();
  return emitError(location)
         << "'" << name << "' is to give a tensor of "
         << formatType(*operation.result) << ", and is told " << told
         << " of its " << type.getNumDynamicDims()
         << " dynamic extents; atled::extent(x, 0) is one of a tensor, and "
            "atled::dynamic_extents(x) are all";
}

/// Booleans are no numbers, and the types that the dialect lists are no cure.
static LogicalResult checkNumbers(OperationName name, ValueRange values,
                                  Location location) {
  bool isArithmetic = llvm::is_contained(
      {AddOp::getOperationName(), SubOp::getOperationName(),
       MulOp::getOperationName(), DivOp::getOperationName(),
       RemOp::getOperationName(), NegOp::getOperationName(),
       AbsOp::getOperationName(), MaximumOp::getOperationName(),
       MinimumOp::getOperationName()},
      name.getStringRef());
  if (!isArithmetic || values.empty() ||
      !isBooleanElement(getElementTypeOrSelf(values.front())))
    return success();
  return emitError(location)
         << "'" << name << "' takes numbers, and booleans are given; "
         << "convert(x, DType::int64) makes them 0 and 1, and and_, or_, xor_ "
            "and not_ compute with them";
}

FailureOr<Operation *> atled::writeOperation(const atled_operation &operation,
                                             ArrayRef<Operand> operands,
                                             const Trace &trace,
                                             Location location) {
  OpBuilder builder = trace.getBuilder();
  OperationState state(location, operation.name);
  std::optional<RegisteredOperationName> name = state.name.getRegisteredInfo();
  if (!name)
    return emitError(location)
           << "libatled does not know the operation '" << operation.name
           << "'; it is older than the header";
  FailureOr<SmallVector<Value>> values = coerce(
      builder, location, operands, name->hasTrait<OpTrait::Elementwise>());
  if (failed(values) || failed(checkNumbers(*name, *values, location)) ||
      failed(checkExtents(operation, operands, *name, location)) ||
      failed(takeExtents(builder, location, operands, *values)))
    return failure();
  state.addOperands(*values);
  for (const atled_attribute &attribute :
       ArrayRef(operation.attributes, operation.attribute_count)) {
    Attribute value = makeAttribute(attribute, builder);
    StringRef key = attribute.name;
    if (key == "dimension" || key == "dimensions")
      value = readDimensions(value, getNamedRank(state, operation, attribute),
                             *name);
    state.addAttribute(key, value);
  }
  if (name->hasTrait<OpTrait::AttrSizedOperandSegments>())
    state.addAttribute("operandSegmentSizes",
                       builder.getDenseI32ArrayAttr(ArrayRef(
                           operation.segments, operation.segment_count)));
  addTie(state, operands, builder);
  refineOperands(builder, state);
  if (operation.result)
    state.addTypes(getTensorType(*operation.result));
  else if (failed(inferTypes(state)))
    return failure();
  Operation *op = builder.create(state);
  if (failed(trace.verify(op)))
    return failure();
  return op;
}

//===----------------------------------------------------------------------===//
// The interface
//===----------------------------------------------------------------------===//

/// Whether there is a tensor of the type that the user asks for.
static int checkResult(const atled_operation &operation, atled_location place) {
  const atled_type *type = operation.result;
  if (!type || hasExtents(*type, /*orDynamic=*/isTracing()))
    return ATLED_SUCCESS;
  return setLastError(place, "'" + Twine(operation.name) +
                                 "' is to give a tensor of " +
                                 formatType(*type) +
                                 ", and there is none: an extent is no number "
                                 "from 0 on");
}

int atled_emit(const atled_operation *operation, atled_location place,
               atled_value *results) {
  if (int status = checkResult(*operation, place))
    return status;
  if (!isTracing())
    return recordOperation(*operation, place, results);
  return runInSession(place, [&]() -> LogicalResult {
    Location location = getLocation(place);
    Trace &trace = getInnermostTrace();
    FailureOr<SmallVector<Operand>> operands =
        readOperands(*operation, trace, location);
    if (failed(operands))
      return failure();
    FailureOr<Operation *> op =
        writeOperation(*operation, *operands, trace, location);
    if (failed(op))
      return failure();
    trace.getHandles((*op)->getResults(), results);
    return success();
  });
}

int atled_extent(atled_value x, int64_t dimension, atled_location place,
                 atled_value *result) {
  return runInSession(place, [&]() -> LogicalResult {
    Location location = getLocation(place);
    if (!isTracing())
      return emitError(location) << explainMissing(x);
    Trace &trace = getInnermostTrace();
    FailureOr<Value> value = trace.resolve(x, location);
    if (failed(value))
      return failure();
    OpBuilder builder = trace.getBuilder();
    Value extent = tensor::DimOp::create(builder, location, *value, dimension);
    *result = trace.getHandle(makeInteger(builder, location, extent));
    return success();
  });
}

int atled_detach(atled_value x, atled_location place, atled_value *result) {
  if (!isTracing())
    return detachRecorded(x, place, *result);
  return runInSession(place, [&]() -> LogicalResult {
    Location location = getLocation(place);
    Trace &trace = getInnermostTrace();
    FailureOr<Value> value = trace.resolve(x, location);
    if (failed(value))
      return failure();
    OpBuilder builder = trace.getBuilder();
    *result = trace.getHandle(ad::DetachOp::create(builder, location, *value));
    return success();
  });
}
