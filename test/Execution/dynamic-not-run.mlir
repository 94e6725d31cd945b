// What does not run needs no sizes, where dimensions alone say that it does not.

// DEFINE: %{run} = atled-run %s

// A branch that is not taken: the sum of all elements but the first.
// RUN: %{run} --entry=rest --input=0xf64=1 | FileCheck %s --check-prefix=NONE
// RUN: %{run} --vjp=rest --input=0xf64=1 --input=f64=1 | FileCheck %s --check-prefix=NONE
// RUN: %{run} --jvp=rest --input=0xf64=1 --input=0xf64=1 | FileCheck %s --check-prefix=NONE
// NONE: out0: f64 = 0.0
// RUN: %{run} --vjp=rest --input=3xf64=1,2,3 --input=f64=1 | FileCheck %s --check-prefix=SOME
// SOME: out0: f64 = 5.0
// SOME: grad_in0: 3xf64 = [0.0, 1.0, 1.0]

// The other one, and one of several.
// RUN: %{run} --entry=unless --input=1xf64=7 | FileCheck %s --check-prefix=UNLESS
// UNLESS: out0: f64 = 7.0
// RUN: %{run} --entry=unless --input=2xf64=7,8 | FileCheck %s --check-prefix=SECOND
// RUN: %{run} --entry=among --input=2xf64=7,8 | FileCheck %s --check-prefix=SECOND
// SECOND: out0: f64 = 8.0
// RUN: %{run} --entry=among --input=1xf64=7 | FileCheck %s --check-prefix=UNLESS
// RUN: not %{run} --entry=among --input=0xf64=1 2>&1 | FileCheck %s --check-prefix=UNFIT
// UNFIT: error: the sizes of the inputs of @among do not fit together

// Of a loop, a derivative computes in front what is the same each time, and so needs it.
// RUN: %{run} --entry=often --input=0xf64=1 --input=0xf64=1 | FileCheck %s --check-prefix=NEVER
// NEVER: out0: f64 = 0.5
// RUN: not %{run} --vjp=often --input=0xf64=1 --input=0xf64=1 --input=f64=1 2>&1 | FileCheck %s --check-prefix=FRONT
// FRONT: error: the sizes of the inputs of @often_vjp do not fit together

func.func @rest(%x: tensor<?xf64>) -> tensor<f64> {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %zero = atled.constant dense<0.0> : tensor<f64>
  %n = tensor.dim %x, %c0 : tensor<?xf64>
  %some = arith.cmpi sgt, %n, %c0 : index
  %r = scf.if %some -> tensor<f64> {
    %m = arith.subi %n, %c1 : index
    %rest = tensor.extract_slice %x[1] [%m] [1] : tensor<?xf64> to tensor<?xf64>
    %sum = atled.reduce_sum %rest dimensions = [0] : tensor<?xf64> -> tensor<f64>
    scf.yield %sum : tensor<f64>
  } else {
    scf.yield %zero : tensor<f64>
  }
  return %r : tensor<f64>
}

func.func @unless(%x: tensor<?xf64>) -> tensor<f64> {
  %c0 = arith.constant 0 : index
  %c2 = arith.constant 2 : index
  %n = tensor.dim %x, %c0 : tensor<?xf64>
  %few = arith.cmpi slt, %n, %c2 : index
  %r = scf.if %few -> tensor<f64> {
    %first = tensor.extract_slice %x[0] [1] [1] : tensor<?xf64> to tensor<f64>
    scf.yield %first : tensor<f64>
  } else {
    %second = tensor.extract_slice %x[1] [1] [1] : tensor<?xf64> to tensor<f64>
    scf.yield %second : tensor<f64>
  }
  return %r : tensor<f64>
}

func.func @among(%x: tensor<?xf64>) -> tensor<f64> {
  %c0 = arith.constant 0 : index
  %n = tensor.dim %x, %c0 : tensor<?xf64>
  %r = scf.index_switch %n -> tensor<f64>
  case 2 {
    %second = tensor.extract_slice %x[1] [1] [1] : tensor<?xf64> to tensor<f64>
    scf.yield %second : tensor<f64>
  }
  default {
    %first = tensor.extract_slice %x[0] [1] [1] : tensor<?xf64> to tensor<f64>
    scf.yield %first : tensor<f64>
  }
  return %r : tensor<f64>
}

func.func @often(%x: tensor<?xf64>, %y: tensor<?xf64>) -> tensor<f64> {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %n = tensor.dim %x, %c0 : tensor<?xf64>
  %times = tensor.dim %y, %c0 : tensor<?xf64>
  %m = arith.subi %n, %c1 : index
  %begin = atled.constant dense<0.5> : tensor<f64>
  %r = scf.for %i = %c0 to %times step %c1 iter_args(%h = %begin) -> tensor<f64> {
    %rest = tensor.extract_slice %x[1] [%m] [1] : tensor<?xf64> to tensor<?xf64>
    %sin = atled.sin %rest : tensor<?xf64>
    %sum = atled.reduce_sum %sin dimensions = [0] : tensor<?xf64> -> tensor<f64>
    %next = atled.mul %sum, %h : tensor<f64>
    scf.yield %next : tensor<f64>
  }
  return %r : tensor<f64>
}
