# SPDX-License-Identifier: BSD-2-Clause
# What the tests are made of: CMocka suites here and on a board, programs that
# stress the library here and on a board. Each can be made by its path alone.

# ------------------------------------------------------------- on this machine

HOST := $(B)/host
HOSTCC := gcc
HOST_ARCH := $(if $(filter x86_64,$(shell uname -m)),x86,portable)
KEYSTREAMS := $(wildcard boards/common/simd/*_$(HOST_ARCH).c)
# In the form that saves registers; $(1): the folder of arch/.
saved_keystreams = boards/common/simd-saved/keystreams_$(1).c \
	$(if $(filter x86,$(1)),boards/common/simd/facts_x86.c)
# Solo5's functions exist in a Solo5 guest alone.
HAL_TESTED := $(filter-out hal/hypervisor/solo5.c,$(sort $(wildcard hal/*/*.c)))
HOST_SRCS := $(wildcard core/*.c arch/$(HOST_ARCH)/*.c arch/$(HOST_ARCH)/simd/*.c) $(HAL_TESTED)
HOST_INCLUDE := -Icore $(HAL_INCLUDE) -Iarch -Iarch/$(HOST_ARCH) -Iboards/common \
	-Itests/unit -Itests/guests
HOST_COMPILE = $(HOSTCC) -std=gnu11 $(WARN) $(HOST_INCLUDE) -MMD -MP
SANITIZE := -O1 -g -fsanitize=address,undefined -fno-sanitize-recover=all
SUITES := $(patsubst tests/unit/%.c,%,$(wildcard tests/unit/test_*.c))
HOST_SUITES := $(SUITES:%=$(HOST)/unit/%)
ORACLES := $(patsubst %,$(HOST)/%,model oracle rates unix)
WIPE_LEVELS := $(foreach cc,gcc $(CLANG),$(foreach level,-O0 -O2 -Os -O3,\
	$(HOST)/wipe/$(cc)$(level)/test_wipe))

TRACE_LEVELS := $(if $(filter x86,$(HOST_ARCH)),$(foreach cc,gcc $(CLANG),\
	$(foreach level,-O2 -Os -O3,$(HOST)/traces/$(cc)$(level)/trace)))

# What keystreams leave behind, by each compiler at each level; and without a
# wipe, which must be seen.
LEFTOVER_LEVELS := $(if $(filter x86,$(HOST_ARCH)),$(patsubst %,$(HOST)/leftovers/%/leftovers,\
	$(foreach cc,gcc $(CLANG),$(foreach level,-O0 -O2 -O3,$(cc)$(level))) \
	gcc-O2-UNWIPED))

# What tests/mutation/generate runs. RUN_NAME is what NAME is an argument of.
MUTATION_SUITES = $(HOST_SUITES) $(ORACLES) $(USER_TESTS:%=$(HOST)/user/%)
RUN_model := python3 tests/host/model.py

.PHONY: host-tests unix-tests target-tests guest-tests
host-tests: $(HOST_SUITES) $(ORACLES) $(WIPE_LEVELS) $(TRACE_LEVELS) $(LEFTOVER_LEVELS)

HOST_FLAGS = $(HOST_COMPILE) $(SANITIZE) $(CFLAGS)
$(call stamp_rule,$(HOST)/flags,HOST_FLAGS)
$(HOST)/obj/%.o: %.c $(HOST)/flags
	@mkdir -p $(@D)
	$(call say,CC,$@)
	$(Q)$(HOST_COMPILE) $(SANITIZE) -c $< -o $@
host_object = $(patsubst %.c,$(HOST)/obj/%.o,$(1))

# Linked as an archive: a suite takes what it calls. Three suites have somebody
# else's code in them: BearSSL under the accumulator, lwIP, mbedTLS.
FORTUNA_SRCS := $(addprefix $(BEARSSL)/src/,hash/sha2small.c symcipher/chacha20_ct.c \
	codec/dec32be.c codec/enc32be.c mac/hmac.c rand/hmac_drbg.c) \
	examples/accumulator/fortuna.c adapters/bearssl.c
# Its own allocator would want a board.
DRBG_SRCS := $(filter-out %/memory_buffer_alloc.c,$(MBEDTLS_SRCS))
SUITE_SRCS_test_rndr := arch/aarch64/instruction.c
SUITE_SRCS_test_zkr := arch/riscv/zkr.c
SUITE_SRCS_test_rate := arch/loongarch/rate.c
SUITE_SRCS_test_darn := $(addprefix arch/power/,darn.c confidential.c)
SUITE_SRCS_test_prno := $(addprefix arch/s390x/,prno.c confidential.c)
SUITE_SRCS_test_ask := $(addprefix arch/x86/,ask.c confidential.c recorded.c identity.c)
SUITE_SRCS_test_confidential := $(addprefix arch/x86/,ask.c confidential.c recorded.c identity.c) \
	arch/aarch64/confidential.c
SUITE_SRCS_test_dispatch := hal/stream/dispatch.c
# Here the keystreams of this machine. A board has those of its own table.
SUITE_HERE_test_keystreams := $(if $(KEYSTREAMS),$(KEYSTREAMS) hal/stream/dispatch.c)
SUITE_SRCS_test_errata := arch/x86/ask.c arch/x86/errata.c arch/x86/identity.c
SUITE_SRCS_test_solo5 := hal/hypervisor/solo5.c
SUITE_SRCS_test_smccc_trng := tests/firmware/serve.c
SUITE_SRCS_test_accumulator := $(FORTUNA_SRCS)
SUITE_SRCS_test_lwip := $(LWIP_SRCS) adapters/lwip.c adapters/lwip_buffered.c
SUITE_SRCS_test_mbedtls := $(DRBG_SRCS) adapters/mbedtls.c adapters/mbedtls_psa.c
SUITE_DEPS := $(call host_object,$(filter $(DEPS)/%,$(FORTUNA_SRCS) $(LWIP_SRCS) $(DRBG_SRCS)))
$(SUITE_DEPS): private WARN := -w
$(SUITE_DEPS) $(call host_object,$(SUITES:%=tests/unit/%.c)): private SANITIZE += -O0
# What adapters and dependents are compiled with: theirs beside ours.
DEPENDENT_INCLUDE = $(BEARSSL_INCLUDE) $(LWIP_INCLUDE) $(MBEDTLS_INCLUDE) -Iadapters \
	-Iexamples/accumulator
$(HOST)/obj/arch/x86/simd/%.o: private HOST_COMPILE += -mno-avx
# $(1): a folder of objects, $(2): the variable that compiles them
define dependent_flags
$(1)/$(BEARSSL)/%.o: private $(2) += $(BEARSSL_FLAGS)
$(1)/$(LWIP)/%.o: private $(2) += $(LWIP_INCLUDE)
$(1)/$(MBEDTLS)/%.o: private $(2) += -I$(MBEDTLS)/library $(MBEDTLS_INCLUDE)
$(addprefix $(1)/,examples/%.o adapters/%.o $(patsubst %,tests/unit/test_%.o,accumulator \
	lwip mbedtls)): private $(2) += $(DEPENDENT_INCLUDE)
endef
$(eval $(call dependent_flags,$(HOST)/obj,HOST_COMPILE))

$(call stamp_rule,$(HOST)/members,HOST_SRCS)
$(HOST)/libtested.a: $(call host_object,$(HOST_SRCS)) $(HOST)/members
	$(call say,AR,$@)
	@rm -f $@
	$(Q)ar qcs $@ $(filter %.o,$^)
define suite_rule
$(HOST)/unit/$(1): $$(call host_object,tests/unit/$(1).c tests/unit/fake.c $$(SUITE_SRCS_$(1)) \
    $$(SUITE_HERE_$(1))) \
    $(HOST)/libtested.a
	@mkdir -p $$(@D)
	$$(call say,LINK,$$@)
	$$(Q)$$(HOSTCC) $$(SANITIZE) $$^ -lcmocka -o $$@
endef
$(foreach suite,$(SUITES),$(eval $(call suite_rule,$(suite))))

# The suites on big-endian machines, of 64 bits and of 32: programs of Linux, by
# user-mode emulation. They have their C library in them, as the emulator finds
# none. UEFI and Xen are little-endian, so test_uefi and test_xen stay out.
BIG_ISAS := s390x mips
BIG_SUITES := $(filter-out test_uefi test_xen,$(SUITES))
BIG_SRCS := $(wildcard core/*.c) \
	$(filter-out hal/firmware/uefi% hal/hypervisor/xen.c,$(HAL_TESTED))
BIG_COMPILE = -linux-gnu-gcc -std=gnu11 $(WARN) -Icore $(HAL_INCLUDE) -Iarch -Iarch/portable \
	-Iboards/common -Itests/unit -I$(CMOCKA)/include -MMD -MP -O1
# $(1): the ISA, $(2): sources
big_object = $(patsubst %.c,$(HOST)/$(1)/%.o,$(2))
define big_rules
$(call dependent_flags,$(HOST)/$(1),BIG_COMPILE)
$(call big_object,$(1),$(SUITES:%=tests/unit/%.c)): private BIG_COMPILE += -O0
$(HOST)/$(1)/$(DEPS)/%.o: private BIG_COMPILE += -O0 -w -DHAVE_SIGNAL_H -DHAVE_STRUCT_TIMESPEC
$(call stamp_rule,$(HOST)/$(1)/flags,BIG_COMPILE)
$(HOST)/$(1)/%.o: %.c $(HOST)/$(1)/flags
	@mkdir -p $$(@D)
	$$(call say,CC,$$@)
	$$(Q)$(1)$$(BIG_COMPILE) -c $$< -o $$@
$(call stamp_rule,$(HOST)/$(1)/members,BIG_SRCS)
$(HOST)/$(1)/libtested.a: $(call big_object,$(1),$(BIG_SRCS)) $(HOST)/$(1)/members
	$$(call say,AR,$$@)
	@rm -f $$@
	$$(Q)$(1)-linux-gnu-ar qcs $$@ $$(filter %.o,$$^)
endef
$(foreach isa,$(BIG_ISAS),$(eval $(call big_rules,$(isa))))
define big_suite_rule
$(HOST)/$(1)/unit/$(2): $(call big_object,$(1),tests/unit/$(2).c tests/unit/fake.c \
    $(CMOCKA)/src/cmocka.c $(SUITE_SRCS_$(2))) $(HOST)/$(1)/libtested.a
	@mkdir -p $$(@D)
	$$(call say,LINK,$$@)
	$$(Q)$(1)-linux-gnu-gcc -static $$^ -o $$@
endef
$(foreach isa,$(BIG_ISAS),$(foreach suite,$(BIG_SUITES),\
	$(eval $(call big_suite_rule,$(isa),$(suite)))))
.PHONY: big-tests
big-tests: $(BIG_SUITES:%=$(HOST)/s390x/unit/%)

# Their keystream is the one that they name.
ORACLE_OBJS := $(call host_object,tests/host/streams.c hal/stream/dispatch.c \
	$(or $(KEYSTREAMS),tests/host/streams_none.c))
$(HOST)/model: private SANITIZE += -Wl,--wrap=sb_stream_choose
$(ORACLES): $(HOST)/%: $(HOST)/obj/tests/host/%.o $(HOST)/obj/tests/unit/fake.o $(ORACLE_OBJS) \
    $(HOST)/libtested.a
	$(call say,LINK,$@)
	$(Q)$(HOSTCC) $(SANITIZE) $^ -lcrypto -lcmocka -lpthread -lm -o $@

$(WIPE_LEVELS): $(HOST)/wipe/%/test_wipe: tests/unit/test_wipe.c tests/unit/fake.c \
    $(wildcard core/*.[ch] hal/*.h hal/*/*.h tests/unit/*.h)
	@mkdir -p $(@D)
	$(call say,LINK,$@)
	$(Q)$(firstword $(subst -O, -O,$*)) -std=gnu11 $(lastword $(subst -O, -O,$*)) -g \
	  $(HOST_INCLUDE) -ffunction-sections -Wl,--gc-sections $(filter %.c,$^) -lcmocka \
	  -Wl,-z,now -o $@

$(TRACE_LEVELS): $(HOST)/traces/%/trace: tests/host/trace.c core/health.c \
    hal/timing/timing_predict.c $(wildcard core/*.h hal/*.h hal/timing/*.h)
	@mkdir -p $(@D)
	$(call say,LINK,$@)
	$(Q)$(firstword $(subst -O, -O,$*)) -std=gnu11 $(lastword $(subst -O, -O,$*)) -g \
	  $(HOST_INCLUDE) $(filter %.c,$^) -o $@

LEFTOVER_SRCS := tests/host/leftovers.c tests/host/streams.c \
	$(wildcard boards/common/simd/*_x86.c) \
	$(addprefix arch/x86/,ask.c cpuid.c identity.c simd.c) $(wildcard arch/x86/simd/*_*.c)
# Objects by a compiler and a level, gcc-O2: streams.mk has more of them. The
# valgrind of Debian 12 does not read clang's DWARF 5.
LEVELS_TRIED := gcc-O2-UNWIPED $(foreach cc,gcc $(CLANG),$(foreach level,-O0 -O2 -Os -O3,\
	$(cc)$(level)))
level_object = $(patsubst %.c,$(HOST)/levels/$(1)/%.o,$(2))
level_cc = $(subst -O, -O,$(subst -UNWIPED, -DUNWIPED -include tests/host/unwiped.h,$(1)))
define level_rule
$(HOST)/levels/$(1)/%.o: %.c $(HOST)/flags
	@mkdir -p $$(@D)
	$$(call say,CC,$$@)
	$$(Q)$(call level_cc,$(1)) -std=gnu11 -gdwarf-4 -g1 $(HOST_INCLUDE) -Iarch/x86/simd \
	  -mno-avx -MMD -MP -c $$< -o $$@
$(HOST)/leftovers/$(1)/leftovers: $(call level_object,$(1),$(LEFTOVER_SRCS))
	@mkdir -p $$(@D)
	$$(call say,LINK,$$@)
	$$(Q)$(HOSTCC) $$^ -Wl,-z,now -o $$@
endef
$(foreach level,$(LEVELS_TRIED),$(eval $(call level_rule,$(level))))

# Programs that stress the library here, on a platform of their own or that of
# the unix board. NAME-SWITCH is NAME compiled with -DSWITCH, which takes a
# protection out: it must fail. Each NAME compiles the library its own way.
UNIX_TESTS := fork fork-WITHOUT_EPOCH race race-WITHOUT_LOCK race-ONE_INSTANCE \
	$(if $(filter x86,$(HOST_ARCH)),step step-EVENT_STIRS step-WITHOUT_BUSY \
	trace trace-LEAKS timing)
UNIX_FLAGS_fork := $(SANITIZE)
UNIX_FLAGS_race := -O1 -g -fsanitize=thread
UNIX_FLAGS_timing = $(CFLAGS)
UNIX_FLAGS_step := -O2 -g -fcf-protection=none
UNIX_FLAGS_trace := -O1
UNIX_PLATFORM := boards/unix/$(if $(filter x86,$(HOST_ARCH)),platform_x86,platform).c
UNIX_SRCS := $(wildcard core/*.c arch/$(HOST_ARCH)/*.c hal/os/*.c hal/timing/*.c) \
	tests/guests/stress.c
first = $(firstword $(subst -, ,$(1)))
switches = $(addprefix -D,$(wordlist 2,9,$(subst -, ,$(1))))
# What `make evidence-peers` runs.
UNIX_TESTS += $(if $(filter x86,$(HOST_ARCH)),peers)
UNIX_FLAGS_peers := -O2
unix-tests: $(UNIX_TESTS:%=$(HOST)/%) $(if $(filter x86,$(HOST_ARCH)),$(HOST)/cache)
# By nothing of seedbed: it judges what seedbed says.
$(HOST)/cache: tests/host/cache.c $(HOST)/flags
	@mkdir -p $(@D)
	$(call say,LINK,$@)
	$(Q)$(HOSTCC) -std=gnu11 $(WARN) -O2 $< -o $@
unix_object = $(patsubst %.c,$(HOST)/o-$(1)/%.o,$(2))
define unix_rule
$(HOST)/o-$(1)/%.o: %.c $(HOST)/flags
	@mkdir -p $$(@D)
	$$(call say,CC,$$@)
	$$(Q)$$(HOST_COMPILE) $$(UNIX_FLAGS_$(call first,$(1))) \
	  $(call switches,$(1)) -c $$< -o $$@
$(HOST)/$(1): $$(call unix_object,$(1),tests/host/$(call first,$(1)).c) \
    $$(call unix_object,$(call first,$(1)),$$(UNIX_SRCS) \
    $$(if $$(filter race,$(call first,$(1))),,$$(UNIX_PLATFORM)))
	$$(call say,LINK,$$@)
	$$(Q)$$(HOSTCC) $$(UNIX_FLAGS_$(call first,$(1))) $$^ -lpthread -o $$@
endef
$(foreach test,$(UNIX_TESTS),$(eval $(call unix_rule,$(test))))

# --------------------------------------------------------- user-mode emulation

# Programs without a C library. Each is made of tests/user/NAME.c, of how its
# ISA traps, and of what it tests. That is the folder NAME of arch/, or
# hal/*/trng_NAME.c on aarch64, or what USER_ISA_NAME and USER_SRCS_NAME say.
# RUN_NAME is the CPU that it runs on: there its instructions trap, or do not,
# as the program wants it.
USER_TESTS := $(patsubst tests/user/%.c,%,$(wildcard tests/user/*.c))
USER_ISA_ring := aarch64_be
USER_ISA_ccw := aarch64_be
USER_ISA_neon_be := aarch64_be
USER_NEON := arch/aarch64/simd.c arch/aarch64/isar0.c $(wildcard arch/aarch64/simd/*.c) \
	$(addprefix core/,blake2s.c rounds.c bytes.c chacha20.c wipe.c)
USER_SRCS_neon := $(USER_NEON)
USER_SRCS_neon_be := $(USER_NEON)
USER_ISA_riscv32 := riscv32
USER_SRCS_riscv32 := $(wildcard arch/riscv/*.c)
USER_ISA_armv5te := armv5te
USER_SRCS_armv5te := $(wildcard arch/arm/*.c)
USER_ISA_armv6 := armv6
USER_SRCS_armv6 := $(USER_SRCS_armv5te)
USER_ISA_power_le := power_le
USER_SRCS_power_le := $(wildcard arch/power/*.c)
USER_IO_ring := watched
USER_IO_ccw := watched
USER_SRCS_ring := hal/virtio/virtio_ring.c
USER_SRCS_ccw := hal/virtio/virtio_ccw_program.c
USER_SRCS_counters := arch/cortex-m/dwt.c arch/cortex-m/systick.c
USER_SRCS_mmio := $(wildcard hal/virtio/virtio_mmio*.c) hal/bus/pci.c \
	$(addprefix hal/virtio/,virtio_pci.c virtio_pci_legacy.c)
USER_CC_x86 := x86_64-linux-gnu-gcc -mgeneral-regs-only
USER_CC_aarch64 := aarch64-linux-gnu-gcc -mgeneral-regs-only -mstrict-align
USER_CC_aarch64_be := $(USER_CC_aarch64) -mbig-endian
USER_CC_riscv := riscv64-unknown-elf-gcc -march=rv64imac -mabi=lp64 -misa-spec=2.2 \
	-Wa,-misa-spec=2.2
USER_CC_riscv32 := $(USER_CC_riscv) -march=rv32imac -mabi=ilp32
USER_CC_mips := mips-linux-gnu-gcc -march=mips32r2 -mabi=32 -msoft-float -mno-abicalls -G0
USER_CC_cortex-m := arm-none-eabi-gcc -mthumb -mcpu=cortex-m3
USER_CC_arm := arm-none-eabi-gcc -mfloat-abi=soft -mno-unaligned-access -march=armv7-a -mthumb
USER_CC_armv5te := $(USER_CC_arm) -march=armv5te -marm
USER_CC_armv6 := $(USER_CC_arm) -march=armv6 -marm
USER_CC_power := powerpc64-linux-gnu-gcc -mcpu=power8 -mabi=elfv2 -msoft-float -mno-altivec \
	-mno-vsx
USER_CC_power_le := $(USER_CC_power) -mlittle-endian
# Debian 12 has no gcc for it.
USER_CC_loongarch := $(firstword $(call since,19) clang) --target=loongarch64-linux-gnusf \
	-mstrict-align -fuse-ld=lld -Wno-unused-command-line-argument
USER_CC_s390x := s390x-linux-gnu-gcc -march=z10 -msoft-float
USER_RUN_x86 := qemu-x86_64 -cpu qemu64,-clflush,-sse2,-sse
USER_RUN_aarch64 := qemu-aarch64 -cpu cortex-a57
USER_RUN_aarch64_be := qemu-aarch64_be
USER_RUN_cortex-m := qemu-arm
USER_RUN_arm := qemu-arm -cpu cortex-a9
USER_RUN_armv5te := $(USER_RUN_arm)
USER_RUN_armv6 := $(USER_RUN_arm)
USER_RUN_loongarch := qemu-loongarch64
USER_RUN_mips := qemu-mips
USER_RUN_power := qemu-ppc64 -cpu power8
USER_RUN_power_le := qemu-ppc64le -cpu power8
USER_RUN_riscv := qemu-riscv64
USER_RUN_riscv32 := qemu-riscv32
USER_RUN_s390x := qemu-s390x -cpu max,prno-trng=off
USER_COMPILE := -std=c11 -O1 -g -ffreestanding -fno-builtin -fno-stack-protector -fno-pie \
	$(WARN) -Icore $(HAL_INCLUDE) -Iarch -Iboards/common -Iexamples/common \
	-Itests/user/common
USER_GCC := -fno-tree-loop-distribute-patterns
USER_LINK := -static -no-pie -nostdlib
user_isa = $(or $(USER_ISA_$(1)),$(notdir $(wildcard arch/$(subst _,-,$(1)))),aarch64)
user_family = $(patsubst %_le,%,$(patsubst %_be,%,\
	$(patsubst %32,%,$(patsubst armv%,arm,$(user_isa)))))
user_io = $(or $(USER_IO_$(1):%=tests/user/common/%),arch/$(user_family))
# A folder of objects for each ISA and io.h.
user_set = $(user_isa)$(USER_IO_$(1):%=+%)
user_object = $(patsubst %.c,$(HOST)/user-$(user_set)/%.o,$(2))
user_srcs = tests/user/$(1).c $(addprefix tests/user/common/,user.c \
	trap_$(user_family).c) $(or $(USER_SRCS_$(1)),\
	$(wildcard hal/*/trng_$(1).c arch/$(subst _,-,$(1))/*.c))
# A keystream by SIMD is the one thing that may touch such a register.
$(addprefix $(HOST)/user-,$(addsuffix /arch/aarch64/simd/%.o,aarch64 aarch64_be)): \
	private USER_WITHOUT := -mgeneral-regs-only
# What a program for aarch64 may call: registers that are a model, and the whole
# library.
USER_LIBRARY := $(HOST)/user-aarch64/libwhole.a
USER_MEMBERS := $(patsubst %.c,$(HOST)/user-aarch64/%.o,tests/user/common/model_aarch64.c \
	tests/user/common/whole.c $(wildcard core/*.c) examples/common/print.c \
	examples/common/receipt.c)
$(call stamp_rule,$(HOST)/user-aarch64/members,USER_MEMBERS)
$(USER_LIBRARY): $(USER_MEMBERS) $(HOST)/user-aarch64/members
	$(call say,AR,$@)
	@rm -f $@
	$(Q)aarch64-linux-gnu-ar qcs $@ $(filter %.o,$^)
.PHONY: user-tests
user-tests: $(USER_TESTS:%=$(HOST)/user/%)
define user_objects_rule
$(HOST)/user-$(user_set)/%.o: %.c $(HOST)/flags
	@mkdir -p $$(@D)
	$$(call say,CC,$$@)
	$$(Q)$$(filter-out $$(USER_WITHOUT),$(USER_CC_$(user_isa))) $(USER_COMPILE) \
	  $(if $(findstring clang,$(USER_CC_$(user_isa))),,$(USER_GCC)) -I$(user_io) \
	  -MMD -MP -c $$< -o $$@
user_sets += $(user_set)
endef
define user_rule
$(if $(filter $(user_set),$(user_sets)),,$(user_objects_rule))
RUN_$(1) ?= $(USER_RUN_$(user_isa))
$(HOST)/user/$(1): $(call user_object,$(1),$(user_srcs)) \
    $(if $(filter aarch64,$(user_set)),$(USER_LIBRARY))
	@mkdir -p $$(@D)
	$$(call say,LINK,$$@)
	$$(Q)$(USER_CC_$(user_isa)) $(USER_LINK) $$^ -o $$@
endef
$(foreach test,$(USER_TESTS),$(eval $(call user_rule,$(test))))

# What QEMU's virt has below the image where a test wants it: a firmware at EL3
# and EL2, as raw bytes.
FIRMWARE := $(HOST)/firmware/aarch64.bin
user-tests: $(FIRMWARE)
$(FIRMWARE): $(wildcard tests/firmware/*)
	@mkdir -p $(@D)
	$(call say,LINK,$@)
	$(Q)$(USER_CC_aarch64) $(USER_COMPILE) $(USER_GCC) $(USER_LINK) \
	  -fno-asynchronous-unwind-tables \
	  -Wl,--build-id=none,--no-warn-rwx-segments,-T,tests/firmware/firmware.ld \
	  $(filter %.S %.c,$^) -o $(@:.bin=.elf)
	$(Q)aarch64-linux-gnu-objcopy -O binary $(@:.bin=.elf) $@

# The suite about wiping on the library of a board's images: wipe.elf, and
# wipe-WITHOUT_WIPE.elf, which must fail.
WIPE_LIBS = $(if $(filter arm%,$(ISA)),\
	$(shell arm-none-eabi-gcc $(ISA_CFLAGS) -print-libgcc-file-name))
# The text and data of RISC-V fit into one page.
WIPE_LIBS += $(if $(filter riscv,$(ARCH)),\
	$(if $(findstring clang,$(CC)),,-Wl,--no-warn-rwx-segments))
WIPE_SRCS := tests/unit/test_wipe.c tests/unit/fake.c boards/common/libc/mem.c \
	tests/user/cmocka/suite.c tests/user/common/user.c \
	tests/user/common/trap_$(or $(filter i386,$(ISA)),$(ARCH)).c
WIPE_COMPILE = $(CC) $(BASE) $(WARN) $(INCLUDE) $(FREESTANDING) $(CFLAGS) -Itests/unit \
	-Itests/user/common -Itests/user/cmocka -fno-stack-protector -static -nostdlib \
	-Wl,--gc-sections $(if $(findstring clang,$(CC)),-fuse-ld=lld,-no-pie)
$(OUT)/wipe-WITHOUT_WIPE.elf: private WIPE_RED := -DWITHOUT_WIPE -Wl,--wrap=sb_wipe_stack
$(OUT)/wipe.elf $(OUT)/wipe-WITHOUT_WIPE.elf: $(WIPE_SRCS) $(LIB)/libseedbed.a $(OUT)/flags \
    $(wildcard core/*.h hal/*.h tests/unit/*.h tests/user/*/*.h)
	@mkdir -p $(@D)
	$(call say,LINK,$@)
	$(Q)$(WIPE_COMPILE) $(WIPE_RED) $(filter %.c %.a,$^) $(WIPE_LIBS) -o $@
# wipe-aes256-ce.elf: the same over that keystream.
$(OUT)/wipe-%.elf: tests/user/cmocka/one_stream.c hal/stream/dispatch.c $(WIPE_SRCS) \
    $(LIB)/libseedbed.a $(OUT)/flags $(wildcard core/*.h hal/*.h tests/unit/*.h tests/user/*/*.h)
	@mkdir -p $(@D)
	$(call say,LINK,$@)
	$(Q)$(WIPE_COMPILE) -DONE=sb_$(ARCH)_$(subst -,_,$*) $(filter %.c %.a,$^) $(WIPE_LIBS) -o $@

# ------------------------------------------------------------------- on a board

# The CMocka suites on a board with a C library, and its test programs.
TARGET_SUITES := $(SUITES:%=$(OUT)/tests/%.elf)
target-tests: $(TARGET_SUITES)
TEST_OBJ := $(OUT)/tests/obj
# What a suite tests is compiled by CFLAGS. The suite itself is read by nobody.
$(SUITES:%=$(TEST_OBJ)/%.o) $(TEST_OBJ)/cmocka.o: private TEST_CFLAGS += -O0 -g0
$(TEST_OBJ)/%.o: tests/unit/%.c $(OUT)/flags
	@mkdir -p $(@D)
	$(call say,CC,$@)
	$(Q)$(COMPILE) $(TEST_CFLAGS) $(DEPENDENT_INCLUDE) -I$(CMOCKA)/include -Itests/unit \
	  -c $< -o $@
$(TEST_OBJ)/cmocka.o: $(CMOCKA)/src/cmocka.c $(OUT)/flags
	@mkdir -p $(@D)
	$(call say,CC,$@)
	$(Q)$(COMPILE) -std=gnu11 $(TEST_CFLAGS) -I$(CMOCKA)/include -w -c $< -o $@
TARGET_HAL := $(call object,$(filter-out hal/os/%,$(HAL_TESTED)))
$(call stamp_rule,$(LIB)/tested,TARGET_HAL)
$(LIB)/libtested.a: $(TARGET_HAL) $(LIB)/tested
	$(archive)
SUITE_LIBS_test_mbedtls := $(LIBS_mbedtls)
SUITE_LIBS_test_accumulator := $(LIBS_bearssl)
SUITE_LIBS_test_lwip := $(LIBS_lwip)
define target_suite_rule
$(OUT)/tests/$(1).elf: $(TEST_OBJ)/$(1).o $(TEST_OBJ)/fake.o $(TEST_OBJ)/cmocka.o \
    $$(call object,$(filter-out $(DEPS)/%,$(SUITE_SRCS_$(1)))) $$(BARE) $(LIB)/libseedbed.a \
    $(LIB)/libtested.a $$(SUITE_LIBS_$(1)) $$(SCRIPTS) $(OUT)/link
	$$(call say,LINK,$$@)
	$$(Q)$$(LINK_LINE)
endef
$(foreach suite,$(SUITES),$(eval $(call target_suite_rule,$(suite))))

# Programs that stress the library on a board (GUESTS of board.mk), NAME-SWITCH
# likewise. They bring a platform of their own, but for those of BOARD_GUESTS.
BOARD_GUESTS := count counter scan sleep smash loop fault calls count_simd simd \
	clone_simd saves saves_none draws
GUEST_SRC_loop := tests/guests/loop_red.c tests/guests/checks.c
GUEST_SRC_smp := tests/guests/smp.c tests/guests/smp_start.S
GUEST_SRC_events := tests/guests/events.c \
	$(firstword $(wildcard $(addsuffix /tick.c,$(BOARD_DIR) $(FAMILY_DIRS))))
GUEST_LDFLAGS_fault := -Wl,--wrap=board_write
# A handler that reads, over keystreams that save registers, or none.
SAVES_SRCS := tests/guests/saves.c tests/guests/saves_aarch64.S hal/stream/dispatch.c
GUEST_SRC_saves := $(SAVES_SRCS) $(call saved_keystreams,aarch64)
GUEST_SRC_saves_none := $(SAVES_SRCS) $(wildcard boards/common/simd/*_aarch64.c)
GUEST_LDFLAGS_saves := -Wl,--wrap=sb_stream_choose
GUEST_LDFLAGS_saves_none := $(GUEST_LDFLAGS_saves)
# smoke, clone and count with what the family simd has, on a board without it.
GUEST_SRC_count_simd := tests/guests/count.c hal/stream/dispatch.c \
	$(wildcard boards/common/simd/*_$(ARCH).c)
GUEST_SIMD := examples/common/ready.c examples/common/receipt.c hal/stream/dispatch.c \
	$(wildcard boards/common/simd/*_$(ARCH).c)
GUEST_SRC_simd := tests/guests/smoke.c tests/guests/checks.c $(GUEST_SIMD)
GUEST_SRC_clone_simd := tests/guests/clone.c $(GUEST_SIMD)
# A keystream for each register that it must not lose; unsaved is its red twin.
REGISTERS_SRCS := $(patsubst %,tests/guests/%,registers.c registers_$(ARCH).S simd_$(ARCH).c) \
	hal/stream/dispatch.c
GUEST_SRC_registers := $(REGISTERS_SRCS) $(call saved_keystreams,$(ARCH))
GUEST_SRC_unsaved := $(REGISTERS_SRCS) $(wildcard boards/common/simd/*_$(ARCH).c)
GUEST_LDFLAGS_registers := -Wl,--wrap=sb_stream_choose
GUEST_LDFLAGS_unsaved := $(GUEST_LDFLAGS_registers)
GUEST_LDFLAGS_order := -Wl,--wrap=sb_stream_choose
guest_srcs = $(or $(GUEST_SRC_$(1)),tests/guests/$(1).c)
GUESTS := $(sort sleep smash $(GUESTS))
# What is made for a board or two of an ISA, where a test asks for it.
ASKED_GUESTS := draws order order-NATIVE
GUEST_SRC_draws := tests/guests/draws.c examples/common/ready.c
guest-tests: $(GUESTS:%=$(OUT)/guest/%.elf)
GUEST_OBJS := $(call object,tests/guests/stress.c tests/guests/stress_say.c \
	examples/common/print.c)
define guest_rule
$(OUT)/guest/$(1).elf: $(call guest_srcs,$(call first,$(1))) $(GUEST_OBJS) \
    $(if $(filter $(BOARD_GUESTS),$(call first,$(1))),$(LINKED),$(BARE)) $(LIB)/libseedbed.a \
    tests/guests/loop.c $(wildcard tests/guests/*.h) $(SCRIPTS) $(OUT)/link
	@mkdir -p $$(@D)
	$$(call say,LINK,$$@)
	$$(Q)$$(CC) $$(LINK_FLAGS) $(WARN) $(INCLUDE) $(BOARD_INCLUDE) $(BOARD_CFLAGS) \
	  -Itests/guests \
	  $(call switches,$(1)) $$(filter-out tests/guests/loop.c,$$(filter %.c %.S %.o,$$^)) \
	  $$(filter %.a,$$^) $$(BOARD_LIBS) $(GUEST_LDFLAGS_$(call first,$(1))) -o $$@
	$$(raw_image)
endef
$(foreach guest,$(sort $(GUESTS) $(ASKED_GUESTS)),$(eval $(call guest_rule,$(guest))))

# Dependencies, where something of this machine's is asked for.
ifneq ($(filter host-tests unix-tests user-tests big-tests bench-peers $(HOST)/%,$(MAKECMDGOALS)),)
-include $(shell test -d $(HOST) && find $(HOST) -name '*.d')
endif
ifneq ($(filter target-tests $(OUT)/tests/%,$(MAKECMDGOALS)),)
-include $(wildcard $(TEST_OBJ)/*.d) $(TARGET_HAL:.o=.d) \
	$(patsubst %.o,%.d,$(call object,$(foreach s,$(SUITES),$(SUITE_SRCS_$(s)))))
endif
ifneq ($(filter guest-tests $(OUT)/guest/%,$(MAKECMDGOALS)),)
-include $(GUEST_OBJS:.o=.d)
endif
