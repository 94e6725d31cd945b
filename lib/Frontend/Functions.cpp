//===- Functions.cpp - The interface to functions -------------------------===//
//
// Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Trace.h"
#include "llvm/Support/Path.h"

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
  return runInSession(place, [&]() -> LogicalResult {
    Location location = getLocation(place);
    SmallVector<Type> tensorTypes;
    for (const atled_type &type : ArrayRef(types, count)) {
      if (!hasExtents(type, /*orDynamic=*/true))
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
  return runInSession(place, [&]() -> LogicalResult {
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
  return runInSession(place, [&]() -> LogicalResult {
    Location location = getLocation(place);
    StringRef name = getTraces().back()->getName();
    if (depth < 1)
      return emitError(location)
             << "the depth of a recursion is at least 1, and " << depth
             << " is given";
    SmallVector<Type> types;
    for (const atled_type &type : ArrayRef(results, count)) {
      if (!hasExtents(type, /*orDynamic=*/true))
        return emitError(location)
               << "a result of '" << name
               << "' has an extent less than 0: " << formatType(type);
      // The innermost call returns something that is as large.
      if (!hasExtents(type, /*orDynamic=*/false))
        return emitError(location)
               << "'" << name
               << "' calls itself, and what it returns has a known size; it is "
                  "to return a tensor of "
               << formatType(type);
      types.push_back(getTensorType(type));
    }
    getTraces().back()->declareResults(types, depth);
    return success();
  });
}

void atled_trace_abort(void) {
  runLocked([&] { getTraces().pop_back(); });
}

//===----------------------------------------------------------------------===//
// Functions
//===----------------------------------------------------------------------===//

void atled_function_release(atled_function *function) { delete function; }

const atled_signature *
atled_function_signature(const atled_function *function) {
  return function ? &getTraced(function).getSignature() : nullptr;
}

const char *atled_function_text(const atled_function *function) {
  if (!function)
    return nullptr;
  std::call_once(function->printed, [&] {
    runLocked([&] { function->text = getTraced(function).print(); });
  });
  return function->text.c_str();
}

static std::optional<DerivativeRequest::Kind> getKind(int32_t kind) {
  switch (kind) {
  case ATLED_GRAD:
    return DerivativeRequest::Grad;
  case ATLED_VALUE_AND_GRAD:
    return DerivativeRequest::ValueAndGrad;
  case ATLED_VJP:
    return DerivativeRequest::Vjp;
  case ATLED_JVP:
    return DerivativeRequest::Jvp;
  default:
    return std::nullopt;
  }
}

/// Before any number is read: a wrong count is not believed.
static int checkCount(const atled_signature &signature, StringRef what,
                      size_t count, size_t there, atled_location place) {
  if (count <= there)
    return ATLED_SUCCESS;
  return setLastError(place, "the number of " + what + "s asked for is " +
                                 Twine(count) + ", and '" + signature.name +
                                 "' has " + Twine(there));
}

/// Whether `numbers` are some of the `there` inputs or outputs.
static int checkNumbers(const atled_signature &signature, StringRef what,
                        const int64_t *numbers, size_t count, size_t there,
                        atled_location place) {
  if (int status = checkArrays(
          place, count, {{what == "input" ? "inputs" : "outputs", numbers}}))
    return status;
  if (int status = checkCount(signature, what, count, there, place))
    return status;
  for (int64_t number : ArrayRef(numbers, count))
    if (number < 0 || static_cast<uint64_t>(number) >= there)
      return setLastError(place, "'" + Twine(signature.name) + "' has no " +
                                     what + " " + Twine(number) + ": it has " +
                                     Twine(there) + ", counted from 0");
  return 0;
}

int atled_function_derive(const atled_function *function, int32_t kind,
                          const int64_t *wrt, size_t count,
                          atled_location place, atled_function **derivative) {
  if (int status = checkPointers(
          place, {{"function", function}, {"derivative", derivative}}))
    return status;
  std::optional<DerivativeRequest::Kind> request = getKind(kind);
  if (!request)
    return setLastError(
        place, "there is no kind of derivative with the number " + Twine(kind));
  if (int status = checkArrays(place, count, {{"wrt", wrt}}))
    return status;
  const TracedFunction &traced = getTraced(function);
  const atled_signature &signature = traced.getSignature();
  if (int status =
          checkCount(signature, "input", count, signature.input_count, place))
    return status;
  ArrayRef<int64_t> numbers(wrt, count);
  for (size_t i = 1; i < count; ++i)
    if (numbers[i] <= numbers[i - 1])
      return setLastError(
          place, "the inputs in wrt must increase: " + Twine(numbers[i]) +
                     " comes after " + Twine(numbers[i - 1]));
  int status = giveFunction(place, derivative, [&] {
    return traced.derive(*request, numbers, getLocation(place));
  });
  if (!status)
    return 0;
  return setLastError(Twine(atled_last_error()) + "\n" + formatLocation(place) +
                          ": note: the derivative is asked for here",
                      status);
}

int atled_function_custom_vjp(const atled_function *function,
                              const atled_function *forward,
                              const atled_function *reverse,
                              atled_location place, atled_function **result) {
  if (int status = checkPointers(place, {{"function", function},
                                         {"forward", forward},
                                         {"reverse", reverse},
                                         {"result", result}}))
    return status;
  return giveFunction(place, result, [&] {
    return getTraced(function).bindVjp(getTraced(forward), getTraced(reverse),
                                       getLocation(place));
  });
}

int atled_function_custom_jvp(const atled_function *function,
                              const atled_function *rule, atled_location place,
                              atled_function **result) {
  if (int status = checkPointers(
          place, {{"function", function}, {"rule", rule}, {"result", result}}))
    return status;
  return giveFunction(place, result, [&] {
    return getTraced(function).bindJvp(getTraced(rule), getLocation(place));
  });
}

/// Whether the output may be where the input is.
static int checkDonation(const atled_signature &signature, int64_t input,
                         int64_t output, atled_location place) {
  atled_type from = signature.inputs[input], to = signature.outputs[output];
  if (isSameType(from, to))
    return ATLED_SUCCESS;
  return setLastError(place, "input '" + Twine(signature.input_names[input]) +
                                 "' of '" + signature.name +
                                 "' is a tensor of " + formatType(from) +
                                 ", and cannot be donated to output '" +
                                 signature.output_names[output] +
                                 "', which is one of " + formatType(to));
}

int atled_function_donate(const atled_function *function, const int64_t *inputs,
                          const int64_t *outputs, size_t count,
                          atled_location place, atled_function **result) {
  if (int status =
          checkPointers(place, {{"function", function}, {"result", result}}))
    return status;
  const atled_signature &signature = getTraced(function).getSignature();
  if (int status = checkNumbers(signature, "input", inputs, count,
                                signature.input_count, place))
    return status;
  if (int status = checkNumbers(signature, "output", outputs, count,
                                signature.output_count, place))
    return status;
  for (size_t i = 0; i < count; ++i) {
    if (int status = checkDonation(signature, inputs[i], outputs[i], place))
      return status;
    if (llvm::is_contained(ArrayRef(inputs, i), inputs[i]) ||
        llvm::is_contained(ArrayRef(outputs, i), outputs[i]))
      return setLastError(place,
                          "input '" + Twine(signature.input_names[inputs[i]]) +
                              "' cannot be donated to output '" +
                              signature.output_names[outputs[i]] +
                              "': one of them is part of another donation");
  }
  return giveFunction(place, result,
                      [&]() -> FailureOr<std::unique_ptr<TracedFunction>> {
                        return getTraced(function).donate(
                            ArrayRef(inputs, count), ArrayRef(outputs, count));
                      });
}

int atled_function_check(const atled_function *function, int32_t checks,
                         atled_location place, atled_function **result) {
  if (int status =
          checkPointers(place, {{"function", function}, {"result", result}}))
    return status;
  if (checks & ~(ATLED_CHECK_INDICES | ATLED_CHECK_NAN))
    return setLastError(place, Twine(checks) + " names no checks");
  return giveFunction(place, result,
                      [&]() -> FailureOr<std::unique_ptr<TracedFunction>> {
                        return getTraced(function).check(readChecks(checks));
                      });
}

/// Whether a call may have `count` inputs of these types; null is what the
/// signature says.
static int checkTypes(const TracedFunction &traced, const atled_type *types,
                      size_t count, atled_location place) {
  const atled_signature &signature = traced.getSignature();
  if (count != signature.input_count)
    return setLastError(place, "the number of tensors given to '" +
                                   Twine(signature.name) + "' is " +
                                   Twine(count) + ", and it takes " +
                                   Twine(signature.input_count));
  for (size_t i = 0; i < count; ++i) {
    if (types) {
      if (int status = traced.checkArgument(i, types[i], place))
        return status;
    } else if (!isTensorType(signature.inputs[i])) {
      return setLastError(place, "'" + Twine(signature.name) +
                                     "' needs the types of what it is given: "
                                     "input '" +
                                     signature.input_names[i] + "' is of " +
                                     formatType(signature.inputs[i]));
    }
  }
  return ATLED_SUCCESS;
}

int atled_function_call(atled_function *function, const atled_type *types,
                        const void *const *inputs, size_t count,
                        void *const *outputs, atled_location place) {
  if (int status = checkPointers(place, {{"function", function}}))
    return status;
  TracedFunction &traced = getTraced(function);
  if (int status = checkTypes(traced, types, count, place))
    return status;
  const atled_signature &signature = traced.getSignature();
  if (int status = checkArrays(place, count, {{"inputs", inputs}}))
    return status;
  if (int status =
          checkArrays(place, signature.output_count, {{"outputs", outputs}}))
    return status;
  ArrayRef<atled_type> given(types ? types : signature.inputs, count);
  return traced.call(given, inputs, outputs, place);
}

int atled_function_output_extents(atled_function *function,
                                  const atled_type *types, size_t count,
                                  atled_location place, int64_t *extents) {
  if (int status = checkPointers(place, {{"function", function}}))
    return status;
  TracedFunction &traced = getTraced(function);
  if (int status = checkTypes(traced, types, count, place))
    return status;
  if (int status = checkArrays(place, traced.countOutputExtents(),
                               {{"extents", extents}}))
    return status;
  ArrayRef<atled_type> given(types ? types : traced.getSignature().inputs,
                             count);
  return traced.getOutputExtents(given, place, extents);
}

int atled_function_save(const atled_function *function, const char *path,
                        const char *cpu, atled_location place) {
  if (int status =
          checkPointers(place, {{"function", function}, {"path", path}}))
    return status;
  StringRef file = llvm::sys::path::filename(path);
  if (file.empty() || file == ".")
    return setLastError(place, "what is saved are PATH.o, PATH.h and PATH.hpp, "
                               "and PATH '" +
                                   Twine(path) + "' ends without a name");
  return getTraced(function).save(path, cpu ? cpu : "", place);
}
