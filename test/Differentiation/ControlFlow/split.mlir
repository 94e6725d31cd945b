// The halves of a derivative compute what the whole does, to the bit, and the second any number of times.

// RUN: rm -rf %t && mkdir %t
// DEFINE: %{run} = cd %t && atled-run %s

// RUN: %{run} --entry=loop_fwd --input=4xf64=0.5,1.25,-0.75,1.5 --input=4xf64=1.5,-0.5,0.25,0.75 \
// RUN:   --output=y0.npy --output=residuals.npy
// RUN: %{run} --entry=loop_bwd --input=4xf64=1.5,-0.5,0.25,0.75 \
// RUN:   --input=residuals.npy --input=4xf64=0.25,1,-1.5,2 --output=d0.npy --output=d1.npy
// RUN: %{run} --vjp=loop --wrt=0,1 --input=4xf64=0.5,1.25,-0.75,1.5 --input=4xf64=1.5,-0.5,0.25,0.75 --input=4xf64=0.25,1,-1.5,2 \
// RUN:   --output=z0.npy --output=e0.npy --output=e1.npy
// RUN: cd %t && cmp y0.npy z0.npy && cmp d0.npy e0.npy && cmp d1.npy e1.npy
// RUN: %{run} --entry=loop_bwd --input=4xf64=1.5,-0.5,0.25,0.75 \
// RUN:   --input=residuals.npy --input=4xf64=1,-2,0.5,3 --output=d0.npy --output=d1.npy
// RUN: %{run} --vjp=loop --wrt=0,1 --input=4xf64=0.5,1.25,-0.75,1.5 --input=4xf64=1.5,-0.5,0.25,0.75 --input=4xf64=1,-2,0.5,3 \
// RUN:   --output=z0.npy --output=e0.npy --output=e1.npy
// RUN: cd %t && cmp y0.npy z0.npy && cmp d0.npy e0.npy && cmp d1.npy e1.npy

// RUN: %{run} --entry=while_fwd --input=4xf64=0.9,0.8,0.5,0.7 --input=f64=0.5 \
// RUN:   --output=y0.npy --output=residuals.npy
// RUN: %{run} --entry=while_bwd --input=4xf64=0.9,0.8,0.5,0.7 \
// RUN:   --input=residuals.npy --input=4xf64=0.25,1,-1.5,2 --output=d0.npy
// RUN: %{run} --vjp=while --wrt=0 --input=4xf64=0.9,0.8,0.5,0.7 --input=f64=0.5 --input=4xf64=0.25,1,-1.5,2 \
// RUN:   --output=z0.npy --output=e0.npy
// RUN: cd %t && cmp y0.npy z0.npy && cmp d0.npy e0.npy
// RUN: %{run} --entry=while_bwd --input=4xf64=0.9,0.8,0.5,0.7 \
// RUN:   --input=residuals.npy --input=4xf64=1,-2,0.5,3 --output=d0.npy
// RUN: %{run} --vjp=while --wrt=0 --input=4xf64=0.9,0.8,0.5,0.7 --input=f64=0.5 --input=4xf64=1,-2,0.5,3 \
// RUN:   --output=z0.npy --output=e0.npy
// RUN: cd %t && cmp y0.npy z0.npy && cmp d0.npy e0.npy

// RUN: %{run} --entry=nest_fwd --input=4xf64=0.9,0.8,0.5,0.7 --input=f64=2 \
// RUN:   --output=y0.npy --output=residuals.npy
// RUN: %{run} --entry=nest_bwd --input=4xf64=0.9,0.8,0.5,0.7 \
// RUN:   --input=residuals.npy --input=4xf64=0.25,1,-1.5,2 --output=d0.npy
// RUN: %{run} --vjp=nest --wrt=0 --input=4xf64=0.9,0.8,0.5,0.7 --input=f64=2 --input=4xf64=0.25,1,-1.5,2 \
// RUN:   --output=z0.npy --output=e0.npy
// RUN: cd %t && cmp y0.npy z0.npy && cmp d0.npy e0.npy
// RUN: %{run} --entry=nest_bwd --input=4xf64=0.9,0.8,0.5,0.7 \
// RUN:   --input=residuals.npy --input=4xf64=1,-2,0.5,3 --output=d0.npy
// RUN: %{run} --vjp=nest --wrt=0 --input=4xf64=0.9,0.8,0.5,0.7 --input=f64=2 --input=4xf64=1,-2,0.5,3 \
// RUN:   --output=z0.npy --output=e0.npy
// RUN: cd %t && cmp y0.npy z0.npy && cmp d0.npy e0.npy

