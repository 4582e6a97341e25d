# SPDX-License-Identifier: BSD-2-Clause
# A guest of Xen, on any ISA: the hypervisor's version for the receipt.
COMMON_SRCS += xen/version.c
HAL_SRCS += hypervisor/xen.c seed/seed.c
