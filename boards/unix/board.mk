# SPDX-License-Identifier: BSD-2-Clause
# This machine, as a process: another backend of its ISA, by the objects of the ISA's guests. On x86-64 with the entropy instructions, which so run on real silicon.
UNIX_MACHINE := $(shell uname -m)
UNIX_ARCH_x86_64 := x86
ARCH := $(or $(UNIX_ARCH_$(UNIX_MACHINE)),portable)
ISA := $(if $(UNIX_ARCH_$(UNIX_MACHINE)),$(UNIX_MACHINE),host)
CROSS := $(if $(UNIX_ARCH_$(UNIX_MACHINE)),$(UNIX_MACHINE)-linux-gnu-)
TARGET := $(UNIX_MACHINE)-linux-gnu
HAL_SRCS := unix.c loop.c
BOARD_SRCS := board.c main.c $(if $(filter x86,$(ARCH)),platform_x86.c,platform.c)
# crt1.o calls main: with this, main.c's, which ends the run as on every other board.
BOARD_LDFLAGS := -Wl,--wrap=main
BOARD_LIBS :=
APPS := smoke record keygen loop accumulator
TESTS := smoke stress loop keys
GUESTS := sleep
