/* SPDX-License-Identifier: BSD-2-Clause */
/* EFI_RNG_PROTOCOL: UEFI Specification 2.10, section 37.5. */
#include "sb_uefi.h"

#if __BYTE_ORDER__ != __ORDER_LITTLE_ENDIAN__
#error "UEFI is little-endian: UEFI Specification 2.10, Data Structure Descriptions"
#endif

#define UEFI_BY_PROTOCOL 2 /* section 7.3: ByProtocol */

enum uefi_kind { UEFI_RAW, UEFI_DRBG, UEFI_RNDR, UEFI_OTHER };

/* Section 37.5. */
static const struct uefi_algorithm {
	struct sb_uefi_guid guid;
	enum uefi_kind kind;
} uefi_algorithms[] = {
	{ { 0xe43176d7, 0xb6e8, 0x4827, { 0xb7, 0x84, 0x7f, 0xfd, 0xc4, 0xb6, 0x85, 0x61 } },
	  UEFI_RAW },
	{ { 0x44f0de6e, 0x4d8c, 0x4045, { 0xa8, 0xc7, 0x4d, 0xd1, 0x68, 0x85, 0x6b, 0x9e } },
	  UEFI_DRBG }, /* SP 800-90 CTR-256 */
	{ { 0xa7af67cb, 0x603b, 0x4d42, { 0xba, 0x21, 0x70, 0xbf, 0xb6, 0x29, 0x3f, 0x96 } },
	  UEFI_DRBG }, /* SP 800-90 Hash-256 */
	{ { 0xc5149b43, 0xae85, 0x4f53, { 0x99, 0x82, 0xb9, 0x43, 0x35, 0xd3, 0xa9, 0xe7 } },
	  UEFI_DRBG }, /* SP 800-90 HMAC-256 */
	{ { 0x63c4785a, 0xca34, 0x4012, { 0xa3, 0xc8, 0x0b, 0x6a, 0x32, 0x4f, 0x55, 0x46 } },
	  UEFI_DRBG }, /* X9.31 3DES */
	{ { 0xacd03321, 0x777e, 0x4d3d, { 0xb1, 0xc8, 0x20, 0xcf, 0xd8, 0x88, 0x20, 0xc9 } },
	  UEFI_DRBG }, /* X9.31 AES */
	{ { 0x43d2fde3, 0x9d4e, 0x4d79, { 0x02, 0x96, 0xa8, 0x9b, 0xca, 0x78, 0x08, 0x41 } },
	  UEFI_RNDR },
};

static enum uefi_kind uefi_kind_of(const struct sb_uefi_guid *guid)
{
	for (size_t i = 0; i < sizeof uefi_algorithms / sizeof *uefi_algorithms; i++)
		if (__builtin_memcmp(guid, &uefi_algorithms[i].guid, sizeof *guid) == 0)
			return uefi_algorithms[i].kind;
	return UEFI_OTHER;
}

/* Nonzero: this instance has an algorithm of that kind. The first such
   algorithm goes into the state. */
static int uefi_rng_has(struct sb_uefi_rng_state *state, struct sb_uefi_rng *rng,
			enum uefi_kind kind)
{
	struct sb_uefi_guid list[SB_UEFI_ALGORITHMS_MAX];
	uintptr_t size = sizeof list;

	if (rng->info(rng, &size, list) != 0 || size > sizeof list)
		return 0;
	for (uintptr_t i = 0; i < size / sizeof *list; i++)
		if (uefi_kind_of(&list[i]) == kind) {
			state->algorithm = list[i];
			return 1;
		}
	return 0;
}

