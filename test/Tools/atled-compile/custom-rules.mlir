// Rules are gone when derivatives have been taken, whether any was asked for
// or not. A function without a body has the derivatives that its rule gives,
// and cannot be called.

// RUN: atled-compile %s --entry=identity --compile-to=derivatives | FileCheck %s
// CHECK-NOT: ad.custom
// RUN: atled-compile %s --entry=identity --emit=llvm -o /dev/null
// RUN: atled-compile %s --vjp=elsewhere --emit=header | FileCheck %s --check-prefix=HEADER
// HEADER: elsewhere_vjp(
// RUN: not atled-compile %s --entry=caller -o /dev/null 2>&1 | FileCheck %s --check-prefix=NO-BODY
// NO-BODY: custom-rules.mlir:[[#@LINE+2]]:{{[0-9]+}}: error: 'func.func' op @elsewhere has no body; every function that is compiled must be defined in the module

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
