/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What seedbed_init asks of a table. tools/provenance asks the same of an
 * image. So one that must be small may leave this out (core/without/table.c).
 */
#include "core.h"

/* 0.1 bit a sample: with less the proportion test could not fire. */
#define TABLE_REPETITION_MAX SB_REPETITION(26u)

static int table_check_source(const struct sb_source *source)
{
	const struct sb_driver *d = source->driver;
	unsigned kind = d ? d->flags & (SB_NOISE | SB_CONDITIONED | SB_SEED) : 0;

	if (!d || !d->name || !d->probe || !d->read || !d->stop || !kind || (kind & (kind - 1)))
		return SB_EINVAL;
	if (d->width < (kind == SB_CONDITIONED ? 4 : 1) || d->width > 8 ||
	    d->entropy > 8 * SB_FULL_BITS || source->credit > d->entropy)
		return SB_EINVAL;
	if (kind != SB_SEED && (d->repetition - 2u > TABLE_REPETITION_MAX - 2u || !d->proportion))
		return SB_EINVAL;
	return SB_OK;
}

int sb_table_check(const struct sb_hal *hal)
{
	const struct sb_loop *loop = hal ? hal->loop : NULL;

	if (!hal || !hal->cycles || hal->source_count > SEEDBED_SOURCES_MAX ||
	    (hal->source_count && !hal->sources) || !hal->enter != !hal->leave)
		return SB_EINVAL;
	if (loop && (!loop->now || !loop->wait || !loop->hooks || !loop->harvest))
		return SB_EINVAL;
	for (size_t i = 0; i < hal->source_count; i++)
		if (table_check_source(&hal->sources[i]) != SB_OK)
			return SB_EINVAL;
	return SB_OK;
}
SB_OWN(sb_table_check);
