//! What users see, end to end.

pub mod lang;
pub mod oracle;
pub mod whole;
