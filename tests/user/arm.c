/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The counters of arch/arm in user mode, on a CPU without a Generic Timer, and
 * the accesses to a device. This program answers what traps.
 */
#include "io.h"
#include "memory.h"
#include "sb_arm.h"
#include "user.h"

#define DEVICE 0x40000000u /* a page that nobody may touch */
#define CPSR_THUMB 0x20u

static struct {
	uint64_t cntvct;
	uint32_t cntfrq, pmccntr;
	unsigned counters;
	uint64_t at; /* of an access to the device */
	uint32_t value;
	unsigned bytes, wrote, accesses;
} trapped;

/* MRRC and MRC are encoded alike in both states: Arm ARM, DDI 0406, sections
   A8.8.108 and A8.8.107. */
static int answer_counter(const struct user_cpu *cpu, uint32_t code)
{
	uint64_t *low = cpu->reg[code >> 12 & 15];

	trapped.counters++;
	if ((code & 0xfff00fffu) == 0xec500f1eu) {
		*low = (uint32_t)trapped.cntvct;
		*cpu->reg[code >> 16 & 15] = trapped.cntvct >> 32;
	} else if ((code & 0xffff0fffu) == 0xee1e0f10u) {
		*low = trapped.cntfrq;
	} else if ((code & 0xffff0fffu) == 0xee190f1du) {
		*low = trapped.pmccntr;
	} else {
		return 0;
	}
	return 1;
}

static int access(const struct user_cpu *cpu, unsigned bytes, unsigned load, unsigned reg)
{
	trapped.at = cpu->fault;
	trapped.bytes = bytes;
	trapped.wrote = !load;
	trapped.accesses++;
	if (load)
		*cpu->reg[reg] = trapped.value;
	else
		trapped.value = (uint32_t)*cpu->reg[reg];
	return 1;
}

/* LDR and STR by a register and an offset, without write-back: sections A5.3,
   A5.2.8; in Thumb state A6.2.4, A6.3.7 to A6.3.10. */
static int answer_arm(const struct user_cpu *cpu, uint32_t code)
{
	unsigned load = code >> 20 & 1, reg = code >> 12 & 15;

	if ((code & 0x0f200000u) == 0x05000000u)
		return access(cpu, code >> 22 & 1 ? 1 : 4, load, reg);
	if ((code & 0x0f6000f0u) == 0x014000b0u)
		return access(cpu, 2, load, reg);
	return 0;
}

static int answer_thumb(const struct user_cpu *cpu, uint32_t code)
{
	static const uint8_t bytes[] = { 4, 1, 2 }; /* from 0x6000 on */

	if (code >> 16 == 0 && code >= 0x6000 && code < 0x9000)
		return access(cpu, bytes[(code - 0x6000) >> 12], code >> 11 & 1, code & 7);
	if ((code & 0xff800000u) == 0xf8800000u && (code >> 21 & 3) < 3)
		return access(cpu, 1u << (code >> 21 & 3), code >> 20 & 1, code >> 12 & 15);
	return 0;
}

int user_trap(const struct user_cpu *cpu)
{
	const uint16_t *half = (const uint16_t *)(uintptr_t)(*cpu->pc & ~(uint64_t)1);
	int thumb = (*cpu->flags & CPSR_THUMB) != 0, narrow = thumb && half[0] >> 11 < 0x1d;
	uint32_t code = narrow  ? half[0]
			: thumb ? (uint32_t)half[0] << 16 | half[1]
				: half[0] | (uint32_t)half[1] << 16;

	*cpu->pc += narrow ? 2 : 4;
	if (answer_counter(cpu, code))
		return 1;
	return thumb ? answer_thumb(cpu, code) : answer_arm(cpu, code);
}

/* One read each, and all its bits. */
static void counters(void)
{
	static const uint64_t values[] = {
		0, 1, 0xffffffff, 0x100000000, 0x80000000ffffffff, 0x123456789abcdef0
	};

	for (unsigned i = 0; i < sizeof values / sizeof *values; i++) {
		uint32_t half = (uint32_t)(values[i] ^ values[i] >> 32);

		trapped.cntvct = values[i];
		trapped.cntfrq = half + 1;
		trapped.pmccntr = half + 2;
		trapped.counters = 0;
		CHECK(sb_arm_cntvct() == values[i] && trapped.counters == 1);
		CHECK(sb_arm_cntfrq() == (uint32_t)(half + 1) && trapped.counters == 2);
		CHECK(sb_arm_pmccntr() == (uint32_t)(half + 2) && trapped.counters == 3);
	}
}

static int seen(uint32_t offset, unsigned bytes, unsigned wrote)
{
	return trapped.at == DEVICE + offset && trapped.bytes == bytes && trapped.wrote == wrote &&
	       trapped.accesses == 1 && !(trapped.accesses = 0);
}

/* Each access is one instruction of its width, which a hypervisor can read. */
static void accesses_to_a_device(void)
{
	user_page(DEVICE, USER_NONE);
	trapped.value = 0x92345678;
	CHECK(sb_io_read8(DEVICE + 5) == 0x78 && seen(5, 1, 0));
	CHECK(sb_io_read16(DEVICE + 6) == 0x5678 && seen(6, 2, 0));
	CHECK(sb_io_read32(DEVICE + 8) == 0x92345678 && seen(8, 4, 0));
	sb_io_write8(DEVICE + 7, 0xa1);
	CHECK((uint8_t)trapped.value == 0xa1 && seen(7, 1, 1));
	sb_io_write16(DEVICE + 2, 0xa1b2);
	CHECK((uint16_t)trapped.value == 0xa1b2 && seen(2, 2, 1));
	sb_io_write32(DEVICE + 12, 0xa1b2c3d4);
	CHECK(trapped.value == 0xa1b2c3d4 && seen(12, 4, 1));
}

void user_main(void)
{
	RUN(counters);
	RUN(memory);
	RUN(accesses_to_a_device);
}
