"""Calls derivatives of real programs with every set of outputs (with some of them, where there are many): what is
wanted has the bits that it has with all others, in a workspace of exactly the size that the call asks for, between
guards, full of NaN. Reads what there is to call from the manifest of a shared library.

subsets.py FOLDER PROGRAM:FUNCTION..."""

import ctypes
import json
import pathlib
import random
import struct
import subprocess
import sys

GUARD, ALIGN, SHORT = 256, 64, -7


class Memory:
    """`size` bytes, aligned, between guards."""

    def __init__(self, size, content=None):
        self.size = size
        self.buffer = ctypes.create_string_buffer(b"\xff" * (size + 2 * GUARD + ALIGN))
        base = ctypes.addressof(self.buffer)
        self.begin = (base + GUARD + ALIGN - 1) // ALIGN * ALIGN - base
        self.address = base + self.begin
        if content is not None:
            ctypes.memmove(self.address, content, size)

    def bytes(self):
        return self.buffer.raw[self.begin : self.begin + self.size]

    def is_guarded(self):
        raw = self.buffer.raw
        return set(raw[: self.begin] + raw[self.begin + self.size : self.begin + self.size + GUARD]) == {0xFF}


def make_input(tensor, generator):
    count = tensor["bytes"] // tensor["alignment"]
    if tensor["c_type"] in ("float", "double"):
        code = "f" if tensor["c_type"] == "float" else "d"
        return struct.pack(f"{count}{code}", *(generator.uniform(-1, 1) for _ in range(count)))
    return (1).to_bytes(tensor["alignment"], "little") * count


def call(function, entry, inputs, wanted, workspace_bytes):
    outputs = [Memory(t["bytes"]) if w else None for t, w in zip(entry["outputs"], wanted)]
    workspace = Memory(workspace_bytes)
    pointers = lambda memories: (ctypes.c_void_p * len(memories))(*(m.address if m else None for m in memories))
    code = function(pointers(inputs), pointers(outputs), None, ctypes.c_void_p(workspace.address),
                    ctypes.c_size_t(workspace_bytes), None)
    if not all(memory.is_guarded() for memory in [workspace, *inputs, *filter(None, outputs)]):
        sys.exit(f"{entry['symbol']} wrote outside, wanted {wanted}")
    return code, [o.bytes() if o else None for o in outputs], workspace.bytes()[:8]


def check(library, entry):
    function = getattr(library, entry["symbol"])
    generator = random.Random(0)
    inputs = [Memory(t["bytes"], make_input(t, generator)) for t in entry["inputs"]]
    before = [memory.bytes() for memory in inputs]
    number = len(entry["outputs"])
    most, full = entry["workspace"]["bytes"], entry["workspace"]["full_call_bytes"]
    code, expected, _ = call(function, entry, inputs, [True] * number, full)
    if code != 0:
        sys.exit(f"{entry['symbol']}: code {code}")
    sets = range(1 << number) if number <= 5 else [generator.randrange(1 << number) for _ in range(32)]
    for bits in sets:
        wanted = [bool(bits >> i & 1) for i in range(number)]
        # Eight bytes are too few, or enough; if too few, the call says what is enough.
        code, outputs, needed = call(function, entry, inputs, wanted, 8)
        if code == SHORT:
            bytes_needed = int.from_bytes(needed, "little")
            if not full <= bytes_needed <= most:
                sys.exit(f"{entry['symbol']} asks for {bytes_needed} bytes of {full} to {most}")
            code, outputs, _ = call(function, entry, inputs, wanted, bytes_needed)
        if code != 0:
            sys.exit(f"{entry['symbol']}: code {code}, wanted {wanted}")
        if outputs != [e if w else None for e, w in zip(expected, wanted)]:
            sys.exit(f"{entry['symbol']} gives other bits, wanted {wanted}")
    if [memory.bytes() for memory in inputs] != before:
        sys.exit(f"{entry['symbol']} wrote to an input")
    print(f"{entry['symbol']}: {number} outputs, {len(sets)} sets, {full} to {most} bytes")


def main():
    folder = pathlib.Path(sys.argv[1])
    for index, argument in enumerate(sys.argv[2:]):
        program, function = argument.rsplit(":", 1)
        library, manifest = folder / f"{index}.so", folder / f"{index}.json"
        subprocess.run(["atled-compile", program, f"--vjp={function}", f"--jvp={function}", "--emit=shared",
                        "-o", library, f"--manifest={manifest}"], check=True)
        for entry in json.loads(manifest.read_text())["functions"]:
            check(ctypes.CDLL(str(library)), entry)


main()
