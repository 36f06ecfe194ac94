//! Rows as the window sees them: the text form's own field names, since edits name fields by them, and `null` for what
//! is absent. In touchpoints and links, which may be thousands and have few of their fields, what is absent is left out
//! on the wire. Refuses to hold anything that is computed; views do.

use std::collections::BTreeMap;

use backcast_model::{
    Audience, Dismissal, DriverType, EvidenceLevel, Horizon, Kind, Link, LinkKind, MapProperties,
    Media, Metric, Moment, Origin, Ownership, Rank, RuleSetting, SellingIntensity, Severity, Stage,
    Status, System, Touchpoint,
};
use serde::Serialize;
use serde_with::skip_serializing_none;
use specta::Type;
use specta_typescript::Number;

/// What a map says of itself.
#[derive(Debug, Clone, Serialize, Type)]
pub(crate) struct MapRecord {
    pub(crate) title: String,
    pub(crate) theme: Option<String>,
    pub(crate) objective: Option<String>,
    pub(crate) starts_on: Option<String>,
    pub(crate) ends_on: Option<String>,
    pub(crate) currency: Option<String>,
    pub(crate) framework: Option<String>,
    /// Rules that are not as shipped, by rule id.
    pub(crate) rules: BTreeMap<String, RuleSettingRecord>,
}

/// How a project sets one rule; `null` is as shipped.
#[derive(Debug, Clone, Serialize, Type)]
pub(crate) struct RuleSettingRecord {
    pub(crate) enabled: Option<bool>,
    pub(crate) severity: Option<Severity>,
    /// Thresholds by name.
    #[specta(type = BTreeMap<String, Number>)]
    pub(crate) thresholds: BTreeMap<String, f64>,
}

impl From<&RuleSetting> for RuleSettingRecord {
    fn from(setting: &RuleSetting) -> Self {
        let thresholds = setting
            .thresholds
            .iter()
            .filter_map(|(name, value)| Some((name.clone(), value.as_f64()?)));
        Self {
            enabled: setting.enabled,
            severity: setting.severity,
            thresholds: thresholds.collect(),
        }
    }
}

impl From<&MapProperties> for MapRecord {
    fn from(map: &MapProperties) -> Self {
        Self {
            title: map.title.clone(),
            theme: map.theme.clone(),
            objective: map.objective.clone(),
            starts_on: map.starts_on.map(|day| day.to_string()),
            ends_on: map.ends_on.map(|day| day.to_string()),
            currency: map.currency.clone(),
            framework: map.framework.clone(),
            rules: map
                .rules
                .iter()
                .map(|(id, setting)| (id.clone(), RuleSettingRecord::from(setting)))
                .collect(),
        }
    }
}

/// A step of the customer's journey.
#[derive(Debug, Clone, Serialize, Type)]
pub(crate) struct StageRecord {
    pub(crate) id: String,
    pub(crate) name: String,
    pub(crate) moment: Option<Moment>,
}

impl From<&Stage> for StageRecord {
    fn from(stage: &Stage) -> Self {
        Self {
            id: stage.id.to_string(),
            name: stage.name.clone(),
            moment: stage.moment,
        }
    }
}

/// Who the map is for.
#[derive(Debug, Clone, Serialize, Type)]
pub(crate) struct AudienceRecord {
    pub(crate) id: String,
    pub(crate) name: String,
    pub(crate) need: Option<String>,
    pub(crate) evidence: Vec<String>,
    pub(crate) horizon: Option<Horizon>,
    #[specta(type = Option<Number>)]
    pub(crate) cycle_days: Option<f64>,
    pub(crate) channels: Vec<String>,
    pub(crate) devices: Vec<String>,
    #[specta(type = Option<Number>)]
    pub(crate) size: Option<f64>,
}

impl From<&Audience> for AudienceRecord {
    fn from(audience: &Audience) -> Self {
        Self {
            id: audience.id.to_string(),
            name: audience.name.clone(),
            need: audience.need.clone(),
            evidence: audience.evidence.clone(),
            horizon: audience.horizon,
            cycle_days: audience.cycle_days.map(backcast_model::Days::get),
            channels: audience.channels.clone(),
            devices: audience.devices.clone(),
            size: audience.size.map(backcast_model::Count::as_number),
        }
    }
}

/// A system that touchpoints run on.
#[derive(Debug, Clone, Serialize, Type)]
pub(crate) struct SystemRecord {
    pub(crate) id: String,
    pub(crate) name: String,
    pub(crate) exchanges_with: Vec<String>,
}

impl From<&System> for SystemRecord {
    fn from(system: &System) -> Self {
        Self {
            id: system.id.to_string(),
            name: system.name.clone(),
            exchanges_with: texts(&system.exchanges_with),
        }
    }
}

