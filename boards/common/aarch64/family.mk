# SPDX-License-Identifier: BSD-2-Clause
# 64-bit Arm without a firmware, bare or under a hypervisor: one image that can
# be loaded anywhere, as an ELF file or by Linux's boot protocol (APP.bin).
#
# aarch64_map is what lies where: map_high.S, RAM from 1 GiB on, or map_low.S,
# RAM from 0 on. aarch64_at is where a loader of ELF files puts the image.
aarch64_map ?= map_high.S
aarch64_at ?= 0x40200000
ARCH := aarch64
ISA := aarch64
COMMON_SRCS += aarch64/start.S aarch64/trap.c aarch64/exit.c aarch64/timer.c \
	aarch64/$(aarch64_map)
BOARD_LDFLAGS += -nostdlib -static-pie -Wl,-z,text -Wl,-z,max-page-size=4096 \
	-Wl,--build-id=none -Wl,--defsym,aarch64_at=$(aarch64_at) \
	-Wl,-T,boards/common/aarch64/aarch64.ld
BINARY := 1
