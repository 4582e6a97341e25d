/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The entropy source Zkr, the counters, and cbo.flush of RISC-V. A board lists
 * { SB_RISCV_ZKR(&zkr) }.
 */
#ifndef SB_RISCV_H
#define SB_RISCV_H

#include "sb_hal.h"

#ifdef __cplusplus
extern "C" {
#endif

/* The mode in which the program runs. */
enum sb_riscv_mode { SB_RISCV_U, SB_RISCV_S, SB_RISCV_M };

/*
 * What the board knows. The CSR is not accessed unless all of it permits that,
 * and the first access may trap. Each hart has a source of its own: one state
 * for each, in the table that seedbed_split gets for it.
 */
struct sb_riscv_zkr_state {
	/* Nonzero: the CPU has Zkr, as a device tree (hal/bus/sb_fdt_riscv.h)
	   or its manual says. */
	uint8_t told;
	uint8_t mode; /* enum sb_riscv_mode */
	/*
	 * Calls `read`. Returns SB_OK with its value, or SB_ENODEV if that was
	 * an illegal or a virtual instruction (causes 2 and 22). The board has
	 * a trap handler that comes back: docs/porting.md, "Guarded reads".
	 */
	int (*guarded)(uintptr_t (*read)(void), uintptr_t *value);
	/*
	 * For S-mode and U-mode, NULL if unknown, as it is under a firmware of
	 * others. Returns SB_OK with mseccfg as M-mode has set it, else
	 * SB_ENODEV.
	 */
	int (*mseccfg)(uintptr_t *value);
	uint8_t opst; /* private: the last status */
};

/*
 * SB_LOCAL; ctx is a struct sb_riscv_zkr_state. Its probe says SB_ENODEV if
 * nobody told of it, and in M-mode if it traps. In S-mode and U-mode it says
 * SB_EUNFIT if mseccfg keeps it for other modes, or if it traps: there it is
 * the firmware below that denies it.
 *
 * SB_EAGAIN: SB_RISCV_ZKR_POLLS times in a row the CPU had no number, or was at
 * its self-test. SB_EIO: the CPU found its source broken (DEAD), or gave an
 * alarm: a self-test that began in operation.
 */
extern const struct sb_driver sb_riscv_zkr;

/* Accesses that one read may take. At 20 clocks each they take 52 us at 100
   MHz. A firmware that answers the trap takes some microseconds for each. */
#define SB_RISCV_ZKR_POLLS 256u

/* A row of sb_hal.sources. 256 bits make "128-bit full entropy" (Cryptography
   Extensions Volume I 1.0.1, section 4.2): so 8 bits of each 16 count. Section
   4.2.1 asks for 192 bits of min-entropy in 256, which is more. */
/* clang-format off */
#define SB_RISCV_ZKR(state) SB_RISCV_ZKR_AS(state, 1024)
#define SB_RISCV_ZKR_AS(state, credit) { &sb_riscv_zkr, (state), (credit) }
/* clang-format on */

/* The CSRs seed and mseccfg. Each traps where it is not there or not allowed.
   mseccfg is for M-mode alone; of a CPU of 32 bits it is the lower half. */
uintptr_t sb_riscv_seed(void);
uintptr_t sb_riscv_mseccfg(void);
#define SB_RISCV_MSECCFG_USEED (1u << 8)
#define SB_RISCV_MSECCFG_SSEED (1u << 9)

/*
 * mcycle, for sb_hal.cycles; 64 bits move. It is there in M-mode alone and
 * traps elsewhere. Bit 0 of mcountinhibit stops it, where that register exists.
 */
uint64_t sb_riscv_mcycle(void);

/*
 * time, for sb_hal.cycles; 64 bits move, at the rate that the device tree says
 * (/cpus, timebase-frequency). S-mode has it under an SBI firmware. In M-mode
 * it traps on a machine where mtime is a register of memory alone, like FE310.
 */
uint64_t sb_riscv_time(void);

/*
 * For both cache functions of struct sb_dma: writes back and invalidates each
 * cache block that holds one of these bytes, by cbo.flush. The block is in
 * bytes, a power of two: sb_fdt_riscv_block says it. With 0 nothing is
 * executed. Without Zicbom the instruction traps, and below M-mode also where
 * the firmware has not set menvcfg.CBCFE.
 */
void sb_riscv_flush(const volatile void *at, size_t len, size_t block);

/*
 * For a struct sb_cache_timing_state: the one block that holds this byte, and
 * the fence behind which loads, flushes and reads of the counter begin when
 * those before it are over. The flush traps where sb_riscv_flush would.
 */
void sb_riscv_flush_block(const volatile void *at);
void sb_riscv_fence(void);

#ifdef __cplusplus
}
#endif
#endif
