/* SPDX-License-Identifier: BSD-2-Clause */
/* What the files of seedbed's own program share. */
#ifndef BEDS_H
#define BEDS_H

#include "seedbed.h"
#include "turns.h"

/* An instance of its own, over some sources of the board, by one keystream. */
struct bench_bed {
	struct seedbed bed;
	struct sb_hal hal;
	struct sb_source sources[SEEDBED_SOURCES_MAX];
	unsigned way;
};

/*
 * The board's table, with the sources that have all flags of `with` and none of
 * `without`. With no lock and no loop.
 */
void bench_table(struct bench_bed *b, uint16_t with, uint16_t without);
/* Until it serves. 0: it does. */
int bench_ready(struct bench_bed *b);

/* Adds "seedbed threads N" for 1, 2 and 4, and "seedbed_event". */
void bench_threads(unsigned way);
/* Adds "instructions of ...", where the CPU can count them. */
void bench_steps(struct bench_bed *b);
/* How often such a call asks CPUID; 0 where the CPU has none. */
unsigned bench_cpuids(turns_make make, void *ctx);
/* Adds the buffered reader, with an epoch and without. */
void bench_buffered(unsigned way);

#endif
