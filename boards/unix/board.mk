# SPDX-License-Identifier: BSD-2-Clause
# This machine, as a process: another board of its ISA, by the objects of the
# ISA's guests. On x86-64 with the entropy instructions, on real silicon.
# On Linux's aarch64 it is unix-aarch64; elsewhere the objects are portable.
# Sources: getrandom, RDSEED, RDRAND
# Clones: a page that fork drops
machine := $(shell uname -m)
arch_x86_64 := x86
arch_aarch64 := aarch64
ARCH := $(or $(arch_$(machine)),portable)
ISA := $(if $(arch_$(machine)),$(machine),host)
TARGET := $(machine)-linux-gnu
BOARD_LIBC := system
FAMILY := timing simd
own_portable := platform.c
own_x86 := platform_x86.c
own_aarch64 := $(addprefix ../unix-aarch64/,linux.c facts.c platform.c)
BOARD_SRCS := board.c main.c $(own_$(ARCH))
ifeq ($(ARCH),aarch64)
simd_facts :=
endif
HAL_SRCS := os/unix_getrandom.c os/unix_epoch.c os/unix_lock.c os/unix_loop.c
# crt1.o calls main: with this, main.c's, which ends the run as on every other
# board.
BOARD_LDFLAGS := -Wl,--wrap=main
APPS := smoke hello record keygen loop accumulator
TESTS := smoke stress streams loop keys
