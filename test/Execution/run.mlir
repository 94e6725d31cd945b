// A scalar is printed as one, other results as NumPy would; every input form.
// RUN: atled-run %s --entry=loss --input=2x3xf32=1,2,3,4,5,6 --input=f32=0.5 | FileCheck %s
// CHECK: loss: f32 = 10.5
// CHECK-NEXT: scaled: 2x3xf32 =
// CHECK-NEXT: {{^\[\[}}0.5, 1.0, 1.5],{{$}}
// CHECK-NEXT: {{^}} [2.0, 2.5, 3.0{{\]\]$}}

// Results go to files, in order, and the others are printed; a file is an input again.
// RUN: rm -rf %t && mkdir %t
// RUN: atled-run %s --entry=loss --input=2x3xf32=2 --input=f32=1 --output=%t/loss.npy | FileCheck %s --check-prefix=SECOND
// SECOND-NOT: loss
// SECOND: scaled: 2x3xf32 =
// RUN: atled-run %s --entry=loss --input=2x3xf32=2 --input=f32=1 --output=%t/loss.npy --output=%t/scaled.npy | count 0
// RUN: atled-run %s --entry=loss --input=%t/scaled.npy --input=%t/loss.npy | FileCheck %s --check-prefix=AGAIN
// AGAIN: loss: f32 = 144.0

// By name, in any order, beside such that are next.
// RUN: atled-run %s --entry=loss --input=in1=f32=0.5 --input=in0=2x3xf32=1,2,3,4,5,6 | FileCheck %s
// RUN: atled-run %s --entry=loss --input=in1=f32=0.5 --input=2x3xf32=1,2,3,4,5,6 --output=scaled=%t/named.npy | FileCheck %s --check-prefix=FIRST
// FIRST: loss: f32 = 10.5
// FIRST-NOT: scaled
// RUN: atled-run %s --entry=loss --input=f32=2 --input=in0=%t/named.npy | FileCheck %s --check-prefix=NAMED
// NAMED: loss: f32 = 21.0

// Derivatives.
// RUN: atled-run %s --grad=sum_of_squares --input=3xf64=1,2,3 | FileCheck %s --check-prefix=GRAD
// GRAD: grad_x: 3xf64 = [2.0, 4.0, 6.0]
// RUN: atled-run %s --value-and-grad=sum_of_squares --wrt=0 --input=3xf64=1,2,3 | FileCheck %s --check-prefix=VALUE-AND-GRAD
// VALUE-AND-GRAD: out0: f64 = 14.0
// VALUE-AND-GRAD-NEXT: grad_x: 3xf64 = [2.0, 4.0, 6.0]
// RUN: atled-run %s --vjp=square --input=3xf64=1,2,3 --input=3xf64=1,0,2 | FileCheck %s --check-prefix=VJP
// VJP: out0: 3xf64 = [1.0, 4.0, 9.0]
// VJP-NEXT: grad_in0: 3xf64 = [ 2.0,  0.0, 12.0]
// RUN: atled-run %s --jvp=square --input=3xf64=1,2,3 --input=3xf64=1,0,2 | FileCheck %s --check-prefix=JVP
// JVP: out0: 3xf64 = [1.0, 4.0, 9.0]
// JVP-NEXT: tangent_out0: 3xf64 = [ 2.0,  0.0, 12.0]

// Other levels and processors, and times.
// RUN: atled-run %s --grad=sum_of_squares --input=3xf64=1,2,3 -O0 | FileCheck %s --check-prefix=GRAD
// RUN: atled-run %s --grad=sum_of_squares --input=3xf64=1,2,3 -O3 -mcpu=native --bench=3 | FileCheck %s --check-prefixes=GRAD,BENCH
// BENCH: 3 calls: median {{[0-9]+ ns|[0-9]+[.][0-9]+ us}}, least {{[0-9]+ ns|[0-9]+[.][0-9]+ us}}

// A program on the standard input.
// RUN: atled-run --grad=sum_of_squares --input=3xf64=1,2,3 < %s | FileCheck %s --check-prefix=GRAD

func.func @loss(%x: tensor<2x3xf32>, %k: tensor<f32>)
    -> (tensor<f32> {atled.name = "loss"}, tensor<2x3xf32> {atled.name = "scaled"}) {
  %factors = atled.broadcast %k dimensions = [] : tensor<f32> -> tensor<2x3xf32>
  %scaled = atled.mul %x, %factors : tensor<2x3xf32>
  %loss = atled.reduce_sum %scaled dimensions = [0, 1] : tensor<2x3xf32> -> tensor<f32>
  return %loss, %scaled : tensor<f32>, tensor<2x3xf32>
}

func.func private @square(%x: tensor<3xf64>) -> tensor<3xf64> {
  %y = atled.mul %x, %x : tensor<3xf64>
  return %y : tensor<3xf64>
}

func.func @sum_of_squares(%x: tensor<3xf64> {atled.name = "x"}) -> tensor<f64> {
  %y = call @square(%x) : (tensor<3xf64>) -> tensor<3xf64>
  %sum = atled.reduce_sum %y dimensions = [0] : tensor<3xf64> -> tensor<f64>
  return %sum : tensor<f64>
}
