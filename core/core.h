/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What the files of core/ tell each other. A function is named after the file
 * that defines it.
 *
 * The files in the order of their calls: a file calls functions of files above
 * it alone.
 *   wipe.c bytes.c rounds.c hook.c health.c reason.c table.c
 *   blake2s.c      hash.h
 *   chacha20.c chacha20_known.c     stream.h
 *   stream.c       the keystream that is linked
 *   selftest.c
 *   pool.c         what was mixed
 *   source.c       asks, credits, retires
 *   instance.c     the way into an instance and out of it
 *   event.c
 *   gather.c       from sources to a key
 *   consumer.c     draws for others
 *   fast.c         the fast sources of reads
 *   rng.c          from a key to outputs
 *   harvest.c      an event loop's rounds and clock
 *   seedbed.c      the life of an instance
 *   shared.c       the shared instance
 *   buffer.c       bytes made ahead     seedbed_buffer.h
 */
#ifndef SB_CORE_H
#define SB_CORE_H

#include "seedbed.h"
#include "hash.h"
#include "stream.h"

/*
 * All that core asks of a C library. A freestanding compiler calls these of its
 * own accord, and memcpy and memmove too.
 */
void *memset(void *at, int byte, size_t len);
int memcmp(const void *a, const void *b, size_t len);

#define SB_CHUNK 48       /* bytes asked at once, and data of a pool frame */
#define SB_FULL_BITS 256u /* credit is counted in 1/256 bit */
#define SB_ALARMS_MAX 3   /* alarms that retire a source */
/*
 * Alarms are forgotten after so many healthy bytes since the last one. False
 * alarms are rare, and come with any source in time.
 */
#define SB_ALARMS_FORGOTTEN (1u << 24)
#define SB_ROUNDS_HEARD 8    /* a source asked so often counts as heard */
#define SB_BYTES_HEARD 32    /* and so does one that delivered so many bytes */
#define SB_FRUITLESS_MAX 256 /* rounds without progress: stalled */
/*
 * The reason of a slot while its source is pending: from here on it counts the
 * reads without an answer, up to the point where the source is silent.
 */
#define SB_PENDING 128
#define SB_SILENT 255
/*
 * Where there is a clock, a source that has answered gets more: so long without
 * progress, or so many rounds, whichever ends first.
 */
#define SB_PATIENCE_NS 60000000000u
#define SB_PATIENCE_ROUNDS (1u << 18)

/* wipe.c */
void sb_wipe(void *at, size_t len);
int sb_wipe_stack(int result); /* the dead frames below its caller; the result */

/* bytes.c: len bytes of words, the low byte of a word first. */
void sb_bytes(uint8_t *out, const uint32_t *words, size_t len);
/* The other way: words holds zeros, and gets len bytes. */
void sb_words(uint32_t *words, const uint8_t *bytes, size_t len);

/*
 * rounds.c: the ten rounds of BLAKE2s over v, or, with a mask of 0, the twenty
 * of ChaCha20. turns are the four rotations to the right.
 */
void sb_rounds_mix(uint32_t v[16], unsigned g, uint32_t x, uint32_t y, uint32_t turns);
extern const uint8_t sb_rounds_sigma[80];
#define SB_TURNS(a, b, c, d) ((uint32_t)(a) | (b) << 5 | (c) << 10 | (d) << 15)

/* health.c: SP 800-90B section 4. */
struct sb_cutoffs {
	uint16_t repetition; /* so many equal samples in a row */
	uint16_t proportion; /* so many in a window of SB_APT_WINDOW */
};
#define SB_APT_WINDOW 512
#define SB_STARTUP_SAMPLES 1024 /* SB_NOISE, section 4.3 */
#define SB_STARTUP_BYTES 64     /* SB_CONDITIONED */

void sb_health_start(struct seedbed_slot *slot, const struct sb_driver *driver);
/*
 * Runs the continuous tests over one answer. Returns the bytes of the samples
 * that became whole in it, or minus the seedbed_reason of the alarm.
 */
int sb_health_test(struct seedbed_slot *slot, const struct sb_driver *driver, const uint8_t *buf,
		   size_t len);
int sb_health_samples(struct seedbed_slot *slot, struct sb_cutoffs cut, const uint8_t *buf,
		      size_t len, size_t width);

/*
 * For the compiler alone: what was stored before it is stored before what comes
 * after it, as an interrupt sees it.
 */
static inline void sb_barrier(void)
{
	__asm__ volatile("" : : : "memory");
}

/* instance.c: 1 while a call runs. */
static inline int sb_inside(const struct seedbed *s)
{
	return s->mark == ~(uintptr_t)s;
}

static inline void sb_inside_set(struct seedbed *s)
{
	s->mark = ~(uintptr_t)s;
	sb_barrier();
}

static inline void sb_state_set(struct seedbed *s, enum seedbed_state state,
				enum seedbed_reason reason)
{
	s->state = (uint8_t)state;
	s->reason = (uint8_t)reason;
}

static inline int sb_serving(const struct seedbed *s)
{
	return s->state >= SEEDBED_READY; /* FAILED is told, and never stored */
}

/*
 * pool.c: a hash over frames of 64 bytes,
 * {kind, index, len, 0.., counter[8], data[48]}.
 */
enum sb_frame {
	SB_FRAME_SOURCE = 'S',
	SB_FRAME_CONSUMER = 'H',
	SB_FRAME_EVENT = 'E',
	SB_FRAME_STIR = 'U',
	SB_FRAME_EPOCH = 'I',
	SB_FRAME_PARENT = 'P',
	SB_FRAME_KEY = 'K'
};
void sb_pool_start(struct seedbed *s);
/* len is at most SB_CHUNK. */
void sb_pool_mix(struct seedbed *s, enum sb_frame kind, size_t index, const uint8_t *data,
		 size_t len);
