//! The rules by which something is left out, each with a name.

/// Why something is left out of a public view.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Rule {
    /// The name of somebody who is not of age.
    Minor,
    /// The name of somebody to whom something was done.
    Victim,
    /// The name of somebody who saw it, or would not be named.
    Witness,
    /// The name of somebody who holds no office and is in no registry.
    Private,
    /// The name of somebody whom a report of another incident protects.
    NamedElsewhere,
    /// A site or quarter where civilians were: the district stands for it.
    ExactSpot,
    /// An address that spells a protected name.
    NameInAddress,
    /// An id that spells a protected name.
    NameInId,
    /// Who wrote the report.
    Author,
    /// Whose message the report passes on.
    ForwardedFrom,
    /// What analysts decided, with their names.
    Analyst,
}

impl Rule {
    /// Every rule.
    pub const ALL: [Self; 11] = [
        Self::Minor,
        Self::Victim,
        Self::Witness,
        Self::Private,
        Self::NamedElsewhere,
        Self::ExactSpot,
        Self::NameInAddress,
        Self::NameInId,
        Self::Author,
        Self::ForwardedFrom,
        Self::Analyst,
    ];

    /// The rule for an actor's `protect`.
    pub fn of_protect(protect: &str) -> Option<Self> {
        match protect {
            "minor" => Some(Self::Minor),
            "victim" => Some(Self::Victim),
            "witness" => Some(Self::Witness),
            "private" => Some(Self::Private),
            _ => None,
        }
    }

    /// Stable name, in kebab case.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Minor => "minor",
            Self::Victim => "victim",
            Self::Witness => "witness",
            Self::Private => "private",
            Self::NamedElsewhere => "named-elsewhere",
            Self::ExactSpot => "exact-spot",
            Self::NameInAddress => "name-in-address",
            Self::NameInId => "name-in-id",
            Self::Author => "author",
            Self::ForwardedFrom => "forwarded-from",
            Self::Analyst => "analyst",
        }
    }

    /// What it does and why, in one sentence for the page.
    pub const fn says(self) -> &'static str {
        match self {
            Self::Minor => "Nobody under 18 is named.",
            Self::Victim => {
                "Nobody to whom something was done is named, unless they hold an office."
            }
            Self::Witness => "Nobody who saw it, or who asked not to be named, is named.",
            Self::Private => {
                "A person who holds no office and is in no registry of actors is not named."
            }
            Self::NamedElsewhere => {
                "A full name that is protected where it stands in another incident is left out \
                 here too, unless a report of this one knows an office holder by it."
            }
            Self::ExactSpot => {
                "A site or quarter where civilians were hit or live is given by its district."
            }
            Self::NameInAddress => {
                "An address that spells the name of somebody protected is left out."
            }
            Self::NameInId => "An id that spells the name of somebody protected is replaced.",
            Self::Author => "Who wrote a report is left out: it may be a private person.",
            Self::ForwardedFrom => {
                "Whose message is passed on is left out: it may be a private person."
            }
            Self::Analyst => "What analysts decided is left out with their names.",
        }
    }

    /// What stands in the place of what is left out.
    pub(crate) const fn placeholder(self) -> &'static str {
        match self {
            Self::Minor => "[minor]",
            Self::Victim => "[victim]",
            Self::Witness => "[witness]",
            Self::Private => "[private person]",
            // What the other report says of them may not be so of this one.
            Self::NamedElsewhere => "[name left out]",
            Self::ExactSpot => "[place]",
            Self::NameInAddress
            | Self::NameInId
            | Self::Author
            | Self::ForwardedFrom
            | Self::Analyst => "[left out]",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_unique_and_explained() {
        let mut names: Vec<&str> = Rule::ALL.iter().map(|rule| rule.name()).collect();
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), Rule::ALL.len());
        assert!(Rule::ALL.iter().all(|rule| rule.says().ends_with('.')));
    }
}
