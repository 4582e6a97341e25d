# SPDX-License-Identifier: BSD-2-Clause
# Programs with a single keystream. STREAM is its file in simd/, by hyphens.
#
#   build/BOARD/stream/STREAM/NAME.elf  smoke, keygen or clone; or wipe, the
#                                       suite about wiping, for this machine
#   build/host/stream/STREAM/NAME       fork or race
#
# And with all of them: build/host/saved, and for valgrind
# build/host/secret/CC-LEVEL/secret.
#
# A board without the family simd gets them here, in the form that saves
# registers, and start code that enables these.
STREAMS := $(if $(ISA_SIMD_$(ISA)),$(subst _,-,$(basename $(notdir \
	$(wildcard $(ARCH_DIR)/$(ISA_SIMD_$(ISA))/*_*.c)))))
STREAM_OUT := $(OUT)/stream
STREAM_OWN := $(filter stream/dispatch.c,$(HAL_SRCS))
STREAM_MORE := $(if $(STREAM_OWN),,$(patsubst %.c,$(STREAM_OUT)/%.o,hal/stream/dispatch.c \
	$(call saved_keystreams,$(ARCH))))
STREAM_START := $(if $(STREAM_OWN),,$(STREAM_OUT)/tests/guests/simd_$(ARCH).o)
stream_symbol = sb_$(ARCH)_$(subst -,_,$(1))
STREAM_WRAP := -Wl,--wrap=sb_keystreams
$(STREAM_OUT)/%.o: %.c $(OUT)/flags
	$(compile_one)
$(STREAM_OUT)/%/one.o: tests/guests/one_stream.c $(OUT)/flags
	@mkdir -p $(@D)
	$(Q)$(COMPILE) -DONE=$(call stream_symbol,$*)$(if $(STREAM_OWN),,_saved) -c $< -o $@
# $(1): the keystream, $(2): the program
define stream_app_rule
$(STREAM_OUT)/$(1)/$(2).elf: $$(call object,$$(call app_srcs,$(2))) $(STREAM_MORE) \
    $(STREAM_START) $(STREAM_OUT)/$(1)/one.o $$(LINKED) $$(LIB)/libseedbed.a \
    $$(LIBS_$$(NEEDS_$(2))) $$(SCRIPTS) $$(OUT)/link
	$$(call say,LINK,$$@)
	$$(Q)$$(LINK_LINE) -Wl,-u,sb_platform $$(STREAM_WRAP)
endef
STREAM_APPS := $(filter smoke keygen clone,$(APPS))
$(foreach stream,$(STREAMS),$(foreach app,$(STREAM_APPS),\
	$(eval $(call stream_app_rule,$(stream),$(app)))))

# A board with a system's C library has no such program.
STREAM_WIPED := $(if $(filter none,$(BOARD_LIBC)),wipe)
STREAM_WIPE := $(WIPE_SRCS:%.c=$(STREAM_OUT)/wipe/%.o)
$(STREAM_WIPE): $(STREAM_OUT)/wipe/%.o: %.c $(OUT)/flags
	@mkdir -p $(@D)
	$(Q)$(WIPE_COMPILE) -MMD -MP -c $< -o $@
$(STREAMS:%=$(STREAM_OUT)/%/wipe.elf): %/wipe.elf: $(STREAM_WIPE) $(STREAM_MORE) %/one.o \
    $(LIB)/libseedbed.a
	$(call say,LINK,$@)
	$(Q)$(WIPE_COMPILE) $(STREAM_WRAP) $^ $(WIPE_LIBS) -o $@

.PHONY: stream-tests
stream-tests: $(foreach stream,$(STREAMS),$(foreach name,\
	$(or $(filter clone,$(APPS)),smoke keygen) $(STREAM_WIPED),\
	$(STREAM_OUT)/$(stream)/$(name).elf))

# The keystreams themselves are those of the ISA's library.
define stream_one_rule
$(HOST)/stream/$(1)/one.o: tests/guests/one_stream.c $(HOST)/flags
	@mkdir -p $$(@D)
	$$(Q)$$(HOST_COMPILE) -DONE=$(call stream_symbol,$(1)) -c $$< -o $$@
endef
define stream_host_rule
$(HOST)/stream/$(1)/$(2): $(call unix_object,$(2),tests/host/$(2).c hal/stream/dispatch.c \
    $(KEYSTREAMS) $(filter-out core/stream.c,$(UNIX_SRCS)) \
    $(if $(filter race,$(2)),,$(UNIX_PLATFORM))) \
    $(HOST)/stream/$(1)/one.o $(filter $(LIB)/arch/simd/%,$(ARCH_OBJS))
	$$(call say,LINK,$$@)
	$$(Q)$$(HOSTCC) $$(UNIX_FLAGS_$(2)) $(STREAM_WRAP) $$^ -lpthread -o $$@
endef
$(if $(filter x86,$(HOST_ARCH)),$(foreach stream,$(STREAMS),\
	$(eval $(call stream_one_rule,$(stream)))$(foreach program,fork race,\
	$(eval $(call stream_host_rule,$(stream),$(program))))))

# All but the keystreams is of the general registers, memset as well.
$(HOST)/saved: tests/host/saved.c boards/common/libc/mem.c tests/guests/registers_x86.S \
    $(call saved_keystreams,x86) $(LIB)/libseedbed.a
	@mkdir -p $(@D)
	$(call say,LINK,$@)
	$(Q)$(HOSTCC) -std=gnu11 -O2 -mgeneral-regs-only -fno-builtin $(WARN) $(HOST_INCLUDE) \
	  $^ -Wl,-z,now $(foreach s,$(STREAMS),-Wl,--wrap=$(call stream_symbol,$(s))) -o $@

# What decides over no secret, how CPUID is asked, is the library's.
SECRET_SRCS := tests/host/secret.c tests/guests/stress.c hal/stream/dispatch.c \
	$(KEYSTREAMS) $(filter-out core/stream.c,$(wildcard core/*.c)) \
	$(wildcard arch/x86/simd/*_*.c)
SECRET_LEVELS := $(if $(filter x86,$(HOST_ARCH)),$(filter %-O0 %-O2 %-O3,$(LEVELS_TRIED)))
define secret_rule
$(HOST)/secret/$(1)/secret: $(call level_object,$(1),$(SECRET_SRCS)) $(LIB)/libseedbed.a
	@mkdir -p $$(@D)
	$$(call say,LINK,$$@)
	$$(Q)$(HOSTCC) $$^ -o $$@
endef
$(foreach level,$(SECRET_LEVELS),$(eval $(call secret_rule,$(level))))

unix-tests: $(if $(filter x86,$(HOST_ARCH)),$(foreach stream,$(STREAMS),\
	$(addprefix $(HOST)/stream/$(stream)/,fork race)))
host-tests: $(SECRET_LEVELS:%=$(HOST)/secret/%/secret) \
	$(if $(filter x86,$(HOST_ARCH)),$(HOST)/saved)
