//! What SQLite's write-ahead log adds to a database, worked out in memory, so that a working copy
//! that a program left behind is looked at whole and stays as it is. Refuses to be used on files of
//! strangers: a log beside one of those means nothing.

use std::fs;
use std::path::{Path, PathBuf};

/// What the log begins with; the last bit says in which order its sums are made.
const MAGIC: u32 = 0x377f_0682;

/// The lengths of the log's head and of that of each page in it, in bytes.
const HEAD: usize = 32;
const FRAME_HEAD: usize = 24;

/// Whether this is the database of a working copy: it lies in a folder of its own, beside a lock.
pub(crate) fn is_working_copy(path: &Path) -> bool {
    path.ends_with("project.db") && path.with_file_name("lock").is_file()
}

/// The database with everything in it that the log beside it says was committed.
pub(crate) fn with_log(path: &Path, database: Vec<u8>) -> Vec<u8> {
    let mut name = path.as_os_str().to_owned();
    name.push("-wal");
    match fs::read(PathBuf::from(name)) {
        Ok(log) => carried_over(&database, &log).unwrap_or(database),
        Err(_) => database,
    }
}

/// Reads frames as far as their sums are right, and carries over those up to the last commit. `None`: the log adds
/// nothing. See <https://sqlite.org/fileformat2.html#walformat>.
fn carried_over(database: &[u8], log: &[u8]) -> Option<Vec<u8>> {
    let head = log.get(..HEAD)?;
    let magic = number(head, 0)?;
    let page = number(head, 8)? as usize;
    if magic & !1 != MAGIC || !(512..=65_536).contains(&page) {
        return None;
    }
    let big_endian = magic & 1 == 1;
    let mut sums = add(head.get(..24)?, (0, 0), big_endian);
    if sums != (number(head, 24)?, number(head, 28)?) {
        return None;
    }
    let mut copy = database.to_vec();
    let (mut carried, mut pending) = (false, Vec::new());
    for frame in log[HEAD..].chunks_exact(FRAME_HEAD + page) {
        let (frame_head, content) = frame.split_at(FRAME_HEAD);
        if frame_head.get(8..16) != head.get(16..24) {
            break;
        }
        sums = add(frame_head.get(..8)?, sums, big_endian);
        sums = add(content, sums, big_endian);
        if sums != (number(frame_head, 16)?, number(frame_head, 20)?) {
            break;
        }
        pending.push((number(frame_head, 0)? as usize, content));
        let pages = number(frame_head, 4)? as usize;
        if pages == 0 {
            continue;
        }
        // A commit: it says how long the database is now, and is not to cost memory when that cannot be.
        if pages > 2 * (copy.len() + log.len()) / page + 1_024 {
            break;
        }
        copy.resize(pages * page, 0);
        for (place, content) in pending.drain(..) {
            let from = place.checked_sub(1)?.checked_mul(page)?;
            copy.get_mut(from..from + page)?.copy_from_slice(content);
        }
        carried = true;
    }
    carried.then_some(copy)
}

/// The two running sums over some bytes, whose length is a multiple of eight.
fn add(bytes: &[u8], (mut one, mut other): (u32, u32), big_endian: bool) -> (u32, u32) {
    let word = |four: &[u8]| {
        let four = [four[0], four[1], four[2], four[3]];
        if big_endian {
            u32::from_be_bytes(four)
        } else {
            u32::from_le_bytes(four)
        }
    };
    for eight in bytes.chunks_exact(8) {
        one = one.wrapping_add(word(&eight[..4])).wrapping_add(other);
        other = other.wrapping_add(word(&eight[4..])).wrapping_add(one);
    }
    (one, other)
}

fn number(bytes: &[u8], at: usize) -> Option<u32> {
    let four = bytes.get(at..at + 4)?;
    Some(u32::from_be_bytes(four.try_into().ok()?))
}

#[cfg(test)]
mod tests {
    use rusqlite::Connection;

    use super::*;

    /// A database whose log was not carried over yet, as a program that was killed leaves it.
    fn left_behind(folder: &Path, rows: usize) -> (PathBuf, PathBuf) {
        let path = folder.join("project.db");
        let connection = Connection::open(&path).unwrap();
        let begin =
            "PRAGMA journal_mode = WAL; PRAGMA wal_autocheckpoint = 0; CREATE TABLE t (x TEXT)";
        connection.execute_batch(begin).unwrap();
        for row in 0..rows {
            let sql = "INSERT INTO t VALUES (?1 || hex(zeroblob(900)))";
            connection.execute(sql, (row,)).unwrap();
        }
        let (copy, log) = (folder.join("copy.db"), folder.join("copy.db-wal"));
        fs::copy(&path, &copy).unwrap();
        fs::copy(folder.join("project.db-wal"), &log).unwrap();
        (copy, log)
    }

    fn rows_in(folder: &Path, bytes: &[u8]) -> usize {
        let path = folder.join("read.db");
        fs::write(&path, bytes).unwrap();
        let connection = Connection::open(&path).unwrap();
        let count = connection.query_row("SELECT count(*) FROM t", (), |row| row.get(0));
        let whole = connection.query_row("PRAGMA integrity_check", (), |row| row.get(0));
        assert_eq!(whole, Ok("ok".to_owned()));
        count.unwrap()
    }

    #[test]
    fn everything_that_was_committed_is_carried_over() {
        let folder = tempfile::tempdir().unwrap();
        let (path, _) = left_behind(folder.path(), 40);
        let before = fs::read(&path).unwrap();
        let bytes = with_log(&path, before.clone());
        assert_eq!(rows_in(folder.path(), &bytes), 40);
        assert_eq!(fs::read(&path).unwrap(), before);
    }

    /// Wherever it breaks off, what comes before is a state that once was.
    #[test]
    fn a_log_that_breaks_off_or_is_damaged_gives_what_comes_before() {
        let folder = tempfile::tempdir().unwrap();
        let (path, log) = left_behind(folder.path(), 12);
        let (database, whole) = (fs::read(&path).unwrap(), fs::read(&log).unwrap());
        let mut counts = Vec::new();
        for at in (0..whole.len()).step_by(2_003) {
            fs::write(&log, &whole[..at]).unwrap();
            let short = with_log(&path, database.clone());
            let mut damaged = whole.clone();
            damaged[at] ^= 0x10;
            fs::write(&log, damaged).unwrap();
            let damaged = with_log(&path, database.clone());
            if short.len() > 4_096 {
                counts.push(rows_in(folder.path(), &short));
                let count = rows_in(folder.path(), &damaged);
                assert!(count.abs_diff(counts[counts.len() - 1]) <= 1);
            }
        }
        assert!(counts.is_sorted() && counts.first() < counts.last());
    }

    #[test]
    fn what_is_no_log_adds_nothing() {
        let folder = tempfile::tempdir().unwrap();
        let (path, log) = left_behind(folder.path(), 1);
        let before = fs::read(&path).unwrap();
        for bytes in [&b""[..], &[0; 5_000], b"SQLite format 3\0"] {
            fs::write(&log, bytes).unwrap();
            assert_eq!(with_log(&path, before.clone()), before);
        }
    }
}
