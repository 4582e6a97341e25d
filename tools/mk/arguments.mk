# SPDX-License-Identifier: BSD-2-Clause
# What may be said on the command line of make. A name that does nothing is an
# error, and so is a path that make cannot hold.

# What they mean: `make help`, docs/building.md.
ARGUMENTS := BOARD BOARD_DIR ARCH_DIR APP APPS B CC CFLAGS CPPFLAGS LDFLAGS V ISA_CC \
	CROSS_COMPILE CLANG HOSTCC SANITIZE DESTDIR PREFIX prefix BOARDS BACKENDS STAGE \
	PROVENANCE SOURCES TESTS EXPECT SEED AR OBJCOPY SOURCE RESTARTS MACHINE N HOURS SHORT \
	MAKE MAKEFLAGS MFLAGS MAKEOVERRIDES GNUMAKEFLAGS
REFUSED := exec_prefix bindir sbindir libdir includedir datadir datarootdir mandir docdir
given := $(foreach v,$(.VARIABLES),$(if $(filter command,$(firstword $(origin $v))),$v))
ifneq ($(filter $(REFUSED),$(given)),)
$(error $(filter $(REFUSED),$(given))= is not supported: what is installed finds \
	its parts by their places below PREFIX=)
endif
unknown := $(filter-out $(ARGUMENTS) -% ISA_CFLAGS_% .%,$(given))
ifneq ($(unknown),)
$(error $(unknown)= means nothing here: `make help` lists what does)
endif

ALL_BOARDS := $(filter check test check-slow backends,$(MAKECMDGOALS))
ifneq ($(and $(filter BOARD_DIR,$(given)),$(ALL_BOARDS)),)
$(error BOARD_DIR= means nothing to make $(ALL_BOARDS): it tries the boards that lie in boards/ \
	(docs/porting.md, section 7))
endif

# make splits at spaces, so a path with one would be two.
spaced = $(filter-out 0 1,$(words $(1)))
ifneq ($(call spaced,$(CURDIR)),)
$(error the path of this folder has a space in it, which make cannot handle: $(CURDIR))
endif
$(foreach v,B BOARD BOARD_DIR ARCH_DIR STAGE,$(if $(call spaced,$($v)),\
	$(error $v= has a space in it, which make cannot handle: $($v))))
