//! The rules by which origins are told apart and answers are judged (DESIGN.md, rules of
//! judgement), each with a name and the reason it exists. A test switches each off in turn and
//! sees to it that some case of `cases/findings` fails.

use std::fmt;

/// Declares the rules: `Variant "name": "what it does and why";`.
macro_rules! rules {
    ($($variant:ident $text:literal: $says:literal;)+) => {
        /// One rule of judgement.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
        pub enum JudgingRule { $(#[doc = $says] $variant),+ }

        impl JudgingRule {
            /// All, in the order of the path: origins, answers, which answers stand, status.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// The stable name, in kebab case.
            pub const fn name(self) -> &'static str {
                match self { $(Self::$variant => $text),+ }
            }

            /// What the rule does and why, in one sentence.
            pub const fn says(self) -> &'static str {
                match self { $(Self::$variant => $says),+ }
            }
        }
    };
}

rules! {
    // Origins.
    NamedSpeaker "named-speaker": "A speaker by name is one origin, whoever quotes them.";
    OneBody "one-body": "A body of which there is one, a country’s army or the governor, is one origin, whoever quotes it.";
    OfficeOfPlace "office-of-place": "An office that every town or province has, the mayor or the governor, is that of the place of the incident.";
    JuntaIsArmy "junta-is-army": "A junta or a military council is the army that governs: one party, whichever name it speaks under.";
    SpeaksForBody "speaks-for-body": "Whoever speaks for a body is that body.";
    UnnamedByTeller "unnamed-by-teller": "Speakers whom nobody names are told apart by who quotes them: nobody can say that they are the same.";
    HoweverMany "however-many": "Speakers whom nobody names and who told one outlet are the same, however many of them a report mentions: “two residents”, “residents”.";
    NamedLater "named-later": "A monitor that is not named is the one that the same report names: leads describe whom the text names later.";
    NamedBefore "named-before": "A body told of again by what it is (“the rescue group”, “the agency”) is the only one of its class that the report has named before; of several it may be any.";
    ToldTo "told-to": "A speaker not named who told one outlet is one origin in every report that repeats it.";
    SilenceOfSpeaker "silence-of-speaker": "That it is not known, said within what somebody says, is what that speaker does not know.";
    OtherNames "other-names": "A body is one by all the names that the reports of the incident give it: the acronym in brackets, the one that its words make, “UN” before it or not.";
    ShortName "short-name": "A surname alone is the only speaker of the incident who has it; of several it may be any.";
    PersonOfBody "person-of-body": "Who speaks for a body in one report of the incident speaks for it in all, where it is one body.";
    OfficeHolder "office-holder": "An office alone (“the mayor”) is the only one whom the reports of the incident name as its holder.";
    UnclearOrigin "unclear-origin": "What nobody is named for (“is believed”, “local media reported”, “a spokesman said”) may rest on any origin, so it corroborates nothing.";
    Rumour "rumour": "Nobody stands by a rumour or by messages that are called unconfirmed: they corroborate and dispute nothing, and stand in no range beside what somebody says.";
    OneText "one-text": "Prints of one text are one origin.";
    AgencyCredit "agency-credit": "A text goes back to the agency that it credits.";
    OutletNames "outlet-names": "An outlet by any of its names is one, whether it reports or is quoted.";
    OutletSite "outlet-site": "An outlet that is given by its site (“www.reuters.com”) is the outlet that the site is of, with “www” and without.";
    KindBehindName "kind-behind-name": "The noun behind a name that says what it is of (“the Tibrin Observatory monitor”) makes no other speaker of it.";
    PassesOn "passes-on": "Where a report passes on another outlet’s account of an incident and nobody else’s, its own words on it go back to that outlet.";
    OutletHeardIt "outlet-heard-it": "An outlet that quotes somebody for a thing, in a text of its own or where others cite it, has it from there and corroborates nobody’s word on it.";
    Forwarded "forwarded": "A forwarded message goes back to the channel that it was forwarded from.";

    // Answers.
    DenialDenies "denial-denies": "Who denies a thing does not assert it.";
    NotKnown "not-known": "Who cannot verify, does not know or keeps silent asserts nothing, and denies nothing.";
    ReactionIsNoReport "reaction-is-no-report": "Who condemns, demands, pledges or threatens because of a deed reports nothing of it.";
    PlannedIsNotDone "planned-is-not-done": "What is threatened or planned has not happened.";
    AccusedIsNotProven "accused-is-not-proven": "Accusations prove nothing, however many accuse.";
    AccusedIsNamed "accused-is-named": "Whom an accusation names at its head (“accused the army of the strike”) is the one that is said to have done it.";
    DoerDenied "doer-denied": "Who denies having had part in a deed denies who did it, not that it happened.";
    OwnDeedDenied "own-deed-denied": "Who denies that it, or its own forces, did a thing denies who did it, not that it happened: “denied bombing the market”, “our fighters did not …”.";
    ToldToDeny "told-to-deny": "What nobody is named for and is told only to be denied (“rejected accusations that it bombed the market”) asserts nothing.";
    ClaimantDidIt "claimant-did-it": "Who claims a deed, or denies it, is the one that says so.";
    OwnForces "own-forces": "Whoever says that its own jets or fighters did it names itself.";
    NobodyClaims "nobody-claims": "That nobody has claimed it, or that it is not clear who did it, leaves open who did it.";
    WritersOwnWords "writers-own-words": "What stands outside all statements is what the outlet reports itself.";
    OneSentence "one-sentence": "Where, when and whom, said in the sentence in which somebody tells of a thing, is said by that speaker, though it stands beside the words that are quoted.";
    DeedNamed "deed-named": "Whom a deed hit that a claim or an accusation only names (“claimed the bombing that killed nine”) the writer tells, not the claimant.";
    WriterRepeats "writer-repeats": "A writer who quotes somebody for a thing repeats it: the own words of a report do not corroborate what it quotes.";
    LargestIsWhole "largest-is-whole": "Of the counts that a report has of one origin the largest is the whole, the others are parts of it.";
    PartIsNoWhole "part-is-no-whole": "Children, women, a single person told of or “seven of the dead” are a part of the whole that others count, and replace no count of all.";
    PartAsLarge "part-as-large": "A count of some that is no smaller than what another origin counts of all (“arrested fourteen of them”) is a count of all.";
    NearestDeed "nearest-deed": "A denial or a silence that names no deed is about the one that was told of just before.";
    DateStamp "date-stamp": "A date with its year that no sentence leads to is when the page was published, not when something happened.";
    OtherMatter "other-matter": "A denial or a silence that names another matter (“responsibility for the fuel shortage”) is about that.";
    NobodyHurtIsZero "nobody-hurt-is-zero": "That nobody was hurt is a count: none killed, none injured.";
    UnknownIsNoNumber "unknown-is-no-number": "That it is not known how many is no number, and never 0.";
    EarlierFigure "earlier-figure": "A figure that is called an earlier one has been replaced.";
    EarlierOfUnnamed "earlier-of-unnamed": "What an outlet calls an earlier figure is what it had before from somebody whom it did not name: that too has been replaced.";
    EarlierVersion "earlier-version": "What an earlier version of the report said has been corrected.";
    OwnCorrection "own-correction": "What an outlet says in a correction that it reported before is what it corrects.";
    KilledIsNotHurt "killed-is-not-hurt": "That nobody was killed says nothing of the injured.";
    TakenBack "taken-back": "What its speaker takes back is no longer said.";

    // Which answers stand.
    UpdateReplaces "update-replaces": "Of one origin the latest answer stands: an update or a correction, no contradiction.";
    ReprintIsOld "reprint-is-old": "Printing a text again repeats nothing: what it says is as old as its first print.";
    OtherDeedDenied "other-deed-denied": "Who denies another deed, the killing and not the abduction, takes back no claim and disputes nobody’s word on the first.";
    SilenceReplacesNothing "silence-replaces-nothing": "An origin that says nothing more still stands by what it said.";
    LessReplacesNothing "less-replaces-nothing": "Of one origin a later answer that says less, a province for a town, a week for a day, “people” for whom it named, replaces nothing.";

    // Status and numbers.
    DeniedIsDisputed "denied-is-disputed": "Asserted by one and denied by another is disputed.";
    DenialNamesNoOther "denial-names-no-other": "Who denies that a thing happened disputes where, when and whom it hit only by naming another place, day or victim.";
    FiguresApart "figures-apart": "Figures of two origins that no number suits are disputed.";
    LaterHigher "later-higher": "A higher figure of a later day is no contradiction: tolls rise.";
    OtherDoer "other-doer": "Two origins that name different doers contradict each other.";
    OtherMeans "other-means": "Two origins that name different means, a bomb from the air or one on the ground, contradict each other.";
    OtherDays "other-days": "Two origins contradict each other whose days are all at least two apart: nights and time zones make one day’s difference.";
    TwoOrigins "two-origins": "Two independent origins that say the same corroborate it.";
    OtherDeed "other-deed": "Who tells of a deed of another kind, of a grenade and not of a shooting, does not corroborate that one thing happened.";
    FiguresSuit "figures-suit": "Figures that one number suits, “16” and “more than a dozen”, say the same.";
    SameName "same-name": "A name and a longer form of it say the same.";
    AtMostHasNoLow "at-most-has-no-low": "“Up to 16” says how many at most; how few nobody says.";
    WithoutNumber "without-number": "Who was hit is the same whatever their number: “56 civilians” and “dozens of civilians”.";
    NamedDoer "named-doer": "Where somebody names who did it, “gunmen” or “a suicide bomber” is no answer beside it.";
    PlaceInPlace "place-in-place": "A quarter and its town, or a town and its province, are no two places.";
    VagueByAcled "vague-by-acled": "Vague words count as ACLED counts them: dozens 12, tens 10, hundreds 100.";
    LowestStands "lowest-stands": "Conservative is the lowest figure that an origin still stands by.";
    Unreliable "unreliable": "Origins that an analyst has marked unreliable are left out of low and high.";
}

