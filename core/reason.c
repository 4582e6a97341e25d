/* SPDX-License-Identifier: BSD-2-Clause */
#include "seedbed.h"

const char *seedbed_reason_text(unsigned reason)
{
	static const char *const text[] = {
		[SEEDBED_NONE] = "none",
		[SEEDBED_NEEDS_BITS] = "not enough credited bits yet",
		[SEEDBED_NEEDS_ROUND] = "a source that is present has not been heard yet",
		[SEEDBED_STALLED] = "256 rounds without progress",
		[SEEDBED_NO_SOURCE] = "no source on this machine may be credited",
		[SEEDBED_CLONED] = "the machine was cloned: starting over",
		[SEEDBED_NO_EPOCH] = "the machine's epoch cannot be read",
		[SEEDBED_TOLD] = "told to start over",
		[SEEDBED_NEEDS_SPLIT] = "a child without a source: split it again",
		[SEEDBED_LOST_SOURCE] = "a source was lost",
		[SEEDBED_CORRUPT] = "the instance was overwritten",
		[SEEDBED_NOT_FOUND] = "not on this machine",
		[SEEDBED_PENDING] = "no answer yet",
		[SEEDBED_FAULT] = "the device or instruction failed",
		[SEEDBED_REPETITION] = "repetition count test",
		[SEEDBED_PROPORTION] = "adaptive proportion test",
		[SEEDBED_REPLAY] = "the same answer twice",
		[SEEDBED_DISTRUSTED] = "not trusted on this machine",
		[SEEDBED_NOT_LOCAL] = "belongs to another CPU",
	};

	return reason < sizeof text / sizeof *text ? text[reason] : "unknown";
}
SB_OWN(seedbed_reason_text);
