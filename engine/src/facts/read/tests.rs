use super::*;
use crate::facts::observation::RawValue;
use guiju_lang::Unit;

const HEAD: &str = "region,indicator,year,value";

/// Value and unit of a row, as short as can be.
fn figure(row: &Row<'_>) -> String {
    let unit = match &row.unit {
        Some(unit) if *unit == Unit::fraction() => " of one".to_string(),
        unit => unit.as_ref().map_or(String::new(), Unit::to_string),
    };
    match &row.value {
        RawValue::Number(number) => format!("{number}{unit}"),
        RawValue::Word(word) => format!("«{word}»{unit}"),
    }
}

/// Every finding as its code and its arguments, but the file.
fn findings(report: &ReadReport) -> String {
    let said = |d: &Diagnostic| {
        assert!(!d.message(Lang::Zh).contains('{'), "{d:?}");
        let args = d.args.iter().filter(|(name, _)| *name != "file");
        let words = d.words.iter().map(|(_, zh, en)| {
            assert_ne!(zh, en, "{d:?}");
            en.as_str()
        });
        let args: Vec<&str> = args.map(|(_, value)| value.as_str()).chain(words).collect();
        format!("{} {}", d.code, args.join(" "))
    };
    report
        .findings
        .iter()
        .map(said)
        .collect::<Vec<_>>()
        .join("; ")
}

fn read_with(file: &str, text: &str, options: &ReadOptions) -> (Vec<String>, ReadReport) {
    let mut rows = Vec::new();
    let report = read(file, text.as_bytes(), options, &mut |row| {
        let names = [row.region, row.subject, row.group, Some(row.indicator)];
        let names = names.map(|n| n.unwrap_or("∅")).join(" ");
        let (value, source) = (figure(&row), row.source.unwrap_or("∅"));
        let (at, period) = (format!("{}:{}", row.line, row.column), row.period);
        let (status, text) = (row.status, row.text);
        rows.push(format!(
            "{at} {names} {period} {value} {status:?} {source} {text}"
        ));
        Ok(())
    });
    assert_eq!(report.observations, rows.len() as u64);
    (rows, report)
}

fn rows(file: &str, text: &str) -> (Vec<String>, ReadReport) {
    read_with(file, text, &ReadOptions::default())
}

/// Checks what is wrong with a file.
fn check_wrong(file: &str, text: &str, want: &str) {
    assert_eq!(findings(&rows(file, text).1), want, "{text}");
}

/// Checks lines of `value | unit column | figure, code or missing`.
fn check_cells(table: &str) {
    for line in table.lines().filter(|line| !line.trim().is_empty()) {
        let mut parts = line.split('|');
        let mut part = || parts.next().unwrap_or("").trim();
        let text = format!("{HEAD},unit\na,x,2025,\"{}\",{}\n", part(), part());
        let mut got = String::new();
        let sink = &mut |row: Row<'_>| {
            got = figure(&row);
            Ok(())
        };
        let report = read("f", text.as_bytes(), &ReadOptions::default(), sink);
        for finding in &report.findings {
            got = finding.code.to_string();
        }
        assert_eq!(report.missing_cells == 1, got.is_empty(), "{line}");
        assert_eq!(got, part(), "{line}");
    }
}

#[test]
fn columns_are_found_by_name_in_either_language() {
    let text = "表1 主要指标\n备注, 地区,ＩＮＤＩＣＡＴＯＲ,年份,Value,单位,状态,来源,分组,对象\n\
                a,昆 明,学校（园）数,2025年,1200,所,快报, 公报（2025） ,小学,一中\n,,,,,,,,,\n\
                ,530100,x,2023/2024,97.2,％,Final,-,—,\n";
    let (rows, report) = rows("f.csv", text);
    let first = "3:5 昆明 一中 小学 学校(园)数 2025 1200所 Preliminary 公报（2025） 1200";
    let second = "5:5 530100 ∅ ∅ x 2023/2024 97.2% Final ∅ 97.2";
    assert_eq!(rows, [first, second]);
    assert_eq!((report.shape, report.encoding), ("long CSV", "UTF-8"));
    let ignored = Note::IgnoredColumns(vec!["备注".into()]);
    assert_eq!(report.notes, [Note::LinesBefore(1), ignored]);
    assert_eq!(report.findings, []);
}

