"""Writes what README.md shows to a folder: `readme.py README.md FOLDER`. The program to loss.mlir, its commands to
commands.sh, and its C, with what it needs around it, to main.c."""

import pathlib
import sys

import markdown

AROUND = """\
#include "loss.h"

#include <math.h>
#include <stdio.h>

static _Alignas(ATLED_WORKSPACE_ALIGN) unsigned char workspace[LOSS_VALUE_AND_GRAD_WORKSPACE_BYTES];

int main(void) {{
  float w[3] = {{0.1f, -0.2f, 0.3f}}, x[3] = {{1, 2, 3}}, value, gradient[3];
{snippet}
  // y = tanh(w·x); the loss is y², and its gradient 2 y (1 - y²) x.
  double y = tanh(0.1 * 1 - 0.2 * 2 + 0.3 * 3), error = fabs(value - y * y);
  for (int i = 0; i < 3; i++)
    error = fmax(error, fabs(gradient[i] - 2 * y * (1 - y * y) * x[i]));
  printf("%s\\n", error < 1e-6 ? "as in mathematics" : "wrong");
  return 0;
}}
"""

readme, folder = sys.argv[1], pathlib.Path(sys.argv[2])
snippet = "".join(f"  {line}\n" for line in markdown.block(readme, "c").splitlines())
commands = [body for language, body in markdown.blocks(readme) if not language and body.startswith("atled-")]
(folder / "loss.mlir").write_text(markdown.block(readme, "mlir"))
(folder / "commands.sh").write_text("set -eu\n" + "".join(commands))
(folder / "main.c").write_text(AROUND.format(snippet=snippet))
