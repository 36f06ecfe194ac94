//! Blocks set on pages from top to bottom: what has no room goes to the next page, headings stay with what they name,
//! and no paragraph leaves a single line behind.

use super::super::{Block, Document, Figure, Level, Sheet, Text, colours, picture};
use super::lettering::Lettering;
use super::lines::{Line, lines};
use super::page::{Element, Entry, Item, MARGIN, Page, Pages, Role};

/// How far the words of a list stand in.
const LIST_INDENT: f64 = 14.0;
/// How far the words of a quotation stand in.
const QUOTE_INDENT: f64 = 14.0;
/// How wide the names of facts are.
const FACT_NAMES: f64 = 128.0;
/// Between the title and the logo beside it.
const BEFORE_LOGO: f64 = 24.0;
/// The most of a page's height that a picture takes.
const PICTURE_SHARE: f64 = 0.4;

/// Sets a document in pages.
pub(super) fn pages(document: &Document, sheet: Sheet) -> Pages<'_> {
    let mut flow = Flow::new(sheet);
    flow.title(document);
    for (at, block) in document.blocks.iter().enumerate() {
        flow.block(block, &document.blocks[at + 1..]);
    }
    flow.pages
}

/// Pages while they fill.
pub(super) struct Flow<'a> {
    pub(super) pages: Pages<'a>,
    /// How far down the page at hand is filled.
    pub(super) y: f64,
    /// Space that is wanted before what comes next, unless that begins a page.
    gap: f64,
}

impl<'a> Flow<'a> {
    fn new(sheet: Sheet) -> Self {
        Self {
            pages: Pages {
                sheet,
                pages: vec![Page::default()],
                elements: Vec::new(),
                roots: Vec::new(),
                outline: Vec::new(),
            },
            y: MARGIN,
            gap: 0.0,
        }
    }

    /// The width of the text.
    pub(super) fn width(&self) -> f64 {
        (self.pages.sheet.width - 2.0 * MARGIN).max(MARGIN)
    }

    /// Where the text of a page ends.
    pub(super) fn bottom(&self) -> f64 {
        self.pages.sheet.height - MARGIN - 8.0
    }

    /// The height of a whole page of text.
    pub(super) fn page_height(&self) -> f64 {
        self.bottom() - MARGIN
    }

    /// Begins a new page.
    pub(super) fn turn(&mut self) {
        self.pages.pages.push(Page::default());
        self.y = MARGIN;
        self.gap = 0.0;
    }

    fn at_top(&self) -> bool {
        self.y <= MARGIN
    }

    /// Makes room: what is so high, and the space wanted before it, or a new page.
    pub(super) fn need(&mut self, height: f64) {
        let gap = if self.at_top() { 0.0 } else { self.gap };
        if !self.at_top() && self.y + gap + height > self.bottom() {
            self.turn();
        } else {
            self.y += gap;
            self.gap = 0.0;
        }
    }

    /// Asks for space before what comes next; the largest wish counts.
    pub(super) fn space(&mut self, height: f64) {
        self.gap = self.gap.max(height);
    }

    pub(super) fn put(&mut self, item: Item<'a>) {
        if let Some(page) = self.pages.pages.last_mut() {
            page.items.push(item);
        }
    }

    /// Adds an element to the structure, inside another one or at its root.
    pub(super) fn element(&mut self, role: Role, inside: Option<usize>) -> usize {
        let number = self.pages.elements.len();
        self.pages.elements.push(Element {
            role,
            children: Vec::new(),
        });
        match inside.and_then(|parent| self.pages.elements.get_mut(parent)) {
            Some(parent) => parent.children.push(number),
            None => self.pages.roots.push(number),
        }
        number
    }