#[test]
fn figures_are_read_as_published() {
    check_cells(
        "97.2 | | 97.2
        97.2 | % | 97.2%
        97.2% | | 97.2%
        ９７．２％ | | 97.2%
        980‰ | ‰ | 980‰
        0.98 | 1 | 0.98 of one
        0.98 | 小数 | 0.98 of one
        -1,234,567.5 | 元 | -1234567.5元
        １，２３４ | 人 | 1234人
        −0.5 | % | -0.5%
        128.86 | 万人 | 1288600人
        1.2 万人 | | 12000人
        1.2万人 | 人 | 12000人
        1.2万 | 万人 | 12000人
        20万 | | 200000
        3亿元 | 元 | 300000000元
        3亿元 | 亿元 | 300000000元
        12名 | 人 | 12名
        1.2万人 | 万 | 12000人
        17 | :1 | 17:1
        16.98：1 | | 16.98:1
        1:15 | ∶1 | 1/15:1
        6.2㎡ | | 6.2平方米
        85/千人 | | 85/千人
        2023年 | | 2023年
        97.99999999999999999 | % | 97.99999999999999999%",
    );
}

#[test]
fn words_and_dates_wait_for_their_kind() {
    check_cells(
        "是 | | «是»
        YES | % | «yes»
        Not Done | | «not done»
        未完成 | | «未完成»
        一级 三等 | | «一级三等»
        Ａ＋ | | «A+»
        2023-08-28 | | «2023-08-28»
        2023年8月28日 | | «2023-08-28»
        2023/8/28 | | «2023-08-28»
        2023年8月 | | «2023-08»
        2023年底 | | «2023»",
    );
}

#[test]
fn missing_is_no_observation() {
    for text in [
        "", "　", "-", "－", "—", "——", "…", "……", "NA", "N/A", "ＮＡ", "缺",
    ] {
        check_cells(&format!("{text} | %"));
    }
}

#[test]
fn what_is_not_plainly_a_figure_is_refused() {
    let refused = "约90 90以上 90左右 50余所 3年半 97.2预计 12abc 97.2① 97.2² 97.2* ① 97.2%% 12,34 \
                   0,123 1.234,5 1,2345 1e3 .5 5. 1:0 1:2:3 --5 2023-02-30 2023-2024 90-95 ≥98% \
                   1/15 第3 本年度数据尚未正式发布请稍后 √ #N/A";
    for text in refused.split(' ') {
        check_cells(&format!("{text} | | GJ0503"));
    }
    check_cells("12 34 | | GJ0503");
}

#[test]
fn units_of_cell_and_column_must_agree() {
    check_cells(
        "98% | ‰ | GJ0518
        98% | 1 | GJ0518
        97.2% | 所 | GJ0518
        12人 | 所 | GJ0518
        18个月 | 年 | GJ0518
        3亿元 | 万元 | GJ0518
        12000人 | 万人 | GJ0518
        12人 | 万 | GJ0518
        20亿 | 万人 | GJ0518
        20万 | % | GJ0518
        16.98:1 | % | GJ0518
        97 | 100% | GJ0505",
    );
    let text = format!("{HEAD},unit\na,x,2025,5,Mbp\na,x,2025,1.2万元, 亿元\na,x,2025,1:15,%\n");
    let want = "GJ0505 f:2:5 Mbp Mbps; GJ0518 f:3:4 1.2万元 万元 亿元 5; GJ0518 f:4:4 1:15 :1 % 5";
    check_wrong("f", &text, want);
}

#[test]
fn separators_quotes_and_lines_are_those_of_the_file() {
    let check = |text: &str, shape: &str, at: &str| {
        let (rows, report) = rows("f", text);
        assert_eq!((report.shape, rows.len()), (shape, 1), "{text}");
        assert!(rows[0].starts_with(at), "{rows:?}");
    };
    let semicolons = HEAD.replace(',', ";");
    let tabs = format!("{HEAD}\na,x,2025,1\n").replace(',', "\t");
    check(&tabs, "long TSV", "2:4");
    let text = format!("{semicolons}\r\n\r\na;x;2025;1,2\r\na;x;2025;1,234.5");
    check(&text, "long CSV, semicolons", "4:4");
    check(&format!("{HEAD}\ra,x,2025,1\r"), "long CSV", "2:4");
    check(&format!("{HEAD},,\na,x,2025,1,,\n"), "long CSV", "2:4");
    let quoted = format!("\"a\nb\",{HEAD}\n\n\n,\"a\",x,2025,\"1,234\"\n");
    check(&quoted, "long CSV", "5:5");
    // 1234 or 1.234: nobody chooses.
    let text = format!("{semicolons}\na;x;2025;1,234\n");
    check_wrong("f", &text, "GJ0503 f:2:4 1,234");
    // Without quotes it would be 1, and 234 left over.
    let text = format!("{HEAD}\na,x,2025,1,234\n");
    check_wrong("f", &text, "GJ0520 f:2:5 234 4");
    let text = format!("{HEAD}\na,x,2025,1\na,\"x\",2025,\"1\na,x,2025,1\n");
    let want = "GJ0503 f:3:4 1 a,x,2025,1; GJ0501 line 3: \" is not closed";
    check_wrong("f", &text, want);
}

