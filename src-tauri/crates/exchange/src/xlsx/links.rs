//! The sheet of tagged links: for each link that people follow, the address they follow with the four UTM parameters
//! that tell the way they came. The address to tag stands in a column of its own; the tagged one is a formula over it.

use backcast_model::{Link, LinkKind, Media, Touchpoint};
use rust_xlsxwriter::{Formula, Worksheet, XlsxError};

use super::formats::{Formats, clipped, filter, head};
use super::write::Content;
use crate::cell::Cell;
use crate::columns::Shape;
use crate::fold::slug;
use crate::matrix::Shown;

/// The parameters of a tagged link.
struct Tags {
    source: String,
    medium: String,
    campaign: String,
    content: String,
}

impl Tags {
    fn of(content: &Content<'_>, touchpoint: &Touchpoint) -> Self {
        let channel = touchpoint.channel.as_deref();
        let word = |text: &str, otherwise: &str| {
            let slug = slug(text);
            if slug.is_empty() {
                otherwise.to_owned()
            } else {
                slug
            }
        };
        Self {
            source: word(channel.unwrap_or(&touchpoint.name), "touchpoint"),
            medium: medium(content, touchpoint),
            campaign: word(&content.map.properties.title, "campaign"),
            content: word(&touchpoint.name, &slug(touchpoint.id.as_str())),
        }
    }

    fn query(&self) -> String {
        let Self {
            source,
            medium,
            campaign,
            content,
        } = self;
        format!(
            "utm_source={source}&utm_medium={medium}&utm_campaign={campaign}&utm_content={content}"
        )
    }
}

/// The touchpoint's media, else its channel's: the first named.
fn medium(content: &Content<'_>, touchpoint: &Touchpoint) -> String {
    let channel = touchpoint
        .channel
        .as_deref()
        .and_then(|channel| content.catalog.channel(channel));
    let own = touchpoint
        .media
        .as_ref()
        .and_then(|media| media.first().copied());
    let media = own.or_else(|| channel.and_then(|channel| channel.media.first().copied()));
    media.map_or("other", Media::as_str).to_owned()
}

/// Whether people follow the link by an address that can carry tags.
fn can_be_tagged(link: &Link) -> bool {
    matches!(
        link.kind,
        None | Some(LinkKind::Link | LinkKind::Retargeting | LinkKind::Loop)
    )
}

const COLUMNS: [(&str, f64); 9] = [
    ("Touchpoint", 30.0),
    ("Leads to", 30.0),
    ("Call to action", 28.0),
    ("Base address", 36.0),
    ("utm_source", 22.0),
    ("utm_medium", 14.0),
    ("utm_campaign", 32.0),
    ("utm_content", 28.0),
    ("Tagged link", 70.0),
];

pub(super) fn sheet(
    sheet: &mut Worksheet,
    content: &Content<'_>,
    shown: &Shown<'_>,
    formats: &Formats,
) -> Result<(), XlsxError> {
    sheet.set_name("Tagged links")?;
    head(
        sheet,
        formats,
        &COLUMNS.map(|(heading, width)| (heading.to_owned(), width)),
        2,
    )?;
    let base = content.base_address.as_deref().unwrap_or_default();
    let mut row = 0;
    for link in content.map.links.iter().filter(|link| can_be_tagged(link)) {
        let Some(from) = content
            .map
            .touchpoints
            .get(link.from.as_str())
            .filter(|from| from.is_present())
        else {
            continue;
        };
        row += 1;
        let tags = Tags::of(content, from);
        let cta = link
            .cta
            .as_deref()
            .or(from.cta.as_deref())
            .unwrap_or_default();
        let texts = [
            from.name.as_str(),
            shown.touchpoint_name(&link.to),
            cta,
            base,
            &tags.source,
            &tags.medium,
            &tags.campaign,
            &tags.content,
        ];
        for (column, text) in (0_u16..).zip(texts) {
            formats.cell(sheet, (row, column), &Cell::text(text), Shape::Text)?;
        }
        sheet.write_formula_with_format(row, 8, tagged(row + 1, base, &tags), &formats.link)?;
    }
    filter(sheet, row, COLUMNS.len())
}

/// The address with its tags, as a formula over the row (counted from 1) and with its present value.
fn tagged(row: u32, base: &str, tags: &Tags) -> Formula {
    let formula = format!(
        "=IF(D{row}=\"\",\"\",D{row}&IF(ISNUMBER(FIND(\"?\",D{row})),\"&\",\"?\")&\"utm_source=\"&E{row}\
         &\"&utm_medium=\"&F{row}&\"&utm_campaign=\"&G{row}&\"&utm_content=\"&H{row})"
    );
    let joint = if base.contains('?') { '&' } else { '?' };
    let value = if base.trim().is_empty() {
        String::new()
    } else {
        format!("{base}{joint}{}", tags.query())
    };
    Formula::new(formula).set_result(clipped(&value))
}
