//! What is no map, in every way a file can be none: told with place, reason and what to do next, by the command line
//! and in the window; the file stays as it is.

#![allow(clippy::unwrap_used, reason = "a test says no by failing loudly")]

use std::fs::{self, File, Permissions};
use std::os::unix::fs::{PermissionsExt as _, symlink};
use std::path::{Path, PathBuf};
use std::process::Command;

use backcast_tests::{App, Desk, Failure, app_program, command_line, sample};
use serde_json::json;

/// A file that cannot be opened, and a word of what is said about it.
struct Bad {
    path: PathBuf,
    told: &'static str,
    /// Its bytes; `None` where there are none worth comparing.
    content: Option<Vec<u8>>,
}

/// Every kind of bad file, in a folder.
fn bad_files(folder: &Path) -> Vec<Bad> {
    let doubled = json!({"format": "backcast-map", "version": 1, "title": "T", "touchpoints": [
        {"id": "a", "name": "A", "kind": "driver"}, {"id": "a", "name": "B", "kind": "driver"}]});
    let newer = json!({"format": "backcast-map", "version": 9, "title": "T"});
    let damaged = [b"SQLite format 3\0".as_slice(), &[7; 5000]].concat();
    let contents: [(&str, Vec<u8>, &str); 8] = [
        ("diary.backcast", b"Dear diary".to_vec(), "diary.backcast"),
        ("empty.backcast", Vec::new(), "empty"),
        ("empty.json", Vec::new(), "empty"),
        ("other.json", b"{}".to_vec(), "format"),
        ("nan.json", b"{\n\"budget\": NaN}".to_vec(), "line 2"),
        (
            "double.json",
            doubled.to_string().into_bytes(),
            "/touchpoints/1/id",
        ),
        ("newer.json", newer.to_string().into_bytes(), "version 9"),
        ("damaged.backcast", damaged, "damaged.backcast"),
    ];
    let mut files: Vec<Bad> = contents
        .into_iter()
        .map(|(name, content, told)| {
            let path = folder.join(name);
            fs::write(&path, &content).unwrap();
            Bad {
                path,
                told,
                content: Some(content),
            }
        })
        .collect();
    let mut without_content = |name: &str, told: &'static str| {
        let path = folder.join(name);
        files.push(Bad {
            path: path.clone(),
            told,
            content: None,
        });
        path
    };
    fs::create_dir(without_content("folder", "is a folder")).unwrap();
    for (name, told) in [("huge.json", "MB"), ("huge.backcast", "huge.backcast")] {
        File::create(without_content(name, told))
            .unwrap()
            .set_len(2 << 30)
            .unwrap();
    }
    for (name, told) in [
        ("dangling.backcast", "dangling.backcast"),
        ("dangling.json", "is a link to"),
    ] {
        symlink(folder.join("nowhere"), without_content(name, told)).unwrap();
    }
    without_content("missing.backcast", "missing.backcast");
    without_content("missing.backcast.json", "no file");
    files
}

fn is_as_it_was(bad: &Bad) {
    if let Some(content) = &bad.content {
        assert_eq!(
            &fs::read(&bad.path).unwrap(),
            content,
            "{}",
            bad.path.display()
        );
    } else if bad
        .path
        .file_name()
        .unwrap()
        .to_string_lossy()
        .starts_with("missing")
    {
        assert!(!bad.path.exists());
    }
}

#[test]
fn every_command_refuses_it_and_changes_nothing() {
    let desk = Desk::new();
    let edits =
        desk.edits(&json!([{"op": "set", "entity": "map", "field": "title", "value": "x"}]));
    let folder = PathBuf::from(desk.path("bad"));
    fs::create_dir(&folder).unwrap();
    for bad in bad_files(&folder) {
        let path = bad.path.to_str().unwrap();
        let imported = desk.path("imported.backcast");
        for command in [
            &["check", path][..],
            &["export", path, "--format", "json"],
            &["apply", path, &edits],
            &["import", path, "-o", &imported],
        ] {
            let told = desk.refused(command);
            assert!(
                told.contains(bad.told) && !told.contains("panicked"),
                "{command:?}: {told}"
            );
            assert!(
                told.lines().count() >= 2,
                "{command:?} says what to do next: {told}"
            );
            is_as_it_was(&bad);
            assert!(!Path::new(&imported).exists());
        }
    }
}

