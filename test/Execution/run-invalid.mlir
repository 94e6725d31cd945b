// What to run.
// RUN: not atled-run %s 2>&1 | FileCheck %s --check-prefix=NO-ENTRY
// NO-ENTRY: error: the program has 2 public functions, loss, nothing: choose one with '--entry'
// RUN: echo 'func.func private @f() { return }' | not atled-run 2>&1 | FileCheck %s --check-prefix=NO-PUBLIC
// NO-PUBLIC: error: the program has no public function to run
// RUN: not atled-run %s --entry=los 2>&1 | FileCheck %s --check-prefix=NEAR
// NEAR: {{/|^}}run-invalid.mlir: error: there is no function 'los'; did you mean 'loss'?
// RUN: not atled-run --entry=los < %s 2>&1 | FileCheck %s --check-prefix=NEAR-STDIN
// NEAR-STDIN: {{^(<stdin>|-)}}: error: there is no function 'los'; did you mean 'loss'?
// RUN: not atled-run %s --entry=loss --grad=loss 2>&1 | FileCheck %s --check-prefix=TWO
// TWO: atled-run: error: --entry and --grad each choose a function: give one of them
// RUN: not atled-run %s --jvp=loss --vjp=loss 2>&1 | FileCheck %s --check-prefix=BOTH
// BOTH: atled-run: error: --vjp and --jvp each choose a function: give one of them
// RUN: not atled-run %s --entry=loss --entry=nothing 2>&1 | FileCheck %s --check-prefix=ENTRIES
// ENTRIES: atled-run: error: --entry is given twice
// RUN: not atled-run %s --entry=nothing --bench=1 --bench=2 2>&1 | FileCheck %s --check-prefix=BENCHES
// BENCHES: atled-run: error: --bench is given twice
// RUN: not atled-run %s --entry=loss --wrt=0 2>&1 | FileCheck %s --check-prefix=WRT
// WRT: atled-run: error: --wrt needs a derivative: --grad, --value-and-grad, --vjp, --jvp or --verify-gradient
// RUN: not atled-run %s --grad=loss --wrt=1 2>&1 | FileCheck %s --check-prefix=WRT-INTEGER
// WRT-INTEGER: error: argument 1 of 'loss' has no derivative: its type is 'tensor<3xi32>'
// RUN: not atled-run %s --check --input=f32=1 2>&1 | FileCheck %s --check-prefix=CHECK-INPUT
// CHECK-INPUT: atled-run: error: --input does not go with --check
// RUN: not atled-run %s --verify-gradient --bench=2 2>&1 | FileCheck %s --check-prefix=VERIFY-BENCH
// VERIFY-BENCH: atled-run: error: --bench does not go with --verify-gradient
// RUN: not atled-run %s --check 2>&1 | FileCheck %s --check-prefix=NO-CHECK
// NO-CHECK: error: the program contains no check
// RUN: not atled-run %s -O7 2>&1 | FileCheck %s --check-prefix=LEVEL
// LEVEL: atled-run: error: there is no optimization level 7; the levels are 0 to 3
// RUN: not atled-run %s --entry=loss --input=3xf32=1 --input=3xi32=1 --num-threads=300 2>&1 | FileCheck %s --check-prefix=THREADS
// THREADS: error: cannot run on 300 threads: there can be 256
// RUN: not atled-run %s --check --num-threads=2 2>&1 | FileCheck %s --check-prefix=CHECK-THREADS
// CHECK-THREADS: atled-run: error: --num-threads does not go with --check

