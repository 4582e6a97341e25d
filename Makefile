# SPDX-License-Identifier: BSD-2-Clause
# seedbed. `make help` lists what there is; docs/building.md explains it.
#
# CC, CFLAGS, CPPFLAGS and LDFLAGS are yours. A board is a folder: BOARD= names
# one of boards/, BOARD_DIR= one anywhere else. Its board.mk says what it is
# made of (docs/porting.md). V=1 shows the commands.

.DEFAULT_GOAL := all
include tools/mk/arguments.mk
include tools/mk/board.mk

B := build
LIB := $(B)/isa/$(ISA)
OUT := $(B)/$(BOARD)

# The language, the warnings, and where headers are. No flag belongs to one
# file alone. HAL_INCLUDE has a folder for each class of driver.
HAL_INCLUDE := $(patsubst %/,-I%,$(sort hal/ $(dir $(wildcard hal/*/*.h))))
INCLUDE := -Icore $(HAL_INCLUDE) -Iarch -I$(ARCH_DIR) -Iboards/common -Iadapters \
	-Iexamples/common
BOARD_INCLUDE := $(addprefix -I,$(FAMILY_DIRS)) \
	$(if $(filter none,$(BOARD_LIBC)),$(FREESTANDING))
WARN := -Wall -Wextra -Wshadow -Wstrict-prototypes -Wmissing-prototypes
WARN += -Wvla -Wcast-align
BASE = -std=c11 -ffreestanding -ffunction-sections -fdata-sections
BASE += $(ISA_CFLAGS) $(ARCH_CFLAGS_OWN) $(if $(findstring clang,$(CC)),$(CLANG_CFLAGS))
COMPILE = $(CC) $(BASE) $(WARN) $(INCLUDE) $(CFLAGS) $(CPPFLAGS) -MMD -MP

# A program, and what it is made of. A name that is not here is that of a file
# of tests/guests. NEEDS_ is what qemu/setup fetches for it.
EXAMPLE := examples/common/print.c examples/common/receipt.c
APP_hello := examples/hello/hello.c
APP_keygen := $(addprefix examples/keygen/,keygen.c keys.c) $(EXAMPLE) \
	examples/common/ready.c adapters/bearssl.c
APP_accumulator := $(addprefix examples/accumulator/,accumulator.c fortuna.c) \
	$(EXAMPLE) examples/common/ready.c adapters/bearssl.c
APP_ecdsa := examples/ecdsa/ecdsa.c $(EXAMPLE) adapters/mbedtls.c adapters/mbedtls_psa.c
GUEST_COMMON := tests/guests/checks.c examples/common/ready.c $(EXAMPLE)
APP_getentropy := tests/guests/getentropy.c adapters/newlib.c
APP_arc4random := tests/guests/arc4random.c adapters/newlib.c
APP_confidential := $(patsubst %,tests/guests/%.c,confidential confidential_$(ARCH)) \
	$(GUEST_COMMON)
app_srcs = $(or $(APP_$(1)),tests/guests/$(1).c $(GUEST_COMMON))
NEEDS_keygen := bearssl
NEEDS_accumulator := bearssl
NEEDS_ecdsa := mbedtls
NAME_bearssl := BearSSL
NAME_mbedtls := mbedTLS

# What judges each image once it is linked (tools/provenance). A board that is
# there to be refused says `PROVENANCE := :`.
PROVENANCE ?= tools/provenance -q

include tools/mk/dependents.mk

# ---------------------------------------------------------------- what to make

HERE_APPS := $(foreach app,$(APPS),$(if $(call fetched,$(NEEDS_$(app))),$(app)))
LEFT_APPS := $(filter-out $(HERE_APPS),$(APPS))

.PHONY: all lib backends check check-slow test run boots boards demo bench mutants lint size
.PHONY: format clean help record evidence evidence-peers
.PHONY: FORCE compiler
all: lib $(HERE_APPS:%=$(OUT)/%.elf)
	$(if $(LEFT_APPS),@echo 'left out: $(strip $(foreach app,$(LEFT_APPS),$(app) (wants \
	$(NAME_$(NEEDS_$(app)))))): qemu/setup check fetches what they want')
lib: $(LIB)/libseedbed.a

# ------------------------------------------------------------ objects, archives

Q := $(if $(V),,@)
QUIET := $(V)$(findstring s,$(filter-out --%,$(firstword -$(MAKEFLAGS))))
say = $(if $(QUIET),,@printf '  %-4s %s\n' $(1) $(2))

# A stamp is a file that holds a text and changes when that text does. `flags`
# makes objects anew; `members` and `link` only archives and images. So nothing
# is stale after a flag, a library or a list of files has changed.
define stamp
$(shell mkdir -p $(@D))$(if $(call same,$(strip $(1)),$(strip $(file <$@))),,\
$(file >$@,$(strip $(1))))
endef
same = $(and $(findstring x$(1)x,x$(2)x),$(findstring x$(2)x,x$(1)x))
stamp_rule = $(eval $(1): FORCE | compiler ; $$(call stamp,$$($(2))))

# An ISA is compiled once, whatever the board: below LIB nothing depends on it.
LIB_FLAGS = $(ISA_CC) $(COMPILE) $(ISA_INCLUDE) $(ARCH_CFLAGS_SIMD)
OUT_FLAGS = $(COMPILE) $(BOARD_INCLUDE) $(BOARD_CFLAGS)
$(call stamp_rule,$(LIB)/flags,LIB_FLAGS)
$(call stamp_rule,$(OUT)/flags,OUT_FLAGS)

compiler:
	@command -v $(firstword $(CC)) >/dev/null || { echo "make: board $(BOARD) needs" \
	  "$(firstword $(CC)), which is not here$(if $(filter $(own_gcc),$(CC)),:" \
	  "qemu/setup check installs it)" >&2; exit 2; }
	$(call check_cc)

# Below LIB an object has the path of its source. The ISA's own folder may lie
# elsewhere (ARCH_DIR=).
object = $(patsubst %,$(LIB)/%.o,$(basename $(1)))
ARCH_OBJS := $(patsubst $(ARCH_DIR)/%.c,$(LIB)/arch/%.o,$(wildcard $(ARCH_DIR)/*.c \
	$(ISA_SIMD_$(ISA):%=$(ARCH_DIR)/%/*.c)))
# A keystream by SIMD is the one thing that may touch such a register.
$(LIB)/arch/simd/%.o: private ARCH_CFLAGS_OWN :=
$(LIB)/arch/simd/%.o: private override CPPFLAGS += $(ARCH_CFLAGS_SIMD)
LIB_OBJS := $(call object,$(wildcard core/*.c)) $(ARCH_OBJS)
$(LIB)/%: override CC := $(ISA_CC)
$(LIB)/adapters/%.o $(LIB)/examples/%.o $(LIB)/tests/%.o: \
	private INCLUDE += $(ISA_INCLUDE) -Itests/guests
$(LIB)/arch/%.o: $(ARCH_DIR)/%.c $(LIB)/flags
	$(compile_one)
$(LIB)/%.o: %.c $(LIB)/flags
	$(compile_one)
define compile_one
	@mkdir -p $(@D)
	$(call say,CC,$@)
	$(Q)$(COMPILE) -c $< -o $@
endef

# Members are added, not replaced: two files of one name are two members.
define archive
	$(call say,AR,$@)
	@rm -f $@
	$(Q)$(AR) qcs $@ $(filter %.o,$^)
endef
# By their names within the folder, which may be reached by two paths. While an
# archive is made again, who links beside it finds half of it.
LIB_MEMBERS := $(LIB_OBJS:$(LIB)/%=%)
$(call stamp_rule,$(LIB)/members,LIB_MEMBERS)
$(LIB)/libseedbed.a: $(LIB_OBJS) $(LIB)/members
	$(archive)

# A board's own files are compiled for it alone. board.mk names its own, those
# of boards/common, and drivers of hal/; each object again has the path of its
# source, with `up` for each `..`.
board_rule = $(eval $(2): $(1) $(OUT)/flags ; $$(compile_one))
$(OUT)/%.o: private INCLUDE += $(BOARD_INCLUDE)
$(OUT)/board/%.o $(OUT)/common/%.o: private CPPFLAGS += $(BOARD_CFLAGS) -DBOARD_NAME='"$(BOARD)"'
OWN_OBJS := $(foreach s,$(BOARD_SRCS),$(OUT)/board/$(subst ../,up/,$(basename $(s))).o)
COMMON_OBJS := $(foreach s,$(COMMON_SRCS),$(OUT)/common/$(basename $(s)).o)
$(foreach s,$(BOARD_SRCS),$(call board_rule,$(BOARD_DIR)/$(s),\
	$(OUT)/board/$(subst ../,up/,$(basename $(s))).o))
$(foreach s,$(COMMON_SRCS),$(call board_rule,$(call common_path,$(s)),\
	$(OUT)/common/$(basename $(s)).o))
HAL_OBJS := $(call object,$(addprefix hal/,$(HAL_SRCS)))
# Before the archive: what is in it of the same names is not linked.
WITHOUT_OBJS := $(call object,$(WITHOUT:%=core/without/%.c))
LINKED := $(OWN_OBJS) $(COMMON_OBJS) $(HAL_OBJS) $(WITHOUT_OBJS)
# Programs with a platform of their own leave out the file that has the board's.
PLATFORM_OBJS := $(patsubst %,$(OUT)/board/%.o,$(subst ../,up/,$(basename $(BOARD_PLATFORM))))
BARE := $(filter-out $(PLATFORM_OBJS),$(LINKED))

# ---------------------------------------------------------------------- images

# -u: without it link-time optimisation would dissolve what provenance looks at.
LINK_FLAGS = $(BASE) $(CFLAGS) $(LDFLAGS) $(BOARD_LDFLAGS) -Wl,--gc-sections
LINK_LINE = $(CC) $(LINK_FLAGS) $(filter %.o,$^) $(filter %.a,$^) $(BOARD_LIBS) -o $@
OUT_LINK = $(CC) $(LINK_FLAGS) $(BOARD_LIBS) $(LINKED) \
	$(foreach app,$(APPS),$(app) $(call app_srcs,$(app)) $(LIBS_$(NEEDS_$(app)))) $(PROVENANCE)
$(call stamp_rule,$(OUT)/link,OUT_LINK)
SCRIPTS := $(wildcard $(BOARD_DIR)/*.ld $(FAMILY_DIRS:%=%/*.ld))
define raw_image
	$(if $(BINARY),$(Q)$(OBJCOPY) -O binary $@ $(@:.elf=.bin))
endef
define app_rule
$(OUT)/$(1).elf: $$(call object,$$(call app_srcs,$(1))) $$(LINKED) $$(LIB)/libseedbed.a \
    $$(LIBS_$$(NEEDS_$(1))) $$(SCRIPTS) $$(OUT)/link
	$$(call say,LINK,$$@)
	$$(Q)$$(LINK_LINE) -Wl,-u,sb_platform -Wl,-Map=$$@.map
	$$(Q)sha256sum $$(filter %.o %.a,$$^) > $$@.sums
	$$(Q)$$(PROVENANCE) $$@ || { rm -f $$@; exit 1; }
	$$(raw_image)
endef
$(foreach app,$(HERE_APPS),$(eval $(call app_rule,$(app))))
$(LEFT_APPS:%=$(OUT)/%.elf): $(OUT)/%.elf:
	@echo "make: $* wants $(NAME_$(NEEDS_$*)), which is not here:" \
	  "qemu/setup check fetches it" >&2; exit 2

include tools/mk/tests.mk
include tools/mk/bench.mk
include tools/mk/streams.mk
include tools/mk/install.mk

# -------------------------------------------------------------------- commands

ifeq ($(filter $(APP),$(APPS))$(if $(filter run,$(MAKECMDGOALS)),,other),)
$(error board $(BOARD) has no program $(APP): it has $(APPS))
endif
ifeq ($(filter keygen,$(APPS))$(if $(BOARD_NAMED),$(filter demo,$(MAKECMDGOALS))),demo)
$(error board $(BOARD) has no program keygen, which the demo is: it has $(APPS))
endif
run: $(OUT)/$(APP).elf
	@qemu/run $(BOARD_DIR) $< $(EXPECT:%=--expect %) $(if $(SEED),--seed) \
	  $(addprefix --sources ,$(call told,SOURCES))

# Without BOARD= it is this machine. Names that an environment has by chance are
# not heard.
told = $(if $(filter command,$(origin $(1))),$($(1)))
RECORDED := $(if $(BOARD_NAMED),$(BOARD_DIR),boards/unix)
RECORD := $(B)/$(notdir $(RECORDED))/record.elf
record:
	@$(MAKE) -s --no-print-directory BOARD_DIR=$(RECORDED) $(RECORD)
	@tools/evidence/record $(patsubst boards/%,%,$(RECORDED)) $(RECORD) -o $(B)/record \
	  $(addprefix --machine ,$(call told,MACHINE)) $(addprefix --source ,$(call told,SOURCE)) \
	  $(if $(call told,RESTARTS),--restarts) $(addprefix -n ,$(call told,N))

# Without BOARD= it is each platform that credits the times of loads.
evidence:
	@tools/evidence/report $(if $(BOARD_NAMED),$(patsubst boards/%,%,$(BOARD_DIR))) \
	  $(addprefix --machine ,$(call told,MACHINE)) $(addprefix --source ,$(call told,SOURCE)) \
	  $(addprefix --hours ,$(call told,HOURS)) $(addprefix -n ,$(call told,N))

evidence-peers: $(HOST)/peers
	@tools/evidence/peers

boards:
	@tools/boards

demo:
	@qemu/setup $(if $(filter %/qemu-x86_64 %/unix,$(DEMO_DIR)),demo,check)
	@echo 'compiling the guest and its TLS library (half a minute the first time)'
	@$(MAKE) -s -j$(shell nproc) BOARD=$(notdir $(DEMO_DIR)) $(OUT_DEMO)
	@qemu/demo --image $(OUT_DEMO) --board $(DEMO_DIR) $(SOURCES)
DEMO_DIR = $(if $(BOARD_NAMED),$(BOARD_DIR),boards/qemu-x86_64)
OUT_DEMO = $(B)/$(notdir $(DEMO_DIR))/keygen.elf

# TESTS of the command line. In a board.mk the name says what its board is tried
# for.
WORDS = $(if $(filter command,$(origin TESTS)),$(TESTS))

check test:
	@qemu/setup check
	@qemu/check $(WORDS)

check-slow:
	@qemu/setup slow
	@qemu/check --slow $(WORDS)

backends:
	@qemu/setup check
	@qemu/check --backends $(WORDS)

boots:
	@qemu/setup check
	@qemu/boots --boots $(or $(call told,N),32) $(if $(BOARD_NAMED),$(BOARD_DIR))

# The peers take part where they are installed.
bench:
	@qemu/setup bench
	@tools/bench/report --cflags='$(CFLAGS)' $(if $(call told,SHORT),--short) \
	  $(addprefix --rounds ,$(call told,N))
	$(if $(filter timing,$(UNIX_TESTS)),@$(MAKE) -s --no-print-directory $(HOST)/timing && \
	  echo && echo 'the times of loads alone, from nothing to 384 bits (docs/timing.md):' && \
	  $(HOST)/timing)

mutants:
	@tests/mutation/generate

lint:
	@tests/rules/lint

size:
	@tests/rules/size -v

format:
	@$(call newest,clang-format) -i \
	  $(shell find core hal arch boards examples adapters tests -name '*.[ch]')

clean:
	rm -rf $(filter-out $(DEPS),$(wildcard $(B)/*))

help:
	@echo 'make                    the library and the programs of a board, into build/'
	@echo 'make demo               set up, boot a guest that makes three keys, ask openssl'
	@echo 'make demo SOURCES=none  the same guest without a source: it refuses'
	@echo 'make BOARD=unix SOURCES=timing demo'
	@echo '                        a board with the times of loads alone'
	@echo 'make check (or test)    set up, run every test; TESTS="word ..." picks some'
	@echo 'make check-slow         xl domains, second versions of QEMU and Xen, your Solo5'
	@echo 'make backends           the same programs under every hypervisor, and a table'
	@echo 'make BOARD=b            the programs of a board; make boards lists the boards'
	@echo 'make BOARD_DIR=path     the same for a board outside the tree (docs/porting.md)'
	@echo 'make BOARD=b run        boot one; APP=smoke (default), hello, keygen, record;'
	@echo '                        EXPECT=refuse where it must refuse; SEED=1 with a seed;'
	@echo '                        SOURCES=none EXPECT=refuse the machine without a source'
	@echo 'make boots N=32         one image N times on a board of each family, or on BOARD=b:'
	@echo '                        no two first outputs are alike; without a source it refuses'
	@echo 'make record             raw samples of this machine into build/record; BOARD=,'
	@echo '                        MACHINE=, SOURCE=, N=; RESTARTS=1: 1000 x 1000 by starts'
	@echo 'make lib                the library alone: build/isa/ISA/libseedbed.a'
	@echo 'make install            DESTDIR=, PREFIX=, BOARDS="b ..."; uninstall takes it away'
	@echo 'make evidence           what the times of loads are worth, into docs/evidence;'
	@echo '                        BOARD=, MACHINE=, SOURCE=, N=; HOURS=: anew if older'
	@echo 'make evidence-peers     the same beside mirage and jitterentropy'
	@echo 'make lint size format   the rules of the house; text, state, stack; clang-format'
	@echo 'make bench              seedbed and its peers in one run: times and ratios;'
	@echo '                        SHORT=1: some seconds; N=rounds'
	@echo 'make mutants            changes one thing at a time; a suite must notice (an hour)'
	@echo 'make clean              all but what was fetched'
	@echo 'CC, CFLAGS, CPPFLAGS, LDFLAGS, CROSS_COMPILE are yours; V=1 shows the commands.'

# A folder is no target: `make tests` must not say "Nothing to be done".
FOLDERS := $(filter-out boards,$(patsubst %/,%,$(wildcard */)))
.PHONY: $(FOLDERS)
$(FOLDERS):
	@echo "make: $@ is a folder, not a target: make help" >&2; exit 2

print-%:
	@echo $($*)

# Dependencies of this board and ISA alone; those of the tests of this machine
# only where one of them is asked for.
-include $(wildcard $(addsuffix .d,$(basename $(LIB_OBJS) $(LINKED) \
	$(foreach app,$(APPS),$(call object,$(call app_srcs,$(app)))))))
