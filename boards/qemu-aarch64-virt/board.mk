# SPDX-License-Identifier: BSD-2-Clause
# QEMU's virt machine with a 64-bit CPU, without firmware.
ARCH := aarch64
ISA := aarch64
CROSS := aarch64-linux-gnu-
TARGET := aarch64-linux-gnu
HAL_SRCS := virtio_rng.c virtio_ring.c virtio_mmio.c virtio_mmio_legacy.c seed.c fdt.c loop.c
BOARD_SRCS := board.c ../aarch64_start.S ../aarch64_trap.c ../aarch64_exit.c ../exit_line.c ../aarch64_loop.c ../aarch64_pl011.c ../mem.c
BOARD_INCLUDE := -Iboards/freestanding
BOARD_LDFLAGS := -nostdlib -static-pie -Wl,-z,text -Wl,-z,max-page-size=4096 -Wl,--build-id=none -Wl,-T,boards/aarch64.ld
BOARD_LIBS :=
BINARY := 1
APPS := smoke record clone keygen loop ecdsa accumulator confidential
TESTS := smoke stress loop refuse ecdsa library size
GUESTS := sleep
