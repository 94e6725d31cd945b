// Which functions C code can call.

// RUN: rm -rf %t && mkdir %t

// By default, the public ones.
// RUN: atled-compile %s -o %t/m.o && nm -g --defined-only %t/m.o | FileCheck %s --check-prefix=PUBLIC --implicit-check-not=" T "
// PUBLIC: T mean
// PUBLIC: T mean_abi1
// PUBLIC: T mean_cpu_ok
// PUBLIC: T twice
// PUBLIC: T twice_abi1
// PUBLIC: T twice_cpu_ok

// With --entry, those named, and they may be private.
// RUN: atled-compile %s --entry=half,mean -o %t/m.o && nm -g --defined-only %t/m.o | FileCheck %s --check-prefix=NAMED --implicit-check-not=" T "
// NAMED: T half
// NAMED: T half_abi1
// NAMED: T half_cpu_ok
// NAMED: T mean
// NAMED: T mean_abi1
// NAMED: T mean_cpu_ok

// With a derivative, that alone, unless an entry is named too.
// RUN: atled-compile %s --grad=mean -o %t/m.o && nm -g --defined-only %t/m.o | FileCheck %s --check-prefix=GRAD --implicit-check-not=" T "
// GRAD: T mean_grad
// GRAD: T mean_grad_abi1
// GRAD: T mean_grad_cpu_ok
// RUN: atled-compile %s --grad=mean --entry=mean -o %t/m.o && nm -g --defined-only %t/m.o | FileCheck %s --check-prefix=BOTH --implicit-check-not=" T "
// BOTH: T mean
// BOTH: T mean_abi1
// BOTH: T mean_cpu_ok
// BOTH: T mean_grad
// BOTH: T mean_grad_abi1
// BOTH: T mean_grad_cpu_ok

// With a prefix.
// RUN: atled-compile %s --entry=half --symbol-prefix=my_ -o %t/m.o --header=%t/m.h && nm -g --defined-only %t/m.o | FileCheck %s --check-prefix=PREFIX --implicit-check-not=" T "
// PREFIX: T my_half
// PREFIX: T my_half_abi1
// PREFIX: T my_half_cpu_ok
// RUN: FileCheck %s --check-prefix=PREFIX-HEADER < %t/m.h
// PREFIX-HEADER: #ifndef MY_HALF_H
// PREFIX-HEADER: #define MY_HALF_WORKSPACE_BYTES
// PREFIX-HEADER: struct my_half_inputs {

// RUN: not atled-compile %s --entry=half --symbol-prefix=9- -o - 2>&1 | FileCheck %s --check-prefix=BAD-PREFIX
// BAD-PREFIX: error: entry '9-half' is no C identifier

// RUN: echo 'func.func private @f(%%x: tensor<f32>) -> tensor<f32> { return %%x : tensor<f32> }' \
// RUN:   | not atled-compile -o %t/none.o 2>&1 | FileCheck %s --check-prefix=NO-ENTRIES
// NO-ENTRIES: error: the program has no public function to compile

func.func @mean(%x: tensor<4xf32>) -> tensor<f32> {
  %sum = atled.reduce_sum %x dimensions = [0] : tensor<4xf32> -> tensor<f32>
  %count = atled.constant dense<4.0> : tensor<f32>
  %mean = atled.div %sum, %count : tensor<f32>
  return %mean : tensor<f32>
}

func.func @twice(%x: tensor<4xf32>) -> tensor<4xf32> {
  %r = atled.add %x, %x : tensor<4xf32>
  return %r : tensor<4xf32>
}

func.func private @half(%x: tensor<4xf32>) -> tensor<4xf32> {
  %h = atled.constant dense<0.5> : tensor<4xf32>
  %r = atled.mul %x, %h : tensor<4xf32>
  return %r : tensor<4xf32>
}
