// Windows and parts of which the caller says how large they are, and in what: forward mode, reverse mode and differences
// agree, at sizes of 0 and 1 too.

// DEFINE: %{verify} = atled-run %s --verify-gradient
// DEFINE: %{check} = FileCheck %s
// CHECK: in0 {{.*}} ok

// A part that is replaced: inside, moved inside, all, and nothing.
// RUN: %{verify} --entry=replace --input=5x3xf64=random:1 --input=2x2xf64=-1,.5,3,2 --input=i32=1 --input=i32=0 | %{check}
// RUN: %{verify} --entry=replace --input=5x3xf64=random:2 --input=2x2xf64=-1,.5,3,2 --input=i32=9 --input=i32=-3 | %{check}
// RUN: %{verify} --entry=replace --input=1x1xf64=2 --input=1x1xf64=-1 --input=i32=0 --input=i32=0 | %{check}
// RUN: %{verify} --entry=replace --input=2x3xf64=1,2,3,4,5,6 --input=2x0xf64=0 --input=i32=0 --input=i32=1 | %{check}
// RUN: not %{verify} --entry=replace --input=1x1xf64=2 --input=2x1xf64=-1 --input=i32=0 --input=i32=0 2>&1 | FileCheck %s --check-prefix=UNFIT
// UNFIT: error: the sizes of the inputs of @replace do not fit together
func.func @replace(%x: tensor<?x?xf64>, %u: tensor<?x?xf64>, %i: tensor<i32>, %j: tensor<i32>) -> tensor<?x?xf64> {
  %y = atled.dynamic_update_slice %u into %x[%i, %j] : (tensor<?x?xf64>, tensor<?x?xf64>, tensor<i32>, tensor<i32>) -> tensor<?x?xf64>
  %s = atled.sin %y : tensor<?x?xf64>
  return %s : tensor<?x?xf64>
}

// Windows that overlap, that are partly outside and wholly; none; of no elements; into nothing.
// RUN: %{verify} --entry=add --input=4x3xf64=random:3 --input=3x2xi32=0,0,1,1,3,-1 --input=3x2x2xf64=random:4 | %{check}
// RUN: %{verify} --entry=add --input=1x1xf64=1 --input=1x2xi32=0 --input=1x1x1xf64=3 | %{check}
// RUN: %{verify} --entry=add --input=1x1xf64=1 --input=2x2xi32=0,-1,1,0 --input=2x2x3xf64=random:20 | %{check}
// RUN: %{verify} --entry=add --input=0x3xf64=0 --input=2x2xi32=0 --input=2x2x2xf64=random:21 | %{check}
// RUN: %{verify} --entry=add --input=4x3xf64=random:5 --input=0x2xi32=0 --input=0x2x2xf64=0 | %{check}
// RUN: %{verify} --entry=add --input=4x3xf64=random:6 --input=2x2xi32=1 --input=2x0x2xf64=0 | %{check}
func.func @add(%x: tensor<?x?xf64>, %i: tensor<?x2xi32>, %u: tensor<?x?x?xf64>) -> tensor<?x?xf64> {
  %y = atled.scatter add, %u into %x[%i] offset = [1, 2] collapsed = [] indexed = [0, 1] vector = 1 out_of_range = drop
      : (tensor<?x?xf64>, tensor<?x2xi32>, tensor<?x?x?xf64>) -> tensor<?x?xf64>
  %s = atled.sin %y : tensor<?x?xf64>
  return %s : tensor<?x?xf64>
}

// Windows that are narrower than what they are put into.
// RUN: %{verify} --entry=narrow --input=4x3xf64=random:7 --input=3xi32=0,3,0 --input=3x2xf64=random:8 | %{check}
// RUN: %{verify} --entry=narrow --input=4x3xf64=random:9 --input=1xi32=9 --input=1x1xf64=1 | %{check}
func.func @narrow(%x: tensor<?x?xf64>, %i: tensor<?xi32>, %u: tensor<?x?xf64>) -> tensor<?x?xf64> {
  %y = atled.scatter set, %u into %x[%i] offset = [1] collapsed = [0] indexed = [0] vector = 1 out_of_range = drop
      : (tensor<?x?xf64>, tensor<?xi32>, tensor<?x?xf64>) -> tensor<?x?xf64>
  %s = atled.sin %y : tensor<?x?xf64>
  return %s : tensor<?x?xf64>
}

