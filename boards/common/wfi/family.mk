# SPDX-License-Identifier: BSD-2-Clause
# The event loop of a machine whose interrupts stay masked.
COMMON_SRCS += wfi/loop.c wfi/ticks.c
