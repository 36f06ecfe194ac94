//! A finished scene on paper of another shape, with a logo and a border, and what stands in which of its columns.

use super::build::{MARGIN, TITLE_HEIGHT, TITLE_MIDDLE};
use super::{Scene, SceneLogo};
use crate::logo::Logo;

/// The room a logo has, at the end of the title's line.
const LOGO_ROOM: (f64, f64) = (220.0, 36.0);
/// Between the title and the logo.
const BEFORE_LOGO: f64 = 24.0;

impl Scene {
    /// The same scene with a logo at the end of the title's line.
    #[must_use]
    pub fn with_logo(mut self, logo: &Logo) -> Self {
        let (width, height) = logo.fitted(LOGO_ROOM);
        let x = self.size.0 - MARGIN - width;
        match &mut self.title_line {
            Some(line) => {
                line.text = Self::TITLE_FONT.cut(&self.title, (x - BEFORE_LOGO - line.x).max(0.0));
            }
            None => self.lower(TITLE_HEIGHT),
        }
        self.logo = Some(SceneLogo {
            picture: logo.clone(),
            x,
            y: TITLE_MIDDLE - height / 2.0,
            width,
            height,
        });
        self
    }

    /// The same scene with a line around everything.
    #[must_use]
    pub fn with_border(self) -> Self {
        Self {
            border: true,
            ..self
        }
    }

    /// Moves everything but the title down.
    fn lower(&mut self, by: f64) {
        self.shift_content(0.0, by);
        self.top += by;
        self.bottom += by;
        self.size.1 += by;
        for entry in &mut self.legend {
            entry.line.y += by;
        }
    }

    /// The same scene, its columns made longer until its height is `aspect` times its width; what stands in them stays in
    /// the middle. A scene that is higher already stays as it is.
    #[must_use]
    pub fn stretched(&self, aspect: f64) -> Self {
        let mut scene = self.clone();
        let more = self.size.0 * aspect - self.size.1;
        if !more.is_finite() || more <= 0.0 {
            return scene;
        }
        scene.shift_content(0.0, more / 2.0);
        scene.bottom += more;
        scene.reach_lanes();
        scene.size.1 += more;
        for entry in &mut scene.legend {
            entry.line.y += more;
        }
        scene
    }

    /// All words that are seen, as they are drawn.
    pub fn words(&self) -> impl Iterator<Item = &str> {
        let title = self.title_line.iter().map(|line| line.text.as_str());
        let heads = self.columns.iter().map(|column| column.name.as_str());
        let lanes = self.lanes.iter().map(|lane| lane.name.as_str());
        let heads = heads.chain(lanes);
        let cards = self.cards.iter().flat_map(|card| {
            let lines = card.lines.iter().map(String::as_str);
            lines.chain(card.cta.as_deref())
        });
        let labels = self.links.iter().filter_map(|link| link.label.as_ref());
        let labels = labels.map(|label| label.text.as_str());
        let legend = self.legend.iter().map(|entry| entry.line.text.as_str());
        title.chain(heads).chain(cards).chain(labels).chain(legend)
    }

    /// The numbers of the cards of each column, and last those beside all columns; from left to right, then down.
    pub(crate) fn members(&self) -> Vec<Vec<usize>> {
        let mut members = vec![Vec::new(); self.columns.len() + 1];
        for (at, card) in self.cards.iter().enumerate() {
            let middle = card.x + card.width / 2.0;
            let inside = |column: &super::SceneColumn| {
                column.x <= middle && middle <= column.x + column.width
            };
            let column = self.columns.iter().position(inside);
            members[column.unwrap_or(self.columns.len())].push(at);
        }
        for cards in &mut members {
            cards.sort_by(|&a, &b| {
                let (a, b) = (&self.cards[a], &self.cards[b]);
                a.x.total_cmp(&b.x).then(a.y.total_cmp(&b.y))
            });
        }
        members
    }

    /// Moves cards, links and lanes.
    pub(crate) fn shift_content(&mut self, dx: f64, dy: f64) {
        for lane in &mut self.lanes {
            lane.y += dy;
        }
        for card in &mut self.cards {
            (card.x, card.y) = (card.x + dx, card.y + dy);
        }
        for link in &mut self.links {
            for (x, y) in &mut link.curve {
                (*x, *y) = (*x + dx, *y + dy);
            }
            if let Some(label) = &mut link.label {
                (label.x, label.y) = (label.x + dx, label.y + dy);
            }
        }
    }
}
