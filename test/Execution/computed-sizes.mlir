// The gradient of as many elements as the program computes: an error whose cure works.

// RUN: not atled-compile %s --grad=computed -o %t.o 2>&1 | FileCheck %s --check-prefix=ERROR
// ERROR: computed-sizes.mlir:[[#@LINE+12]]:11: error: 'memref.subview' op uses a buffer of dynamic size in a way that has no plan
// ERROR: note: its size is what the program computes: give it the size that it has at most, and let 'atled.select' choose what of it counts

// RUN: atled-run %s --entry=computed --input=5xf64=1,2,3,4,5 --input=i32=1 --input=i64=3 | FileCheck %s
// RUN: atled-run %s --value-and-grad=chosen --input=5xf64=1,2,3,4,5 --input=i32=1 --input=i64=3 | FileCheck %s --check-prefixes=CHECK,GRAD
// The squares of 2, 3 and 4.
// CHECK: f64 = 29.0
// GRAD: grad_in0: 5xf64 = [0.0, 4.0, 6.0, 8.0, 0.0]

func.func @computed(%v: tensor<5xf64>, %i: tensor<i32>, %count: tensor<i64>) -> tensor<f64> {
  %n = tensor.extract %count[] : tensor<i64>
  %size = arith.index_cast %n : i64 to index
  %part = atled.gather %v[%i] sizes = [?](%size) offset = [0] collapsed = [] indexed = [0] vector = 0
      : (tensor<5xf64>, tensor<i32>, index) -> tensor<?xf64>
  %squares = atled.mul %part, %part : tensor<?xf64>
  %sum = atled.reduce_sum %squares dimensions = [0] : tensor<?xf64> -> tensor<f64>
  return %sum : tensor<f64>
}

func.func @chosen(%v: tensor<5xf64>, %i: tensor<i32>, %count: tensor<i64>) -> tensor<f64> {
  %part = atled.gather %v[%i] sizes = [5] offset = [0] collapsed = [] indexed = [0] vector = 0 out_of_range = drop
      : (tensor<5xf64>, tensor<i32>) -> tensor<5xf64>
  %numbers = atled.constant dense<[0, 1, 2, 3, 4]> : tensor<5xi64>
  %most = atled.broadcast %count dimensions = [] : tensor<i64> -> tensor<5xi64>
  %counts = atled.compare lt, %numbers, %most : tensor<5xi64>
  %zero = atled.constant dense<0.0> : tensor<5xf64>
  %kept = atled.select %counts, %part, %zero : tensor<5xi1>, tensor<5xf64>
  %squares = atled.mul %kept, %kept : tensor<5xf64>
  %sum = atled.reduce_sum %squares dimensions = [0] : tensor<5xf64> -> tensor<f64>
  return %sum : tensor<f64>
}
