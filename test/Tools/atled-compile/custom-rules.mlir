// Rules are gone when derivatives have been taken, whether any was asked for
// or not. A function without a body has the derivatives that its rule gives,
// and calls of it are for the linker to resolve.

// RUN: atled-compile %s --entry=identity --compile-to=derivatives | FileCheck %s
// CHECK-NOT: ad.custom
// RUN: atled-compile %s --entry=identity --emit=llvm -o /dev/null
// RUN: atled-compile %s --vjp=elsewhere --emit=header | FileCheck %s --check-prefix=HEADER
// HEADER: elsewhere_vjp(
// RUN: atled-compile %s --entry=caller --emit=llvm -o - | FileCheck %s --check-prefix=NO-BODY
// NO-BODY: declare i32 @elsewhere(ptr, ptr, ptr, ptr, i64, ptr)
// RUN: not atled-compile %s --entry=elsewhere -o /dev/null 2>&1 | FileCheck %s --check-prefix=ENTRY
// ENTRY: error: function 'elsewhere' has no body, so it cannot be an entry: the C code that defines it can be called by its name

func.func private @elsewhere(tensor<4xf32>) -> tensor<4xf32>
func.func private @rule(%x: tensor<4xf32>, %dx: tensor<4xf32>) -> (tensor<4xf32>, tensor<4xf32>) {
  return %x, %dx : tensor<4xf32>, tensor<4xf32>
}
ad.custom_jvp @elsewhere rule @rule

func.func @identity(%x: tensor<4xf32>) -> tensor<4xf32> {
  return %x : tensor<4xf32>
}
func.func @caller(%x: tensor<4xf32>) -> tensor<4xf32> {
  %y = call @elsewhere(%x) : (tensor<4xf32>) -> tensor<4xf32>
  return %y : tensor<4xf32>
}
