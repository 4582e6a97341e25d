# SPDX-License-Identifier: BSD-2-Clause
# Cortex-M: vectors, SysTick and WFI, console and end by semihosting. A board
# adds its link.ld, which says where memory is.
ARCH := cortex-m
COMMON_SRCS += cortex-m/start.c cortex-m/loop.c semihosting/console.c \
	semihosting/exit.c
BOARD_LDFLAGS += -nostdlib -static -Wl,--build-id=none -Wl,-T,$(BOARD_DIR)/link.ld \
	-Wl,-T,$(family_dir)/cortex-m.ld
BOARD_PLATFORM ?= board.c
