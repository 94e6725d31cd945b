// Gradients of branches on tensors of which the caller says how large they are. A gradient is as large as the argument,
// whichever branch is taken: what another one contributes follows from other tensors, which are as large. The bits are
// those of the same program with static sizes, and forward mode, reverse mode and differences agree.

// DEFINE: %{entry} =
// DEFINE: %{n} =
// DEFINE: %{in} =
// DEFINE: %{static} = sed '/^func.func @rotated/,/^}/d; s/?x/%{n}x/g; s/ sizes(%d)//' %s > %t.mlir
// DEFINE: %{same} = %{static} && atled-run %s --vjp=%{entry} %{in} > %t.dynamic && atled-run %t.mlir --vjp=%{entry} %{in} | diff - %t.dynamic
// DEFINE: %{verify} = atled-run %s --entry=%{entry} --verify-gradient
// DEFINE: %{refused} = not atled-run %s
// CHECK-NOT: FAIL
// CHECK: x {{.*}} ok
// REFUSED: the sizes of the inputs of @{{.*}} do not fit together

// One branch does not look at its arguments.
// REDEFINE: %{entry} = in_one
// REDEFINE: %{n} = 3
// REDEFINE: %{in} = --input=3xf64=1,-2,3 --input=3xf64=.5,2,.25 --input=i1=true --input=f64=2
// RUN: %{same}
// REDEFINE: %{in} = --input=3xf64=1,-2,3 --input=3xf64=.5,2,.25 --input=i1=false --input=f64=2
// RUN: %{same}
// REDEFINE: %{n} = 1
// REDEFINE: %{in} = --input=1xf64=3 --input=1xf64=.5 --input=i1=true --input=f64=2
// RUN: %{same}
// REDEFINE: %{n} = 0
// REDEFINE: %{in} = --input=0xf64=1 --input=0xf64=1 --input=i1=true --input=f64=2
// RUN: %{same}
// RUN: %{verify} --input=3xf64=1,-2,3 --input=3xf64=.5,2,.25 --input=i1=true | FileCheck %s
// RUN: %{refused} --vjp=in_one --input=3xf64=1 --input=2xf64=1 --input=i1=true --input=f64=2 2>&1 | FileCheck %s --check-prefix=REFUSED
func.func @in_one(%x: tensor<?xf64> {atled.name = "x"}, %y: tensor<?xf64>, %c: tensor<i1>) -> tensor<f64> {
  %b = tensor.extract %c[] : tensor<i1>
  %r = scf.if %b -> tensor<f64> {
    %s = atled.dot %y, %x : (tensor<?xf64>, tensor<?xf64>) -> tensor<f64>
    scf.yield %s : tensor<f64>
  } else {
    %z = atled.constant dense<0.0> : tensor<f64>
    scf.yield %z : tensor<f64>
  }
  return %r : tensor<f64>
}

// Another size in each: a matrix product's, a difference's.
// REDEFINE: %{entry} = layers
// REDEFINE: %{n} = 2
// REDEFINE: %{in} = --input=2x3xf64=1,-2,3,4,-5,6 --input=3x3xf64=.1,.2,.3,.4,.5,-.6,.7,-.8,.9 --input=2x3xf64=1,2,3,-1,-2,-3 --input=i1=true --input=f64=2
// RUN: %{same}
// REDEFINE: %{in} = --input=2x3xf64=1,-2,3,4,-5,6 --input=3x3xf64=.1,.2,.3,.4,.5,-.6,.7,-.8,.9 --input=2x3xf64=1,2,3,-1,-2,-3 --input=i1=false --input=f64=2
// RUN: %{same}
// RUN: %{verify} --input=2x3xf64=1,-2,3,4,-5,6 --input=3x3xf64=.1,.2,.3,.4,.5,-.6,.7,-.8,.9 --input=2x3xf64=1 --input=i1=true | FileCheck %s
func.func @layers(%x: tensor<?x3xf64> {atled.name = "x"}, %w: tensor<3x3xf64>, %y: tensor<?x3xf64>, %c: tensor<i1>)
    -> tensor<f64> {
  %b = tensor.extract %c[] : tensor<i1>
  %r = scf.if %b -> tensor<f64> {
    %p = atled.matmul %x, %w : (tensor<?x3xf64>, tensor<3x3xf64>) -> tensor<?x3xf64>
    %e = atled.sub %p, %y : tensor<?x3xf64>
    %q = atled.mul %e, %e : tensor<?x3xf64>
    %u = atled.reduce_sum %q dimensions = [0, 1] : tensor<?x3xf64> -> tensor<f64>
    scf.yield %u : tensor<f64>
  } else {
    %u = atled.reduce_sum %x dimensions = [0, 1] : tensor<?x3xf64> -> tensor<f64>
    scf.yield %u : tensor<f64>
  }
  return %r : tensor<f64>
}

