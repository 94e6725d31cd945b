"""Calls compiled functions as the contract allows and as it does not, at random: NULL, misaligned and missing
pointers, short workspaces, wrong exec, outputs that are not where they should be, dimensions of any size, with zeros,
negative ones, and such as do not fit together; indices out of range, where the object looks at them.

The rule for each clause says which codes a call may return. Memory ends where its pages end, inputs cannot be written,
and what lies beside a tensor on its pages keeps its bytes. `--runs N` makes it longer, `--seed` other.

RUN: %python %s --runs 400 | FileCheck %s
CHECK: every clause broken and kept
"""

import argparse
import collections
import ctypes
import faulthandler
import json
import math
import mmap
import pathlib
import random
import struct
import subprocess
import sys
import tempfile

OK, NULL_INPUT, NULL_OUTPUT, ODD_INPUT, ODD_OUTPUT = 0, -1, -2, -3, -4
NULL_WORKSPACE, ODD_WORKSPACE, SHORT_WORKSPACE, EXEC, DONATION, EXHAUSTED = -5, -6, -7, -8, -9, 1
NULL_DIMS, DIMS, MAX_DIM, SIZE_MAX = -10, -11, 1 << 40, 2 ** 64 - 1
ASSERTION, STEP, ITERATIONS, INDEX = 2, 3, 4, 7
PAGE = mmap.PAGESIZE
INPUTS = pathlib.Path(__file__).parents[1] / "Emission" / "Inputs"
PROGRAMS = [("layers", []), ("split", ["--split=loss", "--vjp=loss", "--wrt=0,1"]),
            ("in-place", ["--entry=step,square,swap,fill", "--value-and-grad=loss", "--donate=w:w_new,a:a_new,b:b_new",
                          "--accumulate=all"]),
            ("doubling", []), ("main", ["--entry=types"]),
            ("dynamic", ["--entry=product,moving,recurrence", "--value-and-grad=loss", "--vjp=product,moving,recurrence"]),
            ("checked", ["--checked", "--entry=gather,scatter,slice,update,part,put,sum,positive",
                         "--vjp=gather,scatter,slice,update,part,put,sum,positive", "--wrt=x"])]

# The dynamic dimensions of each tensor in `dynamic.mlir`, in terms of numbers that may be any; a derivative has those of
# its primal.
EXTENTS = {"loss": {"x": ["n"], "y": ["n"]}, "moving": {"x": ["n + 2"], "y": ["n"]}, "recurrence": {"x": ["n"]},
           "product": {"a": ["m", "k"], "b": ["k", "n"], "c": ["m", "n"], "rows": ["m"]}}


