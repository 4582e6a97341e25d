/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What an application asks of its UEFI firmware, 64 bits, before ExitBootServices and never after it: console, clock, a wait, an event, an end, and
 * EFI_RNG_PROTOCOL as sources. The board gives the system table; all state is in its struct sb_uefi. Everything here is for TPL_APPLICATION.
 * After the UEFI Specification 2.10: sections 4.3 to 4.5 (tables), 7.1, 7.5, 8.5 (services), 12.4 (text), 37.5 (random numbers).
 */
#ifndef SB_UEFI_H
#define SB_UEFI_H

#include "sb_hal.h"

#ifdef __cplusplus
extern "C" {
#endif

/* Section 2.3: how the firmware calls and is called. Elsewhere it is as the ISA's own. */
#if defined(__x86_64__)
#define SB_UEFI_CALL __attribute__((ms_abi))
#else
#define SB_UEFI_CALL
#endif

typedef uintptr_t sb_uefi_status; /* 0: it worked; the highest bit: it did not */
#define SB_UEFI_ERROR(number) \
	((sb_uefi_status)(number) | (sb_uefi_status)1 << (8 * sizeof(sb_uefi_status) - 1))
#define SB_UEFI_UNSUPPORTED SB_UEFI_ERROR(3) /* appendix D */
#define SB_UEFI_BUFFER_TOO_SMALL SB_UEFI_ERROR(5)
#define SB_UEFI_NOT_READY SB_UEFI_ERROR(6)
#define SB_UEFI_DEVICE_ERROR SB_UEFI_ERROR(7)
#define SB_UEFI_ABORTED SB_UEFI_ERROR(21)

struct sb_uefi_guid {
	uint32_t a;
	uint16_t b, c;
	uint8_t d[8];
};

struct sb_uefi_rng { /* EFI_RNG_PROTOCOL */
	sb_uefi_status(SB_UEFI_CALL *info)(struct sb_uefi_rng *rng, uintptr_t *size,
					   struct sb_uefi_guid *algorithms);
	sb_uefi_status(SB_UEFI_CALL *get)(struct sb_uefi_rng *rng, struct sb_uefi_guid *algorithm,
					  uintptr_t len, uint8_t *buf);
};

struct sb_uefi_text { /* EFI_SIMPLE_TEXT_OUTPUT_PROTOCOL */
	void *reset;
	sb_uefi_status(SB_UEFI_CALL *output)(struct sb_uefi_text *text, uint16_t *string);
};

struct sb_uefi_boot { /* EFI_BOOT_SERVICES; what is not called has no type */
	uint64_t header[3];
	void *tpl_and_memory[6];
	sb_uefi_status(SB_UEFI_CALL *free_pool)(void *buffer);
	sb_uefi_status(SB_UEFI_CALL *create_event)(uint32_t type, uintptr_t tpl, void *notify,
						   void *ctx, void **event);
	sb_uefi_status(SB_UEFI_CALL *set_timer)(void *event, uint32_t type, uint64_t hundred_ns);
	sb_uefi_status(SB_UEFI_CALL *wait_for_event)(uintptr_t count, void **events,
						     uintptr_t *index);
	sb_uefi_status(SB_UEFI_CALL *signal_event)(void *event);
	void *close_event;
	sb_uefi_status(SB_UEFI_CALL *check_event)(
		void *event); /* 0: it was signalled, and is so no longer */
	void *protocols[3];
	sb_uefi_status(SB_UEFI_CALL *handle_protocol)(void *handle, struct sb_uefi_guid *protocol,
						      void **interface);
	void *images[7];
	sb_uefi_status(SB_UEFI_CALL *exit)(void *image, sb_uefi_status status, uintptr_t size,
					   uint16_t *data);
	void *more[3];
	sb_uefi_status(SB_UEFI_CALL *stall)(uintptr_t microseconds);
	sb_uefi_status(SB_UEFI_CALL *set_watchdog_timer)(uintptr_t seconds, uint64_t code,
							 uintptr_t size, uint16_t *data);
	void *drivers[6];
	sb_uefi_status(SB_UEFI_CALL *locate_handle_buffer)(uint32_t by,
							   struct sb_uefi_guid *protocol, void *key,
							   uintptr_t *count, void ***handles);
};

struct sb_uefi_runtime { /* EFI_RUNTIME_SERVICES */
	uint64_t header[3];
	void *others[10];
	void(SB_UEFI_CALL *reset_system)(uint32_t type, sb_uefi_status status, uintptr_t size,
					 void *data);
};

struct sb_uefi_table { /* EFI_SYSTEM_TABLE */
	uint64_t header[3];
	const uint16_t *vendor;
	uint32_t revision;
	void *in_handle, *in, *out_handle;
	struct sb_uefi_text *out;
	void *error_handle, *error;
	struct sb_uefi_runtime *runtime;
	struct sb_uefi_boot *boot;
};

/* Filled in by the board: the first three members, and hz where it knows it. */
struct sb_uefi {
	void *image;
	struct sb_uefi_table *table;
	uint64_t (*counter)(void);
	uint64_t hz;        /* of counter; 0: sb_uefi_start measures it */
	void *timer, *wake; /* events; timer NULL: none was seen to fire */
};

/* Once, before anything below. Turns the boot manager's watchdog off. Some 30 ms, and 0.1 s more where no timer event fires. */
void sb_uefi_start(struct sb_uefi *uefi);

/* To the firmware's console, which writes it to every screen and line that it has, and may break lines at its width. */
void sb_uefi_write(const struct sb_uefi *uefi, const char *text, size_t len);

/* Nanoseconds. */
uint64_t sb_uefi_now(const struct sb_uefi *uefi);

/* Sleeps, where the firmware has an interrupt to sleep for (U-Boot polls), until an event of sb_uefi_event or the deadline. The last tick of the
   firmware's timer, which is coarse, it polls. One second at most, and some 20 ms where no timer event fires. */
void sb_uefi_wait(const struct sb_uefi *uefi, uint64_t deadline);

/* Ends the wait that is or comes next. 0, or -1 if there is nothing to do it with. */
int sb_uefi_event(const struct sb_uefi *uefi);

/* Turns the machine off, or where the firmware cannot, gives it back to who started the image. Returns only if the firmware does neither. */
void sb_uefi_exit(const struct sb_uefi *uefi, int status);

/*
 * EFI_RNG_PROTOCOL. The firmware may have any number of instances, each with algorithms by GUID. probe looks through the first SB_UEFI_RNGS_MAX by
 * handle, passes over one with more than SB_UEFI_ALGORITHMS_MAX algorithms, and takes the first that has one of the driver's kind; sb_uefi_raw_2 the
 * second that has RAW. What the firmware writes, it writes into the state. SB_EAGAIN: EFI_NOT_READY. A firmware that does not come back from
 * GetRNG holds us for ever: a caller can set no bound but the firmware's own watchdog, which sb_uefi_start turned off, and not every firmware's
 * resets the machine.
 */
#define SB_UEFI_RNGS_MAX 8
#define SB_UEFI_ALGORITHMS_MAX 16
/* Asked for at a time, and what the library asks for: a refill is one answer, or a firmware that repeats itself would never be seen to. EDK II's
   RAW gives no less than 32. */
#define SB_UEFI_RNG_BYTES 48

struct sb_uefi_rng_state {
	const struct sb_uefi *uefi; /* the board's; the rest is the driver's */
	struct sb_uefi_rng *rng;
	struct sb_uefi_guid algorithm;
	uint8_t have, taken;
	uint8_t bytes[SB_UEFI_RNG_BYTES];
};

extern const struct sb_driver sb_uefi_raw;
extern const struct sb_driver sb_uefi_raw_2;
extern const struct sb_driver sb_uefi_drbg;
extern const struct sb_driver sb_uefi_rndr;
extern const struct sb_driver sb_uefi_other;

/* Rows of sb_hal.sources. All are SB_HOST: in a virtual machine the firmware is the host's too, and what it has is mostly the host's virtio-rng.
   RAW, "the raw output from the entropy source", with full entropy or the firmware breaks its word; counted as virtio-rng is.
   Without a device EDK II makes RAW of RDRAND on x86, 128 bits of 32 of its blocks, 10 us apart, so that its generator is reseeded in between. */
/* clang-format off */
#define SB_UEFI_RAW(state) SB_UEFI_RAW_AS(state, 2048)
#define SB_UEFI_RAW_AS(state, credit) { &sb_uefi_raw, (state), (credit) }
#define SB_UEFI_RAW_2(state) SB_UEFI_RAW_2_AS(state, 2048)
#define SB_UEFI_RAW_2_AS(state, credit) { &sb_uefi_raw_2, (state), (credit) }
/* clang-format on */

/* The DRBGs (CTR-256, Hash-256 and HMAC-256 of SP 800-90A, and X9.31), seeded and reseeded nobody says when or from what: no number of their bytes is
   known to hold a number of bits. Mixed, and count nothing, like RNDR. So does ARM-RNDR, which is RNDR or RNDRRS and does not say which, and so
   do algorithms that nobody here knows. _AS is for who knows his firmware. */
/* clang-format off */
#define SB_UEFI_DRBG(state) SB_UEFI_DRBG_AS(state, 0)
#define SB_UEFI_DRBG_AS(state, credit) { &sb_uefi_drbg, (state), (credit) }
#define SB_UEFI_RNDR(state) SB_UEFI_RNDR_AS(state, 0)
#define SB_UEFI_RNDR_AS(state, credit) { &sb_uefi_rndr, (state), (credit) }
#define SB_UEFI_OTHER(state) SB_UEFI_OTHER_AS(state, 0)
#define SB_UEFI_OTHER_AS(state, credit) { &sb_uefi_other, (state), (credit) }
/* clang-format on */

#ifdef __cplusplus
}
#endif
#endif
