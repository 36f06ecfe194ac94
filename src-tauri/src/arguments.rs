//! What the app was started with. Arguments are data from outside: they name files, none is a command.

use std::ffi::OsStr;
use std::path::{Path, PathBuf};

/// Longer names are no paths on any system the app runs on.
const LONGEST_PATH: usize = 4096;

/// The files that the arguments name, the program's own name among them, each once; a relative one lies in `folder`.
/// Options, which the app has none of, and what cannot be a path are passed over. Whether there is such a file shows
/// when it is opened.
pub(crate) fn files_named<'a>(
    arguments: impl IntoIterator<Item = &'a OsStr>,
    folder: &Path,
) -> Vec<PathBuf> {
    let can_be_a_path = |argument: &&OsStr| {
        let bytes = argument.as_encoded_bytes();
        !bytes.is_empty()
            && !bytes.starts_with(b"-")
            && bytes.len() <= LONGEST_PATH
            && !bytes.contains(&0)
    };
    let mut files: Vec<PathBuf> = Vec::new();
    for argument in arguments.into_iter().skip(1).filter(can_be_a_path) {
        let file = folder.join(argument);
        let file = file.canonicalize().unwrap_or(file);
        if !files.contains(&file) {
            files.push(file);
        }
    }
    files
}

#[cfg(test)]
mod tests {
    use std::os::unix::ffi::OsStrExt as _;

    use super::*;

    fn named(arguments: &[&[u8]]) -> Vec<PathBuf> {
        let arguments = arguments.iter().map(|argument| OsStr::from_bytes(argument));
        files_named(
            [OsStr::new("backcast-app")].into_iter().chain(arguments),
            Path::new("/maps"),
        )
    }

    #[test]
    fn paths_are_taken_once_each_and_everything_else_passed_over() {
        let none: [&str; 0] = [];
        let cases: [(&[&[u8]], &[&str]); 8] = [
            (&[], &none),
            (&[b""], &none),
            (&[b"--remote-debugging-port=1", b"-x"], &none),
            (&[&[b'x'; 100_000]], &none),
            (&[b"nul\0byte.backcast"], &none),
            (
                &[b"spring.backcast", b"other.backcast", b"spring.backcast"],
                &["/maps/spring.backcast", "/maps/other.backcast"],
            ),
            (&[b"-flag", b"spring.backcast"], &["/maps/spring.backcast"]),
            (&[b"/else/where.backcast"], &["/else/where.backcast"]),
        ];
        for (arguments, files) in cases {
            let files: Vec<PathBuf> = files.iter().map(PathBuf::from).collect();
            assert_eq!(named(arguments), files);
        }
    }
}
