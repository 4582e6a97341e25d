/* SPDX-License-Identifier: BSD-2-Clause */
/* mbedTLS includes this header but does not use assert. */
#ifndef FREESTANDING_ASSERT_H
#define FREESTANDING_ASSERT_H

#ifndef __cplusplus
#define static_assert _Static_assert
#endif

#endif
