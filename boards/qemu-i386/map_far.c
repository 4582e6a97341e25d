/* SPDX-License-Identifier: BSD-2-Clause */
#include "qemu_x86.h"

/*
 * Without paging nothing is reached above 4 GiB. A transitional device is
 * driven by its ports then.
 */
void *qemu_x86_map_far(uint64_t address, uint64_t size)
{
	(void)address;
	(void)size;
	return NULL;
}
