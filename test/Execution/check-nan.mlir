// The first NaN of a call is told with its operation and line, there and on the way back. What has none runs as ever.

// DEFINE: %{run} = not atled-run %s --check-nan

// RUN: %{run} --entry=ratio --input=2xf64=0 2>&1 | FileCheck %s --check-prefix=RATIO
// RUN: %{run} --grad=ratio --input=2xf64=0 2>&1 | FileCheck %s --check-prefix=RATIO
// RUN: %{run} --jvp=ratio --input=2xf64=1,0 --input=2xf64=1 2>&1 | FileCheck %s --check-prefix=RATIO
func.func @ratio(%x: tensor<2xf64> {atled.name = "x"}) -> tensor<f64> {
  // RATIO: there is a NaN, at check-nan.mlir:[[#@LINE+1]]:8: the result of 'atled.div'
  %y = atled.div %x, %x : tensor<2xf64>
  %z = atled.exp %y : tensor<2xf64>
  %r = atled.reduce_sum %z dimensions = [0] : tensor<2xf64> -> tensor<f64>
  return %r : tensor<f64>
}

// The value at 0 is 0, and what travels back is 0 times an infinity. An infinity alone is no NaN.
// RUN: atled-run %s --check-nan --entry=root --input=2xf64=0 | FileCheck %s --check-prefix=VALUE
// VALUE: 0
// RUN: atled-run %s --check-nan --value-and-grad=root --input=2xf64=4,9 | FileCheck %s --check-prefix=GRADIENT
// GRADIENT: 13
// GRADIENT: [1.0, 1.0]
// RUN: %{run} --value-and-grad=root --input=2xf64=0 2>&1 | FileCheck %s --check-prefix=ROOT
// RUN: %{run} --jvp=root --input=2xf64=0 --input=2xf64=0 2>&1 | FileCheck %s --check-prefix=ROOT
func.func @root(%x: tensor<2xf64> {atled.name = "x"}) -> tensor<f64> {
  // ROOT: there is a NaN, at check-nan.mlir:[[#@LINE+1]]:8: the derivative of 'atled.sqrt'
  %y = atled.sqrt %x : tensor<2xf64>
  %z = atled.mul %y, %y : tensor<2xf64>
  %r = atled.reduce_sum %z dimensions = [0] : tensor<2xf64> -> tensor<f64>
  return %r : tensor<f64>
}
// RUN: atled-run %s --check-nan --grad=half_root --input=f64=0 | FileCheck %s --check-prefix=INFINITE
// INFINITE: inf
func.func @half_root(%x: tensor<f64>) -> tensor<f64> {
  %y = atled.sqrt %x : tensor<f64>
  return %y : tensor<f64>
}

// What a derivative computes and does not choose is nobody's, either: the quotient of a norm of 0.
// RUN: atled-run %s --check-nan --grad=length --input=3xf64=0 | FileCheck %s --check-prefix=LENGTH
// RUN: atled-run %s --check-nan --jvp=length --input=3xf64=0 --input=3xf64=1 | FileCheck %s --check-prefix=TANGENT
// LENGTH: [0.0, 0.0, 0.0]
// TANGENT: 0.0
func.func @length(%x: tensor<3xf64>) -> tensor<f64> {
  %y = atled.norm %x dimensions = [0] : tensor<3xf64> -> tensor<f64>
  return %y : tensor<f64>
}

// What comes in is nobody's.
// RUN: %{run} --entry=root --input=2xf64=nan 2>&1 | FileCheck %s --check-prefix=ARGUMENT
// RUN: %{run} --value-and-grad=root --input=2xf64=1,nan 2>&1 | FileCheck %s --check-prefix=ARGUMENT
// ARGUMENT: there is a NaN, at check-nan.mlir:24:17: argument 'x'
// RUN: %{run} --vjp=ratio --input=2xf64=1 --input=f64=nan 2>&1 | FileCheck %s --check-prefix=SEED
// SEED: there is a NaN, at check-nan.mlir:8:1: argument 'seed_out0'