impl fmt::Display for JudgingRule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

const _: () = assert!(JudgingRule::ALL.len() <= 128, "more rules than switches");

/// The rules that are in force: all, or all but some.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct JudgingRules {
    /// Bits of the rules that are switched off.
    off: u128,
}

impl JudgingRules {
    /// These rules but for `rule`.
    #[must_use]
    pub const fn without(self, rule: JudgingRule) -> Self {
        Self {
            off: self.off | 1 << rule as u32,
        }
    }

    /// Whether `rule` is in force.
    pub const fn has(self, rule: JudgingRule) -> bool {
        self.off >> rule as u32 & 1 == 0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_rule_is_switched_off_at_a_time() {
        let rules = JudgingRules::default().without(JudgingRule::OneText);
        for &rule in JudgingRule::ALL {
            assert_eq!(rules.has(rule), rule != JudgingRule::OneText, "{rule}");
        }
    }

    #[test]
    fn names_are_unique_kebab_case_and_explained() {
        let mut names: Vec<&str> = JudgingRule::ALL.iter().map(|rule| rule.name()).collect();
        let count = names.len();
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), count);
        for rule in JudgingRule::ALL {
            let kebab = |c: char| c.is_ascii_lowercase() || c == '-';
            assert!(rule.name().chars().all(kebab), "{rule}");
            assert!(
                rule.says().ends_with('.') && rule.says().len() > 20,
                "{rule}"
            );
        }
    }
}
