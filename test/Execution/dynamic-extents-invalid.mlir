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
