/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Waits for a second and a half. The test looks how long the machine was busy
 * meanwhile. SPINS: as long, with a wait that does not sleep.
 */
#include "board.h"
#include "stress.h"

#define SLEEP_NS 1500000000u

int main(void)
{
	const struct sb_loop *loop = sb_platform.loop;
	uint64_t deadline = loop->now() + SLEEP_NS;
	uint32_t waits = 0;

	for (; loop->now() < deadline; waits++)
#ifdef SPINS
		loop->wait(0);
#else
		loop->wait(deadline);
#endif
	stress_say("waits", waits);
	return 0;
}
