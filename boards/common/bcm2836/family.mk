# SPDX-License-Identifier: BSD-2-Clause
# The interrupts of BCM2836 and BCM2837, for boards/common/wfi.
COMMON_SRCS += bcm2836/local.c
