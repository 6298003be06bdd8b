//! The national list of administrative divisions (GB/T 2260), for matching names.
//!
//! It is always known and never closes the world: a place that is not in it is simply a place.

use std::collections::HashMap;
use std::sync::OnceLock;

static DATA: &str = include_str!("../data/regions.tsv");

/// One division.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Division {
    /// The six-digit code.
    pub code: u32,
    /// The full name.
    pub name: &'static str,
    /// The name without its type word; equal to `name` where none is in use.
    pub short: &'static str,
    /// A name it had before, if it may still be met.
    pub former: &'static str,
}

impl Division {
    /// Whether the division lies in `ancestor` (or is it).
    pub fn within(&self, ancestor: u32) -> bool {
        is_within(self.code, ancestor)
    }

    /// The division above, as named in the list.
    pub fn parent(&self) -> Option<&'static Division> {
        parent_code(self.code).and_then(by_code)
    }

    /// The word for its type, as a declaration writes it: 省, 市, 区, 县, 县级市 …
    pub fn kind(&self) -> &'static str {
        let county = !self.code.is_multiple_of(100);
        let ends = |word: &str| self.name.ends_with(word);
        match self.code {
            code if code.is_multiple_of(10_000) => match () {
                () if ends("省") => "省",
                () if ends("自治区") => "自治区",
                () if ends("市") => "直辖市",
                () => "特别行政区",
            },
            _ if county && ends("市") => "县级市",
            _ if county && ends("区") => "区",
            _ if county && ends("旗") => "旗",
            _ if county => "县",
            _ if ends("市") => "市",
            _ if ends("州") => "州",
            _ if ends("盟") => "盟",
            _ => "地区",
        }
    }

    /// The divisions directly below it.
    pub fn parts(&self) -> impl Iterator<Item = &'static Division> + use<> {
        let code = self.code;
        let all = index().divisions.iter();
        all.filter(move |d| parent_code(d.code) == Some(code))
    }

    /// The name with the division above it: `五华区（昆明市）`.
    pub fn described(&self) -> String {
        match self.parent() {
            Some(parent) => format!("{}（{}，{}）", self.name, parent.name, self.code),
            None => format!("{}（{}）", self.name, self.code),
        }
    }
}

/// Whether `code` lies in `ancestor` (or is it), by the levels of the code.
pub fn is_within(code: u32, ancestor: u32) -> bool {
    if ancestor.is_multiple_of(1_000_000) || ancestor == 100_000 {
        return true;
    }
    let level = if ancestor.is_multiple_of(10_000) {
        10_000
    } else if ancestor.is_multiple_of(100) {
        100
    } else {
        1
    };
    code / level == ancestor / level
}

/// The code of the division directly above, by the levels of the code.
pub fn parent_code(code: u32) -> Option<u32> {
    let prefecture = code / 100 * 100;
    let province = code / 10_000 * 10_000;
    if code != prefecture && by_code(prefecture).is_some() {
        Some(prefecture)
    } else if code != province {
        Some(province)
    } else {
        None
    }
}

struct Index {
    divisions: Vec<Division>,
    by_code: HashMap<u32, usize>,
    by_name: HashMap<&'static str, Vec<usize>>,
    by_short: HashMap<&'static str, Vec<usize>>,
}

fn index() -> &'static Index {
    static INDEX: OnceLock<Index> = OnceLock::new();
    INDEX.get_or_init(|| {
        let mut index = Index {
            divisions: Vec::with_capacity(3300),
            by_code: HashMap::with_capacity(3300),
            by_name: HashMap::with_capacity(3300),
            by_short: HashMap::with_capacity(3300),
        };
        for line in DATA.lines().filter(|l| !l.starts_with('#')) {
            let mut columns = line.split('\t');
            let (Some(code), Some(name)) =
                (columns.next().and_then(|c| c.parse().ok()), columns.next())
            else {
                continue;
            };
            let short = columns.next().filter(|s| !s.is_empty()).unwrap_or(name);
            let former = columns.next().unwrap_or("");
            let at = index.divisions.len();
            index.divisions.push(Division {
                code,
                name,
                short,
                former,
            });
            index.by_code.insert(code, at);
            index.by_name.entry(name).or_default().push(at);
            for other in [short, former] {
                if other != name && !other.is_empty() {
                    index.by_short.entry(other).or_default().push(at);
                }
            }
        }
        index
    })
}

/// The division with this code.
pub fn by_code(code: u32) -> Option<&'static Division> {
    let index = index();
    index
        .by_code
        .get(&code)
        .and_then(|at| index.divisions.get(*at))
}

/// Whether a text is the code of a division.
pub fn is_code(text: &str) -> bool {
    text.len() == 6 && text.parse().is_ok_and(|code| by_code(code).is_some())
}

/// Every division that a name may mean: those with this full name, else those with this short or
/// former name, else the one with this code. The name is in normal form.
pub fn find(name: &str) -> Vec<&'static Division> {
    let index = index();
    let all = |at: &Vec<usize>| at.iter().filter_map(|i| index.divisions.get(*i)).collect();
    if let Some(found) = index.by_name.get(name).or_else(|| index.by_short.get(name)) {
        return all(found);
    }
    name.parse()
        .ok()
        .filter(|_| name.len() == 6)
        .and_then(by_code)
        .into_iter()
        .collect()
}

/// Every full and short name, for suggestions.
pub fn names() -> impl Iterator<Item = &'static str> {
    index().divisions.iter().flat_map(|d| [d.name, d.short])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn short_names_and_codes_find_divisions() {
        let codes = |name| find(name).iter().map(|d| d.code).collect::<Vec<_>>();
        assert_eq!(codes("昆明"), [530_100]);
        assert_eq!(codes("昆明市"), [530_100]);
        assert_eq!(codes("530102"), [530_102]);
        assert_eq!(codes("五华区"), [530_102]);
        assert_eq!(codes("五华"), [441_424, 530_102]);
        assert_eq!(codes("石林"), [530_126]);
        assert_eq!(codes("呈贡县"), [530_114]);
        assert!(codes("某区").is_empty());
    }

    #[test]
    fn codes_nest() {
        assert!(is_within(530_102, 530_100) && is_within(530_102, 530_000));
        assert!(!is_within(441_424, 530_100));
        assert_eq!(by_code(530_102).unwrap().parent().unwrap().name, "昆明市");
    }
}
