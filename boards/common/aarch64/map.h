/* SPDX-License-Identifier: BSD-2-Clause */
/* Entries of a page table, for assembly: Arm ARM, DDI 0487, section D8.3. */
#ifndef MAP_H
#define MAP_H

#define MAP_DEVICE 0x0060000000000401 /* block: UXN, PXN, AF, attribute 0 */
#define MAP_RAM 0x705                 /* block: AF, inner shareable, attribute 1 */
#define MAP_TABLE 3
#define MAP_GIB 0x40000000
#define MAP_2_MIB 0x200000

#endif
