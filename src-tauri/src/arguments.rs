//! What the app was started with. Arguments are data from outside: at most one of them names a file, none is a command.

use std::ffi::OsStr;
use std::path::{Path, PathBuf};

/// Longer names are no paths on any system the app runs on.
const LONGEST_PATH: usize = 4096;

/// The file that the arguments name, the program's own name among them; a relative one lies in `folder`. Options, which
/// the app has none of, and what cannot be a path are passed over. Whether there is such a file shows when it is opened.
pub(crate) fn file_named<'a>(
    arguments: impl IntoIterator<Item = &'a OsStr>,
    folder: &Path,
) -> Option<PathBuf> {
    let can_be_a_path = |argument: &&OsStr| {
        let bytes = argument.as_encoded_bytes();
        !bytes.is_empty()
            && !bytes.starts_with(b"-")
            && bytes.len() <= LONGEST_PATH
            && !bytes.contains(&0)
    };
    let file = arguments.into_iter().skip(1).find(can_be_a_path)?;
    let file = folder.join(file);
    Some(file.canonicalize().unwrap_or(file))
}

#[cfg(test)]
mod tests {
    use std::os::unix::ffi::OsStrExt as _;

    use super::*;

    fn named(arguments: &[&[u8]]) -> Option<PathBuf> {
        let arguments = arguments.iter().map(|argument| OsStr::from_bytes(argument));
        file_named(
            [OsStr::new("backcast-app")].into_iter().chain(arguments),
            Path::new("/maps"),
        )
    }

    #[test]
    fn one_path_is_taken_and_everything_else_passed_over() {
        assert_eq!(named(&[]), None);
        assert_eq!(named(&[b""]), None);
        assert_eq!(named(&[b"--remote-debugging-port=1", b"-x"]), None);
        assert_eq!(named(&[&[b'x'; 100_000]]), None);
        assert_eq!(named(&[b"nul\0byte.backcast"]), None);
        let spring = Some(PathBuf::from("/maps/spring.backcast"));
        assert_eq!(named(&[b"spring.backcast", b"other.backcast"]), spring);
        assert_eq!(named(&[b"-flag", b"spring.backcast"]), spring);
        assert_eq!(
            named(&[b"/else/where.backcast"]),
            Some("/else/where.backcast".into())
        );
    }

    #[test]
    fn a_name_that_is_no_text_is_still_a_path() {
        let file = named(&[b"fr\xfchling.backcast"]);
        assert_eq!(
            file.map(|file| file.as_os_str().as_bytes().to_vec()),
            Some(b"/maps/fr\xfchling.backcast".to_vec())
        );
    }
}
