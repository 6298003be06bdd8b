//! `guiju facts`.

use super::support::{FACTS, Folder, both, snapshot};

#[test]
fn formats() {
    let folder = Folder::demo();
    both("facts_human", &folder, &["facts", "facts.csv"]);
    for format in ["csv", "json"] {
        let run = folder.run(&["facts", "facts.csv", "--format", format]);
        snapshot(&format!("facts_{format}"), &run);
        assert_eq!(run.code, Some(0));
    }
}

#[test]
fn the_tidy_form_is_read_back_as_it_was() {
    let folder = Folder::demo();
    let once = folder
        .run(&["facts", "facts.csv", "--format", "csv"])
        .stdout;
    let folder = folder.with("tidy.csv", &once);
    let twice = folder.run(&["facts", "tidy.csv", "--format", "csv"]).stdout;
    assert_eq!(once, twice);
}

#[test]
fn several_files() {
    let more =
        "地区\t指标\t年份\t数值\n昆明\t人均受教育年限\t2024\t12.1年\n昆明\t体育达标率\t2024\t-\n";
    let folder = Folder::demo().with("more.tsv", more);
    both(
        "facts_two_files",
        &folder,
        &["facts", "facts.csv", "more.tsv"],
    );
}

#[test]
fn figures_that_no_rule_reads() {
    let config = "rules = [\"rules.gj\"]\nfacts = [\"facts.csv\"]\n";
    let folder = Folder::demo().with("guiju.toml", config);
    both("facts_unused", &folder, &["facts", "--unused"]);
    both(
        "facts_all_used",
        &folder.with("facts.csv", &FACTS[..FACTS.find("昆明,没有").unwrap_or(0)]),
        &["facts", "--unused"],
    );
}

#[test]
fn what_cannot_be_read_is_said_and_the_rest_shown() {
    let facts = FACTS.replace("97.2,%", "约97,%");
    let folder = Folder::new().with("facts.csv", facts);
    both("facts_one_bad_row", &folder, &["facts", "facts.csv"]);
}

#[test]
fn a_cell_and_its_unit_column_that_differ() {
    let facts = FACTS
        .replace("2025,97.2,%", "2025,98%,‰")
        .replace("2024,60,所", "2024,60万所,亿所")
        .replace("2025,15.4:1,", "2025,15.4:1,%");
    let folder = Folder::new().with("facts.csv", facts);
    both("facts_units_differ", &folder, &["facts", "facts.csv"]);
}

#[test]
fn rows_that_are_longer_than_the_header() {
    let facts = "地区,指标,年份,数值\n昆明,在园幼儿,2024,1,234\n昆明,在园幼儿,2025,1300,,\n";
    let folder = Folder::new().with("facts.csv", facts);
    both("facts_extra_cell", &folder, &["facts", "facts.csv"]);
}

#[test]
fn two_columns_of_one_name() {
    let folder = Folder::new()
        .with(
            "facts.csv",
            "地区,指标,年份,数值,单位,数值\n昆明,体育达标率,2024,75,%,76\n",
        )
        .with(
            "facts.json",
            "[{\"地区\":\"昆明\",\"指标\":\"体育达标率\",\"年份\":2024,\n\"value\":\"75%\",\"数值\":\"76%\"}]",
        );
    let files = ["facts", "facts.csv", "facts.json"];
    both("facts_column_twice", &folder, &files);
}

#[test]
fn more_units_than_a_store_holds() {
    let mut facts = String::from("地区,指标,年份,数值,单位\n昆明,体育达标率,2024,75,%\n");
    let han = |n: u32| char::from_u32(0x4E00 + n % 300).expect("a Han character");
    for n in 0..=u32::from(u16::MAX) {
        let unit = format!("只{}{}", han(n / 300), han(n));
        facts.push_str(&format!("昆明,标本,2024,{n},{unit}\n"));
    }
    let folder = Folder::new()
        .with("facts.csv", facts)
        .with("rules.gj", "rate 体育达标率 >= 71% by 2024 in 昆明\n");
    // The figures that were read have their units, but half a file is not judged.
    let eval = ["eval", "rules.gj", "--facts", "facts.csv"];
    both("facts_too_many_units", &folder, &eval);
    let run = folder.run(&["facts", "facts.csv", "--format", "csv"]);
    assert!(run.stderr.contains("GJ0519"), "{}", run.stderr);
    let rows: Vec<&str> = run.stdout.lines().skip(1).collect();
    assert_eq!(rows.len(), usize::from(u16::MAX));
    let bare = |row: &&str| row.split(',').nth(6) == Some("");
    assert_eq!(rows.iter().copied().find(bare), None);
}

#[test]
fn nothing_to_read() {
    let folder = Folder::new()
        .with("empty.csv", "")
        .with("bytes.csv", [0u8, 159, 146, 150, 255, 10, 13, 0])
        .with("prose.csv", "这不是数据\n");
    both("facts_empty", &folder, &["facts", "empty.csv"]);
    both("facts_bytes", &folder, &["facts", "bytes.csv"]);
    both("facts_prose", &folder, &["facts", "prose.csv"]);
    let folder = folder
        .with("broken.json", "[{\"region\": \"昆明\",\n oops}]")
        .with("workbook.xlsx", b"PK\x03\x04")
        .with(
            "open.csv",
            "地区,指标,年份,数值\n昆明,\"巩固率,2025,98\n五华区,巩固率,2025,98\n",
        );
    let files = ["facts", "broken.json", "workbook.xlsx", "open.csv"];
    both("facts_unreadable", &folder, &files);
    both("facts_no_such_file", &folder, &["facts", "emty.csv"]);
    both("facts_none", &folder, &["facts"]);
}

#[test]
fn without_a_region() {
    let folder = Folder::new().with("f.csv", "指标,年份,数值,单位\n体育达标率,2027,75,%\n");
    both("facts_no_region", &folder, &["facts", "f.csv"]);
    both("facts_in", &folder, &["facts", "f.csv", "--in", "五华区"]);
}

#[test]
fn no_cell_becomes_a_formula() {
    let folder = Folder::new().with(
        "f.csv",
        "地区,指标,年份,数值,单位,来源\n昆明,体育达标率,2024,75,%,\"=HYPERLINK(1)\"\n",
    );
    let run = folder.run(&["facts", "f.csv", "--format", "csv"]);
    assert!(run.stdout.contains("'=HYPERLINK"), "{}", run.stdout);
}
