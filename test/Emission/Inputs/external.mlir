// What C provides: a function, the halves of its derivative, and its tangents; one that another object defines; and one
// of every type that differs in memory.
func.func private @wave(tensor<64xf64>, tensor<f64>) -> tensor<64xf64>
    attributes {atled.workspace_bytes = 100 : i64}
func.func private @wave_forward(tensor<64xf64>, tensor<f64>)
    -> (tensor<64xf64>, tensor<64xf64>, tensor<64xf64>, tensor<f64>)
func.func private @wave_reverse(tensor<64xf64>, tensor<64xf64>, tensor<f64>, tensor<64xf64>)
    -> (tensor<64xf64>, tensor<f64>)
ad.custom_vjp @wave forward @wave_forward reverse @wave_reverse
func.func private @wave_tangent(tensor<64xf64>, tensor<f64>, tensor<64xf64>, tensor<f64>)
    -> (tensor<64xf64>, tensor<64xf64>)
ad.custom_jvp @wave rule @wave_tangent
func.func private @inner(tensor<64xf64>) -> tensor<f64> attributes {atled.workspace_bytes = 1088 : i64}
func.func private @types(tensor<3xi1> {atled.name = "p"}, tensor<2x2xbf16>, tensor<2xui8>, tensor<0x2xf32>)
    -> (tensor<3xi1> {atled.name = "q"}, tensor<2x2xf16>, tensor<2xui8>)
func.func private @not_called(tensor<?xf32>, f32, index) -> tensor<*xf32>

// In a loop, and in a branch of it; of one call nobody uses the result.
func.func @loss(%x: tensor<64xf64> {atled.name = "x"}, %t: tensor<f64> {atled.name = "t"},
                %twice: tensor<i1> {atled.name = "twice"}) -> (tensor<f64> {atled.name = "y"}) {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %c3 = arith.constant 3 : index
  %condition = tensor.extract %twice[] : tensor<i1>
  %y = scf.for %i = %c0 to %c3 step %c1 iter_args(%a = %x) -> tensor<64xf64> {
    %b = func.call @wave(%a, %t) : (tensor<64xf64>, tensor<f64>) -> tensor<64xf64>
    %c = scf.if %condition -> tensor<64xf64> {
      %d = func.call @wave(%b, %t) : (tensor<64xf64>, tensor<f64>) -> tensor<64xf64>
      scf.yield %d : tensor<64xf64>
    } else {
      scf.yield %b : tensor<64xf64>
    }
    scf.yield %c : tensor<64xf64>
  }
  %unused = func.call @wave(%y, %t) : (tensor<64xf64>, tensor<f64>) -> tensor<64xf64>
  %sum = atled.reduce_sum %y dimensions = [0] : tensor<64xf64> -> tensor<f64>
  return %sum : tensor<f64>
}

// Recursion.
func.func @powers(%x: tensor<64xf64> {atled.name = "x"}, %t: tensor<f64> {atled.name = "t"},
                  %n: tensor<i32> {atled.name = "n"}) -> (tensor<64xf64> {atled.name = "y"})
    attributes {ad.max_depth = 4 : i64} {
  %zero = atled.constant dense<0> : tensor<i32>
  %one = atled.constant dense<1> : tensor<i32>
  %more = atled.compare gt, %n, %zero : tensor<i32>
  %goes = tensor.extract %more[] : tensor<i1>
  %r = scf.if %goes -> tensor<64xf64> {
    %y = func.call @wave(%x, %t) : (tensor<64xf64>, tensor<f64>) -> tensor<64xf64>
    %m = atled.sub %n, %one : tensor<i32>
    %z = func.call @powers(%y, %t, %m) : (tensor<64xf64>, tensor<f64>, tensor<i32>) -> tensor<64xf64>
    scf.yield %z : tensor<64xf64>
  } else {
    scf.yield %x : tensor<64xf64>
  }
  return %r : tensor<64xf64>
}

// A loop that ends by what C returns.
func.func @steps(%x: tensor<64xf64> {atled.name = "x"}, %t: tensor<f64> {atled.name = "t"})
    -> (tensor<64xf64> {atled.name = "y"}) {
  %limit = atled.constant dense<0.5> : tensor<f64>
  %y = scf.while (%a = %x) : (tensor<64xf64>) -> tensor<64xf64> {
    %first = tensor.extract_slice %a[0] [1] [1] : tensor<64xf64> to tensor<f64>
    %more = atled.compare gt, %first, %limit : tensor<f64>
    %goes = tensor.extract %more[] : tensor<i1>
    scf.condition(%goes) %a : tensor<64xf64>
  } do {
  ^bb0(%a: tensor<64xf64>):
    %b = func.call @wave(%a, %t) : (tensor<64xf64>, tensor<f64>) -> tensor<64xf64>
    scf.yield %b : tensor<64xf64>
  }
  return %y : tensor<64xf64>
}

func.func @twice(%x: tensor<64xf64> {atled.name = "x"})
    -> (tensor<f64> {atled.name = "y"}, tensor<f64> {atled.name = "z"}) {
  %y = func.call @inner(%x) : (tensor<64xf64>) -> tensor<f64>
  %double = atled.add %x, %x : tensor<64xf64>
  %z = func.call @inner(%double) : (tensor<64xf64>) -> tensor<f64>
  return %y, %z : tensor<f64>, tensor<f64>
}

func.func @pass(%x: tensor<3xf32>, %b: tensor<2x2xbf16>, %n: tensor<2xui8>)
    -> (tensor<3xi1>, tensor<2x2xf16>, tensor<2xui8>, tensor<3xf32>) {
  %zero = atled.constant dense<0.0> : tensor<3xf32>
  %p = atled.compare gt, %x, %zero : tensor<3xf32>
  %e = atled.constant dense<0.0> : tensor<0x2xf32>
  %r:3 = func.call @types(%p, %b, %n, %e) : (tensor<3xi1>, tensor<2x2xbf16>, tensor<2xui8>, tensor<0x2xf32>)
      -> (tensor<3xi1>, tensor<2x2xf16>, tensor<2xui8>)
  %s = atled.select %r#0, %x, %zero : tensor<3xi1>, tensor<3xf32>
  return %r#0, %r#1, %r#2, %s : tensor<3xi1>, tensor<2x2xf16>, tensor<2xui8>, tensor<3xf32>
}
