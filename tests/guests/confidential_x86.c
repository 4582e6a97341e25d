/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Machines of x86. They differ in what CPUID and SEV_STATUS say. All other
 * leaves are those of this machine.
 */
#include <string.h>
#include "confidential.h"
#include "sb_x86.h"

const struct confidential_machine confidential_machines[] = {
	{ "a plain machine", 0 },
	{ "AMD, plain though able", 0 },
	{ "a TD of TDX", SB_HOST },
	{ "SEV", SB_HOST },
	{ "SEV-ES", SB_HOST },
	{ "SEV-SNP", SB_HOST },
	{ "SEV, and no way to ask which", SB_HOST },
	{ "SEV-SNP that hides its leaf from a board that can ask all the same", SB_HOST },
};
const size_t confidential_count = sizeof confidential_machines / sizeof *confidential_machines;

static const struct machine {
	uint32_t leaf; /* 8000001Fh, EAX */
	int64_t status;
	uint8_t tdx, no_msr, own_msr, survives;
} machines[] = {
	{ .status = -1 },
	/* QEMU's CPUs have this register, with another meaning. It reads 0. */
	{ .leaf = 0x1f, .own_msr = 1 },
	{ .tdx = 1, .status = -1 },
	{ .leaf = 0x02, .status = 1 },
	{ .leaf = 0x0a, .status = 3 },
	{ .leaf = 0x1f, .status = 7 },
	{ .leaf = 0x1f, .no_msr = 1 },
	{ .status = 7, .survives = 1 },
};

static const struct machine *machine;
static int machine_instruction;

static void machine_cpuid(uint32_t leaf, uint32_t sub, uint32_t reg[4])
{
	sb_x86_cpuid(leaf, sub, reg);
	if (leaf == 0x21 && machine->tdx) {
		memcpy(&reg[1], "Inte", 4);
		memcpy(&reg[3], "lTDX", 4);
		memcpy(&reg[2], "    ", 4);
	} else if (leaf == 0x80000000u) {
		reg[0] = 0x8000001fu;
	} else if (leaf == 0x8000001fu) {
		reg[0] = machine->leaf;
	} else if (leaf == 1 && !machine_instruction) {
		reg[2] &= ~(1u << 30); /* RDRAND */
	} else if (leaf == 7 && !machine_instruction) {
		reg[1] &= ~(1u << 18); /* RDSEED */
	}
}

static int machine_msr(uint32_t index, uint64_t *value)
{
	if (index != 0xc0010131u || machine->status < 0)
		return SB_ENODEV;
	*value = (uint64_t)machine->status;
	return SB_OK;
}

static struct sb_x86_cpu machine_cpu = { .cpuid = machine_cpuid };

void *confidential_become(size_t i, int instruction)
{
	machine = &machines[i];
	machine_instruction = instruction;
	machine_cpu.msr = machine->no_msr ? NULL : machine->own_msr ? sb_x86_rdmsr : machine_msr;
	machine_cpu.msr_survives = machine->survives;
	return &machine_cpu;
}

uint16_t confidential_distrust(void)
{
	return sb_x86_distrust(&machine_cpu);
}
