/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * seedbed: random bytes for machines without an operating system. It refuses rather than guesses, never hangs, and says why.
 *
 * Results are those of sb_hal.h: SB_OK, SB_EAGAIN (not now; call seedbed_gather and ask again), SB_EIO (refused: seedbed_status says
 * why), SB_EINVAL (the caller's mistake). SB_EAGAIN from an interrupt handler inside of another call: nothing was touched; seedbed_init is none
 * for a handler. Tasks that may preempt each other need a lock around every call but seedbed_event; seedbed_random has the platform's. SB_EIO on
 * memory that holds no instance: never initialised, wiped, or a copy of one. Rules and reasons: docs/design.md.
 */
#ifndef SEEDBED_H
#define SEEDBED_H

#include "sb_hal.h"
#include "sb_loop.h"

#ifdef __cplusplus
extern "C" {
#endif

#define SEEDBED_VERSION "0.2.0"
#define SEEDBED_SOURCES_MAX 8
/* Credited bits before the first output: a security strength of 256 and half as much for a nonce, SP 800-90A rev. 1 section 8.6.7;
   and before each later reseed, which happens in one step. */
#define SEEDBED_FIRST_BITS 384
#define SEEDBED_RESEED_BITS 256

#if defined(__GNUC__)
#define SEEDBED_CHECK __attribute__((warn_unused_result))
#else
#define SEEDBED_CHECK
#endif

enum seedbed_state { SEEDBED_EMPTY, SEEDBED_GATHERING, SEEDBED_READY, SEEDBED_DEGRADED, SEEDBED_FAILED };
/* Credit counts from SEEDBED_LIVE on. */
enum seedbed_source_state { SEEDBED_ABSENT, SEEDBED_RETIRED, SEEDBED_STOPPED, SEEDBED_STARTUP, SEEDBED_LIVE, SEEDBED_USED_UP };

enum seedbed_reason {
	SEEDBED_NONE,
	/* of an instance */
	SEEDBED_NEEDS_BITS,  /* fewer credited bits than asked for */
	SEEDBED_NEEDS_ROUND, /* bits enough, but a source that is present has not been heard yet */
	SEEDBED_STALLED,     /* 256 rounds without progress */
	SEEDBED_NO_SOURCE,   /* nothing left on this machine that may be credited */
	SEEDBED_CLONED,      /* the epoch changed; starting over */
	SEEDBED_NO_EPOCH,    /* the epoch cannot be read, so it may have changed; starting over */
	SEEDBED_TOLD,        /* seedbed_reseed; starting over */
	SEEDBED_NEEDS_SPLIT, /* a child without a source of its own: split it again */
	SEEDBED_LOST_SOURCE, /* serving, but a source failed: seedbed_inspect names it */
	SEEDBED_CORRUPT,     /* the state and its redundant copy differ */
	/* of a source */
	SEEDBED_NOT_FOUND,  /* probe said so */
	SEEDBED_PENDING,    /* the last read got no answer yet */
	SEEDBED_FAULT,      /* the driver reported a fault or broke its contract */
	SEEDBED_REPETITION, /* repetition count test, SP 800-90B section 4.4.1 */
	SEEDBED_PROPORTION, /* adaptive proportion test, section 4.4.2 */
	SEEDBED_REPLAY,     /* the same answer twice running */
	SEEDBED_DISTRUSTED, /* sb_hal.distrust: mixed, never credited */
	SEEDBED_NOT_LOCAL   /* another CPU's: not used by a child */
};

/* What seedbed_status tells. Nothing in it is secret. */
struct seedbed_status {
	uint8_t state;       /* enum seedbed_state */
	uint8_t reason;      /* enum seedbed_reason */
	uint8_t epoch;       /* 1: this machine has an epoch, so a clone is noticed */
	uint32_t bits;       /* credited to the pool since the last reseed, whole bits */
	uint32_t reads;      /* reads of sources since seedbed_init; on SB_FAST ones many a round */
	uint32_t generation; /* clones noticed and reseeds told: a secret drawn under another number may exist twice */
};

/* What seedbed_inspect tells of one source. */
struct seedbed_report {
	const char *name;
	uint8_t flags, state, reason, alarms; /* sb_flag, seedbed_source_state, the last seedbed_reason, alarms (three retire it) */
	uint16_t credit;                      /* 1/256 bit a byte that counts here and now */
	uint32_t bits;                        /* credited since the last start, whole bits */
	uint32_t bytes;                       /* healthy bytes delivered */
};

/* Takes raw entropy for a dependent's own accumulator. source: an index for seedbed_inspect, or one of: */
#define SEEDBED_FROM_EVENTS ((size_t)-2)
#define SEEDBED_FROM_EPOCH ((size_t)-1) /* starting over: bytes are the epoch's 16, zeros where there is none */
struct seedbed_handler {
	void (*take)(void *ctx, size_t source, const uint8_t *bytes, size_t len); /* must not call seedbed */
	void *ctx;
	struct seedbed_handler *next; /* seedbed's */
};

/* One instance, in memory of the caller's: zeroed (static storage) before its first init. The members are private. */
struct seedbed_slot {
	uint32_t last, first, answer;
	uint16_t same, hits, window, startup;
	uint32_t credit, earned, bytes;
	uint8_t state, reason, asked, alarms;
};
struct seedbed {
	const struct sb_hal *hal; /* the small and busy members first: a Cortex-M0 reaches no further in one instruction */
	uint64_t (*cycles)(void); /* hal's, and two words: all that an event touches */
	uint32_t tags, times;
	volatile uint8_t busy;
	uint8_t state, guard, reason, turn, distrust, child, first, alarmed;
	uint16_t fruitless;
	uint32_t drained, generation, reads, served;
	struct seedbed_handler *handlers;
	struct sb_hook hook;
	uint32_t mixed[2], pool[8], key[8];
	uint8_t epoch[16];
	struct seedbed_slot slot[SEEDBED_SOURCES_MAX];
};

/* Checks the table, probes the sources, hooks the harvest into hal->loop. Again on a live instance: starts over with this hal, and
   nothing mixed so far is dropped. SB_EINVAL: a malformed table (s is left as it was). */
SEEDBED_CHECK int seedbed_init(struct seedbed *s, const struct sb_hal *hal);

/* One bounded round: every source while gathering, one source and 48 bytes once ready. SB_OK: ready; SB_EAGAIN: not yet;
   SB_EIO: stalled or no longer possible (a later round may still recover; a child without a source must be split again). */
SEEDBED_CHECK int seedbed_gather(struct seedbed *s);

/* len bytes or none; never blocks. On failure out holds zeros, but for SB_EINVAL (NULL, len > PTRDIFF_MAX, out within *s): untouched.
   SB_EAGAIN: not seeded, or cloned just now, or busy, or a source raised an alarm within this very call. SB_EIO: refused. */
SEEDBED_CHECK int seedbed_read(struct seedbed *s, void *out, size_t len);

/* Something happened (interrupt, packet): its time and tag are mixed at no credit, the times of the last 32 since a gather. May preempt any
   call, nested too. On memory of zeros (no init yet, wiped) it does nothing; s is not NULL. */
void seedbed_event(struct seedbed *s, uint32_t tag);

/* Mixes data, never credits it. */
SEEDBED_CHECK int seedbed_stir(struct seedbed *s, const void *data, size_t len);

/* "I was cloned, resumed, told to": start over, keep what was mixed, give retired sources another chance (SP 800-90B on-demand test). */
SEEDBED_CHECK int seedbed_reseed(struct seedbed *s);

/* Makes child (zeroed, or an earlier child) ready from a ready parent. It uses the SB_LOCAL sources of hal alone, and is not hooked into its loop: its
   own CPU calls seedbed_gather. On a failure of the parent's it is left gathering. */
SEEDBED_CHECK int seedbed_split(struct seedbed *child, struct seedbed *parent, const struct sb_hal *hal);

/* The handler gets draws of its own, health-tested and never credited here: 32 bytes of every live source to begin with, then every
   other cycle of seedbed_gather over the sources. The memory is the caller's, for one instance, until removed. SB_EINVAL: added already,
   or not there to remove. */
SEEDBED_CHECK int seedbed_add_handler(struct seedbed *s, struct seedbed_handler *h);
SEEDBED_CHECK int seedbed_remove_handler(struct seedbed *s, struct seedbed_handler *h);

/* SB_OK, or SB_EINVAL beyond the last source (and in a wiped instance). */
int seedbed_inspect(const struct seedbed *s, size_t i, struct seedbed_report *r);
struct seedbed_status seedbed_status(const struct seedbed *s);
const char *seedbed_reason_text(unsigned reason); /* a few words of plain English; linked only if called */

/* Stops the sources, unhooks, leaves zeros. Nothing happens to a busy instance: wipe it from the context that is inside. */
void seedbed_wipe(struct seedbed *s);

/* The shared instance over sb_platform: initialised at the first call, at most 64 rounds, inside hal enter and leave. */
SEEDBED_CHECK int seedbed_random(void *out, size_t len);
struct seedbed *seedbed_shared(void); /* for what else there is to call; where there are tasks, between sb_platform.enter and leave */

/* Known answers of the hash and the cipher on this very CPU: SB_OK or SB_EIO. Linked only if called. */
SEEDBED_CHECK int seedbed_selftest(void);

#ifdef __cplusplus
}
#endif
#endif
