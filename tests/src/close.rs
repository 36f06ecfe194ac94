//! Closing windows as a window manager does when the planner clicks their cross: by asking. The automation's own way of
//! ending a session ends the program without a word, which no planner does.

use std::error::Error;

use x11rb::connection::Connection as _;
use x11rb::protocol::xproto::{
    AtomEnum, ClientMessageEvent, ConnectionExt as _, EventMask, Window,
};
use x11rb::rust_connection::RustConnection;

type Answer<T> = Result<T, Box<dyn Error + Send + Sync>>;

/// Asks every window of these processes to close; answers how many were asked.
pub(crate) fn ask_to_close(processes: &[u32]) -> Answer<usize> {
    let (connection, screen) = x11rb::connect(None)?;
    let root = connection
        .setup()
        .roots
        .get(screen)
        .ok_or("there is no screen")?
        .root;
    let atom = |name: &str| -> Answer<u32> {
        Ok(connection
            .intern_atom(false, name.as_bytes())?
            .reply()?
            .atom)
    };
    let (protocols, delete, process) = (
        atom("WM_PROTOCOLS")?,
        atom("WM_DELETE_WINDOW")?,
        atom("_NET_WM_PID")?,
    );
    let mut asked = 0;
    for window in connection.query_tree(root)?.reply()?.children {
        let takes_it = words(&connection, window, protocols, AtomEnum::ATOM)?.contains(&delete);
        let owner = words(&connection, window, process, AtomEnum::CARDINAL)?;
        if takes_it && owner.first().is_some_and(|owner| processes.contains(owner)) {
            let message = ClientMessageEvent::new(
                32,
                window,
                protocols,
                [delete, x11rb::CURRENT_TIME, 0, 0, 0],
            );
            connection.send_event(false, window, EventMask::NO_EVENT, message)?;
            asked += 1;
        }
    }
    // A question after the requests: its answer says that the server has heard them. A connection that is closed
    // before takes some of them along.
    connection.get_input_focus()?.reply()?;
    Ok(asked)
}

/// A property of a window as 32-bit words; none when it has no such property, or has gone.
fn words(
    connection: &RustConnection,
    window: Window,
    name: u32,
    kind: AtomEnum,
) -> Answer<Vec<u32>> {
    let answer = connection
        .get_property(false, window, name, kind, 0, 64)?
        .reply();
    let words = answer
        .ok()
        .and_then(|property| property.value32().map(Iterator::collect));
    Ok(words.unwrap_or_default())
}
