//! What may be compared with what.

use super::*;

fn q(text: &str) -> Quantity {
    Quantity::parse(text).unwrap_or_else(|e| panic!("{text}: {e:?}"))
}

#[test]
fn shares_meet_in_units_of_one() {
    let base = |t: &str| q(t).base_value().to_string();
    assert_eq!(base("98%"), "0.98");
    assert_eq!(base("980‰"), "0.98");
    assert_eq!(base("4pp"), base("4个百分点"));
}

#[test]
fn wan_and_yi_are_multiplied_out() {
    assert_eq!(q("1.2万人").to_string(), "12000人");
    assert_eq!(q("3亿元").to_string(), "300000000元");
    assert_eq!(q("20万元/年/人").to_string(), "200000元/年/人");
    assert_eq!(q("20万").to_string(), "200000");
}

#[test]
fn per_units_compare_in_any_order_and_scale() {
    assert!(q("20万元/年/人").unit.comparable(&q("1元/人·年").unit));
    assert_eq!(q("85/千人").base_value().to_string(), "0.085");
    assert_eq!(q("3.1间/百生").base_value().to_string(), "0.031");
    assert!(!q("1500元/生·年").unit.comparable(&q("1500元").unit));
    assert!(q("165所").unit.comparable(&q("165").unit));
    assert!(!q("165所").unit.comparable(&q("98%").unit));
    assert!(q("85分").unit.comparable(&q("85").unit));
    assert!(!q("85分").unit.comparable(&q("85个").unit));
}

#[test]
fn ratios_are_quotients() {
    assert_eq!(q("1:15").number.to_string(), "1/15");
    assert_eq!(q("13.5:1").number.to_string(), "13.5");
    assert!(q("1:16").number < q("1:15").number);
    assert_eq!(q("16.98:1").unit, q("1:15").unit);
}

#[test]
fn time_has_three_families() {
    assert_eq!(q("18个月").base_value().to_string(), "1.5");
    assert_eq!(q("90分钟").base_value().to_string(), "1.5");
    assert!(!q("360学时").unit.comparable(&q("360小时").unit));
    assert!(q("63周岁").unit.comparable(&q("63年").unit));
}

#[test]
fn nonsense_is_no_unit() {
    for text in [
        "300所by",
        "5xyz",
        "98%%",
        "1/2",
        "3abc/人",
        "7由用人单位负责",
    ] {
        assert!(Quantity::parse(text).is_err(), "{text}");
    }
}

#[test]
fn declared_units_stand_for_what_they_are() {
    let mut units = Units::default();
    let declared = |of: Option<Quantity>| Declared {
        of,
        span: crate::source::Span::new(crate::source::FileId(0), 0, 0),
    };
    units.declare("标准套", declared(Some(q("2所"))));
    units.declare("架次", declared(None));
    let resolved = |text: &str| units.resolve(q(text).unit);
    assert!(resolved("3标准套").comparable(&resolved("6所")));
    assert_eq!(resolved("3标准套").factor.to_string(), "2");
    // Doing it twice changes nothing.
    let once = resolved("1元/标准套·年");
    assert_eq!(units.resolve(once.clone()), once);
    assert!(once.comparable(&q("1元/年·所").unit));
    assert_eq!(once.factor.to_string(), "0.5");
    assert_eq!(resolved("3架次"), q("3架次").unit);
    // So many of something is no bare number, and nothing else that is counted.
    assert!(!resolved("3标准套").comparable(&q("3").unit));
    assert!(!resolved("3标准套").comparable(&q("3个").unit));
}
