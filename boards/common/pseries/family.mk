# SPDX-License-Identifier: BSD-2-Clause
# A partition of a POWER hypervisor (PAPR), in either byte order: started by an
# Open Firmware, in real mode.
ARCH := power
COMMON_SRCS += pseries/start.S pseries/main.c pseries/tree.c pseries/console.c \
	pseries/trap.c pseries/timer.c
HAL_SRCS += firmware/papr.c firmware/papr_tree.c
BOARD_LDFLAGS += -nostdlib -static -Wl,--build-id=none -Wl,-z,noexecstack \
	-Wl,-T,boards/common/pseries/pseries.ld
