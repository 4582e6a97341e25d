/* SPDX-License-Identifier: BSD-2-Clause */
#include "sb_uefi.h"
#include "io.h"

/* Section 7.1 */
#define UEFI_EVENT_TIMER 0x80000000u
#define UEFI_TPL_APPLICATION 4u
#define UEFI_TIMER_CANCEL 0
#define UEFI_TIMER_RELATIVE 2
#define UEFI_BY_PROTOCOL 2    /* section 7.3: ByProtocol */
#define UEFI_RESET_SHUTDOWN 2 /* section 8.5 */

#define UEFI_NS 1000000000ull
#define UEFI_TICK 10000000u    /* ns: that of EDK II's timer (PcdTimerPeriod), by which an event may come late */
#define UEFI_SLEEP_MAX UEFI_NS /* an early end counts as an event */
#define UEFI_POLL 20u          /* us */
#define UEFI_POLLS 1000u       /* so many are two ticks */
#define UEFI_STALL 10000u      /* us, to measure the counter by */
#define UEFI_FIRES 100u        /* ms until a timer event of one must have fired */
#define UEFI_CHUNK 64u

void sb_uefi_write(const struct sb_uefi *uefi, const char *text, size_t len)
{
	struct sb_uefi_text *out = uefi->table->out;
	uint16_t chunk[UEFI_CHUNK + 2];
	size_t n = 0;

	if (!out)
		return;
	while (len--) {
		if (*text == '\n')
			chunk[n++] = '\r';
		chunk[n++] = (uint8_t)*text++;
		if (n >= UEFI_CHUNK || !len) {
			chunk[n] = 0;
			(void)out->output(out, chunk);
			n = 0;
		}
	}
}
SB_OWN(sb_uefi_write);

/* The shortest of some: an interrupt makes one longer, and nothing makes it shorter. */
static uint64_t uefi_measure(const struct sb_uefi *uefi)
{
	uint64_t least = UINT64_MAX;
	unsigned i;

	for (i = 0; i < 3; i++) {
		uint64_t begin = uefi->counter(), took;

		(void)uefi->table->boot->stall(UEFI_STALL);
		took = uefi->counter() - begin;
		least = took < least ? took : least;
	}
	return least * (1000000u / UEFI_STALL);
}

static int uefi_fires(const struct sb_uefi_boot *boot, void *timer)
{
	unsigned i;

	if (boot->set_timer(timer, UEFI_TIMER_RELATIVE, 10000) != 0)
		return 0;
	for (i = 0; i < UEFI_FIRES; i++) {
		(void)boot->stall(1000);
		if (boot->check_event(timer) == 0)
			return 1;
	}
	(void)boot->set_timer(timer, UEFI_TIMER_CANCEL, 0);
	return 0;
}

void sb_uefi_start(struct sb_uefi *uefi)
{
	const struct sb_uefi_boot *boot = uefi->table->boot;

	(void)boot->set_watchdog_timer(0, 0, 0, NULL);
	if (!uefi->hz)
		uefi->hz = uefi_measure(uefi);
	if (boot->create_event(0, UEFI_TPL_APPLICATION, NULL, NULL, &uefi->wake) != 0)
		uefi->wake = NULL;
	if (boot->create_event(UEFI_EVENT_TIMER, UEFI_TPL_APPLICATION, NULL, NULL, &uefi->timer) != 0 || !uefi_fires(boot, uefi->timer))
		uefi->timer = NULL;
}
SB_OWN(sb_uefi_start);

uint64_t sb_uefi_now(const struct sb_uefi *uefi)
{
	uint64_t ticks = uefi->counter(), hz = uefi->hz ? uefi->hz : UEFI_NS;

	return ticks / hz * UEFI_NS + ticks % hz * UEFI_NS / hz;
}
SB_OWN(sb_uefi_now);

static int uefi_woken(const struct sb_uefi *uefi)
{
	return uefi->wake && uefi->table->boot->check_event(uefi->wake) == 0;
}

/* Nonzero: ended by an event. WaitForEvent fails where a hook or an interrupt calls it at a higher TPL than ours. */
static int uefi_sleep(const struct sb_uefi *uefi, uint64_t ns)
{
	const struct sb_uefi_boot *boot = uefi->table->boot;
	void *events[2] = { uefi->timer, uefi->wake };
	uintptr_t index = 0;
	sb_uefi_status status;

	(void)boot->check_event(uefi->timer); /* one that fired after it had ended no wait */
	if (boot->set_timer(uefi->timer, UEFI_TIMER_RELATIVE, ns / 100) != 0)
		return 0;
	status = boot->wait_for_event(uefi->wake ? 2 : 1, events, &index);
	(void)boot->set_timer(uefi->timer, UEFI_TIMER_CANCEL, 0);
	return status == 0 && index == 1;
}

