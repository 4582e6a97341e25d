/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Machines of x86. They differ in what CPUID and SEV_STATUS say. All other
 * leaves are those of this machine.
 */
#include <string.h>
#include "confidential.h"
#include "sb_x86.h"

const struct confidential_machine confidential_machines[] = {
	{ "a plain machine", SB_UNRECORDED },
	{ "a plain machine whose CPU was recorded", 0 },
	{ "an emulator that says so", SB_TIMING },
	{ "AMD, plain though able", SB_UNRECORDED },
	{ "a TD of TDX", SB_HOST | SB_TIMING },
	{ "SEV", SB_HOST | SB_TIMING },
	{ "SEV-ES", SB_HOST | SB_TIMING },
	{ "SEV-SNP", SB_HOST | SB_TIMING },
	{ "SEV, and no way to ask which", SB_HOST | SB_TIMING },
	{ "SEV-SNP that hides its leaf from a board that can ask all the same",
	  SB_HOST | SB_TIMING },
};
const size_t confidential_count = sizeof confidential_machines / sizeof *confidential_machines;

static const struct machine {
	uint32_t leaf; /* 8000001Fh, EAX */
	int64_t status;
	const char *hypervisor; /* 40000000h; NULL: zeros */
	uint8_t tdx, no_msr, own_msr, survives, recorded;
} machines[] = {
	{ .status = -1 },
	{ .status = -1, .recorded = 1 },
	{ .status = -1, .recorded = 1, .hypervisor = "TCGTCGTCGTCG" },
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

static void machine_spell(uint32_t reg[4], int a, int b, int c, const char *text)
{
	memcpy(&reg[a], text, 4);
	memcpy(&reg[b], text + 4, 4);
	memcpy(&reg[c], text + 8, 4);
}

static void machine_cpuid(uint32_t leaf, uint32_t sub, uint32_t reg[4])
{
	static const char nobody[12];

	sb_x86_cpuid(leaf, sub, reg);
	if (leaf == 0 && machine->recorded)
		machine_spell(reg, 1, 3, 2, "GenuineIntel");
	if (leaf == 1)
		reg[0] = machine->recorded ? 0xc06f2 : 0; /* family 6 model 207 */
	if (leaf == 0x40000000)
		machine_spell(reg, 1, 2, 3, machine->hypervisor ? machine->hypervisor : nobody);
	if (leaf == 0x21 && machine->tdx) {
		machine_spell(reg, 1, 3, 2, "IntelTDX    ");
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
