//===- ResolveExtents.cpp - Shapes that only the call tells ---------------===//
//
// Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A public function may take tensors of dynamic shape. Whoever calls it says
// how large they are, and may be wrong: sizes that have to agree may not. So
// each such function gets a companion, on numbers alone, that tells whether the
// sizes of its arguments fit together, and how large its results are:
//
//   func.func @f(%x: tensor<?xf32>, %y: tensor<?xf32>) -> tensor<?xf32>
//   func.func private @f.extents(%x0: index, %y0: index) -> (i1, index)
//
// What has to hold is read off the operations: every index that they form has
// to be inside of what they access.
//
//===----------------------------------------------------------------------===//

#include "DynamicEntries.h"
#include "ExtentResolver.h"
#include "SizeArithmetic.h"
#include "atled/Codegen/Passes.h"
#include "atled/Support/Attributes.h"
#include "atled/Support/LoopBounds.h"
#include "mlir/Dialect/Affine/IR/AffineOps.h"
#include "mlir/Dialect/Arith/Utils/Utils.h"
#include "mlir/Dialect/ControlFlow/IR/ControlFlowOps.h"
#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/Dialect/Linalg/IR/Linalg.h"
#include "mlir/Dialect/SCF/IR/SCF.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"
#include "mlir/Dialect/Utils/StaticValueUtils.h"
#include "mlir/IR/ImplicitLocOpBuilder.h"
#include "llvm/ADT/MapVector.h"
#include "llvm/ADT/TypeSwitch.h"
#include <map>

namespace atled {
#define GEN_PASS_DEF_RESOLVEEXTENTSPASS
#include "atled/Codegen/Passes.h.inc"
} // namespace atled

using namespace atled;

namespace {
/// Writes the companion of one function.
class Companion {
public:
  explicit Companion(func::FuncOp function)
      : function(function), b(function.getLoc(), function.getContext()),
        resolver(b, [this](BlockArgument argument, int64_t dim) {
          return extents.lookup({argument, dim});
        }) {}

  /// Builds it, or says which size of a result nobody knows before the call.
  LogicalResult build();

  /// Builds that of the second half of a derivative, whose caller says what he
  /// has said to the first, `forward`.
  LogicalResult build(const Companion &forward);

private:
  void createFunction(func::FuncOp caller);
  /// Its own dimensions are what the caller says.
  void takeDims();
  /// Computes them with the companion of the half that the caller called first.
  void computeDims(const Companion &forward);
  LogicalResult finish();
  InFlightDiagnostic emitUnknownSize(unsigned index, Value result, int64_t dim);
  /// What an output's buffer holds is as large as the output.
  void setAccumulators();
  void require(arith::CmpIPredicate predicate, Value lhs, Value rhs);
  void requireEqual(Value lhs, int64_t lhsDim, Value rhs, int64_t rhsDim);
  void requireEqualShapes(Value lhs, Value rhs);
  /// A tensor has no more bytes than an address reaches.
  void requireSize(Value tensor);
  void require(Operation *op);
  void requireAll(Block &block);
  Value buildRuns(Region &region);
  /// The last index along a dimension is below its extent, or there is none.
  void requireReach(Value isEmpty, Value last, Value extent);
  /// The same for the index that `expr` is in a space of these extents, as far
  /// as they are known.
  void requireReach(linalg::LinalgOp op, AffineExpr expr, ArrayRef<Value> space,
                    Value extent);
  void requireAccesses(linalg::LinalgOp op);
  void requirePart(Value whole, OffsetSizeAndStrideOpInterface part);
  LogicalResult returnExtents();
  void returnKnownIndices();
  /// One value for each number, so that what is required already is seen.
  Value constant(int64_t number) {
    return resolver.resolve(OpFoldResult(b.getIndexAttr(number)));
  }
  Value buildIsZero(Value size) {
    return b.createOrFold<arith::CmpIOp>(arith::CmpIPredicate::eq, size,
                                         constant(0));
  }