// Inputs: too few, of another shape or type, unreadable.
// RUN: not atled-run %s --entry=loss --input=3xf32=1 2>&1 | FileCheck %s --check-prefix=COUNT
// COUNT: run-invalid.mlir:[[#]]:1: error: @loss takes 2 inputs (x: 3xf32, in1: 3xi32), and 1 is given
// RUN: not atled-run %s --entry=nothing --input=3xf32=1 2>&1 | FileCheck %s --check-prefix=NONE
// NONE: error: @nothing takes 0 inputs, and 1 is given
// RUN: not atled-run %s --entry=loss --input=4xf32=1 --input=3xi32=1 2>&1 | FileCheck %s --check-prefix=SHAPE
// SHAPE: error: input 0 ('x') is of type 4xf32, and @loss takes 3xf32
// RUN: not atled-run %s --entry=loss --input=3xf32=1 --input=3xi64=1 2>&1 | FileCheck %s --check-prefix=TYPE
// TYPE: error: input 1 ('in1') is of type 3xi64, and @loss takes 3xi32
// RUN: not atled-run %s --entry=loss --input=3xf32=1,2 --input=3xi32=1 2>&1 | FileCheck %s --check-prefix=LITERAL
// LITERAL: error: input 0 ('x'): a tensor of type 3xf32 has 3 elements, and 2 are given
// RUN: not atled-run %s --entry=loss --input=3xf3=1 --input=3xi32=1 2>&1 | FileCheck %s --check-prefix=KIND
// KIND: error: input 0 ('x'): 'f3' is not an element type
// RUN: not atled-run %s --entry=loss --input=%t.none.npy --input=3xi32=1 2>&1 | FileCheck %s --check-prefix=MISSING
// MISSING: error: input 0 ('x'): cannot read '{{.*}}.none.npy': No such file or directory
// RUN: not atled-run %s --entry=loss --input=%s --input=3xi32=1 2>&1 | FileCheck %s --check-prefix=NO-NPY
// NO-NPY: error: input 0 ('x'): '{{.*}}run-invalid.mlir': this is not an .npy file
// RUN: timeout 20 not atled-run %s --entry=loss --input=/dev/zero --input=3xi32=1 2>&1 | FileCheck %s --check-prefix=ENDLESS
// ENDLESS: error: input 0 ('x'): '/dev/zero': this is not an .npy file
// RUN: not atled-run %s --entry=loss --input=/dev/null --input=3xi32=1 2>&1 | FileCheck %s --check-prefix=NULL
// NULL: error: input 0 ('x'): '/dev/null': this is not an .npy file
// RUN: not atled-run %s --entry=loss --input=%S --input=3xi32=1 2>&1 | FileCheck %s --check-prefix=FOLDER
// FOLDER: error: input 0 ('x'): cannot read '{{.*}}Execution': Is a directory

// A pipe is read as a file is.
// RUN: %python -c "import numpy, sys; numpy.save(sys.stdout.buffer, numpy.array([1, 2, 4], 'f4'))" > %t.npy
// RUN: cat %t.npy | atled-run %s --entry=loss --input=/dev/stdin --input=3xi32=1 | FileCheck %s --check-prefix=PIPE
// PIPE: out0: f32 = 7.0

// By a name that there is not, twice, or without a value.
// RUN: not atled-run %s --entry=loss --input=in2=3xi32=1 --input=x=3xf32=1 2>&1 | FileCheck %s --check-prefix=NAME
// NAME: run-invalid.mlir:[[#]]:1: error: @loss has no input 'in2'; did you mean 'in1'?
// RUN: not atled-run %s --entry=loss --input=x=3xf32=1 --input=x=3xf32=1 2>&1 | FileCheck %s --check-prefix=SAME
// SAME: error: input 'x' is given twice
// RUN: not atled-run %s --entry=loss --input=x=3xf32=1 --input=x=3xf32=1 --input=in1=3xi32=1 2>&1 | FileCheck %s --check-prefix=SAME
// RUN: not atled-run %s --entry=loss --input=x= --input=3xi32=1 2>&1 | FileCheck %s --check-prefix=EMPTY
// EMPTY: error: input 'x' lacks a value
// RUN: not atled-run %s --entry=nothing --output=out2=x.npy 2>&1 | FileCheck %s --check-prefix=NO-OUTPUT
// NO-OUTPUT: error: @nothing has no output 'out2'; did you mean 'out0'?

