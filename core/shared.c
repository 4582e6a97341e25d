/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The shared instance. It is the one writable global of the library, and this
 * is the only file that knows sb_platform.
 */
#include "core.h"

#define SHARED_ROUNDS 64

static struct seedbed shared_instance;

struct seedbed *seedbed_shared(void)
{
	return &shared_instance;
}
SB_OWN(seedbed_shared);

/*
 * The platform's lock is held for one step at a time. A start-up takes many
 * rounds, and must not shut others out for all of them.
 */
static int shared_step(void *out, size_t len)
{
	struct seedbed *s = &shared_instance;
	int result = SB_OK;

	if (sb_platform.enter)
		sb_platform.enter();
	if (s->state == SEEDBED_EMPTY)
		result = seedbed_init(s, &sb_platform);
	if (s->state == SEEDBED_GATHERING)
		result = seedbed_gather(s);
	if (result == SB_OK)
		result = seedbed_read(s, out, len);
	if (sb_platform.leave)
		sb_platform.leave();
	return result;
}

int seedbed_random(void *out, size_t len)
{
	int result = SB_EAGAIN;

	if (!sb_outside(&shared_instance, out, len))
		return SB_EINVAL;
	for (int round = 0; round < SHARED_ROUNDS && result == SB_EAGAIN; round++)
		result = shared_step(out, len);
	if (result != SB_OK)
		memset(out, 0, len);
	return result;
}
SB_OWN(seedbed_random);
