# SPDX-License-Identifier: BSD-2-Clause
# A console by a PL011, on any ISA.
COMMON_SRCS += pl011/pl011.c
