// Everything is written, or nothing.

// RUN: rm -rf %t && mkdir -p %t/folder
// RUN: cp %s %t/model.mlir

// An object beside nothing: the default name is the input's.
// RUN: cd %t && atled-compile model.mlir
// RUN: nm %t/model.o | FileCheck %s --check-prefix=SYMBOL
// RUN: rm %t/model.o
// SYMBOL: T twice

// RUN: atled-compile - -o %t/stdin.o < %s && nm %t/stdin.o | FileCheck %s --check-prefix=SYMBOL
// RUN: rm %t/stdin.o
// RUN: not atled-compile < %s 2>&1 | FileCheck %s --check-prefix=STDIN
// STDIN: error: the program comes from stdin: say with -o where the object goes

// RUN: not atled-compile %t/absent.mlir 2>&1 | FileCheck %s --check-prefix=ABSENT
// ABSENT: error: cannot open input file '{{.*}}absent.mlir': No such file or directory

// The object could be written, but the header cannot: neither is.
// RUN: not atled-compile %t/model.mlir -o %t/m.o --header=%t/absent/m.h 2>&1 | FileCheck %s --check-prefix=NO-FOLDER
// NO-FOLDER: error: cannot write '{{.*}}absent/m.h': No such file or directory
// RUN: not atled-compile %t/model.mlir -o %t/m.o --header=%t/folder 2>&1 | FileCheck %s --check-prefix=FOLDER
// FOLDER: error: cannot write '{{.*}}folder': Is a directory
// RUN: not atled-compile %t/model.mlir -o /dev/full 2>&1 | FileCheck %s --check-prefix=FULL
// FULL: error: cannot write '/dev/full': No space left on device

// RUN: not atled-compile %t/model.mlir -o %t/m.o --header=%t/m.o 2>&1 | FileCheck %s --check-prefix=SAME
// RUN: cd %t && not atled-compile model.mlir -o m.o --header=./m.o 2>&1 | FileCheck %s --check-prefix=SAME
// RUN: cd %t && not atled-compile model.mlir -o m.o --header=%t/folder/../m.o 2>&1 | FileCheck %s --check-prefix=SAME
// SAME: error: -o and --header name the same file
// RUN: not atled-compile %t/model.mlir -o %t/model.mlir 2>&1 | FileCheck %s --check-prefix=INPUT
// INPUT: error: the output '{{.*}}model.mlir' is the input

// A program that is wrong leaves what was there before.
// RUN: echo old > %t/old.o
// RUN: echo 'func.func @f(' | not atled-compile - -o %t/old.o 2>&1 | FileCheck %s --check-prefix=SYNTAX
// SYNTAX: <stdin>:1:{{[0-9]+}}: error:
// RUN: grep old %t/old.o
// RUN: rm %t/old.o

// RUN: ls -A %t | FileCheck %s --check-prefix=LEFT --implicit-check-not={{.}}
// LEFT: folder
// LEFT-NEXT: model.mlir

func.func @twice(%x: tensor<4xf32>) -> tensor<4xf32> {
  %r = atled.add %x, %x : tensor<4xf32>
  return %r : tensor<4xf32>
}
