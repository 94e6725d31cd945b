// RUN: atled-opt %s --atled-to-linalg --verify-diagnostics --split-input-file

func.func @detach(%x: tensor<4xf32>) -> tensor<4xf32> {
  // expected-error @below {{'ad.detach' op is left when lowering to linalg; run 'ad-differentiate', then 'ad-erase-detach', before 'atled-to-linalg'}}
  %0 = ad.detach %x : tensor<4xf32>
  return %0 : tensor<4xf32>
}
