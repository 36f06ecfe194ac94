//! Windows as the screen knows them: what they are called, and closing them as a window manager does when the planner
//! clicks their cross, by asking. The automation's own way of ending a session ends the program without a word, which no
//! planner does.

use std::error::Error;

use x11rb::connection::Connection as _;
use x11rb::protocol::xproto::{
    AtomEnum, ClientMessageEvent, ConnectionExt as _, EventMask, MapState, Window,
};
use x11rb::rust_connection::RustConnection;

type Answer<T> = Result<T, Box<dyn Error + Send + Sync>>;

/// Asks every window of these processes to close; answers how many were asked.
pub(crate) fn ask_to_close(processes: &[u32]) -> Answer<usize> {
    ask_those(processes, |_| true)
}

/// Asks the windows of these processes whose title has these words to close; answers how many were asked.
pub(crate) fn ask_titled_to_close(processes: &[u32], words: &str) -> Answer<usize> {
    ask_those(processes, |title| title.contains(words))
}

/// The titles of all windows of these processes that can be closed.
pub(crate) fn titles(processes: &[u32]) -> Answer<Vec<String>> {
    let screen = Screen::connected()?;
    let windows = screen.windows(processes)?;
    windows
        .into_iter()
        .map(|window| screen.title(window))
        .collect()
}

fn ask_those(processes: &[u32], chosen: impl Fn(&str) -> bool) -> Answer<usize> {
    let screen = Screen::connected()?;
    let mut asked = 0;
    for window in screen.windows(processes)? {
        if chosen(&screen.title(window)?) {
            screen.ask_to_close(window)?;
            asked += 1;
        }
    }
    // A question after the requests: its answer says that the server has heard them. A connection that is closed
    // before takes some of them along.
    screen.connection.get_input_focus()?.reply()?;
    Ok(asked)
}

/// The display of the test, and the words windows are described with there.
struct Screen {
    connection: RustConnection,
    root: Window,
    protocols: u32,
    delete: u32,
    process: u32,
    name: u32,
}

impl Screen {
    fn connected() -> Answer<Self> {
        let (connection, screen) = x11rb::connect(None)?;
        let roots = &connection.setup().roots;
        let root = roots.get(screen).ok_or("there is no screen")?.root;
        let atom = |name: &str| -> Answer<u32> {
            Ok(connection
                .intern_atom(false, name.as_bytes())?
                .reply()?
                .atom)
        };
        Ok(Self {
            root,
            protocols: atom("WM_PROTOCOLS")?,
            delete: atom("WM_DELETE_WINDOW")?,
            process: atom("_NET_WM_PID")?,
            name: atom("_NET_WM_NAME")?,
            connection,
        })
    }

    /// The windows of these processes that are seen and can be asked to close.
    fn windows(&self, processes: &[u32]) -> Answer<Vec<Window>> {
        let connection = &self.connection;
        let mut windows = connection.query_tree(self.root)?.reply()?.children;
        let is_one = |window| -> Answer<bool> {
            let takes_it = words(connection, window, self.protocols, AtomEnum::ATOM)?;
            let owner = words(connection, window, self.process, AtomEnum::CARDINAL)?;
            let attributes = connection.get_window_attributes(window)?.reply();
            let seen = attributes.is_ok_and(|told| told.map_state == MapState::VIEWABLE);
            let ours = owner.first().is_some_and(|owner| processes.contains(owner));
            Ok(seen && ours && takes_it.contains(&self.delete))
        };
        let kept: Answer<Vec<_>> = windows.iter().map(|window| is_one(*window)).collect();
        let mut kept = kept?.into_iter();
        windows.retain(|_| kept.next().unwrap_or_default());
        Ok(windows)
    }

    fn title(&self, window: Window) -> Answer<String> {
        let question =
            self.connection
                .get_property(false, window, self.name, AtomEnum::ANY, 0, 1024)?;
        let value = question.reply().map(|property| property.value);
        Ok(String::from_utf8_lossy(&value.unwrap_or_default()).into_owned())
    }

    fn ask_to_close(&self, window: Window) -> Answer<()> {
        let data = [self.delete, x11rb::CURRENT_TIME, 0, 0, 0];
        let message = ClientMessageEvent::new(32, window, self.protocols, data);
        self.connection
            .send_event(false, window, EventMask::NO_EVENT, message)?;
        Ok(())
    }
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