  func::FuncOp function, companion;
  ImplicitLocOpBuilder b;
  DenseMap<std::pair<Value, int64_t>, Value> extents;
  ExtentResolver resolver;
  Value holds;
  /// Whether what is being looked at runs at all, as far as that is known: a
  /// loop may have nothing to do, a branch not be taken. Null outside of both.
  Value runs;
  /// What is required already.
  DenseSet<std::tuple<int, Value, Value, Value>> required;
  /// What the companion returns.
  SmallVector<Value> results;
  /// Which of them is the index that a result of the function has, as its
  /// second half gets it.
  std::map<int64_t, unsigned> knownIndices;
  /// Those that arguments of the second half have.
  DenseMap<Value, Value> known;
  /// Assertions that hold where what is required does.
  SmallVector<Operation *> fulfilled;
};
} // namespace

void Companion::createFunction(func::FuncOp caller) {
  SmallVector<Type> inputs(countInputDims(caller), b.getIndexType());
  b.setInsertionPointAfter(function);
  companion = func::FuncOp::create(b, (function.getName() + ".extents").str(),
                                   b.getFunctionType(inputs, {}));
  companion.setPrivate();
  companion->setAttr(companionAttrName, b.getUnitAttr());
  function->setAttr(extentsAttrName, FlatSymbolRefAttr::get(companion));
  b.setInsertionPointToEnd(companion.addEntryBlock());
}

void Companion::takeDims() {
  unsigned next = 0;
  for (BlockArgument argument : function.getArguments())
    if (!function.getArgAttr(argument.getArgNumber(), accumulatorAttrName))
      forEachDynamicDim(argument.getType(), [&](int64_t dim) {
        extents[{argument, dim}] = companion.getArgument(next++);
      });
  holds = arith::ConstantIntOp::create(b, 1, /*width=*/1);
}

void Companion::computeDims(const Companion &forward) {
  func::FuncOp first = forward.function, itsCompanion = forward.companion;
  auto call = func::CallOp::create(b, itsCompanion, companion.getArguments());
  holds = call.getResult(0);
  // Of each argument and each result of the first half.
  SmallVector<SmallVector<Value>> sizes;
  auto take = [&](Type type, ValueRange &values) {
    unsigned count = countDynamicDims(type);
    sizes.emplace_back(values.take_front(count));
    values = values.drop_front(count);
  };
  ValueRange dims = companion.getArguments(),
             others = call.getResults().drop_front();
  for (auto [index, type] : llvm::enumerate(first.getArgumentTypes()))
    if (!first.getArgAttr(index, accumulatorAttrName))
      take(type, dims);
  int64_t numInputs = sizes.size();
  for (Type type : first.getResultTypes())
    take(type, others);

  auto like = function->getAttrOfType<DenseI64ArrayAttr>(likeAttrName);
  for (auto [argument, index] :
       llvm::zip(function.getArguments(), like.asArrayRef())) {
    unsigned next = 0;
    forEachDynamicDim(argument.getType(), [&, argument = argument,
                                           index = index](int64_t dim) {
      results.push_back(extents[{argument, dim}] = sizes[index][next++]);
    });
    auto kept = forward.knownIndices.find(index - numInputs);
    if (kept == forward.knownIndices.end())
      continue;
    Value value = known[argument] = call.getResult(kept->second);
    function.setArgAttr(argument.getArgNumber(), knownAttrName,
                        b.getUnitAttr());
    for (Operation *user : argument.getUsers())
      if (auto extract = dyn_cast<tensor::ExtractOp>(user))
        resolver.set(extract, value);
  }
}

