/* SPDX-License-Identifier: BSD-2-Clause */
#include "seedbed.h"

const char *seedbed_reason_text(unsigned reason)
{
	/* In the order of enum seedbed_reason. */
	static const char *const text[] = {
		"none",
		"not enough credited bits yet",
		"a source that is present has not been heard yet",
		"too long without progress",
		"no source on this machine may be credited",
		"the machine was cloned: starting over",
		"the machine's epoch cannot be read",
		"told to start over",
		"a child without a source: split it again",
		"a source was lost",
		"the instance was overwritten",
		"not on this machine",
		"no answer yet",
		"the device or instruction failed",
		"repetition count test",
		"adaptive proportion test",
		"the same answer twice",
		"not trusted on this machine",
		"belongs to another CPU",
		"present, but must not be used here",
		"all sources together have fewer than 384 bits",
		"silent: no answer to 128 reads in a row",
		"not found, and not looked at everywhere",
		"epoch not understood",
		"counter stands",
		"counter too coarse",
		"no cache effect",
		"predictable",
		"nobody recorded this CPU: half counts",
		"a last resort, not needed so far",
	};

	_Static_assert(sizeof text / sizeof *text == SEEDBED_REASONS, "a text for each reason");
	return reason < SEEDBED_REASONS ? text[reason] : "unknown";
}
SB_OWN(seedbed_reason_text);
