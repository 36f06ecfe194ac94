//! What a picture is divided into: columns by stage or by distance, and lanes across them. Refuses to place anything.

use backcast_model::catalog::Catalog;
use backcast_model::{Entity, Id, Map, Media, Ownership, RowChange, Touchpoint};
use rustc_hash::FxHashMap;

/// How a picture is divided. By default: columns by stage, no lanes.
///
/// Only that picture is the one planners place cards in. In any other, cards are not where they are pinned; in lanes,
/// the heights they are pinned at still decide who of them stands above whom.
#[derive(Debug, Clone, Default)]
pub struct Frame {
    /// Whether columns are distances from the destinations also where the map has stages.
    pub distances: bool,
    /// The lanes; `None`: there are none.
    pub lanes: Option<Lanes>,
}

/// What lanes tell apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Grouping {
    /// The group of a touchpoint's channel.
    ChannelGroup,
    /// The first audience it serves.
    Audience,
    /// Who controls it.
    Ownership,
    /// Paid, earned, shared or owned: the first of its media.
    Media,
}

impl Grouping {
    /// Every grouping.
    pub const ALL: [Self; 4] = [
        Self::ChannelGroup,
        Self::Audience,
        Self::Ownership,
        Self::Media,
    ];

    /// Its name in commands.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::ChannelGroup => "channel-group",
            Self::Audience => "audience",
            Self::Ownership => "ownership",
            Self::Media => "media",
        }
    }
}

/// Lanes, and what has to be known of channels to tell which one a touchpoint stands in.
#[derive(Debug, Clone)]
pub struct Lanes {
    by: Grouping,
    /// Names of channel groups, in the catalogue's order.
    groups: Vec<String>,
    channels: FxHashMap<String, ChannelFacts>,
}

#[derive(Debug, Clone)]
struct ChannelFacts {
    group: usize,
    media: Option<Media>,
    ownership: Ownership,
}

impl Frame {
    /// Whether cards are where they are pinned.
    pub(crate) const fn keeps_places(&self) -> bool {
        !self.distances && self.lanes.is_none()
    }

    /// Whether a change of a row has to do with which lane anything stands in.
    pub(crate) fn sorts_by(&self, change: &RowChange) -> bool {
        let Some(lanes) = &self.lanes else {
            return false;
        };
        let RowChange::Set { field, .. } = change else {
            return false;
        };
        match (change.entity(), lanes.by) {
            (Entity::Touchpoint, Grouping::ChannelGroup) => field == "channel",
            (Entity::Touchpoint, Grouping::Audience) => field == "audiences",
            (Entity::Touchpoint, Grouping::Ownership) => field == "channel" || field == "ownership",
            (Entity::Touchpoint, Grouping::Media) => field == "channel" || field == "media",
            (Entity::Audience, Grouping::Audience) => field == backcast_model::change::ORDER_FIELD,
            _ => false,
        }
    }
}

impl Lanes {
    /// Lanes by a grouping, with what the catalogue says of channels: it holds for touchpoints that do not say
    /// otherwise.
    #[must_use]
    pub fn new(by: Grouping, catalog: &Catalog) -> Self {
        let mut groups: Vec<String> = Vec::new();
        let mut channels = FxHashMap::default();
        for channel in catalog.channels() {
            let known = groups.iter().position(|group| *group == channel.group);
            let group = known.unwrap_or_else(|| {
                groups.push(channel.group.clone());
                groups.len() - 1
            });
            let facts = ChannelFacts {
                group,
                media: channel.media.first().copied(),
                ownership: channel.ownership,
            };
            channels.insert(channel.id.clone(), facts);
        }
        Self {
            by,
            groups,
            channels,
        }
    }

    /// What they tell apart.
    #[must_use]
    pub const fn grouping(&self) -> Grouping {
        self.by
    }

    /// The lanes that touchpoints of the map stand in, top to bottom, and each touchpoint's number among them. A lane
    /// is named by what its touchpoints have in common: the channel group's name, the audience's id, the word for the
    /// ownership or the medium; `None` is the lane of those that have nothing of the kind, and the last.
    ///
    /// O(touchpoints).
    pub(crate) fn of(&self, map: &Map) -> (Vec<Option<String>>, Vec<u32>) {
        let keys = self.keys(map);
        // What has no key stands behind all that have one.
        let places: Vec<usize> = map
            .touchpoints
            .iter()
            .map(|touchpoint| self.place(map, touchpoint).unwrap_or(keys.len()))
            .collect();
        let mut lane_at = vec![None; keys.len() + 1];
        for &place in &places {
            lane_at[place] = Some(0);
        }
        let mut lanes = Vec::new();
        for (at, lane) in lane_at.iter_mut().enumerate() {
            if let Some(number) = lane {
                *number = crate::wiring::number(lanes.len());
                lanes.push(keys.get(at).cloned());
            }
        }
        let lane = |place: usize| lane_at[place].unwrap_or_default();
        (lanes, places.into_iter().map(lane).collect())
    }

    /// All lanes there could be, in order.
    fn keys(&self, map: &Map) -> Vec<String> {
        match self.by {
            Grouping::ChannelGroup => self.groups.clone(),
            Grouping::Audience => map.audiences.ids().map(ToString::to_string).collect(),
            Grouping::Ownership => Ownership::ALL.iter().map(ToString::to_string).collect(),
            Grouping::Media => Media::ALL.iter().map(ToString::to_string).collect(),
        }
    }

    /// A touchpoint's place among them.
    fn place(&self, map: &Map, touchpoint: &Touchpoint) -> Option<usize> {
        let channel = || {
            let id = touchpoint.channel.as_deref()?;
            self.channels.get(id)
        };
        match self.by {
            Grouping::ChannelGroup => channel().map(|channel| channel.group),
            Grouping::Audience => {
                let known = |id: &Id| map.audiences.position(id.as_str());
                touchpoint.audiences.iter().find_map(known)
            }
            Grouping::Ownership => {
                let usual = || channel().map(|channel| channel.ownership);
                let ownership = touchpoint.ownership.or_else(usual)?;
                Ownership::ALL.iter().position(|one| *one == ownership)
            }
            Grouping::Media => {
                let media = match &touchpoint.media {
                    Some(media) => media.first().copied(),
                    None => channel().and_then(|channel| channel.media),
                }?;
                Media::ALL.iter().position(|one| *one == media)
            }
        }
    }
}
