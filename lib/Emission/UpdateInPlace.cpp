//===- UpdateInPlace.cpp - Outputs in buffers that hold something already -===//
//
// Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// On tensors both kinds of update are one: a result takes the place of an
// argument. Where a caller donates an input it is that argument; where he
// wants something added to what he has, it is one more that the caller does not
// see, which is where the output is.
//
//===----------------------------------------------------------------------===//

#include "EntryTensors.h"
#include "atled/Emission/Passes.h"
#include "atled/Support/Attributes.h"
#include "atled/Support/NearestName.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Linalg/IR/Linalg.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"

namespace atled {
#define GEN_PASS_DEF_UPDATEINPLACEPASS
#include "atled/Emission/Passes.h.inc"
} // namespace atled

using namespace atled;

static std::string getName(DictionaryAttr attributes, StringRef prefix,
                           unsigned index) {
  auto name = attributes ? attributes.getAs<StringAttr>(tensorNameAttrName)
                         : StringAttr();
  return name ? name.str() : (prefix + Twine(index)).str();
}

static SmallVector<std::string> getArgumentNames(func::FuncOp function) {
  SmallVector<std::string> names;
  for (unsigned i = 0, e = function.getNumArguments(); i != e; ++i)
    names.push_back(getName(function.getArgAttrDict(i), "in", i));
  return names;
}

static SmallVector<std::string> getResultNames(func::FuncOp function) {
  SmallVector<std::string> names;
  for (unsigned i = 0, e = function.getNumResults(); i != e; ++i)
    names.push_back(getName(function.getResultAttrDict(i), "out", i));
  return names;
}

static std::optional<unsigned> findName(ArrayRef<std::string> names,
                                        StringRef name) {
  const std::string *found = llvm::find(names, name);
  if (found == names.end())
    return std::nullopt;
  return found - names.begin();
}

/// Lets result `result` take the place of argument `argument`, if it takes none
/// yet, and nobody else that one.
static LogicalResult takePlace(func::FuncOp function, unsigned result,
                               unsigned argument) {
  for (unsigned other = 0; other != function.getNumResults(); ++other) {
    auto place =
        function.getResultAttrOfType<IntegerAttr>(other, inPlaceAttrName);
    if (place && (other == result || place.getInt() == argument))
      return function.emitError()
             << "in entry '" << function.getName() << "' output '"
             << getResultNames(function)[result] << "' cannot take "
             << (other == result ? "two places: it is donated an input, or "
                                   "added to what is there, once"
                                 : "the place of an input that another output "
                                   "takes already");
  }
  function.setResultAttr(
      result, inPlaceAttrName,
      Builder(function.getContext()).getI64IntegerAttr(argument));
  return success();
}

/// Whoever calls the entry from inside gets a function of his own, which leaves
/// its inputs alone.
static void separateFromCallers(func::FuncOp function) {
  auto module = function->getParentOfType<ModuleOp>();
  if (SymbolTable::symbolKnownUseEmpty(function, module))
    return;
  func::FuncOp copy = function.clone();
  copy.setPrivate();
  SymbolTable symbols(module);
  StringAttr name = symbols.insert(copy);
  (void)SymbolTable::replaceAllSymbolUses(function, name, module);
}

/// Narrow numbers are added as f32, as everywhere.
static void addElements(OpBuilder &builder, Location loc,
                        ValueRange arguments) {
  Type type = arguments[0].getType(), wide = builder.getF32Type();
  bool isNarrow = type.getIntOrFloatBitWidth() < 32;
  auto widen = [&](Value value) -> Value {
    return isNarrow ? arith::ExtFOp::create(builder, loc, wide, value) : value;
  };
  Value sum = arith::AddFOp::create(builder, loc, widen(arguments[0]),
                                    widen(arguments[1]));
  if (isNarrow)
    sum = arith::TruncFOp::create(builder, loc, type, sum);
  linalg::YieldOp::create(builder, loc, sum);
}

