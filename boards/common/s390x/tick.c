/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * For tests/guests/tick.h: the clock comparator, and the emergency signal that
 * a CPU sends to itself.
 */
#include "tick.h"
#include "s390x.h"

#define TICK_NS 20000u

void tick_entry(void);
void tick_interruption(void);

/*
 * Another interruption changes the prefix area. So what this one needs of it is
 * kept on the stack, of which nothing below its pointer is in use. Registers
 * come by way of 0x200, which the CPU leaves alone.
 */
__asm__(".pushsection .text.tick_entry, \"ax\"\n"
	"\t.balign 8\n"
	"\t.globl tick_entry\n"
	"tick_entry:\n"
	"\tstmg %r0, %r15, 0x200\n"
	"\taghi %r15, -304\n"
	"\tmvc 160(16, %r15), 0x130\n" /* the old PSW */
	"\tmvc 176(128, %r15), 0x200\n"
	"\txc 0(8, %r15), 0(%r15)\n"
	"\tbrasl %r14, tick_interruption\n"
	"\tmvc 0x200(16), 160(%r15)\n"
	"\tlmg %r0, %r15, 176(%r15)\n"
	"\tlpswe 0x200\n"
	"\t.popsection");

static void tick_open(void)
{
	uint8_t mask;

	__asm__ volatile("stosm %0, 1" : "=Q"(mask) : : "memory");
}

static void tick_close(void)
{
	uint8_t mask;

	__asm__ volatile("stnsm %0, 0xfe" : "=Q"(mask) : : "memory");
}

/* The comparator's lets the other one in. */
void tick_interruption(void)
{
	if (s390x_low16(S390X_EXTERNAL_CODE) != S390X_EXTERNAL_COMPARATOR) {
		tick();
		return;
	}
	wfi_alarm(TICK_NS);
	s390x_externals(S390X_EMERGENCY);
	tick_open();
	tick();
	tick_close();
	s390x_externals(S390X_EMERGENCY | S390X_COMPARATOR);
}

void tick_start(void)
{
	s390x_external_to(tick_entry);
	wfi_alarm(TICK_NS);
	tick_open();
}

void tick_stop(void)
{
	tick_close();
	wfi_alarm(0);
	s390x_external_to(s390x_woken);
}

void tick_raise(void)
{
	(void)board_event();
}
