//===- ControlFlow.cpp - Branches, loops and checkpoints of a trace -------===//
//
// Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Coercion.h"
#include "Refinement.h"
#include "Trace.h"
#include "atled/Dialect/AD/IR/AD.h"
#include "atled/Dialect/Atled/IR/Atled.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/SCF/IR/SCF.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"

using namespace atled;

//===----------------------------------------------------------------------===//
// Bodies
//===----------------------------------------------------------------------===//

int atled_region_begin(const atled_type *types, size_t count, int32_t counted,
                       atled_location place, atled_value *arguments) {
  return runInSession(place, [&]() -> LogicalResult {
    Location location = getLocation(place);
    assert(isTracing() && "where nothing is traced, C++ decides");
    Trace &trace = getInnermostTrace();
    SmallVector<Type> tensorTypes;
    for (const atled_type &type : ArrayRef(types, count))
      tensorTypes.push_back(getTensorType(type));
    trace.getHandles(trace.beginRegion(tensorTypes, counted, location),
                     arguments);
    return success();
  });
}

int atled_region_end(const atled_value *results, size_t count,
                     atled_location place, atled_region **region) {
  return runInSession(place, [&]() -> LogicalResult {
    Location location = getLocation(place);
    Trace &trace = getInnermostTrace();
    FailureOr<SmallVector<Value>> values =
        trace.resolve(ArrayRef(results, count), location);
    std::unique_ptr<atled_region> ended = trace.endRegion();
    if (failed(values)) {
      trace.drop(std::move(ended));
      return failure();
    }
    ended->results = std::move(*values);
    *region = ended.release();
    return success();
  });
}

void atled_region_abort(void) {
  runLocked([&] {
    Trace &trace = getInnermostTrace();
    trace.drop(trace.endRegion());
  });
}

void atled_region_drop(atled_region *region) {
  runLocked(
      [&] { getTraces().back()->drop(std::unique_ptr<atled_region>(region)); });
}

//===----------------------------------------------------------------------===//
// Operations with regions
//===----------------------------------------------------------------------===//

namespace {
/// Writes one operation, and takes over the regions for it. Where it fails they
/// stay with the trace.
class RegionWriter {
public:
  RegionWriter(Trace &trace, Location location,
               ArrayRef<atled_region *> handles)
      : trace(trace), location(location), builder(trace.getBuilder()) {
    for (atled_region *handle : handles)
      regions.emplace_back(handle);
  }
  ~RegionWriter() {
    for (std::unique_ptr<atled_region> &region : regions)
      trace.drop(std::move(region));
  }

  atled_region &getRegion(unsigned index) { return *regions[index]; }

  /// The one element of a condition, or an index.
  FailureOr<Value> readCondition(Value condition, OpBuilder &at,
                                 StringRef what);

  /// The types that all bodies may return: where one of them knows an extent,
  /// it is that.
  SmallVector<Type> joinResultTypes();
  /// The bodies return what `types` are, or become it where a call compares
  /// the extents.
  LogicalResult checkResults(TypeRange types, StringRef message);
  template <typename Terminator>
  void terminate() {
    for (std::unique_ptr<atled_region> &region : regions) {
      OpBuilder atEnd = getBuilderAtEnd(region->getBlock());
      Terminator::create(atEnd, location, region->results);
    }
  }
  LogicalResult write(StringRef name, ValueRange operands, TypeRange types,
                      atled_value *results,
                      ArrayRef<NamedAttribute> attributes = {});

  Trace &trace;
  Location location;
  OpBuilder builder;

private:
  std::vector<std::unique_ptr<atled_region>> regions;
};
} // namespace

FailureOr<Value> RegionWriter::readCondition(Value condition, OpBuilder &at,
                                             StringRef what) {
  auto type = cast<RankedTensorType>(condition.getType());
  if (type.getRank() == 0 && isBooleanElement(type.getElementType()))
    return Value(tensor::ExtractOp::create(at, location, condition));
  return emitError(location) << what << " takes a condition that is one "
                             << "boolean, and a " << type << " is given";
}

