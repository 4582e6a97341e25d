# SPDX-License-Identifier: BSD-2-Clause
# A UEFI application, for any firmware: uefi.ld writes the PE header, so that
# APP.bin is what a firmware loads. A board says which machine it is for.
ISA := $(ARCH:x86=x86_64)
uefi_machine_x86 := 0x8664
uefi_machine_aarch64 := 0xaa64
COMMON_SRCS += uefi/start.c uefi/epoch.c
HAL_SRCS += firmware/uefi.c firmware/uefi_rng.c seed/seed.c bus/fdt.c bus/acpi.c bus/aml.c \
	bus/aml_object.c bus/aml_named.c epoch/epoch.c epoch/epoch_acpi.c epoch/epoch_tree.c \
	epoch/vmgenid.c epoch/vmgenid_aml.c epoch/vmclock.c
BOARD_LDFLAGS += -nostdlib -static-pie -Wl,-z,text -Wl,-z,max-page-size=4096 \
	-Wl,--build-id=none -Wl,--defsym=uefi_machine=$(uefi_machine_$(ARCH)) \
	-Wl,-T,boards/common/uefi/uefi.ld
BINARY := 1
