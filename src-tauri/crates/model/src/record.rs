//! What every row of a map has in common: an entity, an id, named fields. The text form, the tables and the change
//! log all speak of fields by these names; unknown fields ride along untouched. No rule about a particular field
//! lives here.

use std::borrow::Borrow;
use std::fmt;

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use serde_json::{Map as JsonMap, Value};
use serde_path_to_error::Segment;
use smol_str::SmolStr;

use crate::LONGEST_TEXT;
use crate::refusal::Refusal;
use crate::wording::in_plain_words;

/// A row's fields by name, in the text form's spelling and order; an absent field has no key.
pub type Fields = JsonMap<String, Value>;

/// The longest id, in bytes.
const LONGEST_ID: usize = 1000;

/// Names a row within its entity. Not empty, at most 1,000 bytes, no control characters.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(transparent)]
pub struct Id(SmolStr);

impl Id {
    /// # Errors
    /// When the text is empty, longer than 1,000 bytes or holds control characters.
    pub fn new(text: impl AsRef<str>) -> Result<Self, String> {
        let text = text.as_ref();
        if text.is_empty() {
            return Err("an id is not empty".to_owned());
        }
        if text.len() > LONGEST_ID {
            return Err(format!(
                "an id has at most {LONGEST_ID} bytes, not {}",
                text.len()
            ));
        }
        if text.chars().any(char::is_control) {
            return Err("an id has no control characters".to_owned());
        }
        Ok(Self(SmolStr::new(text)))
    }

    /// An id that reads like the name it is for, made unique by `suffix`: `E-mail, weekly` becomes `e-mail-weekly-4k2f9x`.
    #[must_use]
    pub fn from_name(name: &str, suffix: &str) -> Self {
        let mut slug = String::new();
        for character in name.chars().take(40) {
            if character.is_alphanumeric() {
                slug.extend(character.to_lowercase());
            } else if !slug.is_empty() && !slug.ends_with('-') {
                slug.push('-');
            }
        }
        let slug = slug.trim_end_matches('-');
        Self(SmolStr::new(if slug.is_empty() {
            suffix.to_owned()
        } else {
            format!("{slug}-{suffix}")
        }))
    }

    /// An id put together from others. Beyond the longest id its tail becomes a fingerprint (64-bit FNV-1a), so that
    /// the same parts always give the same id.
    #[must_use]
    pub fn derived(text: &str) -> Self {
        if text.len() <= LONGEST_ID {
            return Self(SmolStr::new(text));
        }
        let head: String = text.chars().take(40).collect();
        let fingerprint = text.bytes().fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
            (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
        });
        Self(SmolStr::new(format!("{head}#{fingerprint:016x}")))
    }

    /// The id's text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl Borrow<str> for Id {
    fn borrow(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Id {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

impl<'de> Deserialize<'de> for Id {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Self::new(SmolStr::deserialize(deserializer)?).map_err(serde::de::Error::custom)
    }
}

/// The kinds of row a map is made of, in the order in which they may refer to each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "specta", derive(specta::Type))]
pub enum Entity {
    /// The map's own properties; one row.
    Map,
    /// A step of the customer's journey.
    Stage,
    /// Who the map is for.
    Audience,
    /// A system that touchpoints run on.
    System,
    /// Anything a customer meets.
    Touchpoint,
    /// A directed step between two touchpoints.
    Link,
    /// A gap that is there on purpose.
    Dismissal,
}

impl Entity {
    /// Every entity; who refers to another comes after it.
    pub const ALL: [Self; 7] = [
        Self::Map,
        Self::Stage,
        Self::Audience,
        Self::System,
        Self::Touchpoint,
        Self::Link,
        Self::Dismissal,
    ];

    /// The entity as edits and tables spell it.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Map => "map",
            Self::Stage => "stage",
            Self::Audience => "audience",
            Self::System => "system",
            Self::Touchpoint => "touchpoint",
            Self::Link => "link",
            Self::Dismissal => "dismissal",
        }
    }
}

impl fmt::Display for Entity {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.as_str())
    }
}

