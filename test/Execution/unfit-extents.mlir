// Extents are compared also where what has one is fused with what reads it: an operand that is read by computed indices
// says nothing of the loop it is read in.

// RUN: not atled-run %s --entry=turned --input=4xf64=1 --input=3xf64=2 2>&1 | FileCheck %s
// RUN: not atled-run %s --jvp=turned --input=4xf64=1 --input=3xf64=2 --input=4xf64=1 --input=3xf64=2 2>&1 | FileCheck %s
// RUN: not atled-run %s --vjp=turned --input=4xf64=1 --input=3xf64=2 --input=4xf64=1 2>&1 | FileCheck %s
// RUN: not atled-run %s --entry=taken --checked --input=3xi32=1 --input=6xf64=1 --input=5xf64=1 2>&1 | FileCheck %s
// RUN: not atled-run %s --entry=added --checked --input=3xi32=1 --input=6xf64=1 --input=5xf64=1 2>&1 | FileCheck %s
// RUN: not atled-run %s --entry=chosen --input=3xf64=1 --input=6xf64=1 --input=6xi1=1 2>&1 | FileCheck %s
// RUN: not atled-run %s --entry=spread --input=3x2xf64=1 --input=3xf64=1 2>&1 | FileCheck %s
// RUN: not atled-run %s --entry=dot --input=3xf64=1 --input=4xf64=1 2>&1 | FileCheck %s
// RUN: not atled-run %s --entry=drawn --input=2x2xf64=1 --input=3x5xf64=1 2>&1 | FileCheck %s
// RUN: not atled-run %s --entry=counted --input=2xf64=1 --input=3xf64=1 2>&1 | FileCheck %s
// RUN: not atled-run %s --entry=known --input=3xf64=1 --input=4xf64=1 2>&1 | FileCheck %s
// CHECK: error: the sizes of the inputs of @{{.*}} do not fit together: dimension {{[01]}} of 'in0' is
// CHECK: note: {{they have to be equal|it has to be 4}} here

// What an error says: which extents, and where in the program they meet.
// RUN: not atled-run %s --entry=turned --input=4xf64=1 --input=3xf64=2 2>&1 | FileCheck %s --check-prefix=EQUAL
// EQUAL: unfit-extents.mlir:[[#@LINE + 13]]:1: error: the sizes of the inputs of @turned do not fit together: dimension 0 of 'in0' is 4, and dimension 0 of 'in1' is 3
// EQUAL: unfit-extents.mlir:[[#@LINE + 14]]:8: note: they have to be equal here
// RUN: not atled-run %s --entry=spread --verify-gradient --input=3x2xf64=1 --input=3xf64=1 2>&1 | FileCheck %s --check-prefix=VERIFY
// VERIFY: error: the sizes of the inputs of @spread do not fit together: dimension 1 of 'in0' is 2, and dimension 0 of 'in1' is 3
// RUN: not atled-run %s --entry=known --input=3xf64=1 --input=4xf64=1 2>&1 | FileCheck %s --check-prefix=IS-KNOWN
// IS-KNOWN: error: the sizes of the inputs of @known do not fit together: dimension 0 of 'in0' is 3
// IS-KNOWN: note: it has to be 4 here

// RUN: atled-run %s --entry=turned --input=3xf64=1 --input=3xf64=1,2,3 | FileCheck %s --check-prefix=FIT
// RUN: atled-run %s --entry=known --input=4xf64=4,3,2,1 --input=4xf64=1 | FileCheck %s --check-prefix=KNOWN
// FIT: [2.0, 1.0, 0.0]
// KNOWN: [0.0, 1.0, 2.0, 3.0]

