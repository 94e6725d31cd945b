// Loops, branches and calls on tensors of which the caller says how large they are. What the way back needs is as large
// as he says, too: the bits are those of the same program with static sizes, and forward mode, reverse mode and
// differences agree.

// DEFINE: %{w} = --input=3x3xf64=.1,.2,.3,.4,.5,-.6,.7,-.8,.9
// DEFINE: %{x} = --input=4x3xf64=1,-2,3,-4,5,-6,.1,.2,-.3,.4,.5,.6
// DEFINE: %{seed} = --input=4x3xf64=1,2,-1,.5,-.25,3,1,1,1,-1,-2,-3
// DEFINE: %{entry} =
// DEFINE: %{same} = atled-run %s --vjp=%{entry} %{w} %{x} %{seed} > %t.dynamic && atled-run %t.mlir --vjp=%{entry} %{w} %{x} %{seed} | diff - %t.dynamic
// DEFINE: %{verify} = atled-run %s --entry=%{entry} --verify-gradient %{w} %{x} | FileCheck %s
// RUN: sed 's/?x/4x/g; s/ sizes(%n)//' %s > %t.mlir
// CHECK: w {{.*}} ok
// CHECK: x {{.*}} ok

// A loop that carries them, and keeps what its way back cannot compute again.
// REDEFINE: %{entry} = carried
// RUN: %{same} && %{verify}
func.func @carried(%w: tensor<3x3xf64> {atled.name = "w"}, %x: tensor<?x3xf64> {atled.name = "x"}) -> tensor<?x3xf64> {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %c5 = arith.constant 5 : index
  %last = scf.for %i = %c0 to %c5 step %c1 iter_args(%h = %x) -> (tensor<?x3xf64>) {
    %p = atled.matmul %h, %w : (tensor<?x3xf64>, tensor<3x3xf64>) -> tensor<?x3xf64>
    %s = atled.add %p, %x : tensor<?x3xf64>
    %t = atled.tanh %s : tensor<?x3xf64>
    scf.yield %t : tensor<?x3xf64>
  }
  return %last : tensor<?x3xf64>
}

// As many iterations as there are rows, and in each of them again. What an iteration computes first has a size of its
// own.
// REDEFINE: %{entry} = nested
// RUN: %{same} && %{verify}
func.func @nested(%w: tensor<3x3xf64> {atled.name = "w"}, %x: tensor<?x3xf64> {atled.name = "x"}) -> tensor<?x3xf64> {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %n = tensor.dim %x, %c0 : tensor<?x3xf64>
  %last = scf.for %i = %c0 to %n step %c1 iter_args(%h = %x) -> (tensor<?x3xf64>) {
    %a = atled.transpose %h permutation = [1, 0] : tensor<?x3xf64> -> tensor<3x?xf64>
    %c = atled.matmul %x, %a : (tensor<?x3xf64>, tensor<3x?xf64>) -> tensor<?x?xf64>
    %e = atled.sin %c : tensor<?x?xf64>
    %r = scf.for %j = %c1 to %n step %c1 iter_args(%k = %h) -> (tensor<?x3xf64>) {
      %p = atled.matmul %k, %w : (tensor<?x3xf64>, tensor<3x3xf64>) -> tensor<?x3xf64>
      %q = atled.matmul %e, %p : (tensor<?x?xf64>, tensor<?x3xf64>) -> tensor<?x3xf64>
      %t = atled.tanh %q : tensor<?x3xf64>
      scf.yield %t : tensor<?x3xf64>
    }
    %m = atled.reduce_sum %r dimensions = [0] : tensor<?x3xf64> -> tensor<3xf64>
    %b = atled.broadcast %m dimensions = [1] sizes(%n) : tensor<3xf64> -> tensor<?x3xf64>
    %y = atled.mul %b, %h : tensor<?x3xf64>
    %z = atled.cos %y : tensor<?x3xf64>
    scf.yield %z : tensor<?x3xf64>
  }
  return %last : tensor<?x3xf64>
}