/// How a field's value is kept in a table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FieldKind {
    /// Text, words of a list and dates.
    Text,
    /// A whole number.
    Integer,
    /// A number.
    Real,
    /// Yes or no.
    Boolean,
    /// Money: a number of the currency's unit in text, hundredths in tables.
    Money,
    /// A list or an object, kept as JSON text.
    Json,
}

/// A field's name and how tables keep it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Field {
    /// The name in the text form, in edits, in tables and in the change log.
    pub name: &'static str,
    /// How tables keep it.
    pub kind: FieldKind,
}

/// Declares a record's fields in the text form's order: `fields![id: Text, evidence: Json]`.
macro_rules! fields {
    ($($name:ident: $kind:ident),+ $(,)?) => {
        &[$($crate::record::Field { name: stringify!($name), kind: $crate::record::FieldKind::$kind }),+]
    };
}
pub(crate) use fields;

/// One step of a JSON pointer (RFC 6901).
fn step(segment: &Segment) -> String {
    match segment {
        Segment::Seq { index } => index.to_string(),
        Segment::Map { key } => key.replace('~', "~0").replace('/', "~1"),
        Segment::Enum { variant } => variant.clone(),
        Segment::Unknown => String::new(),
    }
}

/// A typed row.
pub trait Record: Serialize + DeserializeOwned + Clone {
    /// Its entity.
    const ENTITY: Entity;
    /// Its known fields in the text form's order, the id among them where the row holds it.
    const FIELDS: &'static [Field];

    /// Its id.
    fn id(&self) -> Id;

    /// Fields that this version of the program does not know, kept and written back.
    fn unknown(&self) -> &Fields;

    /// Takes the unknown fields in.
    fn set_unknown(&mut self, unknown: Fields);

    /// The row from its fields by name. `null` counts as absent.
    ///
    /// # Errors
    /// When a required field is missing or a value is not of its field's type or range.
    fn from_fields(fields: Fields) -> Result<Self, Refusal> {
        let id_text = fields.get("id").and_then(Value::as_str).map(str::to_owned);
        let refuse = |field: String, reason: String| Refusal {
            entity: Some(Self::ENTITY),
            id: id_text.clone(),
            field,
            ..Refusal::new(reason)
        };
        let (mut known, mut unknown) = (Fields::new(), Fields::new());
        for (name, value) in fields {
            if let Some(path) = too_long(&value) {
                let field = if path.is_empty() {
                    name
                } else {
                    format!("{name}/{path}")
                };
                return Err(refuse(
                    field,
                    format!("a text has at most {LONGEST_TEXT} bytes"),
                ));
            }
            match Self::FIELDS.iter().any(|field| field.name == name) {
                true if value.is_null() => {}
                true => drop(known.insert(name, value)),
                false => drop(unknown.insert(name, value)),
            }
        }
        let mut record: Self =
            serde_path_to_error::deserialize(Value::Object(known)).map_err(|error| {
                let mut path: Vec<_> = error.path().iter().map(step).collect();
                path.retain(|step| !step.is_empty());
                let worded = in_plain_words(&error.into_inner().to_string());
                path.extend(worded.missing);
                refuse(path.join("/"), worded.reason)
            })?;
        record.set_unknown(unknown);
        Ok(record)
    }

    /// The row's fields by name: known ones in the text form's order, then unknown ones as they came.
    fn to_fields(&self) -> Fields {
        let mut fields = match serde_json::to_value(self) {
            Ok(Value::Object(fields)) => fields,
            // Records are structs of finite numbers and texts, which always make an object.
            _ => Fields::new(),
        };
        fields.extend(self.unknown().clone());
        fields
    }
}

/// The path of the first over-long text inside a value.
fn too_long(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => (text.len() > LONGEST_TEXT).then(String::new),
        Value::Array(items) => items
            .iter()
            .enumerate()
            .find_map(|(at, item)| Some(join(&at.to_string(), &too_long(item)?))),
        Value::Object(entries) => entries
            .iter()
            .find_map(|(key, item)| Some(join(key, &too_long(item)?))),
        _ => None,
    }
}

fn join(head: &str, rest: &str) -> String {
    if rest.is_empty() {
        head.to_owned()
    } else {
        format!("{head}/{rest}")
    }
}
