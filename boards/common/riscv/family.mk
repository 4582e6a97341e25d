# SPDX-License-Identifier: BSD-2-Clause
# RISC-V in M-mode or S-mode. A board adds what its machine has: in M-mode
# clint.c, and soc.c with bare.c or semihosting; in S-mode sbi.c with soc.c, and
# -DRISCV_SUPERVISOR in BOARD_CFLAGS. Without a link.ld of its own it is linked
# by riscv.ld.
ARCH := riscv
COMMON_SRCS += riscv/start.S riscv/trap.c riscv/run.c riscv/timer.c
BOARD_LDFLAGS += -nostdlib -static -Wl,--build-id=none -Wl,-z,noexecstack \
	-Wl,-T,$(or $(wildcard $(BOARD_DIR)/link.ld),boards/common/riscv/riscv.ld)
