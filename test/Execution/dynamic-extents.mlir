// Operations on tensors of which the caller says how large they are: forward mode, reverse mode and differences agree.

// RUN: atled-run %s --entry=softmax --verify-gradient --input=2x3xf64=1,2,3,4,5,6 | FileCheck %s
// RUN: atled-run %s --entry=scan --verify-gradient --input=2x3xf64=1,2,3,4,5,6 | FileCheck %s
// RUN: atled-run %s --entry=turn --verify-gradient --input=2x3xf64=1,2,3,4,5,6 | FileCheck %s
// RUN: atled-run %s --entry=greatest --verify-gradient --input=5x7xf64=1,2,3,4,5,6,9,8,7,6,5,4,3,2,1,2,3,4,5,6,9,8,7,6,5,4,3,2,1,2,3,4,5,6,7 | FileCheck %s
// RUN: atled-run %s --entry=spread --verify-gradient --input=5x7xf64=1,2,3,4,5,6,9,8,7,6,5,4,3,2,1,2,3,4,5,6,9,8,7,6,5,4,3,2,1,2,3,4,5,6,7 | FileCheck %s
// RUN: atled-run %s --entry=flat --verify-gradient --input=5x7xf64=1,2,3,4,5,6,9,8,7,6,5,4,3,2,1,2,3,4,5,6,9,8,7,6,5,4,3,2,1,2,3,4,5,6,7 | FileCheck %s
// RUN: atled-run %s --entry=part --verify-gradient --input=2x3xf64=1,2,3,4,5,6 | FileCheck %s
// RUN: atled-run %s --entry=join --verify-gradient --input=2x3xf64=1,2,3,4,5,6 --input=1x3xf64=-1,2,.5 | FileCheck %s
// RUN: atled-run %s --entry=multiply --verify-gradient --input=2x3xf64=1,2,3,4,0,6 | FileCheck %s
// RUN: atled-run %s --entry=known --verify-gradient --input=2x3xf64=1,2,3,4,5,6 | FileCheck %s
// RUN: not atled-run %s --entry=known --verify-gradient --input=2x2xf64=1,2,3,4 2>&1 | FileCheck %s --check-prefix=UNFIT
// UNFIT: error: the sizes of the inputs of @known do not fit together
// RUN: atled-run %s --entry=overwrite --verify-gradient --input=4x2xf64=1,2,3,4,5,6,7,8 --input=3xi32=2,0,2 --input=3x2xf64=-1,2,.5,3,9,4 | FileCheck %s
// CHECK: in0 {{.*}} ok