func.func @turned(%x: tensor<?xf64>, %y: tensor<?xf64>) -> tensor<?xf64> {
  %r = atled.reverse %y dimensions = [0] : tensor<?xf64>
  %d = atled.sub %r, %x : tensor<?xf64>
  return %d : tensor<?xf64>
}
func.func @taken(%i: tensor<?xi32>, %y: tensor<?xf64>, %t: tensor<5xf64>) -> tensor<f64> {
  %g = atled.gather %t[%i] sizes = [1] offset = [] collapsed = [0] indexed = [0] vector = 1
      : (tensor<5xf64>, tensor<?xi32>) -> tensor<?xf64>
  %d = atled.sub %g, %y : tensor<?xf64>
  %s = atled.reduce_sum %d dimensions = [0] : tensor<?xf64> -> tensor<f64>
  return %s : tensor<f64>
}
func.func @added(%i: tensor<?xi32>, %y: tensor<?xf64>, %t: tensor<5xf64>) -> tensor<?xf64> {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %c3 = arith.constant 3 : index
  %r = scf.for %k = %c0 to %c3 step %c1 iter_args(%a = %y) -> (tensor<?xf64>) {
    %g = atled.gather %t[%i] sizes = [1] offset = [] collapsed = [0] indexed = [0] vector = 1
        : (tensor<5xf64>, tensor<?xi32>) -> tensor<?xf64>
    %b = atled.add %g, %a : tensor<?xf64>
    scf.yield %b : tensor<?xf64>
  }
  return %r : tensor<?xf64>
}
func.func @chosen(%x: tensor<?xf64>, %y: tensor<?xf64>, %p: tensor<?xi1>) -> tensor<?xf64> {
  %r = atled.reverse %x dimensions = [0] : tensor<?xf64>
  %s = atled.select %p, %r, %y : tensor<?xi1>, tensor<?xf64>
  return %s : tensor<?xf64>
}
func.func @spread(%x: tensor<?x?xf64>, %y: tensor<?xf64>) -> tensor<?x?xf64> {
  %c0 = arith.constant 0 : index
  %n = tensor.dim %x, %c0 : tensor<?x?xf64>
  %b = atled.broadcast %y dimensions = [1] sizes(%n) : tensor<?xf64> -> tensor<?x?xf64>
  %d = atled.sub %b, %x : tensor<?x?xf64>
  return %d : tensor<?x?xf64>
}
func.func @dot(%x: tensor<?xf64>, %y: tensor<?xf64>) -> tensor<f64> {
  %r = atled.reverse %x dimensions = [0] : tensor<?xf64>
  %d = atled.dot %r, %y : (tensor<?xf64>, tensor<?xf64>) -> tensor<f64>
  return %d : tensor<f64>
}
func.func @drawn(%y: tensor<?x?xf64>, %x: tensor<?x?xf64>) -> tensor<?x?xf64> {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %n = tensor.dim %x, %c0 : tensor<?x?xf64>
  %m = tensor.dim %x, %c1 : tensor<?x?xf64>
  %key = atled.constant dense<[1, 2]> : tensor<2xui32>
  %u = atled.random_uniform %key sizes(%n, %m) : tensor<2xui32> -> tensor<?x?xf64>
  %p = atled.mul %u, %y : tensor<?x?xf64>
  return %p : tensor<?x?xf64>
}
func.func @counted(%y: tensor<?xf64>, %x: tensor<?xf64>) -> tensor<?xf64> {
  %c0 = arith.constant 0 : index
  %n = tensor.dim %x, %c0 : tensor<?xf64>
  %k = atled.iota dimension = 0 sizes(%n) : tensor<?xf64>
  %p = atled.mul %k, %y : tensor<?xf64>
  return %p : tensor<?xf64>
}
func.func @known(%x: tensor<?xf64>, %y: tensor<4xf64>) -> tensor<4xf64> {
  %r = atled.reverse %x dimensions = [0] : tensor<?xf64>
  %c = tensor.cast %r : tensor<?xf64> to tensor<4xf64>
  %d = atled.sub %c, %y : tensor<4xf64>
  return %d : tensor<4xf64>
}
