//! How a published file is known again: by its content, and quickly by its size and times.

use std::fs::Metadata;
use std::time::UNIX_EPOCH;

use sha2::{Digest, Sha256};

/// A file's content as SHA-256, and what the file system says of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Fingerprint {
    digest: [u8; 32],
    look: Look,
}

/// What the file system says of a file without opening it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Look {
    size: u64,
    modified: u128,
    inode: u64,
}

impl Look {
    pub(crate) fn at(metadata: &Metadata) -> Self {
        let modified = metadata
            .modified()
            .ok()
            .and_then(|time| time.duration_since(UNIX_EPOCH).ok());
        #[cfg(unix)]
        let inode = std::os::unix::fs::MetadataExt::ino(metadata);
        #[cfg(not(unix))]
        let inode = 0;
        Self {
            size: metadata.len(),
            modified: modified.map_or(0, |time| time.as_nanos()),
            inode,
        }
    }
}

impl Fingerprint {
    /// The fingerprint of a file with this content.
    pub(crate) fn of(bytes: &[u8], metadata: &Metadata) -> Self {
        Self {
            digest: Sha256::digest(bytes).into(),
            look: Look::at(metadata),
        }
    }

    /// Whether the content is the same.
    pub(crate) fn same_content(&self, other: &Self) -> bool {
        self.digest == other.digest
    }

    /// Whether the file looks as it did; only if not must its content be read.
    pub(crate) fn looks_like(&self, metadata: &Metadata) -> bool {
        self.look == Look::at(metadata)
    }

    /// The fingerprint as text.
    pub(crate) fn to_text(&self) -> String {
        let Look {
            size,
            modified,
            inode,
        } = &self.look;
        format!("{} {size} {modified} {inode}", hex(&self.digest))
    }

    /// The fingerprint that [`Self::to_text`] wrote.
    pub(crate) fn from_text(text: &str) -> Option<Self> {
        let mut parts = text.split(' ');
        let digest = parts.next()?;
        let mut bytes = [0; 32];
        for (at, byte) in bytes.iter_mut().enumerate() {
            *byte = u8::from_str_radix(digest.get(2 * at..2 * at + 2)?, 16).ok()?;
        }
        let look = Look {
            size: parts.next()?.parse().ok()?,
            modified: parts.next()?.parse().ok()?,
            inode: parts.next()?.parse().ok()?,
        };
        Some(Self {
            digest: bytes,
            look,
        })
    }
}

/// Bytes as hexadecimal digits.
pub(crate) fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
