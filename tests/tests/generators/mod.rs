//! Texts of the language, in both keyword sets, that parse without a finding.

mod later;
mod level;
mod lists;

use proptest::prelude::*;
use proptest::sample::select;

/// A file of statements.
pub(super) fn file() -> impl Strategy<Value = String> {
    let statement = prop_oneof![
        4 => level::rule().boxed(),
        3 => level::declaration().boxed(),
        3 => lists::rule().boxed(),
        1 => lists::section().boxed(),
        2 => lists::table().boxed(),
        6 => later::statement().boxed(),
    ];
    let end = select(vec!["\n", "\n\n", "\n\n\n", ";\n", "。\n"]);
    proptest::collection::vec((statement, end), 1..6).prop_map(|parts| {
        parts
            .into_iter()
            .map(|(s, end)| format!("{s}{end}"))
            .collect()
    })
}

/// Some of these or nothing.
fn maybe(some: impl Strategy<Value = String> + 'static) -> BoxedStrategy<String> {
    prop_oneof![Just(String::new()).boxed(), some.boxed()].boxed()
}

/// One to so many of these, joined.
fn some_of(
    one: impl Strategy<Value = String> + 'static,
    most: usize,
    joints: &'static [&'static str],
) -> BoxedStrategy<String> {
    (proptest::collection::vec(one, 1..=most), select(joints))
        .prop_map(|(all, joint)| all.join(joint))
        .boxed()
}