// RUN: %{verify} --entry=greatest --input=4x3xf64=random:10 --input=3xi32=0,5,1 --input=3x2xf64=random:11 | %{check}
// RUN: %{verify} --entry=greatest --input=1x3xf64=1,2,3 --input=1xi32=0 --input=1x1xf64=2 | %{check}
func.func @greatest(%x: tensor<?x3xf64>, %i: tensor<?xi32>, %u: tensor<?x?xf64>) -> tensor<?x3xf64> {
  %y = atled.scatter max, %u into %x[%i] offset = [1] collapsed = [0] indexed = [0] vector = 1 out_of_range = clamp
      : (tensor<?x3xf64>, tensor<?xi32>, tensor<?x?xf64>) -> tensor<?x3xf64>
  %s = atled.sin %y : tensor<?x3xf64>
  return %s : tensor<?x3xf64>
}

// Factors of one place, zeros among them; none; one; into nothing.
// RUN: %{verify} --entry=multiply --input=4xf64=.5,-1.5,2.5,.25 --input=6xi32=1,3,1,0,3,9 --input=6xf64=.5,0,-4,0,0,3 | %{check}
// RUN: %{verify} --entry=multiply --input=4xf64=.5,-1.5,2.5,.25 --input=0xi32=0 --input=0xf64=0 | %{check}
// RUN: %{verify} --entry=multiply --input=1xf64=.5 --input=1xi32=0 --input=1xf64=3 | %{check}
// RUN: %{verify} --entry=multiply --input=0xf64=0 --input=2xi32=0,1 --input=2xf64=3,4 | %{check}
func.func @multiply(%x: tensor<?xf64>, %i: tensor<?xi32>, %u: tensor<?xf64>) -> tensor<?xf64> {
  %y = atled.scatter mul, %u into %x[%i] offset = [] collapsed = [0] indexed = [0] vector = 1 out_of_range = drop
      : (tensor<?xf64>, tensor<?xi32>, tensor<?xf64>) -> tensor<?xf64>
  return %y : tensor<?xf64>
}

// The first of those that attain it, of all and of each row.
// RUN: %{verify} --entry=first --input=3x4xf64=1,7,3,4,9,6,5,8,2,-1,-2,-3 | %{check}
// RUN: %{verify} --entry=first --input=1x1xf64=3 | %{check}
func.func @first(%x: tensor<?x?xf64>) -> (tensor<f64>, tensor<?xf64>) {
  %y = atled.reduce_max %x dimensions = [0, 1] tie = first : tensor<?x?xf64> -> tensor<f64>
  %z = atled.reduce_min %x dimensions = [1] tie = first : tensor<?x?xf64> -> tensor<?xf64>
  return %y, %z : tensor<f64>, tensor<?xf64>
}
// RUN: atled-run %s --vjp=ties --input=4xf64=1,3,3,3 --input=f64=1 --input=f64=3 | FileCheck %s --check-prefix=TIES
// RUN: atled-run %s --vjp=ties --input=0xf64=0 --input=f64=1 --input=f64=3 | FileCheck %s --check-prefix=NONE
// RUN: atled-run %s --vjp=ties --input=3xf64=2,nan,nan --input=f64=1 --input=f64=3 | FileCheck %s --check-prefix=NAN
// TIES: grad_in0: 4xf64 = [ 0.0, -2.0, 0.0, 0.0]
// NONE: grad_in0: 0xf64 = []
// NAN: grad_in0: 3xf64 = [ 0.0, -2.0, 0.0]
func.func @ties(%x: tensor<?xf64>) -> (tensor<f64>, tensor<f64>) {
  %y = atled.reduce_max %x dimensions = [0] tie = first : tensor<?xf64> -> tensor<f64>
  %n = atled.neg %x : tensor<?xf64>
  %z = atled.reduce_min %n dimensions = [0] tie = first : tensor<?xf64> -> tensor<f64>
  return %y, %z : tensor<f64>, tensor<f64>
}

