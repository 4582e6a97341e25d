/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What a device tree says of RISC-V CPUs: Linux, riscv/cpus.yaml and
 * riscv/extensions.yaml.
 */
#ifndef SB_FDT_RISCV_H
#define SB_FDT_RISCV_H

#include "sb_fdt.h"

#ifdef __cplusplus
extern "C" {
#endif

/*
 * Nonzero: each CPU of the tree has an extension like "zkr", by its own name or
 * by that of a bundle like "zk" (NULL: there is none).
 *
 * A CPU is a node that is compatible with "riscv", has a reg, and has no status
 * but "okay". Its riscv,isa-extensions is a list of names. Only where that is
 * missing, riscv,isa counts, which has a name behind each underscore. A name is
 * the whole word, in lower case.
 *
 * A tree may say so where the CPU or its firmware traps all the same.
 */
int sb_fdt_riscv_has(const struct sb_fdt *fdt, const char *extension, const char *bundle);

/* The Zicbom block for sb_riscv_flush: the smallest riscv,cbom-block-size of
   these CPUs, in bytes. 0: a CPU is without zicbom or has no such size. */
uint32_t sb_fdt_riscv_block(const struct sb_fdt *fdt);

#ifdef __cplusplus
}
#endif
#endif
