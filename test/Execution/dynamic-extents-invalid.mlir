// Extents that an operation takes for equal are compared, or it would read beside a tensor: a call is refused.

// DEFINE: %{run} = not atled-run %s
// DEFINE: %{check} = 2>&1 | FileCheck %s
// CHECK: the sizes of the inputs of @{{.*}} do not fit together

// RUN: %{run} --entry=batches --input=1x4xf64=1 --input=3xi32=0 %{check}
// RUN: %{run} --vjp=batches --input=1x4xf64=1 --input=3xi32=0 --input=3xf64=1 %{check}
// RUN: atled-run %s --entry=batches --input=3x4xf64=1 --input=3xi32=0
func.func @batches(%x: tensor<?x4xf64>, %i: tensor<?xi32>) -> tensor<?xf64> {
  %y = atled.gather %x[%i] sizes = [1, 1] offset = [] collapsed = [1] batch = [0] x [0] indexed = [1] vector = 1
      : (tensor<?x4xf64>, tensor<?xi32>) -> tensor<?xf64>
  return %y : tensor<?xf64>
}

// RUN: %{run} --entry=windows --input=5x2xf64=1 --input=1xi32=0 %{check}
// RUN: atled-run %s --entry=windows --input=5x3xf64=1 --input=1xi32=0
// RUN: atled-run %s --entry=windows --input=0x3xf64=1 --input=0xi32=0
func.func @windows(%x: tensor<?x?xf64>, %i: tensor<?xi32>) -> tensor<?x3xf64> {
  %y = atled.gather %x[%i] sizes = [1, 3] offset = [1] collapsed = [0] indexed = [0] vector = 1
      : (tensor<?x?xf64>, tensor<?xi32>) -> tensor<?x3xf64>
  return %y : tensor<?x3xf64>
}

// RUN: %{run} --entry=updates --input=2xf64=1 --input=2xi32=0 --input=5xf64=1 %{check}
// RUN: %{run} --entry=updates --input=2xf64=1 --input=5xi32=0 --input=2xf64=1 %{check}
// RUN: atled-run %s --entry=updates --input=2xf64=1 --input=5xi32=0 --input=5xf64=1
func.func @updates(%x: tensor<?xf64>, %i: tensor<?xi32>, %u: tensor<?xf64>) -> tensor<?xf64> {
  %y = atled.scatter add, %u into %x[%i] offset = [] collapsed = [0] indexed = [0] vector = 1
      : (tensor<?xf64>, tensor<?xi32>, tensor<?xf64>) -> tensor<?xf64>
  return %y : tensor<?xf64>
}

// RUN: %{run} --entry=joined --input=2x3xf64=1 --input=2x2xf64=2 %{check}
// RUN: %{run} --entry=joined --input=2x2xf64=1 --input=2x3xf64=2 %{check}
// RUN: atled-run %s --entry=joined --input=2x3xf64=1 --input=4x3xf64=2
func.func @joined(%x: tensor<?x?xf64>, %y: tensor<?x?xf64>) -> tensor<?x?xf64> {
  %z = atled.concatenate %x, %y dimension = 0 : (tensor<?x?xf64>, tensor<?x?xf64>) -> tensor<?x?xf64>
  return %z : tensor<?x?xf64>
}

// RUN: %{run} --entry=sorted --input=3xf64=1 --input=2xf64=1 %{check}
// RUN: %{run} --entry=sorted --input=2xf64=1 --input=5xf64=1 %{check}
// RUN: atled-run %s --entry=sorted --input=3xf64=1 --input=3xf64=1
func.func @sorted(%x: tensor<?xf64>, %y: tensor<?xf64>) -> tensor<?xf64> {
  %r:3 = atled.sort %x, %y dimension = 0 : (tensor<?xf64>, tensor<?xf64>) -> (tensor<?xf64>, tensor<?xf64>, tensor<?xi32>)
  return %r#1 : tensor<?xf64>
}

// RUN: %{run} --entry=found --input=2x3xf64=1 --input=4x2xf64=1 %{check}
// RUN: atled-run %s --entry=found --input=4x3xf64=1 --input=4x2xf64=1
func.func @found(%sorted: tensor<?x?xf64>, %values: tensor<?x2xf64>) -> tensor<?x2xi32> {
  %r = atled.searchsorted %sorted, %values : (tensor<?x?xf64>, tensor<?x2xf64>) -> tensor<?x2xi32>
  return %r : tensor<?x2xi32>
}

// Indices that the type of a result cannot hold: the last of i8 is 127, that of ui8 255.

