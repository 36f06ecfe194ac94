//! What a program did to the files of one folder, call by call. The program is this one, run again
//! for its part with a library in front of the C library that notes each call (`record.c`).

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// One call that changed something.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Event {
    Created(PathBuf),
    Written {
        path: PathBuf,
        offset: usize,
        data: Vec<u8>,
    },
    Cut {
        path: PathBuf,
        length: usize,
    },
    Synced(PathBuf),
    Renamed {
        from: PathBuf,
        to: PathBuf,
    },
    Removed(PathBuf),
    FolderMade(PathBuf),
}

/// Runs this program's test `part` and gives what it did below `folder`.
pub(crate) fn record(folder: &Path, workshop: &Path) -> Vec<Event> {
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/power/record.c");
    let (library, file) = (workshop.join("record.so"), workshop.join("events"));
    let compiled = Command::new("cc")
        .args(["-shared", "-fPIC", "-O1", "-o"])
        .arg(&library)
        .arg(source)
        .arg("-ldl")
        .status();
    assert!(compiled.unwrap().success(), "a C compiler is needed");
    let output = Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "part", "--ignored"])
        .env("LD_PRELOAD", &library)
        .env("BACKCAST_RECORD", &file)
        .env("BACKCAST_RECORD_FOLDER", folder)
        .env("BACKCAST_PART", folder)
        .output()
        .unwrap();
    assert!(
        output.status.success(),
        "{}{}",
        String::from_utf8_lossy(&output.stdout),
        String::from_utf8_lossy(&output.stderr)
    );
    parse(&fs::read(file).unwrap())
}

fn parse(mut bytes: &[u8]) -> Vec<Event> {
    let mut events = Vec::new();
    while !bytes.is_empty() {
        let kind = take(&mut bytes, 1)[0];
        let mut number = |size: usize| {
            let mut whole = [0; 8];
            whole[..size].copy_from_slice(take(&mut bytes, size));
            usize::try_from(u64::from_le_bytes(whole)).unwrap()
        };
        let (first, second, offset, length) = (number(4), number(4), number(8), number(8));
        let mut path =
            |length| PathBuf::from(String::from_utf8(take(&mut bytes, length).to_vec()).unwrap());
        let (path, to) = (path(first), path(second));
        let data = take(&mut bytes, length).to_vec();
        events.push(match kind {
            b'c' => Event::Created(path),
            b'w' => Event::Written { path, offset, data },
            b't' => Event::Cut {
                path,
                length: offset,
            },
            b's' => Event::Synced(path),
            b'r' => Event::Renamed { from: path, to },
            b'u' | b'd' => Event::Removed(path),
            b'm' => Event::FolderMade(path),
            kind => panic!("event {kind}"),
        });
    }
    events
}

fn take<'a>(bytes: &mut &'a [u8], length: usize) -> &'a [u8] {
    let (head, rest) = bytes.split_at(length);
    *bytes = rest;
    head
}
