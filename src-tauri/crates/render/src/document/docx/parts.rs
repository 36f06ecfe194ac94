//! The parts of a Word file beside its text: what is inside, how styles look, where numbers of pages stand.

use super::super::html::escaped;
use super::super::{Document, Sheet, colours};

/// The head of every XML part.
pub(super) const HEAD: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";

/// The names of the vocabularies in use.
pub(super) const SPACES: &str = "xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\" \
    xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\" \
    xmlns:wp=\"http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing\" \
    xmlns:a=\"http://schemas.openxmlformats.org/drawingml/2006/main\" \
    xmlns:pic=\"http://schemas.openxmlformats.org/drawingml/2006/picture\"";

/// Where the kinds of relations are named.
pub(super) const RELATION: &str =
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

/// The space beside the text, in points.
pub(super) const MARGIN: f64 = 56.7;

/// Points as twentieths of a point.
pub(super) fn twentieths(points: f64) -> i64 {
    #[expect(
        clippy::cast_possible_truncation,
        reason = "sheets measure a few thousand points"
    )]
    let whole = (points * 20.0).round() as i64;
    whole
}

/// The width that text has on a sheet, in points.
pub(super) fn text_width(sheet: Sheet) -> f64 {
    (sheet.width - 2.0 * MARGIN).max(MARGIN)
}

pub(super) fn content_types() -> String {
    let word = "application/vnd.openxmlformats-officedocument.wordprocessingml";
    let package = "application/vnd.openxmlformats-package";
    let overrides = [
        ("/word/document.xml", format!("{word}.document.main+xml")),
        ("/word/styles.xml", format!("{word}.styles+xml")),
        ("/word/numbering.xml", format!("{word}.numbering+xml")),
        ("/word/settings.xml", format!("{word}.settings+xml")),
        ("/word/footer1.xml", format!("{word}.footer+xml")),
        (
            "/docProps/core.xml",
            format!("{package}.core-properties+xml"),
        ),
        (
            "/docProps/app.xml",
            "application/vnd.openxmlformats-officedocument.extended-properties+xml".to_owned(),
        ),
    ];
    let told: String = overrides
        .iter()
        .map(|(part, kind)| format!("<Override PartName=\"{part}\" ContentType=\"{kind}\"/>"))
        .collect();
    format!(
        "{HEAD}<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\">\
         <Default Extension=\"rels\" ContentType=\"{package}.relationships+xml\"/>\
         <Default Extension=\"xml\" ContentType=\"application/xml\"/>\
         <Default Extension=\"png\" ContentType=\"image/png\"/>{told}</Types>"
    )
}

/// Relations of a part: number, kind, target, and whether it is outside the file.
pub(super) fn relations(all: &[(String, String, String, bool)]) -> String {
    let told: String = all
        .iter()
        .map(|(id, kind, target, outside)| {
            let outside = if *outside {
                " TargetMode=\"External\""
            } else {
                ""
            };
            let target = escaped(target);
            format!("<Relationship Id=\"{id}\" Type=\"{kind}\" Target=\"{target}\"{outside}/>")
        })
        .collect();
    format!(
        "{HEAD}<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">{told}</Relationships>"
    )
}

pub(super) fn package_relations() -> String {
    let core =
        "http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties";
    let all = [
        (
            "rId1",
            format!("{RELATION}/officeDocument"),
            "word/document.xml",
        ),
        ("rId2", core.to_owned(), "docProps/core.xml"),
        (
            "rId3",
            format!("{RELATION}/extended-properties"),
            "docProps/app.xml",
        ),
    ];
    let all = all.map(|(id, kind, target)| (id.to_owned(), kind, target.to_owned(), false));
    relations(&all)
}

pub(super) fn core(document: &Document) -> String {
    format!(
        "{HEAD}<cp:coreProperties xmlns:cp=\"http://schemas.openxmlformats.org/package/2006/metadata/core-properties\" \
         xmlns:dc=\"http://purl.org/dc/elements/1.1/\"><dc:title>{}</dc:title><dc:subject>{}</dc:subject>\
         <dc:creator>Backcast</dc:creator><dc:language>en-GB</dc:language></cp:coreProperties>",
        escaped(&document.full_title()),
        escaped(&document.kind)
    )
}

pub(super) fn app() -> String {
    format!(
        "{HEAD}<Properties xmlns=\"http://schemas.openxmlformats.org/officeDocument/2006/extended-properties\">\
         <Application>Backcast</Application></Properties>"
    )
}

