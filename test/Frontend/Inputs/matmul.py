"""Compares the products and gradients that matmul.cpp has written with PyTorch's: `matmul.py FOLDER`."""

import pathlib
import sys

import numpy
import torch

files = sorted(pathlib.Path(sys.argv[1]).glob("*.npz"))
assert len(files) == 15, files
for file in files:
    arrays = numpy.load(file)
    x, y = (torch.tensor(arrays[name], requires_grad=True) for name in "xy")
    value = torch.matmul(x, y)
    value.backward(torch.tensor(arrays["seed"]))
    for name, expected in ("value", value.detach()), ("dx", x.grad), ("dy", y.grad):
        assert arrays[name].shape == tuple(expected.shape), (file, name)
        numpy.testing.assert_allclose(arrays[name], expected, rtol=1e-12, atol=1e-14, err_msg=f"{file} {name}")
