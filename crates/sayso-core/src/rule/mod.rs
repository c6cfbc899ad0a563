//! Rules: what the core decides by, each with a name, a phase and the reason it exists.
//!
//! A rule is one decision that could have been left out: a place where a content may stand, a cut,
//! a refinement of an act. Knowledge of single words is no rule but a line of `lexicon/`. Every
//! rule can be switched off ([`Rules::without`]); the program then acts as if it had not been
//! written, and a test sees to it that some case fails.

mod actor;
mod attach;
mod edge;
mod event;
mod join;
mod place;
mod protect;
mod statement;
mod status;
mod time;
mod toll;

use std::fmt;

pub use actor::ActorRule;
pub use attach::AttachRule;
pub use edge::{EdgeRule, edge_says};
pub use event::EventRule;
pub use join::JoinRule;
pub use place::PlaceRule;
pub use protect::ProtectRule;
pub use statement::StatementRule;
pub use status::StatusRule;
pub use time::TimeRule;
pub use toll::TollRule;

/// Declares the rules of one phase: `Variant "name": "what it does and why" ["where from"]`.
macro_rules! rules {
    ($(#[$doc:meta])* $name:ident { $($variant:ident $text:literal: $says:literal [$basis:literal];)+ }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
        pub enum $name { $(#[doc = $says] $variant),+ }

        impl $name {
            /// All rules of the phase, in the order in which they are written down.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// The stable name, in kebab case, that `why` gives.
            pub const fn name(self) -> &'static str {
                match self { $(Self::$variant => $text),+ }
            }

            /// What the rule does and why, in one sentence.
            pub const fn says(self) -> &'static str {
                match self { $(Self::$variant => $says),+ }
            }

            /// The codebook, guide or grammar that it follows.
            pub const fn basis(self) -> &'static str {
                match self { $(Self::$variant => $basis),+ }
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(self.name())
            }
        }
    };
}
use rules;

/// Joins the phases' rules to one type: `Variant(Type) "phase"`.
macro_rules! phases {
    ($($phase:ident($rules:ty) $text:literal),+ $(,)?) => {
        /// A rule of any phase.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
        pub enum Rule { $(#[doc = concat!("A rule of the phase `", $text, "`.")] $phase($rules)),+ }

        impl Rule {
            /// Every rule, phase by phase.
            pub fn all() -> impl Iterator<Item = Self> {
                let all: [&mut dyn Iterator<Item = Self>; PHASES] =
                    [$(&mut <$rules>::ALL.iter().copied().map(Self::$phase)),+];
                all.into_iter().flatten().collect::<Vec<_>>().into_iter()
            }

            /// The stable name, in kebab case, that `why` gives.
            pub const fn name(self) -> &'static str {
                match self { $(Self::$phase(rule) => rule.name()),+ }
            }

            /// The phase it belongs to.
            pub const fn phase(self) -> &'static str {
                match self { $(Self::$phase(_) => $text),+ }
            }

            /// What the rule does and why, in one sentence.
            pub const fn says(self) -> &'static str {
                match self { $(Self::$phase(rule) => rule.says()),+ }
            }

            /// The codebook, guide or grammar that it follows.
            pub const fn basis(self) -> &'static str {
                match self { $(Self::$phase(rule) => rule.basis()),+ }
            }

            /// Number of its phase, and of the rule within.
            const fn place(self) -> (usize, usize) {
                match self { $(Self::$phase(rule) => (Phase::$phase as usize, rule as usize)),+ }
            }
        }

        /// Numbers the phases.
        #[derive(Clone, Copy)]
        enum Phase { $($phase),+ }

        const PHASES: usize = [$(Phase::$phase),+].len();

        $(
            const _: () = assert!(<$rules>::ALL.len() <= MOST, "more rules than switches");

            impl From<$rules> for Rule {
                fn from(rule: $rules) -> Self {
                    Self::$phase(rule)
                }
            }
        )+
    };
}

phases! {
    Place(PlaceRule) "place",
    Statement(StatementRule) "statement",
    Event(EventRule) "event",
    Join(JoinRule) "join",
    Attach(AttachRule) "attach",
    Status(StatusRule) "status",
    Toll(TollRule) "toll",
    Actor(ActorRule) "actor",
    Protect(ProtectRule) "protect",
    Time(TimeRule) "time",
}

impl fmt::Display for Rule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// The most rules a phase may have: the bits of its switches.
const MOST: usize = 256;

/// The rules that are in force: all, or all but some.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Rules {
    /// For each phase the bits of the rules that are switched off.
    off: [[u128; 2]; PHASES],
}

impl Rules {
    /// Every rule.
    pub const fn all() -> Self {
        Self {
            off: [[0; 2]; PHASES],
        }
    }

    /// These rules but for `rule`.
    #[must_use]
    pub fn without(mut self, rule: impl Into<Rule>) -> Self {
        let (phase, number) = rule.into().place();
        if let Some(bits) = self
            .off
            .get_mut(phase)
            .and_then(|p| p.get_mut(number / 128))
        {
            *bits |= 1 << (number % 128);
        }
        self
    }

    /// Whether `rule` is in force.
    pub fn has(&self, rule: impl Into<Rule>) -> bool {
        let (phase, number) = rule.into().place();
        let bits = self.off.get(phase).and_then(|p| p.get(number / 128));
        bits.is_none_or(|bits| (bits >> (number % 128)) & 1 == 0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_rule_is_switched_off_at_a_time() {
        let first = StatementRule::ALL[0];
        let last = *StatementRule::ALL.last().unwrap();
        let rules = Rules::all().without(last);
        assert!(rules.has(first) && !rules.has(last));
        assert!(Rules::all().has(last));
        assert!(!rules.without(first).has(first));
    }

    #[test]
    fn names_are_unique_kebab_case_and_explained() {
        let mut names: Vec<&str> = Rule::all().map(Rule::name).collect();
        let count = names.len();
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), count);
        for rule in Rule::all() {
            let kebab = |c: char| c.is_ascii_lowercase() || c == '-';
            assert!(rule.name().chars().all(kebab), "{rule}");
            assert!(
                rule.says().ends_with('.') && rule.says().len() > 20,
                "{rule}"
            );
            assert!(
                !rule.basis().is_empty() && !rule.phase().is_empty(),
                "{rule}"
            );
        }
    }
}
