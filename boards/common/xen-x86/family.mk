# SPDX-License-Identifier: BSD-2-Clause
# A guest of Xen on x86-64: its platform, console and loop. A board adds how it
# comes to Xen's pages.
ISA := x86_64
COMMON_SRCS += xen-x86/hypercall.S xen-x86/platform.c xen-x86/console_loop.c
HAL_SRCS += epoch/vmgenid.c
BOARD_LDFLAGS += -Wl,-T,boards/common/x86/x86_64.ld
