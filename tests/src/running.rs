//! The app as the desktop starts it, without automation: several files, several starts, one program. What it shows is
//! read from the titles of its windows.

use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use crate::app::Failure;
use crate::close::{ask_titled_to_close, titles};
use crate::programs::app_program;

/// How long something may take to appear or to end.
const PATIENCE: Duration = Duration::from_secs(40);

/// A started program; stopped at the latest when this is dropped.
#[derive(Debug)]
pub struct Running(Child);

impl Running {
    /// Starts the app with files.
    ///
    /// # Errors
    /// When there is no such program.
    pub fn start(data_folder: &Path, files: &[&Path]) -> Result<Self, Failure> {
        let child = Command::new(app_program())
            .args(files)
            .env("BACKCAST_DATA_DIR", data_folder)
            .env("XDG_DATA_HOME", data_folder)
            .env("XDG_CONFIG_HOME", data_folder)
            .env("XDG_CACHE_HOME", data_folder)
            .stdout(Stdio::null())
            .spawn()?;
        Ok(Self(child))
    }

    /// The titles of its windows.
    ///
    /// # Errors
    /// When there is no display.
    pub fn titles(&self) -> Result<Vec<String>, Failure> {
        titles(&[self.0.id()])
    }

    /// Waits until its windows, by their titles and in any order, begin like this.
    ///
    /// # Errors
    /// When they do not in good time, or the app has ended.
    pub async fn shows(&mut self, beginnings: &[&str]) -> Result<(), Failure> {
        let started = Instant::now();
        loop {
            if let Some(status) = self.0.try_wait()? {
                return Err(format!("the app ended with {status}").into());
            }
            let titles = self.titles()?;
            let all = titles.len() == beginnings.len()
                && beginnings
                    .iter()
                    .all(|words| titles.iter().any(|title| title.starts_with(words)));
            if all {
                return Ok(());
            }
            if started.elapsed() > PATIENCE {
                return Err(
                    format!("waited in vain for {beginnings:?}; there is {titles:?}").into(),
                );
            }
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    }

    /// Clicks the cross of the window with these words in its title.
    ///
    /// # Errors
    /// When there is no such window.
    pub fn close(&self, words: &str) -> Result<(), Failure> {
        match ask_titled_to_close(&[self.0.id()], words)? {
            0 => Err(format!("there is no window {words:?}").into()),
            _ => Ok(()),
        }
    }

    /// Waits until the program has ended by itself.
    ///
    /// # Errors
    /// When it goes on, or ends with a failure.
    pub async fn ended(mut self) -> Result<(), Failure> {
        let started = Instant::now();
        loop {
            match self.0.try_wait()? {
                Some(status) if status.success() => return Ok(()),
                Some(status) => return Err(format!("the app ended with {status}").into()),
                None if started.elapsed() > PATIENCE => return Err("the app goes on".into()),
                None => tokio::time::sleep(Duration::from_millis(20)).await,
            }
        }
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        drop(self.0.kill().and_then(|()| self.0.wait()));
    }
}
