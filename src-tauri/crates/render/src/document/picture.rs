//! The pictures of documents, each drawn by the writer of its format.

use super::DocumentError;
use crate::scene::Scene;

pub(super) fn svg(_scene: &Scene) -> Result<String, DocumentError> {
    Ok(String::new())
}
pub(super) fn png(_scene: &Scene) -> Result<Vec<u8>, DocumentError> {
    Ok(Vec::new())
}

/// How much smaller than on screen a picture is drawn, in points to a map unit, so that it has room; never larger than
/// three quarters, where the words in it are as large as those around it.
pub(super) fn scale(scene: &Scene, width: f64, height: f64) -> f64 {
    let fits = |room: f64, size: f64| room / size.max(1.0);
    fits(width, scene.size.0)
        .min(fits(height, scene.size.1))
        .min(0.75)
}

pub(super) fn paint(
    _surface: &mut krilla::surface::Surface<'_>,
    _scene: &Scene,
    _faces: &[krilla::text::Font],
) {
}
