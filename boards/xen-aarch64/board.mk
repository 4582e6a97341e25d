# SPDX-License-Identifier: BSD-2-Clause
# 64-bit Arm under Xen, by one image: the first domain, or one that Xen starts by itself from the device tree (dom0less).
ARCH := aarch64
ISA := aarch64
CROSS := aarch64-linux-gnu-
TARGET := aarch64-linux-gnu
HAL_SRCS := xen.c virtio_rng.c virtio_ring.c virtio_mmio.c virtio_mmio_legacy.c seed.c fdt.c loop.c
BOARD_SRCS := board.c ../aarch64_start.S ../aarch64_trap.c ../aarch64_exit.c ../exit_line.c ../aarch64_loop.c ../aarch64_pl011.c ../xen_version.c ../mem.c
BOARD_INCLUDE := -Iboards/freestanding
BOARD_LDFLAGS := -nostdlib -static-pie -Wl,-z,text -Wl,-z,max-page-size=4096 -Wl,--build-id=none -Wl,-T,boards/aarch64.ld
BOARD_LIBS :=
BINARY := 1
APPS := smoke record keygen ecdsa accumulator loop
TESTS := smoke