/* Finds an instance of that kind, after `skip` others of the same kind. */
static int uefi_rng_find(struct sb_uefi_rng_state *state, enum uefi_kind kind, unsigned skip)
{
	static const struct sb_uefi_guid protocol = {
		0x3152bca5, 0xeade, 0x433d, { 0x86, 0x2e, 0xc0, 0x1c, 0xdc, 0x29, 0x1f, 0x44 }
	};
	const struct sb_uefi_boot *boot = state->uefi->table->boot;
	struct sb_uefi_guid copy = protocol;
	void **handles = NULL, *interface, *other = NULL;
	uintptr_t count = 0;

	if (boot->locate_handle_buffer(UEFI_BY_PROTOCOL, &copy, NULL, &count, &handles) != 0)
		return SB_ENODEV;
	for (uintptr_t i = 0; i < count && i < SB_UEFI_RNGS_MAX && !state->rng; i++) {
		if (boot->handle_protocol(handles[i], &copy, &interface) != 0 ||
		    interface == other || !uefi_rng_has(state, interface, kind))
			continue;
		/* another handle may name the same instance */
		other = interface;
		if (skip-- == 0)
			state->rng = interface;
	}
	(void)boot->free_pool(handles);
	return state->rng ? SB_OK : SB_ENODEV;
}

static void uefi_rng_stop(void *ctx)
{
	struct sb_uefi_rng_state *state = ctx;
	volatile uint8_t *forget = state->bytes;

	for (unsigned i = 0; i < SB_UEFI_RNG_BYTES; i++)
		forget[i] = 0;
	state->have = state->taken = 0;
	state->rng = NULL;
}

static int uefi_rng_probe(void *ctx, enum uefi_kind kind, unsigned skip)
{
	uefi_rng_stop(ctx);
	return SB_UEFI_FITS ? uefi_rng_find(ctx, kind, skip) : SB_EUNFIT;
}

static int uefi_rng_refill(struct sb_uefi_rng_state *state)
{
	struct sb_uefi_rng *rng = state->rng;
	sb_uefi_status status = rng->get(rng, &state->algorithm, SB_UEFI_RNG_BYTES, state->bytes);

	if (status == 0) {
		state->have = SB_UEFI_RNG_BYTES;
		state->taken = 0;
		return SB_OK;
	}
	uefi_rng_stop(state); /* the call may have written before it failed */
	state->rng = rng;
	if (status == SB_UEFI_NOT_READY)
		return SB_EAGAIN;
	return status == SB_UEFI_UNSUPPORTED ? SB_ENODEV : SB_EIO;
}

static int uefi_rng_read(void *ctx, uint8_t *buf, size_t len)
{
	struct sb_uefi_rng_state *state = ctx;
	size_t n = 0;

	if (!state->rng)
		return SB_EIO;
	if (state->taken == state->have) {
		int result = uefi_rng_refill(state);

		if (result != SB_OK)
			return result;
	}
	while (n < len && state->taken < state->have) {
		buf[n++] = state->bytes[state->taken];
		state->bytes[state->taken++] = 0;
	}
	return (int)n;
}

/* The output of each is conditioned or looks so. The health tests find a broken
   device; the credit comes from the initialiser. */
/* clang-format off */
#define UEFI_DRIVER(which, title, kind, skip) \
	static int which##_probe(void *ctx) { return uefi_rng_probe(ctx, kind, skip); } \
	const struct sb_driver which = { \
		.name = (title), SB_ASSESSED(2048, 4), .flags = SB_CONDITIONED | SB_HOST, \
		.probe = which##_probe, .read = uefi_rng_read, .stop = uefi_rng_stop, \
	}; \
	SB_DRIVER(which)
/* clang-format on */

UEFI_DRIVER(sb_uefi_raw, "uefi-raw", UEFI_RAW, 0);
UEFI_DRIVER(sb_uefi_raw_2, "uefi-raw-2", UEFI_RAW, 1);
UEFI_DRIVER(sb_uefi_drbg, "uefi-drbg", UEFI_DRBG, 0);
UEFI_DRIVER(sb_uefi_rndr, "uefi-rndr", UEFI_RNDR, 0);
UEFI_DRIVER(sb_uefi_other, "uefi-other", UEFI_OTHER, 0);
