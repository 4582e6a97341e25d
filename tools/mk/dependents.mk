# SPDX-License-Identifier: BSD-2-Clause
# Somebody else's libraries that programs here are linked with, as Debian ships
# their sources. qemu/setup unpacks them; they are compiled for each ISA.

DEPS := build/deps
BEARSSL := $(DEPS)/bearssl
MBEDTLS := $(DEPS)/mbedtls
LWIP := $(DEPS)/lwip/src
CMOCKA := $(DEPS)/cmocka
fetched = $(if $(1),$(wildcard $(DEPS)/$(1)),yes)
LIBS_bearssl := $(LIB)/libbearssl.a
LIBS_mbedtls := $(LIB)/libmbedcrypto.a
LIBS_lwip := $(LIB)/liblwip.a

# BearSSL: the part that makes keys. Constant-time integer code without libc. A
# compiler spends its time on its start, on headers and on two curves. So files
# are compiled together where no static names clash. RSA is slow on an emulator:
# int is compiled by CFLAGS, the rest at -O1.
BEARSSL_INCLUDE := -I$(BEARSSL)/inc
BEARSSL_int := int/i31_* int/i32_div32 int/i62_*
BEARSSL_c25519 := ec/ec_c25519_m31
BEARSSL_p256 := ec/ec_p256_m31
BEARSSL_rest := codec/ccopy codec/dec32be codec/enc32be codec/pemenc ec/ec_keygen ec/ec_pubkey \
	ec/ec_secp* hash/sha2small mac/hmac rand/hmac_drbg rsa/rsa_default_keygen \
	rsa/rsa_default_privexp rsa/rsa_i31_keygen* rsa/rsa_i31_privexp rsa/rsa_i62_keygen \
	symcipher/chacha20_ct x509/asn1enc x509/encode_*
BEARSSL_UNITS := $(if $(call fetched,bearssl),int c25519 p256 rest)
BEARSSL_FLAGS := -I$(BEARSSL)/src $(BEARSSL_INCLUDE) -DBR_amd64=0 -DBR_i386=0 \
	-DBR_USE_URANDOM=0 -DBR_USE_UNIX_TIME=0 -w
bearssl_srcs = $(sort $(wildcard $(BEARSSL_$(1):%=$(BEARSSL)/src/%.c)))
BEARSSL_SRCS := $(BEARSSL_UNITS:%=$(LIB)/bearssl/%.c)
define bearssl_unit
$(LIB)/bearssl/$(1).c: $(call bearssl_srcs,$(1)) tools/mk/dependents.mk
	@mkdir -p $$(@D)
	@printf '#include "%s"\n' $$(patsubst $(BEARSSL)/src/%,%,$$(filter %.c,$$^)) > $$@
endef
$(foreach unit,$(BEARSSL_UNITS),$(eval $(call bearssl_unit,$(unit))))
$(filter-out %/int.o,$(BEARSSL_SRCS:.c=.o)): private override CFLAGS += -O1

# mbedTLS: by a configuration of ours, which leaves most of it out. It is named
# with its folder: 3.6 has a mbedtls_config.h of its own beside its headers.
MBEDTLS_INCLUDE := -I$(MBEDTLS)/include -DMBEDTLS_CONFIG_FILE='"unit/mbedtls_config.h"' \
	-Itests -Iboards/common
MBEDTLS_NAMES := aes asn1parse asn1write bignum* block_cipher cipher cipher_wrap constant_time \
	ctr_drbg ecdsa ecp ecp_curves* entropy md memory_buffer_alloc platform platform_util \
	psa_* sha256
MBEDTLS_SRCS := $(sort $(wildcard $(MBEDTLS_NAMES:%=$(MBEDTLS)/library/%.c)))

# lwIP: IPv4 with DHCP. acd came with 2.2.
LWIP_INCLUDE := -I$(LWIP)/include -Itests/unit/lwip -Iadapters
LWIP_NAMES := $(patsubst %,core/%,def inet_chksum init ip mem memp netif pbuf tcp tcp_in \
	tcp_out timeouts udp) $(patsubst %,core/ipv4/%,acd dhcp etharp icmp ip4 ip4_addr \
	ip4_frag) netif/ethernet
LWIP_SRCS := $(wildcard $(LWIP_NAMES:%=$(LWIP)/%.c))

# $(1): name, $(2): archive, $(3): sources, $(4): flags, $(5): where the sources
# are that a rule makes
define dependent_rules
$(2): $(patsubst $(5)%.c,$(LIB)/%.o,$(3))
	@test -n '$$^' || { echo '$(1) is not there: qemu/setup check fetches it' >&2; exit 2; }
	$$(archive)
$(patsubst $(5)%.c,$(LIB)/%.o,$(3)): $(LIB)/%.o: $(5)%.c $(LIB)/flags \
    $$(wildcard tests/unit/lwip/*.h tests/unit/lwip/*/*.h tests/unit/mbedtls_config.h)
	@mkdir -p $$(@D)
	@$$(CC) $$(BASE) $$(CFLAGS) -g0 $(4) $(ISA_INCLUDE) -c $$< -o $$@
endef
$(eval $(call dependent_rules,BearSSL,$(LIBS_bearssl),$(BEARSSL_SRCS),$(BEARSSL_FLAGS) \
	$(FREESTANDING),$(LIB)/))
$(eval $(call dependent_rules,mbedTLS,$(LIBS_mbedtls),$(MBEDTLS_SRCS),-I$(MBEDTLS)/library \
	$(MBEDTLS_INCLUDE) -w))
$(eval $(call dependent_rules,lwIP,$(LIBS_lwip),$(LWIP_SRCS),$(LWIP_INCLUDE) -O0 -w))

bearssl_users := $(LIB)/examples/keygen/%.o $(LIB)/examples/accumulator/%.o \
	$(LIB)/adapters/bearssl.o
$(bearssl_users): private INCLUDE += $(BEARSSL_INCLUDE)
$(LIB)/examples/ecdsa/%.o $(LIB)/adapters/mbedtls.o $(LIB)/adapters/mbedtls_psa.o: \
	private INCLUDE += $(MBEDTLS_INCLUDE)
$(LIB)/adapters/lwip.o: private INCLUDE += $(LWIP_INCLUDE)
