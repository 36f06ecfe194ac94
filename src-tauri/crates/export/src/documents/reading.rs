//! A map as documents read it: touchpoints stage by stage, with what leads to them and what they lead to. What is
//! stopped is left out, as everywhere. Refuses to judge: gaps come from the assessment.

use std::collections::{BTreeMap, BTreeSet};

use backcast_analysis::Assessment;
use backcast_model::catalog::Catalog;
use backcast_model::{DriverType, Id, Kind, Link, Map, Moment, Touchpoint};

use super::words;

/// A stage with its touchpoints.
#[derive(Debug)]
pub(crate) struct StageReading<'a> {
    /// The stage; `None` for touchpoints without one.
    pub(crate) id: Option<&'a Id>,
    /// What planners call it.
    pub(crate) name: &'a str,
    /// Where it stands on the common axis.
    pub(crate) moment: Option<Moment>,
    /// Its present touchpoints in the planner's order.
    pub(crate) touchpoints: Vec<&'a Touchpoint>,
}

/// A map as documents read it.
#[derive(Debug)]
pub(crate) struct Reading<'a> {
    pub(crate) assessment: &'a Assessment,
    scope: Option<&'a BTreeSet<Id>>,
    incoming: BTreeMap<&'a str, Vec<&'a Link>>,
    outgoing: BTreeMap<&'a str, Vec<&'a Link>>,
    purse: words::Purse<'a>,
}

impl<'a> Reading<'a> {
    /// Reads a map; of a map with a scope only the touchpoints in it are told, and what they lead to is still named.
    pub(crate) fn of(assessment: &'a Assessment, scope: Option<&'a BTreeSet<Id>>) -> Self {
        let map = assessment.map();
        let present = |id: &Id| {
            let touchpoint = map.touchpoints.get(id.as_str());
            touchpoint.is_some_and(Touchpoint::is_present)
        };
        let (mut incoming, mut outgoing) = (BTreeMap::new(), BTreeMap::new());
        for link in map.links.iter() {
            if link.from != link.to && present(&link.from) && present(&link.to) {
                let leaves: &mut Vec<&Link> = outgoing.entry(link.from.as_str()).or_default();
                leaves.push(link);
                let arrives: &mut Vec<&Link> = incoming.entry(link.to.as_str()).or_default();
                arrives.push(link);
            }
        }
        let told = map.touchpoints.iter().filter(|touchpoint| {
            touchpoint.is_present() && scope.is_none_or(|scope| scope.contains(&touchpoint.id))
        });
        let sums = told.flat_map(|one| [one.budget, one.production_budget]);
        let currency = map.properties.currency.as_deref();
        Self {
            assessment,
            scope,
            incoming,
            outgoing,
            purse: words::Purse::of(currency, sums.flatten()),
        }
    }

