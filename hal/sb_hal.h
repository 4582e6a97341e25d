/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The porting contract: all that seedbed asks of a machine. You implement what is declared here.
 *
 * Every function is bounded (returns after a stated number of polls), honest (hands over what the mechanism gave, never hashed
 * or padded) and quiet (no allocation, no printing; state in ctx). docs/porting.md walks through a board.
 */
#ifndef SB_HAL_H
#define SB_HAL_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/* Every result in seedbed. Byte counts are positive, so one int carries either. */
enum sb_result {
	SB_OK = 0,
	SB_EAGAIN = -1, /* nothing yet, ask again: pending, starved, busy, not seeded */
	SB_ENODEV = -2, /* not on this machine, or used up */
	SB_EIO = -3,    /* it is there and failed */
	SB_EINVAL = -4  /* the caller's or the board's mistake */
};

/* What a source is (exactly one of the first three) and who else may know its bytes. */
enum sb_flag {
	SB_NOISE =
		1, /* raw noise source, SP 800-90B section 2.2.1: start-up test over 1024 samples */
	SB_CONDITIONED =
		2,    /* conditioned or DRBG output: start-up over 64 bytes; width at least 4 */
	SB_SEED = 4,  /* a secret handed over once: no health test can say anything about it */
	SB_HOST = 8,  /* a hypervisor or host knows the bytes */
	SB_TEST = 16, /* predictable; never in a product */
	SB_LOCAL =
		32,  /* this CPU's own: safe to use from an instance of each CPU (seedbed_split) */
	SB_FAST = 64 /* a read takes about a microsecond at most: used within seedbed_read */
};

/* One const per mechanism. */
struct sb_driver {
	const char *name; /* stable, "<owner>-<thing>": "x86-rdseed" */
	/* Assessed min-entropy in 1/256 bit a byte, cited where it is defined; 2048 is full. Sets the cutoffs of the health tests;
	   entropy * width must be at least 26 (0.1 bit a sample). */
	uint16_t entropy;
	uint8_t width; /* bytes in a sample, 1..8: the unit that the health tests compare */
	uint8_t flags; /* enum sb_flag */
	/* Power up, find out whether it is there; again after stop. SB_OK, SB_ENODEV, SB_EIO. */
	int (*probe)(void *ctx);
	/* Up to len (1..64) bytes into buf. The count, 1..len; SB_EAGAIN: pending; SB_ENODEV: used up; SB_EIO: fault. */
	int (*read)(void *ctx, uint8_t *buf, size_t len);
	/* Cancel DMA, wipe buffered bytes, power down. Called on wipe, on a fault or alarm, and when the machine was cloned. */
	void (*stop)(void *ctx);
};

/* A driver on this machine. credit: 1/256 bit a byte that the pool counts, at most driver->entropy; 0: mix, never count. */
struct sb_source {
	const struct sb_driver *driver;
	void *ctx;
	uint16_t credit;
};

struct sb_loop; /* sb_loop.h */

struct sb_hal {
	uint64_t (*cycles)(
		void); /* the finest free-running counter, counting up; a constant where there is none */
	uint32_t cycles_hz; /* 0: unknown */
	uint8_t cycle_bits; /* bits that move: SysTick 24, DWT 32, TSC 64; 0: none */
	/* Names this life of the machine (VM generation id, process): SB_OK; SB_ENODEV: no such thing here. Any other result, and any
	   change, is taken as a clone. An all-zero id means none. NULL: none. Read twice in every seedbed_read: keep it cheap. */
	int (*epoch)(uint8_t id[16]);
	/* Flags whose sources earn no credit on this machine (SB_HOST in an SEV-SNP, TDX or CCA guest); NULL: none. */
	uint8_t (*distrust)(void);
	/* The platform's lock around each step of the shared instance (core/shared.c) and each harvest of the loop; both NULL only with one CPU, one task,
	   no preemption. */
	void (*enter)(void);
	void (*leave)(void);
	const struct sb_loop
		*loop; /* NULL: the program calls seedbed_gather and seedbed_event itself */
	const struct sb_source
		*sources;    /* in order of preference; every entry present or not: probe decides */
	size_t source_count; /* more than SEEDBED_SOURCES_MAX: SB_EINVAL */
};

/* Defined by exactly one linked board: the link-time choice. Only core/shared.c and programs refer to it. */
extern const struct sb_hal sb_platform;

/* The provenance of an image (docs/design.md): SB_DRIVER behind the definition of each struct sb_driver; SB_OWN behind each function or
   object of seedbed's own that other files see. A local symbol beside the global one, for qemu/provenance; no byte on the target. */
#define SB_DRIVER(name) SB_MARK(sb_driver_, name)
#define SB_OWN(name) SB_MARK(sb_own_, name)
#if defined(__ELF__) && defined(__cplusplus)
#define SB_MARK(kind, name) \
	__asm__(".set " #kind #name ", " #name) /* name: extern, outside of a namespace */
#elif defined(__ELF__)
#define SB_MARK(kind, name) static __typeof__(name) kind##name __attribute__((alias(#name), used))
#else
#define SB_MARK(kind, name) struct sb_unmarked
#endif

#ifdef __cplusplus
}
#endif
#endif
