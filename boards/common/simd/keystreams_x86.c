/* SPDX-License-Identifier: BSD-2-Clause */
#include "sb_hal.h"
#include "sb_keystreams.h"

const struct sb_keystream *const sb_keystreams[] = { NULL };
SB_OWN(sb_keystreams);

uint32_t sb_keystream_facts(void)
{
	return 0;
}
SB_OWN(sb_keystream_facts);
