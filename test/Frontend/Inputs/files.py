"""Writes files for files.cpp, or reads those that it has written: `files.py write|read FOLDER`."""

import os
import sys

import numpy

command, folder = sys.argv[1:]
os.chdir(folder)
x = numpy.array([[0, 1, 2], [3, 4, -5]], dtype=numpy.int16)
if command == "write":
    arrays = {"x": x, "flags": numpy.array([True, False]), "zeros": numpy.zeros((100, 100))}
    numpy.save("x.npy", x)
    numpy.savez("stored.npz", **arrays)
    numpy.savez_compressed("deflated.npz", **arrays)
    numpy.savez("columns.npz", t=x.T, last=numpy.arange(24.0).reshape(2, 3, 4).transpose(2, 0, 1).copy("F"))
    numpy.savez("objects.npz", o=numpy.array([None], dtype=object))
    with open("text.txt", "w") as file:
        file.write("neither")
else:
    y = numpy.load("y.npy")
    assert y.dtype == numpy.float32 and y.tolist() == [1.5, -2.5]
    layers = numpy.load("layers.npz")
    assert set(layers) == {"0_weights", "0_bias", "1_weights", "1_bias"}
    assert layers["0_weights"].tolist() == [[1, 2]] and layers["1_weights"].tolist() == [[4], [5]]
    assert layers["0_bias"].tolist() == [3] and layers["1_bias"].shape == (0,)
    assert not list(numpy.load("empty.npz"))
    half = numpy.load("half.npz")["h"]
    assert half.dtype == numpy.float16 and half.tolist() == [0.5, 3]
