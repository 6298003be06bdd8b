//! One file a command.

pub(crate) mod check;
pub(crate) mod doc;
pub(crate) mod eval;
pub(crate) mod explain;
pub(crate) mod facts;
pub(crate) mod fmt;
pub(crate) mod init;
pub(crate) mod rules;
pub(crate) mod scoreboard;
pub(crate) mod test;
