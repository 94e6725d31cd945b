// A static number of elements in a shape that the program computes: of all of a buffer, and of a part of one.

// RUN: atled-run %s --entry=all --input=9xf64=1,2,3,4,5,6,7,8,9 --input=i64=3 | FileCheck %s --check-prefix=ALL
// RUN: atled-run %s --entry=part --input=10xf64=1,2,3,4,5,6,7,8,9,10 --input=i64=3 | FileCheck %s --check-prefix=PART
// RUN: atled-run %s --entry=strided --input=3x6xf64=1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18 --input=i64=2 | FileCheck %s --check-prefix=STRIDED
// ALL: f64 = 261.0
// PART: f64 = 360.0
// STRIDED: 3xf64 = [ 53.0, 365.0, 965.0]

// The trace of the square of a matrix.
func.func private @trace(%y: tensor<?x?xf64>) -> tensor<f64> {
  %t = atled.transpose %y permutation = [1, 0] : tensor<?x?xf64> -> tensor<?x?xf64>
  %p = atled.mul %y, %t : tensor<?x?xf64>
  %s = atled.reduce_sum %p dimensions = [0, 1] : tensor<?x?xf64> -> tensor<f64>
  return %s : tensor<f64>
}
// 1 + 25 + 81 + 2 (2 4 + 3 7 + 6 8)
func.func @all(%x: tensor<9xf64>, %count: tensor<i64>) -> tensor<f64> {
  %c = tensor.extract %count[] : tensor<i64>
  %n = arith.index_cast %c : i64 to index
  %y = atled.reshape %x sizes(%n, %n) : tensor<9xf64> -> tensor<?x?xf64>
  %s = call @trace(%y) : (tensor<?x?xf64>) -> tensor<f64>
  return %s : tensor<f64>
}
// 4 + 36 + 100 + 2 (3 5 + 4 8 + 7 9)
func.func @part(%x: tensor<10xf64>, %count: tensor<i64>) -> tensor<f64> {
  %c = tensor.extract %count[] : tensor<i64>
  %n = arith.index_cast %c : i64 to index
  %z = atled.slice %x[1:10] : tensor<10xf64> -> tensor<9xf64>
  %y = atled.reshape %z sizes(%n, %n) : tensor<9xf64> -> tensor<?x?xf64>
  %s = call @trace(%y) : (tensor<?x?xf64>) -> tensor<f64>
  return %s : tensor<f64>
}
// The first is 2 2 + 5 5 + 2 (3 4).
func.func @strided(%x: tensor<3x6xf64>, %count: tensor<i64>) -> tensor<3xf64> {
  %c = tensor.extract %count[] : tensor<i64>
  %n = arith.index_cast %c : i64 to index
  %z = atled.slice %x[0:3, 1:5] : tensor<3x6xf64> -> tensor<3x4xf64>
  %y = atled.reshape %z sizes(%n, %n) : tensor<3x4xf64> -> tensor<3x?x?xf64>
  %t = atled.transpose %y permutation = [0, 2, 1] : tensor<3x?x?xf64> -> tensor<3x?x?xf64>
  %p = atled.mul %y, %t : tensor<3x?x?xf64>
  %s = atled.reduce_sum %p dimensions = [1, 2] : tensor<3x?x?xf64> -> tensor<3xf64>
  return %s : tensor<3xf64>
}
