// The halves of a derivative as entries.

// RUN: rm -rf %t && mkdir %t

// --split only writes a declaration.
// RUN: atled-compile %s --split=loss --wrt=2,0 --compile-to=program | FileCheck %s --check-prefix=PROGRAM
// PROGRAM: func.func private @loss
// PROGRAM: ad.split @loss wrt = [0, 2] forward @loss_fwd reverse @loss_bwd
// PROGRAM-NOT: ad.split
// RUN: atled-compile %s --split=loss --compile-to=program | FileCheck %s --check-prefix=DEFAULT
// DEFAULT: ad.split @loss wrt = [0, 2] forward

// Names for C are those of other derivatives.
// RUN: atled-compile %s --split=loss --compile-to=derivatives | FileCheck %s --check-prefix=NAMES
// NAMES: func.func @loss_fwd(
// NAMES-SAME: {atled.name = "w"}, {{.*}} {atled.name = "in1"}, {{.*}} {atled.name = "in2"})
// NAMES-SAME: -> (tensor<4xf32> {atled.name = "y"}, tensor<4xf32> {ad.residual})
// NAMES: func.func @loss_bwd(
// NAMES-SAME: tensor<4xf32> {ad.residual}, {{.*}}: tensor<4xf32> {atled.name = "seed_y"})
// NAMES-SAME: -> (tensor<4xf32> {atled.name = "grad_w"}, tensor<4xf32> {atled.name = "grad_in2"})

// Both are entries, beside what else is asked for.
// RUN: atled-compile %s --split=loss --grad=mean --symbol-prefix=my_ -o %t/m.o --header=%t/m.h
// RUN: nm -g --defined-only %t/m.o | FileCheck %s --check-prefix=SYMBOLS --implicit-check-not=" T "
// SYMBOLS-DAG: T my_loss_bwd
// SYMBOLS-DAG: T my_loss_bwd_abi1
// SYMBOLS-DAG: T my_loss_bwd_cpu_ok
// SYMBOLS-DAG: T my_loss_fwd
// SYMBOLS-DAG: T my_loss_fwd_abi1
// SYMBOLS-DAG: T my_loss_fwd_cpu_ok
// SYMBOLS-DAG: T my_mean_grad
// SYMBOLS-DAG: T my_mean_grad_abi1
// SYMBOLS-DAG: T my_mean_grad_cpu_ok
// RUN: FileCheck %s --check-prefix=HEADER --input-file=%t/m.h
// HEADER: #define MY_LOSS_FWD_RESIDUAL_BYTES 64
// HEADER: #define MY_LOSS_BWD_RESIDUAL_BYTES 64

// What the program declares itself is an entry where nothing is asked for; else where one half is named.
// RUN: atled-compile %s -o %t/m.o && nm -g --defined-only %t/m.o | FileCheck %s --check-prefix=DECLARED
// DECLARED: T back
// DECLARED: T there
// RUN: atled-compile %s --entry=back -o %t/m.o && nm -g --defined-only %t/m.o | FileCheck %s --check-prefix=NAMED --implicit-check-not=" T "
// NAMED: T back
// NAMED: T back_abi1
// NAMED: T back_cpu_ok
// NAMED: T there
// NAMED: T there_abi1
// NAMED: T there_cpu_ok
// RUN: atled-compile %s --entry=mean -o %t/m.o && nm -g --defined-only %t/m.o | FileCheck %s --check-prefix=OTHER --implicit-check-not=" T "
// OTHER: T mean
// OTHER: T mean_abi1
// OTHER: T mean_cpu_ok
// RUN: echo 'func.func private @f(%%x: tensor<f32>) -> tensor<f32> { return %%x : tensor<f32> } ad.split @f wrt = [0] forward @a reverse @b' \
// RUN:   | atled-compile -o %t/m.o && nm -g --defined-only %t/m.o | FileCheck %s --check-prefix=ONLY --implicit-check-not=" T "
// ONLY: T a
// ONLY: T a_abi1
// ONLY: T a_cpu_ok
// ONLY: T b
// ONLY: T b_abi1
// ONLY: T b_cpu_ok

// It is drawn as what it is.
// RUN: atled-compile %s --split=loss --emit=dot | FileCheck %s --check-prefix=DOT
// DOT: subgraph "cluster_loss_fwd"
// DOT: subgraph "cluster_loss_bwd"
// DOT: color=firebrick

