//! The text of a Word file: blocks as paragraphs, tables and drawings, with the relations they need.

use std::fmt::Write as _;

use super::super::html::escaped;
use super::super::picture::Drawn;
use super::super::{
    Align, Block, Document, DocumentError, Figure, Row, RowKind, Sheet, Style, Table, Text,
    colours, picture,
};
use super::package::Part;
use super::parts::{HEAD, MARGIN, RELATION, SPACES, hex, relations, text_width, twentieths};

/// English Metric Units to the point.
const UNITS: f64 = 12_700.0;

/// How wide the names of facts are, as a share of the text.
const FACT_NAMES: f64 = 0.22;

/// The most of a sheet's height that a picture takes.
const PICTURE_SHARE: f64 = 0.34;

/// The free space between a cell's words and its right edge, in twentieths of a point.
const CELL_MARGIN: i64 = 160;

/// The text of a document while it is written.
pub(super) struct Body {
    xml: String,
    sheet: Sheet,
    /// Number, kind, target, whether outside.
    relations: Vec<(String, String, String, bool)>,
    media: Vec<Part>,
    break_pending: bool,
    /// The pictures that are still to be placed, in their order.
    drawn: std::vec::IntoIter<Drawn>,
}

impl Body {
    /// `drawn` are the document's pictures in their order.
    pub(super) fn of(
        document: &Document,
        sheet: Sheet,
        drawn: Vec<Drawn>,
    ) -> Result<Self, DocumentError> {
        let inside = [
            ("styles", "styles.xml"),
            ("numbering", "numbering.xml"),
            ("settings", "settings.xml"),
            ("footer", "footer1.xml"),
        ];
        let mut body = Self {
            xml: String::new(),
            sheet,
            relations: Vec::new(),
            media: Vec::new(),
            break_pending: false,
            drawn: drawn.into_iter(),
        };
        for (kind, target) in inside {
            body.relate(kind, target, false);
        }
        let logo = body.logo(document)?;
        let kind = body.runs(&Text::plain(&document.kind));
        let _ = write!(
            body.xml,
            "<w:p><w:pPr><w:pStyle w:val=\"Subtitle\"/></w:pPr>{logo}{kind}</w:p>"
        );
        body.paragraph("Title", "", &Text::plain(&document.title));
        body.paragraph("Date", "", &Text::plain(&document.date));
        for (at, block) in document.blocks.iter().enumerate() {
            let next = document.blocks.get(at + 1);
            let leads = matches!(next, Some(Block::Table(_) | Block::List(_)));
            body.block(block, if leads { "<w:keepNext/>" } else { "" })?;
        }
        Ok(body)
    }

    pub(super) fn xml(&self) -> String {
        let (width, height) = (twentieths(self.sheet.width), twentieths(self.sheet.height));
        let margin = twentieths(MARGIN);
        format!(
            "{HEAD}<w:document {SPACES}><w:body>{}<w:sectPr><w:footerReference w:type=\"default\" r:id=\"rId4\"/>\
             <w:pgSz w:w=\"{width}\" w:h=\"{height}\"/><w:pgMar w:top=\"{margin}\" w:right=\"{margin}\" \
             w:bottom=\"{margin}\" w:left=\"{margin}\" w:header=\"600\" w:footer=\"600\" w:gutter=\"0\"/></w:sectPr>\
             </w:body></w:document>",
            self.xml
        )
    }

    pub(super) fn relations(&self) -> String {
        relations(&self.relations)
    }

    pub(super) fn into_media(self) -> Vec<Part> {
        self.media
    }

    fn relate(&mut self, kind: &str, target: &str, outside: bool) -> String {
        let id = format!("rId{}", self.relations.len() + 1);
        self.relations.push((
            id.clone(),
            format!("{RELATION}/{kind}"),
            target.to_owned(),
            outside,
        ));
        id
    }

    /// `kept` keeps a paragraph with the table or list that it leads to.
    fn block(&mut self, block: &Block, kept: &str) -> Result<(), DocumentError> {
        match block {
            Block::Heading(level, text) => {
                self.paragraph(&format!("Heading{}", level.depth()), "", text);
            }
            Block::Paragraph(text) => self.paragraph("Normal", kept, text),
            Block::Note(text) => self.paragraph("Note", kept, text),
            Block::Quote(text) => self.paragraph("Quote", "", text),
            Block::List(points) => {
                for point in points {
                    self.paragraph("ListBullet", "", point);
                }
            }
            Block::Facts(facts) => self.facts(facts),
            Block::Table(table) => self.table(table),
            Block::Figure(shown) => self.picture(shown)?,
            Block::PageBreak => self.break_pending = true,
        }
        Ok(())
    }

    fn paragraph(&mut self, style: &str, more: &str, text: &Text) {
        let broken = if std::mem::take(&mut self.break_pending) {
            "<w:pageBreakBefore/>"
        } else {
            ""
        };
        let (kept, more) = match more {
            "<w:keepNext/>" => (more, ""),
            _ => ("", more),
        };
        let runs = self.runs(text);
        let _ = write!(
            self.xml,
            "<w:p><w:pPr><w:pStyle w:val=\"{style}\"/>{kept}{broken}{more}</w:pPr>{runs}</w:p>"
        );
    }

