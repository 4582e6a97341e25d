/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Thread-local data of the one thread, which picolibc wants for errno. The
 * block is a part of the image: cortex-m.ld. The thread pointer is 8 bytes
 * below it. This function may change r0 alone (Arm's IHI 0045 and IHI 0043).
 */
void __aeabi_read_tp(void);

__attribute__((naked)) void __aeabi_read_tp(void)
{
	__asm__ volatile("ldr r0, =cortex_m_tls - 8\n\tbx lr\n\t.ltorg");
}
