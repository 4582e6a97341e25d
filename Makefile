# SPDX-License-Identifier: BSD-2-Clause
# seedbed: `make help` lists what there is. CC, CFLAGS and LDFLAGS are yours.
BOARD ?= qemu-x86_64
APP ?= smoke
BOARDS := $(patsubst boards/%/board.mk,%,$(wildcard boards/*/board.mk))
# A board may live outside the tree: BOARD_DIR=/path/to/its/folder, which is then its name.
BOARD_DIR := boards/$(BOARD)
override BOARD_DIR := $(patsubst %/,%,$(BOARD_DIR))
override BOARD := $(notdir $(BOARD_DIR))
ifeq ($(wildcard $(BOARD_DIR)/board.mk),)
$(error there is no $(BOARD_DIR)/board.mk: make boards lists the boards)
endif
include $(BOARD_DIR)/board.mk
include arch/$(ARCH)/arch.mk

# A CC of the environment is this machine's own compiler, so it does not count for a board that needs a cross compiler.
ifneq ($(filter default $(if $(CROSS),environment),$(origin CC)),)
CC := $(CROSS)gcc
endif
CFLAGS ?= -O2 -g
AR_CROSS := $(firstword $(wildcard /usr/bin/$(CROSS)ar) $(CROSS)ar)
OBJCOPY_CROSS := $(AR_CROSS:%ar=%objcopy)

# Who compiles what belongs to the ISA; another than CC to see that the objects of both link together.
ISA_CC := $(CC)

# What the sources need whoever compiles them: a language, include paths, the ISA. Nothing here belongs to one file.
CLANG = $(if $(findstring clang,$(CC)),--target=$(TARGET) $(ISA_CFLAGS_CLANG))
WARN := -Wall -Wextra -Wshadow -Wstrict-prototypes -Wmissing-prototypes -Wvla -Wcast-align
INCLUDE := -Icore -Ihal -Iarch/$(ARCH) -Iboards -Iadapters
BASE = -std=c11 -ffreestanding -ffunction-sections -fdata-sections $(ISA_CFLAGS) $(ISA_CFLAGS_OWN) $(CLANG)
COMPILE = $(CC) $(BASE) $(WARN) $(INCLUDE) $(CFLAGS) $(CPPFLAGS) -MMD -MP

# An object knows its ISA and not its board, so all boards of an ISA link the same files.
B := build
LIB := $(B)/isa/$(ISA)
OUT := $(B)/$(BOARD)
DEPS := build/deps
MBEDTLS := $(DEPS)/mbedtls
object = $(patsubst %,$(LIB)/%.o,$(basename $(1)))

APP_smoke := apps/smoke.c apps/checks.c apps/seeding.c apps/receipt.c apps/print.c
APP_record := apps/record.c apps/seeding.c apps/print.c
APP_clone := apps/clone.c apps/seeding.c apps/receipt.c apps/print.c
APP_keygen := apps/keygen.c apps/keys.c apps/seeding.c apps/receipt.c apps/print.c adapters/bearssl.c
APP_accumulator := apps/accumulator.c apps/fortuna.c apps/seeding.c apps/receipt.c apps/print.c adapters/bearssl.c
APP_ecdsa := apps/ecdsa.c apps/receipt.c apps/print.c adapters/mbedtls.c adapters/mbedtls_psa.c
APP_getentropy := tests/getentropy.c adapters/newlib.c
APP_errata := tests/errata.c apps/checks.c apps/print.c
APP_confidential := tests/confidential.c tests/confidential_$(ARCH).c apps/checks.c apps/seeding.c apps/print.c
APP_loop := tests/loop.c apps/checks.c apps/print.c
APP_hostcall := tests/hostcall.c apps/print.c
APP_heap := tests/heap.c apps/print.c
LIBS_keygen := $(LIB)/libbearssl.a
LIBS_accumulator := $(LIB)/libbearssl.a
LIBS_ecdsa := $(LIB)/libmbedcrypto.a

# What judges each image once it is linked, by its sb_platform, which link-time optimisation would dissolve but for -u. A board that is there to be refused
# says `PROVENANCE := :`.
PROVENANCE ?= qemu/provenance -q

# `make V=1` shows the commands.
Q := $(if $(V),,@)
QUIET := $(V)$(findstring s,$(filter-out --%,$(firstword -$(MAKEFLAGS))))
say = $(if $(QUIET),,@printf '  %-4s %s\n' $(1) $(2))

.PHONY: all lib backends check-slow host-tests unix-tests target-tests guest-tests bench run boards demo check lint size format clean help FORCE
all: $(patsubst %,$(OUT)/%.elf,$(filter-out $(if $(wildcard $(MBEDTLS)),,ecdsa),$(APPS)))
lib: $(LIB)/libseedbed.a

# Rebuilt when the command line changes, not only the sources. What is below LIB knows nothing of the board, its command line included.
LIB_FLAGS := $(ISA_CC) $(COMPILE) $(ISA_INCLUDE)
OUT_FLAGS := $(COMPILE) $(BOARD_INCLUDE) $(BOARD_LDFLAGS)
same = @mkdir -p $(@D) && echo '$(1)' | cmp -s - $@ || echo '$(1)' > $@
$(LIB)/flags: FORCE
	$(call same,$(LIB_FLAGS))
$(OUT)/flags: FORCE
	$(call same,$(OUT_FLAGS))

$(LIB)/libseedbed.a: $(call object,$(wildcard core/*.c arch/$(ARCH)/*.c))
	@rm -f $@
	$(call say,AR,$@)
	$(Q)$(AR_CROSS) rcs $@ $^

$(LIB)/%: override CC := $(ISA_CC)
$(LIB)/adapters/%.o $(LIB)/apps/%.o $(LIB)/tests/%.o: INCLUDE += $(BEARSSL_INCLUDE) -Iapps $(ISA_INCLUDE)
$(LIB)/%.o: %.c $(LIB)/flags
	@mkdir -p $(@D)
	$(call say,CC,$@)
	$(Q)$(COMPILE) -c $< -o $@

board_object = $(patsubst %,$(OUT)/board/%.o,$(notdir $(basename $(1))))
$(OUT)/%.o: INCLUDE += $(BOARD_INCLUDE)
vpath %.c $(BOARD_DIR) boards
vpath %.S $(BOARD_DIR) boards
$(OUT)/board/%.o: %.c $(OUT)/flags
	@mkdir -p $(@D)
	$(call say,CC,$@)
	$(Q)$(COMPILE) -c $< -o $@
$(OUT)/board/%.o: %.S $(OUT)/flags
	@mkdir -p $(@D)
	$(call say,CC,$@)
	$(Q)$(COMPILE) -c $< -o $@

LINKED := $(call board_object,$(BOARD_SRCS)) $(call object,$(addprefix hal/,$(HAL_SRCS)))
define app_rule
$(OUT)/$(1).elf: $$(call object,$$(APP_$(1))) $(LINKED) $(LIB)/libseedbed.a $$(LIBS_$(1)) $(wildcard $(BOARD_DIR)/*.ld boards/*.ld) $(OUT)/flags
	$$(call say,LINK,$$@)
	$$(Q)$$(CC) $(BASE) $$(CFLAGS) $$(LDFLAGS) $$(BOARD_LDFLAGS) -Wl,--gc-sections -Wl,-u,sb_platform -Wl,-Map=$$@.map \
	  $$(filter %.o,$$^) $$(filter %.a,$$^) $$(BOARD_LIBS) -o $$@
	$$(Q)sha256sum $$(filter %.o %.a,$$^) > $$@.sums
	$$(Q)$$(PROVENANCE) $$@ || { rm -f $$@; exit 1; }
	$$(if $$(BINARY),$$(Q)$(OBJCOPY_CROSS) -O binary $$@ $$(@:.elf=.bin))
endef
$(foreach app,$(APPS),$(eval $(call app_rule,$(app))))

# BearSSL as Debian ships it, the part that makes keys, compiled for the ISA: constant-time integer code, no libc, no operating system.
BEARSSL := $(DEPS)/bearssl
BEARSSL_INCLUDE := -I$(BEARSSL)/inc
BEARSSL_NAMES := codec/ccopy codec/dec32be codec/enc32be codec/pemenc ec/ec_c25519_m31 ec/ec_keygen ec/ec_p256_m31 ec/ec_pubkey \
	ec/ec_secp* hash/sha2small int/i31_* int/i32_div32 int/i62_* mac/hmac rand/hmac_drbg rsa/rsa_default_keygen \
	rsa/rsa_default_privexp rsa/rsa_i31_keygen* rsa/rsa_i31_privexp rsa/rsa_i62_keygen symcipher/chacha20_ct x509/asn1enc x509/encode_*
BEARSSL_SRCS := $(sort $(wildcard $(BEARSSL_NAMES:%=$(BEARSSL)/src/%.c)))
BEARSSL_FLAGS := -I$(BEARSSL)/src $(BEARSSL_INCLUDE) -DBR_amd64=0 -DBR_i386=0 -DBR_USE_URANDOM=0 -DBR_USE_UNIX_TIME=0 -w
$(LIB)/libbearssl.a: $(patsubst $(BEARSSL)/%.c,$(LIB)/bearssl/%.o,$(BEARSSL_SRCS))
	$(call say,AR,$@)
	@test -n "$^" || { echo "BearSSL is not there: qemu/setup demo fetches it" >&2; exit 2; }
	@rm -f $@
	@$(AR_CROSS) rcs $@ $^
$(LIB)/bearssl/%.o: $(BEARSSL)/%.c $(LIB)/flags
	@mkdir -p $(@D)
	@$(CC) $(BASE) $(CFLAGS) $(BEARSSL_FLAGS) -Iboards/freestanding -c $< -o $@

# mbedTLS as Debian ships it, by our own configuration, which leaves most of it empty.
# With its folder: beside its headers mbedTLS 3.6 has a mbedtls_config.h of its own.
MBEDTLS_INCLUDE := -I$(MBEDTLS)/include -DMBEDTLS_CONFIG_FILE='"tests/mbedtls_config.h"' -I.
# By the names of 2.28 and of 3.6.
MBEDTLS_NAMES := aes asn1parse asn1write bignum bignum_core block_cipher cipher cipher_wrap constant_time ctr_drbg ecdsa ecp \
	ecp_curves entropy md memory_buffer_alloc platform platform_util psa_crypto* psa_util sha256
MBEDTLS_SRCS := $(sort $(wildcard $(MBEDTLS_NAMES:%=$(MBEDTLS)/library/%.c)))
$(LIB)/libmbedcrypto.a: $(patsubst $(MBEDTLS)/library/%.c,$(LIB)/mbedtls/%.o,$(MBEDTLS_SRCS))
	$(call say,AR,$@)
	@test -n "$^" || { echo "mbedTLS is not there: qemu/setup check fetches it" >&2; exit 2; }
	@rm -f $@
	@$(AR_CROSS) rcs $@ $^
$(LIB)/mbedtls/%.o: $(MBEDTLS)/library/%.c tests/mbedtls_config.h $(LIB)/flags
	@mkdir -p $(@D)
	@$(CC) $(BASE) $(CFLAGS) -I$(MBEDTLS)/library $(MBEDTLS_INCLUDE) -Iboards $(ISA_INCLUDE) -w -c $< -o $@
$(LIB)/apps/ecdsa.o $(LIB)/adapters/mbedtls.o $(LIB)/adapters/mbedtls_psa.o: INCLUDE += $(MBEDTLS_INCLUDE)

# The CMocka suites: on this machine with sanitizers, and by the same sources on a Cortex-M3 under newlib.
HOST := $(B)/host
HOSTCC := gcc
HOST_ARCH := $(if $(filter x86_64,$(shell uname -m)),x86,portable)
# The hal files that suites test on any machine; tests/mutate asks for this list as well.
HAL_TESTED := $(patsubst %,hal/%.c,loop seed vmgenid fdt pci xen uefi uefi_rng) $(wildcard hal/virtio_*.c)
HOST_SRCS := $(wildcard core/*.c arch/$(HOST_ARCH)/*.c) hal/fw_cfg.c $(HAL_TESTED)
HOST_COMPILE = $(HOSTCC) -std=gnu11 $(WARN) -Icore -Ihal -Iarch/$(HOST_ARCH) -Iboards -Itests -MMD -MP
SANITIZE := -O1 -g -fsanitize=address,undefined -fno-sanitize-recover=all
suites = $(patsubst tests/%.c,$(1)/%$(3),$(wildcard tests/$(2)_*.c))
WIPE_LEVELS := $(foreach cc,gcc clang-14,$(foreach level,-O0 -O2 -Os -O3,$(HOST)/wipe/$(cc)$(level)/test_wipe))

host-tests: $(call suites,$(HOST),test) $(call suites,$(HOST),host) $(WIPE_LEVELS)
$(HOST)/flags: FORCE
	@mkdir -p $(@D)
	@echo '$(HOST_COMPILE) $(SANITIZE)' | cmp -s - $@ || echo '$(HOST_COMPILE) $(SANITIZE)' > $@
$(HOST)/obj/%.o: %.c $(HOST)/flags
	@mkdir -p $(@D)
	$(call say,CC,$@)
	$(Q)$(HOST_COMPILE) $(SANITIZE) -c $< -o $@
$(HOST)/%: $(HOST)/obj/tests/%.o $(HOST)/obj/tests/fake.o $(patsubst %.c,$(HOST)/obj/%.o,$(HOST_SRCS))
	$(call say,LINK,$@)
	$(Q)$(HOSTCC) $(SANITIZE) $^ -lcmocka $(if $(findstring host_,$*),-lcrypto -lpthread -lm) -o $@
# Three suites have somebody else's code in them: BearSSL under the accumulator, lwIP, mbedTLS.
FORTUNA_SRCS := $(addprefix $(BEARSSL)/src/,hash/sha2small.c symcipher/chacha20_ct.c codec/dec32be.c codec/enc32be.c mac/hmac.c rand/hmac_drbg.c)
FORTUNA_SRCS += apps/fortuna.c adapters/bearssl.c
LWIP := $(DEPS)/lwip/src
LWIP_INCLUDE := -I$(LWIP)/include -Itests/lwip -Iadapters
# By the names of 2.1 and of 2.2, which has acd.
LWIP_SRCS := $(wildcard $(addprefix $(LWIP)/,$(patsubst %,core/%.c,def inet_chksum init ip mem memp netif pbuf tcp tcp_in tcp_out timeouts udp) \
	$(patsubst %,core/ipv4/%.c,acd dhcp etharp icmp ip4 ip4_addr ip4_frag) netif/ethernet.c))
HOST_DEPS := $(patsubst %.c,$(HOST)/obj/%.o,$(filter $(DEPS)/%,$(FORTUNA_SRCS) $(LWIP_SRCS)) $(MBEDTLS_SRCS))
$(HOST_DEPS): WARN := -w
$(HOST)/obj/$(BEARSSL)/%.o: HOST_COMPILE += $(BEARSSL_FLAGS)
$(HOST)/obj/apps/%.o $(HOST)/obj/adapters/bearssl.o $(HOST)/obj/tests/test_accumulator.o: HOST_COMPILE += $(BEARSSL_INCLUDE) -Iapps -Iadapters
$(HOST)/obj/$(LWIP)/%.o $(HOST)/obj/adapters/lwip.o $(HOST)/obj/tests/test_lwip.o: HOST_COMPILE += $(LWIP_INCLUDE)
$(HOST)/obj/$(MBEDTLS)/%.o $(HOST)/obj/adapters/mbedtls.o $(HOST)/obj/adapters/mbedtls_psa.o $(HOST)/obj/tests/test_mbedtls.o: \
	HOST_COMPILE += $(MBEDTLS_INCLUDE) -Iadapters
$(HOST)/test_rndr: $(HOST)/obj/arch/aarch64/words.o
$(HOST)/test_confidential: $(patsubst %,$(HOST)/obj/arch/%/confidential.o,x86 aarch64)
$(HOST)/test_mbedtls: $(patsubst %.c,$(HOST)/obj/%.o,$(filter-out %/memory_buffer_alloc.c,$(MBEDTLS_SRCS)) adapters/mbedtls.c adapters/mbedtls_psa.c)
$(HOST)/test_accumulator: $(patsubst %.c,$(HOST)/obj/%.o,$(FORTUNA_SRCS))
$(HOST)/test_lwip: $(patsubst %.c,$(HOST)/obj/%.o,$(LWIP_SRCS) adapters/lwip.c)

$(WIPE_LEVELS): $(HOST)/wipe/%/test_wipe: tests/test_wipe.c tests/fake.c tests/fake.h $(HOST_SRCS) $(wildcard core/*.h hal/*.h)
	@mkdir -p $(@D)
	$(call say,LINK,$@)
	$(Q)$(firstword $(subst -O, -O,$*)) -std=gnu11 $(lastword $(subst -O, -O,$*)) -g -Icore -Ihal -Iarch/$(HOST_ARCH) -Itests $(filter %.c,$^) -lcmocka -Wl,-z,now -o $@

# Programs of this machine on a platform of their own or the unix board's: tests/unix_NAME.c; NAME-SWITCH is NAME with a protection taken out by
# -DSWITCH: it must fail. Each NAME compiles the library its own way.
UNIX_TESTS := fork fork-WITHOUT_EPOCH race race-WITHOUT_LOCK race-ONE_INSTANCE bench \
	$(if $(filter x86,$(HOST_ARCH)),step step-EVENT_STIRS step-WITHOUT_BUSY)
UNIX_FLAGS_fork := $(SANITIZE)
UNIX_FLAGS_race := -O1 -g -fsanitize=thread
UNIX_FLAGS_bench := -O2 -g
UNIX_FLAGS_step := -O2 -g -fcf-protection=none
UNIX_PLATFORM := boards/unix/$(if $(filter x86,$(HOST_ARCH)),platform_x86,platform).c
UNIX_SRCS = $(HOST_SRCS) hal/unix.c tests/stress.c
first = $(firstword $(subst -, ,$(1)))
switches = $(addprefix -D,$(wordlist 2,9,$(subst -, ,$(1))))
unix-tests: $(UNIX_TESTS:%=$(HOST)/unix/%)
define unix_rule
$(HOST)/unix/o-$(1)/%.o: %.c
	@mkdir -p $$(@D)
	$$(call say,CC,$$@)
	$$(Q)$$(HOST_COMPILE) $$(UNIX_FLAGS_$(call first,$(1))) $(call switches,$(1)) -c $$< -o $$@
endef
define unix_link_rule
$(HOST)/unix/$(1): $(HOST)/unix/o-$(1)/tests/unix_$(call first,$(1)).o \
    $(patsubst %.c,$(HOST)/unix/o-$(call first,$(1))/%.o,$(UNIX_SRCS) $(if $(filter race,$(call first,$(1))),,$(UNIX_PLATFORM)))
	$$(call say,LINK,$$@)
	$$(Q)$(HOSTCC) $(UNIX_FLAGS_$(call first,$(1))) $$^ -lpthread -o $$@
endef
$(foreach test,$(UNIX_TESTS),$(eval $(call unix_rule,$(test)))$(eval $(call unix_link_rule,$(test))))

TARGET_SUITES := $(call suites,$(OUT)/tests,test,.elf)
CMOCKA := $(DEPS)/cmocka
target-tests: $(TARGET_SUITES)
$(OUT)/tests/obj/%.o: tests/%.c $(OUT)/flags
	@mkdir -p $(@D)
	$(call say,CC,$@)
	$(Q)$(COMPILE) $(TEST_CFLAGS) -I$(CMOCKA)/include -Itests -c $< -o $@
$(OUT)/tests/obj/cmocka.o: $(CMOCKA)/src/cmocka.c $(OUT)/flags
	@mkdir -p $(@D)
	$(call say,CC,$@)
	$(Q)$(COMPILE) $(TEST_CFLAGS) -I$(CMOCKA)/include -D_DEFAULT_SOURCE -w -c $< -o $@
TEST_OBJS := $(call board_object,$(TEST_SRCS)) $(call object,$(HAL_TESTED))
$(OUT)/tests/obj/test_accumulator.o: INCLUDE += $(BEARSSL_INCLUDE) -Iapps
$(OUT)/tests/obj/test_lwip.o $(LIB)/adapters/lwip.o: INCLUDE += $(LWIP_INCLUDE)
$(OUT)/tests/obj/test_mbedtls.o: INCLUDE += $(MBEDTLS_INCLUDE)
$(OUT)/tests/test_mbedtls.elf: $(call object,adapters/mbedtls.c adapters/mbedtls_psa.c) $(LIB)/libmbedcrypto.a
$(OUT)/tests/test_rndr.elf: $(call object,arch/aarch64/words.c)
$(OUT)/tests/test_confidential.elf: $(call object,arch/x86/confidential.c arch/aarch64/confidential.c)
$(OUT)/tests/test_accumulator.elf: $(call object,apps/fortuna.c adapters/bearssl.c) $(LIB)/libbearssl.a
$(OUT)/tests/test_lwip.elf: $(call object,adapters/lwip.c) $(LIB)/liblwip.a
$(LIB)/liblwip.a: $(LWIP_SRCS:$(LWIP)/%.c=$(LIB)/lwip/%.o)
	$(call say,AR,$@)
	@rm -f $@
	@$(AR_CROSS) rcs $@ $^
$(LIB)/lwip/%.o: $(LWIP)/%.c $(wildcard tests/lwip/*.h tests/lwip/arch/*.h) $(LIB)/flags
	@mkdir -p $(@D)
	@$(CC) $(BASE) $(CFLAGS) $(LWIP_INCLUDE) -w -c $< -o $@
$(TARGET_SUITES): $(OUT)/tests/%.elf: $(OUT)/tests/obj/%.o $(OUT)/tests/obj/fake.o $(OUT)/tests/obj/cmocka.o $(LIB)/libseedbed.a $(TEST_OBJS)
	$(call say,LINK,$@)
	$(Q)$(CC) $(BASE) $(CFLAGS) $(LDFLAGS) $(BOARD_LDFLAGS) -Wl,--gc-sections $(filter %.o,$^) $(filter %.a,$^) $(BOARD_LIBS) -o $@

# Programs that stress the library on a board: tests/guest_NAME.c and NAME-SWITCH likewise. On Cortex-M they bring a platform and interrupts
# of their own (not those of BOARD_GUESTS), on x86 they link the board's.
GUESTS_mps2-an385 := tasks tasks-WITHOUT_LOCK tasks-WITHOUT_LOCK-WITHOUT_BUSY events events-WITHOUT_BUSY events-EVENT_STIRS
GUESTS_microbit := events events-WITHOUT_BUSY events-EVENT_STIRS count
GUESTS_qemu-x86_64 := events events-WITHOUT_BUSY events-EVENT_STIRS smp smp-COPIES sleep-SPINS \
	$(addprefix loop-,CLOCK_STANDS WITHOUT_HOOKS HOOKS_TWICE ADDS_TWICE ONE_HOOK KEEPS_HOOKS SKIPS FORGETS_THE_PAST OVERSLEEPS SPINS \
	WITHOUT_EVENTS STAYS_AWAKE LOSES_EVENTS)
BOARD_GUESTS := count sleep loop
GUESTS := sleep $(GUESTS_$(BOARD))
GUEST_events := tests/tick_$(BOARD).c
GUEST_smp := tests/smp_start.S
GUEST_loop := apps/checks.c
guest-tests: $(GUESTS:%=$(OUT)/guest/%.elf)
define guest_rule
$(OUT)/guest/$(1).elf: tests/guest_$(call first,$(1)).c $(GUEST_$(call first,$(1))) tests/stress.c tests/stress_say.c apps/print.c \
    $(LIB)/libseedbed.a $(call board_object,$(if $(filter $(BOARD_GUESTS),$(call first,$(1))),$(BOARD_SRCS),$(or $(TEST_SRCS),$(BOARD_SRCS)))) $(call object,$(addprefix hal/,$(HAL_SRCS))) \
    tests/loop.c $(wildcard tests/*.h $(BOARD_DIR)/*.ld) $(OUT)/flags
	@mkdir -p $$(@D)
	$$(call say,LINK,$$@)
	$$(Q)$$(CC) $(BASE) $(WARN) $(INCLUDE) $(BOARD_INCLUDE) -Itests -Iapps $$(CFLAGS) $(call switches,$(1)) $$(LDFLAGS) \
	  $$(BOARD_LDFLAGS) -Wl,--gc-sections $$(filter-out tests/loop.c,$$(filter %.c %.S %.o,$$^)) $$(filter %.a,$$^) $$(BOARD_LIBS) -o $$@
	$$(if $$(BINARY),$$(Q)$(OBJCOPY_CROSS) -O binary $$@ $$(@:.elf=.bin))
endef
$(foreach guest,$(GUESTS),$(eval $(call guest_rule,$(guest))))

include install.mk

run: $(OUT)/$(APP).elf
	qemu/run $(BOARD_DIR) $<

boards:
	@for b in $(BOARDS); do echo $$b; done

demo:
	@qemu/setup demo
	@$(MAKE) -s BOARD=qemu-x86_64 CC=x86_64-linux-gnu-gcc build/qemu-x86_64/keygen.elf
	@qemu/demo $(SOURCES)

check:
	@qemu/setup check
	@qemu/check $(TESTS)

check-slow:
	@qemu/setup slow
	@qemu/check --slow $(TESTS)

backends:
	@qemu/setup check
	@qemu/backends.py $(TESTS)

bench: $(HOST)/unix/bench
	@$<

lint:
	@tests/lint

size:
	@tests/size -v

format:
	@clang-format-14 -i $(wildcard core/*.[ch] hal/*.[ch] arch/*/*.[ch] boards/*.[ch] boards/*/*.[ch] apps/*.[ch] adapters/*.[ch] tests/*.[ch] tests/*/*.[ch] tests/*/*/*.[ch])

clean:
	rm -rf $(filter-out build/deps,$(wildcard build/*))

help:
	@echo 'make demo               set up, boot a guest that makes three keys, ask openssl about them'
	@echo 'make demo SOURCES=none  the same guest without a source of entropy: it refuses, exit 1'
	@echo 'make check              set up, run every test; TESTS="word ..." picks some by name'
	@echo 'make check-slow         domains that xl starts, second versions of QEMU and Xen, Solo5 if you have it'
	@echo 'make backends           the same programs under every hypervisor, and a table of what came of it'
	@echo 'make [BOARD=b]          the programs of a board, into build/b; make boards lists the boards'
	@echo 'make BOARD_DIR=path     the same for a board outside the tree (docs/porting.md)'
	@echo 'make BOARD=b run        boot one; APP=smoke (default), record, keygen'
	@echo 'make lib                the library alone: build/isa/ISA/libseedbed.a'
	@echo 'make install            headers, libraries, man pages; DESTDIR, PREFIX, BOARDS="b ..."; uninstall takes them away'
	@echo 'make lint size format   the rules of the house; text, state and stack; clang-format'
	@echo 'make bench              what a read costs, with and without epoch and fresh word'
	@echo 'make clean              all but what was fetched'
	@echo 'CC, CFLAGS, LDFLAGS are yours; V=1 shows the commands.'

-include $(shell test -d $(B) && find $(B) -path $(DEPS) -prune -o -name '*.d' -type f -print)