    fn runs(&mut self, text: &Text) -> String {
        let mut out = String::new();
        for span in text.spans() {
            let look = match span.style {
                Style::Plain => String::new(),
                Style::Strong => "<w:b/>".to_owned(),
                Style::Soft => format!("<w:color w:val=\"{}\"/>", hex(colours::SOFT)),
                Style::Severity(severity) => format!(
                    "<w:b/><w:color w:val=\"{}\"/>",
                    hex(colours::of_severity(severity))
                ),
            };
            let words = escaped(&span.text);
            match &span.address {
                Some(address) => {
                    let id = self.relate("hyperlink", address.as_str(), true);
                    let _ = write!(
                        out,
                        "<w:hyperlink r:id=\"{id}\"><w:r><w:rPr><w:rStyle w:val=\"Hyperlink\"/></w:rPr>\
                         <w:t xml:space=\"preserve\">{words}</w:t></w:r></w:hyperlink>"
                    );
                }
                None => {
                    let _ = write!(
                        out,
                        "<w:r><w:rPr>{look}</w:rPr><w:t xml:space=\"preserve\">{words}</w:t></w:r>"
                    );
                }
            }
        }
        out
    }

    fn facts(&mut self, facts: &[(String, Text)]) {
        let width = text_width(self.sheet);
        let widths = [
            twentieths(width * FACT_NAMES),
            twentieths(width * (1.0 - FACT_NAMES)),
        ];
        self.open_table(&widths);
        for (name, text) in facts {
            self.xml.push_str("<w:tr><w:trPr><w:cantSplit/></w:trPr>");
            self.cell("CellHead", Align::Left, widths[0], 1, &Text::plain(name));
            self.cell("Cell", Align::Left, widths[1], 1, text);
            self.xml.push_str("</w:tr>");
        }
        self.close_table();
    }

    fn table(&mut self, table: &Table) {
        let sum: f64 = table.columns.iter().map(|column| column.share).sum();
        let width = text_width(self.sheet);
        let widths: Vec<i64> = table
            .columns
            .iter()
            .map(|column| twentieths(width * column.share / sum.max(f64::MIN_POSITIVE)))
            .collect();
        self.open_table(&widths);
        self.xml
            .push_str("<w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>");
        for (column, width) in table.columns.iter().zip(&widths) {
            let title = Text::plain(&column.title);
            self.cell("CellHead", column.align, *width, 1, &title);
        }
        self.xml.push_str("</w:tr>");
        for row in &table.rows {
            self.row(table, &widths, row);
        }
        self.close_table();
    }

    fn row(&mut self, table: &Table, widths: &[i64], row: &Row) {
        self.xml.push_str("<w:tr><w:trPr><w:cantSplit/></w:trPr>");
        let names_all = row.kind == RowKind::Group && row.cells.iter().skip(1).all(Text::is_empty);
        let strong = row.kind != RowKind::Plain;
        if let Some(first) = row.cells.first().filter(|_| names_all) {
            let text = Text::strong(&first.words());
            self.cell(
                "Cell",
                Align::Left,
                widths.iter().sum(),
                widths.len(),
                &text,
            );
        } else {
            for ((cell, column), width) in row.cells.iter().zip(&table.columns).zip(widths) {
                let heavier = Text::strong(&cell.words());
                let text = if strong { &heavier } else { cell };
                self.cell("Cell", column.align, *width, 1, text);
            }
        }
        self.xml.push_str("</w:tr>");
    }

    fn open_table(&mut self, widths: &[i64]) {
        // A table carries no page break of its own.
        if self.break_pending {
            self.paragraph("AfterTable", "", &Text::default());
        }
        let line = hex(colours::LINE);
        let border = |edge: &str| {
            format!("<w:{edge} w:val=\"single\" w:sz=\"4\" w:space=\"0\" w:color=\"{line}\"/>")
        };
        let (total, rows, bottom): (i64, _, _) =
            (widths.iter().sum(), border("insideH"), border("bottom"));
        let _ = write!(
            self.xml,
            "<w:tbl><w:tblPr><w:tblW w:w=\"{total}\" w:type=\"dxa\"/><w:tblBorders>{bottom}{rows}</w:tblBorders>\
             <w:tblLayout w:type=\"fixed\"/><w:tblCellMar><w:top w:w=\"60\" w:type=\"dxa\"/><w:left w:w=\"0\" \
             w:type=\"dxa\"/><w:bottom w:w=\"60\" w:type=\"dxa\"/><w:right w:w=\"{CELL_MARGIN}\" w:type=\"dxa\"/>\
             </w:tblCellMar><w:tblLook w:val=\"0020\" w:firstRow=\"1\" w:lastRow=\"0\" w:firstColumn=\"0\" \
             w:lastColumn=\"0\" w:noHBand=\"1\" w:noVBand=\"1\"/></w:tblPr><w:tblGrid>"
        );
        for width in widths {
            let _ = write!(self.xml, "<w:gridCol w:w=\"{width}\"/>");
        }
        self.xml.push_str("</w:tblGrid>");
    }

