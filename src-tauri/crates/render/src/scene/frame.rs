//! A finished scene on paper of another shape, and what stands in which of its columns.

use super::Scene;

impl Scene {
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
        scene.size.1 += more;
        for entry in &mut scene.legend {
            entry.line.y += more;
        }
        scene
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

    /// Moves cards and links.
    pub(crate) fn shift_content(&mut self, dx: f64, dy: f64) {
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