void Companion::setAccumulators() {
  Operation *terminator = function.getBody().front().getTerminator();
  for (auto [index, result] : llvm::enumerate(terminator->getOperands())) {
    auto place =
        function.getResultAttrOfType<IntegerAttr>(index, inPlaceAttrName);
    if (!place)
      continue;
    BlockArgument argument = function.getArgument(place.getInt());
    if (function.getArgAttr(place.getInt(), accumulatorAttrName))
      forEachDynamicDim(argument.getType(), [&, result = result](int64_t dim) {
        extents[{argument, dim}] = resolver.resolve(result, dim);
      });
    else
      requireEqualShapes(argument, result);
  }
}

void Companion::require(arith::CmpIPredicate predicate, Value lhs, Value rhs) {
  if (!lhs || !rhs || !required.insert({int(predicate), lhs, rhs, runs}).second)
    return;
  Value holdsToo = b.createOrFold<arith::CmpIOp>(predicate, lhs, rhs);
  if (runs)
    holdsToo = b.createOrFold<arith::SelectOp>(
        runs, holdsToo, arith::ConstantIntOp::create(b, 1, /*width=*/1));
  holds = b.createOrFold<arith::AndIOp>(holds, holdsToo);
}

void Companion::requireEqual(Value lhs, int64_t lhsDim, Value rhs,
                             int64_t rhsDim) {
  if (cast<ShapedType>(lhs.getType()).isDynamicDim(lhsDim) ||
      cast<ShapedType>(rhs.getType()).isDynamicDim(rhsDim))
    require(arith::CmpIPredicate::eq, resolver.resolve(lhs, lhsDim),
            resolver.resolve(rhs, rhsDim));
}

void Companion::requireEqualShapes(Value lhs, Value rhs) {
  if (auto type = dyn_cast<RankedTensorType>(lhs.getType()))
    for (int64_t dim = 0; dim < type.getRank(); ++dim)
      requireEqual(lhs, dim, rhs, dim);
}

void Companion::requireSize(Value tensor) {
  auto type = dyn_cast<RankedTensorType>(tensor.getType());
  if (!type)
    return;
  SmallVector<Value> sizes;
  for (int64_t dim = 0; dim < type.getRank(); ++dim)
    sizes.push_back(resolver.resolve(tensor, dim));
  if (type.hasStaticShape() || llvm::is_contained(sizes, Value()))
    return;
  for (Value size : sizes)
    require(arith::CmpIPredicate::sge, size, constant(0));
  require(arith::CmpIPredicate::ult,
          buildByteSize(b, type.getElementType(), sizes),
          constant(kMostDynamicBytes));
}

void Companion::requireReach(Value isEmpty, Value last, Value extent) {
  require(arith::CmpIPredicate::slt,
          b.createOrFold<arith::SelectOp>(isEmpty, constant(-1), last), extent);
}

void Companion::requireReach(linalg::LinalgOp op, AffineExpr expr,
                             ArrayRef<Value> space, Value extent) {
  for (unsigned loop = 0; loop < space.size(); ++loop)
    if (expr.isFunctionOfDim(loop) && !space[loop])
      return;
  SmallVector<OpFoldResult> last;
  Value isEmpty = arith::ConstantIntOp::create(b, 0, /*width=*/1);
  for (Value size : space) {
    last.push_back(constant(0));
    if (!size)
      continue;
    last.back() = b.createOrFold<arith::SubIOp>(size, constant(1));
    isEmpty = b.createOrFold<arith::OrIOp>(isEmpty, buildIsZero(size));
  }
  Value index = getValueOrCreateConstantIndexOp(
      b, b.getLoc(),
      affine::makeComposedFoldedAffineApply(
          b, b.getLoc(), AffineMap::get(op.getNumLoops(), 0, expr), last));
  requireReach(isEmpty, index, extent);
}

