/* SPDX-License-Identifier: BSD-2-Clause */
#include "sb_vmclock.h"
#include "io.h"

/* Linux include/uapi/linux/vmclock-abi.h: struct vmclock_abi, little-endian */
#define VMCLOCK_MAGIC 0x00
#define VMCLOCK_MAGIC_VALUE 0x4b4c4356u /* "VCLK" */
#define VMCLOCK_SIZE 0x04
#define VMCLOCK_VERSION 0x08 /* the low half of the word */
#define VMCLOCK_SEQUENCE 0x0c
#define VMCLOCK_MARKER 0x10
#define VMCLOCK_FLAGS 0x18
#define VMCLOCK_FLAG_COUNTER 0x100u
#define VMCLOCK_COUNTER 0x68
#define VMCLOCK_COUNTER_END 0x70

/* What the first 4 bytes of the id say: which counter it is. */
#define VMCLOCK_TAG_MARKER 0x4d4b4c43u  /* "CLKM" */
#define VMCLOCK_TAG_COUNTER 0x474b4c43u /* "CLKG" */

static uint32_t vmclock_word(const volatile void *page, uint32_t offset)
{
	return sb_io_read32((uintptr_t)page + offset);
}

/* The fields that never change. */
static int vmclock_known(const volatile void *page, uint64_t len)
{
	uint32_t size;

	if ((uintptr_t)page % 8 || len < SB_VMCLOCK_BYTES)
		return 0;
	size = vmclock_word(page, VMCLOCK_SIZE);
	return vmclock_word(page, VMCLOCK_MAGIC) == VMCLOCK_MAGIC_VALUE &&
	       (vmclock_word(page, VMCLOCK_VERSION) & 0xffff) == 1 && size >= SB_VMCLOCK_BYTES &&
	       size <= len;
}

/* Reads while nobody may be writing. SB_EUNFIT: the flag promises a counter for
   which there is no room. */
static int vmclock_counter(const volatile void *page, uint32_t word[4])
{
	uint32_t at = VMCLOCK_MARKER;

	word[0] = VMCLOCK_TAG_MARKER;
	if (vmclock_word(page, VMCLOCK_FLAGS) & VMCLOCK_FLAG_COUNTER) {
		if (vmclock_word(page, VMCLOCK_SIZE) < VMCLOCK_COUNTER_END)
			return SB_EUNFIT;
		word[0] = VMCLOCK_TAG_COUNTER;
		at = VMCLOCK_COUNTER;
	}
	word[1] = 0;
	word[2] = vmclock_word(page, at);
	word[3] = vmclock_word(page, at + 4);
	return SB_OK;
}

int sb_vmclock_read(const volatile void *page, uint64_t len, uint8_t id[16])
{
	uint32_t word[4];

	if (!vmclock_known(page, len))
		return SB_EUNFIT;
	for (uint32_t polls = 0; polls < SB_VMCLOCK_POLLS; polls++) {
		uint32_t sequence = vmclock_word(page, VMCLOCK_SEQUENCE);
		int result;

		sb_io_acquire();
		result = vmclock_counter(page, word);
		sb_io_acquire();
		if (sequence & 1 || vmclock_word(page, VMCLOCK_SEQUENCE) != sequence) {
			sb_io_relax();
			continue;
		}
		for (unsigned i = 0; i < 16; i++)
			id[i] = (uint8_t)(word[i / 4] >> 8 * (i % 4));
		return result;
	}
	return SB_EIO;
}
SB_OWN(sb_vmclock_read);