pub(super) fn settings() -> String {
    format!(
        "{HEAD}<w:settings {SPACES}><w:zoom w:percent=\"100\"/><w:defaultTabStop w:val=\"709\"/>\
         <w:characterSpacingControl w:val=\"doNotCompress\"/><w:compat><w:compatSetting w:name=\"compatibilityMode\" \
         w:uri=\"http://schemas.microsoft.com/office/word\" w:val=\"15\"/></w:compat></w:settings>"
    )
}

pub(super) fn numbering() -> String {
    format!(
        "{HEAD}<w:numbering {SPACES}><w:abstractNum w:abstractNumId=\"0\"><w:multiLevelType w:val=\"hybridMultilevel\"/>\
         <w:lvl w:ilvl=\"0\"><w:start w:val=\"1\"/><w:numFmt w:val=\"bullet\"/><w:lvlText w:val=\"\u{2022}\"/>\
         <w:lvlJc w:val=\"left\"/><w:pPr><w:ind w:left=\"340\" w:hanging=\"227\"/></w:pPr></w:lvl></w:abstractNum>\
         <w:num w:numId=\"1\"><w:abstractNumId w:val=\"0\"/></w:num></w:numbering>"
    )
}

/// The foot of every page: what it is from, and its number.
pub(super) fn footer(document: &Document, sheet: Sheet) -> String {
    let right = twentieths(text_width(sheet));
    let field = |name: &str| {
        format!("<w:fldSimple w:instr=\" {name} \"><w:r><w:t>1</w:t></w:r></w:fldSimple>")
    };
    format!(
        "{HEAD}<w:ftr {SPACES}><w:p><w:pPr><w:pStyle w:val=\"Footer\"/><w:tabs><w:tab w:val=\"right\" w:pos=\"{right}\"/>\
         </w:tabs></w:pPr><w:r><w:t xml:space=\"preserve\">{}</w:t></w:r><w:r><w:tab/></w:r>{}\
         <w:r><w:t xml:space=\"preserve\"> / </w:t></w:r>{}</w:p></w:ftr>",
        escaped(&document.full_title()),
        field("PAGE"),
        field("NUMPAGES")
    )
}

/// A paragraph style: id, name, what it is based on, its paragraph's and its letters' properties.
fn style(id: &str, name: &str, paragraph: &str, letters: &str) -> String {
    let base = if id == "Normal" {
        ""
    } else {
        "<w:basedOn w:val=\"Normal\"/>"
    };
    let next = if id.starts_with("Heading") || id == "Title" {
        "<w:next w:val=\"Normal\"/>"
    } else {
        ""
    };
    let is_default = if id == "Normal" {
        " w:default=\"1\""
    } else {
        ""
    };
    format!(
        "<w:style w:type=\"paragraph\"{is_default} w:styleId=\"{id}\"><w:name w:val=\"{name}\"/>{base}{next}<w:qFormat/>\
         <w:pPr>{paragraph}</w:pPr><w:rPr>{letters}</w:rPr></w:style>"
    )
}

/// The styles of titles and headings.
fn heading_styles() -> String {
    let ink = hex(colours::INK);
    let soft = hex(colours::SOFT);
    let accent = hex(colours::ACCENT);
    let heading = |number: usize, before: usize, size: usize| {
        style(
            &format!("Heading{number}"),
            &format!("heading {number}"),
            &format!(
                "<w:keepNext/><w:keepLines/><w:spacing w:before=\"{before}\" w:after=\"100\" w:line=\"264\" \
                 w:lineRule=\"auto\"/><w:outlineLvl w:val=\"{}\"/>",
                number - 1
            ),
            &format!("<w:b/><w:color w:val=\"{ink}\"/><w:sz w:val=\"{size}\"/>"),
        )
    };
    let all = [
        style(
            "Normal",
            "Normal",
            "<w:spacing w:after=\"120\" w:line=\"276\" w:lineRule=\"auto\"/>",
            "",
        ),
        style(
            "Title",
            "Title",
            "<w:keepNext/><w:spacing w:after=\"80\" w:line=\"240\" w:lineRule=\"auto\"/>",
            &format!(
                "<w:b/><w:color w:val=\"{ink}\"/><w:spacing w:val=\"-8\"/><w:sz w:val=\"56\"/>"
            ),
        ),
        style(
            "Subtitle",
            "Subtitle",
            "<w:keepNext/><w:spacing w:after=\"40\"/>",
            &format!("<w:b/><w:color w:val=\"{accent}\"/><w:sz w:val=\"24\"/>"),
        ),
        style(
            "Date",
            "Date",
            &format!(
                "<w:pBdr><w:bottom w:val=\"single\" w:sz=\"12\" w:space=\"10\" w:color=\"{ink}\"/></w:pBdr>\
                 <w:spacing w:after=\"320\"/>"
            ),
            &format!("<w:color w:val=\"{soft}\"/><w:sz w:val=\"20\"/>"),
        ),
        heading(1, 480, 36),
        heading(2, 320, 26),
        heading(3, 220, 22),
    ];
    all.concat()
}

