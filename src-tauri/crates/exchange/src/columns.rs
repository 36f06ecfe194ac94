//! The columns of our tables: what a field is called in a heading, how its values look in a cell, and what other
//! people call it. One list for touchpoints, one for links; every field of the text form has its column.

use std::collections::HashMap;
use std::sync::LazyLock;

use backcast_model::{
    DriverType, EvidenceLevel, LinkKind, Media, Metric, Origin, Ownership, Rank, SellingIntensity,
    Status,
};

use crate::fold::fold;

/// How a field's values look in a cell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Shape {
    /// A text.
    Text,
    /// What a touchpoint is for, its rank or driver type with it when the cell says so.
    Kind,
    /// A word of a list.
    Word(&'static [&'static str]),
    /// Words of a list.
    Words(&'static [&'static str]),
    /// Texts.
    Texts,
    /// Yes or no.
    Boolean,
    /// Money in the map's currency.
    Money,
    /// People counted.
    Count,
    /// A share.
    Rate,
    /// A share, or low; likely; high.
    RateEstimate,
    /// Days that pass.
    Days,
    /// A calendar day.
    Day,
    /// First and last days.
    Flights,
    /// Two numbers.
    Position,
    /// A channel of the catalogue, or free text.
    Channel,
    /// A stage by name or id.
    Stage,
    /// Audiences by name or id.
    Audiences,
    /// A system by name or id.
    System,
    /// A touchpoint by id or name: an end of a link.
    End,
    /// A touchpoint's name beside its id, for people to read; taken when there is no id.
    EndName,
}

/// A column of our tables.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Column {
    /// The field it holds, by the text form's name.
    pub(crate) field: &'static str,
    /// What its heading says.
    pub(crate) heading: &'static str,
    /// How its values look.
    pub(crate) shape: Shape,
    /// What others call it, folded, bars between.
    synonyms: &'static str,
}

impl Column {
    const fn new(
        field: &'static str,
        heading: &'static str,
        shape: Shape,
        synonyms: &'static str,
    ) -> Self {
        Self {
            field,
            heading,
            shape,
            synonyms,
        }
    }
}

/// The words of a list as the text form spells them.
macro_rules! words {
    ($name:ident) => {{
        const WORDS: [&str; $name::ALL.len()] = {
            let mut words = [""; $name::ALL.len()];
            let mut at = 0;
            while at < words.len() {
                words[at] = $name::ALL[at].as_str();
                at += 1;
            }
            words
        };
        &WORDS
    }};
}

