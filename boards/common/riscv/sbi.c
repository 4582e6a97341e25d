/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * S-mode under a firmware: console, timer, and the end, by RISC-V's Supervisor
 * Binary Interface. Sections are those of its specification 2.0. A firmware
 * without the console extension has the call of version 0.1 (chapter 5).
 * Without the timer extension waits poll.
 */
#include "exit_line.h"
#include "riscv.h"
#include "sb_riscv.h"

/* chapter 3: error and value in a0 and a1 */
#define SBI_BASE 0x10
#define SBI_BASE_PROBE 3
#define SBI_TIME 0x54494d45 /* chapter 6 */
#define SBI_TIME_SET 0
#define SBI_SRST 0x53525354 /* chapter 10 */
#define SBI_SRST_RESET 0
#define SBI_SRST_SHUTDOWN 0
#define SBI_SRST_FAILURE 1
#define SBI_DBCN 0x4442434e /* chapter 12 */
#define SBI_DBCN_WRITE 0
#define SBI_OLD_PUT 1 /* chapter 5 */
/* Calls that take nothing before the rest of a line is given up. */
#define SBI_POLLS 100000u

/* Privileged Architecture 20211203, section 4.1.3: software and timer */
#define SBI_SSI 0x02u
#define SBI_STI 0x20u

static int sbi_here, sbi_has_time, sbi_has_console, sbi_has_reset;

struct sbi_answer {
	intptr_t error;
	uintptr_t value;
};

static struct sbi_answer sbi_call(uintptr_t extension, uintptr_t function, uintptr_t first,
				  uintptr_t second, uintptr_t third)
{
	register uintptr_t a0 __asm__("a0") = first;
	register uintptr_t a1 __asm__("a1") = second;
	register uintptr_t a2 __asm__("a2") = third;
	register uintptr_t a6 __asm__("a6") = function;
	register uintptr_t a7 __asm__("a7") = extension;

	__asm__ volatile("ecall" : "+r"(a0), "+r"(a1) : "r"(a2), "r"(a6), "r"(a7) : "memory");
	return (struct sbi_answer){ (intptr_t)a0, a1 };
}

static int sbi_probe(uintptr_t extension)
{
	struct sbi_answer answer = sbi_call(SBI_BASE, SBI_BASE_PROBE, extension, 0, 0);

	return !answer.error && answer.value;
}

void riscv_mode_start(const struct sb_fdt *tree)
{
	(void)tree;
	sbi_has_time = sbi_probe(SBI_TIME);
	sbi_has_console = sbi_probe(SBI_DBCN);
	sbi_has_reset = sbi_probe(SBI_SRST);
	sbi_here = 1;
}

/* Memory is mapped one to one, as no page table is in use. */
static void sbi_write(const char *text, size_t len)
{
	for (uint32_t polls = 0; len && polls < SBI_POLLS; polls++) {
		struct sbi_answer answer =
			sbi_call(SBI_DBCN, SBI_DBCN_WRITE, len, (uintptr_t)text, 0);

		if (answer.error || answer.value > len)
			return;
		text += answer.value;
		len -= answer.value;
	}
}

/* In a mode that has no firmware there is no one to call. */
void board_write(const char *text, size_t len)
{
	if (!sbi_here)
		riscv_soc_write(text, len);
	else if (sbi_has_console)
		sbi_write(text, len);
	else
		while (len--)
			(void)sbi_call(SBI_OLD_PUT, 0, (uint8_t)*text++, 0, 0);
}

_Noreturn void board_exit(int status)
{
	exit_line(status);
	/* The firmware is told of a failure, and not of which status it is. */
	if (status || !sbi_has_reset)
		riscv_soc_end(status);
	if (sbi_has_reset)
		(void)sbi_call(SBI_SRST, SBI_SRST_RESET, SBI_SRST_SHUTDOWN,
			       status ? SBI_SRST_FAILURE : 0, 0);
	for (;;)
		__asm__ volatile("wfi");
}

uint64_t riscv_time(void)
{
	return sb_riscv_time();
}

/* The second register has the upper half where a register has 32 bits. */
void riscv_alarm(uint64_t time)
{
	if (sbi_has_time)
		(void)sbi_call(SBI_TIME, SBI_TIME_SET, (uintptr_t)time,
			       sizeof(uintptr_t) < sizeof time ? (uintptr_t)(time >> 32) : 0, 0);
}

uintptr_t riscv_wakes(void)
{
	return sbi_has_time ? SBI_SSI | SBI_STI : 0;
}

int wfi_taken(void)
{
	uintptr_t pending;

	__asm__ volatile("csrrc %0, sip, %1" : "=r"(pending) : "r"((uintptr_t)SBI_SSI) : "memory");
	return (pending & SBI_SSI) != 0;
}

int board_event(void)
{
	if (!wfi_works)
		return -1;
	__asm__ volatile("csrs sip, %0" : : "r"((uintptr_t)SBI_SSI) : "memory");
	return 0;
}
