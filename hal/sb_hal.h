/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The porting contract: all that seedbed asks of a machine. You implement what
 * is declared here.
 *
 * Every function is bounded: it returns after a stated number of polls. It is
 * honest: it hands over what the mechanism gave, never hashed or padded. It is
 * quiet: it allocates nothing and prints nothing, and its state is in ctx.
 * docs/porting.md walks through a board.
 */
#ifndef SB_HAL_H
#define SB_HAL_H

#include <stddef.h>
#include <stdint.h>
#include "sb_assess.h"

#ifdef __cplusplus
extern "C" {
#endif

/* Every result in seedbed. Counts of bytes are positive, so an int has both. */
enum sb_result {
	SB_OK = 0,
	SB_EAGAIN = -1,  /* ask again: pending, starved, busy, not seeded */
	SB_ENODEV = -2,  /* not on this machine, or used up */
	SB_EIO = -3,     /* it is there and failed */
	SB_EINVAL = -4,  /* a mistake of the caller or of the board */
	SB_EUNFIT = -5,  /* it is there, but must not be used here */
	SB_EUNSEEN = -6, /* not found, some places unseen */
	/* Why a source of timing noise has none here (sb_cache_timing.h). */
	SB_ESTANDS = -7,      /* its counter stands */
	SB_ECOARSE = -8,      /* its counter is too coarse for what it times */
	SB_EUNCACHED = -9,    /* a flush of the cache makes no load slower */
	SB_EPREDICTABLE = -10 /* its samples follow from those before */
};

/*
 * What a source is (exactly one of the first three), and who else may know its
 * bytes.
 */
enum sb_flag {
	/* Raw noise, SP 800-90B section 2.2.1: start-up over 1024 samples. */
	SB_NOISE = 1,
	/* From a conditioner or DRBG: start-up over 64 bytes; width >= 4. */
	SB_CONDITIONED = 2,
	/* A secret handed over once: no health test says anything of it. */
	SB_SEED = 4,
	SB_HOST = 8,  /* a hypervisor or host knows the bytes */
	SB_TEST = 16, /* predictable; never in a product */
	/* Of this CPU alone: each CPU's instance may use it (seedbed_split). */
	SB_LOCAL = 32,
	/* A read takes about a microsecond at most: seedbed_read uses it. */
	SB_FAST = 64,
	/* From times of this machine: who emulates it, knows the bytes. */
	SB_TIMING = 128,
	/*
	 * A last resort. It is started only in a round in which 384 bits are
	 * missing, each other source was heard, and none made progress; or
	 * where no other could earn credit.
	 */
	SB_LAST = 256,
	/* Of sb_hal.distrust alone: SB_TIMING earns half on this CPU. */
	SB_UNRECORDED = 512,
	SB_FLAGS_END /* the last flag and 1 */
};

/* One const for each mechanism. */
struct sb_driver {
	const char *name; /* stable, "<owner>-<thing>": "x86-rdseed" */
	/* SB_ASSESSED(bits, bytes) gives these four. Cited at the driver. */
	uint16_t entropy, repetition, proportion;
	uint8_t width;
	uint16_t flags; /* enum sb_flag */
	/*
	 * Powers the mechanism up and finds out whether it is there; called
	 * again after stop or restart. SB_OK, SB_ENODEV, SB_EIO. SB_EUNFIT: it
	 * is there, and a known fact forbids its use: an erratum, a bus out of
	 * reach. SB_EUNSEEN. Of timing noise: SB_ESTANDS to SB_EPREDICTABLE.
	 */
	int (*probe)(void *ctx);
	/*
	 * Up to len (1 to 64) bytes into buf. Returns the count, 1 to len;
	 * SB_EAGAIN: pending; SB_ENODEV: used up; SB_EIO: fault. Of timing
	 * noise: SB_ESTANDS to SB_EPREDICTABLE, a fault that says more.
	 */
	int (*read)(void *ctx, uint8_t *buf, size_t len);
	/*
	 * Releases: cancels DMA, wipes buffered bytes, powers down. Called on
	 * wipe, perhaps twice, and when nothing more will come.
	 */
	void (*stop)(void *ctx);
	/*
	 * Starts over: wipes buffered bytes, and forgets each request made so
	 * far: its answer, however late, is never handed over. Called on a
	 * fault or alarm, on seedbed_reseed, and when the machine was cloned.
	 * It needs no help of the device. NULL: stop does all that.
	 */
	void (*restart)(void *ctx);
	/*
	 * After stop, nonzero: the device did not confirm that, so it may still
	 * write into the memory that it was given. NULL: there is no such
	 * device.
	 */
	int (*held)(void *ctx);
};

/*
 * A driver on this machine. credit is what the pool counts, in 1/256 bit a
 * byte: at most driver->entropy. With 0 the bytes are mixed and never counted.
 */
struct sb_source {
	const struct sb_driver *driver;
	void *ctx;
	uint16_t credit;
};

struct sb_loop; /* sb_loop.h */

struct sb_hal {
	/* The finest free-running counter, counting up; else a constant. */
	uint64_t (*cycles)(void);
	uint32_t cycles_hz; /* 0: unknown */
	uint8_t cycle_bits; /* that move: SysTick 24, DWT 32, TSC 64; 0: none */
	/*
	 * Names this life of the machine: a VM generation id, a process. SB_OK;
	 * SB_ENODEV: the machine has no such thing. SB_EUNFIT: it has one, in a
	 * form that is not understood: taken as none, and seedbed_status says
	 * so. Any other result, and any change, is taken as a clone. An
	 * all-zero id means none. NULL: none. Every seedbed_read reads it
	 * twice: keep it cheap.
	 */
	int (*epoch)(uint8_t id[16]);
	/*
	 * Flags whose sources earn no credit on this machine: SB_HOST and
	 * SB_TIMING in an SEV-SNP, TDX or CCA guest, SB_TIMING under an
	 * emulator that says what it is. SB_UNRECORDED. NULL: none. Each start
	 * begins with it: seedbed_init, a change of the epoch, seedbed_reseed.
	 */
	uint16_t (*distrust)(void);
	/*
	 * The platform's lock around each step of the shared instance
	 * (core/shared.c) and around each harvest of the loop. Both are NULL
	 * only with one CPU, one task and no preemption.
	 */
	void (*enter)(void);
	void (*leave)(void);
	/* NULL: the program itself calls seedbed_gather and seedbed_event. */
	const struct sb_loop *loop;
	/* In order of preference. Every entry may be absent: probe decides. */
	const struct sb_source *sources;
	size_t source_count; /* more than SEEDBED_SOURCES_MAX: SB_EINVAL */
};

/*
 * Exactly one linked board defines it: this is the choice at link time. Only
 * core/shared.c and programs refer to it.
 */
extern const struct sb_hal sb_platform;

/*
 * The provenance of an image (docs/design.md). SB_DRIVER stands behind the
 * definition of each struct sb_driver. SB_OWN stands behind each function or
 * object of seedbed's own that other files see. Each gives seedbed-provenance a
 * local symbol beside the global one, and costs no byte on the target.
 */
#define SB_DRIVER(name) SB_MARK(sb_driver_, name)
#define SB_OWN(name) SB_MARK(sb_own_, name)
#if defined(__ELF__) && defined(__cplusplus)
/* name: extern, and outside of a namespace */
#define SB_MARK(kind, name) __asm__(".set " #kind #name ", " #name)
#elif defined(__ELF__)
#define SB_MARK(kind, name) static __typeof__(name) kind##name __attribute__((alias(#name), used))
#else
#define SB_MARK(kind, name) struct sb_unmarked
#endif

#ifdef __cplusplus
}
#endif
#endif
