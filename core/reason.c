/* SPDX-License-Identifier: BSD-2-Clause */
#include "seedbed.h"

/* A reason without a text is an error of the compiler: no default below. */
#pragma GCC diagnostic push
#pragma GCC diagnostic error "-Wswitch"

static const char *reason_text(enum seedbed_reason reason)
{
	switch (reason) {
	case SEEDBED_NONE:
		return "none";
	case SEEDBED_NEEDS_BITS:
		return "not enough credited bits yet";
	case SEEDBED_NEEDS_ROUND:
		return "a source that is present has not been heard yet";
	case SEEDBED_STALLED:
		return "256 rounds without progress";
	case SEEDBED_NO_SOURCE:
		return "no source on this machine may be credited";
	case SEEDBED_CLONED:
		return "the machine was cloned: starting over";
	case SEEDBED_NO_EPOCH:
		return "the machine's epoch cannot be read";
	case SEEDBED_TOLD:
		return "told to start over";
	case SEEDBED_NEEDS_SPLIT:
		return "a child without a source: split it again";
	case SEEDBED_LOST_SOURCE:
		return "a source was lost";
	case SEEDBED_CORRUPT:
		return "the instance was overwritten";
	case SEEDBED_NOT_FOUND:
		return "not on this machine";
	case SEEDBED_PENDING:
		return "no answer yet";
	case SEEDBED_FAULT:
		return "the device or instruction failed";
	case SEEDBED_REPETITION:
		return "repetition count test";
	case SEEDBED_PROPORTION:
		return "adaptive proportion test";
	case SEEDBED_REPLAY:
		return "the same answer twice";
	case SEEDBED_DISTRUSTED:
		return "not trusted on this machine";
	case SEEDBED_NOT_LOCAL:
		return "belongs to another CPU";
	}
	return NULL;
}

#pragma GCC diagnostic pop

const char *seedbed_reason_text(unsigned reason)
{
	/* The bound is for enumerations of one byte (-fshort-enums). */
	const char *text = reason <= UINT8_MAX ? reason_text((enum seedbed_reason)reason) : NULL;

	return text ? text : "unknown";
}
SB_OWN(seedbed_reason_text);
