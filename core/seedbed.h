/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * seedbed: random bytes for machines without an operating system. It refuses
 * rather than guesses. It never hangs. It says why it refuses. The rules and
 * their reasons are in docs/design.md.
 *
 * The results are those of sb_hal.h:
 *   SB_OK      done
 *   SB_EAGAIN  not now: call seedbed_gather and ask again
 *   SB_EIO     refused: seedbed_status says why
 *   SB_EINVAL  a mistake of the caller
 *
 * Memory that holds no instance gives SB_EIO: it was never initialised, it was
 * wiped, or it is a copy of an instance.
 *
 * Interrupts: an interrupt handler that calls in while another call runs gets
 * SB_EAGAIN and changes nothing. Never call seedbed_init from one.
 *
 * Tasks that may preempt each other must lock every call except seedbed_event
 * and seedbed_random, which takes the lock of the platform itself.
 */
#ifndef SEEDBED_H
#define SEEDBED_H

#include "sb_hal.h"
#include "sb_loop.h"

#ifdef __cplusplus
extern "C" {
#endif

#define SEEDBED_VERSION "0.2.0"
#define SEEDBED_VERSION_NUMBER 200 /* major * 10000 + minor * 100 + patch */

#define SEEDBED_SOURCES_MAX 8

/*
 * Credited bits before the first output: a security strength of 256 and half as
 * much for a nonce, SP 800-90A rev. 1 section 8.6.7.
 */
#define SEEDBED_FIRST_BITS 384
/* Credited bits before each later reseed, which happens in one step. */
#define SEEDBED_RESEED_BITS 256

#if defined(__GNUC__)
#define SEEDBED_CHECK __attribute__((warn_unused_result))
#else
#define SEEDBED_CHECK
#endif

enum seedbed_state {
	SEEDBED_EMPTY,
	SEEDBED_GATHERING,
	SEEDBED_READY,
	SEEDBED_DEGRADED,
	SEEDBED_FAILED,
	SEEDBED_STATES /* how many there are */
};

/* The credit of a source counts from SEEDBED_LIVE on. */
enum seedbed_source_state {
	SEEDBED_ABSENT, /* or unfit, unseen: the reason tells */
	SEEDBED_RETIRED,
	SEEDBED_STOPPED,
	SEEDBED_STARTUP,
	SEEDBED_LIVE,
	SEEDBED_USED_UP,
	SEEDBED_SOURCE_STATES /* how many there are */
};

enum seedbed_reason {
	SEEDBED_NONE,
	/* of an instance */
	SEEDBED_NEEDS_BITS,  /* fewer credited bits than asked for */
	SEEDBED_NEEDS_ROUND, /* enough bits, but a present source is unheard */
	SEEDBED_STALLED,     /* too long without progress: seedbed_gather */
	SEEDBED_NO_SOURCE,   /* no source is here that may be credited */
	SEEDBED_CLONED,      /* the epoch changed; starting over */
	SEEDBED_NO_EPOCH,    /* epoch unreadable, perhaps new; starting over */
	SEEDBED_TOLD,        /* seedbed_reseed; starting over */
	SEEDBED_NEEDS_SPLIT, /* a child without own sources: split it again */
	SEEDBED_LOST_SOURCE, /* serving, but one failed: see seedbed_inspect */
	SEEDBED_CORRUPT,     /* the state and its redundant copy differ */
	/* of a source */
	SEEDBED_NOT_FOUND,  /* its probe said so */
	SEEDBED_PENDING,    /* the last read got no answer yet */
	SEEDBED_FAULT,      /* a fault, or the driver broke its contract */
	SEEDBED_REPETITION, /* repetition count test, SP 800-90B, 4.4.1 */
	SEEDBED_PROPORTION, /* adaptive proportion test, SP 800-90B, 4.4.2 */
	SEEDBED_REPLAY,     /* the same answer twice running */
	SEEDBED_DISTRUSTED, /* sb_hal.distrust: mixed, never credited */
	SEEDBED_NOT_LOCAL,  /* of another CPU: a child does not use it */
	SEEDBED_UNFIT,      /* its probe: there, but must not be used here */
	/* of an instance again */
	SEEDBED_TOO_FEW, /* what could earn is used up, below 384 bits */
	/* of a source again */
	SEEDBED_SILENT, /* 128 reads without an answer */
	SEEDBED_UNSEEN, /* SB_EUNSEEN: not looked for everywhere */
	/* of an epoch */
	SEEDBED_NOT_UNDERSTOOD, /* SB_EUNFIT: there, in a form unknown here */
	/* of a source of timing noise: in the order of enum sb_result */
	SEEDBED_STANDS,      /* SB_ESTANDS */
	SEEDBED_COARSE,      /* SB_ECOARSE */
	SEEDBED_UNCACHED,    /* SB_EUNCACHED */
	SEEDBED_PREDICTABLE, /* SB_EPREDICTABLE */
	SEEDBED_UNRECORDED,  /* nobody recorded this CPU: half counts */
	SEEDBED_IN_RESERVE,  /* a last resort, not needed so far */
	SEEDBED_REASONS      /* how many there are */
};

/* What seedbed_status tells. Nothing in it is secret. */
struct seedbed_status {
	uint8_t state;  /* enum seedbed_state */
	uint8_t reason; /* enum seedbed_reason */
	uint8_t epoch;  /* 1: the machine has an epoch, so a clone is noticed */
	/*
	 * Why there is none: SEEDBED_NOT_FOUND, SEEDBED_NOT_UNDERSTOOD. Else
	 * SEEDBED_NONE.
	 */
	uint8_t epoch_reason;
	uint32_t bits; /* credited since the last reseed, in whole bits */
	/*
	 * Reads of sources since seedbed_init. A fast source is read up to 11
	 * times per round.
	 */
	uint32_t reads;
	/*
	 * Clones noticed and reseeds told. A secret drawn under another number
	 * may exist twice.
	 */
	uint32_t generation;
};

/* What seedbed_inspect tells of one source. */
struct seedbed_report {
	const char *name;
	uint16_t flags;  /* enum sb_flag */
	uint8_t state;   /* enum seedbed_source_state */
	uint8_t reason;  /* enum seedbed_reason, the last one */
	uint8_t alarms;  /* three retire the source */
	uint16_t credit; /* 1/256 bit a byte that counts here and now */
	uint32_t bits;   /* credited since the last start, whole bits */
	uint32_t bytes;  /* healthy bytes delivered */
};

/*
 * A consumer takes raw entropy for an accumulator of its own. source is an
 * index for seedbed_inspect, or one of:
 */
#define SEEDBED_FROM_EVENTS ((size_t)-2)
/* Starting over: bytes are the 16 of the epoch, zeros where there is none. */
#define SEEDBED_FROM_EPOCH ((size_t)-1)
struct seedbed;
struct seedbed_consumer {
	/* It must not call seedbed. */
	void (*take)(void *ctx, size_t source, const uint8_t *bytes, size_t len);
	void *ctx;
	/* seedbed's */
	struct seedbed_consumer *next;
	void (*serve)(struct seedbed *, size_t, const uint8_t *, size_t);
};

/*
 * One instance, in memory of the caller. The memory holds zeros (static storage
 * does) before its first init. The members are private.
 */
struct seedbed_slot {
	/* What decides comes first: the seal sums up these four words. */
	uint8_t state, reason, asked, alarms;
	uint16_t startup, same;
	uint32_t credit, bytes;
	uint16_t hits, window;
	uint8_t parts;
	uint16_t alarm_at; /* KiB */
	uint32_t part, last, first, answer, earned;
};
struct seedbed {
	/*
	 * The busy members come first: one instruction of a Cortex-M0 reaches
	 * no further. An event touches only cycles, a copy of that of hal, and
	 * the two words after it.
	 */
	const struct sb_hal *hal;
	uint64_t (*cycles)(void);
	uint32_t tags, times;
	/* Three words, which the seal sums up with those of the slots. */
	uint8_t state, reason, child, first;
	uint16_t distrust;
	uint8_t turn, alarmed;
	uint32_t way; /* of the keystream: core/stream.h */
	uint32_t seal;
	/* Its own address ^ hal ^ cycles. While a call runs: ~ its address. */
	volatile uintptr_t mark;
	uint32_t fruitless;
	uint32_t drained, generation, reads, served;
	uint32_t batch;          /* of buffered bytes; 0: a new key, an alarm */
	volatile uint32_t wiped; /* while a call ran, which must end it */
	uint64_t since;          /* no progress */
	struct seedbed_consumer *consumers;
	struct sb_hook hook;
	const struct sb_hal *hooked;
	uint32_t mixed[2], pool[8], key[8];
	uint8_t epoch[16];
	struct seedbed_slot slot[SEEDBED_SOURCES_MAX];
};

/*
 * Checks the table, probes the sources, and hooks the harvest into hal->loop.
 * On a live instance it starts over with this hal, and nothing mixed so far is
 * dropped. SB_EINVAL: a malformed table (s is left as it was).
 */
SEEDBED_CHECK int seedbed_init(struct seedbed *s, const struct sb_hal *hal);

/*
 * One bounded round: every source while gathering, one source and 48 bytes once
 * ready. SB_OK: ready. SB_EAGAIN: not yet. SB_EIO: stalled, or no longer
 * possible; a later round may still recover, and a child without a source must
 * be split again.
 *
 * Stalled is 256 rounds in a row without progress. With hal->loop, a source
 * that answers gets more: 60 s by now() or 2^18 rounds, whichever ends first.
 */
SEEDBED_CHECK int seedbed_gather(struct seedbed *s);

/*
 * Writes all len bytes or none, and never blocks. On failure out holds zeros.
 * SB_EAGAIN: not seeded, cloned just now, busy, or a source raised an alarm in
 * this very call. SB_EIO: refused. SB_EINVAL leaves out untouched: NULL, len >
 * PTRDIFF_MAX, or out within *s.
 */
SEEDBED_CHECK int seedbed_read(struct seedbed *s, void *out, size_t len);

/*
 * Something happened (interrupt, packet). Its time and its tag are mixed at no
 * credit; of the times, those of the last 32 events since a gather. It may
 * preempt any call, and itself. On memory of zeros (no init yet, wiped) it does
 * nothing. s is not NULL.
 */
void seedbed_event(struct seedbed *s, uint32_t tag);

/* Mixes data, never credits it. */
SEEDBED_CHECK int seedbed_stir(struct seedbed *s, const void *data, size_t len);

/*
 * "I was cloned, resumed, told to": starts over, keeps what was mixed, and
 * gives retired sources another chance (SP 800-90B, on-demand test).
 */
SEEDBED_CHECK int seedbed_reseed(struct seedbed *s);

/*
 * Makes child (zeroed, or an earlier child) ready from a ready parent. The
 * child uses only the SB_LOCAL sources of hal. It is not hooked into the loop
 * of hal: its own CPU calls seedbed_gather. If the parent fails, the child is
 * left gathering.
 */
SEEDBED_CHECK int seedbed_split(struct seedbed *child, struct seedbed *parent,
				const struct sb_hal *hal);

/*
 * A consumer gets draws of its own. They are health-tested and never credited
 * here. It gets 32 bytes of every live source to begin with; after that, every
 * other cycle of seedbed_gather over the sources is for the consumers. The
 * memory belongs to the caller. It serves one instance until it is removed.
 * SB_EINVAL: added already, or not there to remove.
 */
SEEDBED_CHECK int seedbed_add_consumer(struct seedbed *s, struct seedbed_consumer *consumer);
SEEDBED_CHECK int seedbed_remove_consumer(struct seedbed *s, struct seedbed_consumer *consumer);

/* SB_OK, or SB_EINVAL beyond the last source (and in a wiped instance). */
int seedbed_inspect(const struct seedbed *s, size_t i, struct seedbed_report *r);
struct seedbed_status seedbed_status(const struct seedbed *s);
/* A few words of plain English. Linked only if called. */
const char *seedbed_reason_text(unsigned reason);
/* The keystream that the last start chose; "" without one. */
const char *seedbed_stream(const struct seedbed *s);

/*
 * Stops the sources, unhooks, leaves zeros. While a call runs (from an
 * interrupt, a driver, a consumer) it erases the key and the pool; that call
 * does the rest when it ends, and ends in SB_EIO.
 */
void seedbed_wipe(struct seedbed *s);
/*
 * After seedbed_wipe: the name of a driver whose device did not confirm its
 * reset, or NULL. Such a device may still write into the memory that it was
 * given, so that memory must not be reused. Linked only if called.
 */
const char *seedbed_held(const struct sb_hal *hal);

/*
 * Reads from the shared instance over sb_platform. The first call initialises
 * it. A call makes at most 64 rounds, each inside hal enter and leave.
 */
SEEDBED_CHECK int seedbed_random(void *out, size_t len);
/*
 * The shared instance, for the other calls. Where there are tasks, make them
 * between sb_platform.enter and leave.
 */
struct seedbed *seedbed_shared(void);

/*
 * Known answers of the hash and the cipher on this very CPU: SB_OK or SB_EIO.
 * Linked only if called.
 */
SEEDBED_CHECK int seedbed_selftest(void);

#ifdef __cplusplus
}
#endif
#endif