// RUN: %{run} --entry=branch_fwd --input=4xf64=0.5,1.25,-0.75,1.5 --input=4xf64=1.5,-0.5,0.25,0.75 \
// RUN:   --output=y0.npy --output=y1.npy --output=residuals.npy
// RUN: %{run} --entry=branch_bwd --input=4xf64=1.5,-0.5,0.25,0.75 \
// RUN:   --input=residuals.npy --input=4xf64=0.25,1,-1.5,2 --input=f64=2 --output=d0.npy --output=d1.npy
// RUN: %{run} --vjp=branch --wrt=0,1 --input=4xf64=0.5,1.25,-0.75,1.5 --input=4xf64=1.5,-0.5,0.25,0.75 --input=4xf64=0.25,1,-1.5,2 --input=f64=2 \
// RUN:   --output=z0.npy --output=z1.npy --output=e0.npy --output=e1.npy
// RUN: cd %t && cmp y0.npy z0.npy && cmp y1.npy z1.npy && cmp d0.npy e0.npy && cmp d1.npy e1.npy
// RUN: %{run} --entry=branch_bwd --input=4xf64=1.5,-0.5,0.25,0.75 \
// RUN:   --input=residuals.npy --input=4xf64=1,-2,0.5,3 --input=f64=0 --output=d0.npy --output=d1.npy
// RUN: %{run} --vjp=branch --wrt=0,1 --input=4xf64=0.5,1.25,-0.75,1.5 --input=4xf64=1.5,-0.5,0.25,0.75 --input=4xf64=1,-2,0.5,3 --input=f64=0 \
// RUN:   --output=z0.npy --output=z1.npy --output=e0.npy --output=e1.npy
// RUN: cd %t && cmp y0.npy z0.npy && cmp y1.npy z1.npy && cmp d0.npy e0.npy && cmp d1.npy e1.npy

// RUN: %{run} --entry=branch_fwd --input=4xf64=0.5,-1.25,-0.75,-1.5 --input=4xf64=1.5,-0.5,0.25,0.75 \
// RUN:   --output=y0.npy --output=y1.npy --output=residuals.npy
// RUN: %{run} --entry=branch_bwd --input=4xf64=1.5,-0.5,0.25,0.75 \
// RUN:   --input=residuals.npy --input=4xf64=0.25,1,-1.5,2 --input=f64=2 --output=d0.npy --output=d1.npy
// RUN: %{run} --vjp=branch --wrt=0,1 --input=4xf64=0.5,-1.25,-0.75,-1.5 --input=4xf64=1.5,-0.5,0.25,0.75 --input=4xf64=0.25,1,-1.5,2 --input=f64=2 \
// RUN:   --output=z0.npy --output=z1.npy --output=e0.npy --output=e1.npy
// RUN: cd %t && cmp y0.npy z0.npy && cmp y1.npy z1.npy && cmp d0.npy e0.npy && cmp d1.npy e1.npy

// RUN: %{run} --entry=calls_fwd --input=4xf64=0.5,1.25,-0.75,1.5 --input=i64=3 --input=4xf64=1.5,-0.5,0.25,0.75 \
// RUN:   --output=y0.npy --output=y1.npy --output=residuals.npy
// RUN: %{run} --entry=calls_bwd --input=4xf64=1.5,-0.5,0.25,0.75 \
// RUN:   --input=residuals.npy --input=4xf64=0.25,1,-1.5,2 --output=d0.npy --output=d1.npy
// RUN: %{run} --vjp=calls --wrt=0,2 --input=4xf64=0.5,1.25,-0.75,1.5 --input=i64=3 --input=4xf64=1.5,-0.5,0.25,0.75 --input=4xf64=0.25,1,-1.5,2 \
// RUN:   --output=z0.npy --output=z1.npy --output=e0.npy --output=e1.npy
// RUN: cd %t && cmp y0.npy z0.npy && cmp y1.npy z1.npy && cmp d0.npy e0.npy && cmp d1.npy e1.npy

