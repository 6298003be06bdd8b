//! The vocabulary that is built in: `use "std:regions"` and `use "std:education"`.

use guiju_lang::{Loaded, Loader};

/// Names and texts of the built-in vocabulary.
const FILES: &[(&str, &str)] = &[
    (
        "std:regions",
        include_str!("../../rules/vocabulary/regions.gj"),
    ),
    (
        "std:education",
        include_str!("../../rules/vocabulary/indicators.gj"),
    ),
    (
        "std:scales",
        include_str!("../../rules/vocabulary/scales.gj"),
    ),
    (
        "std:offices",
        include_str!("../../rules/vocabulary/offices.gj"),
    ),
];

/// The text of a built-in vocabulary, by the name that `use` gives it.
pub fn builtin(name: &str) -> Option<&'static str> {
    FILES
        .iter()
        .find(|(known, _)| *known == name)
        .map(|(_, text)| *text)
}

/// Names of the built-in vocabulary.
pub fn names() -> impl Iterator<Item = &'static str> {
    FILES.iter().map(|(name, _)| *name)
}

/// A loader that knows the built-in vocabulary and nothing else.
#[derive(Debug, Clone, Copy, Default)]
pub struct Builtin;

impl Loader for Builtin {
    fn load(&self, _from: &str, path: &str) -> Result<Loaded, String> {
        match builtin(path) {
            Some(text) => Ok(Loaded {
                name: path.to_string(),
                text: text.to_string(),
            }),
            None => Err(format!(
                "built in are {}",
                names().collect::<Vec<_>>().join(", ")
            )),
        }
    }

    fn candidates(&self, _from: &str) -> Vec<String> {
        names().map(str::to_string).collect()
    }
}
