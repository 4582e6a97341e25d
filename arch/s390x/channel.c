/* SPDX-License-Identifier: BSD-2-Clause */
/* The instructions of channel I/O: PoP, chapter 14. Each takes the subchannel
   from register 1. All but one have another operand, in memory. */
#include "cc.h"
#include "sb_s390x.h"

/* clang-format off */
#define CHANNEL_CALL(name, instruction, operand)                       \
	static int name(uint32_t subchannel, operand *at)              \
	{                                                              \
		register uint64_t which __asm__("1") = subchannel;     \
		int cc;                                                \
		__asm__ volatile(instruction " 0(%2)\n\t" CC_TAKE      \
				 : "=d"(cc)                            \
				 : "d"(which), "a"(at)                 \
				 : "cc", "memory");                    \
		return CC_OF(cc);                                      \
	}
/* clang-format on */
CHANNEL_CALL(channel_store, "stsch", void)
CHANNEL_CALL(channel_modify, "msch", const void)
CHANNEL_CALL(channel_start, "ssch", const void)
CHANNEL_CALL(channel_test, "tsch", void)

static int channel_clear(uint32_t subchannel)
{
	register uint64_t name __asm__("1") = subchannel;
	int cc;

	__asm__ volatile("csch\n\t" CC_TAKE : "=d"(cc) : "d"(name) : "cc", "memory");
	return CC_OF(cc);
}

/* Registers 1 to 4 are subcode, subchannel, queue, cookie. There is no cookie.
   Register 2 becomes the result, which says nothing that anybody could use. */
static void channel_notify(uint32_t subchannel, uint32_t queue)
{
	register uint64_t subcode __asm__("1") = 3;
	register uint64_t name __asm__("2") = subchannel;
	register uint64_t number __asm__("3") = queue;
	register uint64_t cookie __asm__("4") = 0;

	__asm__ volatile("diag %0, %2, 0x500"
			 : "+d"(name)
			 : "d"(subcode), "d"(number), "d"(cookie)
			 : "cc", "memory");
}

/*
 * CHSC, set domain attributes: IBM documents it for licensees alone, so this
 * follows Linux, drivers/s390/cio/chsc.c, struct chsc_sda_area. The request and
 * the answer share a page. 0x0002: operation code "multiple subchannel sets".
 */
#define CHANNEL_PAGE 4096u
#define CHANNEL_LENGTH 0x0400
#define CHANNEL_SET_DOMAIN 0x0031
#define CHANNEL_ALL_SETS 0x0002
#define CHANNEL_ANSWER (CHANNEL_LENGTH / 2 + 1) /* halfword, behind its length */
#define CHANNEL_DONE 0x0001

/* A library has no memory of its own, so the page is somewhere on the stack. */
static unsigned channel_sets(void)
{
	uint8_t space[2 * CHANNEL_PAGE];
	uint16_t *page = (void *)(((uintptr_t)space & -(uintptr_t)CHANNEL_PAGE) + CHANNEL_PAGE);
	int cc;

	for (unsigned i = 0; i <= CHANNEL_ANSWER; i++)
		page[i] = 0;
	page[0] = CHANNEL_LENGTH;
	page[1] = CHANNEL_SET_DOMAIN;
	page[3] = CHANNEL_ALL_SETS;
	__asm__ volatile(".insn rre, 0xb25f0000, %1, 0\n\t" CC_TAKE
			 : "=d"(cc)
			 : "a"(page)
			 : "cc", "memory");
	return CC_OF(cc) == 0 && page[CHANNEL_ANSWER] == CHANNEL_DONE ? SB_CHANNEL_SETS : 1;
}

const struct sb_channel sb_s390x_channel = {
	.store = channel_store,
	.modify = channel_modify,
	.start = channel_start,
	.test = channel_test,
	.clear = channel_clear,
	.notify = channel_notify,
	.sets = channel_sets,
};
SB_OWN(sb_s390x_channel);
