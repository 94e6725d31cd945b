// What a program around an object is tried with: gradients that are right and wrong, every type, an input that is
// given away, a workspace that may have to grow.

func.func @loss(%w: tensor<2x3xf64> {atled.name = "w"}, %x: tensor<3x1xf64> {atled.name = "x"})
    -> (tensor<f64> {atled.name = "loss"}) {
  %p = atled.matmul %w, %x : (tensor<2x3xf64>, tensor<3x1xf64>) -> tensor<2x1xf64>
  %t = atled.tanh %p : tensor<2x1xf64>
  %s = atled.mul %t, %t : tensor<2x1xf64>
  %loss = atled.reduce_sum %s dimensions = [0, 1] : tensor<2x1xf64> -> tensor<f64>
  return %loss : tensor<f64>
}

func.func @pair(%a: tensor<4xf32> {atled.name = "a"}, %h: tensor<4xf16> {atled.name = "h"})
    -> (tensor<4xf32> {atled.name = "y"}, tensor<4xf16> {atled.name = "z"}) {
  %y = atled.sin %a : tensor<4xf32>
  %z = atled.mul %h, %h : tensor<4xf16>
  return %y, %z : tensor<4xf32>, tensor<4xf16>
}

// Its derivative is said to be twice what it is.
func.func private @cube(%x: tensor<2xf64>) -> tensor<2xf64> {
  %s = atled.mul %x, %x : tensor<2xf64>
  %c = atled.mul %s, %x : tensor<2xf64>
  return %c : tensor<2xf64>
}
func.func private @wrong(%x: tensor<2xf64>, %dx: tensor<2xf64>) -> (tensor<2xf64>, tensor<2xf64>) {
  %y = func.call @cube(%x) : (tensor<2xf64>) -> tensor<2xf64>
  %six = atled.constant dense<6.0> : tensor<2xf64>
  %s = atled.mul %x, %x : tensor<2xf64>
  %d = atled.mul %six, %s : tensor<2xf64>
  %dy = atled.mul %d, %dx : tensor<2xf64>
  return %y, %dy : tensor<2xf64>, tensor<2xf64>
}
ad.custom_jvp @cube rule @wrong
func.func @twice(%x: tensor<2xf64> {atled.name = "x"}) -> (tensor<f64> {atled.name = "sum"}) {
  %y = func.call @cube(%x) : (tensor<2xf64>) -> tensor<2xf64>
  %sum = atled.reduce_sum %y dimensions = [0] : tensor<2xf64> -> tensor<f64>
  return %sum : tensor<f64>
}

func.func @types(%b: tensor<3xi1> {atled.name = "b"}, %c: tensor<2xi8> {atled.name = "c"},
                 %s: tensor<1xi16> {atled.name = "s"}, %i: tensor<2xi32> {atled.name = "i"},
                 %l: tensor<1xi64> {atled.name = "l"}, %u: tensor<1xui64> {atled.name = "u"},
                 %h: tensor<4xf16> {atled.name = "h"}, %g: tensor<2xbf16> {atled.name = "g"},
                 %e: tensor<0x2xf32> {atled.name = "e"})
    -> (tensor<3xi1> {atled.name = "b"}, tensor<2xi8> {atled.name = "c"}, tensor<1xi16> {atled.name = "s"},
        tensor<2xi32> {atled.name = "i"}, tensor<1xi64> {atled.name = "l"}, tensor<1xui64> {atled.name = "u"},
        tensor<4xf16> {atled.name = "h"}, tensor<2xbf16> {atled.name = "g"}, tensor<0x2xf32> {atled.name = "e"}) {
  return %b, %c, %s, %i, %l, %u, %h, %g, %e : tensor<3xi1>, tensor<2xi8>, tensor<1xi16>, tensor<2xi32>,
      tensor<1xi64>, tensor<1xui64>, tensor<4xf16>, tensor<2xbf16>, tensor<0x2xf32>
}

// A name that the program might have had for something of its own.
func.func @run(%w: tensor<1200xf32> {atled.name = "w"}) -> (tensor<1200xf32> {atled.name = "w_new"}) {
  %new = atled.add %w, %w : tensor<1200xf32>
  return %new : tensor<1200xf32>
}
