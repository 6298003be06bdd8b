//! The binary from outside: what it prints, where, and its exit codes. One snapshot a call.

#![allow(
    clippy::expect_used,
    clippy::panic,
    reason = "a test that cannot run fails"
)]

mod calls;
mod check;
mod doc;
mod eval;
mod explain;
mod facts;
mod fmt;
mod init;
mod repl;
mod scoreboard;
mod sets;
mod support;
mod tests;
mod units;
