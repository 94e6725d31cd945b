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
# Operations of the dialect that are made of others.
COMPOSED = {"logistic": "logistic %x", "softplus": "softplus %x", "silu": "silu %x", "gelu": "gelu %x",
            "gelu_tanh": "gelu %x form = tanh"}
COMPOSED_BINARY = {"hypot": "hypot %x, %y", "logaddexp": "logaddexp %x, %y", "pow": "pow %x, %y"}
# The same on rows, and those that make a row one number.
ROW = 64
ROWS = {"softmax": "softmax %m dimensions = [1]", "log_softmax": "log_softmax %m dimensions = [1]",
        **{name: f"{name} %m dimension = 1" for name in ("cumsum", "cumprod", "cumlogsumexp")}}
REDUCTIONS = {name: f"{name} %m dimensions = [1]"
              for name in ("reduce_sum", "reduce_prod", "mean", "variance", "norm", "logsumexp")}
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


def entry(name, text, operands, element, mode):
    """A function of tensors, whose operation works on rows if it is one of those."""
    flat, matrix, column = (f"tensor<{shape}x{element}>" for shape in ("4096", f"{4096 // ROW}x{ROW}", 4096 // ROW))
    body = f"  %r = atled.{text} : {flat}\n"
    if "%m" in text:
        body = f"  %m = atled.reshape %x : {flat} -> {matrix}\n  %s = atled.{text} : {matrix}"
        body += f" -> {column}\n  %n = atled.broadcast %s dimensions = [0] : {column} -> {matrix}\n" \
            if name in REDUCTIONS else "\n"
        body += f"  %r = atled.reshape {'%n' if name in REDUCTIONS else '%s'} : {matrix} -> {flat}\n"
    arguments = ", ".join(f"%{operand}: {flat}" for operand in operands)
    return f"func.func @{name}_{element}_{mode}({arguments}) -> {flat} {{\n{body}  return %r : {flat}\n}}\n"


def entries(mode):
    return "".join(entry(name, text, operands, element, mode)
                   for texts, operands in ((COMPOSED, "x"), (COMPOSED_BINARY, "xy"), (ROWS, "x"), (REDUCTIONS, "x"))
                   for name, text in texts.items() for element in ("f32", "f64"))


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
        objects.append(output / f"{mode}-composed.o")
        pipe(entries(mode), ["atled-compile", "-", f"--mcpu={architecture}", "-o", objects[-1]])
    table = [f"KERNEL({name}, {element}, {mode})" for mode in MODES for name in [*UNARY, *SPECIAL, *BINARY]
             for element in ("f32", "f64")]
    table += [f"ENTRY({name}, {element}, {mode})" for mode in MODES
              for name in [*COMPOSED, *COMPOSED_BINARY, *ROWS, *REDUCTIONS] for element in ("f32", "f64")]
    (output / "kernels.inc").write_text("\n".join(table) + "\n")
    subprocess.run(["clang", "-O2", "-I", output, here / "accuracy.c", *objects,
                    "-lmpfr", "-lgmp", "-lm", "-o", output / "accuracy"], check=True)


main()
