/* SPDX-License-Identifier: BSD-2-Clause */
/* A machine that does what a test tells it to: scripted sources, counter, epoch, loop and lock. There is one; fake_reset makes it new. */
#ifndef FAKE_H
#define FAKE_H

#include "core.h"

/* What a source does with a read; value means what the mode says. */
enum fake_mode {
	FAKE_HONEST, /* pseudo-random bytes, as many as asked for */
	FAKE_STUCK,  /* every byte is value */
	FAKE_SHORT,  /* honest, at most value bytes an answer */
	FAKE_REPLAY, /* the first answer for ever */
	FAKE_ONCE,   /* honest, value bytes in all, then SB_ENODEV */
	FAKE_FLAP,   /* SB_EAGAIN value times before each honest answer */
	FAKE_COARSE, /* bytes of value bits of entropy each */
	FAKE_RESULT, /* fills the buffer, returns value: an error or a lie */
	FAKE_OVER    /* fills the buffer, returns len + value */
};

struct fake_source {
	struct sb_driver driver;
	enum fake_mode mode;
	int value;
	unsigned from, until; /* the reads, counted from 0, in which the script holds: honest before and after. until 0: for ever */
	int probe;            /* what probe returns */
	uint32_t seed;        /* of the honest bytes */
	int flip;             /* honest byte number flip has a bit turned over; -1: none */
	unsigned probes, reads, stops, bytes; /* calls so far, bytes handed over */
	size_t longest;                       /* the most bytes asked for at once */
	uint8_t last[64];                     /* the last honest bytes */
};

struct fake_machine {
	struct sb_hal hal;
	struct sb_source table[SEEDBED_SOURCES_MAX + 1];
	struct fake_source source[SEEDBED_SOURCES_MAX + 1];
	uint64_t now, step; /* the counter; step is added at each reading */
	int lcg;            /* or it runs through a linear congruential generator */
	unsigned readings;
	uint8_t id[16]; /* the epoch, and what reading it returns */
	int epoch;
	unsigned epochs, change_at; /* readings so far; at which one id[0] changes: 1 is the first, 0 none */
	uint8_t distrust;
	unsigned enters, leaves, nested; /* of the lock; how often it was entered twice */
	struct sb_hook *hooks;
	void (*in_read)(void), (*in_stop)(void), (*in_cycles)(void); /* what happens within a driver or a reading of the counter */
	int inside;                                                  /* it is happening: not again */
};

extern struct fake_machine fake;
extern struct seedbed bed, twin; /* what the tests work on: zeroed by fake_reset */

void fake_reset(void);
int fake_setup(void **state); /* the same, for CMocka */
#define ON_NEW(test) cmocka_unit_test_setup(test, fake_setup)

/* One more source. Width 1 and entropy = credit for SB_NOISE, else width 8 and full entropy. */
struct fake_source *fake_add(unsigned flags, uint16_t credit);
#define FAKE_RDSEED (SB_CONDITIONED | SB_LOCAL | SB_FAST), 2048
#define FAKE_RDRAND (SB_CONDITIONED | SB_LOCAL | SB_FAST), 4
#define FAKE_VIRTIO (SB_CONDITIONED | SB_HOST), 2048
#define FAKE_TRNG SB_NOISE, 1024

void fake_script(struct fake_source *f, enum fake_mode mode, int value);

/* Init, then rounds until the instance serves: their number, or -1 after 100. */
int fake_ready(struct seedbed *s);
unsigned fake_reads(void); /* of all sources */
unsigned fake_hooked(void); /* hooks in the loop */
struct seedbed_report fake_report(const struct seedbed *s, size_t i);

/* Is a piece of n bytes of secret anywhere in the memory? */
int fake_found(const void *memory, size_t size, const void *secret, size_t len, size_t n);

#endif
