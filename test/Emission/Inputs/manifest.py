"""Compares a manifest with the program, the header and the object that it is about."""

import hashlib
import json
import pathlib
import re
import subprocess
import sys

program, manifest, header, object_file = map(pathlib.Path, sys.argv[1:])
facts = json.loads(manifest.read_text())
macros = dict(re.findall(r"#define (\w+) (\d+)$", header.read_text(), re.M))


def expect(measured, expected):
    if measured != expected:
        sys.exit(f"{measured}, and expected is {expected}")


expect(facts["input_sha256"], hashlib.sha256(program.read_bytes()).hexdigest())
expect(facts["abi"], int(macros["ATLED_ABI"]))
for function in facts["functions"]:
    macro = function["symbol"].upper()
    expect(function["symbol"], "m_" + function["name"])
    expect(function["workspace"]["bytes"], int(macros[f"{macro}_WORKSPACE_BYTES"]))
    expect(function["workspace"]["full_call_bytes"], int(macros[f"{macro}_FULL_CALL_WORKSPACE_BYTES"]))
    expect(function["workspace"]["alignment"], 64)
    for direction, tensors in ("IN", function["inputs"]), ("OUT", function["outputs"]):
        for tensor in tensors:
            if tensor["element_type"] == "bytes":
                expect(tensor["bytes"], int(macros[f"{macro}_RESIDUAL_BYTES"]))
                expect(tensor["alignment"], 64)
                continue
            name = f"{macro}_{direction}_{tensor['name'].upper()}"
            expect(tensor["shape"],
                   [int(macros[f"{name}_DIM{d}"]) for d in range(len(tensor["shape"]))])
            size = {"double": 8, "float": 4, "int64_t": 8, "uint8_t": 1}[tensor["c_type"]]
            expect(tensor["bytes"], size * int(macros[f"{name}_SIZE"]))
            expect(tensor["alignment"], size)
defined = subprocess.run(["nm", "-g", "--defined-only", object_file], capture_output=True, text=True, check=True)
symbols = [line.split()[-1] for line in defined.stdout.splitlines()]
expect(sorted(symbols), sorted(name for f in facts["functions"] for name in (f["symbol"], f["symbol"] + "_abi1", f["symbol"] + "_cpu_ok")))
undefined = subprocess.run(["nm", "-u", object_file], capture_output=True, text=True, check=True)
expect(facts["undefined_symbols"], sorted(line.split()[-1] for line in undefined.stdout.splitlines()))
expect([f["name"] for f in facts["external_functions"] if f["name"] not in facts["undefined_symbols"]], [])
print("target", facts["target"]["cpu"])
print("flags", *facts["flags"])
print(f"{len(facts['functions'])} functions, {len(facts['undefined_symbols'])} undefined symbols")
