# SPDX-License-Identifier: BSD-2-Clause
# A console by a UART like National Semiconductor's 16550, on any ISA.
COMMON_SRCS += ns16550/ns16550.c
