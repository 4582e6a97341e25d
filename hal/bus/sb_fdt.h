/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * A reader of flattened device trees (Devicetree Specification 0.4, chapter 5),
 * for boards that find their devices in one.
 *
 * The blob is not trusted. Reads stay inside it. A call takes at most as many
 * steps as the blob has words, and each step compares at most two names.
 */
#ifndef SB_FDT_H
#define SB_FDT_H

#include "sb_hal.h"
#include "sb_seed.h"

#ifdef __cplusplus
extern "C" {
#endif

/* Bytes of the name of a node, property or device, with its final zero. A
   longer name is taken as a mistake: section 2.2.1 allows 31 characters. */
#define SB_FDT_NAME_MAX 128

/* The parts of a tree, in place within the blob. Private. */
struct sb_fdt {
	uint8_t *structure;
	const uint8_t *strings;
	uint32_t structure_len, strings_len;
};

/* The value of a property, in place within the blob. It is writable, so that a
   seed can be erased there. */
struct sb_fdt_value {
	uint8_t *at;
	uint32_t len;
};

/*
 * Opens the tree in `blob`, which starts at a multiple of 4. Nothing behind
 * `most` bytes is read, whatever the header says. Returns SB_OK, or SB_ENODEV
 * if there is no tree or a broken one.
 */
int sb_fdt_open(struct sb_fdt *fdt, void *blob, size_t most);

/*
 * Finds a property of the node at a path like "/chosen". Each part of the path
 * may have its unit address or omit it. Returns SB_OK, or SB_ENODEV if there is
 * no such property before the end of the tree or its first mistake.
 */
int sb_fdt_get(const struct sb_fdt *fdt, const char *path, const char *name,
	       struct sb_fdt_value *value);

/*
 * Finds property `name` of a node that is compatible with a device. Nodes count
 * if they are compatible, have the property, and have no status but "okay"
 * (section 2.3.4); the first `skip` of them are passed over. Returns as
 * sb_fdt_get does.
 */
int sb_fdt_find(const struct sb_fdt *fdt, const char *compatible, unsigned skip, const char *name,
		struct sb_fdt_value *value);

/* The same for several properties of one node. The first one must be there; of
   another that is not, `at` is NULL. */
int sb_fdt_find_all(const struct sb_fdt *fdt, const char *compatible, unsigned skip,
		    const char *const name[], struct sb_fdt_value value[], unsigned count);

/*
 * The same for one node after another, in one walk through the tree. *at is 0
 * at first, and says where the next call goes on.
 */
int sb_fdt_each(const struct sb_fdt *fdt, const char *compatible, uint32_t *at,
		const char *const name[], struct sb_fdt_value value[], unsigned count);

/*
 * Takes /chosen/rng-seed out of the tree, and fills in the context of a row for
 * sb_seed_host. Its len is 0 if there is none. Each board that is handed a tree
 * calls this once, before anything else may read the tree: also the program
 * that the board loads next. The tree of a UEFI firmware is the firmware's: the
 * UEFI boards take no seed of it, and leave it there.
 *
 * The property is overwritten with tokens that say nothing (FDT_NOP), so all
 * its bytes are gone and nobody finds a seed of zeros. Only the first 32 bytes
 * are used, which is less than a first output needs: a tree that lies in a file
 * has the same seed in every boot. Of several seeds the first one that is not
 * empty is used, and SB_FDT_SEEDS are erased. If one is still there after that,
 * as in a tree that cannot be written, none is used: it would come back.
 *
 * kaslr-seed is left alone. It is for the address layout, which leaks.
 */
#define SB_FDT_SEEDS 8u
void sb_fdt_seed(const struct sb_fdt *fdt, struct sb_seed_state *seed);

/* Cell i of a value: 32 bits, big-endian. It is 0 behind the end. */
uint32_t sb_fdt_cell(const struct sb_fdt_value *value, unsigned i);

/* Cells i and i + 1 as one number of 64 bits. */
uint64_t sb_fdt_cells(const struct sb_fdt_value *value, unsigned i);

#ifdef __cplusplus
}
#endif
#endif
