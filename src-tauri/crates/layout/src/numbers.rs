//! Numbers without a pattern, for a search that tries its luck. Refuses to surprise: the sequence is always the same.

/// Xorshift64 (G. Marsaglia, *Xorshift RNGs*, J. Statistical Software 8(14), 2003).
#[derive(Debug, Clone)]
pub(crate) struct Numbers(u64);

impl Default for Numbers {
    fn default() -> Self {
        Self(0x9E37_79B9_7F4A_7C15)
    }
}

impl Numbers {
    /// The next number, of which the upper bits are the better ones.
    pub(crate) fn draw(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0
    }

    /// The next number below `end`.
    pub(crate) fn below(&mut self, end: usize) -> usize {
        (self.draw() >> 11) as usize % end.max(1)
    }
}
