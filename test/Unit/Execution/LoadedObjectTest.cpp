//===- LoadedObjectTest.cpp - Tests of calls of compiled functions --------===//
//
// Part of Atled, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// What a call does with a function that breaks its side of the contract; such
// functions are not what the compiler makes, so they are written here.
//
//===----------------------------------------------------------------------===//

#include "atled/Execution/LoadedObject.h"
#include "atled/atled.h"
#include "mlir/IR/BuiltinTypes.h"
#include "mlir/IR/MLIRContext.h"
#include "gtest/gtest.h"
#include <cstring>

using namespace atled;

namespace {
/// Calls a function that is written in C++ as if it were compiled.
class LoadedObjectTest : public ::testing::Test {
protected:
  using Function = int32_t(const void *const *, void *const *, const int64_t *,
                           void *, size_t, const atled_exec *);

  std::string call(Function *function, StringRef literal) {
    auto type = RankedTensorType::get({2}, Float32Type::get(&context));
    EntryPoint entry;
    entry.name = entry.symbol = "f";
    entry.inputs = {{"x", type, {}}};
    entry.outputs = {{"y", type, {}}};
    entry.workspaceBytes = 64;
    CompiledFunction compiled(entry, {reinterpret_cast<void *>(function)});
    HostTensor input = cantFail(parseTensorLiteral(literal));
    llvm::Expected<std::vector<HostTensor>> outputs = compiled.call({&input});
    if (!outputs)
      return toString(outputs.takeError());
    return std::to_string(outputs->front().getFloat(1));
  }

  MLIRContext context{MLIRContext::Threading::DISABLED};
};
} // namespace

static int32_t copy(const void *const *in, void *const *out, const int64_t *,
                    void *, size_t, const atled_exec *) {
  std::memcpy(out[0], in[0], 2 * sizeof(float));
  return ATLED_OK;
}

static int32_t refuse(const void *const *, void *const *, const int64_t *,
                      void *, size_t, const atled_exec *) {
  return ATLED_ERROR_SHORT_WORKSPACE;
}

static int32_t overrun(const void *const *, void *const *, const int64_t *,
                       void *workspace, size_t bytes, const atled_exec *) {
  static_cast<char *>(workspace)[bytes] = 0;
  return ATLED_OK;
}

TEST_F(LoadedObjectTest, passes_inputs_and_outputs) {
  EXPECT_EQ(call(copy, "2xf32=1,2"), "2.000000");
}

TEST_F(LoadedObjectTest, compares_the_inputs_with_the_signature) {
  EXPECT_EQ(call(copy, "3xf32=1"), "input 0 is of type 3xf32, and @f takes "
                                   "2xf32");
}

TEST_F(LoadedObjectTest, tells_why_arguments_are_refused) {
  EXPECT_EQ(call(refuse, "2xf32=1"), "the compiled function refused its "
                                     "arguments: the workspace is too small");
}

TEST_F(LoadedObjectTest, notices_what_is_written_behind_the_workspace) {
  EXPECT_EQ(call(overrun, "2xf32=1"),
            "the compiled function wrote beyond the end of its workspace");
}
