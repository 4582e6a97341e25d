# SPDX-License-Identifier: BSD-2-Clause
# A PVH guest of Xen on x86-64: virtual hardware without any device.
ARCH := x86
ISA := x86_64
CROSS := x86_64-linux-gnu-
TARGET := x86_64-linux-gnu
HAL_SRCS := xen.c vmgenid.c seed.c loop.c
BOARD_SRCS := board.c ../x86_pvh.S ../xen_hypercall.S ../xen_x86.c ../xen.c ../x86_trap.c ../exit_line.c ../xen_version.c ../mem.c
BOARD_INCLUDE := -Iboards/freestanding
BOARD_LDFLAGS := -nostdlib -static -Wl,--build-id=none -Wl,-T,boards/x86_64.ld
BOARD_LIBS :=
APPS := smoke record clone keygen accumulator loop
TESTS := smoke stress
GUESTS := sleep
