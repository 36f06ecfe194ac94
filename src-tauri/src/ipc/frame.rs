//! How the window wants the map divided: a way of looking, which no file keeps. Refuses to decide where anything stands.

use backcast_workbench::Grouping;
use serde::{Deserialize, Serialize};
use specta::Type;

/// What lanes tell apart.
#[derive(Debug, Clone, Copy, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub(crate) enum LanesBy {
    /// The group of a touchpoint's channel.
    ChannelGroup,
    /// The first audience it serves.
    Audience,
    /// Who controls it.
    Ownership,
    /// The first of its media.
    Media,
}

impl From<LanesBy> for Grouping {
    fn from(by: LanesBy) -> Self {
        match by {
            LanesBy::ChannelGroup => Self::ChannelGroup,
            LanesBy::Audience => Self::Audience,
            LanesBy::Ownership => Self::Ownership,
            LanesBy::Media => Self::Media,
        }
    }
}

/// How the map is divided.
#[derive(Debug, Clone, Copy, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub(crate) struct FrameForm {
    /// Lanes by this; `null`: none.
    pub(crate) lanes: Option<LanesBy>,
    /// Columns are distances from the destinations, not stages.
    pub(crate) distances: bool,
}