func.func @softmax(%x: tensor<?x?xf64>) -> tensor<?x?xf64> {
  %y = atled.softmax %x dimensions = [1] : tensor<?x?xf64>
  return %y : tensor<?x?xf64>
}
func.func @scan(%x: tensor<?x?xf64>) -> (tensor<?x?xf64>, tensor<?x?xf64>) {
  %y = atled.cumsum %x dimension = 0 : tensor<?x?xf64>
  %z = atled.cumprod %x dimension = 1 : tensor<?x?xf64>
  return %y, %z : tensor<?x?xf64>, tensor<?x?xf64>
}
func.func @turn(%x: tensor<?x?xf64>) -> tensor<?x?xf64> {
  %y = atled.transpose %x permutation = [1, 0] : tensor<?x?xf64> -> tensor<?x?xf64>
  %z = atled.reverse %y dimensions = [1] : tensor<?x?xf64>
  %w = atled.sin %z : tensor<?x?xf64>
  return %w : tensor<?x?xf64>
}
func.func @greatest(%x: tensor<?x?xf64>) -> (tensor<?xf64>, tensor<f64>) {
  %s = atled.sin %x : tensor<?x?xf64>
  %y = atled.reduce_max %s dimensions = [1] : tensor<?x?xf64> -> tensor<?xf64>
  %z = atled.norm %s dimensions = [0, 1] : tensor<?x?xf64> -> tensor<f64>
  return %y, %z : tensor<?xf64>, tensor<f64>
}
func.func @spread(%x: tensor<?x?xf64>) -> (tensor<?xf64>, tensor<?xf64>) {
  %y = atled.mean %x dimensions = [0] : tensor<?x?xf64> -> tensor<?xf64>
  %z = atled.variance %x dimensions = [1] : tensor<?x?xf64> -> tensor<?xf64>
  return %y, %z : tensor<?xf64>, tensor<?xf64>
}
func.func @flat(%x: tensor<?x?xf64>) -> (tensor<?xf64>, tensor<?x1x?xf64>) {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %m = tensor.dim %x, %c0 : tensor<?x?xf64>
  %n = tensor.dim %x, %c1 : tensor<?x?xf64>
  %y = atled.reshape %x : tensor<?x?xf64> -> tensor<?xf64>
  %s = atled.sin %y : tensor<?xf64>
  %z = atled.reshape %s sizes(%n, %m) : tensor<?xf64> -> tensor<?x1x?xf64>
  %w = atled.exp %z : tensor<?x1x?xf64>
  return %y, %w : tensor<?xf64>, tensor<?x1x?xf64>
}
func.func @part(%x: tensor<?x?xf64>) -> tensor<?x2xf64> {
  %y = atled.slice %x[1:?, 0:2] : tensor<?x?xf64> -> tensor<?x2xf64>
  %z = atled.mul %y, %y : tensor<?x2xf64>
  return %z : tensor<?x2xf64>
}
// What is behind an operand of dynamic size begins where only the call tells.
func.func @join(%x: tensor<?x3xf64>, %y: tensor<?x3xf64>) -> tensor<?x3xf64> {
  %one = atled.constant dense<1.0> : tensor<1x3xf64>
  %all = atled.concatenate %one, %x, %y, %x dimension = 0
      : (tensor<1x3xf64>, tensor<?x3xf64>, tensor<?x3xf64>, tensor<?x3xf64>) -> tensor<?x3xf64>
  %s = atled.sin %all : tensor<?x3xf64>
  return %s : tensor<?x3xf64>
}
func.func @multiply(%x: tensor<?x?xf64>) -> (tensor<?xf64>, tensor<?xf64>, tensor<f64>) {
  %rows = atled.reduce_prod %x dimensions = [1] : tensor<?x?xf64> -> tensor<?xf64>
  %columns = atled.reduce_prod %x dimensions = [0] : tensor<?x?xf64> -> tensor<?xf64>
  %all = atled.reduce_prod %x dimensions = [0, 1] : tensor<?x?xf64> -> tensor<f64>
  return %rows, %columns, %all : tensor<?xf64>, tensor<?xf64>, tensor<f64>
}
// Of updates of one place the last stays, however many there are.
func.func @overwrite(%x: tensor<?x2xf64>, %i: tensor<?xi32>, %u: tensor<?x2xf64>) -> tensor<?x2xf64> {
  %y = atled.scatter set, %u into %x[%i] offset = [1] collapsed = [0] indexed = [0] vector = 1
      : (tensor<?x2xf64>, tensor<?xi32>, tensor<?x2xf64>) -> tensor<?x2xf64>
  %s = atled.sin %y : tensor<?x2xf64>
  return %s : tensor<?x2xf64>
}
// What the program says of a size, each call checks.
func.func @known(%x: tensor<?x?xf64>) -> tensor<?x?xf64> {
  %y = tensor.cast %x : tensor<?x?xf64> to tensor<?x3xf64>
  %s = atled.sin %y : tensor<?x3xf64>
  %z = tensor.cast %s : tensor<?x3xf64> to tensor<?x?xf64>
  return %z : tensor<?x?xf64>
}

// A loop that carries a tensor whose size comes back to what it was: a rotation, three times.
// RUN: atled-run %s --entry=rotated --input=5xf64=1,2,3,4,5 | FileCheck %s --check-prefix=ROTATED
// ROTATED: [4.0, 5.0, 1.0, 2.0, 3.0]
func.func @rotated(%x: tensor<?xf64>) -> tensor<?xf64> {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %c3 = arith.constant 3 : index
  %r = scf.for %i = %c0 to %c3 step %c1 iter_args(%v = %x) -> tensor<?xf64> {
    %first = atled.slice %v[0:1] : tensor<?xf64> -> tensor<1xf64>
    %rest = atled.slice %v[1:?] : tensor<?xf64> -> tensor<?xf64>
    %t = atled.concatenate %rest, %first dimension = 0 : (tensor<?xf64>, tensor<1xf64>) -> tensor<?xf64>
    scf.yield %t : tensor<?xf64>
  }
  return %r : tensor<?xf64>
}

// As many iterations as there are elements, each on all but one of them: of none, there is nothing to make room for.
// RUN: atled-run %s --entry=sums_behind --input=0xf64=1 | FileCheck %s --check-prefix=NONE
// RUN: atled-run %s --entry=sums_behind --input=3xf64=1,2,3 | FileCheck %s --check-prefix=THREE
// NONE: out0: f64 = 0.0
// THREE: out0: f64 = 21.0
func.func @sums_behind(%x: tensor<?xf64>) -> tensor<f64> {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %n = tensor.dim %x, %c0 : tensor<?xf64>
  %z = atled.constant dense<0.0> : tensor<f64>
  %r = scf.for %i = %c0 to %n step %c1 iter_args(%a = %z) -> (tensor<f64>) {
    %p = atled.slice %x[1:?] : tensor<?xf64> -> tensor<?xf64>
    %q = atled.cumsum %p dimension = 0 : tensor<?xf64>
    %u = atled.reduce_sum %q dimensions = [0] : tensor<?xf64> -> tensor<f64>
    %w = atled.add %u, %a : tensor<f64>
    scf.yield %w : tensor<f64>
  }
  return %r : tensor<f64>
}
