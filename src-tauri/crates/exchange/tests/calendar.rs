//! The flights as a calendar, byte for byte.

#![allow(clippy::unwrap_used, reason = "a test says no by failing loudly")]

mod common;

use backcast_exchange::ics;
use common::catalog;

#[test]
fn each_flight_is_one_all_day_event() {
    let map = r#"{"format":"backcast-map","version":1,"title":"Spring, part 1","stages":[{"id":"s","name":"See; hear"}],
        "touchpoints":[
          {"id":"tv","name":"TV; 30\"","kind":"driver","stage":"s","channel":"tv","message":"One\ntwo, three","flights":[["2026-02-28","2026-02-28"],["2026-12-30","2027-01-01"]]},
          {"id":"old","name":"Gone","kind":"driver","status":"stopped","flights":[["2026-01-01","2026-01-02"]]}]}"#;
    let renamed = map.replace("Spring, part 1", "Summer");
    let map = backcast_exchange::read(map.as_bytes()).unwrap();
    let text = ics::write(&map, catalog(), "project-1", None);
    let lines: Vec<&str> = text.split("\r\n").collect();
    let has = |line: &str| lines.contains(&line);
    assert_eq!(
        lines.iter().filter(|line| **line == "BEGIN:VEVENT").count(),
        2
    );
    for line in [
        "DTSTART;VALUE=DATE:20260228",
        "DTEND;VALUE=DATE:20260301",
        "DTSTAMP:20260228T000000Z",
        "DTEND;VALUE=DATE:20270102",
        "SUMMARY:TV\\; 30\"",
        "DESCRIPTION:Channel: TV\\nMessage: One\\ntwo\\, three",
        "CATEGORIES:See  hear",
        "NAME:Spring\\, part 1",
    ] {
        assert!(has(line), "{line} in\n{text}");
    }
    assert!(lines.iter().all(|line| line.len() <= 75));
    assert_eq!(text, ics::write(&map, catalog(), "project-1", None));
    let uids = |text: &str| -> Vec<String> {
        text.lines()
            .filter(|line| line.starts_with("UID:"))
            .map(str::to_owned)
            .collect()
    };
    assert_eq!(uids(&text).len(), 2);
    assert_ne!(uids(&text)[0], uids(&text)[1]);
    let renamed = backcast_exchange::read(renamed.as_bytes()).unwrap();
    let renamed = ics::write(&renamed, catalog(), "project-1", None);
    assert_eq!(uids(&renamed), uids(&text), "a new title moves no event");
    let stamped = ics::write(
        &map,
        catalog(),
        "project-2",
        Some("2026-01-05".parse().unwrap()),
    );
    assert!(stamped.contains("DTSTAMP:20260105T000000Z") && uids(&stamped) != uids(&text));
}
