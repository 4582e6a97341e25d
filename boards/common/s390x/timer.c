/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The clock and the sleep of boards/common/wfi: the TOD clock, its comparator,
 * and a wait that lets external interruptions through. Elsewhere they are off.
 * An event is an emergency signal that this CPU sends to itself.
 */
#include "s390x.h"
#include "scale.h"

#define TIMER_EXTERNALS 0xfe70u /* of control register 0: all that there are */
#define TIMER_SIGNAL 3          /* order of SIGNAL PROCESSOR: emergency signal */

#define TIMER_NS 1000000000u
#define TIMER_TAKEN_MAX 8 /* kinds of interruption that may be pending */

const struct s390x_psw s390x_waits = { S390X_PSW_EXTERNAL | S390X_PSW_WAIT | S390X_PSW_64,
				       (uintptr_t)s390x_woken };

static uint64_t timer_scale; /* nanoseconds a tick, 32.32 */
static uint64_t timer_rate;  /* ticks a nanosecond, 32.32 */
static uint64_t timer_zero;
static int timer_event;

static void timer_comparator(uint64_t at)
{
	__asm__ volatile("sckc %0" : : "Q"(at) : "memory");
}

void s390x_externals(uint64_t which)
{
	uint64_t control;

	__asm__ volatile("stctg 0, 0, %0" : "=Q"(control) : : "memory");
	control = (control & ~(uint64_t)TIMER_EXTERNALS) | which;
	__asm__ volatile("lctlg 0, 0, %0" : : "Q"(control) : "memory");
}

void s390x_timer_start(void)
{
	timer_scale = scale_divide((uint64_t)TIMER_NS << 32, SB_S390X_STCKF_HZ);
	timer_rate = scale_divide((uint64_t)SB_S390X_STCKF_HZ << 32, TIMER_NS);
	timer_zero = sb_s390x_stckf();
	timer_comparator(UINT64_MAX);
	s390x_externals(S390X_EMERGENCY | S390X_COMPARATOR);
	wfi_works = timer_zero != 0;
}

/* The TOD clock begins in 1900 and overflows in 2042. */
uint64_t wfi_now(void)
{
	return scale_multiply(sb_s390x_stckf() - timer_zero, timer_scale);
}

/* It interrupts as soon as the clock is above it, and for as long. */
void wfi_alarm(uint32_t ns)
{
	timer_comparator(ns ? sb_s390x_stckf() + scale_multiply(ns, timer_rate) : UINT64_MAX);
}

/* Lets one interruption through, by one of the two functions of start.S.
   Nonzero if there was one. */
static int timer_let(void (*through)(void))
{
	uint16_t code;

	s390x_low_clear(S390X_EXTERNAL_CODE);
	through();
	__asm__ volatile("" : : : "memory");
	code = s390x_low16(S390X_EXTERNAL_CODE);
	timer_event |= code == S390X_EXTERNAL_EMERGENCY;
	return code != 0;
}

void wfi_sleep(void)
{
	(void)timer_let(s390x_sleep);
}

int wfi_taken(void)
{
	int event;

	for (int left = TIMER_TAKEN_MAX; left && timer_let(s390x_take); left--)
		;
	event = timer_event;
	timer_event = 0;
	return event;
}

static uint16_t timer_address(void)
{
	uint16_t address;

	__asm__ volatile("stap %0" : "=Q"(address) : : "memory");
	return address;
}

int board_event(void)
{
	register uint64_t parameter __asm__("0") = 0;
	int cc;

	__asm__ volatile("sigp %1, %2, %3\n\tipm %0"
			 : "=d"(cc), "+d"(parameter)
			 : "d"((uint64_t)timer_address()), "i"(TIMER_SIGNAL)
			 : "cc", "memory");
	return ((uint32_t)cc >> 28 & 3) == 0 ? 0 : -1;
}