SmallVector<Type> RegionWriter::joinResultTypes() {
  auto types = llvm::to_vector(getRegion(0).getResultTypes());
  for (std::unique_ptr<atled_region> &region : regions)
    for (auto [type, own] : llvm::zip_equal(types, region->getResultTypes()))
      if (tensor::CastOp::areCastCompatible(type, own))
        type = joinExtents(cast<RankedTensorType>(type),
                           cast<RankedTensorType>(own));
  return types;
}

LogicalResult RegionWriter::checkResults(TypeRange types, StringRef message) {
  for (std::unique_ptr<atled_region> &region : regions) {
    TypeRange own = region->getResultTypes();
    assert(own.size() == types.size() && "the header compares structures");
    for (auto [index, expected, type] : llvm::enumerate(types, own)) {
      if (type == expected)
        continue;
      if (tensor::CastOp::areCastCompatible(type, expected)) {
        OpBuilder atEnd = getBuilderAtEnd(region->getBlock());
        Value &result = region->results[index];
        result = tensor::CastOp::create(atEnd, location, expected, result);
        continue;
      }
      InFlightDiagnostic diagnostic =
          emitError(location) << message << ": result " << index << " is a "
                              << expected << " and a " << type;
      bool isOfOtherElements = cast<RankedTensorType>(type).getShape() ==
                               cast<RankedTensorType>(expected).getShape();
      diagnostic.attachNote(region->results[index].getLoc())
          << "the second is made here"
          << (isOfOtherElements
                  ? "; convert(x, dtype) brings it to the type of "
                    "the first"
                  : "");
      return diagnostic;
    }
  }
  return success();
}

LogicalResult RegionWriter::write(StringRef name, ValueRange operands,
                                  TypeRange types, atled_value *results,
                                  ArrayRef<NamedAttribute> attributes) {
  OperationState state(location, name, operands, types, attributes);
  for (std::unique_ptr<atled_region> &region : regions)
    state.addRegion()->takeBody(region->getRegion());
  regions.clear();
  Operation *op = builder.create(state);
  if (failed(trace.verify(op)))
    return failure();
  trace.getHandles(op->getResults(), results);
  return success();
}

/// Runs `write` on the innermost trace, where the regions were made.
static int writeOperation(atled_location place,
                          ArrayRef<atled_region *> regions,
                          function_ref<LogicalResult(RegionWriter &)> write) {
  return runInSession(place, [&] {
    Trace &trace = getInnermostTrace();
    // A checkpoint takes any number of arguments, and no place behind them.
    Location location =
        place.file ? getLocation(place) : trace.getFunction().getLoc();
    RegionWriter writer(trace, location, regions);
    return write(writer);
  });
}

static constexpr StringLiteral differentBranches =
    "the branches return different tensors";
static constexpr StringLiteral changedState =
    "the body of a loop returns other tensors than it is given";

int atled_if(atled_value condition, atled_region *then, atled_region *otherwise,
             atled_location place, atled_value *results) {
  return writeOperation(
      place, {then, otherwise}, [&](RegionWriter &writer) -> LogicalResult {
        FailureOr<Value> value =
            writer.trace.resolve(condition, writer.location);
        if (failed(value))
          return failure();
        FailureOr<Value> chosen =
            writer.readCondition(*value, writer.builder, "cond");
        SmallVector<Type> types = writer.joinResultTypes();
        if (failed(chosen) ||
            failed(writer.checkResults(types, differentBranches)))
          return failure();
        writer.terminate<scf::YieldOp>();
        return writer.write(scf::IfOp::getOperationName(), *chosen, types,
                            results);
      });
}

int atled_switch(atled_value index, atled_region *const *branches, size_t count,
                 atled_location place, atled_value *results) {
  // The last is what any greater index chooses, and is written first.
  SmallVector<atled_region *> regions{branches[count - 1]};
  regions.append(branches, branches + count - 1);
  return writeOperation(
      place, regions, [&](RegionWriter &writer) -> LogicalResult {
        FailureOr<Value> value = writer.trace.resolve(index, writer.location);
        if (failed(value))
          return failure();
        FailureOr<Value> number =
            readIndex(writer.builder, writer.location, *value, "switch_case");
        SmallVector<Type> types = writer.joinResultTypes();
        if (failed(number) ||
            failed(writer.checkResults(types, differentBranches)))
          return failure();
        OpBuilder &builder = writer.builder;
        Value zero =
            arith::ConstantIndexOp::create(builder, writer.location, 0);
        Value chosen =
            arith::MaxSIOp::create(builder, writer.location, *number, zero);
        writer.terminate<scf::YieldOp>();
        auto cases = llvm::to_vector(llvm::seq<int64_t>(count - 1));
        return writer.write(
            scf::IndexSwitchOp::getOperationName(), chosen, types, results,
            builder.getNamedAttr("cases", builder.getDenseI64ArrayAttr(cases)));
      });
}

