# SPDX-License-Identifier: BSD-2-Clause
# Which board is built: its board.mk, the family.mk of its families, and the
# arch.mk of its ISA's folder. docs/porting.md has a table of the variables.

# The template is there to be copied. It is no board of the lists.
BOARDS := $(filter-out template,$(patsubst boards/%/board.mk,%,$(wildcard boards/*/board.mk)))
# Without BOARD=, this machine as a process where the cross compiler is missing.
BOARD_NAMED := $(strip $(foreach v,BOARD BOARD_DIR,$(filter-out undefined,$(origin $(v)))))
ifeq ($(BOARD_NAMED),)
BOARD := $(if $(shell command -v x86_64-linux-gnu-gcc),qemu-x86_64,unix)
endif
APP ?= smoke
BOARD_DIR := boards/$(BOARD)
override BOARD_DIR := $(patsubst %/,%,$(BOARD_DIR))
override BOARD := $(notdir $(BOARD_DIR))
ifeq ($(wildcard $(BOARD_DIR)/board.mk),)
$(error there is no $(BOARD_DIR)/board.mk: `make boards` lists the boards)
endif

# A board outside the tree may have a boards/common of its own beside it.
COMMON_DIRS := $(if $(filter boards/%,$(BOARD_DIR)),,$(wildcard $(BOARD_DIR)/../common)) \
	boards/common
common_path = $(or $(firstword $(wildcard $(COMMON_DIRS:%=%/$(1)))),\
	$(error $(BOARD_DIR)/board.mk or a family.mk: there is no $(1) in $(strip $(COMMON_DIRS))))

# All that these files may set. Their own helpers have names in lower case.
BOARD_VARIABLES := FAMILY ARCH ARCH_DIR ISA CROSS TARGET BOARD_LIBC BOARD_SRCS COMMON_SRCS \
	HAL_SRCS WITHOUT BOARD_PLATFORM BOARD_CFLAGS BOARD_LDFLAGS BOARD_LIBS BINARY APPS TESTS \
	GUESTS TEST_CFLAGS PROVENANCE ARCH_CFLAGS ARCH_CFLAGS_OWN ARCH_CFLAGS_CLANG \
	ARCH_CFLAGS_SIMD ARCH_CROSS ARCH_CLANG ARCH_WITHOUT_GCC ARCH_NAME ARCH_WORD \
	ISA_CFLAGS_% ISA_WORD_% ISA_CROSS_% ISA_TARGET_% ISA_LIBC_% ISA_SIMD_%
before := $(.VARIABLES) before

BOARD_LIBC := none
APPS := smoke
FAMILY :=
COMMON_SRCS :=
HAL_SRCS :=
WITHOUT :=
# Expanded at once, so that family_dir is the folder of the family that says it.
BOARD_LDFLAGS :=
BOARD_LIBS :=
include $(BOARD_DIR)/board.mk
FAMILY_DIRS := $(foreach f,$(FAMILY),$(call common_path,$(f)))
define include_family
family_dir := $(1)
include $(1)/family.mk
endef
$(foreach dir,$(FAMILY_DIRS),$(eval $(call include_family,$(dir))))
ARCH_DIR ?= arch/$(ARCH)
override ARCH_DIR := $(patsubst %/,%,$(ARCH_DIR))
ifeq ($(wildcard $(ARCH_DIR)/arch.mk),)
$(error $(BOARD_DIR)/board.mk: ARCH is "$(ARCH)", and there is no $(ARCH_DIR)/arch.mk. \
	ARCH_DIR names a folder elsewhere)
endif
include $(ARCH_DIR)/arch.mk

lower := a b c d e f g h i j k l m n o p q r s t u v w x y z
unknown := $(filter-out $(BOARD_VARIABLES) $(before) $(lower:%=%%) .% FAMILY_DIRS,$(.VARIABLES))
ifneq ($(unknown),)
$(error $(BOARD_DIR)/board.mk, its families or $(ARCH_DIR)/arch.mk set $(unknown), \
	which means nothing (docs/porting.md))
endif
$(foreach v,ARCH ISA BOARD_SRCS,$(if $($v),,$(error $(BOARD_DIR)/board.mk does not set $v)))
ifeq ($(origin ISA_CFLAGS_$(ISA)),undefined)
$(error ISA is "$(ISA)", which $(ARCH_DIR)/arch.mk does not know: it has \
	$(patsubst ISA_CFLAGS_%,%,$(filter ISA_CFLAGS_%,$(.VARIABLES))). \
	A board may add one: ISA_CFLAGS_$(ISA) := flags)
endif
keystreams := $(filter simd simd-saved,$(FAMILY))
ifneq ($(word 2,$(keystreams)),)
$(error FAMILY has $(keystreams): a board has one of them)
endif
ifneq ($(filter %/keystreams_.c,$(COMMON_SRCS)),)
$(error FAMILY has $(keystreams) before the family that sets ARCH)
endif
ifneq ($(and $(keystreams),$(filter-out portable,$(ARCH))),)
ifeq ($(ISA_SIMD_$(ISA)),)
$(error FAMILY has $(keystreams), and the ISA $(ISA) has no keystreams by SIMD)
endif
endif
missing := $(foreach s,$(BOARD_SRCS),$(if $(wildcard $(BOARD_DIR)/$(s)),,$(BOARD_DIR)/$(s))) \
	$(foreach s,$(HAL_SRCS),$(if $(wildcard hal/$(s)),,hal/$(s)))
ifneq ($(strip $(missing)),)
$(error $(BOARD_DIR)/board.mk names files that are not there: $(strip $(missing)))
endif
parts := $(patsubst core/without/%.c,%,$(wildcard core/without/*.c))
ifneq ($(filter-out $(parts),$(WITHOUT)),)
$(error $(BOARD_DIR)/board.mk: WITHOUT has $(filter-out $(parts),$(WITHOUT)). What may be left \
	out is $(parts))
endif

# Every board has its name, the end line, and what a stack protector calls for.
# It has memory functions and what runs constructors if nobody else brings them.
override COMMON_SRCS := $(sort $(COMMON_SRCS) name.c exit_line.c stack_guard.c \
	$(if $(filter system,$(BOARD_LIBC)),,constructors.c) \
	$(if $(filter none,$(BOARD_LIBC)),libc/mem.c))
# A board that is tested has the program that needs no line in its APPS.
override APPS := $(strip $(APPS) $(if $(filter smoke,$(TESTS)),constructor))

# ------------------------------------------------------ ISA, compiler, binutils

ISA_CFLAGS := $(ARCH_CFLAGS) $(ISA_CFLAGS_$(ISA))
CLANG_CFLAGS = --target=$(TARGET) $(ARCH_CFLAGS_CLANG)
# The common objects of an ISA know no C library, unless all its boards have it.
FREESTANDING := -Iboards/common/libc/freestanding
ISA_INCLUDE := $(if $(filter none,$(or $(ISA_LIBC_$(ISA)),none)),$(FREESTANDING))

ifneq ($(origin CROSS),file)
CROSS := $(or $(ISA_CROSS_$(ISA)),$(ARCH_CROSS))
endif
ifneq ($(origin TARGET),file)
TARGET := $(or $(ISA_TARGET_$(ISA)),$(CROSS:%-=%))
endif
own_gcc := $(CROSS)gcc
ifneq ($(CROSS_COMPILE),)
override CROSS := $(CROSS_COMPILE)
endif
# The oldest clang of this machine that knows the ISA, by the names that Debian
# gives them: ARCH_CLANG is the first version that does.
newest = $(notdir $(lastword $(1) $(sort $(wildcard /usr/bin/$(1)-[0-9][0-9]))))
clangs = $(sort $(patsubst /usr/bin/clang-%,%,$(wildcard /usr/bin/clang-[0-9][0-9])))
since = $(foreach n,$(clangs),$(if $(filter $(n),$(lastword $(sort $(n) $(1)))),clang-$(n)))
CLANG ?= $(firstword $(call since,$(or $(ARCH_CLANG),14)) clang)

# Where an ISA's gcc may be missing, clang with lld takes its place, this
# machine's own ar, and for `make install` LLVM's objcopy.
without_gcc := $(if $(ARCH_WITHOUT_GCC),$(if $(shell command -v $(CROSS)gcc),,yes))
ifeq ($(origin CC),default)
CC := $(if $(without_gcc),$(CLANG),$(CROSS)gcc)
BOARD_LDFLAGS += $(if $(without_gcc),-fuse-ld=lld)
endif
ISA_CC := $(CC)
CFLAGS ?= -O2 -g
ifeq ($(origin AR),default)
AR := $(if $(without_gcc),,$(CROSS))ar
endif
OBJCOPY ?= $(if $(without_gcc),$(call newest,llvm-objcopy),$(CROSS)objcopy)

# A compiler that was named must make code for this board: CC may come from an
# environment that meant another machine. clang makes code for all of them.
cc_target = $(shell $(CC) -dumpmachine 2>/dev/null)
cpu = $(firstword $(subst -, ,$(1)))
define check_cc
$(if $(findstring clang,$(CC))$(filter $(own_gcc),$(CC)),,$(if $(filter $(call cpu,$(TARGET)),\
	$(call cpu,$(cc_target))),,$(error $(CC) makes code for $(or $(cc_target),nobody knows \
	what), and board $(BOARD) is for $(TARGET). CC= or CROSS_COMPILE= named it)))
endef
