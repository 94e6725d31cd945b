// RUN: atled-opt %s --atled-join-versions | FileCheck %s

// What has more is tried first, whatever the order; what both have is in both, what both call is declared once; the
// workspace is enough for each.

// CHECK: llvm.func @sinf(f32) -> f32
// CHECK: llvm.func internal @f.body.wide() attributes {prefer_vector_width = "256", target_cpu = "x86-64-v3"
// CHECK: llvm.mlir.global internal @atled.known_version(0 : i32)
// CHECK: llvm.func internal preserve_mostcc @atled.find_version() -> i32 attributes {no_inline, target_cpu = "x86-64"}
// CHECK: %[[ANSWER:.*]] = llvm.inline_asm has_side_effects "cpuid", "={ax},={bx},={cx},={dx},{ax},{cx}
// CHECK: llvm.cond_br %{{.*}}, ^[[ASK:.*]], ^[[CHOOSE:.*]](%
// CHECK: ^[[ASK]]:
// CHECK: llvm.inline_asm has_side_effects "xgetbv"
// CHECK: ^[[CHOOSE]](%[[SAVED:.*]]: i32):
// CHECK: %[[NONE:.*]] = llvm.mlir.constant(-1 : i32)
// CHECK: %[[SECOND:.*]] = llvm.select %{{.*}}, %{{.*}}, %[[NONE]] : i1, i32
// CHECK: %[[FIRST:.*]] = llvm.select %{{.*}}, %{{.*}}, %[[SECOND]] : i1, i32
// CHECK: llvm.store %[[FIRST]], %{{.*}} atomic monotonic {alignment = 4 : i64}

// CHECK-LABEL: llvm.func @f() -> i32
// CHECK-SAME: full_call_bytes = 128 : i64
// CHECK-SAME: workspace_bytes = 192 : i64
// CHECK-SAME: target_cpu = "x86-64"
// CHECK: %[[VERSION:.*]] = llvm.call @atled.choose_version() : () -> i32
// CHECK: llvm.switch %[[VERSION]] : i32, ^[[LACKING:.*]] [
// CHECK-NEXT: 1: ^[[WIDE:.*]],
// CHECK-NEXT: 2: ^[[PLAIN:.*]]
// CHECK: ^[[LACKING]]:
// CHECK-NEXT: llvm.mlir.constant(-12 : i32)
// CHECK: ^[[WIDE]]:
// CHECK-NEXT: llvm.call tail @f.wide() : () -> i32
// CHECK: ^[[PLAIN]]:
// CHECK-NEXT: llvm.call tail @f.plain() : () -> i32
// CHECK-LABEL: llvm.func @f_cpu_ok() -> i32
// CHECK: llvm.icmp "sgt"
// CHECK: llvm.mlir.alias external @f_abi1
module @plain attributes {atled.version = {cpu = "x86-64", features = "", vector_bits = 128 : i64, required = []}} {
  llvm.func @sinf(f32) -> f32
  llvm.func internal @f.body() {
    llvm.return
  }
  llvm.func @f() -> i32 attributes {atled.entry = {
      name = "f", inputs = [], outputs = [], arena = false, full_call_bytes = 128 : i64, workspace_bytes = 128 : i64}} {
    llvm.call @f.body() : () -> ()
    %ok = llvm.mlir.constant(0 : i32) : i32
    llvm.return %ok : i32
  }
  llvm.func @f_cpu_ok() -> i32 {
    %yes = llvm.mlir.constant(1 : i32) : i32
    llvm.return %yes : i32
  }
  llvm.mlir.alias external @f_abi1 : !llvm.func<i32 ()> {
    %f = llvm.mlir.addressof @f : !llvm.ptr
    llvm.return %f : !llvm.ptr
  }
}
module @wide attributes {atled.version = {cpu = "x86-64-v3", features = "", vector_bits = 256 : i64, required = ["avx2", "fma"]}} {
  llvm.func @sinf(f32) -> f32
  llvm.func internal @f.body() {
    llvm.return
  }
  llvm.func @f() -> i32 attributes {atled.entry = {
      name = "f", inputs = [], outputs = [], arena = false, full_call_bytes = 64 : i64, workspace_bytes = 192 : i64}} {
    llvm.call @f.body() : () -> ()
    %ok = llvm.mlir.constant(0 : i32) : i32
    llvm.return %ok : i32
  }
}
