# SPDX-License-Identifier: BSD-2-Clause
# 64-bit Arm without a firmware, bare or under a hypervisor: one image that can
# be loaded anywhere, as an ELF file or by Linux's boot protocol (APP.bin).
ARCH := aarch64
ISA := aarch64
COMMON_SRCS += aarch64/start.S aarch64/trap.c aarch64/exit.c aarch64/timer.c
BOARD_LDFLAGS += -nostdlib -static-pie -Wl,-z,text -Wl,-z,max-page-size=4096 \
	-Wl,--build-id=none -Wl,-T,boards/common/aarch64/aarch64.ld
BINARY := 1
