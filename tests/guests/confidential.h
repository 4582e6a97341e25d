/* SPDX-License-Identifier: BSD-2-Clause */
/* What tests/confidential.c asks of tests/confidential_ISA.c: machines that differ from this one in what they say of being confidential. */
#ifndef CONFIDENTIAL_H
#define CONFIDENTIAL_H

#include "sb_hal.h"

struct confidential_machine {
	const char *name;
	uint8_t distrust; /* what its sb_hal.distrust must say */
};

extern const struct confidential_machine confidential_machines[];
extern const size_t confidential_count;

/* From now on this is the machine: number i, with the CPU's instruction as it is here or without it. What its drivers get as ctx. */
void *confidential_become(size_t i, int instruction);
uint8_t confidential_distrust(void);

#endif
