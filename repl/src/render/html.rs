//! The outcome as one self-contained, printable page.

use guiju::{Lang, Outcome};
use pulldown_cmark::{Options, Parser, html};

use super::{Selection, markdown};

const STYLE: &str = "body{font:16px/1.6 'Noto Serif CJK SC','Source Han Serif SC',serif;max-width:52em;margin:2em auto;padding:0 1em;color:#222}
h1,h2,h3{line-height:1.3}h2{border-bottom:1px solid #bbb;margin-top:2em}
table{border-collapse:collapse;width:100%;font-size:.9em}th,td{border:1px solid #bbb;padding:.3em .6em;text-align:left;vertical-align:top}
th{background:#f2f2f0}td:first-child{white-space:nowrap}tr{break-inside:avoid}h3{break-after:avoid}@media print{body{margin:0;max-width:none}}";

/// Text inside an element.
fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;")
}

/// The page: the Markdown report as HTML, with its style inside and nothing from the network.
pub(crate) fn page(outcome: &Outcome<'_>, selection: &Selection) -> String {
    let text = markdown::report(outcome, selection);
    let mut body = String::new();
    html::push_html(&mut body, Parser::new_ext(&text, Options::ENABLE_TABLES));
    let lang = outcome.options().lang;
    let code = match lang {
        Lang::Zh => "zh-CN",
        Lang::En => "en",
    };
    let title = escaped(&markdown::title(outcome, lang));
    format!(
        "<!doctype html>\n<html lang=\"{code}\">\n<head>\n<meta charset=\"utf-8\">\n<title>{title}</title>\n<style>{STYLE}</style>\n</head>\n<body>\n{body}</body>\n</html>\n"
    )
}
