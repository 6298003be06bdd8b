//! Small numbers that a random case is made from. Zero is always the plainest choice, and what has
//! run out is zero, so that shrinking leads to plain cases.

/// A row of small numbers.
#[derive(Debug, Clone)]
pub(super) struct Dice<'d> {
    rest: &'d [u16],
}

impl<'d> Dice<'d> {
    pub(super) fn new(numbers: &'d [u16]) -> Dice<'d> {
        Dice { rest: numbers }
    }

    /// Below `n`.
    pub(super) fn roll(&mut self, n: usize) -> usize {
        let Some((first, rest)) = self.rest.split_first() else {
            return 0;
        };
        self.rest = rest;
        usize::from(*first) % n
    }

    /// Once in `n` times.
    pub(super) fn rarely(&mut self, n: usize) -> bool {
        self.roll(n) == n - 1
    }

    /// One of these.
    pub(super) fn pick<T: Clone>(&mut self, from: &[T]) -> T {
        from[self.roll(from.len())].clone()
    }
}
