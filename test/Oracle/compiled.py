"""Programs that the tools compile and ctypes calls, with PyTorch's tensors as arguments."""

import concurrent.futures
import ctypes
import itertools
import os
import re
import subprocess

import torch

WORKSPACE_ALIGNMENT = 64
FUNCTIONS_PER_PART = 150
LOADED = itertools.count()


def run(*command, **options):
    answer = subprocess.run(list(map(str, command)), stderr=subprocess.PIPE, text=True, **options)
    if answer.returncode:
        raise RuntimeError(f"{' '.join(map(str, command))}\n{answer.stderr}")


def open_library(library):
    """The library that is there now: under a name that it was loaded by, the system finds the one of before."""
    fresh = library.with_name(f"{library.stem}.{next(LOADED)}.so").resolve()
    library.rename(fresh)
    return ctypes.CDLL(str(fresh))


class Part:
    """The public functions of a program, with names in lower case, called by the signature that atled.h states."""

    def __init__(self, text, stem, options):
        source, object_file, header, library = (stem.with_suffix(suffix) for suffix in (".mlir", ".o", ".h", ".so"))
        source.write_text(text)
        run("atled-compile", source, "-o", object_file, f"--header={header}", *options)
        run("clang-22", "-shared", "-fuse-ld=lld-22", object_file, "-lm", "-o", library)
        self.library = open_library(library)
        text = header.read_text()
        self.sizes = {macro.lower(): int(size)
                      for macro, size in re.findall(r"^#define (\w+)_WORKSPACE_BYTES (\d+)", text, re.M)}
        # Of functions with dynamic dimensions.
        asked = re.findall(r"^size_t (\w+)_workspace_bytes\(const int64_t \*dims\);", text, re.M)
        self.functions = [*self.sizes, *asked]

    def call(self, name, inputs, outputs, dims=()):
        extents = (ctypes.c_int64 * len(dims))(*dims) if dims else None
        size = self.sizes[name] if name in self.sizes else self.ask_workspace_bytes(name, extents)
        memory = torch.empty(size + WORKSPACE_ALIGNMENT, dtype=torch.uint8)
        start = memory.data_ptr() + -memory.data_ptr() % WORKSPACE_ALIGNMENT
        code = getattr(self.library, name)(pointers(inputs), pointers(outputs), extents, ctypes.c_void_p(start),
                                           ctypes.c_size_t(size), None)
        if code:
            raise RuntimeError(f"{name} returned {code}")

    def ask_workspace_bytes(self, name, extents):
        ask = getattr(self.library, f"{name}_workspace_bytes")
        ask.restype = ctypes.c_size_t
        size = ask(extents)
        if size == ctypes.c_size_t(-1).value:
            raise RuntimeError(f"{name} refuses the dimensions {list(extents)}")
        return size


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

    def call(self, name, inputs, outputs, dims=()):
        """Runs a function; `outputs` are tensors to write to, `dims` the dynamic dimensions of the inputs."""
        self.parts[name].call(name, inputs, outputs, dims)
        return outputs