// RUN: %{run} --entry=narrow_fwd --input=4xbf16=0.5,1.25,-0.75,1.5 --input=4xbf16=1.5,-0.5,0.25,0.75 \
// RUN:   --output=y0.npy --output=residuals.npy
// RUN: %{run} --entry=narrow_bwd --input=4xbf16=0.5,1.25,-0.75,1.5 --input=4xbf16=1.5,-0.5,0.25,0.75 \
// RUN:   --input=residuals.npy --input=4xbf16=0.25,1,-1.5,2 --output=d0.npy --output=d1.npy
// RUN: %{run} --vjp=narrow --wrt=0,1 --input=4xbf16=0.5,1.25,-0.75,1.5 --input=4xbf16=1.5,-0.5,0.25,0.75 --input=4xbf16=0.25,1,-1.5,2 \
// RUN:   --output=z0.npy --output=e0.npy --output=e1.npy
// RUN: cd %t && cmp y0.npy z0.npy && cmp d0.npy e0.npy && cmp d1.npy e1.npy
// RUN: %{run} --entry=narrow_bwd --input=4xbf16=0.5,1.25,-0.75,1.5 --input=4xbf16=1.5,-0.5,0.25,0.75 \
// RUN:   --input=residuals.npy --input=4xbf16=1,-2,0.5,3 --output=d0.npy --output=d1.npy
// RUN: %{run} --vjp=narrow --wrt=0,1 --input=4xbf16=0.5,1.25,-0.75,1.5 --input=4xbf16=1.5,-0.5,0.25,0.75 --input=4xbf16=1,-2,0.5,3 \
// RUN:   --output=z0.npy --output=e0.npy --output=e1.npy
// RUN: cd %t && cmp y0.npy z0.npy && cmp d0.npy e0.npy && cmp d1.npy e1.npy

// RUN: %{run} --entry=snapshots_fwd --input=4xf64=0.9,0.8,0.5,0.7 --input=f64=0.5 \
// RUN:   --output=y0.npy --output=residuals.npy
// RUN: %{run} --entry=snapshots_bwd --input=4xf64=0.9,0.8,0.5,0.7 --input=f64=0.5 \
// RUN:   --input=residuals.npy --input=4xf64=0.25,1,-1.5,2 --output=d0.npy
// RUN: %{run} --vjp=snapshots --wrt=0 --input=4xf64=0.9,0.8,0.5,0.7 --input=f64=0.5 --input=4xf64=0.25,1,-1.5,2 \
// RUN:   --output=z0.npy --output=e0.npy
// RUN: cd %t && cmp y0.npy z0.npy && cmp d0.npy e0.npy

// h = tanh(h w), three times.
func.func private @loop(%x: tensor<4xf64>, %w: tensor<4xf64>) -> tensor<4xf64> {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %c3 = arith.constant 3 : index
  %r = scf.for %i = %c0 to %c3 step %c1 iter_args(%h = %x) -> (tensor<4xf64>) {
    %p = atled.mul %h, %w : tensor<4xf64>
    %t = atled.tanh %p : tensor<4xf64>
    scf.yield %t : tensor<4xf64>
  }
  return %r : tensor<4xf64>
}

// h = sin(h) x, as long as its sum is more than a limit.
func.func private @while(%x: tensor<4xf64>, %limit: tensor<f64>) -> tensor<4xf64> {
  %r = scf.while (%h = %x) : (tensor<4xf64>) -> tensor<4xf64> {
    %sum = atled.reduce_sum %h dimensions = [0] : tensor<4xf64> -> tensor<f64>
    %more = atled.compare gt, %sum, %limit : tensor<f64>
    %goes = tensor.extract %more[] : tensor<i1>
    scf.condition(%goes) %h : tensor<4xf64>
  } do {
  ^bb0(%h: tensor<4xf64>):
    %s = atled.sin %h : tensor<4xf64>
    %p = atled.mul %s, %x : tensor<4xf64>
    scf.yield %p : tensor<4xf64>
  } attributes {ad.max_iterations = 20 : i64}
  return %r : tensor<4xf64>
}

