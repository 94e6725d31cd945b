// RUN: atled-opt %s --atled-join-versions -split-input-file -verify-diagnostics

module {
  // expected-error @below {{has an 'atled.version' that describes no processor}}
  module @plain attributes {atled.version = {cpu = "x86-64", features = "", required = []}} {
  }
}

// -----

module {
  module @plain attributes {atled.version = {cpu = "x86-64", features = "", vector_bits = 128 : i64, required = []}} {
    llvm.func @f() -> i32 {
      %ok = llvm.mlir.constant(0 : i32) : i32
      llvm.return %ok : i32
    }
  }
  // expected-error @below {{has 0 functions where another version has 1}}
  module @wide attributes {atled.version = {cpu = "x86-64-v2", features = "", vector_bits = 128 : i64, required = []}} {
  }
}

// -----

module {
  module @plain attributes {atled.version = {cpu = "x86-64", features = "", vector_bits = 128 : i64, required = []}} {
    // expected-error @below {{'llvm.func' op is no version of a function that C calls}}
    llvm.func @f() {
      llvm.return
    }
  }
}

// -----

module {
  module @plain attributes {atled.version = {cpu = "x86-64", features = "", vector_bits = 128 : i64, required = []}} {
    // expected-error @below {{'llvm.func' op has an 'atled.entry' that describes no entry}}
    llvm.func @f() -> i32 attributes {atled.entry = {
        name = "f", inputs = [], arena = false, full_call_bytes = 128 : i64, workspace_bytes = 128 : i64}} {
      %ok = llvm.mlir.constant(0 : i32) : i32
      llvm.return %ok : i32
    }
  }
}
