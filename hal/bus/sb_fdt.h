/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * A reader of flattened device trees (Devicetree Specification 0.4, chapter 5), for boards that find their devices in one. Whoever wrote the blob is
 * not trusted to have written it well: nothing outside of it is touched, and a call takes as many steps as it has words at most, each of them over
 * no more than two names.
 */
#ifndef SB_FDT_H
#define SB_FDT_H

#include "sb_hal.h"
#include "sb_seed.h"

#ifdef __cplusplus
extern "C" {
#endif

#define SB_FDT_NAME_MAX \
	128 /* of a node, property or device, its end included; a longer one is a mistake (section 2.2.1: 31 characters) */

/* A tree, its parts where they lie in the blob. Private. */
struct sb_fdt {
	uint8_t *structure;
	const uint8_t *strings;
	uint32_t structure_len, strings_len;
};

/* A property's value within the blob: a seed can be erased where it lies. */
struct sb_fdt_value {
	uint8_t *at;
	uint32_t len;
};

/* blob: at a multiple of 4; of no more than most bytes, whatever its header says. SB_OK; SB_ENODEV: no tree, or one that is broken. */
int sb_fdt_open(struct sb_fdt *fdt, void *blob, size_t most);

/* A property of the node at a path like "/chosen", each part with its unit address or without. SB_OK; SB_ENODEV: no such thing before the
   tree's end or its first mistake. */
int sb_fdt_get(const struct sb_fdt *fdt, const char *path, const char *name,
	       struct sb_fdt_value *value);

/* A property of the first node on or after number skip (0 at first) among those that are compatible with a device. Likewise. */
int sb_fdt_find(const struct sb_fdt *fdt, const char *compatible, unsigned skip, const char *name,
		struct sb_fdt_value *value);

/* /chosen/rng-seed, as the context of a row for sb_seed_host. No more than 32 bytes of it, less than a first output takes: a tree that lies in a file
   has the same in every boot. What is beyond is erased. Its len is 0 where there is none. */
void sb_fdt_seed(const struct sb_fdt *fdt, struct sb_seed_state *seed);

/* Cell i (32 bits, big-endian) of a value, 0 beyond its end; and two of them. */
uint32_t sb_fdt_cell(const struct sb_fdt_value *value, unsigned i);
uint64_t sb_fdt_cells(const struct sb_fdt_value *value, unsigned i);

#ifdef __cplusplus
}
#endif
#endif