// RUN: %{run} --entry=in_order --input=129xf64=1 %{check}
// RUN: atled-run %s --entry=in_order --input=128xf64=1 | FileCheck %s --check-prefix=I8
// I8: , 127]
func.func @in_order(%x: tensor<?xf64>) -> tensor<?xi8> {
  %y, %i = atled.sort %x dimension = 0 : (tensor<?xf64>) -> (tensor<?xf64>, tensor<?xi8>)
  return %i : tensor<?xi8>
}

// RUN: %{run} --grad=of_order --input=257xf64=1 %{check}
// RUN: atled-run %s --grad=of_order --input=256xf64=3 | FileCheck %s --check-prefix=UI8
// UI8: , 6.0, 6.0]
func.func @of_order(%x: tensor<?xf64>) -> tensor<f64> {
  %y, %i = atled.sort %x dimension = 0 : (tensor<?xf64>) -> (tensor<?xf64>, tensor<?xui8>)
  %z = atled.mul %y, %y : tensor<?xf64>
  %s = atled.reduce_sum %z dimensions = [0] : tensor<?xf64> -> tensor<f64>
  return %s : tensor<f64>
}

// RUN: %{run} --entry=greatest --input=129xf64=1 %{check}
// RUN: %{run} --entry=greatest --input=1xf64=1 %{check}
// RUN: atled-run %s --entry=greatest --input=128xf64=1
func.func @greatest(%x: tensor<?xf64>) -> tensor<2xf64> {
  %y, %i = atled.top_k %x dimension = 0 k = 2 : (tensor<?xf64>) -> (tensor<2xf64>, tensor<2xi8>)
  return %y : tensor<2xf64>
}

// Behind the last is one more.
// RUN: %{run} --entry=behind --input=128xf64=1 %{check}
// RUN: atled-run %s --entry=behind --input=127xf64=1 | FileCheck %s --check-prefix=BEHIND
// BEHIND: [127]
func.func @behind(%sorted: tensor<?xf64>) -> tensor<1xi8> {
  %two = atled.constant dense<2.0> : tensor<1xf64>
  %r = atled.searchsorted %sorted, %two : (tensor<?xf64>, tensor<1xf64>) -> tensor<1xi8>
  return %r : tensor<1xi8>
}

// There is no least of nothing.
// RUN: %{run} --entry=least --input=2x129xf64=1 %{check}
// RUN: %{run} --entry=least --input=2x0xf64=1 %{check}
// RUN: atled-run %s --entry=least --input=2x128xf64=1
// RUN: atled-run %s --entry=least --input=0x1xf64=1
func.func @least(%x: tensor<?x?xf64>) -> tensor<?xi8> {
  %r = atled.argmin %x dimension = 1 : tensor<?x?xf64> -> tensor<?xi8>
  return %r : tensor<?xi8>
}

// A loop that doubles what it carries: only nothing is as large as its double.
// RUN: %{run} --entry=doubled --input=2xf64=1 %{check}
// RUN: atled-run %s --entry=doubled --input=0xf64=1
func.func @doubled(%x: tensor<?xf64>) -> tensor<?xf64> {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %c3 = arith.constant 3 : index
  %r = scf.for %i = %c0 to %c3 step %c1 iter_args(%v = %x) -> tensor<?xf64> {
    %t = atled.concatenate %v, %v dimension = 0 : (tensor<?xf64>, tensor<?xf64>) -> tensor<?xf64>
    scf.yield %t : tensor<?xf64>
  }
  return %r : tensor<?xf64>
}

// What only data tell whether it runs is taken to run.
// RUN: %{run} --entry=perhaps --input=0x2xf64=1 --input=i64=0 %{check}
// RUN: atled-run %s --entry=perhaps --input=1x2xf64=1 --input=i64=0
func.func @perhaps(%x: tensor<?x2xf64>, %n: tensor<i64>) -> tensor<?x2xf64> {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %k = tensor.extract %n[] : tensor<i64>
  %last = arith.index_cast %k : i64 to index
  %r = scf.for %i = %c0 to %last step %c1 iter_args(%v = %x) -> tensor<?x2xf64> {
    %row = tensor.extract_slice %x[%i, 0] [1, 2] [1, 1] : tensor<?x2xf64> to tensor<1x2xf64>
    %t = tensor.insert_slice %row into %v[%i, 0] [1, 2] [1, 1] : tensor<1x2xf64> into tensor<?x2xf64>
    scf.yield %t : tensor<?x2xf64>
  }
  return %r : tensor<?x2xf64>
}
