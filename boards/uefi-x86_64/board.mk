# SPDX-License-Identifier: BSD-2-Clause
# UEFI on x86-64: an application that any firmware starts. APP.bin is the PE image, APP.elf what it was before.
ARCH := x86
ISA := x86_64
CROSS := x86_64-linux-gnu-
TARGET := x86_64-linux-gnu
HAL_SRCS := uefi.c uefi_rng.c loop.c fw_cfg.c vmgenid.c
BOARD_SRCS := board.c ../uefi.c ../exit_line.c ../mem.c
BOARD_INCLUDE := -Iboards/freestanding
BOARD_LDFLAGS := -nostdlib -static-pie -Wl,-z,text -Wl,-z,max-page-size=4096 -Wl,--build-id=none -Wl,--defsym=uefi_machine=0x8664 -Wl,-T,boards/uefi.ld
BOARD_LIBS :=
BINARY := 1
APPS := smoke record clone keygen loop accumulator confidential
TESTS := smoke stress
GUESTS := sleep
