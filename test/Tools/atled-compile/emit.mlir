// RUN: atled-compile %s --compile-to=program | FileCheck %s --check-prefix=PROGRAM
// PROGRAM: atled.neg

// RUN: atled-compile %s --vjp=f --compile-to=derivatives | FileCheck %s --check-prefix=DERIVATIVES
// DERIVATIVES: func.func private @f.vjp.0
// DERIVATIVES: ad.detach
// DERIVATIVES: atled.mul

// RUN: atled-compile %s --compile-to=linalg | FileCheck %s --check-prefix=LINALG
// LINALG-NOT: ad.detach
// LINALG: linalg.generic

// RUN: atled-compile %s --compile-to=loops | FileCheck %s --check-prefix=LOOPS
// LOOPS: func.func @f(%{{.*}}: memref<64xf32>
// LOOPS: scf.for

// RUN: atled-compile %s --compile-to=llvm | FileCheck %s --check-prefix=DIALECT
// RUN: atled-compile %s --emit=mlir | FileCheck %s --check-prefix=DIALECT
// DIALECT: llvm.func @f(

// RUN: atled-compile %s --emit=llvm | FileCheck %s --check-prefix=LLVM
// LLVM: source_filename = "atled"
// LLVM: @f_abi1 = alias
// LLVM: define {{.*}}i32 @f(
// LLVM-NOT: {{fmul|fadd}} {{fast|reassoc|contract}}
// LLVM: attributes #0 = {{.*}}nounwind{{.*}}"target-cpu"="x86-64"

// RUN: atled-compile %s --emit=asm | FileCheck %s --check-prefix=ASM
// ASM: .globl f
// RUN: atled-compile %s --emit=asm -mcpu=x86-64-v4 | FileCheck %s --check-prefix=WIDE
// WIDE: %zmm

// RUN: atled-compile %s --emit=header | FileCheck %s --check-prefix=HEADER
// HEADER: struct f_inputs {

// RUN: atled-compile %s --emit=header -O0 --mlir-timing 2>&1 | FileCheck %s --check-prefix=TIMING
// TIMING: Execution time report

func.func @f(%x: tensor<64xf32>) -> tensor<64xf32> {
  %e = atled.neg %x : tensor<64xf32>
  %d = ad.detach %e : tensor<64xf32>
  %r = atled.mul %x, %d : tensor<64xf32>
  return %r : tensor<64xf32>
}