#[test]
fn every_error_is_reported_and_named_by_place() {
    let text = "地区,指标,年份,数值,单位,状态\na,,25年,约90,xx,大概\n,x,2025,1,,\na,x,,2,,\na,x,2025,3,,\n";
    let (good, report) = rows("f", text);
    assert_eq!(good.len(), 1);
    let want = "GJ0511 f:2:2 指标 (indicator); GJ0504 f:2:3 25年; GJ0512 f:2:6 大概; \
                GJ0505 f:2:5 xx; GJ0503 f:2:4 约90; GJ0511 f:3:1 地区 (region); \
                GJ0511 f:4:3 时间 (period)";
    assert_eq!(findings(&report), want);
    let mut options = ReadOptions::default();
    options.limits.max_findings = 1;
    let (_, report) = read_with("f", text, &options);
    assert_eq!(findings(&report), "GJ0511 f:2:2 指标 (indicator); GJ0513 6");
}

#[test]
fn a_layout_that_is_not_recognised_says_what_it_has() {
    let want = "GJ0502 时间 (period), 数值 (value) 指标, 2024年";
    check_wrong("f", "指标,2024年\n毛入园率(%),92.00\n", want);
    let want = "GJ0502 指标 (indicator), 数值 (value) 时间 (period), name";
    check_wrong("f", r#"[{"name":"x","year":2025}]"#, want);
    check_wrong("f", " \n", "GJ0501 it is empty");
}

#[test]
fn cells_beyond_the_header_belong_to_no_column() {
    // Blank ones are what a spreadsheet leaves behind.
    let text = format!("{HEAD},,\na,x,2025,1,,,\nb,x,2025,1,, 见注 ,\nc,x,2025,1,2,3\n");
    let (good, report) = rows("f", &text);
    assert_eq!(good.len(), 1);
    assert_eq!(findings(&report), "GJ0520 f:3:6 见注 4; GJ0520 f:4:5 2 4");
}

#[test]
fn a_field_that_is_named_twice_is_asked_about() {
    let text = format!("表 1\n{HEAD},年份,Value\na,x,2025,1,2025,1\n");
    check_wrong("f", &text, "GJ0521 f:2:5 年份 year 3 时间 (period)");
    let text = format!("{HEAD},value\n");
    check_wrong("f", &text, "GJ0521 f:1:5 value value 4 数值 (value)");
    // Columns that mean nothing here may be called what they like.
    let text = format!("{HEAD},备注,备注\na,x,2025,1,,\n");
    check_wrong("f", &text, "");
}

#[test]
fn a_file_without_regions_needs_one() {
    let empty = format!("{HEAD}\n,x,2025,1\n-,x,2025,1\n");
    for text in ["indicator,year,value\nx,2025,1\n", &empty] {
        let (none, report) = rows("f", text);
        assert!(none[0].contains(" ∅ ∅ ∅ x "), "{none:?}");
        assert_eq!(findings(&report).trim(), "GJ0508");
        let region = Some("昆 明".to_string());
        let options = ReadOptions {
            region,
            ..ReadOptions::default()
        };
        let (given, report) = read_with("f", text, &options);
        assert!(given[0].contains(" 昆明 ∅ ∅ x "), "{given:?}");
        assert_eq!(findings(&report), "");
        assert_eq!(report.notes, [Note::DefaultRegion("昆明".into())]);
    }
}

#[test]
fn json_says_the_same_with_exact_numbers() {
    let record = r#"{"地区":"昆明","指标":"x","year":2025,"value":97.99999999999999999,"y":[1]}"#;
    let check = |text: String, shape: &str, line: u32| {
        let (rows, report) = rows("f.json", &text);
        let want = "4 昆明 ∅ ∅ x 2025 97.99999999999999999 Final ∅ 97.99999999999999999";
        assert_eq!(rows[0], format!("{line}:{want}"), "{text}");
        assert_eq!((report.shape, findings(&report)), (shape, String::new()));
        assert_eq!(report.notes, [Note::IgnoredColumns(vec!["y".into()])]);
    };
    check(format!("[{record}]"), "long JSON", 1);
    let wrapped = format!("{{\"schema\":1,\"observations\":[\n{record}]}}");
    check(wrapped, "long JSON", 2);
    check(record.replace(',', ",\n"), "long JSON", 4);
    check(format!("{record}\n\n{record}\n"), "long JSON Lines", 1);
}

#[test]
fn json_values_are_read_as_cells_are() {
    let values = r#"1.25e3 = 1250; -5E-2 = -0.05; true = «true»; "\u0031.2万人" = 12000人; null = ;
        1e999 = GJ0503 f:1:4 1e999; "1e3" = GJ0503 f:1:4 1e3; [1] = GJ0503 f:1:4 [1];
        1,"value":2 = GJ0521 f:1:5 value value 4 数值 (value);
        1,"数值":1 = GJ0521 f:1:5 数值 value 4 数值 (value)"#;
    for (value, want) in values.split(';').filter_map(|v| v.trim().split_once(" =")) {
        let text = format!(r#"[{{"region":"a","indicator":"x","year":"2025","value":{value}}}]"#);
        let mut got = String::new();
        let sink = &mut |row: Row<'_>| {
            got = figure(&row);
            Ok(())
        };
        let report = read("f", text.as_bytes(), &ReadOptions::default(), sink);
        assert_eq!(got + &findings(&report), want.trim(), "{value}");
    }
}

#[test]
fn one_bad_line_of_json_does_not_hide_the_next() {
    let good = r#"{"region":"a","indicator":"x","period":"2025","value":1}"#;
    let bad = r#"{"region":"a","indicator":"x","year":1}"#;
    let text = format!("{good}\n{{oops\n{bad}\n{good}\n");
    assert_eq!(rows("f", &text).0.len(), 2);
    let want = "GJ0501 JSON 2:2: key must be a string; GJ0504 f:3:3 1; GJ0511 f:3:1 数值 (value)";
    check_wrong("f", &text, want);
}

#[test]
fn limits_are_kept_and_said() {
    let text = format!("{HEAD}\na,x,2025,1\na,xxxxxxxxxxxxxxxxx,2025,2\na,x,2025,3\n");
    let check = |set: fn(&mut Limits), count: usize, want: &str| {
        let mut options = ReadOptions::default();
        set(&mut options.limits);
        let (rows, report) = read_with("f", &text, &options);
        assert_eq!((rows.len(), findings(&report).as_str()), (count, want));
    };
    check(|l| l.max_bytes = 9, 0, "GJ0510 77 bytes > 9");
    check(|l| l.max_columns = 3, 0, "GJ0510 4 columns > 3");
    check(|l| l.max_rows = 2, 2, "GJ0510 > 2 rows");
    check(
        |l| l.max_field_bytes = 16,
        2,
        "GJ0510 line 3: field > 16 bytes",
    );
}

#[test]
fn no_bytes_make_it_panic() {
    let seeds = [
        "地区,指标,年份,数值,单位\n昆明,\"x（园）\",2025年,\"1,234.5万\",所\n,x,2023/8/28,１：１５,%\n",
        "[{\"region\":\"a\",\"indicator\":\"x\",\"year\":2025,\"value\":-1.5e3,\"unit\":\"%\"},\n{}]",
        "{\"region\":\"a\",\"period\":\"2025-Q3\"}\n{\"observations\":[1,[],{}]}",
    ];
    let mut state = 1u64;
    // splitmix64
    let mut next = |below: usize| {
        state = state.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let z = (state ^ (state >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        let z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        ((z ^ (z >> 31)) % below.max(1) as u64) as usize
    };
    for round in 0..6000 {
        let mut bytes = match seeds.get(round % 4) {
            Some(seed) => seed.as_bytes().to_vec(),
            None => (0..next(200)).map(|_| next(256) as u8).collect(),
        };
        for _ in 0..next(6) {
            let at = next(bytes.len());
            match next(4) {
                0 => bytes.truncate(at),
                1 => bytes.insert(at, b"\"\n\r,;\t{}[]:-.e0 \\"[next(17)]),
                2 => bytes.extend_from_within(at..),
                _ if bytes.is_empty() => {}
                _ => bytes[at] = next(256) as u8,
            }
        }
        let report = read("f", &bytes, &ReadOptions::default(), &mut |_| Ok(()));
        assert!(report.findings.len() <= Limits::default().max_findings + 2);
    }
}
