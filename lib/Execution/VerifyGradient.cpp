//===- VerifyGradient.cpp - Whether a derivative is right -----------------===//
//
// Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "atled/Execution/VerifyGradient.h"
#include "atled/Execution/RandomTensor.h"
#include "llvm/ADT/STLExtras.h"
#include <cmath>

using namespace atled;

GradientBounds GradientBounds::getDefault(ElementKind kind) {
  switch (kind) {
  case ElementKind::F64:
    return {/*pairing=*/1e-12, /*differences=*/1e-7, /*step=*/1e-2};
  case ElementKind::F32:
    return {/*pairing=*/1e-5, /*differences=*/1e-2, /*step=*/6e-2};
  default:
    return {/*pairing=*/2e-2, /*differences=*/2e-1, /*step=*/2.5e-1};
  }
}

ElementKind atled::getCoarsestKind(ArrayRef<ElementKind> kinds) {
  ElementKind coarsest = ElementKind::F64;
  for (ElementKind kind : kinds)
    if (isFloat(kind) && getEpsilon(kind) > getEpsilon(coarsest))
      coarsest = kind;
  return coarsest;
}

//===----------------------------------------------------------------------===//
// Numbers
//===----------------------------------------------------------------------===//

/// The elements of one tensor.
using Numbers = std::vector<double>;

static Numbers getNumbers(const HostTensor &tensor) {
  Numbers numbers(tensor.getNumElements());
  for (auto [index, number] : llvm::enumerate(numbers))
    number = tensor.getFloat(index);
  return numbers;
}

/// The floating-point tensors among `tensors`, in order.
static std::vector<Numbers> getAllNumbers(ArrayRef<HostTensor> tensors) {
  std::vector<Numbers> all;
  for (const HostTensor &tensor : tensors)
    if (isFloat(tensor.getKind()))
      all.push_back(getNumbers(tensor));
  return all;
}

/// The largest magnitude; NaN where one element is none.
static double getNorm(const Numbers &numbers) {
  double norm = 0;
  for (double number : numbers) {
    if (std::isnan(number))
      return number;
    norm = std::max(norm, std::abs(number));
  }
  return norm;
}

/// Adds up a·b, and |a·b| beside it.
static void addProduct(const Numbers &a, const Numbers &b, double &sum,
                       double &magnitude) {
  for (auto [x, y] : llvm::zip_equal(a, b)) {
    sum += x * y;
    magnitude += std::abs(x * y);
  }
}

//===----------------------------------------------------------------------===//
// Central differences
//===----------------------------------------------------------------------===//

namespace {
/// The derivative of each result along one direction, and how far off it may
/// be.
struct Differences {
  std::vector<Numbers> results;
  /// Noise of each result: what rounding alone makes of the difference.
  std::vector<double> noise;
  double error = std::numeric_limits<double>::infinity();
};

/// Evaluates (f(x + h v) - f(x - h v)) / 2h for h = step, step / 2, … and
/// extrapolates to h = 0. The difference has an error of only even powers of h:
///   T(k, 0) = D(step / 2ᵏ)
///   T(k, j) = T(k, j-1) + (T(k, j-1) - T(k-1, j-1)) / (4ʲ - 1)
/// The entry that changed least from its neighbours is taken, so that neither a
/// large step nor rounding spoils it.
class Extrapolation {
public:
  Extrapolation(TensorFunction value, ArrayRef<const HostTensor *> point,
                int64_t argument, const HostTensor &direction, double step,
                double epsilon)
      : value(value), point(point), argument(argument), direction(direction),
        step(step), epsilon(epsilon) {}

  llvm::Expected<Differences> run() {
    // Below the cube root of epsilon rounding dominates in any case.
    int levels =
        std::max(2, 1 + static_cast<int>(std::log2(step / std::cbrt(epsilon))));
    double h = step;
    for (int level = 0; level < levels; ++level, h /= 2)
      if (llvm::Error error = addRow(h))
        return error;
    return std::move(best);
  }

private:
  using Row = std::vector<std::vector<Numbers>>;

  llvm::Expected<std::vector<HostTensor>> evaluate(double h) {
    llvm::Expected<HostTensor> moved = point[argument]->clone();
    if (!moved)
      return moved.takeError();
    for (int64_t index = 0; index < moved->getNumElements(); ++index)
      moved->setFloat(index,
                      moved->getFloat(index) + h * direction.getFloat(index));
    SmallVector<const HostTensor *> inputs(point);
    inputs[argument] = &*moved;
    return value(inputs);
  }

