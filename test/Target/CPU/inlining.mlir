// Of calls inside one another, each of a function that is called twice, only the innermost is inlined.
// RUN: atled-compile %s --entry=outer --emit=llvm -o - | FileCheck %s

// CHECK-NOT: @inner.private
// CHECK: call {{.*}} @middle.private

func.func private @inner(%x: tensor<100xf32>) -> tensor<100xf32> {
  %y = atled.exp %x : tensor<100xf32>
  return %y : tensor<100xf32>
}
func.func private @middle(%x: tensor<100xf32>) -> tensor<100xf32> {
  %y = call @inner(%x) : (tensor<100xf32>) -> tensor<100xf32>
  %z = call @inner(%y) : (tensor<100xf32>) -> tensor<100xf32>
  return %z : tensor<100xf32>
}
func.func @outer(%x: tensor<100xf32>) -> tensor<100xf32> {
  %y = call @middle(%x) : (tensor<100xf32>) -> tensor<100xf32>
  %z = call @middle(%y) : (tensor<100xf32>) -> tensor<100xf32>
  return %z : tensor<100xf32>
}