// The while loop in a loop: a count for each iteration is kept.
func.func private @nest(%x: tensor<4xf64>, %limit: tensor<f64>) -> tensor<4xf64> {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %c3 = arith.constant 3 : index
  %r = scf.for %i = %c0 to %c3 step %c1 iter_args(%h = %x) -> (tensor<4xf64>) {
    %e = atled.exp %h : tensor<4xf64>
    %s = scf.while (%a = %e) : (tensor<4xf64>) -> tensor<4xf64> {
      %sum = atled.reduce_sum %a dimensions = [0] : tensor<4xf64> -> tensor<f64>
      %more = atled.compare gt, %sum, %limit : tensor<f64>
      %goes = tensor.extract %more[] : tensor<i1>
      scf.condition(%goes) %a : tensor<4xf64>
    } do {
    ^bb0(%a: tensor<4xf64>):
      %s = atled.sin %a : tensor<4xf64>
      %p = atled.mul %s, %x : tensor<4xf64>
      scf.yield %p : tensor<4xf64>
    } attributes {ad.max_iterations = 20 : i64}
    scf.yield %s : tensor<4xf64>
  }
  return %r : tensor<4xf64>
}

// What a branch keeps depends on the branch; which one it was is kept, too.
func.func private @branch(%x: tensor<4xf64>, %w: tensor<4xf64>) -> (tensor<4xf64>, tensor<f64>) {
  %e = atled.exp %x : tensor<4xf64>
  %sum = atled.reduce_sum %e dimensions = [0] : tensor<4xf64> -> tensor<f64>
  %limit = atled.constant dense<4.0> : tensor<f64>
  %more = atled.compare gt, %sum, %limit : tensor<f64>
  %goes = tensor.extract %more[] : tensor<i1>
  %r = scf.if %goes -> (tensor<4xf64>) {
    %s = atled.sin %e : tensor<4xf64>
    %p = atled.mul %s, %w : tensor<4xf64>
    scf.yield %p : tensor<4xf64>
  } else {
    %t = atled.tanh %e : tensor<4xf64>
    scf.yield %t : tensor<4xf64>
  }
  return %r, %sum : tensor<4xf64>, tensor<f64>
}

// Calls: their residuals are among its own.
func.func private @calls(%x: tensor<4xf64>, %n: tensor<i64>, %w: tensor<4xf64>) -> (tensor<4xf64>, tensor<i64>) {
  %a = call @loop(%x, %w) : (tensor<4xf64>, tensor<4xf64>) -> tensor<4xf64>
  %b:2 = call @branch(%a, %w) : (tensor<4xf64>, tensor<4xf64>) -> (tensor<4xf64>, tensor<f64>)
  %c = atled.broadcast %b#1 dimensions = [] : tensor<f64> -> tensor<4xf64>
  %d = atled.mul %b#0, %c : tensor<4xf64>
  return %d, %n : tensor<4xf64>, tensor<i64>
}

func.func private @narrow(%x: tensor<4xbf16>, %w: tensor<4xbf16>) -> tensor<4xbf16> {
  %a = atled.mul %x, %w : tensor<4xbf16>
  %b = atled.exp %a : tensor<4xbf16>
  %c = atled.mul %b, %x : tensor<4xbf16>
  %d = atled.tanh %c : tensor<4xbf16>
  return %d : tensor<4xbf16>
}

// With snapshots, no bound is needed: they are so many, however often the loop runs.
func.func private @snapshots(%x: tensor<4xf64>, %limit: tensor<f64>) -> tensor<4xf64> {
  %r = scf.while (%h = %x) : (tensor<4xf64>) -> tensor<4xf64> {
    %sum = atled.reduce_sum %h dimensions = [0] : tensor<4xf64> -> tensor<f64>
    %more = atled.compare gt, %sum, %limit : tensor<f64>
    %goes = tensor.extract %more[] : tensor<i1>
    scf.condition(%goes) %h : tensor<4xf64>
  } do {
  ^bb0(%h: tensor<4xf64>):
    %s = atled.sin %h : tensor<4xf64>
    %p = atled.mul %s, %x : tensor<4xf64>
    scf.yield %p : tensor<4xf64>
  } attributes {ad.checkpoint = #ad.binomial<3>}
  return %r : tensor<4xf64>
}

ad.split @loop wrt = [0, 1] forward @loop_fwd reverse @loop_bwd
ad.split @while wrt = [0] forward @while_fwd reverse @while_bwd
ad.split @nest wrt = [0] forward @nest_fwd reverse @nest_bwd
ad.split @branch wrt = [0, 1] forward @branch_fwd reverse @branch_bwd
ad.split @calls wrt = [0, 2] forward @calls_fwd reverse @calls_bwd
ad.split @narrow wrt = [0, 1] forward @narrow_fwd reverse @narrow_bwd
ad.split @snapshots wrt = [0] forward @snapshots_fwd reverse @snapshots_bwd