// A branch in a loop, and a call in the branch: what another iteration would have kept is as large.
// REDEFINE: %{entry} = branches
// RUN: %{same} && %{verify}
func.func private @layer(%w: tensor<3x3xf64>, %h: tensor<?x3xf64>) -> tensor<?x3xf64> {
  %p = atled.matmul %h, %w : (tensor<?x3xf64>, tensor<3x3xf64>) -> tensor<?x3xf64>
  %t = atled.tanh %p : tensor<?x3xf64>
  %e = atled.exp %t : tensor<?x3xf64>
  %q = atled.mul %e, %h : tensor<?x3xf64>
  return %q : tensor<?x3xf64>
}
func.func @branches(%w: tensor<3x3xf64> {atled.name = "w"}, %x: tensor<?x3xf64> {atled.name = "x"})
    -> tensor<?x3xf64> {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %c3 = arith.constant 3 : index
  %c6 = arith.constant 6 : index
  %last = scf.for %i = %c0 to %c6 step %c1 iter_args(%h = %x) -> (tensor<?x3xf64>) {
    %m = arith.remui %i, %c3 : index
    %next = scf.index_switch %m -> tensor<?x3xf64>
    case 0 {
      %q = func.call @layer(%w, %h) : (tensor<3x3xf64>, tensor<?x3xf64>) -> tensor<?x3xf64>
      scf.yield %q : tensor<?x3xf64>
    }
    case 1 {
      %p = atled.matmul %h, %w : (tensor<?x3xf64>, tensor<3x3xf64>) -> tensor<?x3xf64>
      %q = atled.softmax %p dimensions = [1] : tensor<?x3xf64>
      scf.yield %q : tensor<?x3xf64>
    }
    default {
      %s = atled.reduce_sum %h dimensions = [0, 1] : tensor<?x3xf64> -> tensor<f64>
      %z = atled.constant dense<0.0> : tensor<f64>
      %c = atled.compare gt, %s, %z : tensor<f64>
      %b = tensor.extract %c[] : tensor<i1>
      %r = scf.if %b -> tensor<?x3xf64> {
        %p = atled.matmul %h, %w : (tensor<?x3xf64>, tensor<3x3xf64>) -> tensor<?x3xf64>
        %t = atled.sin %p : tensor<?x3xf64>
        %u = atled.mul %t, %p : tensor<?x3xf64>
        scf.yield %u : tensor<?x3xf64>
      } else {
        scf.yield %h : tensor<?x3xf64>
      }
      scf.yield %r : tensor<?x3xf64>
    }
    scf.yield %next : tensor<?x3xf64>
  }
  return %last : tensor<?x3xf64>
}

