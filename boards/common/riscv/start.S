/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * From reset or from an SBI firmware to riscv_main. a1 may point to a device
 * tree. Registers and fields: Privileged Architecture 20211203, chapters 3 and
 * 4.
 *
 * lla and not la: with -fPIE that one reads a table in .data, which is not there
 * yet.
 *
 * RISCV_SUPERVISOR: the image is for S-mode. RISCV_MACHINE_ALONE: the CPU has no
 * S-mode, so the image can be entered in M-mode only.
 */
#ifdef RISCV_SUPERVISOR
#define CSR(name) s##name
#define STATUS_IE 2
#define TRAP_RETURN sret
#define WRONG_IN_MACHINE 1
#else
#define CSR(name) m##name
#define STATUS_IE 8
#define TRAP_RETURN mret
#define WRONG_IN_MACHINE 0
#endif

#if __riscv_xlen == 64
#define LOAD ld
#define STORE sd
#else
#define LOAD lw
#define STORE sw
#endif
#define WORD (__riscv_xlen / 8)

/* of the instruction itself, and of what a hypervisor forbids its guest */
#define CAUSE_ILLEGAL 2
#define CAUSE_VIRTUAL 22

	.option norelax /* gp is not there yet, and lld 14 has no relaxation */
	.section .head.text, "ax"
	.globl riscv_start
riscv_start:
	lla gp, __global_pointer$
	mv s0, a1
	/*
	 * mtvec exists in M-mode alone. In S-mode the access of it traps, to
	 * where stvec points.
	 */
	li s1, WRONG_IN_MACHINE
	lla t0, riscv_trap_entry
#ifndef RISCV_MACHINE_ALONE
	lla t1, supervisor
	csrw stvec, t1
#endif
	csrw mtvec, t0
	csrr t1, mhartid
	bnez t1, park
	bnez s1, 1f
	j right_mode

/* Of several harts that enter in M-mode, hart 0 goes on. */
park:
	csrw mie, zero
	wfi
	j park

	.balign 4
supervisor:
	lla t0, riscv_trap_entry
	csrw stvec, t0
	li s1, 1 - WRONG_IN_MACHINE
	bnez s1, 1f
right_mode:
	csrci CSR(status), STATUS_IE
	csrw CSR(ie), zero
1:
	/* an image in flash has its data there */
	lla t0, riscv_data_load
	lla t1, riscv_data
	lla t2, riscv_data_end
	beq t0, t1, 3f
2:	bgeu t1, t2, 3f
	LOAD t3, (t0)
	STORE t3, (t1)
	addi t0, t0, WORD
	addi t1, t1, WORD
	j 2b
3:	lla t1, riscv_bss
	lla t2, riscv_bss_end
4:	bgeu t1, t2, 5f
	STORE zero, (t1)
	addi t1, t1, WORD
	j 4b
5:	lla sp, riscv_stack_top
	lla tp, riscv_tls
	mv a0, s0
	mv a1, s1
	mv fp, zero /* which is s0 */
	mv ra, zero
	call riscv_main
6:	wfi
	j 6b

/*
 * Interrupts stay off, so only exceptions come here. One that riscv_guarded
 * waits for is counted, and its instruction passed over.
 */
	.balign 4
	.globl riscv_trap_entry
riscv_trap_entry:
	csrw CSR(scratch), t0
	lla t0, riscv_expected
	STORE t1, WORD(t0)
	LOAD t1, (t0)
	beqz t1, fatal
	addi t1, t1, 1
	STORE t1, (t0)
	csrr t1, CSR(cause)
	addi t1, t1, -CAUSE_ILLEGAL
	beqz t1, 1f
	addi t1, t1, CAUSE_ILLEGAL - CAUSE_VIRTUAL
	bnez t1, fatal
1:	csrr t1, CSR(epc)
	addi t1, t1, 4
	csrw CSR(epc), t1
	LOAD t1, WORD(t0)
	csrr t0, CSR(scratch)
	TRAP_RETURN

fatal:
	lla sp, trap_stack_top /* the old one may be what failed */
	csrr a0, CSR(cause)
	csrr a1, CSR(epc)
	csrr a2, CSR(tval)
	call riscv_trap

	.section .bss.start, "aw", @nobits
	.balign 16
	.globl riscv_expected
riscv_expected: /* 0, or one more than what has come; behind it, a register */
	.skip 2 * WORD
	.balign 16
	.skip 0x400
trap_stack_top:

	.section .note.GNU-stack, "", @progbits