// RUN: not atled-compile %s --split=loss --split=loss -o %t/none.o 2>&1 | FileCheck %s --check-prefix=TWICE
// TWICE: error: --split names 'loss' twice
// RUN: sed 's/@there/@loss_fwd/' %s | not atled-compile --split=loss -o %t/none.o 2>&1 | FileCheck %s --check-prefix=TAKEN
// TAKEN: error: the derivative of 'loss' would be called 'loss_fwd', and the program has a function of that name
// RUN: not atled-compile %s --entry=therr -o %t/none.o 2>&1 | FileCheck %s --check-prefix=NEAR
// NEAR: error: there is no function 'therr'; did you mean 'there'?
// RUN: not atled-compile %s --grad=there -o %t/none.o 2>&1 | FileCheck %s --check-prefix=NO-FUNCTION
// NO-FUNCTION: error: there is no function 'there'{{$}}
// RUN: not atled-compile %s --split=clash -o %t/none.o 2>&1 | FileCheck %s --check-prefix=CLASH
// CLASH: error: argument 1 is named 'residuals' in C, and so is argument 0

// C code has no buffer for what only a run can measure: an error at what is kept.
// RUN: not atled-compile %s --split=endless -o %t/none.o 2>&1 | FileCheck %s --check-prefix=SIZE
// SIZE: split.mlir:[[#@LINE+32]]:8: error: result 2 of entry 'endless_fwd' is what is kept here for the way back, of type 'tensor<?x4xf32>', and nobody knows its size before the call
// SIZE: split.mlir:[[#@LINE+31]]:8: note: 'ad.max_iterations' or constant bounds on a loop make it known; #ad.binomial<...> on it, or on a recursive function beside 'ad.max_depth', needs no bound
// RUN: not ls %t/none.o
// What follows from dimensions is as large as they say.
// RUN: atled-compile %s --split=sized --header=%t/sized.h -o %t/sized.o && FileCheck %s --check-prefix=SIZED --input-file=%t/sized.h
// SIZED: size_t sized_fwd_residual_bytes(const int64_t *dims);
// SIZED: size_t sized_bwd_residual_bytes(const int64_t *dims);

func.func @loss(%w: tensor<4xf32> {atled.name = "w"}, %n: tensor<4xi32>, %b: tensor<4xf32>)
    -> (tensor<4xf32> {atled.name = "y"}) {
  %s = atled.add %w, %b : tensor<4xf32>
  %r = atled.tanh %s : tensor<4xf32>
  return %r : tensor<4xf32>
}
ad.split @loss wrt = [0] forward @there reverse @back

func.func @mean(%x: tensor<4xf32>) -> tensor<f32> {
  %sum = atled.reduce_sum %x dimensions = [0] : tensor<4xf32> -> tensor<f32>
  %count = atled.constant dense<4.0> : tensor<f32>
  %mean = atled.div %sum, %count : tensor<f32>
  return %mean : tensor<f32>
}

func.func @clash(%x: tensor<4xf32> {atled.name = "residuals"}) -> tensor<4xf32> {
  %e = atled.exp %x : tensor<4xf32>
  %s = atled.sin %x : tensor<4xf32>
  %p = atled.mul %e, %s : tensor<4xf32>
  return %p : tensor<4xf32>
}

func.func @endless(%x: tensor<4xf32>) -> tensor<4xf32> {
  %limit = atled.constant dense<1.0> : tensor<f32>
  %r = scf.while (%h = %x) : (tensor<4xf32>) -> tensor<4xf32> {
    %sum = atled.reduce_sum %h dimensions = [0] : tensor<4xf32> -> tensor<f32>
    %more = atled.compare gt, %sum, %limit : tensor<f32>
    %goes = tensor.extract %more[] : tensor<i1>
    scf.condition(%goes) %h : tensor<4xf32>
  } do {
  ^bb0(%h: tensor<4xf32>):
    %s = atled.sin %h : tensor<4xf32>
    scf.yield %s : tensor<4xf32>
  }
  return %r : tensor<4xf32>
}

func.func @sized(%x: tensor<?xf32>) -> tensor<?xf32> {
  %e = atled.exp %x : tensor<?xf32>
  %s = atled.sin %e : tensor<?xf32>
  return %s : tensor<?xf32>
}
