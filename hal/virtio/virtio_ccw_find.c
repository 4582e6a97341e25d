/* SPDX-License-Identifier: BSD-2-Clause */
/* Which subchannels have an entropy device. */
#include "virtio_ccw.h"

/* Principles of Operation, chapter 15: of the PMCW, its kind of subchannel and
   whether there is a device. */
#define FIND_VALID(schib) ((schib)[5] & 0x01u)
#define FIND_KIND(schib) ((schib)[25] & 0xe0u) /* 0: for I/O */

static const struct sb_virtio_transport *find_transport(struct sb_virtio_ccw *at)
{
	if (sb_virtio_ccw.find(at, SB_VIRTIO_ENTROPY) == SB_OK)
		return &sb_virtio_ccw;
	return sb_virtio_ccw_legacy.find(at, SB_VIRTIO_ENTROPY) == SB_OK ? &sb_virtio_ccw_legacy
									 : NULL;
}

struct find_search {
	const struct sb_channel *channel;
	struct sb_virtio_rng_state *rng;
	struct sb_virtio_ccw *where;
	unsigned rows, found, silent;
};

static void find_device(struct find_search *search, struct sb_virtio_ccw *at)
{
	struct sb_virtio_rng_state *rng = &search->rng[search->found];

	if (!FIND_VALID(at->block.schib) || FIND_KIND(at->block.schib))
		return;
	if (sb_virtio_ccw_open(at, SB_VIRTIO_ENTROPY)) {
		rng->transport = find_transport(at);
		rng->at = at;
		search->found++;
	} else {
		search->silent += at->life != CCW_READY;
		(void)sb_virtio_ccw_enable(at, CCW_DISABLED);
	}
}

/* Nonzero: each subchannel of the set was looked at, or the rows are full. A
   block that is lost must not be used for another one. */
static int find_in_set(struct find_search *search, unsigned set)
{
	for (uint32_t number = 0; number < SB_CHANNEL_NUMBERS; number++) {
		struct sb_virtio_ccw *at = &search->where[search->found];

		if (search->found == search->rows)
			return 1;
		at->channel = search->channel;
		at->dma = search->rng[search->found].dma;
		at->subchannel = SB_CHANNEL_SUBCHANNEL(set, number);
		if (at->life == CCW_LOST || search->silent == SB_VIRTIO_CCW_SILENT ||
		    !sb_virtio_ccw_reaches(at))
			return 0;
		/* 3: there is none from this number on */
		if (search->channel->store(at->subchannel, at->block.schib) != 0)
			return 1;
		find_device(search, at);
	}
	return 1;
}

unsigned sb_virtio_ccw_find(const struct sb_channel *channel, struct sb_virtio_rng_state *rng,
			    struct sb_virtio_ccw *where, unsigned rows)
{
	struct find_search search = { channel, rng, where, rows, 0, 0 };
	unsigned sets = channel->sets ? channel->sets() : 1;
	int seen = 0;

	/* what ends the search in one set ends it in the next */
	for (unsigned set = 0; set < sets && set < SB_CHANNEL_SETS; set++)
		seen = find_in_set(&search, set);
	for (unsigned i = 0; i < rows; i++)
		rng[i].unseen = !seen;
	return search.found;
}
SB_OWN(sb_virtio_ccw_find);