// Outputs: too many, or not to be written; then nothing is.
// RUN: rm -rf %t && mkdir %t
// RUN: not atled-run %s --entry=nothing --output=%t/a.npy --output=%t/b.npy --output=%t/c.npy 2>&1 | FileCheck %s --check-prefix=OUTPUTS
// OUTPUTS: error: @nothing has 2 results, and 3 output files are given
// RUN: not atled-run %s --entry=nothing --output=%t/a.npy --output=%t/./a.npy 2>&1 | FileCheck %s --check-prefix=TWICE
// TWICE: error: --output={{.*}}a.npy is a file that is read, or another result's
// RUN: not atled-run %s --entry=nothing --output=out1=%s 2>&1 | FileCheck %s --check-prefix=PROGRAM
// PROGRAM: error: --output={{.*}}run-invalid.mlir is a file that is read, or another result's
// RUN: not atled-run %s --entry=nothing --output=%t/a.npy --output=%t/none/b.npy 2>&1 | FileCheck %s --check-prefix=UNWRITABLE
// UNWRITABLE: atled-run: error: cannot write '{{.*}}none/b.npy': No such file or directory
// RUN: ls %t | count 0

// A program that calls what is nowhere.
// RUN: not atled-run %s --entry=unresolved 2>&1 | FileCheck %s --check-prefix=UNRESOLVED
// UNRESOLVED: error: cannot load what was compiled: {{.*}}unresolved

// More than any memory.
// RUN: not atled-run %s --entry=large --input=f32=1 2>&1 | FileCheck %s --check-prefix=LARGE
// LARGE: error: there is not enough memory for the workspace of @large, which has {{[0-9]+}} bytes

// An error shows the user's own text, not the operation in another form.
// RUN: not atled-run %s 2>&1 | FileCheck %s --check-prefix=NO-DUMP --implicit-check-not="see current operation"
// NO-DUMP: error:

// A program that is none.
// RUN: not atled-run %t/none.mlir 2>&1 | FileCheck %s --check-prefix=NO-PROGRAM
// NO-PROGRAM: none.mlir
// RUN: echo 'func.func @f(' | not atled-run 2>&1 | FileCheck %s --check-prefix=SYNTAX
// SYNTAX: 1:{{.*}}: error: expected

func.func @loss(%x: tensor<3xf32> {atled.name = "x"}, %n: tensor<3xi32>) -> tensor<f32> {
  %sum = atled.reduce_sum %x dimensions = [0] : tensor<3xf32> -> tensor<f32>
  return %sum : tensor<f32>
}

func.func @nothing() -> (tensor<f32>, tensor<f32>) {
  %zero = atled.constant dense<0.0> : tensor<f32>
  return %zero, %zero : tensor<f32>, tensor<f32>
}

llvm.func @nowhere()
func.func private @unresolved() -> tensor<f32> {
  llvm.call @nowhere() : () -> ()
  %zero = atled.constant dense<0.0> : tensor<f32>
  return %zero : tensor<f32>
}

func.func private @large(%x: tensor<f32>) -> tensor<f32> {
  %b = atled.broadcast %x dimensions = [] : tensor<f32> -> tensor<1125899906842624xf32>
  %i = atled.iota dimension = 0 : tensor<1125899906842624xf32>
  %p = atled.mul %b, %i : tensor<1125899906842624xf32>
  %e = atled.exp %p : tensor<1125899906842624xf32>
  %max = atled.reduce_max %e dimensions = [0] : tensor<1125899906842624xf32> -> tensor<f32>
  %min = atled.reduce_min %e dimensions = [0] : tensor<1125899906842624xf32> -> tensor<f32>
  %y = atled.add %max, %min : tensor<f32>
  return %y : tensor<f32>
}