  llvm::Error addRow(double h) {
    llvm::Expected<std::vector<HostTensor>> above = evaluate(h);
    if (!above)
      return above.takeError();
    llvm::Expected<std::vector<HostTensor>> below = evaluate(-h);
    if (!below)
      return below.takeError();

    std::vector<Numbers> difference = getAllNumbers(*above);
    std::vector<double> noise;
    bool isFinite = true;
    for (auto [numbers, subtrahend] :
         llvm::zip_equal(difference, getAllNumbers(*below))) {
      noise.push_back(8 * epsilon *
                      std::max(getNorm(numbers), getNorm(subtrahend)) / h);
      for (auto [number, other] : llvm::zip_equal(numbers, subtrahend))
        number = (number - other) / (2 * h);
      isFinite &= std::isfinite(getNorm(numbers));
    }
    // Outside of the function's domain there is nothing to extrapolate from; a
    // smaller step may stay inside.
    if (!isFinite) {
      row.clear();
      return llvm::Error::success();
    }
    extrapolate(std::move(difference), noise);
    return llvm::Error::success();
  }

  void extrapolate(std::vector<Numbers> difference,
                   const std::vector<double> &noise) {
    Row next{std::move(difference)};
    double power = 1;
    for (size_t j = 0; j < row.size(); ++j) {
      power *= 4;
      std::vector<Numbers> entry = next[j];
      double error = 0;
      for (size_t result = 0; result < entry.size(); ++result)
        for (size_t index = 0; index < entry[result].size(); ++index) {
          double &number = entry[result][index];
          number += (number - row[j][result][index]) / (power - 1);
          error = std::max({error, noise[result],
                            std::abs(number - next[j][result][index]),
                            std::abs(number - row[j][result][index])});
        }
      if (error <= best.error)
        best = {entry, noise, error};
      next.push_back(std::move(entry));
    }
    row = std::move(next);
  }

  TensorFunction value;
  ArrayRef<const HostTensor *> point;
  int64_t argument;
  const HostTensor &direction;
  double step, epsilon;
  Row row;
  Differences best;
};
} // namespace

//===----------------------------------------------------------------------===//
// One argument at a time
//===----------------------------------------------------------------------===//

namespace {
class GradientVerifier {
public:
  GradientVerifier(const DifferentiatedFunction &function,
                   ArrayRef<const HostTensor *> point, double step)
      : function(function), point(point), step(step) {}

  llvm::Expected<SmallVector<ArgumentVerdict>> run() {
    llvm::Expected<std::vector<HostTensor>> results = function.value(point);
    if (!results)
      return results.takeError();
    SmallVector<ElementKind> kinds;
    for (int64_t argument : function.wrt)
      kinds.push_back(point[argument]->getKind());
    for (const HostTensor &result : *results)
      kinds.push_back(result.getKind());
    epsilon = getEpsilon(getCoarsestKind(kinds));
    if (llvm::Error error = carryBack(*results))
      return error;
    SmallVector<ArgumentVerdict> verdicts;
    for (size_t position = 0; position < function.wrt.size(); ++position) {
      llvm::Expected<ArgumentVerdict> verdict = examine(position);
      if (!verdict)
        return verdict.takeError();
      verdicts.push_back(*verdict);
    }
    return verdicts;
  }

private:
  /// Draws a direction for each result and computes Jᵀ w.
  llvm::Error carryBack(ArrayRef<HostTensor> results) {
    SmallVector<const HostTensor *> inputs(point);
    std::vector<HostTensor> seeds;
    for (const HostTensor &result : results) {
      if (!isFloat(result.getKind()))
        continue;
      llvm::Expected<HostTensor> seed =
          HostTensor::create(result.getSignature());
      if (!seed)
        return seed.takeError();
      fillWithNormal(*seed, /*seed=*/1000 + seeds.size());
      seeds.push_back(std::move(*seed));
    }
    for (const HostTensor &seed : seeds)
      inputs.push_back(&seed);
    llvm::Expected<std::vector<HostTensor>> carried = function.vjp(inputs);
    if (!carried)
      return carried.takeError();
    w = getAllNumbers(seeds);
    cotangents = getAllNumbers(*carried);
    return llvm::Error::success();
  }