// Checkpoints of every kind.
// REDEFINE: %{entry} = segments
// RUN: %{same} && %{verify}
func.func @segments(%w: tensor<3x3xf64> {atled.name = "w"}, %x: tensor<?x3xf64> {atled.name = "x"})
    -> tensor<?x3xf64> {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %c7 = arith.constant 7 : index
  %last = scf.for %i = %c0 to %c7 step %c1 iter_args(%h = %x) -> (tensor<?x3xf64>) {
    %q = func.call @layer(%w, %h) : (tensor<3x3xf64>, tensor<?x3xf64>) -> tensor<?x3xf64>
    %t = atled.sin %q : tensor<?x3xf64>
    scf.yield %t : tensor<?x3xf64>
  } {ad.checkpoint = #ad.periodic<3>}
  return %last : tensor<?x3xf64>
}
// REDEFINE: %{entry} = snapshots
// RUN: %{same} && %{verify}
func.func @snapshots(%w: tensor<3x3xf64> {atled.name = "w"}, %x: tensor<?x3xf64> {atled.name = "x"})
    -> tensor<?x3xf64> {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %n = tensor.dim %x, %c0 : tensor<?x3xf64>
  %last = scf.for %i = %c0 to %n step %c1 iter_args(%h = %x) -> (tensor<?x3xf64>) {
    %q = func.call @layer(%w, %h) : (tensor<3x3xf64>, tensor<?x3xf64>) -> tensor<?x3xf64>
    %t = atled.sin %q : tensor<?x3xf64>
    scf.yield %t : tensor<?x3xf64>
  } {ad.checkpoint = #ad.binomial<2>}
  return %last : tensor<?x3xf64>
}
// REDEFINE: %{entry} = again
// RUN: %{same} && %{verify}
func.func @again(%w: tensor<3x3xf64> {atled.name = "w"}, %x: tensor<?x3xf64> {atled.name = "x"}) -> tensor<?x3xf64> {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %c4 = arith.constant 4 : index
  %last = scf.for %i = %c0 to %c4 step %c1 iter_args(%h = %x) -> (tensor<?x3xf64>) {
    %t = ad.checkpoint -> tensor<?x3xf64> {
      %q = func.call @layer(%w, %h) : (tensor<3x3xf64>, tensor<?x3xf64>) -> tensor<?x3xf64>
      %u = atled.sin %q : tensor<?x3xf64>
      ad.yield %u : tensor<?x3xf64>
    }
    scf.yield %t : tensor<?x3xf64>
  }
  return %last : tensor<?x3xf64>
}

// A loop that ends when what it computes says so.
// REDEFINE: %{entry} = bounded
// RUN: %{same} && %{verify}
func.func @bounded(%w: tensor<3x3xf64> {atled.name = "w"}, %x: tensor<?x3xf64> {atled.name = "x"})
    -> tensor<?x3xf64> {
  %last = scf.while (%h = %x) : (tensor<?x3xf64>) -> tensor<?x3xf64> {
    %q = atled.mul %h, %h : tensor<?x3xf64>
    %s = atled.reduce_sum %q dimensions = [0, 1] : tensor<?x3xf64> -> tensor<f64>
    %z = atled.constant dense<0.01> : tensor<f64>
    %c = atled.compare gt, %s, %z : tensor<f64>
    %b = tensor.extract %c[] : tensor<i1>
    scf.condition(%b) %h : tensor<?x3xf64>
  } do {
  ^bb0(%h: tensor<?x3xf64>):
    %p = atled.matmul %h, %w : (tensor<?x3xf64>, tensor<3x3xf64>) -> tensor<?x3xf64>
    %t = atled.tanh %p : tensor<?x3xf64>
    %u = atled.mul %t, %t : tensor<?x3xf64>
    scf.yield %u : tensor<?x3xf64>
  } attributes {ad.max_iterations = 30 : i64}
  return %last : tensor<?x3xf64>
}

// What one branch keeps of each iteration, of a size of its own, and the other does not; whichever is first. The result
// beside keeps apart what goes there from what comes back.
// RUN: atled-run %s --entry=loop_first --verify-gradient --input=5x2xf64=random:1 --input=f64=1 | FileCheck %s --check-prefix=BRANCH
// RUN: atled-run %s --entry=loop_first --verify-gradient --input=5x2xf64=random:2 --input=f64=-1 | FileCheck %s --check-prefix=BRANCH
// RUN: atled-run %s --entry=loop_last --verify-gradient --input=5x2xf64=random:3 --input=f64=1 | FileCheck %s --check-prefix=BRANCH
// RUN: atled-run %s --entry=loop_last --verify-gradient --input=5x2xf64=random:4 --input=f64=-1 | FileCheck %s --check-prefix=BRANCH
// BRANCH: in0 {{.*}} ok
// BRANCH: in1 {{.*}} ok
func.func private @powers(%x: tensor<?x2xf64>) -> tensor<?x2xf64> {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %n = tensor.dim %x, %c0 : tensor<?x2xf64>
  %last = scf.for %i = %c0 to %n step %c1 iter_args(%h = %x) -> tensor<?x2xf64> {
    %t = atled.tanh %h : tensor<?x2xf64>
    %u = atled.mul %t, %h : tensor<?x2xf64>
    scf.yield %u : tensor<?x2xf64>
  }
  return %last : tensor<?x2xf64>
}
func.func private @is_positive(%p: tensor<f64>) -> i1 {
  %e = tensor.extract %p[] : tensor<f64>
  %zero = arith.constant 0.0 : f64
  %is_positive = arith.cmpf ogt, %e, %zero : f64
  return %is_positive : i1
}
func.func @loop_first(%x: tensor<?x2xf64>, %p: tensor<f64>) -> (tensor<?x2xf64>, tensor<f64>) {
  %c = func.call @is_positive(%p) : (tensor<f64>) -> i1
  %y = scf.if %c -> tensor<?x2xf64> {
    %h = func.call @powers(%x) : (tensor<?x2xf64>) -> tensor<?x2xf64>
    scf.yield %h : tensor<?x2xf64>
  } else {
    scf.yield %x : tensor<?x2xf64>
  }
  %z = atled.sin %y : tensor<?x2xf64>
  %q = atled.sin %p : tensor<f64>
  return %z, %q : tensor<?x2xf64>, tensor<f64>
}
func.func @loop_last(%x: tensor<?x2xf64>, %p: tensor<f64>) -> (tensor<?x2xf64>, tensor<f64>) {
  %c = func.call @is_positive(%p) : (tensor<f64>) -> i1
  %y = scf.if %c -> tensor<?x2xf64> {
    scf.yield %x : tensor<?x2xf64>
  } else {
    %h = func.call @powers(%x) : (tensor<?x2xf64>) -> tensor<?x2xf64>
    scf.yield %h : tensor<?x2xf64>
  }
  %z = atled.sin %y : tensor<?x2xf64>
  %q = atled.sin %p : tensor<f64>
  return %z, %q : tensor<?x2xf64>, tensor<f64>
}
