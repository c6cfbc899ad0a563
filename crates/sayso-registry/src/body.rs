//! Bodies that every state has, found by country instead of by name.

/// A body of a state. Its entry has the id `state:SYR:armed-forces`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Body {
    /// Its government, and the state itself where it speaks or acts.
    Government,
    /// Army, air force, navy, and what the text calls troops or soldiers.
    ArmedForces,
    /// Its police.
    Police,
    /// The ministry of defence.
    DefenceMinistry,
    /// The ministry of foreign affairs.
    ForeignMinistry,
    /// The ministry of the interior.
    InteriorMinistry,
    /// The ministry of health.
    HealthMinistry,
    /// The parliament.
    Parliament,
}

impl Body {
    /// All of them.
    pub const ALL: [Self; 8] = [
        Self::Government,
        Self::ArmedForces,
        Self::Police,
        Self::DefenceMinistry,
        Self::ForeignMinistry,
        Self::InteriorMinistry,
        Self::HealthMinistry,
        Self::Parliament,
    ];

    /// The last part of its id.
    pub fn code(self) -> &'static str {
        match self {
            Self::Government => "government",
            Self::ArmedForces => "armed-forces",
            Self::Police => "police",
            Self::DefenceMinistry => "defence-ministry",
            Self::ForeignMinistry => "foreign-ministry",
            Self::InteriorMinistry => "interior-ministry",
            Self::HealthMinistry => "health-ministry",
            Self::Parliament => "parliament",
        }
    }

    /// The id of this body of the state `country` (ISO 3166-1 alpha-3).
    pub fn id(self, country: &str) -> String {
        format!("state:{country}:{}", self.code())
    }
}