    /// Two tables in a row would become one; a paragraph keeps them apart.
    fn close_table(&mut self) {
        self.xml.push_str("</w:tbl>");
        self.paragraph("AfterTable", "", &Text::default());
    }

    fn cell(&mut self, style: &str, align: Align, width: i64, span: usize, text: &Text) {
        let span = if span > 1 {
            format!("<w:gridSpan w:val=\"{span}\"/>")
        } else {
            String::new()
        };
        let _ = write!(
            self.xml,
            "<w:tc><w:tcPr><w:tcW w:w=\"{width}\" w:type=\"dxa\"/>{span}</w:tcPr>"
        );
        let align = match align {
            Align::Left => "",
            Align::Right => "<w:jc w:val=\"right\"/>",
        };
        self.paragraph(style, align, text);
        self.xml.push_str("</w:tc>");
    }

    /// The logo at the upper right of the first page, as a run of the first paragraph; empty without one.
    fn logo(&mut self, document: &Document) -> Result<String, DocumentError> {
        let Some((logo, (width, height))) = document.placed_logo() else {
            return Ok(String::new());
        };
        let bytes = logo.png().map_err(|error| DocumentError {
            format: "Word",
            reason: error.to_string(),
        })?;
        let size = extent(width, height);
        let (number, graphic) = self.graphic(bytes, &size, "Logo");
        Ok(format!(
            "<w:r><w:drawing><wp:anchor distT=\"0\" distB=\"0\" distL=\"114300\" distR=\"0\" simplePos=\"0\" \
             relativeHeight=\"1\" behindDoc=\"0\" locked=\"0\" layoutInCell=\"1\" allowOverlap=\"0\">\
             <wp:simplePos x=\"0\" y=\"0\"/><wp:positionH relativeFrom=\"margin\"><wp:align>right</wp:align></wp:positionH>\
             <wp:positionV relativeFrom=\"margin\"><wp:align>top</wp:align></wp:positionV><wp:extent {size}/>\
             <wp:effectExtent l=\"0\" t=\"0\" r=\"0\" b=\"0\"/><wp:wrapSquare wrapText=\"left\"/>\
             <wp:docPr id=\"{number}\" name=\"Logo\" descr=\"Logo\"/><wp:cNvGraphicFramePr/>{graphic}</wp:anchor>\
             </w:drawing></w:r>"
        ))
    }

    fn picture(&mut self, shown: &Figure) -> Result<(), DocumentError> {
        let bytes = match self.drawn.next() {
            Some(drawn) => drawn?,
            None => picture::png(&shown.scene)?,
        };
        let scale = picture::scale(
            &shown.scene,
            text_width(self.sheet),
            self.sheet.height * PICTURE_SHARE,
        );
        let (width, height) = shown.scene.size;
        let size = extent(width * scale, height * scale);
        let words = escaped(&shown.words);
        let (number, graphic) = self.graphic(bytes, &size, &words);
        let drawing = format!(
            "<w:r><w:drawing><wp:inline distT=\"0\" distB=\"0\" distL=\"0\" distR=\"0\"><wp:extent {size}/>\
             <wp:docPr id=\"{number}\" name=\"Picture {number}\" descr=\"{words}\"/>{graphic}</wp:inline>\
             </w:drawing></w:r>"
        );
        let _ = write!(
            self.xml,
            "<w:p><w:pPr><w:pStyle w:val=\"Figure\"/></w:pPr>{drawing}</w:p>"
        );
        Ok(())
    }
    /// Takes a PNG along; answers its number and the graphic that shows it, with words that are escaped already.
    fn graphic(&mut self, bytes: Vec<u8>, size: &str, words: &str) -> (usize, String) {
        let number = self.media.len() + 1;
        let name = format!("media/picture{number}.png");
        let id = self.relate("image", &name, false);
        self.media
            .push(Part::picture(format!("word/{name}"), bytes));
        let graphic = format!(
            "<a:graphic><a:graphicData uri=\"http://schemas.openxmlformats.org/drawingml/2006/picture\"><pic:pic>\
             <pic:nvPicPr><pic:cNvPr id=\"{number}\" name=\"Picture {number}\" descr=\"{words}\"/><pic:cNvPicPr/>\
             </pic:nvPicPr><pic:blipFill><a:blip r:embed=\"{id}\"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill>\
             <pic:spPr><a:xfrm><a:off x=\"0\" y=\"0\"/><a:ext {size}/></a:xfrm><a:prstGeom prst=\"rect\"><a:avLst/>\
             </a:prstGeom></pic:spPr></pic:pic></a:graphicData></a:graphic>"
        );
        (number, graphic)
    }
}

/// Width and height as attributes, from points.
fn extent(width: f64, height: f64) -> String {
    format!("cx=\"{:.0}\" cy=\"{:.0}\"", width * UNITS, height * UNITS)
}
