//! The pages of the findings: every code has one, in both languages, with an example that gives
//! that code alone and its correction.

use guiju_lang::{Code, Input, compile};
use guiju_tests::lang::{Vocabulary, codes};

/// The contents of the fences of a page, with their language.
fn fences(page: &str) -> Vec<(&str, &str)> {
    let mut parts = page.split("```");
    parts.next();
    let mut fences = Vec::new();
    while let (Some(fence), Some(_)) = (parts.next(), parts.next()) {
        fences.push(fence.split_once('\n').unwrap_or((fence, "")));
    }
    fences
}

fn found(text: &str) -> Vec<&'static str> {
    codes(&compile(&[Input::text("t.gj", text)], &Vocabulary))
}

#[test]
fn every_code_has_a_page() {
    let mut wrong = Vec::new();
    for code in Code::ALL {
        let page = code.page();
        let id = code.id();
        let parts = [
            "**发生了什么。**",
            "**怎样改。**",
            "**What happened.**",
            "**How to mend it.**",
        ];
        let complete =
            page.starts_with(&format!("# {id} ")) && parts.iter().all(|p| page.contains(p));
        if !complete {
            wrong.push(format!("{id}: the page is not complete"));
            continue;
        }
        let fences = fences(page);
        let [(first, example), (second, mended)] = fences.as_slice() else {
            wrong.push(format!("{id}: two examples belong on the page"));
            continue;
        };
        // What a rule text alone cannot show: facts files, calls, sizes.
        let outside = code.kind() == "facts" || code.kind() == "call" || id == "GJ0120";
        let is_statement = matches!(id, "GJ0515" | "GJ0516" | "GJ0517");
        if *first == "gj" && found(example) != [id] {
            wrong.push(format!("{id}: the example gives {:?}", found(example)));
        }
        if *second == "gj" && !found(mended).is_empty() {
            wrong.push(format!("{id}: the correction gives {:?}", found(mended)));
        }
        if (*first == "gj") == outside && !is_statement {
            wrong.push(format!("{id}: the example is a {first}"));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn no_page_lacks_its_code() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../docs/errors");
    for entry in std::fs::read_dir(folder).unwrap() {
        let name = entry.unwrap().file_name().into_string().unwrap();
        let known = name.strip_suffix(".md").and_then(Code::from_id);
        assert!(known.is_some() || name == "README.md", "{name}");
    }
}