/// Every operand of `op` has to be as large as the indices need that its maps
/// form over the iteration space, which what is indexed by a dimension alone
/// says.
void Companion::requireAccesses(linalg::LinalgOp op) {
  SmallVector<Value> space(op.getNumLoops());
  SmallVector<std::pair<AffineExpr, Value>> computed;
  for (OpOperand &operand : op->getOpOperands()) {
    if (op.isScalar(&operand))
      continue;
    for (auto [dim, expr] :
         llvm::enumerate(op.getMatchingIndexingMap(&operand).getResults())) {
      Value extent = resolver.resolve(operand.get(), dim);
      auto loop = dyn_cast<AffineDimExpr>(expr);
      if (!loop)
        computed.emplace_back(expr, extent);
      else if (Value &size = space[loop.getPosition()])
        require(arith::CmpIPredicate::eq, size, extent);
      else
        size = extent;
    }
  }
  for (auto [expr, extent] : computed)
    if (extent)
      requireReach(op, expr, space, extent);
}

/// A part lies inside of what it is a part of, as far as it is known where.
void Companion::requirePart(Value whole, OffsetSizeAndStrideOpInterface part) {
  for (auto [dim, offset, size, stride] :
       llvm::enumerate(part.getMixedOffsets(), part.getMixedSizes(),
                       part.getMixedStrides())) {
    bool isStatic = !cast<ShapedType>(whole.getType()).isDynamicDim(dim) &&
                    getConstantIntValue(offset) && getConstantIntValue(size) &&
                    getConstantIntValue(stride);
    Value extent = resolver.resolve(whole, dim);
    Value first = resolver.resolve(offset), count = resolver.resolve(size),
          step = resolver.resolve(stride);
    if (isStatic || !extent || !count || !step)
      continue;
    require(arith::CmpIPredicate::sge, count, constant(0));
    require(arith::CmpIPredicate::sle, count, extent);
    if (!first)
      continue;
    require(arith::CmpIPredicate::sge, first, constant(0));
    Value reach = b.createOrFold<arith::MulIOp>(
        b.createOrFold<arith::SubIOp>(count, constant(1)), step);
    requireReach(buildIsZero(count),
                 b.createOrFold<arith::AddIOp>(first, reach), extent);
  }
}

void Companion::require(Operation *op) {
  // A comparison is where it is needed.
  b.setLoc(op->getLoc());
  TypeSwitch<Operation *>(op)
      .Case([&](linalg::LinalgOp linalg) { requireAccesses(linalg); })
      .Case([&](tensor::EmptyOp empty) { requireSize(empty); })
      .Case([&](tensor::CastOp cast) {
        if (isa<RankedTensorType>(cast.getSource().getType()))
          requireEqualShapes(cast.getSource(), cast);
      })
      .Case([&](tensor::ExtractSliceOp slice) {
        requirePart(slice.getSource(), slice);
      })
      .Case([&](tensor::InsertSliceOp slice) {
        requirePart(slice.getDest(), slice);
        llvm::SmallBitVector dropped = slice.getDroppedDims();
        int64_t source = 0;
        for (auto [dim, size] : llvm::enumerate(slice.getMixedSizes()))
          if (!dropped.test(dim))
            require(arith::CmpIPredicate::eq, resolver.resolve(size),
                    resolver.resolve(slice.getSource(), source++));
      })
      .Case([&](tensor::ExpandShapeOp expand) {
        for (auto [dim, group] :
             llvm::enumerate(expand.getReassociationIndices())) {
          Value product = constant(1);
          for (int64_t inner : group)
            if (Value extent = resolver.resolve(expand.getResult(), inner);
                extent && product)
              product = b.createOrFold<arith::MulIOp>(product, extent);
            else
              product = {};
          if (expand.getSrcType().isDynamicDim(dim))
            require(arith::CmpIPredicate::eq, product,
                    resolver.resolve(expand.getSrc(), dim));
        }
      })
      .Case([&](scf::ForOp loop) {
        for (auto [init, yielded] :
             llvm::zip_equal(loop.getInits(), loop.getYieldedValues()))
          requireEqualShapes(init, yielded);
      })
      .Case([&](scf::WhileOp loop) {
        for (auto [init, yielded] :
             llvm::zip_equal(loop.getInits(), loop.getYieldOp().getResults()))
          requireEqualShapes(init, yielded);
      })
      .Case<scf::IfOp, scf::IndexSwitchOp>([&](Operation *branch) {
        if (branch->getNumResults() == 0)
          return;
        auto getYielded = [](Region &region) {
          return region.front().getTerminator()->getOperands();
        };
        for (Region &region : branch->getRegions().drop_front())
          for (auto [first, other] : llvm::zip_equal(
                   getYielded(branch->getRegion(0)), getYielded(region)))
            requireEqualShapes(first, other);
      })
      .Case([&](cf::AssertOp assertion) {
        auto compare = assertion.getArg().getDefiningOp<arith::CmpIOp>();
        if (!assertion->hasAttr(extentsFitAttrName) || !compare)
          return;
        Value lhs = resolver.resolve(compare.getLhs()),
              rhs = resolver.resolve(compare.getRhs());
        require(compare.getPredicate(), lhs, rhs);
        if (lhs && rhs)
          fulfilled.push_back(assertion);
      })
      .Case([&](arith::SelectOp select) {
        requireEqualShapes(select.getTrueValue(), select.getFalseValue());
      });
}

