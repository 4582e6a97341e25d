/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * A device that is a model: each access to its registers traps, and two
 * functions of the program answer it. A program with a model defines no
 * user_trap. tests/user/nrf51.c is one to copy.
 */
#ifndef MODEL_H
#define MODEL_H

#include "user.h"

/* The program's. `at` is the offset of a register. */
struct model {
	uintptr_t base; /* nobody may touch the pages from here on */
	uint32_t size;  /* bytes, a multiple of 4096 */
	uint32_t (*read)(uint32_t at);
	void (*write)(uint32_t at, uint32_t value);
};
extern const struct model model;

void model_map(void); /* once, before anything else */

/*
 * What was done since model_forget. Equal reads in a row are one line of the
 * log, so polling does not fill it. model_wrote, model_writes and model_reads
 * end the program if it is full.
 */
#define MODEL_LOG 512
void model_forget(void);
struct model_access {
	uint32_t at, value;
	uint8_t wrote, bytes;
};
extern struct model_access model_log[MODEL_LOG];
extern unsigned model_lines;    /* of the log */
extern unsigned model_accesses; /* equal reads as well */

/* Line n: an access of 4 bytes. */
int model_did_read(unsigned n, uint32_t at, uint32_t value);
int model_did_write(unsigned n, uint32_t at, uint32_t value);
/* Write n, the first is 0, reads not counted. */
int model_wrote(unsigned n, uint32_t at, uint32_t value);
unsigned model_writes(void);
/* How often this register was read, equal reads as well. */
unsigned model_reads(uint32_t at);

#endif
