// The flags with which one watches passes at work, in all tools.

// RUN: atled-opt %s --ad-erase-detach --mlir-timing -o /dev/null 2>&1 | FileCheck %s --check-prefix=TIMING
// TIMING: Execution time report
// TIMING: EraseDetachPass
// RUN: atled-compile %s -o %t.o --mlir-timing 2>&1 | FileCheck %s --check-prefix=TIMING
// RUN: atled-run %s --input=4xf32=1 --mlir-timing 2>&1 | FileCheck %s --check-prefix=TIMING

// RUN: atled-opt %s --ad-erase-detach --mlir-print-ir-after-all -o /dev/null 2>&1 | FileCheck %s --check-prefix=AFTER
// AFTER: IR Dump After EraseDetachPass (ad-erase-detach)
// AFTER-NOT: ad.detach
// RUN: atled-compile %s -o %t.o --mlir-print-ir-after=atled-bufferize --mlir-disable-threading 2>&1 | FileCheck %s --check-prefix=BUFFERIZE
// RUN: atled-run %s --input=4xf32=1 --mlir-print-ir-after=atled-bufferize --mlir-disable-threading 2>&1 | FileCheck %s --check-prefix=BUFFERIZE
// BUFFERIZE: IR Dump After BufferizePass (atled-bufferize)
// BUFFERIZE: memref<4xf32>
// BUFFERIZE-NOT: IR Dump

// RUN: atled-opt %s --ad-erase-detach --canonicalize --mlir-print-ir-after-all --mlir-print-ir-after-change -o /dev/null 2>&1 | FileCheck %s --check-prefix=CHANGE
// CHANGE: IR Dump After EraseDetachPass
// CHANGE-NOT: IR Dump After Canonicalizer

func.func @f(%x: tensor<4xf32>) -> tensor<4xf32> {
  %u = ad.detach %x : tensor<4xf32>
  %y = atled.exp %u : tensor<4xf32>
  return %y : tensor<4xf32>
}
