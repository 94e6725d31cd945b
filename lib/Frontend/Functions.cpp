//===- Functions.cpp - The interface to functions and arrays --------------===//
//
// Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Trace.h"
#include "atled/Execution/HostTensor.h"
#include "atled/Execution/RandomTensor.h"

using namespace atled;

//===----------------------------------------------------------------------===//
// Tracing
//===----------------------------------------------------------------------===//

static std::vector<std::string> readNames(const char *const *names,
                                          size_t count) {
  std::vector<std::string> strings;
  for (const char *name : ArrayRef(names, count))
    strings.push_back(name ? name : "");
  return strings;
}

int atled_trace_begin(const char *name, const atled_type *types,
                      const char *const *names, size_t count,
                      atled_location place, atled_value *arguments) {
  return runInSession([&]() -> LogicalResult {
    Location location = getLocation(place);
    SmallVector<Type> tensorTypes;
    for (const atled_type &type : ArrayRef(types, count)) {
      ArrayRef<int64_t> shape(type.shape, static_cast<size_t>(type.rank));
      if (llvm::any_of(shape, [](int64_t extent) { return extent < 0; }))
        return emitError(location)
               << "an argument of '" << name
               << "' has an extent less than 0: " << formatType(type);
      tensorTypes.push_back(getTensorType(type));
    }
    auto trace = std::make_unique<Trace>(name, tensorTypes,
                                         readNames(names, count), location);
    trace->getHandles(trace->getFunction().getArguments(), arguments);
    getTraces().push_back(std::move(trace));
    return success();
  });
}

int atled_trace_end(const atled_value *results, const char *const *names,
                    size_t count, atled_location place,
                    atled_function **function) {
  return runInSession([&]() -> LogicalResult {
    Location location = getLocation(place);
    std::unique_ptr<Trace> trace = std::move(getTraces().back());
    getTraces().pop_back();
    FailureOr<SmallVector<Value>> values =
        trace->resolve(ArrayRef(results, count), location);
    if (failed(values) || failed(trace->checkResults(*values, location)))
      return failure();
    *function = wrap(trace->finish(*values, readNames(names, count), location));
    return success();
  });
}

int atled_trace_recursive(const atled_type *results, size_t count,
                          int64_t depth, atled_location place) {
  return runInSession([&]() -> LogicalResult {
    Location location = getLocation(place);
    if (depth < 0)
      return emitError(location)
             << "the depth of a recursion is at least 1, or 0 for no bound, "
                "and "
             << depth << " is given";
    SmallVector<Type> types;
    for (const atled_type &type : ArrayRef(results, count))
      types.push_back(getTensorType(type));
    getTraces().back()->declareResults(types, depth);
    return success();
  });
}

void atled_trace_abort(void) {
  runInSession([&] {
    getTraces().pop_back();
    return success();
  });
}

//===----------------------------------------------------------------------===//
// Functions
//===----------------------------------------------------------------------===//

void atled_function_release(atled_function *function) { delete function; }

const atled_signature *
atled_function_signature(const atled_function *function) {
  return &getTraced(function).getSignature();
}

static DerivativeRequest::Kind getKind(int32_t kind) {
  switch (kind) {
  case ATLED_GRAD:
    return DerivativeRequest::Grad;
  case ATLED_VALUE_AND_GRAD:
    return DerivativeRequest::ValueAndGrad;
  case ATLED_VJP:
    return DerivativeRequest::Vjp;
  default:
    return DerivativeRequest::Jvp;
  }
}

int atled_function_derive(const atled_function *function, int32_t kind,
                          const int64_t *wrt, size_t count,
                          atled_location place, atled_function **derivative) {
  int status = runInSession([&]() -> LogicalResult {
    FailureOr<std::unique_ptr<TracedFunction>> derived =
        getTraced(function).derive(getKind(kind), ArrayRef(wrt, count),
                                   getLocation(place));
    if (failed(derived))
      return failure();
    *derivative = wrap(std::move(*derived));
    return success();
  });
  if (!status)
    return 0;
  return setLastError(Twine(atled_last_error()) + "\n" + formatLocation(place) +
                      ": note: the derivative is asked for here");
}

int atled_function_custom_vjp(const atled_function *function,
                              const atled_function *forward,
                              const atled_function *reverse,
                              atled_location place, atled_function **result) {
  return runInSession([&]() -> LogicalResult {
    FailureOr<std::unique_ptr<TracedFunction>> bound =
        getTraced(function).bindVjp(getTraced(forward), getTraced(reverse),
                                    getLocation(place));
    if (failed(bound))
      return failure();
    *result = wrap(std::move(*bound));
    return success();
  });
}

