/* SPDX-License-Identifier: BSD-2-Clause */
/* A machine whose ISA has no keystream of its own. */
#include "sb_hal.h"
#include "sb_keystreams.h"

const struct sb_keystream *const sb_keystreams[] = { NULL };

uint32_t sb_keystream_facts(void)
{
	return 0;
}
