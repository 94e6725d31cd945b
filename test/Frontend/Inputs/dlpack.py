"""PyTorch and dlpack.cpp hand tensors to each other: `dlpack.py LIBRARY`."""

import ctypes
import sys

import torch
from torch.utils import dlpack

library = ctypes.CDLL(sys.argv[1])
library.give.restype = ctypes.c_void_p
library.take.restype = ctypes.c_double
library.take.argtypes = [ctypes.c_void_p]
new = ctypes.pythonapi.PyCapsule_New
new.restype, new.argtypes = ctypes.py_object, [ctypes.c_void_p, ctypes.c_char_p, ctypes.c_void_p]
pointer = ctypes.pythonapi.PyCapsule_GetPointer
pointer.restype, pointer.argtypes = ctypes.c_void_p, [ctypes.py_object, ctypes.c_char_p]
rename = ctypes.pythonapi.PyCapsule_SetName
rename.argtypes = [ctypes.py_object, ctypes.c_char_p]
used = ctypes.c_char_p(b"used_dltensor")

given = dlpack.from_dlpack(new(library.give(), b"dltensor", None))
assert given.dtype == torch.float32 and given.tolist() == [[1, 2, 3], [4, 5, 6]]
given += 1
del given

mine = torch.tensor([[1.0, 2.0], [3.0, 4.0]])
capsule = dlpack.to_dlpack(mine)
address = pointer(capsule, b"dltensor")
rename(capsule, used)
assert library.take(address) == 10
# It was the same memory.
assert mine.tolist() == [[7, 2], [3, 4]]
