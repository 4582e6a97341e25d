/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * AML as hypervisors emit it, written anew from the order of their terms. Each
 * form makes one table, without its header, in aml_table.
 */
#ifndef AML_FORMS_H
#define AML_FORMS_H

#include <stdint.h>
#include <string.h>

static uint8_t aml_table[8192];
static uint32_t aml_len;

static uint32_t aml_open[8];
static unsigned aml_depth, aml_wide = 2; /* bytes of each PkgLength */

static inline void aml_raw(const void *bytes, size_t len)
{
	memcpy(aml_table + aml_len, bytes, len);
	aml_len += (uint32_t)len;
}
#define AML(text) aml_raw(text, sizeof text - 1)

static inline void aml_le(uint64_t value, unsigned bytes)
{
	while (bytes--) {
		aml_table[aml_len++] = (uint8_t)value;
		value >>= 8;
	}
}

static inline void aml_dword(uint32_t value)
{
	AML("\x0c");
	aml_le(value, 4);
}

/* An opcode whose PkgLength is written by aml_close. */
#define AML_OPEN(opcode) (AML(opcode), aml_begin())
static inline void aml_begin(void)
{
	aml_open[aml_depth++] = aml_len;
	aml_len += aml_wide;
}

static inline void aml_close(void)
{
	uint32_t at = aml_open[--aml_depth], len = aml_len - at;

	if (aml_wide == 1) {
		aml_table[at] = (uint8_t)len;
		return;
	}
	aml_table[at] = (uint8_t)((aml_wide - 1) << 6 | (len & 0xf));
	for (unsigned i = 1; i < aml_wide; i++)
		aml_table[at + i] = (uint8_t)(len >> (8 * i - 4));
}

static inline void aml_start(void)
{
	memset(aml_table, 0, sizeof aml_table);
	aml_len = aml_depth = 0;
}

/* QEMU hw/acpi/vmgenid.c: an SSDT of its own, in which firmware fills in VGIA;
   the id is 40 bytes behind it. */
static uint32_t aml_vgia = 0x07fff000;
static inline void aml_qemu(void)
{
	aml_start();
	AML("\x08VGIA");
	aml_dword(aml_vgia);
	AML_OPEN("\x10");
	AML("\\_SB_");
	AML_OPEN("\x5b\x82");
	AML("VGEN\x08_HID\x0dQEMUVGID\0\x08_CID\x0dVM_Gen_Counter\0\x08_DDN\x0dVM_Gen_Counter\0");
	AML_OPEN("\x14");
	AML("_STA\0\x70\x0a\x0f\x60");
	AML_OPEN("\xa0");
	AML("\x93VGIA\0\x70\0\x60");
	aml_close();
	AML("\xa4\x60");
	aml_close();
	AML_OPEN("\x14");
	AML("ADDR\0\x70\x12\x02\x02\x60\x70\x72VGIA\x0a\x28\0\x88\x60\0\0\x70\0\x88\x60\x01\0\xa4"
	    "\x60");
	aml_close();
	aml_close();
	aml_close();
	AML_OPEN("\x14");
	AML("\\._GPE_E05\0\x86\\._SB_VGEN\x0a\x80");
	aml_close();
}

/* Firecracker src/vmm/src/devices/acpi/vmgenid.rs: in the DSDT, behind another
   device. Cloud Hypervisor has the same crate for AML. */
static inline void aml_firecracker(void)
{
	aml_start();
	AML_OPEN("\x5b\x82");
	AML("._SB_V000\x08_HID\x0dLNRO0005\0\x08_UID\x0a\0");
	aml_close();
	AML_OPEN("\x5b\x82");
	AML("._SB_VGEN\x08_HID\x0d"
	    "FCVMGID\0\x08_CID\x0dVM_Gen_Counter\0\x08_DDN\x0dVM_Gen_Counter\0\x08");
	AML_OPEN("ADDR\x12");
	AML("\x02");
	aml_dword(0x000deff0);
	aml_dword(0);
	aml_close();
	aml_close();
	AML_OPEN("\x5b\x82");
	AML("._SB_GED_\x08_HID\x0d"
	    "ACPI0013\0");
	aml_close();
}

/* libkrun src/arch/src/x86_64/acpi.rs: the whole address is the first half. */
static inline void aml_libkrun(void)
{
	aml_start();
	AML_OPEN("\x10");
	AML("\\_SB_");
	AML_OPEN("\x5b\x82");
	AML("\\._SB_VGEN\x08_HID\x0dLNRO0003\0\x08_CID\x0dVMGENCTR\0\x08_DDN\x0dVM Generation "
	    "ID\0");
	AML_OPEN("\x14");
	AML("_STA\0\xa4\x0a\x0f");
	aml_close();
	AML_OPEN("\x14");
	AML("ADDR\0\xa4");
	AML_OPEN("\x12");
	AML("\x02\x0e");
	aml_le(0x123456000, 8);
	AML("\x0e");
	aml_le(0, 8);
	aml_close();
	aml_close();
	aml_close();
	aml_close();
}

/* bhyve usr.sbin/bhyve/vmgenc.c, compiled by iasl: _HID is a method. */
static inline void aml_bhyve(void)
{
	aml_start();
	AML_OPEN("\x10");
	AML("_SB_");
	AML_OPEN("\x5b\x82");
	AML("GENC\x08_CID\x0dVM_Gen_Counter\0");
	AML_OPEN("\x14");
	AML("_HID\0\xa4\x0d"
	    "Bhyve_V_Gen_Counter_V1\0");
	aml_close();
	AML("\x08_UID\0\x08_DDN\x0dVM_Gen_Counter\0\x08");
	AML_OPEN("ADDR\x12");
	AML("\x02");
	aml_dword(0xfffff000);
	AML("\x01");
	aml_close();
	aml_close();
	aml_close();
}