// A branch that returns what has the caller's size, asks for it, and computes it from another.
// REDEFINE: %{entry} = asks
// REDEFINE: %{n} = 3
// REDEFINE: %{in} = --input=3xf64=1,-2,3 --input=3xf64=.5,2,.25 --input=i1=true --input=3xf64=1,2,-3
// RUN: %{same}
// REDEFINE: %{in} = --input=3xf64=1,-2,3 --input=3xf64=.5,2,.25 --input=i1=false --input=3xf64=1,2,-3
// RUN: %{same}
// REDEFINE: %{n} = 0
// REDEFINE: %{in} = --input=0xf64=1 --input=0xf64=1 --input=i1=true --input=0xf64=1
// RUN: %{same}
// RUN: %{verify} --input=3xf64=1,-2,3 --input=3xf64=.5,2,.25 --input=i1=true | FileCheck %s
func.func @asks(%x: tensor<?xf64> {atled.name = "x"}, %y: tensor<?xf64>, %c: tensor<i1>) -> tensor<?xf64> {
  %b = tensor.extract %c[] : tensor<i1>
  %c0 = arith.constant 0 : index
  %d = tensor.dim %x, %c0 : tensor<?xf64>
  %r = scf.if %b -> tensor<?xf64> {
    %a = atled.mul %x, %y : tensor<?xf64>
    %s = atled.reduce_sum %a dimensions = [0] : tensor<?xf64> -> tensor<f64>
    %e = atled.broadcast %s dimensions = [] sizes(%d) : tensor<f64> -> tensor<?xf64>
    %q = atled.mul %a, %e : tensor<?xf64>
    scf.yield %q : tensor<?xf64>
  } else {
    %t = atled.sin %x : tensor<?xf64>
    scf.yield %t : tensor<?xf64>
  }
  return %r : tensor<?xf64>
}

// A part, and the whole, moved on by one.
// REDEFINE: %{entry} = rotated
// RUN: atled-run %s --vjp=rotated --input=3xf64=1,2,3 --input=i1=true --input=3xf64=10,20,30 | FileCheck %s --check-prefix=ROTATED
// RUN: atled-run %s --vjp=rotated --input=3xf64=1,2,3 --input=i1=false --input=3xf64=10,20,30 | FileCheck %s --check-prefix=KEPT
// RUN: atled-run %s --vjp=rotated --input=1xf64=1 --input=i1=true --input=1xf64=10
// RUN: %{refused} --vjp=rotated --input=0xf64=1 --input=i1=true --input=0xf64=1 2>&1 | FileCheck %s --check-prefix=REFUSED
// ROTATED: out0: 3xf64 = [2.0, 3.0, 1.0]
// ROTATED: grad_x: 3xf64 = [30.0, 10.0, 20.0]
// KEPT: out0: 3xf64 = [1.0, 2.0, 3.0]
// KEPT: grad_x: 3xf64 = [10.0, 20.0, 30.0]
func.func @rotated(%x: tensor<?xf64> {atled.name = "x"}, %c: tensor<i1>) -> tensor<?xf64> {
  %b = tensor.extract %c[] : tensor<i1>
  %r = scf.if %b -> tensor<?xf64> {
    %p = atled.slice %x[1:?] : tensor<?xf64> -> tensor<?xf64>
    %f = atled.slice %x[0:1] : tensor<?xf64> -> tensor<1xf64>
    %t = atled.concatenate %p, %f dimension = 0 : (tensor<?xf64>, tensor<1xf64>) -> tensor<?xf64>
    scf.yield %t : tensor<?xf64>
  } else {
    scf.yield %x : tensor<?xf64>
  }
  return %r : tensor<?xf64>
}

// A choice by the size itself, of a function that is called.
// REDEFINE: %{entry} = by_size
// REDEFINE: %{n} = 3
// REDEFINE: %{in} = --input=3xf64=1,-2,3 --input=f64=2
// RUN: %{same} && %{verify} --input=3xf64=1,-2,3 | FileCheck %s
// REDEFINE: %{n} = 1
// REDEFINE: %{in} = --input=1xf64=1 --input=f64=2
// RUN: %{same} && %{verify} --input=1xf64=1 | FileCheck %s
// REDEFINE: %{n} = 0
// REDEFINE: %{in} = --input=0xf64=1 --input=f64=2
// RUN: %{same}
func.func private @waves(%x: tensor<?xf64>) -> tensor<f64> {
  %p = atled.sin %x : tensor<?xf64>
  %u = atled.reduce_sum %p dimensions = [0] : tensor<?xf64> -> tensor<f64>
  return %u : tensor<f64>
}
func.func @by_size(%x: tensor<?xf64> {atled.name = "x"}) -> tensor<f64> {
  %c0 = arith.constant 0 : index
  %n = tensor.dim %x, %c0 : tensor<?xf64>
  %r = scf.index_switch %n -> tensor<f64>
  case 0 {
    %z = atled.constant dense<0.0> : tensor<f64>
    scf.yield %z : tensor<f64>
  }
  case 1 {
    %p = atled.mul %x, %x : tensor<?xf64>
    %u = atled.reduce_sum %p dimensions = [0] : tensor<?xf64> -> tensor<f64>
    scf.yield %u : tensor<f64>
  }
  default {
    %u = func.call @waves(%x) : (tensor<?xf64>) -> tensor<f64>
    scf.yield %u : tensor<f64>
  }
  return %r : tensor<f64>
}

// Cases of different size.
// RUN: atled-run %s --entry=cases --input=2xf64=1,2 --input=2xf64=3,4 --input=i64=1 | FileCheck %s --check-prefix=CASES
// RUN: %{refused} --entry=cases --input=2xf64=1 --input=3xf64=1 --input=i64=0 2>&1 | FileCheck %s --check-prefix=REFUSED
// CASES: out0: 2xf64 = [ 9.0, 16.0]
func.func @cases(%x: tensor<?xf64>, %y: tensor<?xf64>, %k: tensor<i64>) -> tensor<?xf64> {
  %i = tensor.extract %k[] : tensor<i64>
  %b = arith.index_cast %i : i64 to index
  %r = scf.index_switch %b -> tensor<?xf64>
  case 0 {
    scf.yield %x : tensor<?xf64>
  }
  default {
    %t = atled.mul %y, %y : tensor<?xf64>
    scf.yield %t : tensor<?xf64>
  }
  return %r : tensor<?xf64>
}
