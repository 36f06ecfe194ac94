//! A drive that takes a file and then cannot say that the folder is on it: the file is there, and that is what is told.
//! Runs as a process of its own, with a library in front of the C library that refuses to sync such folders.
#![cfg(target_os = "linux")]
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "helpers of tests may fail loudly, too"
)]

mod support;

use std::fs;
use std::process::Command;

use backcast_store::{Existing, Notice, Store, StoreError, backups, merge, read, rescue};
use support::{Desk, at, edit, name, name_of, published};

/// The file that makes its folder one that cannot be synced.
const ILL: &str = "ill";

/// Refuses to sync a folder in which such a file lies.
const LIBRARY: &str = r#"
#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>
int fsync(int descriptor) {
    struct stat facts;
    if (fstat(descriptor, &facts) == 0 && S_ISDIR(facts.st_mode) && faccessat(descriptor, "ill", F_OK, 0) == 0) {
        errno = EIO;
        return -1;
    }
    return (int)syscall(SYS_fsync, descriptor);
}
"#;

#[test]
fn a_file_whose_folder_cannot_be_synced_is_told_as_written() {
    let desk = Desk::new();
    let (source, library) = (desk.path("library.c"), desk.path("library.so"));
    fs::write(&source, LIBRARY).unwrap();
    let mut compiler = Command::new("cc");
    compiler.args(["-shared", "-fPIC", "-o"]).arg(&library);
    let compiled = compiler.arg(&source).status().unwrap();
    assert!(compiled.success(), "a C compiler is needed");
    let output = Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "part", "--ignored"])
        .env("LD_PRELOAD", &library)
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&output.stdout);
    assert!(
        output.status.success() && said.contains("1 passed"),
        "{said}"
    );
}

#[test]
#[ignore = "run by the other test as a process of its own"]
fn part() {
    let desk = Desk::new();
    let folder = desk.path("drive");
    fs::create_dir(&folder).unwrap();
    let path = folder.join("plan.backcast");
    let (mut store, _) = published(&desk);
    let store_id = store.project().id.clone();
    fs::write(folder.join(ILL), "").unwrap();
    let told = |store: &mut Store| match &store.take_notices()[..] {
        [Notice::NotSynced { .. }] => store.is_published(),
        other => panic!("{other:?}"),
    };
    store.publish_as(&path, Existing::Refuse, at(1)).unwrap();
    assert!(told(&mut store), "saved under another name");
    edit(&mut store, "Rename TV", 2, &name("tv", "Television"));
    store.publish(at(3)).unwrap();
    assert!(told(&mut store), "saved");
    assert_eq!(name_of(&read(&path).unwrap().map, "tv"), "Television");
    let copy = folder.join("copy.backcast");
    let copied = store.write_copy(&copy, Existing::Refuse);
    let Err(error @ StoreError::NotSynced { .. }) = copied else {
        panic!("{copied:?}")
    };
    assert!(
        error.to_string().contains("is written and whole"),
        "{error}"
    );
    assert_eq!(name_of(&read(&copy).unwrap().map, "tv"), "Television");
    let (united, saved) = (
        folder.join("united.backcast"),
        folder.join("saved.backcast"),
    );
    let merged = merge(&path, &copy, &united, Existing::Refuse, at(4)).unwrap();
    let rescued = rescue(&copy, &saved, Existing::Refuse, at(4)).unwrap();
    for (file, told) in [(&united, merged.unsynced), (&saved, rescued.unsynced)] {
        assert!(told.unwrap().contains("is written and whole"));
        assert_eq!(name_of(&read(file).unwrap().map, "tv"), "Television");
    }
    fs::remove_file(folder.join(ILL)).unwrap();
    edit(&mut store, "Rename TV", 4, &name("tv", "Telly"));
    store.publish(at(5)).unwrap();
    assert_eq!(store.take_notices(), []);
    let kept = || backups(&desk.computer("Ann"), &store_id).unwrap();
    let made = kept();
    fs::write(made[0].path.with_file_name(ILL), "").unwrap();
    edit(&mut store, "Rename TV", 4000, &name("tv", "Television"));
    store.publish(at(4001)).unwrap();
    assert_eq!(store.take_notices(), [], "the backup is there");
    assert_eq!(kept().len(), made.len() + 1);
    fs::write(folder.join(ILL), "").unwrap();
    fs::write(&path, "somebody's letter").unwrap();
    edit(&mut store, "Rename TV", 4002, &name("tv", "Telly"));
    let replaced = store.publish(at(4003));
    let Err(StoreError::Replaced { kept, .. }) = replaced else {
        panic!("{replaced:?}")
    };
    assert_eq!(kept.parent(), Some(folder.as_path()), "one copy, beside it");
    assert_eq!(name_of(&read(&kept).unwrap().map, "tv"), "Telly");
}