/// Anything a customer meets.
#[skip_serializing_none]
#[derive(Debug, Clone, Serialize, Type)]
pub(crate) struct TouchpointRecord {
    pub(crate) id: String,
    pub(crate) name: String,
    pub(crate) kind: Kind,
    pub(crate) rank: Option<Rank>,
    pub(crate) driver: Option<DriverType>,
    pub(crate) stage: Option<String>,
    pub(crate) channel: Option<String>,
    pub(crate) media: Option<Vec<Media>>,
    pub(crate) ownership: Option<Ownership>,
    pub(crate) entry: Option<bool>,
    pub(crate) deliberate_end: Option<bool>,
    pub(crate) status: Option<Status>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(crate) audiences: Vec<String>,
    pub(crate) devices: Option<Vec<String>>,
    pub(crate) message: Option<String>,
    pub(crate) cta: Option<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(crate) promises: Vec<String>,
    pub(crate) value_given: Option<String>,
    pub(crate) selling_intensity: Option<SellingIntensity>,
    pub(crate) two_way: Option<bool>,
    pub(crate) recognises: Option<Vec<String>>,
    pub(crate) opt_in: Option<bool>,
    pub(crate) tracked: Option<bool>,
    pub(crate) system: Option<String>,
    pub(crate) metric: Option<Metric>,
    #[specta(type = Option<Number>)]
    pub(crate) population: Option<f64>,
    #[specta(type = Option<Number>)]
    pub(crate) conversion_rate: Option<f64>,
    #[specta(type = Option<Number>)]
    pub(crate) budget: Option<f64>,
    #[specta(type = Option<Number>)]
    pub(crate) production_budget: Option<f64>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(crate) flights: Vec<(String, String)>,
    pub(crate) owner: Option<String>,
    pub(crate) review_on: Option<String>,
    pub(crate) evidence_level: Option<EvidenceLevel>,
    pub(crate) notes: Option<String>,
    #[specta(type = Option<(Number, Number)>)]
    pub(crate) position: Option<(f64, f64)>,
}

impl From<&Touchpoint> for TouchpointRecord {
    fn from(touchpoint: &Touchpoint) -> Self {
        Self {
            id: touchpoint.id.to_string(),
            name: touchpoint.name.clone(),
            kind: touchpoint.kind,
            rank: touchpoint.rank,
            driver: touchpoint.driver,
            stage: touchpoint.stage.as_ref().map(ToString::to_string),
            channel: touchpoint.channel.clone(),
            media: touchpoint.media.clone(),
            ownership: touchpoint.ownership,
            entry: touchpoint.entry,
            deliberate_end: touchpoint.deliberate_end,
            status: touchpoint.status,
            audiences: texts(&touchpoint.audiences),
            devices: touchpoint.devices.clone(),
            message: touchpoint.message.clone(),
            cta: touchpoint.cta.clone(),
            promises: touchpoint.promises.clone(),
            value_given: touchpoint.value_given.clone(),
            selling_intensity: touchpoint.selling_intensity,
            two_way: touchpoint.two_way,
            recognises: touchpoint.recognises.clone(),
            opt_in: touchpoint.opt_in,
            tracked: touchpoint.tracked,
            system: touchpoint.system.as_ref().map(ToString::to_string),
            metric: touchpoint.metric,
            population: touchpoint.population.map(backcast_model::Count::as_number),
            conversion_rate: touchpoint.conversion_rate.map(backcast_model::Rate::get),
            budget: touchpoint.budget.map(backcast_model::Money::amount),
            production_budget: touchpoint
                .production_budget
                .map(backcast_model::Money::amount),
            flights: touchpoint
                .flights
                .iter()
                .map(|(first, last)| (first.to_string(), last.to_string()))
                .collect(),
            owner: touchpoint.owner.clone(),
            review_on: touchpoint.review_on.map(|day| day.to_string()),
            evidence_level: touchpoint.evidence_level,
            notes: touchpoint.notes.clone(),
            position: touchpoint
                .position
                .map(|position| (position.x(), position.y())),
        }
    }
}

/// A directed step between two touchpoints.
#[skip_serializing_none]
#[derive(Debug, Clone, Serialize, Type)]
pub(crate) struct LinkRecord {
    pub(crate) id: String,
    pub(crate) from: String,
    pub(crate) to: String,
    pub(crate) cta: Option<String>,
    pub(crate) kind: Option<LinkKind>,
    /// Low, likely, high; all the same when the planner gave one figure.
    #[specta(type = Option<(Number, Number, Number)>)]
    pub(crate) rate: Option<(f64, f64, f64)>,
    #[specta(type = Option<Number>)]
    pub(crate) lag_days: Option<f64>,
    pub(crate) tracked: Option<bool>,
    pub(crate) code: Option<String>,
    pub(crate) origin: Option<Origin>,
    pub(crate) notes: Option<String>,
}

impl From<&Link> for LinkRecord {
    fn from(link: &Link) -> Self {
        Self {
            id: link.id.to_string(),
            from: link.from.to_string(),
            to: link.to.to_string(),
            cta: link.cta.clone(),
            kind: link.kind,
            rate: link
                .rate
                .map(|rate| rate.range())
                .map(|[low, likely, high]| (low.get(), likely.get(), high.get())),
            lag_days: link.lag_days.map(backcast_model::Days::get),
            tracked: link.tracked,
            code: link.code.clone(),
            origin: link.origin,
            notes: link.notes.clone(),
        }
    }
}

/// A gap that is there on purpose.
#[derive(Debug, Clone, Serialize, Type)]
pub(crate) struct DismissalRecord {
    pub(crate) id: String,
    pub(crate) rule: String,
    pub(crate) subjects: Vec<String>,
    pub(crate) reason: String,
    pub(crate) by: Option<String>,
    pub(crate) at: Option<String>,
}

impl From<&Dismissal> for DismissalRecord {
    fn from(dismissal: &Dismissal) -> Self {
        Self {
            id: backcast_model::Record::id(dismissal).to_string(),
            rule: dismissal.rule.clone(),
            subjects: dismissal.subjects.clone(),
            reason: dismissal.reason.clone(),
            by: dismissal.by.clone(),
            at: dismissal.at.clone(),
        }
    }
}

fn texts(ids: &[backcast_model::Id]) -> Vec<String> {
    ids.iter().map(ToString::to_string).collect()
}
