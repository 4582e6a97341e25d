/* SPDX-License-Identifier: BSD-2-Clause */
#include "model.h"

#define MODEL_PAGE 4096u

struct model_access model_log[MODEL_LOG];
unsigned model_lines, model_accesses;
static unsigned model_times[MODEL_LOG];

void model_map(void)
{
	for (uint32_t at = 0; at < model.size; at += MODEL_PAGE)
		user_page(model.base + at, USER_NONE);
}

void model_forget(void)
{
	model_lines = model_accesses = 0;
}

static int model_again(const struct model_access *done)
{
	const struct model_access *last = &model_log[model_lines - 1];

	return model_lines && !done->wrote && !last->wrote && last->at == done->at &&
	       last->value == done->value && last->bytes == done->bytes;
}

static void model_note(const struct model_access *done)
{
	model_accesses++;
	if (model_again(done)) {
		model_times[model_lines - 1]++;
	} else if (model_lines < MODEL_LOG) {
		model_log[model_lines] = *done;
		model_times[model_lines++] = 1;
	}
}

/* LDR and STR of a general register, with an offset or none: Arm ARM, DDI 0487,
   section C4.1.88. Up to 32 bits, and nowhere but where a register begins. */
int user_trap(const struct user_cpu *cpu)
{
	uint32_t code = *(const uint32_t *)(uintptr_t)*cpu->pc;
	uint32_t bytes = 1u << (code >> 30), mask = bytes < 4 ? (1u << 8 * bytes) - 1 : ~0u;
	struct model_access done = { .at = (uint32_t)(cpu->fault - model.base),
				     .wrote = !(code >> 22 & 1),
				     .bytes = (uint8_t)bytes };

	if ((code & 0x3f800000u) != 0x39000000u || bytes == 8)
		return 0;
	CHECK(cpu->fault >= model.base && done.at < model.size && done.at % bytes == 0);
	*cpu->pc += 4;
	if (done.wrote) {
		done.value = (uint32_t)*cpu->reg[code & 31] & mask;
		model.write(done.at, done.value);
	} else {
		done.value = model.read(done.at) & mask;
		*cpu->reg[code & 31] = done.value;
	}
	model_note(&done);
	return 1;
}

static int model_did(unsigned n, unsigned wrote, uint32_t at, uint32_t value)
{
	const struct model_access *done = &model_log[n];

	return n < model_lines && done->wrote == wrote && done->bytes == 4 && done->at == at &&
	       done->value == value;
}

int model_did_read(unsigned n, uint32_t at, uint32_t value)
{
	return model_did(n, 0, at, value);
}

int model_did_write(unsigned n, uint32_t at, uint32_t value)
{
	return model_did(n, 1, at, value);
}

int model_wrote(unsigned n, uint32_t at, uint32_t value)
{
	CHECK(model_lines < MODEL_LOG);
	for (unsigned i = 0; i < model_lines; i++)
		if (model_log[i].wrote && n-- == 0)
			return model_did_write(i, at, value);
	return 0;
}

unsigned model_writes(void)
{
	unsigned n = 0;

	CHECK(model_lines < MODEL_LOG);
	for (unsigned i = 0; i < model_lines; i++)
		n += model_log[i].wrote;
	return n;
}

unsigned model_reads(uint32_t at)
{
	unsigned n = 0;

	CHECK(model_lines < MODEL_LOG);
	for (unsigned i = 0; i < model_lines; i++)
		if (!model_log[i].wrote && model_log[i].at == at)
			n += model_times[i];
	return n;
}
