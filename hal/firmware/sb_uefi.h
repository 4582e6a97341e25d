/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What a 64-bit application asks of its UEFI firmware: console, clock, a wait,
 * an event, an end, and EFI_RNG_PROTOCOL as sources. It works before
 * ExitBootServices and never after it. Everything here is for TPL_APPLICATION.
 * The board gives the system table. All state is in the board's struct sb_uefi.
 *
 * After the UEFI Specification 2.10: sections 4.3 to 4.5 (tables), 7.1, 7.5,
 * 8.5 (services), 12.4 (text), 37.5 (random numbers).
 */
#ifndef SB_UEFI_H
#define SB_UEFI_H

#include "sb_hal.h"

#ifdef __cplusplus
extern "C" {
#endif

/* Section 2.3: how the firmware calls and is called. On these other ISAs it is
   the C calling convention of the ISA. FITS: x32 has pointers of 32 bits and
   its firmware has 64, so each source there is SB_EUNFIT. */
#if defined(__x86_64__) && defined(__ILP32__)
#define SB_UEFI_CALL
#define SB_UEFI_FITS 0
#elif defined(__x86_64__)
#define SB_UEFI_CALL __attribute__((ms_abi))
#define SB_UEFI_FITS 1
#elif defined(__aarch64__) || defined(__arm__) || defined(__i386__) || defined(__riscv) || \
	defined(__loongarch__)
#define SB_UEFI_CALL
#define SB_UEFI_FITS 1
#else
#error "sb_uefi.h does not know how UEFI firmware calls on this ISA"
#endif

/* 0 means success. The highest bit means an error. */
typedef uintptr_t sb_uefi_status;
#define SB_UEFI_ERROR(number) \
	((sb_uefi_status)(number) | (sb_uefi_status)1 << (8 * sizeof(uintptr_t) - 1))
/* Appendix D. */
#define SB_UEFI_UNSUPPORTED SB_UEFI_ERROR(3)
#define SB_UEFI_BUFFER_TOO_SMALL SB_UEFI_ERROR(5)
#define SB_UEFI_NOT_READY SB_UEFI_ERROR(6)
#define SB_UEFI_DEVICE_ERROR SB_UEFI_ERROR(7)
#define SB_UEFI_ABORTED SB_UEFI_ERROR(21)

struct sb_uefi_guid {
	uint32_t a;
	uint16_t b, c;
	uint8_t d[8];
};

/* EFI_RNG_PROTOCOL */
struct sb_uefi_rng {
	sb_uefi_status(SB_UEFI_CALL *info)(struct sb_uefi_rng *rng, uintptr_t *size,
					   struct sb_uefi_guid *algorithms);
	sb_uefi_status(SB_UEFI_CALL *get)(struct sb_uefi_rng *rng, struct sb_uefi_guid *algorithm,
					  uintptr_t len, uint8_t *buf);
};

/* EFI_SIMPLE_TEXT_OUTPUT_PROTOCOL */
struct sb_uefi_text {
	void *reset;
	sb_uefi_status(SB_UEFI_CALL *output)(struct sb_uefi_text *text, uint16_t *string);
};

/* EFI_BOOT_SERVICES. A service that is not called here has no type. */
struct sb_uefi_boot {
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
	/* 0: the event was signalled; the call clears it. */
	sb_uefi_status(SB_UEFI_CALL *check_event)(void *event);
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

/* EFI_RUNTIME_SERVICES */
struct sb_uefi_runtime {
	uint64_t header[3];
	void *others[10];
	void(SB_UEFI_CALL *reset_system)(uint32_t type, sb_uefi_status status, uintptr_t size,
					 void *data);
};

/* EFI_CONFIGURATION_TABLE */
struct sb_uefi_entry {
	struct sb_uefi_guid kind;
	void *table;
};

/* EFI_SYSTEM_TABLE */
struct sb_uefi_table {
	uint64_t header[3];
	const uint16_t *vendor;
	uint32_t revision;
	void *in_handle, *in, *out_handle;
	struct sb_uefi_text *out;
	void *error_handle, *error;
	struct sb_uefi_runtime *runtime;
	struct sb_uefi_boot *boot;
	uintptr_t count;
	const struct sb_uefi_entry *entries;
};

/* The board fills in the first three members, and hz if it knows it. */
struct sb_uefi {
	void *image;
	struct sb_uefi_table *table;
	uint64_t (*counter)(void);
	uint64_t hz;        /* of the counter; 0: sb_uefi_start measures it */
	void *timer, *wake; /* events; timer is NULL if it did not fire */
};

/* Call it once, before any function below. It turns the boot manager's watchdog
   off. It takes some 30 ms, and 0.1 s more where no timer event fires. */
void sb_uefi_start(struct sb_uefi *uefi);

/* Writes to the firmware's console. The firmware writes it to every screen and
   line that it has, and may break lines at its width. */
void sb_uefi_write(const struct sb_uefi *uefi, const char *text, size_t len);

/* Nanoseconds. */
uint64_t sb_uefi_now(const struct sb_uefi *uefi);

/*
 * Waits until an event of sb_uefi_event or the deadline, one second at most. It
 * sleeps where the firmware has an interrupt to sleep for; U-Boot polls. The
 * firmware's timer is coarse, so the last tick is polled. Where no timer event
 * fires, a wait takes some 20 ms at most.
 */
void sb_uefi_wait(const struct sb_uefi *uefi, uint64_t deadline);

/* Ends the present wait, or the next one. Returns 0, or -1 if there is no event
   for it. */
int sb_uefi_event(const struct sb_uefi *uefi);

/* The address of ACPI's RSDP, for sb_acpi_open; 0: the firmware has none. It
   looks at the first SB_UEFI_ENTRIES_MAX entries (section 4.6). */
#define SB_UEFI_ENTRIES_MAX 256
uintptr_t sb_uefi_rsdp(const struct sb_uefi *uefi);
/* The device tree, for sb_fdt_open; NULL: the firmware has none. */
void *sb_uefi_tree(const struct sb_uefi *uefi);

/* Turns the machine off. If the firmware cannot, it returns to the program that
   started the image. It comes back only if the firmware does neither. */
void sb_uefi_exit(const struct sb_uefi *uefi, int status);

/*
 * EFI_RNG_PROTOCOL. The firmware may have any number of instances. Each has
 * algorithms, which are named by GUID. probe looks at the first
 * SB_UEFI_RNGS_MAX instances by handle. It passes over one with more than
 * SB_UEFI_ALGORITHMS_MAX algorithms. It takes the first instance that has an
 * algorithm of the driver's kind; sb_uefi_raw_2 takes the second that has RAW.
 *
 * The firmware writes its bytes into the state. SB_EAGAIN: EFI_NOT_READY. A
 * firmware that does not return from GetRNG holds us for ever. A caller can set
 * no bound except the firmware's own watchdog. sb_uefi_start turned that off,
 * and not every firmware's watchdog resets the machine.
 */
#define SB_UEFI_RNGS_MAX 8
#define SB_UEFI_ALGORITHMS_MAX 16

/* Bytes of one request, which is also what the library asks for. So a refill is
   one answer; otherwise a firmware that repeats itself would not be noticed.
   EDK II's RAW gives no less than 32. */
#define SB_UEFI_RNG_BYTES 48

struct sb_uefi_rng_state {
	const struct sb_uefi *uefi; /* the board's; the rest is private */
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

/*
 * Rows of sb_hal.sources. All are SB_HOST: in a virtual machine the firmware is
 * the host's too, and its bytes mostly come from the host's virtio-rng.
 *
 * RAW is "the raw output from the entropy source". It has full entropy, or the
 * firmware breaks its word. It is counted as virtio-rng is. Without a device
 * EDK II makes RAW from RDRAND on x86: 128 bits from 32 of its blocks, 10 us
 * apart, so that RDRAND's generator is reseeded in between.
 */
/* clang-format off */
#define SB_UEFI_RAW(state) SB_UEFI_RAW_AS(state, 2048)
#define SB_UEFI_RAW_AS(state, credit) { &sb_uefi_raw, (state), (credit) }
#define SB_UEFI_RAW_2(state) SB_UEFI_RAW_2_AS(state, 2048)
#define SB_UEFI_RAW_2_AS(state, credit) { &sb_uefi_raw_2, (state), (credit) }
/* clang-format on */

/*
 * The DRBGs are CTR-256, Hash-256 and HMAC-256 of SP 800-90A, and X9.31. The
 * firmware does not say when they are seeded and reseeded, nor from what. So it
 * is not known how many of their bytes hold a number of bits. They are mixed
 * and count nothing, like RNDR.
 *
 * ARM-RNDR is treated alike: it is RNDR or RNDRRS and does not say which. So
 * are algorithms that are unknown here. _AS is for users who know their
 * firmware.
 */
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
