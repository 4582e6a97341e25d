/* SPDX-License-Identifier: BSD-2-Clause */
#include "beds.h"

unsigned bench_cpuids(turns_make make, void *ctx)
{
	(void)make, (void)ctx;
	return 0;
}

void bench_steps(struct bench_bed *b)
{
	(void)b;
	turns_lacks("instructions of a read", "no trap flag");
	turns_lacks("instructions of an event", "no trap flag");
}
