"""Prints the first block of C++ of a page."""

import re
import sys

print(re.search(r"```cpp\n(.*?)```", open(sys.argv[1]).read(), re.S)[1])
