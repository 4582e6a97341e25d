# SPDX-License-Identifier: BSD-2-Clause
# LoongArch of 64 bits without a firmware, or as a firmware leaves it. Without a
# link.ld of its own a board is linked by loongarch.ld.
ARCH := loongarch
ISA := loongarch64
COMMON_SRCS += loongarch/start.S loongarch/trap.c loongarch/timer.c loongarch/tree.c
BOARD_LDFLAGS += -nostdlib -static -Wl,--build-id=none -Wl,-z,noexecstack \
	-Wl,-z,max-page-size=4096 \
	-Wl,-T,$(or $(wildcard $(BOARD_DIR)/link.ld),boards/common/loongarch/loongarch.ld)