/* key = hash(pool, key). The pool starts anew. */
void sb_pool_rekey(struct seedbed *s);

/* source.c. i is an index below hal->source_count. */

/*
 * One bounded ask: up to SB_CHUNK bytes, which are mixed, tested, credited.
 * Returns 1 if it made progress towards credit, else 0.
 */
int sb_source_ask(struct seedbed *s, size_t i);
/*
 * Up to len <= SB_CHUNK healthy bytes of a live source into buf, neither mixed
 * nor credited. A seed is for the pool alone, so it gives none. Returns a
 * count; SB_EAGAIN: none now; SB_EIO: the source raised an alarm.
 */
int sb_source_draw(struct seedbed *s, size_t i, uint8_t *buf, size_t len);
void sb_source_start(struct seedbed *s, size_t i); /* probes a stopped one */
/*
 * Its credit is gone, and it is probed before its next use. The driver of a
 * source that is at least in the state `from` is called. SEEDBED_STARTUP: it
 * starts over. SEEDBED_RETIRED: it releases, even what stopped before.
 */
void sb_source_stop(const struct sb_source *source, struct seedbed_slot *slot,
		    enum seedbed_source_state from);
/* What it earns here and now, in 1/256 bit a byte. */
uint16_t sb_source_credit(const struct seedbed *s, const struct sb_source *source);
int sb_source_heard(const struct seedbed_slot *slot);

static inline int sb_source_lost(const struct seedbed_slot *slot)
{
	return slot->alarms && slot->state < SEEDBED_LIVE && slot->reason != SEEDBED_IN_RESERVE;
}

/* instance.c */
int sb_sound(const struct seedbed *s); /* 0: what decides was overwritten */
int sb_lives(const struct seedbed *s); /* 1: an instance, not a copy of one */
/* 1: neither is NULL, len is at most PTRDIFF_MAX, and no byte is in *s. */
int sb_outside(const struct seedbed *s, const void *at, size_t len);
int sb_enter(struct seedbed *s);           /* SB_OK: s is ours until sb_leave */
int sb_out(struct seedbed *s, int result); /* SB_EIO: wiped meanwhile */
/*
 * inline: the frames to overwrite begin right below the public function's own.
 * An ABI may keep 160 bytes in a frame between them.
 */
static inline int sb_leave(struct seedbed *s, int result)
{
	return sb_wipe_stack(sb_out(s, result));
}
/*
 * Each source is released, or with SEEDBED_STARTUP starts over: a second init
 * with the same table keeps a seed, whose stop would erase what is left of it.
 */
void sb_detach(struct seedbed *s, enum seedbed_source_state from);
/* Leaves zeros, except in state and in hook.next, which sb_detach clears. */
void sb_clear(struct seedbed *s);

/*
 * For each consumer, by way of the pointer that seedbed_add_consumer left: an
 * image that never adds one has no consumer.c. These bytes, or, where bytes is
 * NULL, a draw from the source, if it is live.
 */
#define SB_EVERY_SOURCE ((size_t)-3)
static inline void sb_consumers(struct seedbed *s, size_t source, const uint8_t *bytes, size_t len)
{
	if (s->consumers)
		s->consumers->serve(s, source, bytes, len);
}

/* event.c */
void sb_event_drain(struct seedbed *s);

/* gather.c */
/*
 * Looks at the epoch. SB_OK: as before. SB_EAGAIN: it changed. SB_EIO: it
 * cannot be read. With the last two the instance has started over.
 */
int sb_gather_epoch(struct seedbed *s);
void sb_gather_restart(struct seedbed *s, enum seedbed_reason reason);
/*
 * Asks source i, at least so often, until the round has what it needs of it.
 * Returns 1 if that made progress, else 0.
 */
int sb_gather_source(struct seedbed *s, size_t i, int least);
/*
 * Rekeys if there is enough credit. Sets the state and its reason, and returns
 * the result that goes with them.
 */
int sb_gather_settle(struct seedbed *s);

/* harvest.c, by way of hal->loop. */
struct sb_harvest {
	void (*start)(struct seedbed *s); /* hooks it into the loop */
	void (*stop)(struct seedbed *s);
	int (*stalled)(struct seedbed *s); /* 1: it waited long enough */
};

/* fast.c */
/* One bounded round of the SB_FAST sources, then settles. */
void sb_fast_round(struct seedbed *s);
/* 8 bytes of one of them; zeros where there is none. */
void sb_fast_word(struct seedbed *s, uint32_t word[2]);

/* table.c: SB_OK, or SB_EINVAL if it is malformed. */
int sb_table_check(const struct sb_hal *hal);

/* rng.c */
void sb_rng_output(struct seedbed *s, const uint32_t nonce[3], uint8_t *out, size_t len);
/* A whole read, from within the instance. out is no zeros after a failure. */
int sb_rng_read(struct seedbed *s, uint8_t *out, size_t len);

static inline uint32_t sb_load32(const uint8_t *p)
{
	return (uint32_t)p[0] | (uint32_t)p[1] << 8 | (uint32_t)p[2] << 16 | (uint32_t)p[3] << 24;
}

static inline void sb_store32(uint8_t *p, uint32_t v)
{
	p[0] = (uint8_t)v;
	p[1] = (uint8_t)(v >> 8);
	p[2] = (uint8_t)(v >> 16);
	p[3] = (uint8_t)(v >> 24);
}

static inline uint32_t sb_rotate_right(uint32_t v, unsigned n)
{
	return v >> n | v << (32 - n);
}

#endif