void Companion::requireAll(Block &block) {
  for (Operation &op : block) {
    require(&op);
    if (isa<linalg::LinalgOp>(op))
      continue;
    Value outside = runs;
    for (Region &region : op.getRegions()) {
      if (Value entered = buildRuns(region))
        runs =
            outside ? b.createOrFold<arith::AndIOp>(outside, entered) : entered;
      for (Block &inner : region)
        requireAll(inner);
      runs = outside;
    }
  }
}

/// Whether `region` of a loop or a branch runs; null where extents do not say.
Value Companion::buildRuns(Region &region) {
  Operation *op = region.getParentOp();
  if (auto loop = dyn_cast<scf::ForOp>(op)) {
    Value begin = resolver.resolve(loop.getLowerBound()),
          end = resolver.resolve(loop.getUpperBound());
    if (!begin || !end)
      return {};
    return buildHasIterations(b, loop, begin, end);
  }
  if (auto branch = dyn_cast<scf::IfOp>(op)) {
    Value isThen = resolver.resolve(branch.getCondition());
    if (!isThen || region.getRegionNumber() == 0)
      return isThen;
    return b.createOrFold<arith::XOrIOp>(
        isThen, arith::ConstantIntOp::create(b, 1, /*width=*/1));
  }
  if (auto branch = dyn_cast<scf::IndexSwitchOp>(op)) {
    Value argument = resolver.resolve(branch.getArg());
    unsigned number = region.getRegionNumber();
    // The first region is the default.
    if (!argument || number == 0)
      return {};
    return b.createOrFold<arith::CmpIOp>(
        arith::CmpIPredicate::eq, argument,
        constant(branch.getCases()[number - 1]));
  }
  return {};
}

InFlightDiagnostic Companion::emitUnknownSize(unsigned index, Value result,
                                              int64_t dim) {
  InFlightDiagnostic diagnostic = emitError(result.getLoc());
  if (function.getResultAttr(index, "ad.residual")) {
    diagnostic << "result " << index << " of entry '" << function.getName()
               << "' is what is kept here for the way back, of type "
               << result.getType()
               << ", and nobody knows its size before the call";
    diagnostic.attachNote(result.getLoc())
        << "'ad.max_iterations' or constant bounds on a loop make it known; "
           "#ad.binomial<...> on it, or on a recursive function beside "
           "'ad.max_depth', needs no bound";
    return diagnostic;
  }
  diagnostic << "dimension " << dim << " of result " << index << " of @"
             << function.getName() << ", of type " << result.getType()
             << ", does not follow from the shapes of its arguments, and "
                "nobody knows it before the call";
  diagnostic.attachNote(function.getLoc())
      << "return a tensor of static or of an argument's size, and how much "
         "of it counts";
  return diagnostic;
}

