//! Values, what they may still be, and what that says of a comparison.

use std::cmp::Ordering;

use crate::oracle::{Op, Q};

/// The truth, as far as it is known.
pub(super) type Truth = Option<bool>;

/// A value.
#[derive(Debug, Clone, PartialEq, Eq)]
#[allow(missing_docs, reason = "named by their words")]
pub(super) enum Val {
    Num(Q),
    /// The square root of a number that is not negative.
    Root(Q),
    /// A position in the scale: earlier is better.
    Grade(usize),
    Flag(bool),
    Word(String),
}

/// What a value may be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Poss {
    /// Anything.
    Any,
    /// One of these.
    Of(Vec<Val>),
    /// A number not above this one.
    AtMost(Q),
    /// A number not below this one.
    AtLeast(Q),
}

impl Poss {
    /// A number that is known.
    pub(super) fn number(q: Q) -> Poss {
        Poss::Of(vec![Val::Num(q)])
    }

    /// The value, where there is just one.
    pub(super) fn only(&self) -> Option<&Val> {
        match self {
            Poss::Of(all) => {
                let first = all.first()?;
                all.iter().all(|v| v == first).then_some(first)
            }
            _ => None,
        }
    }

    /// The number, where there is just one.
    pub(super) fn only_number(&self) -> Option<Q> {
        match self.only()? {
            Val::Num(q) => Some(q.clone()),
            _ => None,
        }
    }

    /// Every number it may be, if they can be counted.
    fn numbers(&self) -> Option<Vec<Q>> {
        let Poss::Of(all) = self else { return None };
        let number = |v: &Val| match v {
            Val::Num(q) => Some(q.clone()),
            _ => None,
        };
        all.iter().map(number).collect()
    }

    /// Lowest and highest number, where there are such.
    fn ends(&self) -> (Option<Q>, Option<Q>) {
        match self {
            Poss::Any => (None, None),
            Poss::AtMost(q) => (None, Some(q.clone())),
            Poss::AtLeast(q) => (Some(q.clone()), None),
            Poss::Of(_) => match self.numbers() {
                Some(all) => (all.iter().min().cloned(), all.iter().max().cloned()),
                None => (None, None),
            },
        }
    }

    /// Every pair of readings through `with`; `None` from it is "undecided" (a division by zero).
    pub(super) fn combine(&self, other: &Poss, with: impl Fn(&Q, &Q) -> Option<Q>) -> Poss {
        let (Some(left), Some(right)) = (self.numbers(), other.numbers()) else {
            return Poss::Any;
        };
        let mut all = Vec::new();
        for a in &left {
            for b in &right {
                match with(a, b) {
                    Some(q) => all.push(Val::Num(q)),
                    None => return Poss::Any,
                }
            }
        }
        Poss::Of(all)
    }

    /// a + b; the one-sided stay one-sided.
    pub(super) fn plus(&self, other: &Poss) -> Poss {
        if let (Poss::Of(_), Poss::Of(_)) = (self, other) {
            return self.combine(other, |a, b| Some(a + b));
        }
        let ((low, high), (other_low, other_high)) = (self.ends(), other.ends());
        match (low.zip(other_low), high.zip(other_high)) {
            (Some((a, b)), _) => Poss::AtLeast(a + b),
            (_, Some((a, b))) => Poss::AtMost(a + b),
            _ => Poss::Any,
        }
    }

    /// k·a
    pub(super) fn times(&self, k: &Q) -> Poss {
        let zero = whole(0);
        match self {
            Poss::Of(_) => self.combine(&Poss::number(k.clone()), |a, b| Some(a * b)),
            _ if *k == zero => Poss::Any,
            Poss::AtMost(q) if *k > zero => Poss::AtMost(q * k),
            Poss::AtLeast(q) if *k > zero => Poss::AtLeast(q * k),
            Poss::AtMost(q) => Poss::AtLeast(q * k),
            Poss::AtLeast(q) => Poss::AtMost(q * k),
            Poss::Any => Poss::Any,
        }
    }

    /// a − b
    pub(super) fn minus(&self, other: &Poss) -> Poss {
        self.plus(&other.times(&whole(-1)))
    }
}

/// A small whole number.
pub(super) fn whole(n: i64) -> Q {
    Q::from_integer(n.into())
}

/// Kleene's strong conjunction.
pub(super) fn and(a: Truth, b: Truth) -> Truth {
    match (a, b) {
        (Some(false), _) | (_, Some(false)) => Some(false),
        (Some(true), Some(true)) => Some(true),
        _ => None,
    }
}

/// Kleene's strong disjunction.
pub(super) fn or(a: Truth, b: Truth) -> Truth {
    not(and(not(a), not(b)))
}

/// Negation.
pub(super) fn not(a: Truth) -> Truth {
    a.map(|a| !a)
}

/// How two values stand to each other; the better grade is the greater one. Words are equal or not.
fn order(a: &Val, b: &Val) -> Option<Ordering> {
    let zero = whole(0);
    match (a, b) {
        (Val::Num(a), Val::Num(b)) => Some(a.cmp(b)),
        (Val::Root(a), Val::Root(b)) => Some(a.cmp(b)),
        (Val::Root(_), Val::Num(b)) if *b < zero => Some(Ordering::Greater),
        (Val::Root(a), Val::Num(b)) => Some(a.cmp(&(b * b))),
        (Val::Num(_), Val::Root(_)) => order(b, a).map(Ordering::reverse),
        (Val::Grade(a), Val::Grade(b)) => Some(b.cmp(a)),
        (Val::Flag(a), Val::Flag(b)) => Some(a.cmp(b)),
        (Val::Word(a), Val::Word(b)) => Some(a.cmp(b)),
        _ => None,
    }
}

fn satisfies(order: Ordering, op: Op) -> bool {
    match op {
        Op::Ge => order.is_ge(),
        Op::Gt => order.is_gt(),
        Op::Le => order.is_le(),
        Op::Lt => order.is_lt(),
        Op::Eq => order.is_eq(),
    }
}

/// "A test is decided when every possible value agrees."
pub(super) fn compare(a: &Poss, op: Op, b: &Poss) -> Truth {
    if let (Poss::Of(left), Poss::Of(right)) = (a, b) {
        let mut found = Vec::new();
        for a in left {
            for b in right {
                found.push(satisfies(order(a, b)?, op));
            }
        }
        let first = *found.first()?;
        return found.iter().all(|f| *f == first).then_some(first);
    }
    let ((low, high), (other_low, other_high)) = (a.ends(), b.ends());
    // Whether a is surely at least, above, at most, below b.
    let sure = |x: &Option<Q>, y: &Option<Q>, strict: bool| match (x, y) {
        (Some(x), Some(y)) => x > y || (x == y && !strict),
        _ => false,
    };
    let at_least = sure(&low, &other_high, false);
    let above = sure(&low, &other_high, true);
    let at_most = sure(&other_low, &high, false);
    let below = sure(&other_low, &high, true);
    match op {
        Op::Ge if at_least => Some(true),
        Op::Ge if below => Some(false),
        Op::Gt if above => Some(true),
        Op::Gt if at_most => Some(false),
        Op::Le if at_most => Some(true),
        Op::Le if above => Some(false),
        Op::Lt if below => Some(true),
        Op::Lt if at_least => Some(false),
        Op::Eq if above || below => Some(false),
        _ => None,
    }
}
