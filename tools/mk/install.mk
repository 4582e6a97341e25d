# SPDX-License-Identifier: BSD-2-Clause
# make install: the library of each ISA, an archive for each backend, and one
# name by which pkg-config and CMake find them (docs/building.md). All of it is
# laid out in STAGE first, as it will be under PREFIX. Nothing in it tells where
# it was built, or where it goes to.
PREFIX ?= $(or $(prefix),/usr/local)
DESTDIR ?=
ifeq ($(filter /%,$(PREFIX)),)
$(error PREFIX= is an absolute path, and this is $(PREFIX))
endif
VERSION := $(shell sed -n 's/^.define SEEDBED_VERSION "\(.*\)"/\1/p' core/seedbed.h)
STAGE := $(B)/stage
# Read by the shell from its environment, so that spaces and quotes survive.
export SEEDBED_DEST := $(DESTDIR)$(PREFIX)
comma := ,
empty :=
BACKEND := $(subst -,_,$(BOARD))
PARTS := $(STAGE).parts

.PHONY: install uninstall stage stage-backend stage-common compiler-there

install: stage
	$(call say,INST,'$(DESTDIR)$(PREFIX)')
	@mkdir -p "$$SEEDBED_DEST" && dest=$$(cd "$$SEEDBED_DEST" && pwd) && cd $(STAGE) \
	  && find . -type d | while read -r path; do install -d "$$dest/$$path" || exit; done \
	  && find . -type f ! -path './bin/*' \
	  | while read -r path; do install -m 644 "$$path" "$$dest/$$path" || exit; done \
	  && install -m 755 bin/* "$$dest/bin/"

# Nobody else puts anything into these folders.
OURS := include/seedbed lib/seedbed share/seedbed share/cmake/seedbed \
	share/pkgconfig/seedbed.pc bin/seedbed-provenance
uninstall:
	@! test -d "$$SEEDBED_DEST" || { cd "$$SEEDBED_DEST" && rm -rf $(OURS) \
	  $(MAN_PAGES:%=share/man/%); }

# The backends of BOARDS="...", or that of BOARD= or BOARD_DIR=. A board
# elsewhere is the path of its folder. Without a name it is every board whose
# compiler is there.
NAMED := $(strip $(if $(filter command,$(firstword $(origin BOARDS))),$(BOARDS),\
	$(if $(filter BOARD=% BOARD_DIR=%,$(MAKEOVERRIDES)),$(BOARD_DIR))))
stage:
	@rm -rf $(STAGE) $(PARTS)
	@mkdir -p $(PARTS) $(addprefix $(STAGE)/,bin share/pkgconfig share/cmake/seedbed \
	  share/seedbed/adapters share/man/man3 share/man/man7)
	@for board in $(or $(NAMED),$(BOARDS)); do \
	  case $$board in */*) at=BOARD_DIR=$$board ;; *) at=BOARD=$$board ;; esac; \
	  there=$$($(MAKE) -s --no-print-directory $$at compiler-there) || exit; \
	  if [ "$$there" = yes ]; then \
	    $(MAKE) --no-print-directory $$at stage-backend || exit; \
	  else \
	    echo "$$board: left out, its compiler is not there" >&2; \
	    test -z '$(NAMED)' || exit; \
	  fi; \
	done
	@test -s $(PARTS)/names || { echo "no backend's compiler is there" >&2; exit 2; }
	@$(MAKE) -s --no-print-directory stage-common BACKENDS="$$(paste -s -d ' ' $(PARTS)/names)"

compiler-there:
	@echo 'int x;' | $(CC) $(BASE) -x c -c - -o /dev/null 2>/dev/null && echo yes || echo no

