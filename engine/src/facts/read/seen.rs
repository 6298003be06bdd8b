//! A small memory of texts and what they were read as.

/// Fewest and most slots, powers of two; the table doubles while texts push each other out.
const SLOTS: (usize, usize) = (128, 1 << 16);

/// What recently seen texts were read as. Bounded, whatever the file holds: two texts that share a
/// slot push each other out and are read again.
#[derive(Debug, Default)]
pub(super) struct Seen<V> {
    slots: Vec<(String, V)>,
    misses: usize,
}

impl<V: Default> Seen<V> {
    /// The value of a text; `V::default()` must be the value of the empty text.
    pub(super) fn get(&mut self, text: &str, make: impl FnOnce(&str) -> V) -> &V {
        let crowded = self.misses >= 2 * self.slots.len() && self.slots.len() < SLOTS.1;
        if crowded {
            let len = (2 * self.slots.len()).max(SLOTS.0);
            self.slots.clear();
            self.slots.resize_with(len, Default::default);
            self.misses = 0;
        }
        let at = spread(text) & (self.slots.len() - 1);
        let (seen, value) = &mut self.slots[at];
        if seen != text {
            self.misses += 1;
            *value = make(text);
            seen.clear();
            seen.push_str(text);
        }
        value
    }
}

/// Spreads texts over slots. Collisions cost time, never correctness.
fn spread(text: &str) -> usize {
    let mut hash = text.len() as u64;
    let mut mix =
        |word: u64| hash = (hash.rotate_left(5) ^ word).wrapping_mul(0x517C_C1B7_2722_0A95);
    let mut words = text.as_bytes().chunks_exact(8);
    for word in &mut words {
        mix(word.iter().fold(0, |w, b| w << 8 | u64::from(*b)));
    }
    mix(words
        .remainder()
        .iter()
        .fold(0, |w, b| w << 8 | u64::from(*b)));
    (hash >> 40) as usize
}