def judge_sum(end, step):
    if step <= 0:
        return STEP
    trips = max(0, -(-end // step))
    return ITERATIONS if trips > 8 else OK if (trips - 1) * step < 6 else INDEX


def require(holds, code=INDEX):
    return OK if holds else code


def judge_all(i):
    return require(all(0 <= k < 6 for k in i))


def judge_two(i):
    return require(0 <= i[0] <= 4)


# What a call returns by the two numbers in `i`, if by nothing else; x has six elements.
RULES = {"gather": judge_all, "scatter": judge_all, "slice": judge_two, "update": judge_two, "put": judge_two,
         "part": lambda i: require(0 <= i[0] and 0 <= i[1] <= 6 - i[0]),
         "sum": lambda i: judge_sum(*i), "positive": lambda i: require(i[0] > 0, ASSERTION)}

libc = ctypes.CDLL(None, use_errno=True)
libc.mmap.restype = ctypes.c_void_p
libc.mmap.argtypes = [ctypes.c_void_p, ctypes.c_size_t, ctypes.c_int, ctypes.c_int, ctypes.c_int, ctypes.c_long]
libc.mprotect.argtypes = [ctypes.c_void_p, ctypes.c_size_t, ctypes.c_int]


class Region:
    """Whole pages between two that nobody may touch."""

    def __init__(self, size):
        self.size = max(1, -(-(size + 128) // PAGE)) * PAGE
        base = libc.mmap(None, self.size + 2 * PAGE, 0, mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS, -1, 0)
        assert base not in (None, ctypes.c_void_p(-1).value), "no memory"
        self.begin = base + PAGE

    def protect(self, protection):
        assert libc.mprotect(self.begin, self.size, protection) == 0

    def place(self, content, alignment, offset, at_end):
        """Puts `content` at an end of the pages, `offset` off its alignment; returns its address."""
        self.protect(mmap.PROT_READ | mmap.PROT_WRITE)
        ctypes.memset(self.begin, 0xA5, self.size)
        begin = (self.size - len(content)) // alignment * alignment - (alignment if offset else 0) if at_end else 0
        address = self.begin + begin + offset
        ctypes.memmove(address, content, len(content))
        self.before = self.read()
        return address

    def read(self):
        return ctypes.string_at(self.begin, self.size)


class Sizes:
    """What the caller says of the sizes of one function's tensors."""

    def __init__(self, library, entry, generator):
        self.generator, self.entry = generator, entry
        self.extents = EXTENTS.get(entry["symbol"].split("_")[0], {})
        self.numbers, self.dims = {}, None
        self.is_dynamic = "bytes_function" in entry["workspace"]
        if self.is_dynamic:
            self.bytes_function = getattr(library, entry["workspace"]["bytes_function"])
            self.bytes_function.restype = ctypes.c_size_t

    def evaluate(self, tensor):
        name = tensor["name"].removeprefix("seed_").removeprefix("grad_")
        return [eval(extent, {}, self.numbers) for extent in self.extents.get(name, [])]

    def measure(self, tensor):
        """The tensor with its size in bytes."""
        extents = iter(self.evaluate(tensor))
        shape = [next(extents) if extent is None else extent for extent in tensor["shape"]]
        return tensor | {"bytes": tensor["alignment"] * math.prod(shape)} if self.is_dynamic else tensor

    def list_dims(self):
        return [extent for tensor in self.entry["inputs"] for extent in self.evaluate(tensor)]

    def choose(self, is_clean):
        self.numbers = {name: 3 if is_clean else self.generator.choice([0, 1, 2, 3, 5, 8, 17]) for name in "mnk"}
        self.dims = self.list_dims()

    def fits(self, dims):
        """Whether some numbers give these dims. Each first stands alone, or with 2 added to it."""
        names = [extent for tensor in self.entry["inputs"]
                 for extent in self.extents.get(tensor["name"].removeprefix("seed_"), [])]
        self.numbers = {}
        for name, dim in zip(names, dims):
            self.numbers.setdefault(name[0], dim - (2 if "+" in name else 0))
        return all(0 <= number <= MAX_DIM for number in self.numbers.values()) and self.list_dims() == dims

    def spoil(self):
        """Other dims, which do not fit together, and the code that says so."""
        if self.generator.random() < 0.2:
            return None, NULL_DIMS
        dims, numbers = list(self.dims), self.numbers
        position = self.generator.randrange(len(dims))
        dims[position] = self.generator.choice([dims[position] + 1, dims[position] - 1, 0, -1, -7, MAX_DIM + 1, MAX_DIM,
                                                2 ** 63 - 1, -2 ** 63])
        fits = self.fits(dims)
        self.numbers = numbers
        return (None, NULL_DIMS) if fits else (dims, DIMS)

    def ask(self, dims):
        """The workspace that the function says it takes."""
        return self.bytes_function((ctypes.c_int64 * len(dims))(*dims))


def make_content(tensor, generator):
    count = tensor["bytes"] // tensor["alignment"]
    if tensor["c_type"] in ("float", "double"):
        code = "f" if tensor["c_type"] == "float" else "d"
        return struct.pack(f"{count}{code}", *(generator.uniform(0.25, 1) for _ in range(count)))
    return (1).to_bytes(tensor["alignment"], "little") * count


class Exec(ctypes.Structure):
    _fields_ = [("size", ctypes.c_size_t), ("flags", ctypes.c_uint64), ("ctx", ctypes.c_void_p),
                ("parallel_for", ctypes.c_void_p)]


class Fuzzer:
    """Calls of one function. `known` has the bytes of tensors by their names and sizes, as far as they are not
    free: residuals are what the other half has written, for the same inputs."""

    def __init__(self, library, entry, generator, known):
        self.entry, self.generator = entry, generator
        self.function = getattr(library, entry["symbol"])
        self.sizes, self.known = Sizes(library, entry, generator), known
        names = [t["name"] for t in entry["inputs"]]
        self.donated = {o: names.index(t["in_place_of"]) for o, t in enumerate(entry["outputs"]) if "in_place_of" in t}
        self.regions = [Region(t.get("bytes", 1 << 12)) for t in entry["inputs"] + entry["outputs"]]
        self.space = Region(max(entry["workspace"].get("bytes", 0), 1 << 16))
        self.expected, self.needed = {}, {}
        self.rule = RULES.get(entry["symbol"].removesuffix("_vjp")) if "where_function" in entry else None
        self.seen = collections.Counter()

    def chance(self, probability):
        return self.generator.random() < probability

    def set_sizes(self, is_clean):
        """Chooses how large tensors are. What is in one of some size is always the same."""
        self.sizes.choose(is_clean)
        self.inputs, self.outputs = ([self.sizes.measure(t) for t in self.entry[kind]] for kind in ("inputs", "outputs"))
        self.contents = []
        for tensor in self.inputs:
            key = (tensor["name"], tensor["bytes"])
            if key not in self.known:
                self.known[key] = make_content(tensor, self.generator)
            self.contents.append(self.known[key])
        self.key = str(self.sizes.dims)
        if not self.sizes.is_dynamic:
            self.full, self.most = self.entry["workspace"]["full_call_bytes"], self.entry["workspace"]["bytes"]
            return
        self.most = self.sizes.ask(self.sizes.dims)
        if self.key not in self.needed:
            self.needed[self.key] = self.ask_call()
        self.full = self.needed[self.key]

    def ask_call(self):
        """What a call that wants everything says it needs when it has nearly nothing."""
        arrays = [(ctypes.c_void_p * len(tensors))(*(
            region.place(b"\0" * tensor["bytes"], tensor["alignment"], 0, False) for tensor, region in zip(tensors, regions)))
            for tensors, regions in ((self.inputs, self.regions), (self.outputs, self.regions[len(self.inputs):]))]
        told = (ctypes.c_uint64 * 16)()
        address = -(-ctypes.addressof(told) // 64) * 64
        code = self.function(*arrays, self.pass_dims(self.sizes.dims), ctypes.c_void_p(address), ctypes.c_size_t(8), None)
        assert code in (OK, SHORT_WORKSPACE), f"{self.entry['symbol']} returns {code} with a workspace of 8 bytes"
        return ctypes.c_uint64.from_address(address).value if code == SHORT_WORKSPACE else 0

    @staticmethod
    def pass_dims(dims):
        return None if dims is None else (ctypes.c_int64 * len(dims))(*dims)

    def draw_indices(self, is_clean):
        """Changes `i`, if there is a rule for it. Returns what it is, and the code of a call that is right else."""
        if not self.rule:
            return None, OK
        far = [-1 << 63, -1 << 40, 1 << 40, (1 << 63) - 1]
        i = (1, 2) if is_clean else tuple(self.generator.choice(far) if self.chance(0.1) else
                                          self.generator.randrange(-3, 10) for _ in range(2))
        self.contents[[t["name"] for t in self.inputs].index("i")] = struct.pack("2q", *i)
        return i, self.rule(i)

    def call(self, is_clean):
        """One call; `is_clean` breaks nothing and wants everything. Checks what came of it."""
        self.set_sizes(is_clean)
        must, may = set(), set()
        error = 0 if is_clean else self.generator.choice([0, 0, 0.05, 0.3])
        indices, due = self.draw_indices(is_clean)

        def place(tensor, region, content, null, odd, is_optional):
            if tensor["bytes"] == 0:
                return self.generator.choice([None, region.begin])
            is_null = self.chance(error) or is_optional and not is_clean and self.chance(0.3)
            if is_null:
                region.before = None
                if not is_optional:
                    must.add(null)
                return None
            offset = 0
            if tensor["alignment"] > 1 and self.chance(error):
                offset = self.generator.randrange(1, tensor["alignment"])
                must.add(odd)
            return region.place(content, tensor["alignment"], offset, self.chance(0.5))

        addresses = [place(t, r, c, NULL_INPUT, ODD_INPUT, False)
                     for t, r, c in zip(self.inputs, self.regions, self.contents)]
        written = set()
        results = []
        for o, (tensor, region) in enumerate(zip(self.outputs, self.regions[len(self.inputs):])):
            if o in self.donated and not self.chance(error):
                source = self.donated[o]
                results.append(addresses[source])
                written.add(source)
                if addresses[source] is None and tensor["bytes"]:
                    must.add(NULL_OUTPUT)
                elif ODD_INPUT in must:
                    may.add(ODD_OUTPUT)
                continue
            content = (b"\0" if tensor.get("accumulates") else b"\x5a") * tensor["bytes"]
            results.append(place(tensor, region, content, NULL_OUTPUT, ODD_OUTPUT, tensor["optional"]))
            if o in self.donated and tensor["bytes"]:
                must.add(DONATION)
        for i, address in enumerate(addresses):
            if address is not None and self.inputs[i]["bytes"] and i not in written:
                self.regions[i].protect(mmap.PROT_READ)
        wants_all = all(r is not None or not t["bytes"] for r, t in zip(results, self.outputs))

        least, most = self.full, self.full if wants_all else self.most
        size = self.most if is_clean or not self.chance(0.2 + error) else \
            max(0, self.generator.choice([0, 7, 8, 64, self.full, self.most]) + self.generator.choice([-1, 0, 0, 1, 64]))
        size = min(size, self.space.size - 64)
        address = None
        if not self.chance(error):
            offset = self.generator.randrange(1, 64) if self.chance(error) else 0
            address = self.space.place(b"\xff" * size, 64, offset, self.chance(0.5))
            if offset and most:
                (must if least else may).add(ODD_WORKSPACE)
        elif most:
            (must if least else may).add(NULL_WORKSPACE)
        if size < most:
            (must if size < least else may).add(SHORT_WORKSPACE)

        exec_ = None
        if not is_clean and self.chance(0.5):
            exec_ = Exec(ctypes.sizeof(Exec) + self.generator.choice([0, 0, 8, 64]), 0, None, None)
            if self.chance(error):
                exec_.size = self.generator.randrange(ctypes.sizeof(Exec))
                must.add(EXEC)
            if self.chance(error):
                exec_.flags = 1 << self.generator.randrange(64)
                must.add(EXEC)
        arrays = [(ctypes.c_void_p * len(a))(*a) for a in (addresses, results)]
        for i, code in (0, NULL_INPUT), (1, NULL_OUTPUT):
            if len(arrays[i]) and self.chance(error / 4):
                arrays[i] = None
                must.add(code)
        if self.entry["workspace"]["may_need_more"]:
            may.add(EXHAUSTED)
        dims = self.sizes.dims if self.sizes.is_dynamic else None
        if dims and self.chance(error):
            dims, wrong = self.sizes.spoil()
            must.add(wrong)
            assert dims is None or self.sizes.ask(dims) == SIZE_MAX, f"{dims} have a workspace"
        code = self.function(arrays[0], arrays[1], self.pass_dims(dims), ctypes.c_void_p(address), ctypes.c_size_t(size),
                             ctypes.byref(exec_) if exec_ else None)
        self.seen[code] += 1
        allowed = must | may | (set() if must else {due})
        assert code in allowed, f"{self.entry['symbol']} returns {code}, and allowed is {sorted(allowed)}"
        self.check_memory(code, results, address, size, written, indices)

    def check_memory(self, code, results, address, size, written, indices):
        """That nothing is written but outputs and workspace, and of a call that fails nothing but what it tells."""
        for i, (tensor, region) in enumerate(zip(self.inputs, self.regions)):
            if getattr(region, "before", None) and tensor["bytes"] and (i not in written or code < 0):
                assert region.read() == region.before, f"input {tensor['name']} of {self.entry['symbol']} is written"
        got = []
        for o, (tensor, result) in enumerate(zip(self.outputs, results)):
            source = self.donated.get(o)
            is_in_place = source is not None and source in written
            region = self.regions[source if is_in_place else len(self.inputs) + o]
            if result is None or not tensor["bytes"]:
                got.append(None)
                continue
            now, begin = region.read(), result - region.begin
            end = begin + tensor["bytes"]
            assert now[:begin] == region.before[:begin] and now[end:] == region.before[end:], "beside an output"
            assert code >= 0 or now == region.before, f"output {tensor['name']} is written with code {code}"
            got.append(now[begin:end])
        if address is not None:
            now, begin = self.space.read(), address - self.space.begin
            told = 8 if code == SHORT_WORKSPACE and size >= 8 else 0
            end = begin + (told if code < 0 else size)
            assert now[:begin] == self.space.before[:begin] and now[end:] == self.space.before[end:], "beside the workspace"
            if told:
                needed = int.from_bytes(now[begin:begin + 8], "little")
                assert size < needed and self.full <= needed <= self.most, f"{needed} bytes are said to be needed"
        if code == OK:
            key = (self.key, indices)
            expected = self.expected.setdefault(key, [None] * len(got))
            assert all(None in pair or pair[0] == pair[1] for pair in zip(got, expected)), "other bits than before"
            self.expected[key] = [e or g for g, e in zip(got, expected)]


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--runs", type=int, default=10000, help="calls of each function")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    faulthandler.enable()
    seen = collections.Counter()
    with tempfile.TemporaryDirectory() as folder:
        for program, flags in PROGRAMS:
            library, manifest = f"{folder}/{program}.so", f"{folder}/{program}.json"
            subprocess.run(["atled-compile", INPUTS / f"{program}.mlir", *flags, "--emit=shared", "-o", library,
                            f"--manifest={manifest}"], check=True)
            known = {}
            for entry in json.loads(pathlib.Path(manifest).read_text())["functions"]:
                fuzzer = Fuzzer(ctypes.CDLL(library), entry, random.Random(f"{options.seed} {entry['symbol']}"), known)
                for run in range(options.runs):
                    try:
                        fuzzer.call(is_clean=run == 0)
                    except AssertionError as wrong:
                        sys.exit(f"{program}, call {run} of {entry['symbol']}, seed {options.seed}: {wrong}")
                assert fuzzer.seen[OK], f"no call of {entry['symbol']} is right"
                for tensor, content in zip(fuzzer.outputs, fuzzer.expected.get((fuzzer.key, None), [])):
                    if tensor["name"] == "residuals":
                        known["residuals", tensor["bytes"]] = content
                seen += fuzzer.seen
    print(", ".join(f"{code}: {count}" for code, count in sorted(seen.items())))
    if all(seen[code] for code in [*range(DIMS, ITERATIONS + 1), INDEX]):
        print("every clause broken and kept")


main()