  /// A direction whose largest component is 1.
  llvm::Expected<HostTensor> drawDirection(size_t position) {
    llvm::Expected<HostTensor> v =
        HostTensor::create(point[function.wrt[position]]->getSignature());
    if (!v)
      return v;
    fillWithNormal(*v, /*seed=*/position);
    double norm = getNorm(getNumbers(*v));
    for (int64_t index = 0; index < v->getNumElements(); ++index)
      v->setFloat(index, v->getFloat(index) / norm);
    return v;
  }

  /// Computes J v for a direction in one argument alone.
  llvm::Expected<std::vector<Numbers>> carryForward(size_t position,
                                                    const HostTensor &v) {
    SmallVector<const HostTensor *> inputs(point);
    std::vector<HostTensor> zeros;
    zeros.reserve(function.wrt.size());
    for (auto [other, argument] : llvm::enumerate(function.wrt)) {
      if (other == position) {
        inputs.push_back(&v);
        continue;
      }
      llvm::Expected<HostTensor> zero =
          HostTensor::create(point[argument]->getSignature());
      if (!zero)
        return zero.takeError();
      zeros.push_back(std::move(*zero));
      inputs.push_back(&zeros.back());
    }
    llvm::Expected<std::vector<HostTensor>> tangents = function.jvp(inputs);
    if (!tangents)
      return tangents.takeError();
    return getAllNumbers(*tangents);
  }

  llvm::Expected<ArgumentVerdict> examine(size_t position) {
    llvm::Expected<HostTensor> v = drawDirection(position);
    if (!v)
      return v.takeError();
    llvm::Expected<std::vector<Numbers>> tangents = carryForward(position, *v);
    if (!tangents)
      return tangents.takeError();
    int64_t argument = function.wrt[position];
    llvm::Expected<Differences> differences =
        Extrapolation(function.value, point, argument, *v, step, epsilon).run();
    if (!differences)
      return differences.takeError();

    ArgumentVerdict verdict{};
    verdict.argument = argument;
    verdict.pairingError =
        pair(*tangents, getNumbers(*v), cotangents[position]);
    compare(verdict, *tangents, *differences);
    return verdict;
  }

  /// |<w, J v> - <Jᵀ w, v>|, relative to the sum of the magnitudes.
  double pair(ArrayRef<Numbers> tangents, const Numbers &v,
              const Numbers &cotangent) {
    double forth = 0, forthMagnitude = 0, back = 0, backMagnitude = 0;
    for (auto [weights, tangent] : llvm::zip_equal(w, tangents))
      addProduct(weights, tangent, forth, forthMagnitude);
    addProduct(cotangent, v, back, backMagnitude);
    if (forth == back)
      return 0;
    return std::abs(forth - back) / std::max(forthMagnitude, backMagnitude);
  }

  static void compare(ArgumentVerdict &verdict, ArrayRef<Numbers> tangents,
                      const Differences &differences) {
    if (differences.results.empty()) {
      verdict.differencesError = verdict.difference = verdict.derivative =
          std::numeric_limits<double>::quiet_NaN();
      return;
    }
    for (auto [result, tangent] : llvm::enumerate(tangents)) {
      const Numbers &difference = differences.results[result];
      double scale = std::max(getNorm(tangent), getNorm(difference));
      if (scale > 0)
        verdict.noise =
            std::max(verdict.noise, differences.noise[result] / scale);
      for (size_t index = 0; index < tangent.size(); ++index) {
        double off = std::abs(tangent[index] - difference[index]) -
                     differences.noise[result];
        double error = off <= 0 ? 0 : off / scale;
        // A NaN is worse than any number, and the first one stays.
        if (error <= verdict.differencesError ||
            std::isnan(verdict.differencesError))
          continue;
        verdict.differencesError = error;
        verdict.result = result;
        verdict.index = index;
        verdict.derivative = tangent[index];
        verdict.difference = difference[index];
      }
    }
  }

  const DifferentiatedFunction &function;
  ArrayRef<const HostTensor *> point;
  double step;
  double epsilon = 0;
  /// Directions among the floating-point results, and what vjp makes of them.
  std::vector<Numbers> w, cotangents;
};
} // namespace

llvm::Expected<SmallVector<ArgumentVerdict>>
atled::verifyGradient(const DifferentiatedFunction &function,
                      ArrayRef<const HostTensor *> point,
                      const GradientBounds &bounds) {
  return GradientVerifier(function, point, bounds.step).run();
}