// The third time.
// RUN: %{run} --entry=loop --input=f64=2 2>&1 | FileCheck %s --check-prefix=LOOP
// RUN: %{run} --grad=loop --input=f64=2 2>&1 | FileCheck %s --check-prefix=LOOP
// RUN: atled-run %s --check-nan --entry=loop --input=f64=9 | FileCheck %s --check-prefix=LOOPED
// LOOPED: 0.703568704965
func.func @loop(%x: tensor<f64>) -> tensor<f64> {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %c3 = arith.constant 3 : index
  %one = atled.constant dense<0.9> : tensor<f64>
  %r = scf.for %i = %c0 to %c3 step %c1 iter_args(%h = %x) -> (tensor<f64>) {
    %less = atled.sub %h, %one : tensor<f64>
    // LOOP: there is a NaN, at check-nan.mlir:[[#@LINE+1]]:13: the result of 'atled.sqrt'
    %root = atled.sqrt %less : tensor<f64>
    scf.yield %root : tensor<f64>
  } {ad.checkpoint = #ad.periodic<2>}
  return %r : tensor<f64>
}

// Only the branch that is taken.
// RUN: %{run} --grad=branch --input=f64=-1 2>&1 | FileCheck %s --check-prefix=BRANCH
// RUN: atled-run %s --check-nan --grad=branch --input=f64=2 | FileCheck %s --check-prefix=TAKEN
// TAKEN: 0.5
func.func @branch(%x: tensor<f64>) -> tensor<f64> {
  %zero = atled.constant dense<0.0> : tensor<f64>
  %less = atled.compare lt, %x, %zero : tensor<f64>
  %isLess = tensor.extract %less[] : tensor<i1>
  %r = scf.if %isLess -> (tensor<f64>) {
    // BRANCH: there is a NaN, at check-nan.mlir:[[#@LINE+1]]:13: the result of 'atled.sqrt'
    %root = atled.sqrt %x : tensor<f64>
    scf.yield %root : tensor<f64>
  } else {
    %log = atled.log %x : tensor<f64>
    scf.yield %log : tensor<f64>
  }
  return %r : tensor<f64>
}

// In what is called, and called again: log(1.5 - 1) is less than 1.
// RUN: %{run} --grad=recursive --input=f64=1.5 --input=i64=2 2>&1 | FileCheck %s --check-prefix=CALLED
// RUN: %{run} --entry=recursive --input=f64=1.5 --input=i64=2 2>&1 | FileCheck %s --check-prefix=CALLED
// RUN: atled-run %s --check-nan --entry=recursive --input=f64=1.5 --input=i64=1 | FileCheck %s --check-prefix=ONCE
// ONCE: -0.693147180559
func.func private @step(%x: tensor<f64>) -> tensor<f64> {
  %one = atled.constant dense<1.0> : tensor<f64>
  %less = atled.sub %x, %one : tensor<f64>
  // CALLED: there is a NaN, at check-nan.mlir:[[#@LINE+1]]:10: the result of 'atled.log'
  %log = atled.log %less : tensor<f64>
  return %log : tensor<f64>
}
func.func @recursive(%x: tensor<f64>, %n: tensor<i64>) -> tensor<f64> attributes {ad.max_depth = 4 : i64} {
  %c0 = arith.constant 0 : i64
  %k = tensor.extract %n[] : tensor<i64>
  %ends = arith.cmpi eq, %k, %c0 : i64
  %r = scf.if %ends -> (tensor<f64>) {
    scf.yield %x : tensor<f64>
  } else {
    %one = atled.constant dense<1> : tensor<i64>
    %m = atled.sub %n, %one : tensor<i64>
    %y = func.call @step(%x) : (tensor<f64>) -> tensor<f64>
    %z = func.call @recursive(%y, %m) : (tensor<f64>, tensor<i64>) -> tensor<f64>
    scf.yield %z : tensor<f64>
  }
  return %r : tensor<f64>
}

// As deep as a loop goes, whose stacks have rows that nobody has written.
// RUN: %{run} --entry=deep --input=f64=3 --input=i64=9 2>&1 | FileCheck %s --check-prefix=DEEP
// RUN: %{run} --grad=deep --input=f64=3 --input=i64=9 2>&1 | FileCheck %s --check-prefix=DEEP
// RUN: atled-run %s --check-nan --grad=deep --input=f64=3 --input=i64=2 | FileCheck %s --check-prefix=TWO
// The product of x, x - 1 and x - 2.
// TWO: {{11\.00*[0-9]?|10\.9999999999999}}
func.func @deep(%x: tensor<f64>, %n: tensor<i64>) -> tensor<f64> attributes {ad.max_depth = 100 : i64} {
  %c0 = arith.constant 0 : i64
  %k = tensor.extract %n[] : tensor<i64>
  %ends = arith.cmpi eq, %k, %c0 : i64
  %r = scf.if %ends -> (tensor<f64>) {
    scf.yield %x : tensor<f64>
  } else {
    %one = atled.constant dense<1> : tensor<i64>
    %m = atled.sub %n, %one : tensor<i64>
    %less = atled.constant dense<1.0> : tensor<f64>
    %y = atled.sub %x, %less : tensor<f64>
    // DEEP: there is a NaN, at check-nan.mlir:[[#@LINE+1]]:10: the result of 'atled.sqrt'
    %s = atled.sqrt %y : tensor<f64>
    %square = atled.mul %s, %s : tensor<f64>
    %z = func.call @deep(%square, %m) : (tensor<f64>, tensor<i64>) -> tensor<f64>
    %w = atled.mul %x, %z : tensor<f64>
    scf.yield %w : tensor<f64>
  }
  return %r : tensor<f64>
}

// A constant that nobody computes with comes out of a branch, or as it is.
// RUN: %{run} --entry=chosen --input=f64=1 2>&1 | FileCheck %s --check-prefix=CHOSEN
// RUN: atled-run %s --check-nan --entry=chosen --input=f64=-1 | FileCheck %s --check-prefix=OTHER
// OTHER: out0: f64 = -1
func.func @chosen(%x: tensor<f64>) -> tensor<f64> {
  %zero = atled.constant dense<0.0> : tensor<f64>
  %none = atled.constant dense<0x7FF8000000000000> : tensor<f64>
  %more = atled.compare gt, %x, %zero : tensor<f64>
  %isMore = tensor.extract %more[] : tensor<i1>
  // CHOSEN: there is a NaN, at check-nan.mlir:[[#@LINE+1]]:8: result 'out0'
  %r = scf.if %isMore -> tensor<f64> {
    scf.yield %none : tensor<f64>
  } else {
    scf.yield %x : tensor<f64>
  }
  return %r : tensor<f64>
}
// RUN: %{run} --entry=constant 2>&1 | FileCheck %s --check-prefix=CONSTANT
func.func @constant() -> (tensor<2xf64> {atled.name = "none"}) {
  // CONSTANT: there is a NaN, at check-nan.mlir:[[#@LINE+1]]:11: result 'none'
  %none = atled.constant dense<[0x7FF8000000000000, 1.0]> : tensor<2xf64>
  return %none : tensor<2xf64>
}

// An infinity is told by the operation that makes a NaN of it.
// RUN: %{run} --grad=absolute --input=f64=0 2>&1 | FileCheck %s --check-prefix=ABSOLUTE
func.func @absolute(%x: tensor<f64>) -> tensor<f64> {
  // ABSOLUTE: there is a NaN, at check-nan.mlir:[[#@LINE+1]]:13: the derivative of 'atled.mul'
  %square = atled.mul %x, %x : tensor<f64>
  %root = atled.sqrt %square : tensor<f64>
  return %root : tensor<f64>
}

// Of a branch that is not taken nothing is looked at, not even where a size comes from what it would compute; nor of a
// part of what nobody has written.
// RUN: atled-run %s --check-nan --vjp=sometimes --wrt=0 --input=2xf64=1,2 --input=i64=7 --input=f64=1 | FileCheck %s --check-prefix=NEVER
// NEVER: grad_in0: 2xf64 = [0.0, 0.0]
// RUN: atled-run %s --check-nan --entry=rows --verify-gradient --input=2x3xf64=1,2,3,4,5,6 | FileCheck %s --check-prefix=ROWS
// ROWS: in0 {{.*}} ok
func.func @sometimes(%x: tensor<?xf64>, %number: tensor<i64>) -> tensor<f64> {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %c3 = arith.constant 3 : index
  %k = tensor.extract %number[] : tensor<i64>
  %chosen = arith.index_cast %k : i64 to index
  %zero = atled.constant dense<0.0> : tensor<f64>
  %n = tensor.dim %x, %c0 : tensor<?xf64>
  %r = scf.for %i = %c0 to %c3 step %c1 iter_args(%a = %zero) -> tensor<f64> {
    %isChosen = arith.cmpi eq, %i, %chosen : index
    %b = scf.if %isChosen -> tensor<f64> {
      %sin = atled.sin %a : tensor<f64>
      %spread = atled.broadcast %sin dimensions = [] sizes(%n) : tensor<f64> -> tensor<?xf64>
      %e = atled.add %spread, %x : tensor<?xf64>
      %t = atled.tanh %e : tensor<?xf64>
      %s = atled.reduce_sum %t dimensions = [0] : tensor<?xf64> -> tensor<f64>
      scf.yield %s : tensor<f64>
    } else {
      scf.yield %a : tensor<f64>
    }
    scf.yield %b : tensor<f64>
  }
  return %r : tensor<f64>
}
func.func @rows(%y: tensor<?x?xf64>) -> tensor<?xf64> {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %n = tensor.dim %y, %c0 : tensor<?x?xf64>
  %m = tensor.dim %y, %c1 : tensor<?x?xf64>
  %zero = atled.constant dense<0.0> : tensor<f64>
  %zeros = atled.broadcast %zero dimensions = [] sizes(%m) : tensor<f64> -> tensor<?xf64>
  %r = scf.for %i = %c0 to %n step %c1 iter_args(%a = %zeros) -> (tensor<?xf64>) {
    %row = tensor.extract_slice %y[%i, 0] [1, %m] [1, 1] : tensor<?x?xf64> to tensor<1x?xf64>
    %square = atled.mul %row, %row : tensor<1x?xf64>
    %flat = atled.reduce_sum %square dimensions = [0] : tensor<1x?xf64> -> tensor<?xf64>
    %sin = atled.sin %flat : tensor<?xf64>
    %b = atled.add %sin, %a : tensor<?xf64>
    scf.yield %b : tensor<?xf64>
  }
  return %r : tensor<?xf64>
}