static LogicalResult accumulate(func::FuncOp function, unsigned result) {
  auto type = dyn_cast<RankedTensorType>(function.getResultTypes()[result]);
  if (!type || !isa<FloatType>(type.getElementType()))
    return function.emitError()
           << "output '" << getResultNames(function)[result] << "' of entry '"
           << function.getName() << "' has type "
           << function.getResultTypes()[result]
           << ", and only real numbers can be added to what is there";
  Location loc = function.getLoc();
  Builder attributes(function.getContext());
  unsigned argument = function.getNumArguments();
  if (failed(takePlace(function, result, argument)))
    return failure();
  (void)function.insertArgument(
      argument, type,
      attributes.getDictionaryAttr(attributes.getNamedAttr(
          accumulatorAttrName, attributes.getUnitAttr())),
      loc);
  Operation *terminator = function.getBody().front().getTerminator();
  OpBuilder builder(terminator);
  Value value = terminator->getOperand(result);
  Value empty = tensor::EmptyOp::create(
      builder, loc, tensor::getMixedSizes(builder, loc, value),
      type.getElementType());
  SmallVector<AffineMap> maps(3,
                              builder.getMultiDimIdentityMap(type.getRank()));
  SmallVector<utils::IteratorType> iterators(type.getRank(),
                                             utils::IteratorType::parallel);
  auto sum = linalg::GenericOp::create(
      builder, loc, type, ValueRange{function.getArgument(argument), value},
      empty, maps, iterators, addElements);
  terminator->setOperand(result, sum.getResult(0));
  return success();
}

static LogicalResult donate(func::FuncOp function, unsigned argument,
                            unsigned result) {
  Type from = function.getArgumentTypes()[argument],
       to = function.getResultTypes()[result];
  if (from != to)
    return function.emitError()
           << "in entry '" << function.getName() << "' input '"
           << getArgumentNames(function)[argument] << "' has type " << from
           << " and cannot be donated to output '"
           << getResultNames(function)[result] << "' of type " << to;
  return takePlace(function, result, argument);
}

namespace {
struct UpdateInPlacePass
    : atled::impl::UpdateInPlacePassBase<UpdateInPlacePass> {
  using UpdateInPlacePassBase::UpdateInPlacePassBase;

  SmallVector<func::FuncOp> getEntries() {
    SmallVector<func::FuncOp> entries;
    for (auto function : getOperation().getOps<func::FuncOp>())
      if (function.isPublic() && !function.isDeclaration() &&
          function.getBody().hasOneBlock())
        entries.push_back(function);
    return entries;
  }

  /// "argument:result", of every entry that has both.
  LogicalResult donateAll(StringRef text) {
    auto [argumentName, resultName] = text.split(':');
    SmallVector<std::string> arguments, results;
    bool isDone = false;
    for (func::FuncOp entry : getEntries()) {
      llvm::append_range(arguments, getArgumentNames(entry));
      llvm::append_range(results, getResultNames(entry));
      std::optional<unsigned> argument = findName(getArgumentNames(entry),
                                                  argumentName),
                              result =
                                  findName(getResultNames(entry), resultName);
      if (!argument || !result)
        continue;
      separateFromCallers(entry);
      if (failed(donate(entry, *argument, *result)))
        return failure();
      isDone = true;
    }
    if (isDone)
      return success();
    auto suggest = [](StringRef name, ArrayRef<std::string> names) {
      if (llvm::is_contained(names, name))
        return std::string();
      return suggestNearestName(
          name, SmallVector<StringRef>(names.begin(), names.end()));
    };
    return getOperation().emitError()
           << "no entry has an input '" << argumentName << "' to donate to an "
           << "output '" << resultName << "'"
           << suggest(argumentName, arguments) << suggest(resultName, results);
  }

  /// "function:result".
  LogicalResult accumulateOne(StringRef text) {
    auto [functionName, resultName] = text.split(':');
    for (func::FuncOp entry : getEntries()) {
      std::optional<unsigned> result =
          findName(getResultNames(entry), resultName);
      if (entry.getName() != functionName || !result)
        continue;
      separateFromCallers(entry);
      return accumulate(entry, *result);
    }
    return getOperation().emitError()
           << "there is no entry '" << functionName << "' with an output '"
           << resultName << "' to add to what is there";
  }

  void runOnOperation() override {
    for (StringRef text : donated)
      if (failed(donateAll(text)))
        return signalPassFailure();
    for (StringRef text : accumulated)
      if (failed(accumulateOne(text)))
        return signalPassFailure();
  }
};
} // namespace
