/* SPDX-License-Identifier: BSD-2-Clause */
#include "sb_epoch.h"
#include "sb_vmclock.h"
#include "sb_vmgenid.h"

#define EPOCH_BYTES 16u

static int epoch_place_read(const struct sb_epoch_place *place, uint8_t id[16])
{
	return place->kind == SB_EPOCH_VMCLOCK ? sb_vmclock_read(place->at, place->size, id)
					       : sb_vmgenid_read(place->at, id);
}

static struct sb_epoch_place *epoch_known(struct sb_epoch *epoch, enum sb_epoch_kind kind,
					  uint64_t address)
{
	for (unsigned i = 0; i < epoch->count; i++)
		if (epoch->place[i].kind == kind && epoch->place[i].address == address)
			return &epoch->place[i];
	return NULL;
}

/* All-ones is what a PC reads where nothing answers. */
static int epoch_is_no_memory(const uint8_t id[16])
{
	uint8_t all = 0xff;

	for (unsigned i = 0; i < EPOCH_BYTES; i++)
		all &= id[i];
	return all == 0xff;
}

void sb_epoch_add(struct sb_epoch *epoch, enum sb_epoch_kind kind, enum sb_epoch_way way,
		  uint64_t address, uint64_t size)
{
	struct sb_epoch_place *place = epoch_known(epoch, kind, address);
	uint8_t id[16] = { 0 }; /* what a clock that is being written leaves */

	if (place) {
		place->ways |= (uint8_t)way;
		return;
	}
	if (!address || size < EPOCH_BYTES || size > UINT32_MAX || address > UINT64_MAX - size ||
	    epoch->count == SB_EPOCH_PLACES_MAX) {
		epoch->unclear |= (uint8_t)way;
		return;
	}
	place = &epoch->place[epoch->count];
	place->at = epoch->map(address, (uint32_t)size);
	place->address = address;
	place->size = size;
	place->kind = (uint8_t)kind;
	place->ways = (uint8_t)way;
	if (!place->at)
		epoch->beyond |= (uint8_t)way;
	else if (epoch_place_read(place, id) == SB_EUNFIT || epoch_is_no_memory(id))
		epoch->unclear |= (uint8_t)way;
	else
		epoch->count++;
}
SB_OWN(sb_epoch_add);

int sb_epoch_read(const struct sb_epoch *epoch, uint8_t id[16])
{
	uint8_t one[EPOCH_BYTES];

	if (epoch->beyond)
		return SB_EIO;
	if (!epoch->count)
		return epoch->unclear ? SB_EUNFIT : SB_ENODEV;
	for (unsigned i = 0; i < EPOCH_BYTES; i++)
		id[i] = 0;
	for (unsigned n = 0; n < epoch->count; n++) {
		if (epoch_place_read(&epoch->place[n], one) != SB_OK)
			return SB_EIO;
		for (unsigned i = 0; i < EPOCH_BYTES; i++)
			id[(i + n) % EPOCH_BYTES] ^= one[i];
	}
	return SB_OK;
}
SB_OWN(sb_epoch_read);

static char *epoch_text(char *to, const char *text)
{
	while (*text)
		*to++ = *text++;
	*to = 0;
	return to;
}

/* "vmgenid(fw_cfg,acpi)" */
static char *epoch_say(char *to, const char *what, unsigned ways)
{
	static const char *const name[] = { "fw_cfg", "acpi", "tree" };
	const char *before = "(";

	to = epoch_text(to, what);
	for (unsigned i = 0; i < sizeof name / sizeof *name; i++) {
		if (!(ways >> i & 1))
			continue;
		to = epoch_text(epoch_text(to, before), name[i]);
		before = ",";
	}
	return epoch_text(to, ")");
}

char *sb_epoch_facts(const struct sb_epoch *epoch, char *to)
{
	const char *before = "epoch=";

	*to = 0;
	for (unsigned kind = SB_EPOCH_VMGENID; kind <= SB_EPOCH_VMCLOCK; kind++) {
		unsigned ways = 0;

		for (unsigned i = 0; i < epoch->count; i++)
			if (epoch->place[i].kind == kind)
				ways |= epoch->place[i].ways;
		if (!ways)
			continue;
		to = epoch_say(epoch_text(to, before), kind ? "vmclock" : "vmgenid", ways);
		before = "+";
	}
	if (epoch->beyond) {
		to = epoch_say(epoch_text(to, before), "out-of-reach", epoch->beyond);
		before = "+";
	}
	if (epoch->unclear)
		to = epoch_say(epoch_text(to, before), "not-understood", epoch->unclear);
	return to;
}
SB_OWN(sb_epoch_facts);
