# SPDX-License-Identifier: BSD-2-Clause
# A Solo5 guest (hvt, spt, virtio, muen, xen) on x86-64. Here it is linked with a tender of our own, and so is a Linux program; qemu/solo5 links the
# same files with Solo5's bindings.
ARCH := x86
ISA := x86_64
CROSS := x86_64-linux-gnu-
TARGET := x86_64-linux-gnu
HAL_SRCS := solo5.c seed.c loop.c
BOARD_SRCS := board.c tender.c ../exit_line.c ../mem.c
BOARD_INCLUDE := -Iboards/freestanding
BOARD_LDFLAGS := -nostdlib -static -Wl,--build-id=none -Wl,-z,noexecstack
BOARD_LIBS :=
APPS := smoke record keygen loop accumulator hostcall heap
TESTS := smoke stress
GUESTS := sleep
