"""Programs that the tools compile and ctypes calls, with PyTorch's tensors as arguments."""

import concurrent.futures
import ctypes
import os
import pathlib
import re
import shutil
import subprocess

import torch

WORKSPACE_ALIGNMENT = 64
FUNCTIONS_PER_PART = 150


def run(*command, **options):
    answer = subprocess.run(list(map(str, command)), stderr=subprocess.PIPE, text=True, **options)
    if answer.returncode:
        raise RuntimeError(f"{' '.join(map(str, command))}\n{answer.stderr}")


class Part:
    """The public functions of a program, with names in lower case, called by the signature that atled.h states."""

    def __init__(self, text, stem, options):
        source, object_file, header, library = (stem.with_suffix(suffix) for suffix in (".mlir", ".o", ".h", ".so"))
        source.write_text(text)
        run("atled-compile", source, "-o", object_file, f"--header={header}", *options)
        run("clang-22", "-shared", "-fuse-ld=lld-22", object_file, "-lm", "-o", library)
        self.library = ctypes.CDLL(str(library.resolve()))
        sizes = re.findall(r"^#define (\w+)_WORKSPACE_BYTES (\d+)", header.read_text(), re.M)
        self.functions = {macro.lower(): int(size) for macro, size in sizes}

    def call(self, name, inputs, outputs):
        size = self.functions[name]
        memory = torch.empty(size + WORKSPACE_ALIGNMENT, dtype=torch.uint8)
        start = memory.data_ptr() + -memory.data_ptr() % WORKSPACE_ALIGNMENT
        code = getattr(self.library, name)(pointers(inputs), pointers(outputs), None, ctypes.c_void_p(start),
                                           ctypes.c_size_t(size), None)
        if code:
            raise RuntimeError(f"{name} returned {code}")


def pointers(tensors):
    assert all(tensor.is_contiguous() for tensor in tensors)
    return (ctypes.c_void_p * len(tensors))(*(tensor.data_ptr() for tensor in tensors))


class Library:
    """Many functions, each with what it calls one text, compiled in a few parts side by side."""

    def __init__(self, texts, folder, *options):
        folder.mkdir(parents=True, exist_ok=True)
        chunks = [texts[i:i + FUNCTIONS_PER_PART] for i in range(0, len(texts), FUNCTIONS_PER_PART)]
        with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
            parts = list(pool.map(lambda i: Part("".join(chunks[i]), folder / f"part-{i}", options),
                                  range(len(chunks))))
        self.parts = {name: part for part in parts for name in part.functions}

    def call(self, name, inputs, outputs):
        """Runs a function; `outputs` are tensors to write to."""
        self.parts[name].call(name, inputs, outputs)
        return outputs


class DynamicLibrary:
    """Functions with dynamic dimensions, in the hands of upstream's passes from linalg on.

    Results live in memory that nobody frees: they may be one of the arguments.
    """

    DIFFERENTIATE = ["--ad-differentiate", "--ad-erase-detach", "--canonicalize", "--atled-to-linalg",
                     "--atled-expand-math"]
    LOWER = ["--one-shot-bufferize=bufferize-function-boundaries "
             "function-boundary-type-conversion=fully-dynamic-layout-map", "--convert-linalg-to-loops",
             "--expand-strided-metadata", "--lower-affine", "--convert-scf-to-cf", "--llvm-request-c-wrappers",
             "--convert-math-to-llvm", "--convert-math-to-libm", "--convert-to-llvm", "--reconcile-unrealized-casts"]

    def __init__(self, texts, folder):
        folder.mkdir(parents=True, exist_ok=True)
        stem = folder / "dynamic"
        source, linalg, lowered, code, library = (
            stem.with_suffix(suffix) for suffix in (".mlir", ".linalg.mlir", ".llvm.mlir", ".ll", ".so"))
        source.write_text("".join(texts))
        run("atled-opt", source, *self.DIFFERENTIATE, "-o", linalg)
        run("mlir-opt", linalg, *self.LOWER, "-o", lowered)
        run("mlir-translate", "--mlir-to-llvmir", lowered, "-o", code)
        runtime = pathlib.Path(shutil.which("mlir-opt")).resolve().parents[1] / "lib/libmlir_c_runner_utils.so"
        run("clang-22", "-O1", "-w", "-fPIC", "-shared", "-fuse-ld=lld-22", code, runtime,
            f"-Wl,-rpath,{runtime.parent}", "-lm", "-o", library)
        self.library = ctypes.CDLL(str(library.resolve()))

    def call(self, name, inputs, outputs):
        """Runs a function; `outputs` are tensors to write to."""
        results = (ctypes.c_int64 * sum(map(words_of, outputs)))()
        # Upstream's passes may update an argument in place.
        inputs = [tensor.clone() for tensor in inputs]
        arguments = [descriptor(tensor) for tensor in inputs]
        getattr(self.library, f"_mlir_ciface_{name}")(results, *map(ctypes.byref, arguments))
        start = 0
        for output in outputs:
            load(output, results[start:start + words_of(output)])
            start += words_of(output)
        return outputs


def words_of(tensor):
    """A buffer's descriptor: where it was allocated, where it begins, an offset, extents, strides."""
    return 3 + 2 * tensor.dim()


def descriptor(tensor):
    address = tensor.data_ptr()
    return (ctypes.c_int64 * words_of(tensor))(address, address, 0, *tensor.shape, *tensor.stride())


def load(tensor, words):
    """Fills a tensor from the buffer that a descriptor describes."""
    extents, strides = words[3:3 + tensor.dim()], words[3 + tensor.dim():]
    if extents != list(tensor.shape):
        raise RuntimeError(f"the result has extents {extents} instead of {list(tensor.shape)}")
    if tensor.numel():
        last = sum((extent - 1) * stride for extent, stride in zip(extents, strides))
        address = words[1] + words[2] * tensor.element_size()
        memory = (ctypes.c_char * ((last + 1) * tensor.element_size())).from_address(address)
        tensor.copy_(torch.frombuffer(memory, dtype=tensor.dtype).as_strided(extents, strides))