void sb_uefi_wait(const struct sb_uefi *uefi, uint64_t deadline)
{
	uint64_t now = sb_uefi_now(uefi), left = now < deadline ? deadline - now : 0;
	unsigned polls;

	left = left < UEFI_SLEEP_MAX ? left : UEFI_SLEEP_MAX;
	deadline = now + left;
	if (uefi->timer && left > UEFI_TICK && uefi_sleep(uefi, left - UEFI_TICK))
		return;
	for (polls = 0; polls < UEFI_POLLS && sb_uefi_now(uefi) < deadline && !uefi_woken(uefi); polls++)
		(void)uefi->table->boot->stall(UEFI_POLL);
}
SB_OWN(sb_uefi_wait);

int sb_uefi_event(const struct sb_uefi *uefi)
{
	return uefi->wake && uefi->table->boot->signal_event(uefi->wake) == 0 ? 0 : -1;
}
SB_OWN(sb_uefi_event);

void sb_uefi_exit(const struct sb_uefi *uefi, int status)
{
	sb_uefi_status end = status ? SB_UEFI_ABORTED : 0;

	uefi->table->runtime->reset_system(UEFI_RESET_SHUTDOWN, end, 0, NULL);
	(void)uefi->table->boot->exit(uefi->image, end, 0, NULL);
}
SB_OWN(sb_uefi_exit);

/* EFI_RNG_PROTOCOL ---------------------------------------------------------------------------------------------------------------- */

enum uefi_kind { UEFI_RAW, UEFI_DRBG, UEFI_RNDR, UEFI_OTHER };

/* Section 37.5 */
static const struct uefi_algorithm {
	struct sb_uefi_guid guid;
	enum uefi_kind kind;
} uefi_algorithms[] = {
	{ { 0xe43176d7, 0xb6e8, 0x4827, { 0xb7, 0x84, 0x7f, 0xfd, 0xc4, 0xb6, 0x85, 0x61 } }, UEFI_RAW },
	{ { 0x44f0de6e, 0x4d8c, 0x4045, { 0xa8, 0xc7, 0x4d, 0xd1, 0x68, 0x85, 0x6b, 0x9e } }, UEFI_DRBG }, /* SP 800-90 CTR-256 */
	{ { 0xa7af67cb, 0x603b, 0x4d42, { 0xba, 0x21, 0x70, 0xbf, 0xb6, 0x29, 0x3f, 0x96 } }, UEFI_DRBG }, /* SP 800-90 Hash-256 */
	{ { 0xc5149b43, 0xae85, 0x4f53, { 0x99, 0x82, 0xb9, 0x43, 0x35, 0xd3, 0xa9, 0xe7 } }, UEFI_DRBG }, /* SP 800-90 HMAC-256 */
	{ { 0x63c4785a, 0xca34, 0x4012, { 0xa3, 0xc8, 0x0b, 0x6a, 0x32, 0x4f, 0x55, 0x46 } }, UEFI_DRBG }, /* X9.31 3DES */
	{ { 0xacd03321, 0x777e, 0x4d3d, { 0xb1, 0xc8, 0x20, 0xcf, 0xd8, 0x88, 0x20, 0xc9 } }, UEFI_DRBG }, /* X9.31 AES */
	{ { 0x43d2fde3, 0x9d4e, 0x4d79, { 0x02, 0x96, 0xa8, 0x9b, 0xca, 0x78, 0x08, 0x41 } }, UEFI_RNDR },
};

static int uefi_same(const struct sb_uefi_guid *left, const struct sb_uefi_guid *right)
{
	unsigned i, same = left->a == right->a && left->b == right->b && left->c == right->c;

	for (i = 0; i < sizeof(left->d); i++)
		same &= left->d[i] == right->d[i];
	return (int)same;
}

static enum uefi_kind uefi_kind_of(const struct sb_uefi_guid *guid)
{
	size_t i;

	for (i = 0; i < sizeof(uefi_algorithms) / sizeof(uefi_algorithms[0]); i++) {
		if (uefi_same(guid, &uefi_algorithms[i].guid))
			return uefi_algorithms[i].kind;
	}
	return UEFI_OTHER;
}