    pub(crate) fn map(&self) -> &'a Map {
        self.assessment.map()
    }

    pub(crate) fn catalog(&self) -> &'a Catalog {
        self.assessment.catalog()
    }

    /// How sums are written.
    pub(crate) const fn purse(&self) -> words::Purse<'a> {
        self.purse
    }

    /// Whether a touchpoint is to be told.
    pub(crate) fn includes(&self, id: &Id) -> bool {
        self.scope.is_none_or(|scope| scope.contains(id))
    }

    /// Whether only a part of the map is told.
    pub(crate) fn is_part(&self) -> bool {
        self.scope.is_some()
    }

    /// The touchpoints that are told, in the planner's order.
    pub(crate) fn touchpoints(&self) -> impl Iterator<Item = &'a Touchpoint> {
        let map = self.map();
        map.touchpoints
            .iter()
            .filter(|touchpoint| touchpoint.is_present() && self.includes(&touchpoint.id))
    }

    /// Stages in order, touchpoints without one last; of a part, only stages that have something in it.
    pub(crate) fn stages(&self) -> Vec<StageReading<'a>> {
        let within = |stage: Option<&Id>| {
            let here = |touchpoint: &&Touchpoint| touchpoint.stage.as_ref() == stage;
            self.touchpoints().filter(here).collect::<Vec<_>>()
        };
        let stages = self.map().stages.iter().map(|stage| StageReading {
            id: Some(&stage.id),
            name: &stage.name,
            moment: stage.moment,
            touchpoints: within(Some(&stage.id)),
        });
        let mut stages: Vec<_> = stages
            .filter(|stage| !self.is_part() || !stage.touchpoints.is_empty())
            .collect();
        let nowhere = within(None);
        if !nowhere.is_empty() {
            let name = if stages.is_empty() {
                "All touchpoints"
            } else {
                "Without a stage"
            };
            stages.push(StageReading {
                id: None,
                name,
                moment: None,
                touchpoints: nowhere,
            });
        }
        stages
    }

    /// The links that lead to a touchpoint, with where they come from.
    pub(crate) fn before(&self, id: &Id) -> Vec<(&'a Link, &'a Touchpoint)> {
        self.ends(&self.incoming, id, |link| &link.from)
    }

    /// The links that lead on from a touchpoint, with where they go.
    pub(crate) fn after(&self, id: &Id) -> Vec<(&'a Link, &'a Touchpoint)> {
        self.ends(&self.outgoing, id, |link| &link.to)
    }

    fn ends(
        &self,
        links: &BTreeMap<&'a str, Vec<&'a Link>>,
        id: &Id,
        end: impl Fn(&'a Link) -> &'a Id,
    ) -> Vec<(&'a Link, &'a Touchpoint)> {
        let map = self.map();
        let links = links.get(id.as_str()).into_iter().flatten();
        let with_end = |link: &&'a Link| Some((*link, map.touchpoints.get(end(link).as_str())?));
        links.filter_map(with_end).collect()
    }

    /// Whether people come in at a touchpoint without a link.
    pub(crate) fn is_entry(&self, touchpoint: &Touchpoint) -> bool {
        touchpoint.entry.unwrap_or_else(|| {
            let channel = touchpoint.channel.as_deref();
            let channel = channel.and_then(|id| self.catalog().channel(id));
            touchpoint.kind == Kind::Driver && channel.is_some_and(|channel| channel.entry)
        })
    }

    /// What a touchpoint is for, in two or three words.
    pub(crate) fn kind(&self, touchpoint: &Touchpoint) -> &'static str {
        let leads_straight = || {
            self.after(&touchpoint.id)
                .iter()
                .any(|(_, target)| target.is_destination())
        };
        match (touchpoint.kind, touchpoint.driver) {
            (Kind::Destination, _) if touchpoint.is_ultimate() => "Destination",
            (Kind::Destination, _) => "Destination on the way",
            (Kind::Driver, Some(DriverType::Direct)) => "Direct driver",
            (Kind::Driver, Some(DriverType::Indirect)) => "Indirect driver",
            (Kind::Driver, None) if leads_straight() => "Direct driver",
            (Kind::Driver, None) => "Indirect driver",
        }
    }

    /// What a stage is called; nothing for touchpoints without one.
    pub(crate) fn stage(&self, touchpoint: &Touchpoint) -> &'a str {
        let id = touchpoint.stage.as_ref();
        let stage = id.and_then(|id| self.map().stages.get(id.as_str()));
        stage.map_or("", |stage| stage.name.as_str())
    }

    /// What a touchpoint's channel is called; nothing without one.
    pub(crate) fn channel(&self, touchpoint: &Touchpoint) -> String {
        let channel = touchpoint.channel.as_deref();
        channel.map_or_else(String::new, |id| words::channel(self.catalog(), id))
    }

    /// The names of the audiences a touchpoint serves.
    pub(crate) fn audiences(&self, touchpoint: &Touchpoint) -> String {
        let audience = |id: &Id| self.map().audiences.get(id.as_str());
        let names: Vec<_> = touchpoint
            .audiences
            .iter()
            .filter_map(audience)
            .map(|audience| words::said(Some(&audience.name)))
            .collect();
        words::listed(&names)
    }

    /// What a touchpoint asks for: its own call to action and those of its links, each once.
    pub(crate) fn calls(&self, touchpoint: &Touchpoint) -> String {
        let links = self.after(&touchpoint.id);
        let links = links.iter().filter_map(|(link, _)| link.cta.as_deref());
        let mut calls: Vec<String> = Vec::new();
        for call in touchpoint.cta.as_deref().into_iter().chain(links) {
            let call = words::said(Some(call));
            if !call.is_empty() && !calls.contains(&call) {
                calls.push(call);
            }
        }
        calls.join("; ")
    }

    /// The devices a touchpoint is met on, its own or its channel's.
    pub(crate) fn devices(&self, touchpoint: &Touchpoint) -> Vec<String> {
        let channel = touchpoint.channel.as_deref();
        let channel = channel.and_then(|id| self.catalog().channel(id));
        let devices = touchpoint
            .devices
            .as_deref()
            .or_else(|| channel.map(|channel| channel.devices.as_slice()));
        let devices = devices.unwrap_or_default().iter();
        devices.map(|device| words::device(device)).collect()
    }
}
