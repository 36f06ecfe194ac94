//! Why a picture could not be made or opened, in words that say what to do next.

/// Why a picture could not be made or opened.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum RenderError {
    /// More pixels than a picture can hold.
    #[error(
        "at scale {scale} the picture would be {width} × {height} pixels, more than {most} megapixels; {}",
        advice(*.largest)
    )]
    TooManyPixels {
        /// The scale that was asked for.
        scale: String,
        /// Width it would have, in pixels.
        width: u64,
        /// Height it would have, in pixels.
        height: u64,
        /// The most a picture holds, in millions of pixels.
        most: u32,
        /// The largest scale that fits, in hundredths; 0 when none does.
        largest: u32,
    },
    /// A scale that pictures are not made at.
    #[error("a picture is made at a scale from 1 to 4, not {scale}; choose one of these")]
    Scale {
        /// The scale that was asked for.
        scale: String,
    },
    /// More bytes than a picture carries.
    #[error(
        "the project has {size} MB and a picture carries at most {most} MB; export without the project in it"
    )]
    ProjectTooLarge {
        /// Its size in megabytes, rounded up.
        size: u64,
        /// The most, in megabytes.
        most: u64,
    },
    /// A picture that holds a project in a way it cannot be read.
    #[error(
        "the project in this {format} picture cannot be read: {reason}; ask for the picture as it was exported"
    )]
    Damaged {
        /// PNG, SVG or PDF.
        format: &'static str,
        /// What is wrong.
        reason: String,
    },
    /// Not a picture that a project can be put into.
    #[error("a project is put into PNG and SVG pictures; these bytes are neither")]
    NotAPicture,
    /// No page to write.
    #[error("there is nothing to put on a page; choose a view that holds touchpoints")]
    NoPages,
    /// More pages than anybody prints.
    #[error(
        "this would take {pages} pages, and a document has at most {most}; choose larger paper, or the map on one page"
    )]
    TooManyPages {
        /// How many it would take.
        pages: usize,
        /// The most.
        most: usize,
    },
    /// A writer of a format gave up.
    #[error(
        "the {format} file could not be written: {reason}; export another format, and report this"
    )]
    Writer {
        /// Which format.
        format: &'static str,
        /// What it said.
        reason: String,
    },
}

fn advice(largest: u32) -> String {
    if largest < 100 {
        "export SVG or PDF, or a part of the map".to_owned()
    } else {
        format!(
            "the largest scale for this map is {}",
            f64::from(largest) / 100.0
        )
    }
}
