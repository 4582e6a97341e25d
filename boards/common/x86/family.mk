# SPDX-License-Identifier: BSD-2-Clause
# What x86 kernels share: exceptions.
ARCH := x86
COMMON_SRCS += x86/trap.c
BOARD_LDFLAGS += -nostdlib -static -Wl,--build-id=none