// A window of as many elements as the program says: some, all, none, and never more than there are.
// RUN: %{verify} --entry=take --input=5xf64=random:12 --input=i32=2 --input=3xi1=1 | %{check}
// RUN: %{verify} --entry=take --input=5xf64=random:13 --input=i32=4 --input=3xi1=1 | %{check}
// RUN: %{verify} --entry=take --input=5xf64=random:14 --input=i32=-1 --input=5xi1=1 | %{check}
// RUN: %{verify} --entry=take --input=5xf64=random:15 --input=i32=2 --input=0xi1=1 | %{check}
// RUN: %{verify} --entry=take --input=1xf64=2 --input=i32=0 --input=1xi1=1 | %{check}
// RUN: not atled-run %s --entry=take --input=5xf64=1 --input=i32=0 --input=6xi1=1 2>&1 | FileCheck %s --check-prefix=MORE
// MORE: error: the sizes of the inputs of @take do not fit together
func.func @take(%x: tensor<?xf64>, %i: tensor<i32>, %like: tensor<?xi1>) -> tensor<?xf64> {
  %c0 = arith.constant 0 : index
  %n = tensor.dim %like, %c0 : tensor<?xi1>
  %y = atled.gather %x[%i] sizes = [?](%n) offset = [0] collapsed = [] indexed = [0] vector = 0 out_of_range = clamp
      : (tensor<?xf64>, tensor<i32>, index) -> tensor<?xf64>
  %s = atled.sin %y : tensor<?xf64>
  return %s : tensor<?xf64>
}
// RUN: atled-run %s --entry=take --input=5xf64=0,1,2,3,4 --input=i32=9 --input=2xi1=1 | FileCheck %s --check-prefix=TAKEN
// TAKEN: out0: 2xf64 = [ 0.1411200080598672{{[0-9]*}}, -0.756802495307928{{[0-9]*}}]

// With checks, the size counts too.
// RUN: atled-run %s --checked --entry=promise --input=5xf64=1 --input=i32=3 --input=2xi1=1
// RUN: not atled-run %s --checked --entry=promise --input=5xf64=1 --input=i32=3 --input=3xi1=1 2>&1 | FileCheck %s --check-prefix=OUTSIDE
// OUTSIDE: 'atled.gather' along dimension 0
func.func @promise(%x: tensor<?xf64>, %i: tensor<i32>, %like: tensor<?xi1>) -> tensor<?xf64> {
  %c0 = arith.constant 0 : index
  %n = tensor.dim %like, %c0 : tensor<?xi1>
  %y = atled.gather %x[%i] sizes = [?](%n) offset = [0] collapsed = [] indexed = [0] vector = 0
      : (tensor<?xf64>, tensor<i32>, index) -> tensor<?xf64>
  return %y : tensor<?xf64>
}

// To the second order: of a part that is replaced, and of factors, two loops and the ways back of these.
// RUN: %{verify} --entry=slopes --input=6xf64=random:1 --input=3xf64=random:2 --input=i32=2 | %{check}
func.func private @part(%x: tensor<?xf64>, %u: tensor<?xf64>, %i: tensor<i32>) -> tensor<f64> {
  %y = atled.dynamic_update_slice %u into %x[%i] : (tensor<?xf64>, tensor<?xf64>, tensor<i32>) -> tensor<?xf64>
  %s = atled.sin %y : tensor<?xf64>
  %z = atled.reduce_sum %s dimensions = [0] : tensor<?xf64> -> tensor<f64>
  return %z : tensor<f64>
}
func.func @slopes(%x: tensor<?xf64>, %u: tensor<?xf64>, %i: tensor<i32>) -> (tensor<?xf64>, tensor<?xf64>) {
  %r:2 = ad.grad @part(%x, %u, %i) wrt = [0, 1]
      : (tensor<?xf64>, tensor<?xf64>, tensor<i32>) -> (tensor<?xf64>, tensor<?xf64>)
  return %r#0, %r#1 : tensor<?xf64>, tensor<?xf64>
}
// RUN: %{verify} --entry=slopes_of_factors --input=4xf64=random:1 --input=3xi32=0,3,0 --input=3xf64=random:2 | %{check}
func.func private @product(%x: tensor<?xf64>, %i: tensor<?xi32>, %u: tensor<?xf64>) -> tensor<f64> {
  %y = func.call @multiply(%x, %i, %u) : (tensor<?xf64>, tensor<?xi32>, tensor<?xf64>) -> tensor<?xf64>
  %s = atled.sin %y : tensor<?xf64>
  %z = atled.reduce_sum %s dimensions = [0] : tensor<?xf64> -> tensor<f64>
  return %z : tensor<f64>
}
func.func @slopes_of_factors(%x: tensor<?xf64>, %i: tensor<?xi32>, %u: tensor<?xf64>) -> (tensor<?xf64>, tensor<?xf64>) {
  %r:2 = ad.grad @product(%x, %i, %u) wrt = [0, 2]
      : (tensor<?xf64>, tensor<?xi32>, tensor<?xf64>) -> (tensor<?xf64>, tensor<?xf64>)
  return %r#0, %r#1 : tensor<?xf64>, tensor<?xf64>
}