    fn title(&mut self, document: &'a Document) {
        let mut width = self.width();
        let mut end = self.y;
        if let Some((logo, size)) = document.placed_logo() {
            let place = (MARGIN + width - size.0, self.y);
            self.put(Item::Logo { place, size, logo });
            width -= size.0 + BEFORE_LOGO;
            end += size.1;
        }
        let kind = self.element(Role::Paragraph, None);
        self.paragraph(
            &Text::plain(&document.kind),
            Lettering::KIND,
            (0.0, width),
            kind,
        );
        self.y += 2.0;
        let title = self.element(Role::Title(document.full_title()), None);
        self.paragraph(
            &Text::plain(&document.title),
            Lettering::TITLE,
            (0.0, width),
            title,
        );
        if !document.date.is_empty() {
            self.y += 6.0;
            let date = self.element(Role::Paragraph, None);
            self.paragraph(
                &Text::plain(&document.date),
                Lettering::SMALL,
                (0.0, width),
                date,
            );
        }
        self.y = self.y.max(end) + 12.0;
        self.rule(1.5, colours::INK);
        self.y += 16.0;
    }

    /// A line across the text.
    pub(super) fn rule(&mut self, height: f64, colour: crate::scene::Colour) {
        let (y, width) = (self.y, self.width());
        self.put(Item::Rule {
            x: MARGIN,
            y: y - height / 2.0,
            width,
            height,
            colour,
        });
    }

    fn block(&mut self, block: &'a Block, rest: &'a [Block]) {
        let width = self.width();
        match block {
            Block::Heading(level, text) => self.heading(*level, text, rest),
            Block::Paragraph(text) => {
                let element = self.element(Role::Paragraph, None);
                self.paragraph(text, Lettering::BODY, (0.0, width), element);
                self.space(7.0);
            }
            Block::Note(text) => {
                let element = self.element(Role::Paragraph, None);
                self.paragraph(text, Lettering::SMALL, (0.0, width), element);
                self.space(7.0);
            }
            Block::Quote(text) => self.quote(text),
            Block::List(points) => self.list(points),
            Block::Facts(facts) => self.facts(facts),
            Block::Table(table) => self.table(table),
            Block::Figure(shown) => self.picture(shown),
            Block::PageBreak => {
                if !self.at_top() {
                    self.turn();
                }
            }
        }
    }

    fn heading(&mut self, level: Level, text: &Text, rest: &'a [Block]) {
        let lettering = Lettering::heading(level);
        let (before, after) = match level {
            Level::Section => (26.0, 7.0),
            Level::Part => (18.0, 5.0),
            Level::Item => (12.0, 3.0),
        };
        self.space(before);
        let own = lines(text, lettering, self.width()).len() as f64 * lettering.leading;
        let together = own + after + self.least(rest);
        self.need(together.min(self.page_height()));
        self.pages.outline.push(Entry {
            level,
            text: text.words(),
            page: self.pages.pages.len() - 1,
            y: self.y,
        });
        let element = self.element(Role::Heading(level, text.words()), None);
        let width = self.width();
        self.paragraph(text, lettering, (0.0, width), element);
        self.gap = after;
    }

    /// How much of what follows a heading has to stand below it.
    fn least(&self, rest: &'a [Block]) -> f64 {
        match rest.first() {
            Some(Block::Heading(level, _)) => {
                let lettering = Lettering::heading(*level);
                16.0 + lettering.leading + self.least(rest.get(1..).unwrap_or_default())
            }
            Some(Block::Figure(shown)) => self.picture_size(shown).1,
            Some(Block::Table(_)) => 60.0,
            Some(Block::Paragraph(_) | Block::Note(_) | Block::Quote(_))
                if matches!(rest.get(1), Some(Block::Table(_) | Block::List(_))) =>
            {
                90.0
            }
            Some(Block::PageBreak) | None => 0.0,
            Some(_) => 2.0 * Lettering::BODY.leading,
        }
    }

    /// Sets lines at a distance from the left edge of the text, over as many pages as they take.
    fn paragraph(
        &mut self,
        text: &Text,
        lettering: Lettering,
        (indent, width): (f64, f64),
        element: usize,
    ) {
        let set = lines(text, lettering, width);
        let count = set.len();
        for (at, line) in set.into_iter().enumerate() {
            // The first two lines stay together, and so do the last two.
            let kept = match at {
                0 => count.min(if count == 3 { 3 } else { 2 }),
                _ if at + 2 == count => 2,
                _ => 1,
            };
            self.need(kept as f64 * lettering.leading);
            self.line(line, lettering, indent, Some(element));
        }
    }

