// What is kept, why, where it comes from, and what it would cost to compute it again.

// RUN: atled-compile %s --vjp=f --wrt=0,1 --print-residuals -o %t.o 2>&1 | FileCheck %s
// Of what is not compiled nothing is said.
// RUN: atled-compile %S/Inputs/unwanted.mlir --entry=f --print-residuals -o %t.o 2>&1 | FileCheck %s --check-prefix=NOTHING
// RUN: atled-opt %s '--ad-differentiate=print-residuals' -o /dev/null 2>&1 | FileCheck %s --check-prefix=NOTHING
// NOTHING: no derivative keeps anything for its way back

// A function that is called keeps for its caller: two matrices of 8 rows and 16 columns, 4 bytes an element. To compute
// the second again takes the product, the first, and itself.
// CHECK: @dense.fwd.0_1 keeps 512 bytes for its way back
// CHECK-NEXT: 512 bytes: tensor<8x16xf32>, the result of 'atled.tanh' at {{.*}}.mlir:[[#@LINE+5]]:8
// CHECK-NEXT: the way back uses it in 'atled.add' at {{.*}}.mlir:[[#@LINE+4]]:8, 'atled.sub' at {{.*}}.mlir:[[#@LINE+4]]:8
// CHECK-NEXT: to compute it again takes 2176 operations each time
func.func private @dense(%h: tensor<8x16xf32>, %w: tensor<16x16xf32>) -> tensor<8x16xf32> {
  %a = atled.matmul %h, %w : (tensor<8x16xf32>, tensor<16x16xf32>) -> tensor<8x16xf32>
  %t = atled.tanh %a : tensor<8x16xf32>
  return %t : tensor<8x16xf32>
}

// The largest comes first. What an inner loop keeps, the outer one keeps as often as it runs.
// Where an iteration keeps what it begins with and what it ends with, that is one more than there are iterations.
// What was traced has no column.
// CHECK: @f.vjp.0_1 keeps 23081 bytes for its way back
// CHECK-NEXT: 20480 bytes: 10 x 4 x tensor<8x16xf32>, the result of 'func.call' @dense.fwd.0_1 at {{.*}}.mlir:[[#@LINE+16]]:12
// CHECK-NEXT: the way back uses it in 'func.call' at {{.*}}.mlir:[[#@LINE+15]]:12
// CHECK-NEXT: to compute it again takes 2176 operations each time
// CHECK-NEXT: 2048 bytes: 4 x tensor<8x16xf32>, what the loop carries at {{.*}}.mlir:[[#@LINE+18]]:8
// CHECK-NEXT: from here iterations run again
// CHECK-NEXT: 512 bytes: tensor<8x16xf32>, the result of 'atled.exp' at {{.*}}.mlir:[[#@LINE+24]]:10
// CHECK-NEXT: the way back uses it in 'atled.mul' at
// CHECK-NEXT: to compute it again takes 128 operations each time
// CHECK: 1 bytes: i1, the result of 'arith.cmpi' at traced.cpp:7{{$}}
func.func @f(%x: tensor<8x16xf32>, %w: tensor<16x16xf32>, %k: tensor<i64>) -> tensor<8x16xf32> {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %c3 = arith.constant 3 : index
  %c10 = arith.constant 10 : index
  %r = scf.for %i = %c0 to %c10 step %c1 iter_args(%h = %x) -> (tensor<8x16xf32>) {
    %q = scf.for %j = %c0 to %c3 step %c1 iter_args(%g = %h) -> (tensor<8x16xf32>) {
      %e = func.call @dense(%g, %w) : (tensor<8x16xf32>, tensor<16x16xf32>) -> tensor<8x16xf32>
      scf.yield %e : tensor<8x16xf32>
    }
    scf.yield %q : tensor<8x16xf32>
  }
  %b = scf.for %i = %c0 to %c10 step %c1 iter_args(%h = %r) -> (tensor<8x16xf32>) {
    %s = atled.sin %h : tensor<8x16xf32>
    scf.yield %s : tensor<8x16xf32>
  } {ad.checkpoint = #ad.binomial<4>}
  %n = tensor.extract %k[] : tensor<i64>
  %zero = arith.constant 0 : i64
  %positive = arith.cmpi sgt, %n, %zero : i64 loc("traced.cpp":7:0)
  %y = scf.if %positive -> tensor<8x16xf32> {
    %p = atled.exp %b : tensor<8x16xf32>
    scf.yield %p : tensor<8x16xf32>
  } else {
    scf.yield %b : tensor<8x16xf32>
  }
  return %y : tensor<8x16xf32>
}
