//! A project as a chunk of its own in a PNG: ancillary, private, safe to copy. Programs that do not know it pass over it.

use super::{MOST_PROJECT_BYTES, damaged};
use crate::error::RenderError;

pub(super) use crate::png::chunk::SIGNATURE;
use crate::png::chunk::write;

const CHUNK: &[u8; 4] = b"bcPr";
const LAST: &[u8; 4] = b"IEND";

/// Puts the project right before the last chunk, in place of one that is there.
pub(super) fn embed(picture: &[u8], project: &[u8]) -> Result<Vec<u8>, RenderError> {
    let mut bytes = Vec::with_capacity(picture.len() + project.len() + 12);
    bytes.extend(SIGNATURE);
    let mut ended = false;
    for chunk in chunks(picture) {
        let chunk = chunk?;
        if &chunk.kind == LAST {
            write(&mut bytes, *CHUNK, &[project]);
            ended = true;
        }
        if &chunk.kind != CHUNK {
            write(&mut bytes, chunk.kind, &[chunk.data]);
        }
    }
    if ended {
        Ok(bytes)
    } else {
        Err(damaged("PNG", "it ends too early"))
    }
}

pub(super) fn embedded(picture: &[u8]) -> Result<Option<Vec<u8>>, RenderError> {
    for chunk in chunks(picture) {
        // A picture that is broken elsewhere is for whoever shows it to complain about.
        let Ok(chunk) = chunk else {
            return Ok(None);
        };
        if &chunk.kind == CHUNK {
            if chunk.data.len() > MOST_PROJECT_BYTES {
                return Err(damaged("PNG", "it is larger than a project may be"));
            }
            if checksum(chunk.kind, chunk.data) != chunk.checksum {
                return Err(damaged("PNG", "its checksum does not match"));
            }
            return Ok(Some(chunk.data.to_vec()));
        }
    }
    Ok(None)
}

struct Chunk<'a> {
    kind: [u8; 4],
    data: &'a [u8],
    checksum: u32,
}

/// The chunks of a PNG, up to the last one or to where it breaks off.
fn chunks(picture: &[u8]) -> impl Iterator<Item = Result<Chunk<'_>, RenderError>> {
    let mut rest = picture.get(SIGNATURE.len()..).unwrap_or_default();
    std::iter::from_fn(move || {
        if rest.is_empty() {
            return None;
        }
        let chunk = split(&mut rest);
        match &chunk {
            Some(chunk) if &chunk.kind != LAST => {}
            _ => rest = &[],
        }
        Some(chunk.ok_or_else(|| damaged("PNG", "it breaks off within a chunk")))
    })
}

fn split<'a>(rest: &mut &'a [u8]) -> Option<Chunk<'a>> {
    let (length, after) = rest.split_first_chunk::<4>()?;
    let (kind, after) = after.split_first_chunk::<4>()?;
    let length = usize::try_from(u32::from_be_bytes(*length)).ok()?;
    let (data, after) = after.split_at_checked(length)?;
    let (checksum, after) = after.split_first_chunk::<4>()?;
    *rest = after;
    Some(Chunk {
        kind: *kind,
        data,
        checksum: u32::from_be_bytes(*checksum),
    })
}

fn checksum(kind: [u8; 4], data: &[u8]) -> u32 {
    let mut sum = crc32fast::Hasher::new();
    sum.update(&kind);
    sum.update(data);
    sum.finalize()
}
