/* SPDX-License-Identifier: BSD-2-Clause */
/* test_wipe over the keystream ONE, which this CPU has. */
#include "sb_keystreams.h"

extern const struct sb_keystream ONE;
const struct sb_keystream *const sb_keystreams[] = { &ONE, NULL };

uint32_t sb_keystream_facts(void)
{
	return ONE.needs;
}