/// The styles of everything below headings.
fn text_styles() -> String {
    let soft = hex(colours::SOFT);
    let line = hex(colours::LINE);
    let all = [
        style(
            "Note",
            "Note",
            "",
            &format!("<w:color w:val=\"{soft}\"/><w:sz w:val=\"19\"/>"),
        ),
        style(
            "Quote",
            "Quote",
            &format!(
                "<w:pBdr><w:left w:val=\"single\" w:sz=\"18\" w:space=\"10\" w:color=\"{line}\"/></w:pBdr>\
                 <w:ind w:left=\"227\"/>"
            ),
            "",
        ),
        style(
            "ListBullet",
            "List Bullet",
            "<w:numPr><w:ilvl w:val=\"0\"/><w:numId w:val=\"1\"/></w:numPr><w:spacing w:after=\"60\"/>",
            "",
        ),
        style(
            "Cell",
            "Table Text",
            "<w:spacing w:after=\"0\" w:line=\"252\" w:lineRule=\"auto\"/>",
            "<w:sz w:val=\"19\"/>",
        ),
        style(
            "CellHead",
            "Table Head",
            "<w:keepNext/><w:spacing w:after=\"0\" w:line=\"252\" w:lineRule=\"auto\"/>",
            &format!("<w:b/><w:color w:val=\"{soft}\"/><w:sz w:val=\"18\"/>"),
        ),
        style(
            "AfterTable",
            "After Table",
            "<w:spacing w:after=\"0\" w:line=\"200\" w:lineRule=\"exact\"/>",
            "<w:sz w:val=\"12\"/>",
        ),
        style(
            "Figure",
            "Figure",
            "<w:spacing w:before=\"120\" w:after=\"200\"/>",
            "",
        ),
        style(
            "Footer",
            "footer",
            "<w:spacing w:after=\"0\"/>",
            &format!("<w:color w:val=\"{soft}\"/><w:sz w:val=\"17\"/>"),
        ),
    ];
    all.concat()
}

pub(super) fn styles() -> String {
    let (ink, accent) = (hex(colours::INK), hex(colours::ACCENT));
    format!(
        "{HEAD}<w:styles {SPACES}><w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:ascii=\"Calibri\" w:hAnsi=\"Calibri\" \
         w:eastAsia=\"Calibri\" w:cs=\"Calibri\"/><w:color w:val=\"{ink}\"/><w:sz w:val=\"22\"/><w:szCs w:val=\"22\"/>\
         <w:lang w:val=\"en-GB\"/></w:rPr></w:rPrDefault><w:pPrDefault/></w:docDefaults>{}\
         <w:style w:type=\"character\" w:default=\"1\" w:styleId=\"DefaultParagraphFont\">\
         <w:name w:val=\"Default Paragraph Font\"/></w:style><w:style w:type=\"character\" w:styleId=\"Hyperlink\">\
         <w:name w:val=\"Hyperlink\"/><w:rPr><w:color w:val=\"{accent}\"/><w:u w:val=\"single\"/></w:rPr></w:style>\
         <w:style w:type=\"table\" w:default=\"1\" w:styleId=\"TableNormal\"><w:name w:val=\"Normal Table\"/><w:tblPr>\
         <w:tblInd w:w=\"0\" w:type=\"dxa\"/></w:tblPr></w:style></w:styles>",
        heading_styles() + &text_styles()
    )
}

/// A colour as Word spells it.
pub(super) fn hex(colour: crate::scene::Colour) -> String {
    colour.to_string().trim_start_matches('#').to_owned()
}