int atled_function_custom_jvp(const atled_function *function,
                              const atled_function *rule, atled_location place,
                              atled_function **result) {
  return runInSession([&]() -> LogicalResult {
    FailureOr<std::unique_ptr<TracedFunction>> bound =
        getTraced(function).bindJvp(getTraced(rule), getLocation(place));
    if (failed(bound))
      return failure();
    *result = wrap(std::move(*bound));
    return success();
  });
}

int atled_function_donate(const atled_function *function, const int64_t *inputs,
                          const int64_t *outputs, size_t count,
                          atled_location place, atled_function **result) {
  return runInSession([&] {
    *result = wrap(getTraced(function).donate(ArrayRef(inputs, count),
                                              ArrayRef(outputs, count)));
    return success();
  });
}

int atled_function_check(const atled_function *function, int32_t checks,
                         atled_location place, atled_function **result) {
  return runInSession([&] {
    *result =
        wrap(getTraced(function).check({(checks & ATLED_CHECK_INDICES) != 0,
                                        (checks & ATLED_CHECK_NAN) != 0}));
    return success();
  });
}

int atled_function_call(atled_function *function, const atled_type *types,
                        const void *const *inputs, size_t count,
                        void *const *outputs, atled_location place) {
  TracedFunction &traced = getTraced(function);
  assert(count == traced.getSignature().input_count && "C++ has counted them");
  for (size_t i = 0; i < count; ++i)
    if (traced.checkArgument(i, types[i], place))
      return 1;
  return traced.call(inputs, outputs, place);
}

int atled_function_save(const atled_function *function, const char *path,
                        const char *cpu, atled_location place) {
  return runInSession(
      [&] { return getTraced(function).save(path, cpu, getLocation(place)); });
}

/// What a function of the interface has returned last on this thread.
static const char *keep(std::string text) {
  static thread_local std::string kept;
  kept = std::move(text);
  return kept.c_str();
}

const char *atled_function_text(const atled_function *function) {
  std::string text;
  runInSession([&] {
    text = getTraced(function).print();
    return success();
  });
  return keep(std::move(text));
}

//===----------------------------------------------------------------------===//
// Arrays
//===----------------------------------------------------------------------===//

const char *atled_array_text(atled_type type, const void *data) {
  HostTensor tensor = copyTensor(type, data);
  std::string text;
  llvm::raw_string_ostream os(text);
  printTensor(os, tensor);
  return keep(std::move(text));
}

void atled_array_randn(int32_t dtype, void *data, size_t count, uint64_t seed) {
  int64_t extent = count;
  HostTensor tensor = llvm::cantFail(
      HostTensor::create({static_cast<ElementKind>(dtype), {extent}}));
  fillWithNormal(tensor, seed);
  std::memcpy(data, tensor.getBytes().data(), tensor.getBytes().size());
}

/// `value` without its fraction, and no less or greater than the integers of a
/// kind; 0 for NaN.
static int64_t toInteger(double value, ElementKind kind) {
  llvm::APSInt integer(8 * getByteWidth(kind), isUnsigned(kind));
  bool isExact;
  APFloat(value).convertToInteger(integer, APFloat::rmTowardZero, &isExact);
  return isUnsigned(kind) ? integer.getZExtValue() : integer.getSExtValue();
}

static void convertElement(const HostTensor &source, HostTensor &target,
                           int64_t index) {
  ElementKind from = source.getKind(), to = target.getKind();
  if (to == ElementKind::I1)
    return target.setInteger(index, source.getFloat(index) != 0);
  if (isFloat(to) && isFloat(from))
    return target.setFloat(index, source.getFloat(index));
  if (isFloat(to)) {
    // Rounded once: a double does not hold every integer of 64 bits.
    bool isExact;
    APFloat value(to == ElementKind::F32 ? APFloat::IEEEsingle()
                                         : APFloat::IEEEdouble());
    value.convertFromAPInt(APInt(64, source.getInteger(index)),
                           !isUnsigned(from), APFloat::rmNearestTiesToEven);
    value.convert(APFloat::IEEEdouble(), APFloat::rmNearestTiesToEven,
                  &isExact);
    return target.setFloat(index, value.convertToDouble());
  }
  target.setInteger(index, isFloat(from) ? toInteger(source.getFloat(index), to)
                                         : source.getInteger(index));
}

void atled_array_convert(int32_t from, const void *source, int32_t to,
                         void *target, size_t count) {
  int64_t extent = count;
  HostTensor input = copyTensor({from, 1, &extent}, source);
  HostTensor output = llvm::cantFail(
      HostTensor::create({static_cast<ElementKind>(to), {extent}}));
  for (int64_t index = 0; index < extent; ++index)
    convertElement(input, output, index);
  std::memcpy(target, output.getBytes().data(), output.getBytes().size());
}
