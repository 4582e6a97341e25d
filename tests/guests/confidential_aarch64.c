/* SPDX-License-Identifier: BSD-2-Clause */
/* Machines of 64-bit Arm. They differ in what answers SMC. */
#include "confidential.h"
#include "sb_aarch64.h"

const struct confidential_machine confidential_machines[] = {
	{ "nobody takes SMC", 0 },
	{ "firmware without realms", 0 },
	{ "a realm", SB_HOST | SB_TIMING },
	{ "a realm of another version", SB_HOST | SB_TIMING },
};
const size_t confidential_count = sizeof confidential_machines / sizeof *confidential_machines;

static const int64_t machine_answer[] = { 0, -1, 0, 1 };

static size_t machine_now;
static int machine_instruction;

static uint64_t machine_isar0(void)
{
	return machine_instruction ? sb_aarch64_isar0() : 0;
}

static void machine_smc(uint64_t reg[4])
{
	reg[0] = (uint64_t)machine_answer[machine_now];
}

static struct sb_aarch64_cpu machine_cpu = { .isar0 = machine_isar0 };

void *confidential_become(size_t i, int instruction)
{
	machine_now = i;
	machine_instruction = instruction;
	machine_cpu.smc = i ? machine_smc : NULL;
	return &machine_cpu;
}

uint16_t confidential_distrust(void)
{
	return sb_aarch64_distrust(&machine_cpu);
}
