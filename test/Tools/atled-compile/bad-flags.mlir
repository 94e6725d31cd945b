// RUN: not atled-compile %s -mcpu=x86-64-v8 -o - 2>&1 | FileCheck %s --check-prefix=CPU
// CPU: error: unknown processor 'x86-64-v8' for x86_64; did you mean 'x86-64-v2'?
// RUN: not atled-compile %s -mcpu=i386 -o - 2>&1 | FileCheck %s --check-prefix=CPU32
// CPU32: error: unknown processor 'i386' for x86_64

// RUN: not atled-compile %s --target=aarch65-linux-gnu -o - 2>&1 | FileCheck %s --check-prefix=TARGET
// TARGET: error: unknown target 'aarch65-linux-gnu'; the targets are x86_64-linux-gnu, aarch64-linux-gnu, riscv64-linux-gnu, armv7em-none-eabi; did you mean 'aarch64-linux-gnu'?
// RUN: not atled-compile %s --target=riscv64-linux-gnu -mcpu=native -o - 2>&1 | FileCheck %s --check-prefix=NATIVE
// NATIVE: error: 'native' is the processor of this machine, which is of x86_64 and not of riscv64
// RUN: not atled-compile %s --target=aarch64-linux-gnu -mcpu=cortex-a733 -o - 2>&1 | FileCheck %s --check-prefix=CORTEX
// CORTEX: error: unknown processor 'cortex-a733' for aarch64; did you mean 'cortex-a73'?

// RUN: not atled-compile %s --compile-to=linal -o - 2>&1 | FileCheck %s --check-prefix=PHASE
// PHASE: error: unknown phase 'linal'; the phases are program, derivatives, linalg, loops, llvm
// RUN: not atled-compile %s --compile-to=linalg --emit=obj -o - 2>&1 | FileCheck %s --check-prefix=PHASE-OBJECT
// PHASE-OBJECT: error: --compile-to stops before there is code: it goes with --emit=mlir

// RUN: not atled-compile %s -O4 -o - 2>&1 | FileCheck %s --check-prefix=LEVEL
// LEVEL: error: there is no -O4; the levels are 0 to 3

// RUN: not atled-compile %s --hessian=f -o - 2>&1 | FileCheck %s --check-prefix=UNKNOWN
// RUN: not atled-run %s --hessian=f 2>&1 | FileCheck %s --check-prefix=UNKNOWN
// UNKNOWN: error: unknown option '--hessian=f'; --help lists the options
// RUN: atled-run -h | FileCheck %s --check-prefix=SHORT-HELP
// RUN: atled-compile -h | FileCheck %s --check-prefix=SHORT-HELP
// SHORT-HELP: OVERVIEW

// RUN: not atled-compile %s --target= -o - 2>&1 | FileCheck %s --check-prefix=NO-TARGET
// NO-TARGET: error: '--target=' lacks a value
// RUN: not atled-compile %s -mcpu= -o - 2>&1 | FileCheck %s --check-prefix=NO-CPU
// NO-CPU: error: '-mcpu=' lacks a value
// RUN: not atled-compile %s --multiversion= -o - 2>&1 | FileCheck %s --check-prefix=NO-VERSION
// NO-VERSION: error: '--multiversion=' lacks a value
// RUN: not atled-compile %s --multiversion=x86-64,,x86-64-v3 -o - 2>&1 | FileCheck %s --check-prefix=LESS-VERSIONS
// LESS-VERSIONS: error: '--multiversion=x86-64,,x86-64-v3' lacks a value
// RUN: not atled-compile %s --header= -o - 2>&1 | FileCheck %s --check-prefix=NO-HEADER
// NO-HEADER: error: '--header=' lacks a value
// RUN: not atled-compile %s -o "" 2>&1 | FileCheck %s --check-prefix=NO-OUTPUT
// NO-OUTPUT: error: an argument is empty
// RUN: not atled-run %s --input= 2>&1 | FileCheck %s --check-prefix=NO-INPUT
// NO-INPUT: error: '--input=' lacks a value

// RUN: not atled-compile %s --vjp=twice,twice -o - 2>&1 | FileCheck %s --check-prefix=TWICE
// TWICE: error: --vjp names 'twice' twice

// RUN: not atled-compile %s --emit=dot --header=m.h 2>&1 | FileCheck %s --check-prefix=HEADER
// HEADER: error: --header goes with code: --emit=obj, lib, shared, asm or llvm

// RUN: not atled-compile %s -o %t.o --header=%t.o 2>&1 | FileCheck %s --check-prefix=SAME
// SAME: error: -o and --header name the same file '{{.*}}.o'

func.func @twice(%x: tensor<4xf32>) -> tensor<4xf32> {
  %r = atled.add %x, %x : tensor<4xf32>
  return %r : tensor<4xf32>
}
