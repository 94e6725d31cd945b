"""The workspace of a gradient through eight parts that are checkpoints, whose operands are kept and whatever one of them
computes: as regions, as calls of one function, and as calls of one function each; of static shape and of dynamic."""

import ctypes
import pathlib
import subprocess
import tempfile

PARTS, ROWS, COLUMNS = 8, 200, 64
VALUE = ROWS * COLUMNS * 4
BODY = """
  %p = atled.matmul %x, %w : (X, W) -> X
  %a = atled.tanh %p : X
  %q = atled.matmul %a, %w : (X, W) -> X
  %b = atled.sin %q : X
  %r = atled.matmul %b, %w : (X, W) -> X
  %y = atled.tanh %r : X"""


def write_program(kind, rows):
    functions, lines = [], []
    for i in range(PARTS):
        operand, result = f"%x{i}" if i else "%x", f"%x{i + 1}"
        if kind == "regions":
            lines.append(f"  {result} = ad.checkpoint -> X {{{BODY.replace('%x', operand)}\n  ad.yield %y : X\n  }}")
            continue
        name = "part" if kind == "one function" else f"part{i}"
        if kind == "functions" or i == 0:
            functions.append(f"func.func private @{name}(%x: X, %w: W) -> X {{{BODY}\n  return %y : X\n}}")
        lines.append(f"  {result} = call @{name}({operand}, %w) {{ad.checkpoint}} : (X, W) -> X")
    main = "func.func @f(%x: X, %w: W) -> X {\n" + "\n".join(lines) + f"\n  return %x{PARTS} : X\n}}"
    types = {" X": f" tensor<{rows}x{COLUMNS}xf32>", "(X": f"(tensor<{rows}x{COLUMNS}xf32>",
             " W": f" tensor<{COLUMNS}x{COLUMNS}xf32>"}
    text = "\n".join([*functions, main])
    for short, long in types.items():
        text = text.replace(short, long)
    return text


def workspace(text, folder):
    model = folder / "f.mlir"
    model.write_text(text)
    subprocess.run(["atled-compile", model, "--vjp=f", "--emit=shared", "-o", folder / "f.so",
                    f"--header={folder / 'f.h'}"], check=True)
    for line in (folder / "f.h").read_text().splitlines():
        if line.startswith("#define F_VJP_WORKSPACE_BYTES "):
            return int(line.split()[-1])
    measure = ctypes.CDLL(str(folder / "f.so")).f_vjp_workspace_bytes
    measure.restype = ctypes.c_size_t
    return measure((ctypes.c_int64 * 2)(ROWS, ROWS))


def main():
    for kind in "regions", "one function", "functions":
        for rows in ROWS, "?":
            with tempfile.TemporaryDirectory() as folder:
                text = write_program(kind, rows)
                bytes = workspace(text, pathlib.Path(folder))
                print(f"{kind}, {rows} rows: {bytes / VALUE:.1f} tensors")
                # Of each part its operand; of one, what it keeps; on the way back, and of weights, some more.
                assert PARTS - 1 <= bytes / VALUE <= PARTS + 13


main()
