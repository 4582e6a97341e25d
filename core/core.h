/* SPDX-License-Identifier: BSD-2-Clause */
/* What the files of core/ tell each other, under the name of the file that defines it, in the order in which data flows. */
#ifndef SB_CORE_H
#define SB_CORE_H

#include "seedbed.h"
#include "hash.h"
#include "stream.h"

/* All that is asked of a C library: the calls that a freestanding compiler makes of its own accord (with memcpy and memmove). */
void *memset(void *at, int byte, size_t len);
int memcmp(const void *a, const void *b, size_t len);

#define SB_CHUNK 48       /* bytes asked of a source at once, and the data of one pool frame */
#define SB_FULL_BITS 256u /* credit is counted in 1/256 bit */
#define SB_ALARMS_MAX 3   /* alarms that retire a source */
#define SB_ALARMS_FORGOTTEN \
	(1u                 \
	 << 24) /* healthy bytes after which they are forgotten: false alarms are rare, and come with any source in time */
#define SB_ROUNDS_HEARD 8    /* a present source asked this often counts as heard */
#define SB_BYTES_HEARD 32    /* and so does one that has delivered this much */
#define SB_FRUITLESS_MAX 256 /* rounds without progress: stalled */

/* instance.c */
int sb_sound(const struct seedbed *s); /* 0: its state and the redundant copy differ */
int sb_lives(const struct seedbed *s); /* 1: this is an instance, and not a copy of one */
int sb_within(const struct seedbed *s, const void *at, size_t len); /* 1: the range overlaps *s */
int sb_enter(struct seedbed *s);                                    /* SB_OK: ours until sb_leave */
int sb_leave(struct seedbed *s, int result);
void sb_state_set(struct seedbed *s, enum seedbed_state state, enum seedbed_reason reason);

/* To the compiler alone: what was stored before it is stored before what comes after it, as an interrupt sees it. */
static inline void sb_barrier(void)
{
	__asm__ volatile("" : : : "memory");
}

static inline int sb_serving(const struct seedbed *s)
{
	return s->state == SEEDBED_READY || s->state == SEEDBED_DEGRADED;
}

/* source.c: asking, crediting, retiring. i is an index below hal->source_count. */

/* One bounded ask: up to SB_CHUNK bytes, mixed, tested, credited. 1: progress towards credit was made; 0: none. */
int sb_source_ask(struct seedbed *s, size_t i);
/* Up to len <= SB_CHUNK healthy bytes of a live source (never of a seed, which is the pool's alone) into buf, neither mixed nor credited. A count; SB_EAGAIN: none now; SB_EIO: it
   raised an alarm. */
int sb_source_draw(struct seedbed *s, size_t i, uint8_t *buf, size_t len);
void sb_source_start(struct seedbed *s, size_t i); /* probes a stopped one */
void sb_source_stop(struct seedbed *s,
		    size_t i); /* to be probed before its next use; its credit is gone */
uint16_t sb_source_credit(const struct seedbed *s,
			  size_t i); /* what it earns here and now, 1/256 bit a byte */
int sb_source_over(const struct seedbed_slot
			   *slot); /* absent, retired or used up: nothing more will come of it */
int sb_source_heard(const struct seedbed_slot *slot);
int sb_source_lost(const struct seedbed_slot *slot);

/* health.c: SP 800-90B section 4. */
struct sb_cutoffs {
	uint16_t repetition,
		proportion; /* that many equal samples in a row; in a window of SB_APT_WINDOW */
};
#define SB_APT_WINDOW 512
#define SB_STARTUP_SAMPLES 1024 /* SB_NOISE, section 4.3 */
#define SB_STARTUP_BYTES 64     /* SB_CONDITIONED */

/* For h 1/256 bit a sample, at a false alarm in 2^30 samples (repetition) or windows (proportion). */
struct sb_cutoffs sb_health_cutoffs(uint32_t h);
void sb_health_start(struct seedbed_slot *slot, const struct sb_driver *driver);
/* Runs the continuous tests over one answer. Samples tested, or minus the seedbed_reason of the alarm. */
int sb_health_test(struct seedbed_slot *slot, const struct sb_driver *driver, const uint8_t *buf,
		   size_t len);
int sb_health_samples(struct seedbed_slot *slot, struct sb_cutoffs cut, const uint8_t *buf,
		      size_t len, size_t width);

/* event.c */
void sb_event_drain(struct seedbed *s);

/* pool.c: a BLAKE2s hash over 64-byte frames {kind, index, len, 0.., counter[8], data[48]}. */
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
void sb_pool_mix(struct seedbed *s, enum sb_frame kind, size_t index, const uint8_t *data,
		 size_t len);          /* len <= SB_CHUNK */
void sb_pool_rekey(struct seedbed *s); /* key = hash(pool, key); the pool starts anew */

/* consumer.c */
struct seedbed_consumer **sb_consumer_find(struct seedbed *s,
					   const struct seedbed_consumer *consumer);
void sb_consumer_feed(struct seedbed *s, size_t i); /* one draw from source i, if it is live */
void sb_consumer_burst(struct seedbed *s);          /* one from each, if there is a handler */
void sb_consumer_give(struct seedbed *s, size_t source, const uint8_t *bytes, size_t len);

/* gather.c: from sources to a key. */
int sb_gather_epoch(
	struct seedbed *
		s); /* SB_OK: as before; SB_EAGAIN: changed, started over; SB_EIO: cannot be read, started over */
void sb_gather_restart(struct seedbed *s, enum seedbed_reason reason);
int sb_gather_fast(struct seedbed *s); /* one bounded round of the SB_FAST sources, then settles */
int sb_gather_settle(
	struct seedbed
		*s); /* rekeys if there is enough; the state, its reason, and the result for it */

/* rng.c */
void sb_rng_output(struct seedbed *s, const uint32_t nonce[3], uint8_t *out, size_t len);

/* wipe.c */
void sb_wipe(void *at, size_t len);
void sb_wipe_stack(void); /* the dead frames of whatever the caller called */

/* bytes.c: words as bytes, the low one first. */
void sb_bytes(uint8_t *out, const uint32_t *words, size_t len);

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
