//! Kleene's strong three-valued logic.

/// True, false, or not known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Truth {
    /// Holds.
    True,
    /// Fails.
    False,
    /// Cannot be said from what is known.
    Unknown,
}

impl Truth {
    /// False if either is false, true if both are true.
    #[must_use]
    pub fn and(self, other: Truth) -> Truth {
        match (self, other) {
            (Truth::False, _) | (_, Truth::False) => Truth::False,
            (Truth::True, Truth::True) => Truth::True,
            _ => Truth::Unknown,
        }
    }

    /// True if either is true, false if both are false.
    #[must_use]
    pub fn or(self, other: Truth) -> Truth {
        self.not().and(other.not()).not()
    }

    /// The opposite; unknown stays unknown.
    #[must_use]
    #[allow(
        clippy::should_implement_trait,
        reason = "named as in logic, not as bit operation"
    )]
    pub fn not(self) -> Truth {
        match self {
            Truth::True => Truth::False,
            Truth::False => Truth::True,
            Truth::Unknown => Truth::Unknown,
        }
    }
}

impl From<bool> for Truth {
    fn from(value: bool) -> Truth {
        if value { Truth::True } else { Truth::False }
    }
}

impl FromIterator<Truth> for Truth {
    /// All must hold.
    fn from_iter<I: IntoIterator<Item = Truth>>(items: I) -> Truth {
        items.into_iter().fold(Truth::True, Truth::and)
    }
}

#[cfg(test)]
mod tests {
    use super::Truth::{self, False, True, Unknown};

    const ALL: [Truth; 3] = [True, False, Unknown];

    #[test]
    fn the_laws_of_strong_kleene_logic() {
        for a in ALL {
            assert_eq!(a.not().not(), a);
            assert_eq!(a.and(a), a);
            assert_eq!(a.and(True), a);
            assert_eq!(a.or(False), a);
            assert_eq!(a.and(False), False);
            assert_eq!(a.or(True), True);
            for b in ALL {
                assert_eq!(a.and(b), b.and(a));
                assert_eq!(a.or(b), b.or(a));
                assert_eq!(a.and(b).not(), a.not().or(b.not()));
                assert_eq!(a.and(a.or(b)), a);
                for c in ALL {
                    assert_eq!(a.and(b).and(c), a.and(b.and(c)));
                    assert_eq!(a.and(b.or(c)), a.and(b).or(a.and(c)));
                }
            }
        }
        assert_eq!(
            Unknown.or(Unknown.not()),
            Unknown,
            "no law of the excluded middle"
        );
    }
}
