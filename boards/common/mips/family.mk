# SPDX-License-Identifier: BSD-2-Clause
# 32-bit MIPS in kernel mode, big-endian. The end is by semihosting, which QEMU
# must be told of: boards/malta/machines.
ARCH := mips
ISA := mips
COMMON_SRCS += mips/start.S mips/trap.c mips/timer.c mips/exit.c
BOARD_LDFLAGS += -nostdlib -static -Wl,--build-id=none -Wl,-z,noexecstack \
	-Wl,-T,$(or $(wildcard $(BOARD_DIR)/link.ld),boards/common/mips/mips.ld)
