// Binomial checkpoints of tensors of dynamic shape, to the second order: how often a part of the loop runs is bounded by
// how often the whole does.

// RUN: atled-run %s --verify-gradient --entry=norm --input=3xf64=0.5,0.25,0.3 | FileCheck %s
// RUN: atled-run %s --verify-gradient --entry=norm_bounded --input=3xf64=0.5,0.25,0.3 --input=i64=7 | FileCheck %s
// CHECK: in0 {{.*}} ok

// Without a bound it is an error, which says where one is missing.
// RUN: sed 's/, ad.max_iterations = 9 : i64//' %s | not atled-compile --vjp=norm_bounded -o %t.o 2>&1 | FileCheck %s --check-prefix=NONE
// NONE: error: a dynamic dimension where a static one is needed
// NONE: note: or say with 'ad.max_iterations' on this loop how often it runs at most

func.func private @loop(%x: tensor<?xf64>) -> tensor<f64> {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %c9 = arith.constant 9 : index
  %r = scf.for %i = %c0 to %c9 step %c1 iter_args(%h = %x) -> tensor<?xf64> {
    %s = atled.sin %h : tensor<?xf64>
    scf.yield %s : tensor<?xf64>
  } {ad.checkpoint = #ad.binomial<3>}
  %s = atled.reduce_sum %r dimensions = [0] : tensor<?xf64> -> tensor<f64>
  return %s : tensor<f64>
}

func.func @norm(%x: tensor<?xf64>) -> tensor<f64> {
  %g = ad.grad @loop(%x) wrt = [0] : (tensor<?xf64>) -> tensor<?xf64>
  %squares = atled.mul %g, %g : tensor<?xf64>
  %s = atled.reduce_sum %squares dimensions = [0] : tensor<?xf64> -> tensor<f64>
  return %s : tensor<f64>
}

func.func private @bounded(%x: tensor<?xf64>, %times: tensor<i64>) -> tensor<f64> {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %t = tensor.extract %times[] : tensor<i64>
  %n = arith.index_cast %t : i64 to index
  %r = scf.for %i = %c0 to %n step %c1 iter_args(%h = %x) -> tensor<?xf64> {
    %s = atled.sin %h : tensor<?xf64>
    scf.yield %s : tensor<?xf64>
  } {ad.checkpoint = #ad.binomial<3>, ad.max_iterations = 9 : i64}
  %s = atled.reduce_sum %r dimensions = [0] : tensor<?xf64> -> tensor<f64>
  return %s : tensor<f64>
}

func.func @norm_bounded(%x: tensor<?xf64>, %times: tensor<i64>) -> tensor<f64> {
  %g = ad.grad @bounded(%x, %times) wrt = [0] : (tensor<?xf64>, tensor<i64>) -> tensor<?xf64>
  %squares = atled.mul %g, %g : tensor<?xf64>
  %s = atled.reduce_sum %squares dimensions = [0] : tensor<?xf64> -> tensor<f64>
  return %s : tensor<f64>
}
