# SPDX-License-Identifier: BSD-2-Clause
# UEFI on 64-bit Arm: an application that any firmware starts, EDK II's or another's. APP.bin is the PE image, APP.elf what it was before.
ARCH := aarch64
ISA := aarch64
CROSS := aarch64-linux-gnu-
TARGET := aarch64-linux-gnu
HAL_SRCS := uefi.c uefi_rng.c loop.c
BOARD_SRCS := board.c ../uefi.c ../exit_line.c ../mem.c
BOARD_INCLUDE := -Iboards/freestanding
BOARD_LDFLAGS := -nostdlib -static-pie -Wl,-z,text -Wl,-z,max-page-size=4096 -Wl,--build-id=none -Wl,--defsym=uefi_machine=0xaa64 -Wl,-T,boards/uefi.ld
BOARD_LIBS :=
BINARY := 1
APPS := smoke record clone keygen loop accumulator
TESTS := smoke stress
GUESTS := sleep