/// Columns of the table of touchpoints, in the text form's order.
pub(crate) static TOUCHPOINT: &[Column] = &[
    Column::new(
        "id",
        "ID",
        Shape::Text,
        "key|identifier|touchpoint id|node id|element id|nr|no|number|uuid",
    ),
    Column::new(
        "name",
        "Name",
        Shape::Text,
        "label|touchpoint|touchpoints|title|element|node|asset|activity|tactic|deliverable|bezeichnung|kontaktpunkt|nom|titel|nombre|media placement|placement|item",
    ),
    Column::new(
        "kind",
        "Kind",
        Shape::Kind,
        "touchpoint kind|touchpoint type|art|role|rolle|driver or destination|genre|tipo|type|typ|element type|node type",
    ),
    Column::new(
        "rank",
        "Rank",
        Shape::Word(words!(Rank)),
        "destination rank|destination type|rang",
    ),
    Column::new(
        "driver",
        "Driver type",
        Shape::Word(words!(DriverType)),
        "driver|direct or indirect",
    ),
    Column::new(
        "stage",
        "Stage",
        Shape::Stage,
        "journey stage|customer journey stage|funnel stage|funnel|step|phase|column|lane|stufe|etape|etapa|journey phase|lifecycle stage",
    ),
    Column::new(
        "channel",
        "Channel",
        Shape::Channel,
        "channels|kanal|medium|platform|media channel|media type|channel type|canal|vehicle",
    ),
    Column::new(
        "media",
        "Media",
        Shape::Words(words!(Media)),
        "peso|paid earned shared owned|poe|poes|paid owned earned|media group",
    ),
    Column::new(
        "ownership",
        "Ownership",
        Shape::Word(words!(Ownership)),
        "controlled by|control|owned by|besitz",
    ),
    Column::new(
        "entry",
        "Entry",
        Shape::Boolean,
        "entry point|is entry|einstieg|starting point",
    ),
    Column::new(
        "deliberate_end",
        "Deliberate end",
        Shape::Boolean,
        "end|dead end on purpose",
    ),
    Column::new(
        "status",
        "Status",
        Shape::Word(words!(Status)),
        "state|zustand|statut|estado",
    ),
    Column::new(
        "audiences",
        "Audiences",
        Shape::Audiences,
        "audience|target audience|target audiences|target group|target groups|target|segment|segments|persona|personas|zielgruppe|zielgruppen|cible|publico",
    ),
    Column::new("devices", "Devices", Shape::Texts, "device|gerate|gerat"),
    Column::new(
        "message",
        "Message",
        Shape::Text,
        "key message|copy|communication|botschaft|what it says|description|beschreibung|desc",
    ),
    Column::new(
        "cta",
        "Call to action",
        Shape::Text,
        "cta|action|calls to action|ask|handlungsaufforderung|appel a l action",
    ),
    Column::new(
        "promises",
        "Promises",
        Shape::Texts,
        "promise|offer|offers|versprechen|angebot",
    ),
    Column::new(
        "value_given",
        "Value given",
        Shape::Text,
        "value|benefit|value to customer|nutzen",
    ),
    Column::new(
        "selling_intensity",
        "Selling intensity",
        Shape::Word(words!(SellingIntensity)),
        "intensity|sales pressure",
    ),
    Column::new(
        "two_way",
        "Two-way",
        Shape::Boolean,
        "twoway|interactive|dialogue|dialog|two way communication",
    ),
    Column::new(
        "recognises",
        "Recognises",
        Shape::Texts,
        "recognizes|recognition|identity|identifies|data captured",
    ),
    Column::new(
        "opt_in",
        "Opt-in",
        Shape::Boolean,
        "optin|consent|einwilligung|permission",
    ),
    Column::new(
        "tracked",
        "Tracked",
        Shape::Boolean,
        "tracking|trackable|attributable|measured|measurable",
    ),
    Column::new(
        "system",
        "System",
        Shape::System,
        "runs on|technology|tool|software",
    ),
    Column::new(
        "metric",
        "Metric",
        Shape::Word(words!(Metric)),
        "kpi|measure|kennzahl|success metric",
    ),
    Column::new(
        "population",
        "Population",
        Shape::Count,
        "reach|people|audience size|visitors|reichweite|impressions|contacts",
    ),
    Column::new(
        "conversion_rate",
        "Conversion rate",
        Shape::Rate,
        "conversion|cvr|cr|conversion percent",
    ),
    Column::new(
        "budget",
        "Budget",
        Shape::Money,
        "media budget|spend|cost|costs|media cost|media spend|kosten|mediabudget|net budget|presupuesto|planned spend",
    ),
    Column::new(
        "production_budget",
        "Production budget",
        Shape::Money,
        "production|production cost|production costs|produktion|produktionskosten|produktionsbudget",
    ),
    Column::new(
        "flights",
        "Flights",
        Shape::Flights,
        "flight|dates|live dates|run dates|timing|laufzeit|schedule|on air|zeitraum|period",
    ),
    Column::new(
        "owner",
        "Owner",
        Shape::Text,
        "responsible|contact|assignee|verantwortlich|lead|accountable|responsable",
    ),
    Column::new(
        "review_on",
        "Review on",
        Shape::Day,
        "review|review date|next review|wiedervorlage",
    ),
    Column::new(
        "evidence_level",
        "Evidence level",
        Shape::Word(words!(EvidenceLevel)),
        "evidence|confidence|data quality",
    ),
    Column::new(
        "notes",
        "Notes",
        Shape::Text,
        "note|comment|comments|remark|remarks|notizen|bemerkung|bemerkungen|kommentar|remarques|notas",
    ),
    Column::new(
        "position",
        "Position",
        Shape::Position,
        "pin|coordinates|xy",
    ),
];

/// Columns of the table of links; names stand beside the ids of the ends.
pub(crate) static LINK: &[Column] = &[
    Column::new(
        "id",
        "ID",
        Shape::Text,
        "key|identifier|link id|edge id|connection id|nr|no|number|uuid",
    ),
    Column::new(
        "from",
        "From",
        Shape::End,
        "source|from id|source id|start|von|origin touchpoint|quelle|driver|from touchpoint|tail",
    ),
    Column::new("from_name", "From name", Shape::EndName, "source name"),
    Column::new(
        "to",
        "To",
        Shape::End,
        "target|to id|target id|end|nach|zu|destination|ziel|to touchpoint|head",
    ),
    Column::new("to_name", "To name", Shape::EndName, "target name"),
    Column::new(
        "cta",
        "Call to action",
        Shape::Text,
        "cta|action|label|text|title|name|handlungsaufforderung|edge label|connection label",
    ),
    Column::new(
        "kind",
        "Kind",
        Shape::Word(words!(LinkKind)),
        "link kind|type|link type|connection type|art|typ|edge type",
    ),
    Column::new(
        "rate",
        "Rate",
        Shape::RateEstimate,
        "conversion|conversion rate|click rate|click through rate|ctr|share|quote|weight|strength|transition rate",
    ),
    Column::new(
        "lag_days",
        "Lag in days",
        Shape::Days,
        "lag|days|delay|delay days|lag days|verzogerung",
    ),
    Column::new(
        "tracked",
        "Tracked",
        Shape::Boolean,
        "tracking|trackable|attributable",
    ),
    Column::new(
        "code",
        "Code",
        Shape::Text,
        "tag|utm|voucher|tracking code|campaign code",
    ),
    Column::new(
        "origin",
        "Origin",
        Shape::Word(words!(Origin)),
        "planned or emerged",
    ),
    Column::new(
        "notes",
        "Notes",
        Shape::Text,
        "note|comment|comments|remark|remarks|description|notizen|bemerkung|kommentar",
    ),
];

