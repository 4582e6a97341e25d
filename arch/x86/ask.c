/* SPDX-License-Identifier: BSD-2-Clause */
#include "sb_x86.h"

static struct sb_x86_leaf *ask_find(struct sb_x86_leaves *leaves, uint32_t leaf, uint32_t sub,
				    uint32_t start)
{
	for (unsigned i = 0; i < SB_X86_LEAVES; i++) {
		struct sb_x86_leaf *at = &leaves->at[i];

		if (at->leaf == leaf && at->sub == sub && at->start == start)
			return at;
	}
	return NULL;
}

static const struct sb_x86_leaf *ask_once(const struct sb_x86_cpu *cpu, uint32_t leaf, uint32_t sub,
					  uint32_t start)
{
	struct sb_x86_leaves *leaves = cpu->leaves;
	struct sb_x86_leaf *at = ask_find(leaves, leaf, sub, start);

	if (at)
		return at;
	at = &leaves->at[leaves->next++ % SB_X86_LEAVES];
	at->leaf = leaf;
	at->sub = sub;
	at->start = start;
	cpu->cpuid(leaf, sub, at->reg);
	return at;
}

void sb_x86_ask(const struct sb_x86_cpu *cpu, uint32_t leaf, uint32_t sub, uint32_t reg[4])
{
	struct sb_x86_leaves *leaves = cpu->leaves;
	const struct sb_x86_leaf *at;
	uint32_t start;

	/* Instances start on several CPUs, and in interrupts. Who finds the
	   memory busy does without it. */
	if (!leaves || __atomic_test_and_set(&leaves->busy, __ATOMIC_ACQUIRE)) {
		cpu->cpuid(leaf, sub, reg);
		return;
	}
	/* Before CPUID is asked: an answer from before sb_x86_forget is old.
	   Memory of zeros is of no start. */
	start = __atomic_load_n(&leaves->start, __ATOMIC_SEQ_CST) + 1;
	at = ask_once(cpu, leaf, sub, start);
	for (unsigned i = 0; i < 4; i++)
		reg[i] = at->reg[i];
	__atomic_clear(&leaves->busy, __ATOMIC_RELEASE);
}
SB_OWN(sb_x86_ask);

void sb_x86_forget(const struct sb_x86_cpu *cpu)
{
	if (cpu->leaves)
		__atomic_add_fetch(&cpu->leaves->start, 1, __ATOMIC_SEQ_CST);
}
SB_OWN(sb_x86_forget);

void sb_x86_renew(const struct sb_x86_cpu *cpu)
{
	struct sb_x86_leaves *leaves = cpu->leaves;
	uint32_t start;

	if (!leaves)
		return;
	start = __atomic_load_n(&leaves->start, __ATOMIC_SEQ_CST);
	if (__atomic_exchange_n(&leaves->renewed, start, __ATOMIC_SEQ_CST) != start)
		return;
	start = __atomic_add_fetch(&leaves->start, 1, __ATOMIC_SEQ_CST);
	__atomic_store_n(&leaves->renewed, start, __ATOMIC_SEQ_CST);
}
SB_OWN(sb_x86_renew);
