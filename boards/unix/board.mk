# SPDX-License-Identifier: BSD-2-Clause
# This machine, as a process. On x86-64 with the entropy instructions too, so that those objects run on real silicon.
UNIX_IS_X86 := $(filter x86_64,$(shell uname -m))
ARCH := $(if $(UNIX_IS_X86),x86,portable)
ISA := host
CROSS :=
TARGET := $(shell uname -m)-linux-gnu
ARCH_SRCS := $(if $(UNIX_IS_X86),rdseed.c rdrand.c words.c errata.c cpuid.c counter.c)
HAL_SRCS := unix.c loop.c
BOARD_SRCS := board.c $(if $(UNIX_IS_X86),platform_x86.c,platform.c)
# crt1.o calls main: with this, board.c's, which ends the run as on every other board.
BOARD_LDFLAGS := -Wl,--wrap=main
BOARD_LIBS :=
APPS := smoke record keygen