/// What a folded heading means, and whether it is the column's own name.
type Names = HashMap<String, (&'static Column, bool)>;

/// Names of columns, folded once; a column's own name goes before another's synonym.
fn names(columns: &'static [Column]) -> Names {
    let mut names = Names::new();
    for column in columns {
        for own in [column.heading, column.field] {
            names.insert(fold(own), (column, true));
        }
    }
    for column in columns {
        for synonym in column.synonyms.split('|') {
            names.entry(synonym.to_owned()).or_insert((column, false));
        }
    }
    names
}

/// The longest heading that is looked up, in bytes: what is longer is a sentence.
const LONGEST_HEADING: usize = 80;

/// The column that a heading means, and whether the heading is its own name rather than a synonym.
pub(crate) fn meaning(
    columns: &'static [Column],
    heading: &str,
) -> Option<(&'static Column, bool)> {
    static TOUCHPOINT_NAMES: LazyLock<Names> = LazyLock::new(|| names(TOUCHPOINT));
    static LINK_NAMES: LazyLock<Names> = LazyLock::new(|| names(LINK));
    if heading.is_empty() || heading.len() > LONGEST_HEADING {
        return None;
    }
    let names = if std::ptr::eq(columns, LINK) {
        &LINK_NAMES
    } else {
        &TOUCHPOINT_NAMES
    };
    names.get(&fold(&without_unit(heading))).copied()
}

/// The column that a heading means.
pub(crate) fn meant_by(columns: &'static [Column], heading: &str) -> Option<&'static Column> {
    meaning(columns, heading).map(|(column, _)| column)
}

/// `Budget (EUR)`, `Budget [€]` and `Budget in €` are all a budget.
fn without_unit(heading: &str) -> String {
    let bare = heading
        .split(['(', '[', '€', '$', '£'])
        .next()
        .unwrap_or(heading)
        .trim();
    let bare = bare
        .strip_suffix(" in")
        .unwrap_or(bare)
        .trim_end_matches([' ', '*', ':', '?']);
    if bare.is_empty() {
        heading.to_owned()
    } else {
        bare.to_owned()
    }
}

/// The column of a field.
pub(crate) fn column_of(columns: &'static [Column], field: &str) -> Option<&'static Column> {
    columns.iter().find(|column| column.field == field)
}

#[cfg(test)]
mod tests {
    use super::*;
    use backcast_model::{Link, Record, Touchpoint};

    #[test]
    fn every_field_has_its_column_in_order() {
        let ours: Vec<_> = TOUCHPOINT.iter().map(|column| column.field).collect();
        let theirs: Vec<_> = Touchpoint::FIELDS.iter().map(|field| field.name).collect();
        assert_eq!(ours, theirs);
        for field in Link::FIELDS {
            assert!(column_of(LINK, field.name).is_some(), "{}", field.name);
        }
    }

    #[test]
    fn headings_are_understood() {
        let cases = [
            ("Touchpoint", "name"),
            ("Budget (EUR)", "budget"),
            ("CTA", "cta"),
            ("Zielgruppe", "audiences"),
            ("review_on", "review_on"),
            ("Target Audience", "audiences"),
            ("Funnel-Stage", "stage"),
            ("Two way", "two_way"),
        ];
        for (heading, field) in cases {
            assert_eq!(
                meant_by(TOUCHPOINT, heading).map(|column| column.field),
                Some(field),
                "{heading}"
            );
        }
        assert_eq!(
            meant_by(LINK, "Source").map(|column| column.field),
            Some("from")
        );
        assert!(meant_by(TOUCHPOINT, "Colour").is_none());
    }

    #[test]
    fn synonyms_are_folded_and_belong_to_one_column() {
        for columns in [TOUCHPOINT, LINK] {
            let mut seen = std::collections::BTreeSet::new();
            for synonym in columns.iter().flat_map(|column| column.synonyms.split('|')) {
                assert_eq!(fold(synonym), synonym);
                assert!(seen.insert(synonym), "{synonym} stands twice");
            }
        }
    }
}
