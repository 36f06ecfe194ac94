//! The chunks that PNG files are made of: a length, a kind, data, a checksum.

/// What every PNG begins with.
pub(crate) const SIGNATURE: [u8; 8] = *b"\x89PNG\r\n\x1a\n";

/// Appends a chunk whose data comes in pieces, of less than 4 GB together.
pub(crate) fn write(bytes: &mut Vec<u8>, kind: [u8; 4], data: &[&[u8]]) {
    let length: usize = data.iter().map(|piece| piece.len()).sum();
    bytes.extend(u32::try_from(length).unwrap_or(u32::MAX).to_be_bytes());
    let start = bytes.len();
    bytes.extend(kind);
    for piece in data {
        bytes.extend_from_slice(piece);
    }
    let sum = crc32fast::hash(&bytes[start..]);
    bytes.extend(sum.to_be_bytes());
}
