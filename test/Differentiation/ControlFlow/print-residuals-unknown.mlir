// What is kept of a loop that runs as often as an input says: how much that is, nobody knows.

// RUN: atled-compile %s --vjp=f --print-residuals -o %t.o 2>&1 | FileCheck %s
// RUN: atled-compile %s --vjp=f --memory-budget=1KiB -o %t.o

// CHECK: @f.vjp.0_1 keeps an unknown number of bytes for its way back
// CHECK-NEXT: an unknown number of bytes: ? x tensor<f64>, the result of 'atled.tanh' at {{.*}}.mlir:[[#@LINE+9]]:10
// CHECK: to compute it again takes 2 operations each time
func.func @f(%x: tensor<f64>, %w: tensor<f64>, %k: tensor<i64>) -> tensor<f64> {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %e = tensor.extract %k[] : tensor<i64>
  %n = arith.index_cast %e : i64 to index
  %r = scf.for %i = %c0 to %n step %c1 iter_args(%h = %x) -> (tensor<f64>) {
    %p = atled.mul %h, %w : tensor<f64>
    %t = atled.tanh %p : tensor<f64>
    scf.yield %t : tensor<f64>
  }
  return %r : tensor<f64>
}
