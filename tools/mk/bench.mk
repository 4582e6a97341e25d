# SPDX-License-Identifier: BSD-2-Clause
# The programs that take turns in `make bench`. Each is tests/bench/NAME.c and
# one library of somebody else's: what it is linked with, and a header by which
# it is known to be here. seedbed's own is linked with what a board is made of.

BENCH_PEERS := linux
BENCH_LIBS_openssl := -lcrypto
BENCH_LIBS_boringssl := -L$(firstword $(wildcard /usr/lib/*/android)) \
	-Wl,-rpath,$(firstword $(wildcard /usr/lib/*/android)) -lcrypto
BENCH_LIBS_mbedtls := -lmbedcrypto
BENCH_LIBS_sodium := -lsodium
BENCH_LIBS_nettle := -lnettle
BENCH_LIBS_wolfssl := -lwolfssl
BENCH_LIBS_gcrypt := -lgcrypt
BENCH_HEADER_openssl := openssl/evp.h
BENCH_HEADER_boringssl := android/openssl/rand.h
BENCH_HEADER_mbedtls := mbedtls/ctr_drbg.h
BENCH_HEADER_sodium := sodium.h
BENCH_HEADER_nettle := nettle/yarrow.h
BENCH_HEADER_wolfssl := wolfssl/wolfcrypt/random.h
BENCH_HEADER_gcrypt := gcrypt.h
BENCH_FLAGS_boringssl := -I/usr/include/android
BENCH_FLAGS_bearssl := $(BEARSSL_INCLUDE) -I$(BEARSSL)/src

# Without a package, its program is left out, and the table says so.
bench_here = $(wildcard /usr/include/$(BENCH_HEADER_$(1)) /usr/include/*/$(BENCH_HEADER_$(1)))
BENCH_LIBRARIES := $(patsubst BENCH_HEADER_%,%,$(filter BENCH_HEADER_%,$(.VARIABLES)))
BENCH_PEERS += $(foreach name,$(BENCH_LIBRARIES),$(if $(call bench_here,$(name)),$(name)))
BENCH_PEERS += $(if $(filter x86,$(HOST_ARCH)),bound cpu $(if $(call fetched,bearssl),bearssl))
BENCH_LACKS := $(filter-out $(BENCH_PEERS),$(BENCH_LIBRARIES) bound cpu bearssl)

# BearSSL's own choice of files would want a clock and a file system.
BENCH_BEARSSL := $(addprefix $(BEARSSL)/src/,rand/aesctr_drbg.c rand/hmac_drbg.c mac/hmac.c \
	hash/sha2small.c symcipher/aes_x86ni.c symcipher/aes_x86ni_ctr.c symcipher/aes_common.c \
	codec/dec32be.c codec/enc32be.c)
BENCH_COMPILE = $(HOSTCC) -std=gnu11 -O2 $(WARN) -Itests/bench
BENCH_SRCS_bearssl := $(HOST)/bench/bearssl.a

.PHONY: bench-peers
bench-peers: $(BENCH_PEERS:%=$(HOST)/bench/%)
$(HOST)/bench/bearssl.a: $(HOST)/flags
	@mkdir -p $(@D)/objects
	$(call say,AR,$@)
	@rm -f $@
	$(Q)cd $(@D)/objects && $(HOSTCC) -O2 -w $(patsubst -I%,-I$(CURDIR)/%,\
	  $(BENCH_FLAGS_bearssl)) -c $(BENCH_BEARSSL:%=$(CURDIR)/%) && ar qcs ../bearssl.a *.o
define bench_rule
$(HOST)/bench/$(1): tests/bench/$(1).c tests/bench/turns.c $$(BENCH_SRCS_$(1)) \
    $(wildcard tests/bench/*.h) $(HOST)/flags
	@mkdir -p $$(@D)
	$$(call say,LINK,$$@)
	$$(Q)$$(BENCH_COMPILE) $$(BENCH_FLAGS_$(1)) $$(filter %.c %.a,$$^) \
	  $$(BENCH_LIBS_$(1)) -o $$@
endef
$(foreach peer,$(BENCH_PEERS),$(eval $(call bench_rule,$(peer))))

# Of the board's objects as they ship, but for the end of a run.
BENCH_SRCS := $(addprefix tests/bench/,seedbed.c buffered.c threads.c turns.c \
	$(if $(filter x86,$(HOST_ARCH)),steps.c,no_steps.c))
$(OUT)/bench/seedbed: $(BENCH_SRCS) $(filter-out %/board/main.o,$(LINKED)) $(LIB)/libseedbed.a \
    $(wildcard tests/bench/*.h) $(OUT)/link
	@mkdir -p $(@D)
	$(call say,LINK,$@)
	$(Q)$(BENCH_COMPILE) $(HOST_INCLUDE) $(filter %.c %.o %.a,$^) -Wl,--gc-sections \
	  -Wl,--wrap=sb_stream_choose $(BOARD_LIBS) -lpthread -o $@