/* Nonzero: this instance has an algorithm of that kind, the first of which goes into the state. */
static int uefi_rng_has(struct sb_uefi_rng_state *state, struct sb_uefi_rng *rng, enum uefi_kind kind)
{
	struct sb_uefi_guid list[SB_UEFI_ALGORITHMS_MAX];
	uintptr_t size = sizeof(list), i;

	if (rng->info(rng, &size, list) != 0 || size > sizeof(list))
		return 0;
	for (i = 0; i < size / sizeof(list[0]); i++) {
		if (uefi_kind_of(&list[i]) == kind) {
			state->algorithm = list[i];
			return 1;
		}
	}
	return 0;
}

/* The instance of that kind that comes after so many others of it. */
static int uefi_rng_find(struct sb_uefi_rng_state *state, enum uefi_kind kind, unsigned skip)
{
	static const struct sb_uefi_guid protocol = { 0x3152bca5, 0xeade, 0x433d, { 0x86, 0x2e, 0xc0, 0x1c, 0xdc, 0x29, 0x1f, 0x44 } };
	const struct sb_uefi_boot *boot = state->uefi->table->boot;
	struct sb_uefi_guid copy = protocol;
	void **handles = NULL, *interface, *other = NULL;
	uintptr_t count = 0, i;

	if (boot->locate_handle_buffer(UEFI_BY_PROTOCOL, &copy, NULL, &count, &handles) != 0)
		return SB_ENODEV;
	for (i = 0; i < count && i < SB_UEFI_RNGS_MAX && !state->rng; i++) {
		if (boot->handle_protocol(handles[i], &copy, &interface) != 0 || interface == other || !uefi_rng_has(state, interface, kind))
			continue;
		other = interface; /* by another handle it is the same one */
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
	unsigned i;

	for (i = 0; i < SB_UEFI_RNG_BYTES; i++)
		forget[i] = 0;
	state->have = state->taken = 0;
	state->rng = NULL;
}

static int uefi_rng_probe(void *ctx, enum uefi_kind kind, unsigned skip)
{
	uefi_rng_stop(ctx);
	return uefi_rng_find(ctx, kind, skip);
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
	uefi_rng_stop(state); /* it may have written before it failed */
	state->rng = rng;
	if (status == SB_UEFI_NOT_READY)
		return SB_EAGAIN;
	return status == SB_UEFI_UNSUPPORTED ? SB_ENODEV : SB_EIO;
}

static int uefi_rng_read(void *ctx, uint8_t *buf, size_t len)
{
	struct sb_uefi_rng_state *state = ctx;
	size_t n = 0;
	int err;

	if (!state->rng)
		return SB_EIO;
	if (state->taken == state->have) {
		err = uefi_rng_refill(state);
		if (err != SB_OK)
			return err;
	}
	while (n < len && state->taken < state->have) {
		buf[n++] = state->bytes[state->taken];
		state->bytes[state->taken++] = 0;
	}
	return (int)n;
}

static int uefi_raw_probe(void *ctx)
{
	return uefi_rng_probe(ctx, UEFI_RAW, 0);
}

static int uefi_raw_2_probe(void *ctx)
{
	return uefi_rng_probe(ctx, UEFI_RAW, 1);
}

static int uefi_drbg_probe(void *ctx)
{
	return uefi_rng_probe(ctx, UEFI_DRBG, 0);
}

static int uefi_rndr_probe(void *ctx)
{
	return uefi_rng_probe(ctx, UEFI_RNDR, 0);
}

static int uefi_other_probe(void *ctx)
{
	return uefi_rng_probe(ctx, UEFI_OTHER, 0);
}

/* All of them are conditioned or look so: the health tests look for what is broken, the credit is the initialiser's. */
/* clang-format off */
#define UEFI_DRIVER(title, find) { \
	.name = (title), .entropy = 2048, .width = 4, .flags = SB_CONDITIONED | SB_HOST, \
	.probe = (find), .read = uefi_rng_read, .stop = uefi_rng_stop, \
}
/* clang-format on */

const struct sb_driver sb_uefi_raw = UEFI_DRIVER("uefi-raw", uefi_raw_probe);
SB_DRIVER(sb_uefi_raw);

const struct sb_driver sb_uefi_raw_2 = UEFI_DRIVER("uefi-raw-2", uefi_raw_2_probe);
SB_DRIVER(sb_uefi_raw_2);

const struct sb_driver sb_uefi_drbg = UEFI_DRIVER("uefi-drbg", uefi_drbg_probe);
SB_DRIVER(sb_uefi_drbg);

const struct sb_driver sb_uefi_rndr = UEFI_DRIVER("uefi-rndr", uefi_rndr_probe);
SB_DRIVER(sb_uefi_rndr);

const struct sb_driver sb_uefi_other = UEFI_DRIVER("uefi-other", uefi_other_probe);
SB_DRIVER(sb_uefi_other);
