//! In debug builds, after every command: the log played from its start gives what is in the tables,
//! and the tables hold what is shown. Refuses to mend anything; it ends the program.

use std::sync::OnceLock;

use super::{Store, unite};
use crate::contents::Contents;
use crate::merge::materialise;

/// How long a log may be, in bytes of what its changes did, to be played after every command:
/// edits shall not be felt to take longer.
const LONGEST: usize = 20_000;

/// Whether longer logs are played too: `BACKCAST_REPLAY=all`.
fn long_ones_too() -> bool {
    static LONG: OnceLock<bool> = OnceLock::new();
    *LONG.get_or_init(|| std::env::var_os("BACKCAST_REPLAY").is_some_and(|value| value == "all"))
}

/// Whether a log is played now. The longer it is, the rarer, so that every command costs the same on
/// average; what a command spoils is found by a later one too.
fn is_due((changes, length): (usize, usize)) -> bool {
    length <= LONGEST || (long_ones_too() && changes.is_multiple_of(length.div_ceil(LONGEST)))
}

impl Store {
    /// Asserts it. A project that may only be looked at shows what its file holds, whatever that is.
    pub(super) fn check_replay(&self) {
        if self.is_read_only() || !self.log_size().is_ok_and(is_due) {
            return;
        }
        let Ok(changes) = self.changes() else { return };
        let played = materialise(&changes, None, &|stamp| {
            unite::author_of(&self.heads, stamp)
        });
        let matches = played.as_ref().is_ok_and(|state| {
            state.map == self.project.map
                && state.conflicts == self.conflicts
                && state.revived.is_empty()
        });
        debug_assert!(matches, "the log does not lead to the tables: {played:?}");
        let stored = Contents::read(&self.copy.connection);
        let stored = stored.is_ok_and(|reading| {
            reading.altered.is_none()
                && reading.contents.project == self.project
                && reading.contents.versions.len() == self.versions.len()
                && reading.contents.seal() == self.seal
        });
        debug_assert!(stored, "the tables do not hold what is shown");
    }

    /// How many changes the log holds, and how many bytes what they did takes.
    fn log_size(&self) -> rusqlite::Result<(usize, usize)> {
        let sql = r#"SELECT count(*), coalesce(sum(length("ops")), 0) FROM "change""#;
        let connection = &self.copy.connection;
        let sizes = connection.query_row(sql, (), |row| Ok((row.get(0)?, row.get(1)?)))?;
        Ok(sizes)
    }
}

/// A test that cannot fail is worth nothing: each fault is found by the next command.
#[cfg(test)]
mod tests {
    use backcast_model::edit::{Edit, apply};
    use backcast_model::{Entity, Id, MAP_ID, Map, MapProperties, Project};
    use jiff::Timestamp;

    use super::*;
    use crate::data_folder::DataFolder;
    use crate::store::Op;

    fn store(folder: &tempfile::TempDir) -> Store {
        let project = Project {
            id: Id::new("replayed").unwrap(),
            map: Map::new(MapProperties::titled("Replayed")),
        };
        let mut store = Store::create(
            &DataFolder::new(folder.path()),
            project,
            Timestamp::UNIX_EPOCH,
        )
        .unwrap();
        rename(&mut store, "Once");
        store
    }

    fn rename(store: &mut Store, title: &str) {
        let edit = Edit::Set {
            entity: Entity::Map,
            id: MAP_ID.to_owned(),
            field: "title".to_owned(),
            value: title.into(),
        };
        let op = Op::new("test", "Rename");
        store
            .transact(op, Timestamp::UNIX_EPOCH, |map| {
                apply(map, &[edit], &mut |name| Id::derived(name))
            })
            .unwrap();
    }

    #[test]
    #[should_panic(expected = "the log does not lead to the tables")]
    fn a_map_that_the_log_does_not_lead_to_is_found() {
        let folder = tempfile::tempdir().unwrap();
        let mut store = store(&folder);
        let mut properties = MapProperties::titled("Once");
        properties.theme = Some("smuggled in".into());
        store.project.map = Map::new(properties);
        rename(&mut store, "Twice");
    }

    #[test]
    #[should_panic(expected = "the tables do not hold what is shown")]
    fn a_row_that_was_not_written_is_found() {
        let folder = tempfile::tempdir().unwrap();
        let mut store = store(&folder);
        let sql = r#"UPDATE "map" SET "theme" = 'smuggled in'"#;
        store.copy.connection.execute(sql, ()).unwrap();
        store.keep_version("Pitch", Timestamp::UNIX_EPOCH).unwrap();
    }

    #[test]
    #[should_panic(expected = "the log does not lead to the tables")]
    fn a_change_that_is_missing_is_found() {
        let folder = tempfile::tempdir().unwrap();
        let mut store = store(&folder);
        let sql = r#"UPDATE "change" SET "ops" = '[]' WHERE "seq" = 2"#;
        store.copy.connection.execute(sql, ()).unwrap();
        store.keep_version("Pitch", Timestamp::UNIX_EPOCH).unwrap();
    }
}
