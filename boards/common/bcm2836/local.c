/* SPDX-License-Identifier: BSD-2-Clause */
#include "bcm2836.h"
#include "board.h"
#include "io.h"
#include "wfi.h"

/*
 * BCM2836 ARM-local peripherals (QA7), revision 3.4, sections 4.6, 4.7, 4.8 and
 * 4.10.
 */
#define LOCAL_TIMERS 0x40000040u /* which of core 0 interrupt */
#define LOCAL_TIMERS_VIRTUAL 8u
#define LOCAL_MAILBOXES 0x40000050u /* the same */
#define LOCAL_MAILBOX0 1u
#define LOCAL_MAILBOX0_SET 0x40000080u
#define LOCAL_MAILBOX0_CLEAR 0x400000c0u /* read: what is set */
#define LOCAL_ALL 0xffffffffu

int wfi_taken(void)
{
	uint32_t mail = sb_io_read32(LOCAL_MAILBOX0_CLEAR);

	sb_io_write32(LOCAL_MAILBOX0_CLEAR, mail);
	return mail != 0;
}

int board_event(void)
{
	sb_io_publish();
	sb_io_write32(LOCAL_MAILBOX0_SET, 1);
	return 0;
}

void bcm2836_local_start(void)
{
	sb_io_write32(LOCAL_MAILBOX0_CLEAR, LOCAL_ALL);
	sb_io_write32(LOCAL_TIMERS, LOCAL_TIMERS_VIRTUAL);
	sb_io_write32(LOCAL_MAILBOXES, LOCAL_MAILBOX0);
	wfi_works = 1;
}
