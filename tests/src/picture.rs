//! What stands on the screen, as a person sees it: the window at its upper left corner, menu bar and all. The web
//! view's own pictures lack the menu bar, and do not come at all without a graphics card.

use png::{BitDepth, ColorType, Encoder};
use x11rb::connection::Connection as _;
use x11rb::protocol::xproto::{ConnectionExt as _, ImageFormat};

use crate::app::Failure;

/// A picture of the screen's upper left part.
#[derive(Debug, PartialEq, Eq)]
pub struct Picture {
    width: u32,
    height: u32,
    /// Red, green and blue of each pixel, row by row.
    pixels: Vec<u8>,
}

impl Picture {
    /// Takes it; width and height in pixels.
    ///
    /// # Errors
    /// When there is no display, or it is smaller than that.
    pub fn take(width: u32, height: u32) -> Result<Self, Failure> {
        let (connection, screen) = x11rb::connect(None)?;
        let screens = &connection.setup().roots;
        let root = screens.get(screen).ok_or("there is no screen")?.root;
        let (wide, high) = (u16::try_from(width)?, u16::try_from(height)?);
        let image = connection
            .get_image(ImageFormat::Z_PIXMAP, root, 0, 0, wide, high, u32::MAX)?
            .reply()?;
        if image.depth != 24 {
            return Err(format!("the screen has {} bits a pixel, not 24", image.depth).into());
        }
        let (quads, _) = image.data.as_chunks::<4>();
        // Blue comes first, and the fourth byte is none.
        let pixels = quads
            .iter()
            .flat_map(|&[blue, green, red, _]| [red, green, blue])
            .collect();
        Ok(Self {
            width,
            height,
            pixels,
        })
    }

    /// As a PNG file.
    ///
    /// # Errors
    /// When it cannot be written down, which does not happen for a picture that was taken.
    pub fn png(&self) -> Result<Vec<u8>, Failure> {
        let mut file = Vec::new();
        let mut encoder = Encoder::new(&mut file, self.width, self.height);
        encoder.set_color(ColorType::Rgb);
        encoder.set_depth(BitDepth::Eight);
        encoder.write_header()?.write_image_data(&self.pixels)?;
        Ok(file)
    }
}
