#!/bin/sh
# Installs from Debian what Atled needs: `setup.sh build` for building and the demo, `setup.sh` for the
# tests too. Run as root or with sudo; may be run again.
set -eu

packages="
  build-essential ca-certificates cmake ninja-build
  clang-22 lld-22 libmlir-22-dev mlir-22-tools llvm-22-dev libzstd-dev zlib1g-dev libgtest-dev"
[ "${1:-test}" = build ] || packages="$packages
  clang-format-22 clang-tidy-22 libclang-rt-22-dev llvm-22-tools libbenchmark-dev libmpfr-dev pkg-config python3 python3-numpy python3-torch
  valgrind qemu-user qemu-system-arm
  gcc-aarch64-linux-gnu libc6-dev-arm64-cross gcc-riscv64-linux-gnu libc6-dev-riscv64-cross
  gcc-arm-none-eabi libnewlib-arm-none-eabi"

missing=""
for package in $packages; do
  [ "$(dpkg-query -W -f='${Status}' "$package" 2>/dev/null)" = "install ok installed" ] || missing="$missing $package"
done
[ -n "$missing" ] || exit 0

sudo=""
[ "$(id -u)" = 0 ] || sudo=sudo
export DEBIAN_FRONTEND=noninteractive
echo "Installing$missing"
$sudo apt-get update -qq
# shellcheck disable=SC2086  # one word each
$sudo apt-get install -y -qq --no-install-recommends $missing > /dev/null
