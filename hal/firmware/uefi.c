/* SPDX-License-Identifier: BSD-2-Clause */
#include "sb_uefi.h"
#include "io.h"

#if __BYTE_ORDER__ != __ORDER_LITTLE_ENDIAN__
#error "UEFI is little-endian: UEFI Specification 2.10, Data Structure Descriptions"
#endif

/* UEFI Specification 2.10, section 7.1. */
#define UEFI_EVENT_TIMER 0x80000000u
#define UEFI_TPL_APPLICATION 4u
#define UEFI_TIMER_CANCEL 0
#define UEFI_TIMER_RELATIVE 2
#define UEFI_RESET_SHUTDOWN 2 /* section 8.5 */

#define UEFI_NS 1000000000ull
/* ns: the tick of EDK II's timer (PcdTimerPeriod). An event may be late by it.
   */
#define UEFI_TICK 10000000u
#define UEFI_SLEEP_MAX UEFI_NS /* an early end counts as an event */
#define UEFI_POLL 20u          /* us */
#define UEFI_POLLS 1000u       /* 1000 x 20 us = two ticks */
#define UEFI_STALL 10000u      /* us, to measure the counter */
/* ms: a timer event of 1 ms must fire within them. */
#define UEFI_FIRES 100u
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

/* Measures three times and takes the shortest: an interrupt makes a stall
   longer, and nothing makes it shorter. */
static uint64_t uefi_measure(const struct sb_uefi *uefi)
{
	uint64_t least = UINT64_MAX;

	for (unsigned i = 0; i < 3; i++) {
		uint64_t begin = uefi->counter(), took;

		(void)uefi->table->boot->stall(UEFI_STALL);
		took = uefi->counter() - begin;
		least = took < least ? took : least;
	}
	return least * (1000000u / UEFI_STALL);
}

static int uefi_fires(const struct sb_uefi_boot *boot, void *timer)
{
	if (boot->set_timer(timer, UEFI_TIMER_RELATIVE, 10000) != 0)
		return 0;
	for (unsigned i = 0; i < UEFI_FIRES; i++) {
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
	if (boot->create_event(UEFI_EVENT_TIMER, UEFI_TPL_APPLICATION, NULL, NULL, &uefi->timer) !=
		    0 ||
	    !uefi_fires(boot, uefi->timer))
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

/* Nonzero: an event ended it. WaitForEvent fails if a hook or an interrupt
   calls it at a higher TPL than ours. */
static int uefi_sleep(const struct sb_uefi *uefi, uint64_t ns)
{
	const struct sb_uefi_boot *boot = uefi->table->boot;
	void *events[2] = { uefi->timer, uefi->wake };
	uintptr_t index;
	sb_uefi_status status;

	/* the timer may have fired after the last wait had ended: clear that */
	(void)boot->check_event(uefi->timer);
	if (boot->set_timer(uefi->timer, UEFI_TIMER_RELATIVE, ns / 100) != 0)
		return 0;
	status = boot->wait_for_event(uefi->wake ? 2 : 1, events, &index);
	(void)boot->set_timer(uefi->timer, UEFI_TIMER_CANCEL, 0);
	return status == 0 && index == 1;
}

void sb_uefi_wait(const struct sb_uefi *uefi, uint64_t deadline)
{
	uint64_t now = sb_uefi_now(uefi), left = now < deadline ? deadline - now : 0;

	left = left < UEFI_SLEEP_MAX ? left : UEFI_SLEEP_MAX;
	deadline = now + left;
	if (uefi->timer && left > UEFI_TICK && uefi_sleep(uefi, left - UEFI_TICK))
		return;
	for (unsigned polls = 0;
	     polls < UEFI_POLLS && sb_uefi_now(uefi) < deadline && !uefi_woken(uefi); polls++)
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

static void *uefi_entry(const struct sb_uefi *uefi, const struct sb_uefi_guid *kind)
{
	const struct sb_uefi_table *table = uefi->table;

	for (uintptr_t i = 0; table->entries && i < table->count && i < SB_UEFI_ENTRIES_MAX; i++)
		if (__builtin_memcmp(&table->entries[i].kind, kind, sizeof *kind) == 0)
			return table->entries[i].table;
	return NULL;
}

/* EFI_ACPI_20_TABLE_GUID, then ACPI_TABLE_GUID. */
uintptr_t sb_uefi_rsdp(const struct sb_uefi *uefi)
{
	static const struct sb_uefi_guid kind[2] = {
		{ 0x8868e871, 0xe4f1, 0x11d3, { 0xbc, 0x22, 0, 0x80, 0xc7, 0x3c, 0x88, 0x81 } },
		{ 0xeb9d2d30, 0x2d88, 0x11d3, { 0x9a, 0x16, 0, 0x90, 0x27, 0x3f, 0xc1, 0x4d } },
	};
	void *table = uefi_entry(uefi, &kind[0]);

	return (uintptr_t)(table ? table : uefi_entry(uefi, &kind[1]));
}
SB_OWN(sb_uefi_rsdp);

/* EFI_DTB_TABLE_GUID */
void *sb_uefi_tree(const struct sb_uefi *uefi)
{
	static const struct sb_uefi_guid kind = {
		0xb1b621d5, 0xf19c, 0x41a5, { 0x83, 0x0b, 0xd9, 0x15, 0x2c, 0x69, 0xaa, 0xe0 }
	};

	return uefi_entry(uefi, &kind);
}
SB_OWN(sb_uefi_tree);
