/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What confidential.c needs of confidential_ISA.c: machines that differ from
 * this one only in what they say of being confidential.
 */
#ifndef CONFIDENTIAL_H
#define CONFIDENTIAL_H

#include "sb_hal.h"

struct confidential_machine {
	const char *name;
	uint16_t distrust; /* what its sb_hal.distrust must say */
};

extern const struct confidential_machine confidential_machines[];
extern const size_t confidential_count;

/*
 * Makes this machine number i, with the CPU's instruction or without it.
 * Returns the ctx for its drivers.
 */
void *confidential_become(size_t i, int instruction);
uint16_t confidential_distrust(void);

#endif
