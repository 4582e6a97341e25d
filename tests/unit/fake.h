/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * A machine by script: its sources, counter, epoch, loop and lock do what a
 * test tells them to. There is one machine. fake_reset makes it new.
 */
#ifndef FAKE_H
#define FAKE_H

#include "core.h"

/* What a source does with a read. The mode says what value means. */
enum fake_mode {
	FAKE_HONEST, /* pseudo-random bytes, as many as asked for */
	FAKE_STUCK,  /* every byte is value */
	FAKE_SHORT,  /* honest, but at most value bytes an answer */
	FAKE_REPLAY, /* always its first answer */
	FAKE_ONCE,   /* honest for value bytes in all, then SB_ENODEV */
	FAKE_FLAP,   /* SB_EAGAIN value times before each honest answer */
	FAKE_COARSE, /* bytes with value bits of entropy each */
	FAKE_RESULT, /* fills the buffer and returns value, an error or a lie */
	FAKE_OVER    /* fills the buffer and returns len + value */
};

struct fake_source {
	struct sb_driver driver;
	enum fake_mode mode;
	int value;
	/*
	 * The script holds in these reads, counted from 0. Before and after
	 * them the source is honest. until 0: the script holds for ever.
	 */
	unsigned from, until;
	int probe;     /* what probe returns */
	uint32_t seed; /* of the honest bytes */
	int flip;      /* in honest byte number flip a bit is turned over; -1: in none */
	unsigned probes, reads, stops, bytes; /* calls so far, and bytes handed over */
	size_t longest;                       /* the most bytes asked for at once */
	uint8_t last[64];                     /* the last bytes of an honest answer */
};

struct fake_machine {
	struct sb_hal hal;
	struct sb_source table[SEEDBED_SOURCES_MAX + 1];
	struct fake_source source[SEEDBED_SOURCES_MAX + 1];
	uint64_t now, step; /* the counter; each reading adds step */
	int lcg;            /* the counter is a linear congruential generator instead */
	unsigned readings;
	uint8_t id[16]; /* the epoch, and what reading it returns */
	int epoch;
	/*
	 * Readings so far, and the one at which id[0] changes. 1 is the first;
	 * 0: it never changes.
	 */
	unsigned epochs, change_at;
	uint16_t distrust;
	unsigned enters, leaves, nested; /* of the lock; nested: entered while it was held */
	struct sb_hook *hooks;
	/*
	 * What happens within a driver or a reading of the counter; in_any
	 * within each function of the machine. inside: it happens now, and does
	 * not happen again within itself.
	 */
	void (*in_read)(void), (*in_stop)(void), (*in_cycles)(void), (*in_any)(void);
	int inside;
};

extern struct fake_machine fake;
extern struct seedbed bed, twin; /* what the tests work on; fake_reset clears it */

void fake_reset(void);
int fake_setup(void **state); /* the same, for CMocka */
#define ON_NEW(test) cmocka_unit_test_setup(test, fake_setup)

/*
 * Adds a source. With SB_NOISE its width is 1 and its entropy is its credit,
 * else its width is 8 and its entropy is full.
 */
struct fake_source *fake_add(unsigned flags, uint16_t credit);
#define FAKE_RDSEED (SB_CONDITIONED | SB_LOCAL | SB_FAST), 2048
#define FAKE_RDRAND (SB_CONDITIONED | SB_LOCAL | SB_FAST), 4
#define FAKE_VIRTIO (SB_CONDITIONED | SB_HOST), 2048
#define FAKE_TRNG SB_NOISE, 1024

/* What SB_ASSESSED says, while a test runs. */
void fake_assess(struct sb_driver *driver, uint32_t bits, uint32_t bytes);
struct sb_cutoffs fake_cutoffs(uint32_t h);

void fake_script(struct fake_source *f, enum fake_mode mode, int value);

/*
 * Init, then rounds until the instance serves. Returns how many rounds, or -1
 * if FAKE_ROUNDS are not enough.
 */
#define FAKE_ROUNDS 100
int fake_ready(struct seedbed *s);
unsigned fake_reads(void);  /* of all sources */
unsigned fake_hooked(void); /* hooks in the loop */
struct seedbed_report fake_report(const struct seedbed *s, size_t i);

/* Whether any n bytes of the secret stand in a row in the memory. */
int fake_found(const void *memory, size_t size, const void *secret, size_t len, size_t n);

#endif