    fn line(&mut self, line: Line, lettering: Lettering, indent: f64, element: Option<usize>) {
        let middle = self.y + lettering.leading / 2.0;
        self.put(Item::Words {
            x: MARGIN + indent,
            middle,
            line,
            lettering,
            element,
        });
        self.y += lettering.leading;
    }

    fn quote(&mut self, text: &Text) {
        let element = self.element(Role::Quote, None);
        let width = self.width() - QUOTE_INDENT;
        for line in lines(text, Lettering::BODY, width) {
            self.need(Lettering::BODY.leading);
            let y = self.y;
            self.put(Item::Rule {
                x: MARGIN,
                y,
                width: 2.0,
                height: Lettering::BODY.leading,
                colour: colours::LINE,
            });
            self.line(line, Lettering::BODY, QUOTE_INDENT, Some(element));
        }
        self.space(7.0);
    }

    fn list(&mut self, points: &[Text]) {
        let list = self.element(Role::List, None);
        let width = self.width() - LIST_INDENT;
        for point in points {
            let item = self.element(Role::ListItem, Some(list));
            let (mark, body) = (
                self.element(Role::ListMark, Some(item)),
                self.element(Role::ListBody, Some(item)),
            );
            let lettering = Lettering::BODY;
            self.need(lettering.leading * 2.0_f64.min(lines(point, lettering, width).len() as f64));
            let bullet = lines(&Text::plain("\u{2022}"), lettering, LIST_INDENT);
            let middle = self.y + lettering.leading / 2.0;
            for line in bullet {
                self.put(Item::Words {
                    x: MARGIN + 3.0,
                    middle,
                    line,
                    lettering,
                    element: Some(mark),
                });
            }
            self.paragraph(point, lettering, (LIST_INDENT, width), body);
            self.space(4.0);
        }
        self.space(9.0);
    }

    fn facts(&mut self, facts: &[(String, Text)]) {
        let table = self.element(Role::Table, None);
        let width = self.width() - FACT_NAMES;
        for (at, (name, text)) in facts.iter().enumerate() {
            let row = self.element(Role::Row, Some(table));
            let (head, cell) = (
                self.element(Role::RowHead, Some(row)),
                self.element(Role::Cell, Some(row)),
            );
            let lettering = Lettering::BODY;
            let height = lines(text, lettering, width).len() as f64 * lettering.leading;
            self.need(height.min(self.page_height() / 3.0) + 8.0);
            if at > 0 && !self.at_top() {
                self.rule(0.6, colours::LINE);
            }
            self.y += 4.0;
            let mut middle = self.y + lettering.leading / 2.0;
            let names = lines(&Text::plain(name), Lettering::SMALL, FACT_NAMES - 10.0);
            let end = self.y + names.len() as f64 * Lettering::SMALL.leading;
            let page = self.pages.pages.len();
            for line in names {
                self.put(Item::Words {
                    x: MARGIN,
                    middle,
                    line,
                    lettering: Lettering::SMALL,
                    element: Some(head),
                });
                middle += Lettering::SMALL.leading;
            }
            self.paragraph(text, lettering, (FACT_NAMES, width), cell);
            if page == self.pages.pages.len() {
                self.y = self.y.max(end);
            }
            self.y += 4.0;
        }
        self.space(12.0);
    }

    fn picture_size(&self, shown: &Figure) -> (f64, f64) {
        let scale = picture::scale(
            &shown.scene,
            self.width(),
            self.page_height() * PICTURE_SHARE,
        );
        (scale, shown.scene.size.1 * scale)
    }

    fn picture(&mut self, shown: &'a Figure) {
        let (scale, height) = self.picture_size(shown);
        self.space(8.0);
        self.need(height);
        let element = self.element(Role::Figure(shown.words.clone()), None);
        let y = self.y;
        self.put(Item::Scene {
            x: MARGIN,
            y,
            scale,
            scene: &shown.scene,
            element,
        });
        self.y += height;
        self.space(16.0);
    }
}