/// A bound of a loop: a number, or a tensor of one integer.
static FailureOr<Value> readBound(RegionWriter &writer,
                                  const atled_operand &bound) {
  if (bound.kind != ATLED_TENSOR)
    return Value(arith::ConstantIndexOp::create(writer.builder, writer.location,
                                                bound.integer));
  FailureOr<Value> value = writer.trace.resolve(bound.value, writer.location);
  if (failed(value))
    return failure();
  return readIndex(writer.builder, writer.location, *value,
                   "a bound of a loop");
}

/// At most how often a loop runs, where it says that.
static SmallVector<NamedAttribute> getLimit(OpBuilder &builder,
                                            int64_t maxIterations) {
  if (maxIterations == 0)
    return {};
  return {builder.getNamedAttr(ad::ADDialect::maxIterationsAttrName,
                               builder.getI64IntegerAttr(maxIterations))};
}

int atled_for(const atled_operand *lower, const atled_operand *upper,
              const atled_value *initial, size_t count, atled_region *body,
              int64_t max_iterations, atled_location place,
              atled_value *results) {
  return writeOperation(
      place, body, [&](RegionWriter &writer) -> LogicalResult {
        FailureOr<SmallVector<Value>> state =
            writer.trace.resolve(ArrayRef(initial, count), writer.location);
        FailureOr<Value> first = readBound(writer, *lower);
        FailureOr<Value> last = readBound(writer, *upper);
        if (failed(state) || failed(first) || failed(last) ||
            failed(writer.checkResults(ValueRange(*state).getTypes(),
                                       changedState)))
          return failure();
        Value one =
            arith::ConstantIndexOp::create(writer.builder, writer.location, 1);
        SmallVector<Value> operands{*first, *last, one};
        operands.append(*state);
        writer.terminate<scf::YieldOp>();
        return writer.write(scf::ForOp::getOperationName(), operands,
                            ValueRange(*state).getTypes(), results,
                            getLimit(writer.builder, max_iterations));
      });
}

int atled_while(const atled_value *initial, size_t count,
                atled_region *condition, atled_region *body,
                int64_t max_iterations, atled_location place,
                atled_value *results) {
  return writeOperation(
      place, {condition, body}, [&](RegionWriter &writer) -> LogicalResult {
        FailureOr<SmallVector<Value>> state =
            writer.trace.resolve(ArrayRef(initial, count), writer.location);
        if (failed(state))
          return failure();
        atled_region &before = writer.getRegion(0);
        OpBuilder atEnd = getBuilderAtEnd(before.getBlock());
        FailureOr<Value> goesOn =
            writer.readCondition(before.results.front(), atEnd, "while_loop");
        if (failed(goesOn))
          return failure();
        // The condition hands on what it was given.
        before.results.assign(before.getBlock().args_begin(),
                              before.getBlock().args_end());
        if (failed(writer.checkResults(ValueRange(*state).getTypes(),
                                       changedState)))
          return failure();
        scf::ConditionOp::create(atEnd, writer.location, *goesOn,
                                 before.results);
        atled_region &after = writer.getRegion(1);
        OpBuilder afterEnd = getBuilderAtEnd(after.getBlock());
        scf::YieldOp::create(afterEnd, writer.location, after.results);
        return writer.write(scf::WhileOp::getOperationName(), *state,
                            ValueRange(*state).getTypes(), results,
                            getLimit(writer.builder, max_iterations));
      });
}

int atled_checkpoint(atled_region *body, atled_location place,
                     atled_value *results) {
  return writeOperation(place, body, [&](RegionWriter &writer) {
    writer.terminate<ad::YieldOp>();
    auto types = llvm::to_vector(writer.getRegion(0).getResultTypes());
    return writer.write(ad::CheckpointOp::getOperationName(), {}, types,
                        results);
  });
}