# A backend: what its images are linked with besides the library, as an archive,
# so that a program which brings a part of it (its own memcpy, its own
# sb_platform) takes only the rest. The linker scripts' ENTRY pulls the start
# file in.
STAGE_ISA := $(STAGE)/lib/seedbed/$(ISA)
STAGE_SCRIPTS := $(SCRIPTS)
$(call stamp_rule,$(OUT)/members,LINKED)
$(OUT)/libseedbed-$(BOARD).a: $(LINKED) $(OUT)/members
	$(archive)
# The place of a linker script below lib/seedbed/boards.
script_name = $(if $(filter $(BOARD_DIR)/%,$(1)),$(1:$(BOARD_DIR)/%=$(BOARD)/%),\
	common/$(notdir $(patsubst %/,%,$(dir $(1))))/$(notdir $(1)))
# Without what a debugger wants, which has the paths of this machine in it.
stage_archive = $(OBJCOPY) --strip-debug --enable-deterministic-archives $(1) \
	$(STAGE_ISA)/$(notdir $(1))
stage-backend: $(LIB)/libseedbed.a $(OUT)/libseedbed-$(BOARD).a
	@mkdir -p $(STAGE_ISA) $(STAGE)/include/seedbed/$(ARCH)
	@$(call stage_archive,$(LIB)/libseedbed.a)
	@$(call stage_archive,$(OUT)/libseedbed-$(BOARD).a)
	@cp $(ARCH_DIR)/*.h $(STAGE)/include/seedbed/$(ARCH)/
	@$(foreach script,$(STAGE_SCRIPTS),install -D -m 644 $(script) \
	  $(STAGE)/lib/seedbed/boards/$(strip $(call script_name,$(script))) &&) true
	$(file >$(PARTS)/$(BOARD).pc,$(pc_backend))
	$(file >$(PARTS)/$(BOARD).cmake,$(cmake_backend))
	@echo $(BOARD) >> $(PARTS)/names

# How a program is compiled and linked for the backend. Its main is its own
# (--wrap is for our programs), and a library that board.mk has by its path here
# is one by its name there. Headers of a library that was fetched are the
# program's to bring.
LINKS_CFLAGS = $(strip $(if $(filter -nostdlib,$(BOARD_LDFLAGS)),-ffreestanding) \
	$(filter-out -isystem $(DEPS)/%,$(ISA_CFLAGS)))
# A board without a C library has a <string.h> of ours. The program's own
# headers come before it.
LINKS_HEADERS = $(if $(filter -nostdlib,$(BOARD_LDFLAGS)),\
	$(if $(ISA_INCLUDE),-isystem {includedir}/freestanding))
LINKS_CLANG = $(strip --target=$(TARGET) \
	$(filter-out -isystem /% boards/%,$(ARCH_CFLAGS_CLANG)))
LINKS_OWN = $(filter-out -Wl$(comma)--wrap=%,$(BOARD_LDFLAGS))
in_place = $(if $(filter -Wl$(comma)-T$(comma)%,$(1)),-Wl$(comma)-T$(comma){boards}/$(strip \
	$(call script_name,$(1:-Wl$(comma)-T$(comma)%=%))),$(1))
# The archive of the ISA has the names of what WITHOUT brings, too. So the
# linker is asked for them before it comes there.
LINKS_WITHOUT = $(if $(WITHOUT),$(addprefix -Wl$(comma)-u$(comma),$(shell \
	sed -n 's/^SB_MARK(.*, \(.*\));$$/\1/p' $(WITHOUT:%=core/without/%.c))))
LINKS_OPTIONS = $(strip $(filter -m%,$(ISA_CFLAGS)) \
	$(foreach option,$(LINKS_OWN),$(call in_place,$(option))) $(LINKS_WITHOUT))
LINKS_ARCHIVES = -Wl,--start-group {libdir}/$(ISA)/libseedbed-$(BOARD).a \
	{libdir}/$(ISA)/libseedbed.a -Wl,--end-group
LINKS_LIBS = $(strip $(foreach lib,$(BOARD_LIBS),$(if $(filter /%.a $(DEPS)/%.a,$(lib)),\
	$(patsubst lib%.a,-l%,$(notdir $(lib))),$(lib))))
in_pc = $(subst {,$${,$(1))
in_cmake = $(subst {,$${seedbed_,$(1))

define pc_backend
$(BACKEND)_isa=$(ISA)
$(BACKEND)_cross=$(CROSS)
$(BACKEND)_cflags=-I$${includedir} -I$${includedir}/$(ARCH) $(strip \
	$(call in_pc,$(LINKS_HEADERS)) $(LINKS_CFLAGS))
$(BACKEND)_clang=$(LINKS_CLANG)
$(BACKEND)_libs=$(call in_pc,$(strip $(LINKS_OPTIONS) $(LINKS_ARCHIVES) $(LINKS_LIBS)))
$(BACKEND)_objcopy=$(if $(BINARY),-O binary)
endef

define cmake_backend
seedbed_backend($(BOARD) $(ISA) $(ARCH)
	"$(strip $(call in_cmake,$(LINKS_HEADERS)) $(LINKS_CFLAGS))"
	"$(filter-out --target=%,$(LINKS_CLANG))"
	"$(call in_cmake,$(LINKS_OPTIONS))"
	"$(call in_cmake,$(subst $(empty) ,;,$(strip $(LINKS_ARCHIVES) $(LINKS_LIBS))))"
	"$(if $(BINARY),-O binary)")
endef

# What all backends share. DEFAULT is what `pkg-config --libs seedbed` links:
# this machine as a process, else the first.
DEFAULT = $(or $(filter unix,$(BACKENDS)),$(firstword $(BACKENDS)))
MAN_PAGES = $(foreach page,$(wildcard docs/man/*),\
	man$(subst .,,$(suffix $(page)))/$(notdir $(page))) $(MAN_LINKS:%=man3/%.3)
MAN_LINKS = $(shell sed -n \
	'/^\.Sh NAME/,/^\.Nd/s/^\.Nm \(seedbed_[a-z_]*\).*/\1/p' docs/man/seedbed.3)