LogicalResult Companion::returnExtents() {
  Operation *terminator = function.getBody().front().getTerminator();
  for (auto [index, result] : llvm::enumerate(terminator->getOperands())) {
    auto type = dyn_cast<RankedTensorType>(result.getType());
    if (!type)
      continue;
    requireSize(result);
    for (int64_t dim = 0; dim < type.getRank(); ++dim) {
      if (!type.isDynamicDim(dim))
        continue;
      results.push_back(resolver.resolve(result, dim));
      if (!results.back())
        return emitUnknownSize(index, result, dim);
    }
  }
  returnKnownIndices();
  results.insert(results.begin(), holds);
  func::ReturnOp::create(b, results);
  companion.setFunctionType(b.getFunctionType(companion.getArgumentTypes(),
                                              ValueRange(results).getTypes()));
  guardOverflow(companion);
  return success();
}

/// What is kept of one index, which may be the size of what is computed on the
/// way back, may follow from sizes.
void Companion::returnKnownIndices() {
  Operation *terminator = function.getBody().front().getTerminator();
  for (auto [index, result] : llvm::enumerate(terminator->getOperands()))
    if (auto packed = result.getDefiningOp<tensor::FromElementsOp>();
        packed && packed.getType().getRank() == 0 &&
        packed.getElements().front().getType().isIndex())
      if (Value known = resolver.resolve(packed.getElements().front())) {
        results.push_back(known);
        // Behind what holds.
        knownIndices[index] = results.size();
      }
  for (BlockArgument argument : function.getArguments())
    if (function.getArgAttr(argument.getArgNumber(), knownAttrName))
      results.push_back(known.lookup(argument));
}

LogicalResult Companion::build() {
  createFunction(function);
  takeDims();
  return finish();
}

LogicalResult Companion::build(const Companion &forward) {
  createFunction(forward.function);
  computeDims(forward);
  return finish();
}

LogicalResult Companion::finish() {
  setAccumulators();
  for (BlockArgument argument : function.getArguments())
    requireSize(argument);
  requireAll(function.front());
  for (Operation *assertion : fulfilled)
    assertion->erase();
  return returnExtents();
}

static LogicalResult verifyNumbers(func::FuncOp function) {
  auto areNumbers = [](ValueRange values) {
    return llvm::all_of(values, [](Value value) {
      auto type = dyn_cast<RankedTensorType>(value.getType());
      return !type || succeeded(verifyNumbers(value.getLoc(), type));
    });
  };
  if (!areNumbers(function.getArguments()))
    return failure();
  WalkResult walked = function.walk([&](Operation *op) {
    return WalkResult(success(areNumbers(op->getResults())));
  });
  return success(!walked.wasInterrupted());
}

namespace {
struct ResolveExtentsPass
    : atled::impl::ResolveExtentsPassBase<ResolveExtentsPass> {
  void runOnOperation() override {
    SmallVector<func::FuncOp> entries;
    for (auto function : getOperation().getOps<func::FuncOp>())
      if (isDynamicEntry(function)) {
        if (failed(verifyNumbers(function)))
          return signalPassFailure();
        entries.push_back(function);
      }
    // First those whose callers say their own dimensions.
    llvm::MapVector<func::FuncOp, std::unique_ptr<Companion>> companions;
    for (func::FuncOp function : entries) {
      if (function->hasAttr(forwardAttrName))
        continue;
      auto &companion = companions[function];
      companion = std::make_unique<Companion>(function);
      if (failed(companion->build()))
        return signalPassFailure();
    }
    for (func::FuncOp function : entries) {
      if (!function->hasAttr(forwardAttrName))
        continue;
      FailureOr<func::FuncOp> forward = findForward(function);
      if (failed(forward) ||
          failed(Companion(function).build(*companions[*forward])))
        return signalPassFailure();
    }
  }
};
} // namespace