/* Xen tools/libacpi/dsdt_acpi_info.asl, dsdt.asl, compiled by iasl: hvmloader
   fills in a word of memory, which a field names. */
static inline void aml_xen(void)
{
	aml_start();
	AML_OPEN("\x10");
	AML("\\_SB_\x5b\x80"
	    "BIOS\0");
	aml_dword(0xfc000000);
	AML("\x0a\x28");
	AML_OPEN("\x5b\x81");
	AML("BIOS\x01UAR1\x01UAR2\x01LTP1\x01HPET\x01\0\x0cNCPU\x10PMIN\x20PLEN\x20MSUA\x20MAPA\x20"
	    "VGIA\x20LMIN\x20HMIN\x20LLEN\x20HLEN\x20");
	aml_close();
	aml_close();
	AML_OPEN("\x10");
	AML("\\_SB_");
	AML_OPEN("\x5b\x82");
	AML("PCI0\x08_HID\x0c\x41\xd0\x0a\x03");
	AML_OPEN("\x5b\x82");
	AML("ISA_\x08_ADR\x0c\0\0\x01\0");
	AML_OPEN("\x5b\x82");
	AML("VGID\x08_HID\x0c\x61\xce\0\0\x08_UID\0\x08_CID\x0dVM_Gen_Counter\0"
	    "\x08_DDN\x0dVM_Gen_Counter\0");
	AML_OPEN("\x14");
	AML("_STA\0");
	AML_OPEN("\xa0");
	AML("\x93\\._SB_VGIA\0\xa4\0");
	aml_close();
	AML_OPEN("\xa1");
	AML("\xa4\x0a\x0f");
	aml_close();
	aml_close();
	AML("\x08PKG_\x12\x04\x02\0\0");
	AML_OPEN("\x14");
	AML("ADDR\0\x70\\._SB_VGIA\x88PKG_\0\0\xa4PKG_");
	aml_close();
	aml_close();
	aml_close();
	aml_close();
	aml_close();
}

/* Hyper-V, MsvmPkg/AcpiTables/Dsdt.asl of mu_msvm, in its older and newer IDs:
   the firmware fills in two words of memory. */
static int aml_hyperv_newer;
static inline void aml_hyperv(void)
{
	aml_start();
	AML("\x5b\x80"
	    "BIOS\0");
	aml_dword(0xf7fe0000);
	AML("\x0a\xff");
	AML_OPEN("\x5b\x81");
	AML("BIOS\x01MG2B\x20MG2L\x20HMIB\x20HMIL\x20GCAL\x20GCAH\x20PCNT\x20NVDA\x20SCFG\x08TCFG"
	    "\x08"
	    "NCNT\x10");
	aml_close();
	AML_OPEN("\x5b\x82");
	AML("\\._SB_GENC");
	if (aml_hyperv_newer) {
		AML("\x08_HID\x0dMSFT1002\0\x08_CID");
		AML_OPEN("\x12");
		AML("\x03\x0dVM_Gen_Counter\0\x0dVMGENCTR\0\x0dHyper_V_Gen_Counter_V1\0");
		aml_close();
	} else {
		AML("\x08_CID\x0dVM_Gen_Counter\0\x08_HID\x0dHyper_V_Gen_Counter_V1\0");
	}
	AML("\x08_UID\0\x08_DDN\x0dVM_Gen_Counter\0");
	AML_OPEN("\x14");
	AML("ADDR\0\x08LPKG\x12\x04\x02\0\0\x70GCAL\x88LPKG\0\0\x70GCAH\x88LPKG\x01\0\xa4LPKG");
	aml_close();
	aml_close();
}

/* QEMU hw/acpi/vmclock.c */
static inline void aml_qemu_clock(void)
{
	aml_start();
	AML_OPEN("\x10");
	AML("\\_SB_");
	AML_OPEN("\x5b\x82");
	AML("VCLK\x08_HID\x0d"
	    "AMZNC10C\0\x08_CID\x0dVMCLOCK\0\x08_DDN\x0dVMCLOCK\0\x08_STA\x0a\x0f\x08");
	AML_OPEN("_CRS\x11");
	AML("\x0a\x30\x8a\x2b\0\0\x0c\x02");
	aml_le(UINT64_MAX, 8);
	aml_le(0xfeffb000, 8);
	aml_le(0xfeffbfff, 8);
	aml_le(0, 8);
	aml_le(0x1000, 8);
	AML("\x79\0");
	aml_close();
	aml_close();
	aml_close();
}

/* Firecracker src/vmm/src/devices/acpi/vmclock.rs */
static inline void aml_firecracker_clock(void)
{
	aml_start();
	AML_OPEN("\x5b\x82");
	AML("._SB_VCLK\x08_HID\x0d"
	    "AMZNC10C\0\x08_CID\x0dVMCLOCK\0\x08_DDN\x0dVMCLOCK\0");
	AML_OPEN("\x14");
	AML("_STA\0\xa4\x0a\x0f");
	aml_close();
	AML_OPEN("\x08_CRS\x11");
	AML("\x0a\x30\x8a\x2b\0\0\x0c\x02");
	aml_le(0, 8);
	aml_le(0xdf000, 8);
	aml_le(0xdffff, 8);
	aml_le(0, 8);
	aml_le(0x1000, 8);
	AML("\x79\0");
	aml_close();
	aml_close();
}

#endif
