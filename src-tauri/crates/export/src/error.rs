//! Why nothing was exported: what happened, and what to do next.

/// Why nothing was exported.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ExportError {
    /// Whoever waits has lost interest.
    #[error("the export was cancelled")]
    Cancelled,
    /// The format cannot be told this.
    #[error("{format} cannot be told {option}")]
    NotTold {
        /// The format's name.
        format: &'static str,
        /// The option's name.
        option: &'static str,
    },
    /// Two things that were said do not go together.
    #[error("{reason}")]
    Contradiction {
        /// Which, and what to do.
        reason: String,
    },
    /// What was named is not in the map.
    #[error("there is no {what} with the id or name \u{201c}{name}\u{201d}")]
    NotThere {
        /// A stage, a destination, a touchpoint.
        what: &'static str,
        /// What was named.
        name: String,
    },
    /// There is nothing to put in.
    #[error("{reason}")]
    Empty {
        /// What lacks.
        reason: String,
    },
    /// A template that cannot be followed.
    #[error("line {line}: {reason}")]
    Template {
        /// Line, from 1.
        line: usize,
        /// Why not.
        reason: String,
    },
    /// The format has no room for it.
    #[error("{reason}")]
    Unwritten {
        /// Why not.
        reason: String,
    },
}
