//! The real app in its real web view, driven through WebKit's W3C WebDriver: one app, one window, one data folder each.

use std::io;
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use fantoccini::actions::{
    InputSource as _, KeyAction, KeyActions, MOUSE_BUTTON_LEFT, MouseActions, PointerAction,
};
use fantoccini::key::Key;
use fantoccini::wd::{Capabilities, TimeoutConfiguration};
use fantoccini::{Client, ClientBuilder};
use hyper_util::client::legacy::connect::HttpConnector;
use serde_json::{Value, json};

use crate::close::ask_to_close;
use crate::programs::app_program;

/// Anything that went wrong on the way, in words.
pub type Failure = Box<dyn std::error::Error + Send + Sync>;

/// How long a journey waits for something that is to appear.
const PATIENCE: Duration = Duration::from_secs(20);

/// How long a closed window may take before its cross is clicked again.
const CLICKED_AGAIN: Duration = Duration::from_secs(6);

/// An app that runs.
#[derive(Debug)]
pub struct App {
    client: Client,
    driver: Child,
    /// Its data folder: working copies, recent files.
    pub data_folder: PathBuf,
}

impl App {
    /// Starts the app with these arguments.
    ///
    /// # Errors
    /// When there is no display, no WebDriver, or the app does not come up.
    pub async fn start(data_folder: &Path, arguments: &[&Path]) -> Result<Self, Failure> {
        let arguments: Vec<_> = arguments
            .iter()
            .map(|argument| argument.to_string_lossy())
            .collect();
        let options = json!({"binary": app_program(), "args": arguments});
        let mut capabilities = Capabilities::new();
        capabilities.insert("webkitgtk:browserOptions".to_owned(), options);
        Self::run(data_folder, capabilities).await
    }

    /// Shows a page of a file in a bare window of the same web view, to measure beside the app.
    ///
    /// # Errors
    /// When there is no display, no WebDriver, or no such page.
    pub async fn browse(data_folder: &Path, page: &Path) -> Result<Self, Failure> {
        let app = Self::run(data_folder, Capabilities::new()).await?;
        let address = format!("file://{}", page.display());
        app.client.goto(&address).await?;
        Ok(app)
    }

    async fn run(data_folder: &Path, capabilities: Capabilities) -> Result<Self, Failure> {
        if std::env::var_os("DISPLAY").is_none() {
            return Err("there is no display: run `make test`, which brings one".into());
        }
        let port = free_port()?;
        let driver = Command::new("WebKitWebDriver")
            .arg(format!("--port={port}"))
            .env("TAURI_WEBVIEW_AUTOMATION", "true")
            .env("BACKCAST_DATA_DIR", data_folder)
            .env("XDG_DATA_HOME", data_folder)
            .env("XDG_CONFIG_HOME", data_folder)
            .env("XDG_CACHE_HOME", data_folder)
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .map_err(|error| {
                format!("WebKitWebDriver (package webkit2gtk-driver) does not start: {error}")
            })?;
        let client = connect(port, capabilities).await?;
        let app = Self {
            client,
            driver,
            data_folder: data_folder.to_owned(),
        };
        app.client.set_window_rect(0, 0, 1440, 900).await?;
        Ok(app)
    }

    /// Runs a script in the window and answers with what it returns.
    ///
    /// # Errors
    /// When the script throws or the app has gone.
    pub async fn script(&self, script: &str) -> Result<Value, Failure> {
        Ok(self.client.execute(script, Vec::new()).await?)
    }

    /// Awaits a promise in the window and answers with what it brings; nothing asks for it meanwhile, so that the window
    /// is left to itself.
    ///
    /// # Errors
    /// When the promise is broken, or not kept for this long.
    pub async fn promise(&self, promise: &str, patience: Duration) -> Result<Value, Failure> {
        let timeouts = TimeoutConfiguration::new(Some(patience), None, None);
        self.client.update_timeouts(timeouts).await?;
        let script = format!(
            "const done = arguments[0]; ({promise}).then(value => done({{ value }}), error => done({{ error: String(error) }}))"
        );
        let answer = self.client.execute_async(&script, Vec::new());
        // A window that paints all the time does not hear that its time is over.
        let answer = tokio::time::timeout(patience + Duration::from_secs(5), answer)
            .await
            .map_err(|_elapsed| format!("not within {} s", patience.as_secs()))??;
        match answer.get("error") {
            Some(error) => Err(format!("{promise}: {error}").into()),
            None => Ok(answer["value"].clone()),
        }
    }

