//! The closed word lists of the field, spelt as in the text form. No behaviour beyond order and names.

use serde::{Deserialize, Serialize};

macro_rules! words {
    ($(#[$doc:meta])* $name:ident { $($(#[$word_doc:meta])* $word:ident = $text:literal),+ $(,)? }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[cfg_attr(feature = "specta", derive(specta::Type))]
        pub enum $name { $($(#[$word_doc])* #[serde(rename = $text)] $word),+ }

        impl $name {
            /// Every word of the list, in order.
            pub const ALL: &'static [Self] = &[$(Self::$word),+];

            /// The word as the text form spells it.
            #[must_use]
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$word => $text),+ }
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str(self.as_str())
            }
        }
    };
}

words! {
    /// Where a stage stands on the one axis that all frameworks share, earliest first.
    Moment {
        /// Does not know the brand or the need yet.
        Unaware = "unaware",
        /// Has noticed.
        Aware = "aware",
        /// Thinks about it.
        Considering = "considering",
        /// Compares offers.
        Evaluating = "evaluating",
        /// Buys.
        Buying = "buying",
        /// Uses what was bought.
        Using = "using",
        /// Comes back.
        Loyal = "loyal",
        /// Tells others.
        Advocating = "advocating",
    }
}

impl Moment {
    /// Moments up to evaluating.
    #[must_use]
    pub fn is_before_purchase(self) -> bool {
        self < Self::Buying
    }

    /// Moments from using on.
    #[must_use]
    pub fn is_after_purchase(self) -> bool {
        self > Self::Buying
    }
}

words! {
    /// What a touchpoint is for.
    Kind {
        /// Moves people toward a destination.
        Driver = "driver",
        /// The campaign sends people here.
        Destination = "destination",
    }
}

words! {
    /// Whether people are meant to end up at a destination or to be passed on.
    Rank {
        /// People should end up here.
        Ultimate = "ultimate",
        /// Its job is to pass people on.
        Intermediate = "intermediate",
    }
}

words! {
    /// What the planner says of a driver; the graph may disagree.
    DriverType {
        /// Leads straight to a destination.
        Direct = "direct",
        /// Reaches a destination only through other touchpoints.
        Indirect = "indirect",
    }
}

words! {
    /// Paid, earned, shared, owned.
    Media {
        /// Bought.
        Paid = "paid",
        /// Given by others of their own accord.
        Earned = "earned",
        /// In social networks.
        Shared = "shared",
        /// The brand's own.
        Owned = "owned",
    }
}

words! {
    /// Who controls a touchpoint.
    Ownership {
        /// The brand.
        Brand = "brand",
        /// A partner of the brand.
        Partner = "partner",
        /// Customers.
        Customer = "customer",
        /// Nobody the brand has a say with.
        Independent = "independent",
    }
}

words! {
    /// Where a touchpoint stands in its own life.
    Status {
        /// Not live yet.
        Planned = "planned",
        /// Live.
        Live = "live",
        /// Live and being rebuilt.
        Changing = "changing",
        /// Gone; the rules do not see it.
        Stopped = "stopped",
    }
}

words! {
    /// How hard a touchpoint sells.
    SellingIntensity {
        /// Helps, does not ask.
        Low = "low",
        /// Asks.
        Medium = "medium",
        /// Presses.
        High = "high",
    }
}

words! {
    /// What success at a touchpoint is counted in.
    Metric {
        /// People who could see it.
        Reach = "reach",
        /// Clicks.
        Click = "click",
        /// Leads.
        Lead = "lead",
        /// Sales.
        Sale = "sale",
        /// Customers who stay.
        Retention = "retention",
    }
}

words! {
    /// How well founded a touchpoint's figures are.
    EvidenceLevel {
        /// Somebody's guess.
        Assumed = "assumed",
        /// From studies.
        Researched = "researched",
        /// From own data.
        Measured = "measured",
    }
}

words! {
    /// When an audience is ready to buy.
    Horizon {
        /// Now.
        Now = "now",
        /// In three to six months.
        ThreeToSixMonths = "3-6-months",
        /// Later.
        Later = "later",
    }
}

words! {
    /// How people take a link.
    LinkKind {
        /// They follow it.
        Link = "link",
        /// They search.
        Search = "search",
        /// Somebody tells them.
        WordOfMouth = "word_of_mouth",
        /// Staff pass them on.
        HandOff = "hand_off",
        /// An advertisement follows them.
        Retargeting = "retargeting",
        /// It leads back to an earlier step.
        Loop = "loop",
        /// They are lost this way.
        Leakage = "leakage",
    }
}

words! {
    /// Whether a link was planned.
    Origin {
        /// Planned.
        Designed = "designed",
        /// People found it on their own.
        Emerged = "emerged",
    }
}

words! {
    /// How much a gap hurts, worst first.
    Severity {
        /// Communication breaks here.
        High = "high",
        /// Communication suffers here.
        Medium = "medium",
        /// Worth a look.
        Low = "low",
    }
}

impl Severity {
    /// Its sign where only letters can be drawn: as near as they come to the octagon, the triangle and the circle of the
    /// map.
    #[must_use]
    pub const fn sign(self) -> &'static str {
        match self {
            Self::High => "\u{25a0}",
            Self::Medium => "\u{25b2}",
            Self::Low => "\u{25cf}",
        }
    }

    /// Its word, as it begins a line.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::High => "High",
            Self::Medium => "Medium",
            Self::Low => "Low",
        }
    }
}