stage-common:
	@cp core/seedbed*.h hal/sb_*.h hal/*/sb_*.h arch/*.h boards/common/board.h \
	  $(STAGE)/include/seedbed/
	@cp -r boards/common/libc/freestanding $(STAGE)/include/seedbed/
	@cp -r adapters/* $(STAGE)/share/seedbed/adapters/
	@cp tools/provenance $(STAGE)/bin/seedbed-provenance
	@$(foreach page,$(wildcard docs/man/*),\
	  cp $(page) $(STAGE)/share/man/man$(subst .,,$(suffix $(page)))/ &&) true
	@$(foreach page,$(MAN_LINKS),\
	  echo '.so man3/seedbed.3' > $(STAGE)/share/man/man3/$(page).3 &&) true
	$(file >$(PARTS)/head.pc,$(pc_head))
	$(file >$(PARTS)/tail.pc,$(pc_tail))
	$(file >$(PARTS)/head.cmake,$(cmake_head))
	$(file >$(PARTS)/tail.cmake,$(cmake_tail))
	$(file >$(STAGE)/share/cmake/seedbed/seedbed-config-version.cmake,$(cmake_version))
	@cd $(PARTS) && cat head.pc $(BACKENDS:%=%.pc) tail.pc \
	  > $(abspath $(STAGE))/share/pkgconfig/seedbed.pc
	@cd $(PARTS) && cat head.cmake $(BACKENDS:%=%.cmake) tail.cmake \
	  > $(abspath $(STAGE))/share/cmake/seedbed/seedbed-config.cmake

define pc_head
# Where this file is tells where all is, so the tree can be moved. For each
# backend, by its board's name with _ for -: NAME_cflags and NAME_libs;
# NAME_clang, more flags for clang; NAME_cross, the prefix of gcc; NAME_isa;
# NAME_objcopy, the options that make a raw image.
prefix=$${pcfiledir}/../..
includedir=$${prefix}/include/seedbed
libdir=$${prefix}/lib/seedbed
boards=$${libdir}/boards
adapters=$${prefix}/share/seedbed/adapters
provenance=$${prefix}/bin/seedbed-provenance
backends=$(subst -,_,$(BACKENDS))
backend=$(subst -,_,$(DEFAULT))
endef

define pc_tail

Name: seedbed
Description: random bytes for machines without an operating system
Version: $(VERSION)
Cflags: $${$(subst -,_,$(DEFAULT))_cflags}
Libs: $${$(subst -,_,$(DEFAULT))_libs}
endef

# Targets seedbed::BOARD, and seedbed::seedbed for the default one.
define cmake_head
get_filename_component(seedbed_prefix "$${CMAKE_CURRENT_LIST_DIR}/../../.." ABSOLUTE)
set(seedbed_includedir $${seedbed_prefix}/include/seedbed)
set(seedbed_libdir $${seedbed_prefix}/lib/seedbed)
set(seedbed_boards $${seedbed_libdir}/boards)
set(seedbed_adapters $${seedbed_prefix}/share/seedbed/adapters)
set(seedbed_backends $(BACKENDS))

# A target for a backend. clang: options for that compiler alone; objcopy: those
# that make a raw image, in the property SEEDBED_OBJCOPY.
function(seedbed_backend name isa arch cflags clang options libs objcopy)
	if(TARGET seedbed::$${name})
		return()
	endif()
	set(headers "$${seedbed_includedir};$${seedbed_includedir}/$${arch}")
	set(c "$$<$$<COMPILE_LANG_AND_ID:C,Clang>:SHELL:$${clang}>")
	set(cxx "$$<$$<COMPILE_LANG_AND_ID:CXX,Clang>:SHELL:$${clang}>")
	add_library(seedbed::$${name} INTERFACE IMPORTED)
	set_target_properties(seedbed::$${name} PROPERTIES
		INTERFACE_INCLUDE_DIRECTORIES "$${headers}"
		INTERFACE_COMPILE_OPTIONS "SHELL:$${cflags};$${c};$${cxx}"
		INTERFACE_LINK_OPTIONS "SHELL:$${options}"
		INTERFACE_LINK_LIBRARIES "$${libs}"
		SEEDBED_ISA "$${isa}"
		SEEDBED_OBJCOPY "$${objcopy}")
endfunction()

# After each link: where the randomness of a program comes from. A fault fails
# the build.
function(seedbed_provenance target)
	add_custom_command(TARGET $${target} POST_BUILD
		COMMAND $${seedbed_prefix}/bin/seedbed-provenance -q $$<TARGET_FILE:$${target}>)
endfunction()

endef

define cmake_tail

if(NOT TARGET seedbed::seedbed)
	add_library(seedbed::seedbed INTERFACE IMPORTED)
	set_target_properties(seedbed::seedbed PROPERTIES
		INTERFACE_LINK_LIBRARIES seedbed::$(DEFAULT))
endif()
foreach(seedbed_component $${seedbed_FIND_COMPONENTS})
	if(NOT TARGET seedbed::$${seedbed_component})
		set(seedbed_FOUND FALSE)
		set(seedbed_NOT_FOUND_MESSAGE
			"no $${seedbed_component} was installed; there are: $${seedbed_backends}")
	endif()
endforeach()
endef

define cmake_version
set(PACKAGE_VERSION $(VERSION))
if(PACKAGE_FIND_VERSION VERSION_LESS_EQUAL PACKAGE_VERSION)
	set(PACKAGE_VERSION_COMPATIBLE TRUE)
	if(PACKAGE_FIND_VERSION VERSION_EQUAL PACKAGE_VERSION)
		set(PACKAGE_VERSION_EXACT TRUE)
	endif()
endif()
endef