#[test]
fn edits_that_are_none_are_refused_with_their_place() {
    let desk = Desk::new();
    let map = desk.path("map.backcast.json");
    desk.done(&["new", &map, "--framework", "aida"]);
    let before = fs::read(&map).unwrap();
    let folder = desk.path("folder");
    fs::create_dir(&folder).unwrap();
    let cases = [
        ("not json", "line 1"),
        ("{}", "list"),
        ("", "empty"),
        (r#"[{"op": "paint", "entity": "map"}]"#, "paint"),
        (
            r#"[{"op": "insert", "entity": "ghost", "value": {}}]"#,
            "ghost",
        ),
        (
            r#"[{"op": "insert", "entity": "touchpoint", "value": 3}]"#,
            "edit 1",
        ),
        (
            r#"[{"op": "set", "entity": "touchpoint", "id": "x", "field": "name", "value": "a", "value": "b"}]"#,
            "twice",
        ),
        (
            r#"[{"op": "insert", "entity": "touchpoint", "value": {"name": "A", "name": "B", "kind": "driver"}}]"#,
            "twice",
        ),
    ];
    for (content, reason) in cases {
        let edits = desk.path("bad-edits.json");
        fs::write(&edits, content).unwrap();
        let told = desk.refused(&["apply", &map, &edits]);
        assert!(told.contains(reason), "{content}: {told}");
    }
    assert!(
        desk.refused(&["apply", &map, &desk.path("nowhere")])
            .contains("no file")
    );
    assert!(
        desk.refused(&["apply", &map, &folder])
            .contains("is a folder")
    );
    assert_eq!(fs::read(&map).unwrap(), before);
}

/// A command of somebody who owns nothing here: what root may do anyway is no test of permissions.
fn as_nobody(folder: &Path) -> Command {
    let program = folder.join("backcast");
    fs::copy(app_program().with_file_name("backcast"), &program).unwrap();
    fs::set_permissions(&program, Permissions::from_mode(0o755)).unwrap();
    let mode = fs::metadata(folder).unwrap().permissions().mode();
    fs::set_permissions(folder, Permissions::from_mode(mode | 0o055)).unwrap();
    let is_root = Command::new("id").arg("-u").output().unwrap().stdout == b"0\n";
    let mut command = if is_root {
        let mut command = Command::new("setpriv");
        command
            .args(["--reuid=65534", "--regid=65534", "--clear-groups"])
            .arg(program);
        command
    } else {
        Command::new(program)
    };
    command
        .env("BACKCAST_DATA_DIR", folder.join("of-nobody"))
        .env("BACKCAST_AUTHOR", "Nobody");
    command
}

#[test]
fn what_may_not_be_read_or_written_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("of-nobody");
    fs::create_dir(&data).unwrap();
    fs::set_permissions(&data, Permissions::from_mode(0o777)).unwrap();
    let closed = folder.path().join("closed.backcast.json");
    fs::copy(sample("agency-schematic"), &closed).unwrap();
    fs::set_permissions(&closed, Permissions::from_mode(0o000)).unwrap();
    let open = folder.path().join("open.backcast.json");
    fs::copy(sample("agency-schematic"), &open).unwrap();
    fs::set_permissions(&open, Permissions::from_mode(0o444)).unwrap();
    let edits = folder.path().join("edits.json");
    fs::write(
        &edits,
        r#"[{"op": "set", "entity": "map", "field": "title", "value": "x"}]"#,
    )
    .unwrap();
    fs::set_permissions(&edits, Permissions::from_mode(0o644)).unwrap();
    let before = fs::read(&open).unwrap();
    let new = folder.path().join("new.backcast");
    for (arguments, reason) in [
        (
            vec!["check".as_ref(), closed.as_os_str()],
            "may not be read",
        ),
        (
            vec!["apply".as_ref(), open.as_os_str(), edits.as_os_str()],
            "could not be written",
        ),
        (vec!["new".as_ref(), new.as_os_str()], "be written"),
    ] {
        let ended = as_nobody(folder.path()).args(&arguments).output().unwrap();
        let told = String::from_utf8_lossy(&ended.stderr);
        assert_eq!(ended.status.code(), Some(2), "{arguments:?}: {told}");
        assert!(told.contains(reason), "{arguments:?}: {told}");
    }
    assert_eq!(fs::read(&open).unwrap(), before);
    assert!(!new.exists());
}

#[test]
fn a_change_that_cannot_be_published_is_told_as_kept() {
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name);
    let open_to_all =
        |path: &Path, mode| fs::set_permissions(path, Permissions::from_mode(mode)).unwrap();
    fs::create_dir(path("of-nobody")).unwrap();
    open_to_all(&path("of-nobody"), 0o777);
    let made = command_line(&path("data"))
        .arg("new")
        .arg(path("map.backcast"))
        .output()
        .unwrap();
    assert!(made.status.success());
    open_to_all(&path("map.backcast"), 0o444);
    let before = fs::read(path("map.backcast")).unwrap();
    let set = |field: &str| {
        let edits = json!([{"op": "set", "entity": "map", "field": field, "value": "Kept"}]);
        fs::write(path("edits.json"), edits.to_string()).unwrap();
        open_to_all(&path("edits.json"), 0o644);
        let mut command = as_nobody(folder.path());
        command
            .arg("apply")
            .arg(path("map.backcast"))
            .arg(path("edits.json"))
            .output()
            .unwrap()
    };
    let ended = set("theme");
    let told = String::from_utf8_lossy(&ended.stderr);
    assert_eq!(ended.status.code(), Some(2), "{told}");
    assert!(
        told.contains("kept on this computer") && told.contains("do not repeat"),
        "{told}"
    );
    assert_eq!(fs::read(path("map.backcast")).unwrap(), before);

    open_to_all(&path("map.backcast"), 0o666);
    open_to_all(folder.path(), 0o777);
    let ended = set("objective");
    assert!(
        ended.status.success(),
        "{}",
        String::from_utf8_lossy(&ended.stderr)
    );
    let export = command_line(&path("data"))
        .arg("export")
        .arg(path("map.backcast"))
        .args(["--format", "json"])
        .output()
        .unwrap();
    assert_eq!(
        String::from_utf8_lossy(&export.stdout)
            .matches("\"Kept\"")
            .count(),
        2
    );
}

#[tokio::test]
async fn the_window_tells_what_is_wrong_and_offers_to_go_on() -> Result<(), Failure> {
    let folder = tempfile::tempdir()?;
    for bad in bad_files(folder.path()) {
        let app = App::start(&folder.path().join("data"), &[&bad.path]).await?;
        let words = format!("return document.body.innerText.includes({:?})", bad.told);
        app.until(&words)
            .await
            .map_err(|failure| format!("{}: {failure}", bad.path.display()))?;
        app.until("return document.body.innerText.includes('New map')")
            .await?;
        app.close().await?;
        is_as_it_was(&bad);
    }
    Ok(())
}
