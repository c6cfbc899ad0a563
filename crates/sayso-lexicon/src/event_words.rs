//! `event-words.tsv`: word lists that the rules of events and tolls ask for, by class.

use crate::WordLists;
use crate::word_lists::word_classes;

word_classes! {
    /// What the words of a list have in common; the file's header says it of each.
    EventWord of "event-words.tsv" {
        /// Nouns that name somebody by an abduction.
        Abductor = "abductor",
        /// Verbs by which somebody is blamed.
        Accusing = "accusing",
        /// Prepositions behind which a country is where something lands.
        AimedAcross = "aimed-across",
        /// Stretches of land or of a town, which are where something happens and not to whom.
        AreaNoun = "area-noun",
        /// Modifiers of what is held in arms.
        ArmedModifier = "armed-modifier",
        /// Verbs that lay a deed to somebody: “attributed the attack to”.
        Ascribing = "ascribing",
        /// Verbs that put something forward as true.
        Asserting = "asserting",
        /// Participles that give a report its author: “the claim made by the party”.
        Attributing = "attributing",
        /// Pronouns for what was said before.
        BackReference = "back-reference",
        /// Participles that say who backs a deed and does not do it.
        Backing = "backing",
        /// What somebody who denies a part in it denies.
        BlameNoun = "blame-noun",
        /// Verbs that tie somebody to a deed.
        BlamingVerb = "blaming-verb",
        /// Verbs that give something a name: “called it a lie”.
        Calling = "calling",
        /// Prepositions by which a verb takes an event noun: “took part in”.
        CarryingPreposition = "carrying-preposition",
        /// Verbs by which somebody finds out whether a report is true.
        Checking = "checking",
        /// What makes a convoy a civil one.
        CivilLoad = "civil-load",
        /// Words for the opposite of what was said.
        Contrary = "contrary",
        /// Nouns for vehicles that travel together.
        Convoy = "convoy",
        /// Prepositions that lead to whom an attack is on.
        DirectPreposition = "direct-preposition",
        /// Nouns that say, before an event noun, who does it: “rebel attacks”.
        DoerModifier = "doer-modifier",
        /// Verbs whose subject dies.
        DyingVerb = "dying-verb",
        /// Pronouns that do nothing: “there were”, “this”.
        EmptyPronoun = "empty-pronoun",
        /// Adjectives of those to whom something is done: “subject to shelling”.
        Exposed = "exposed",
        /// Ground on which something happens and that is nobody's own.
        GroundNoun = "ground-noun",
        /// Verbs whose object an attack harms: “the strike that hit a bus”.
        HarmingVerb = "harming-verb",
        /// Words that say who lives on a piece of ground or holds it: “rebel-held areas”.
        Inhabited = "inhabited",
        /// What one who pleads says of oneself.
        Innocence = "innocence",
        /// What somebody lacks who says nothing of the event: “has no information”.
        Knowledge = "knowledge",
        /// Verbs of those who bring others to agree and are no party.
        Mediating = "mediating",
        /// Nouns for some of a body: “members of the militia”.
        MembershipNoun = "membership-noun",
        /// Ground and buildings that are held in arms.
        MilitaryGround = "military-ground",
        /// Words of negation.
        Negator = "negator",
        /// Pronouns and nouns that are never whom something is done to.
        NobodyHurt = "nobody-hurt",
        /// Nouns that name somebody by a deed of violence.
        Perpetrator = "perpetrator",
        /// Verbs by which an accused answers.
        Pleading = "pleading",
        /// Determiners that name an owner.
        Possessive = "possessive",
        /// Reflexive pronouns.
        Reflexive = "reflexive",
        /// Adverbs that open a relative clause of place or time.
        RelativeAdverb = "relative-adverb",
        /// Pronouns that open a relative clause.
        RelativePronoun = "relative-pronoun",
        /// Nouns for what is said, whose truth may be denied.
        ReportNoun = "report-noun",
        /// Nouns for what is told by nobody in particular.
        Rumour = "rumour",
        /// Verbs by which a court or the police tie somebody to a deed.
        Sentencing = "sentencing",
        /// Nouns that count events: “a series of attacks”.
        SeriesNoun = "series-noun",
        /// Nouns for somebody thought to have done it.
        SuspectNoun = "suspect-noun",
        /// Participles of taking part: “involved in the fighting”.
        TakingPart = "taking-part",
        /// Nouns for whom something is done to: “was the target of an attack”.
        TargetNoun = "target-noun",
        /// Nouns for days and spans of time.
        TimeNoun = "time-noun",
        /// Adjectives of a report that nobody has checked.
        Unconfirmed = "unconfirmed",
        /// Words that call something untrue.
        Untrue = "untrue",
        /// Prepositions behind an event noun that lead to whom it is on.
        UponPreposition = "upon-preposition",
        /// Participles that say who does a deed: “a rebel-led offensive”.
        Waging = "waging",
        /// Participles that say who uses a weapon: “a drone operated by the army”.
        WeaponHandling = "weapon-handling",
        /// Modifiers that name whose an aircraft or a drone is.
        WeaponOwner = "weapon-owner",
        /// Prepositions that say where somebody was.
        WhereBehindPeople = "where-behind-people",
        /// Prepositions that, beside an object, say where.
        WherePreposition = "where-preposition",
    }
}

/// All lists.
pub type EventWords = WordLists<EventWord>;
