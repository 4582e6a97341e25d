// SPDX-License-Identifier: BSD-2-Clause
//! Rust's crate getrandom on a machine without an operating system: its custom
//! backend, by seedbed. rand, RustCrypto and their like draw through it.
//!
//! Each draw is seedbed's own, so it learns of a clone. Where seedbed refuses,
//! getrandom returns an error, and the buffer holds zeros. The error's custom
//! code is [`NOT_NOW`], [`REFUSED`] or [`MISTAKE`].
//!
//! The program links libseedbed.a and a board. A program in Rust names this
//! crate, or nothing of it is linked: `use seedbed_getrandom as _;`. An
//! interrupt handler may not draw.
#![no_std]

extern "C" {
    fn seedbed_random(out: *mut u8, len: usize) -> i32; // seedbed.h
}

/// SB_EAGAIN: not yet, ask again.
pub const NOT_NOW: u16 = 1;
/// SB_EIO: `seedbed_status` says why.
pub const REFUSED: u16 = 3;
/// SB_EINVAL: a mistake of the caller or of the board.
pub const MISTAKE: u16 = 4;

/// `dest` is full, or holds zeros and the result is one of the above.
fn fill(dest: *mut u8, len: usize) -> Result<(), u16> {
    // SAFETY: both callers below promise that len bytes may be written.
    match unsafe { seedbed_random(dest, len) } {
        0 => Ok(()),
        result => Err(u16::try_from(result.unsigned_abs()).unwrap_or(REFUSED)),
    }
}

/// The function that getrandom 0.2 calls, where its feature `custom` is on and
/// the target is none that it knows. It is what its macro
/// register_custom_getrandom makes: the code of an error, or 0.
#[cfg(feature = "v02")]
#[no_mangle]
extern "C" fn __getrandom_custom(dest: *mut u8, len: usize) -> u32 {
    const CUSTOM_START: u32 = (1 << 31) + (1 << 30); // of getrandom::Error
    match fill(dest, len) {
        Ok(()) => 0,
        Err(code) => CUSTOM_START + u32::from(code),
    }
}

/// The function that getrandom 0.3 and up call, where the program is compiled
/// with `--cfg getrandom_backend="custom"`.
#[cfg(feature = "v03")]
#[no_mangle]
unsafe extern "Rust" fn __getrandom_v03_custom(
    dest: *mut u8,
    len: usize,
) -> Result<(), getrandom::Error> {
    fill(dest, len).map_err(getrandom::Error::new_custom)
}
