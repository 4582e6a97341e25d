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

# BearSSL: the part that makes keys. Constant-time integer code without libc.
BEARSSL_INCLUDE := -I$(BEARSSL)/inc
BEARSSL_NAMES := codec/ccopy codec/dec32be codec/enc32be codec/pemenc ec/ec_c25519_m31 \
	ec/ec_keygen ec/ec_p256_m31 ec/ec_pubkey ec/ec_secp* hash/sha2small int/i31_* \
	int/i32_div32 int/i62_* mac/hmac rand/hmac_drbg rsa/rsa_default_keygen \
	rsa/rsa_default_privexp rsa/rsa_i31_keygen* rsa/rsa_i31_privexp rsa/rsa_i62_keygen \
	symcipher/chacha20_ct x509/asn1enc x509/encode_*
BEARSSL_SRCS := $(sort $(wildcard $(BEARSSL_NAMES:%=$(BEARSSL)/src/%.c)))
BEARSSL_FLAGS := -I$(BEARSSL)/src $(BEARSSL_INCLUDE) -DBR_amd64=0 -DBR_i386=0 \
	-DBR_USE_URANDOM=0 -DBR_USE_UNIX_TIME=0 -w

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

# $(1): name, $(2): archive, $(3): sources, $(4): flags
define dependent_rules
$(2): $(patsubst %.c,$(LIB)/%.o,$(3))
	@test -n '$$^' || { echo '$(1) is not there: qemu/setup check fetches it' >&2; exit 2; }
	$$(archive)
$(patsubst %.c,$(LIB)/%.o,$(3)): $(LIB)/%.o: %.c $(LIB)/flags $$(wildcard tests/unit/lwip/*.h \
    tests/unit/lwip/*/*.h tests/unit/mbedtls_config.h)
	@mkdir -p $$(@D)
	@$$(CC) $$(BASE) $$(CFLAGS) -g0 $(4) $(ISA_INCLUDE) -c $$< -o $$@
endef
$(eval $(call dependent_rules,BearSSL,$(LIBS_bearssl),$(BEARSSL_SRCS),$(BEARSSL_FLAGS) \
	$(FREESTANDING)))
$(eval $(call dependent_rules,mbedTLS,$(LIBS_mbedtls),$(MBEDTLS_SRCS),-I$(MBEDTLS)/library \
	$(MBEDTLS_INCLUDE) -w))
$(eval $(call dependent_rules,lwIP,$(LIBS_lwip),$(LWIP_SRCS),$(LWIP_INCLUDE) -O0 -w))

bearssl_users := $(LIB)/examples/keygen/%.o $(LIB)/examples/accumulator/%.o \
	$(LIB)/adapters/bearssl.o
$(bearssl_users): private INCLUDE += $(BEARSSL_INCLUDE)
$(LIB)/examples/ecdsa/%.o $(LIB)/adapters/mbedtls.o $(LIB)/adapters/mbedtls_psa.o: \
	private INCLUDE += $(MBEDTLS_INCLUDE)
$(LIB)/adapters/lwip.o: private INCLUDE += $(LWIP_INCLUDE)
