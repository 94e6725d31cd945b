"""Compiles loops over elementary functions and the harness that measures them: `build.py OUTPUT_DIR
[native]`.

Each function becomes a loop over 4096 elements, for f32 and f64, with and without FMA, which goes
through atled-expand-math, upstream's lowering and clang. The harness beside this file is linked
against them as OUTPUT_DIR/accuracy.
"""

import pathlib
import re
import subprocess
import sys

UNARY = ["exp", "exp2", "expm1", "log", "log2", "log10", "log1p", "cbrt", "rsqrt", "sin", "cos", "tan", "asin", "acos",
         "atan", "sinh", "cosh", "tanh", "asinh", "acosh", "atanh", "erf", "erfc", "ceil", "floor", "trunc", "round", "roundeven"]
BINARY = ["atan2"]
# What math does not have, and what stands around the operand.
SPECIAL = {"erf_inv": ("erf_inv", ""), "lgamma": ("lgamma", ""), "digamma": ("digamma", ""),
           "trigamma": ("polygamma", " order = 1"), "tetragamma": ("polygamma", " order = 2")}
# name of the mode: option of the pass, architecture
MODES = {"plain": ("fma=false", "x86-64")}
if re.search(r"\bfma\b.*\bavx2\b", pathlib.Path("/proc/cpuinfo").read_text()):
    MODES["fma"] = ("fma=true", "x86-64-v3")
    if sys.argv[2:] == ["native"]:  # for measuring speed
        MODES["native"] = ("fma=true", "native")

LOWERING = ["--convert-scf-to-cf", "--expand-strided-metadata", "--finalize-memref-to-llvm",
            "--convert-arith-to-llvm", "--convert-math-to-llvm", "--convert-index-to-llvm",
            "--convert-cf-to-llvm", "--convert-func-to-llvm=use-bare-ptr-memref-call-conv=1",
            "--reconcile-unrealized-casts", "--canonicalize", "--cse"]


def call(name, values):
    if name not in SPECIAL:
        return f"math.{name} {values}"
    operation, attribute = SPECIAL[name]
    return f"special.{operation} {values}{attribute}"


def loop(name, operands, element, mode):
    buffer = f"memref<4096x{element}>"
    arguments = "".join(f"%{v}: {buffer} {{llvm.noalias}}, " for v in operands)
    loads = "".join(f"    %{v}_i = memref.load %{v}[%i] : {buffer}\n" for v in operands)
    values = ", ".join(f"%{v}_i" for v in operands)
    return f"""
func.func @{name}_{element}_{mode}({arguments}%out: {buffer} {{llvm.noalias}}) {{
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %n = arith.constant 4096 : index
  scf.for %i = %c0 to %n step %c1 {{
{loads}    %r = {call(name, values)} : {element}
    memref.store %r, %out[%i] : {buffer}
  }}
  return
}}
"""


def pipe(text, *commands):
    for command in commands:
        text = subprocess.run(command, input=text, text=True, check=True, stdout=subprocess.PIPE).stdout
    return text


def main():
    here, output = pathlib.Path(__file__).parent, pathlib.Path(sys.argv[1])
    output.mkdir(parents=True, exist_ok=True)
    objects = []
    for mode, (option, architecture) in MODES.items():
        functions = "".join(loop(name, operands, element, mode)
                            for names, operands in ((UNARY, "x"), (SPECIAL, "x"), (BINARY, "xy")) for name in names
                            for element in ("f32", "f64"))
        llvm = pipe(functions, ["atled-opt", f"--atled-expand-math={option}", "--canonicalize", "--cse"],
                    ["mlir-opt", *LOWERING], ["mlir-translate", "--mlir-to-llvmir"])
        (output / f"{mode}.ll").write_text(llvm)
        objects.append(output / f"{mode}.o")
        subprocess.run(["clang", "-O3", f"-march={architecture}", "-mprefer-vector-width=512",
                        "-Wno-override-module", "-c", output / f"{mode}.ll", "-o", objects[-1]], check=True)
    table = [f"KERNEL({name}, {element}, {mode})" for mode in MODES for name in [*UNARY, *SPECIAL, *BINARY]
             for element in ("f32", "f64")]
    (output / "kernels.inc").write_text("\n".join(table) + "\n")
    subprocess.run(["clang", "-O2", "-I", output, here / "accuracy.c", *objects,
                    "-lmpfr", "-lgmp", "-lm", "-o", output / "accuracy"], check=True)


main()