    /// Waits until a script returns something true, and answers with that.
    ///
    /// # Errors
    /// When it does not in good time.
    pub async fn until(&self, script: &str) -> Result<Value, Failure> {
        let started = Instant::now();
        loop {
            let value = self.script(script).await?;
            let is_true = !matches!(value, Value::Null | Value::Bool(false))
                && value != json!(0)
                && value != json!("");
            if is_true {
                return Ok(value);
            }
            if started.elapsed() > PATIENCE {
                let page = self.script("return document.body.innerText").await?;
                return Err(format!(
                    "waited in vain for: {script}\nthe window says:\n{}",
                    page.as_str().unwrap_or_default()
                )
                .into());
            }
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    }

    /// Goes to the window whose map has this title: from now on it is the one that is asked, pressed and clicked.
    ///
    /// # Errors
    /// When there is none in good time.
    pub async fn turn_to(&self, title: &str) -> Result<(), Failure> {
        let started = Instant::now();
        while started.elapsed() < PATIENCE {
            for window in self.client.windows().await? {
                self.client.switch_to_window(window).await?;
                let shown = self.script("return document.querySelector('h1')?.innerText");
                if shown.await? == json!(title) {
                    return Ok(());
                }
            }
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
        Err(format!("no window shows {title:?}").into())
    }

    /// Waits until the window says these words.
    ///
    /// # Errors
    /// When it does not in good time.
    pub async fn says(&self, words: &str) -> Result<(), Failure> {
        let script = format!("return document.body.innerText.includes({words:?})");
        self.until(&script).await.map(drop)
    }

    /// Clicks on what can be chosen and whose name begins so, as soon as it can be: a button, one of several choices.
    ///
    /// # Errors
    /// When there is none in good time.
    pub async fn click(&self, name: &str) -> Result<(), Failure> {
        let script = format!(
            "const named = one => (one.getAttribute('aria-label') ?? one.textContent).trim().replace(/\\s+/g, ' '); const found = [...document.querySelectorAll('button, [role=radio], [role=option]')].find(one => !one.disabled && named(one).startsWith({name:?})); found?.click(); return found !== undefined"
        );
        self.until(&script).await.map(drop)
    }

    /// Presses keys one after the other: a name (`Tab`, `Enter`), a chord (`Control+z`), or plain text.
    ///
    /// # Errors
    /// When the app has gone.
    pub async fn press(&self, keys: &[&str]) -> Result<(), Failure> {
        let mut actions = KeyActions::new("keyboard".to_owned());
        for key in keys {
            let chord = chord(key);
            for value in &chord {
                actions = actions.then(KeyAction::Down { value: *value });
            }
            for value in chord.iter().rev() {
                actions = actions.then(KeyAction::Up { value: *value });
            }
        }
        Ok(self.client.perform_actions(actions).await?)
    }

    /// Types text, character by character.
    ///
    /// # Errors
    /// When the app has gone.
    pub async fn type_text(&self, text: &str) -> Result<(), Failure> {
        let characters: Vec<String> = text.chars().map(String::from).collect();
        self.press(&characters.iter().map(String::as_str).collect::<Vec<_>>())
            .await
    }

    /// Presses the mouse button at the first of these places of the window, goes on to the others and lets go at the
    /// last; in CSS pixels. A single place is a click.
    ///
    /// # Errors
    /// When the app has gone.
    pub async fn drag(&self, places: &[(f64, f64)]) -> Result<(), Failure> {
        let to = |(x, y): (f64, f64)| PointerAction::MoveTo {
            duration: Some(Duration::from_millis(40)),
            x,
            y,
        };
        let button = MOUSE_BUTTON_LEFT;
        let mut actions = MouseActions::new("mouse".to_owned());
        for (number, place) in places.iter().enumerate() {
            actions = actions.then(to(*place));
            if number == 0 {
                actions = actions.then(PointerAction::Down { button });
            }
        }
        let actions = actions.then(PointerAction::Up { button });
        Ok(self.client.perform_actions(actions).await?)
    }

    /// Moves the mouse to a place of the window, in CSS pixels.
    ///
    /// # Errors
    /// When the app has gone.
    pub async fn hover(&self, (x, y): (f64, f64)) -> Result<(), Failure> {
        let duration = Some(Duration::from_millis(40));
        let to = PointerAction::MoveTo { duration, x, y };
        let actions = MouseActions::new("mouse".to_owned()).then(to);
        Ok(self.client.perform_actions(actions).await?)
    }

    /// Gives the window a size, in CSS pixels.
    ///
    /// # Errors
    /// When the app has gone.
    pub async fn resize(&self, width: u32, height: u32) -> Result<(), Failure> {
        Ok(self.client.set_window_rect(0, 0, width, height).await?)
    }

    /// The app's process and those of its web view.
    #[must_use]
    pub fn processes(&self) -> Vec<u32> {
        let all = std::fs::read_dir("/proc").into_iter().flatten().flatten();
        let numbers: Vec<u32> = all
            .filter_map(|entry| entry.file_name().to_str()?.parse().ok())
            .collect();
        let mut family = vec![self.driver.id()];
        let mut at = 0;
        while let Some(parent) = family.get(at).copied() {
            family.extend(
                numbers
                    .iter()
                    .filter(|number| parent_of(**number) == Some(parent)),
            );
            at += 1;
        }
        family.split_off(1)
    }

    /// Closes the window as a planner does, by its cross, and waits until the app has ended by itself.
    ///
    /// # Errors
    /// When it has no window or does not end.
    pub async fn close(mut self) -> Result<(), Failure> {
        let family = self.processes();
        if ask_to_close(&family)? == 0 {
            return Err("the app has no window that can be closed".into());
        }
        let started = Instant::now();
        let mut asked = started;
        while family.iter().any(|process| is_running(*process)) {
            if started.elapsed() > PATIENCE {
                let left = family.iter().filter(|process| is_running(**process));
                let left: Vec<_> = left.map(|process| state_of(*process)).collect();
                return Err(
                    format!("the app goes on though its window was closed: {left:?}").into(),
                );
            }
            if asked.elapsed() > CLICKED_AGAIN {
                // A planner clicks once more when nothing happens; a window that is about to go has no ears for it.
                ask_to_close(&family)?;
                asked = Instant::now();
            }
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
        self.driver.kill()?;
        self.driver.wait()?;
        Ok(())
    }
}

impl Drop for App {
    fn drop(&mut self) {
        // A failed journey leaves no driver behind; the driver takes the app along.
        drop(self.driver.kill().and_then(|()| self.driver.wait()));
    }
}

/// Whether a process is there and has not ended; one that nobody has asked for its end yet has.
fn is_running(process: u32) -> bool {
    std::fs::read_to_string(format!("/proc/{process}/stat")).is_ok_and(|facts| {
        !facts
            .rsplit_once(')')
            .is_some_and(|(_, facts)| facts.starts_with(" Z"))
    })
}

/// What a process is called and what it does, for a report.
fn state_of(process: u32) -> String {
    let facts = std::fs::read_to_string(format!("/proc/{process}/stat")).unwrap_or_default();
    facts
        .split_whitespace()
        .take(4)
        .collect::<Vec<_>>()
        .join(" ")
}

fn parent_of(process: u32) -> Option<u32> {
    let facts = std::fs::read_to_string(format!("/proc/{process}/stat")).ok()?;
    facts
        .rsplit_once(')')?
        .1
        .split_whitespace()
        .nth(1)?
        .parse()
        .ok()
}

fn free_port() -> io::Result<u16> {
    Ok(TcpListener::bind(("127.0.0.1", 0))?.local_addr()?.port())
}

/// The driver needs a moment until it listens; nothing announces it.
async fn connect(port: u16, capabilities: Capabilities) -> Result<Client, Failure> {
    let address = format!("http://127.0.0.1:{port}");
    let started = Instant::now();
    while tokio::net::TcpStream::connect(("127.0.0.1", port))
        .await
        .is_err()
    {
        if started.elapsed() > PATIENCE {
            return Err("WebKitWebDriver does not listen".into());
        }
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    Ok(ClientBuilder::new(HttpConnector::new())
        .capabilities(capabilities)
        .connect(&address)
        .await?)
}

/// The keys of a chord, in the order in which they go down.
fn chord(keys: &str) -> Vec<char> {
    if keys.chars().count() == 1 {
        return keys.chars().collect();
    }
    let named = |name: &str| {
        let key = match name {
            "Control" => Key::Control,
            "Shift" => Key::Shift,
            "Alt" => Key::Alt,
            "Tab" => Key::Tab,
            "Enter" => Key::Enter,
            "Escape" => Key::Escape,
            "Delete" => Key::Delete,
            "Home" => Key::Home,
            "Left" => Key::Left,
            "Right" => Key::Right,
            "Up" => Key::Up,
            "Down" => Key::Down,
            "End" => Key::End,
            "PageUp" => Key::PageUp,
            "PageDown" => Key::PageDown,
            "F2" => Key::F2,
            "F5" => Key::F5,
            "F6" => Key::F6,
            "F8" => Key::F8,
            _ => return name.chars().next().unwrap_or(' '),
        };
        char::from(key)
    };
    keys.split('+').map(named).collect()
}
