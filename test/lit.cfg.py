"""How lit finds and runs the tests of Atled; `test/` mirrors `lib/`."""

import importlib.util
import os
import platform
import shutil
import sys

import lit.formats

config.name = "Atled"
config.test_format = lit.formats.ShTest(execute_external=True)
config.suffixes = [".mlir", ".td", ".test"]
config.excludes = ["Inputs"]
config.test_source_root = os.path.dirname(__file__)

config.environment["PATH"] = os.pathsep.join(
    [config.atled_tools_dir, config.llvm_tools_dir, os.environ["PATH"]]
)
config.substitutions.append(("%build_dir", config.atled_build_dir))
config.substitutions.append(("%source_dir", config.atled_source_dir))
config.substitutions.append(("%python", sys.executable))
# In GiB, of address space. The address sanitizer takes more of that than there is memory, and has a limit of its own.
config.substitutions.append(("%memory_limit", "0" if config.atled_sanitizers else "8"))
# A program of C on libatled.
sanitize = "-fsanitize=" + config.atled_sanitizers.replace(";", ",") if config.atled_sanitizers else ""
library = os.path.join(config.atled_build_dir, "lib")
config.substitutions.append(("%build_in_c", f"{config.cc} -std=c99 -pedantic -Wall -Wextra -Werror {sanitize} "
                             f"-I {config.atled_source_dir}/include %s -o %t -L{library} -latled -lm -Wl,-rpath,{library}"))
for tool in ["clang-format", "clang-tidy"]:
    if shutil.which(f"{tool}-22"):
        config.available_features.add(tool)
if config.atled_sanitizers:
    config.available_features.add("sanitizers")
    # LLVM's allocators, inlined in our code, would poison memory that LLVM's own code, which is not
    # instrumented, hands out without a word. Running out of memory is an answer of malloc, as elsewhere.
    config.environment["ASAN_OPTIONS"] = "allow_user_poisoning=0:allocator_may_return_null=1:hard_rss_limit_mb=8192"
    config.environment["UBSAN_OPTIONS"] = "print_stacktrace=1"
for machine in ["aarch64", "riscv64"]:
    if shutil.which(f"qemu-{machine}") and shutil.which(f"{machine}-linux-gnu-gcc"):
        config.available_features.add(f"qemu-{machine}")
if shutil.which("qemu-system-arm") and os.path.exists("/usr/lib/arm-none-eabi/lib/rdimon.specs"):
    config.available_features.add("qemu-armv7em")
if platform.machine() == "x86_64":
    config.available_features.add("x86_64")
for tool in ["valgrind", "qemu-x86_64"]:
    if shutil.which(tool):
        config.available_features.add(tool)
if os.path.exists("/usr/include/benchmark/benchmark.h"):
    config.available_features.add("benchmark")
if os.path.exists("/usr/include/mpfr.h"):
    config.available_features.add("mpfr")
if importlib.util.find_spec("torch"):
    config.available_features.add("torch")
