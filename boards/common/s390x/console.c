/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Console and end. The service-call logical processor has a console for plain
 * text. IBM publishes nothing about it, so this follows Linux, sclp.h and
 * sclp_vt220.c of drivers/s390/char, and QEMU, include/hw/s390x/sclp.h.
 */
#include "exit_line.h"
#include "io.h"
#include "s390x.h"

#define CONSOLE_MASKS 0x00780005u
#define CONSOLE_WRITE 0x00760005u
#define CONSOLE_TEXT_TYPE 0x1a
#define CONSOLE_TEXT_MASK (UINT32_C(1) << (32 - CONSOLE_TEXT_TYPE))

#define CONSOLE_POLLS 1000000u /* before the rest is given up */
#define CONSOLE_BYTES 242u
#define CONSOLE_BUSY 2 /* condition codes of SERVC: not now */
#define CONSOLE_ABSENT 3

/* A request and its answer. It lies below 2 GiB, within 4 KiB. */
static struct {
	uint16_t len;
	uint8_t function, control[3];
	uint16_t response; /* 0: not yet */
	union {
		struct {
			uint16_t unused, mask_len;
			uint32_t wants, sends; /* this program */
			uint32_t takes, gives; /* the other side */
		} mask;
		struct {
			uint16_t len;
			uint8_t type, flags;
			uint16_t unused;
			char text[CONSOLE_BYTES];
		} event;
	} u;
} console __attribute__((aligned(256)));
_Static_assert(sizeof console == 256, "it crosses no page");

static int console_works;

static int console_service(uint32_t command)
{
	int cc;

	__asm__ volatile(".insn rre, 0xb2200000, %1, %2\n\tipm %0"
			 : "=d"(cc)
			 : "d"(command), "a"(&console)
			 : "cc", "memory");
	return (int)((uint32_t)cc >> 28 & 3);
}

/* The end of a command is an interruption too. It stays pending, and is not
   let through: one for all. */
static void console_call(uint32_t command)
{
	uint32_t polls = CONSOLE_POLLS;
	int cc;

	console.response = 0;
	do
		cc = console_service(command);
	while (cc == CONSOLE_BUSY && --polls);
	if (cc == CONSOLE_BUSY || cc == CONSOLE_ABSENT)
		return;
	while (!*(volatile uint16_t *)&console.response && polls--)
		sb_io_relax();
}

void s390x_console_start(void)
{
	console.len = 8 + sizeof console.u.mask;
	console.u.mask.mask_len = sizeof console.u.mask.wants;
	console.u.mask.sends = CONSOLE_TEXT_MASK;
	console_call(CONSOLE_MASKS);
	console_works = (console.u.mask.takes & CONSOLE_TEXT_MASK) != 0;
}

void board_write(const char *text, size_t len)
{
	while (console_works && len) {
		size_t part = len < CONSOLE_BYTES ? len : CONSOLE_BYTES;

		console.len = (uint16_t)(14 + part);
		console.u.event.len = (uint16_t)(6 + part);
		console.u.event.type = CONSOLE_TEXT_TYPE;
		console.u.event.flags = 0;
		console.u.event.unused = 0;
		for (size_t i = 0; i < part; i++)
			console.u.event.text[i] = text[i];
		console_call(CONSOLE_WRITE);
		text += part;
		len -= part;
	}
}

/*
 * A wait that nothing ends is the end of the machine. QEMU takes address 0xfff
 * for success, and any other one for a guest that failed: target/s390x/helper.c
 * has is_special_wait_psw.
 */
#define CONSOLE_SUCCESS 0xfff

_Noreturn void board_exit(int status)
{
	struct s390x_psw end = { S390X_PSW_WAIT | S390X_PSW_64, status ? 0 : CONSOLE_SUCCESS };

	exit_line(status);
	for (;;)
		__asm__ volatile("lpswe %0" : : "Q"(end) : "memory");
}
