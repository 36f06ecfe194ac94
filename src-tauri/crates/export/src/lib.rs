//! What leaves the house: from a map, what the analysis says of it and where it stands, to the bytes of a named format.
//! Brings together `analysis`, `layout`, `exchange` and `render`, which do not know each other.
//!
//! Refuses to be: a format (those are `exchange`'s and `render`'s), or a writer of files (the callers are).
