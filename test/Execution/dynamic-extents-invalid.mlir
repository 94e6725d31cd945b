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
