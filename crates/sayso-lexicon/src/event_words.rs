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
        /// Prepositions of spread before “the country”.
        AcrossPreposition = "across-preposition",
        /// Conjunctions between two times.
        AfterOrBefore = "after-or-before",
        /// Endings of nouns for those who do something.
        AgentSuffix = "agent-suffix",
        /// Prepositions behind which a country is where something lands.
        AimedAcross = "aimed-across",
        /// Nouns of a charge without proof.
        AllegationNoun = "allegation-noun",
        /// Adjectives of a deed that nobody has proved.
        AllegedWord = "alleged-word",
        /// Adverbs of what nobody has proved.
        Allegedly = "allegedly",
        /// Words before “with” that add somebody to whom it happened too.
        AlongWith = "along-with",
        /// Nouns of what is fired.
        Ammunition = "ammunition",
        /// Nouns for what answers another deed: “in retaliation for an ambush”.
        AnsweringNoun = "answering-noun",
        /// Nouns that may stand for any side.
        AnySide = "any-side",
        /// Pronouns for whoever it may be.
        Anybody = "anybody",
        /// Adjectives that set an event apart from those told before.
        Apart = "apart",
        /// Nouns for an attack that answers another.
        ApartNoun = "apart-noun",
        /// Stretches of land or of a town, which are where something happens and not to whom.
        AreaNoun = "area-noun",
        /// Modifiers of what is held in arms.
        ArmedModifier = "armed-modifier",
        /// Words by which a text tells of an army.
        ArmyWord = "army-word",
        /// Indefinite articles.
        Article = "article",
        /// Verbs that lay a deed to somebody: “attributed the attack to”.
        Ascribing = "ascribing",
        /// Verbs that put something forward as true.
        Asserting = "asserting",
        /// Nouns and verbs of trying.
        Attempt = "attempt",
        /// Nouns of trying that was done.
        AttemptNoun = "attempt-noun",
        /// Participles that give a report its author: “the claim made by the party”.
        Attributing = "attributing",
        /// Prepositions before whoever gives a report.
        AuthorPreposition = "author-preposition",
        /// Pronouns for what was said before.
        BackReference = "back-reference",
        /// Participles that say who backs a deed and does not do it.
        Backing = "backing",
        /// Nouns before “of” and what comes in bulk: “a load of rockets”.
        Batch = "batch",
        /// Words right before the figure of a toll.
        BeforeFigure = "before-figure",
        /// Words that make “one” nobody or everybody.
        BeforeOne = "before-one",
        /// Words behind “one” that make it no count.
        BehindOne = "behind-one",
        /// Words behind “so far” that name a long time.
        BehindSoFar = "behind-so-far",
        /// What stands between a place and the larger one that it lies in.
        BetweenPlaces = "between-places",
        /// What somebody who denies a part in it denies.
        BlameNoun = "blame-noun",
        /// First words of a content by which somebody denies a part in a deed.
        BlameWord = "blame-word",
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
        /// Marks between clauses.
        ClauseEnd = "clause-end",
        /// Marks at which a parenthesis ends.
        CommaMark = "comma-mark",
        /// Conjunctions of what only might be.
        Condition = "condition",
        /// Words for the opposite of what was said.
        Contrary = "contrary",
        /// Nouns for vehicles that travel together.
        Convoy = "convoy",
        /// Conjunctions between equals.
        Coordinator = "coordinator",
        /// Words that take the place of the noun for people.
        CountedAlone = "counted-alone",
        /// Marks behind the place of a dateline.
        DatelineMark = "dateline-mark",
        /// Nouns of deeds that have one victim where they are singular.
        DeedOnOne = "deed-on-one",
        /// Determiners of something known, of whatever number.
        Definite = "definite",
        /// Determiners of something known.
        DefiniteSingular = "definite-singular",
        /// Nouns over an event that are denied with it.
        DeniedNoun = "denied-noun",
        /// Verbs and nouns of sending troops.
        Deploying = "deploying",
        /// Prepositions that lead to whom an attack is on.
        DirectPreposition = "direct-preposition",
        /// Nouns that say, before an event noun, who does it: “rebel attacks”.
        DoerModifier = "doer-modifier",
        /// Verbs whose subject dies.
        DyingVerb = "dying-verb",
        /// Pronouns that do nothing: “there were”, “this”.
        EmptyPronoun = "empty-pronoun",
        /// Nouns for what shows that something happened.
        EvidenceNoun = "evidence-noun",
        /// Adjectives of those to whom something is done: “subject to shelling”.
        Exposed = "exposed",
        /// Adverbs by which a wound kills.
        Fatally = "fatally",
        /// Nouns for what may come.
        FearNoun = "fear-noun",
        /// Nouns for fights.
        FightNoun = "fight-noun",
        /// Auxiliaries of what will be.
        Future = "future",
        /// Nouns for violence of any type.
        GeneralViolence = "general-violence",
        /// Verbs by which somebody gives up ground.
        GivingUp = "giving-up",
        /// Ground on which something happens and that is nobody's own.
        GroundNoun = "ground-noun",
        /// Nouns that look singular and name many.
        GroupNoun = "group-noun",
        /// Nouns before “of” and a number of members.
        GroupOf = "group-of",
        /// Nouns of people at a group who do not fight for it: those whom it holds, kin, speakers.
        GroupsOthers = "groups-others",
        /// Nouns of what a country has inside itself.
        HappensInside = "happens-inside",
        /// Nouns of the toll as a whole.
        HarmNoun = "harm-noun",
        /// Adjectives that stand for those harmed.
        HarmedNoun = "harmed-noun",
        /// Verbs whose object an attack harms: “the strike that hit a bus”.
        HarmingVerb = "harming-verb",
        /// Verbs by which somebody has ground.
        HavingGround = "having-ground",
        /// Buildings and gatherings that, before an event noun, are what was hit: “the academy bombing”.
        HitModifier = "hit-modifier",
        /// Nouns for bodies that act in their own country.
        HomeForce = "home-force",
        /// Words before a part of those counted.
        Including = "including",
        /// Words that say who lives on a piece of ground or holds it: “rebel-held areas”.
        Inhabited = "inhabited",
        /// What one who pleads says of oneself.
        Innocence = "innocence",
        /// Prepositions by which an event noun is what somebody goes into.
        IntoPreposition = "into-preposition",
        /// What somebody lacks who says nothing of the event: “has no information”.
        Knowledge = "knowledge",
        /// Words for what somebody knows.
        Known = "known",
        /// Verbs and nouns by which lives end: “claimed 14 lives”, “the loss of life”.
        LifeTaking = "life-taking",
        /// Nouns for people who tell of where they are.
        LocalSpeaker = "local-speaker",
        /// Prepositions that say where.
        LocatingPreposition = "locating-preposition",
        /// Words for a time that is not the report's own.
        LongAgo = "long-ago",
        /// Words of a stretch of a month or more behind “since”: “since the end of January”.
        LongSince = "long-since",
        /// Nouns of long stretches of time, in the plural.
        LongSpan = "long-span",
        /// Modals that, with a perfect, leave open what happened.
        MayOrMight = "may-or-might",
        /// Nouns for how much of something there is: “a wave of”.
        Measure = "measure",
        /// Verbs of those who bring others to agree and are no party.
        Mediating = "mediating",
        /// Nouns for some of a body: “members of the militia”.
        MembershipNoun = "membership-noun",
        /// Ground and buildings that are held in arms.
        MilitaryGround = "military-ground",
        /// Auxiliaries of what may be or is to come.
        Modal = "modal",
        /// Words for what concerns a whole country.
        Nationwide = "nationwide",
        /// Words of negation.
        Negator = "negator",
        /// Words before those whom it did not happen to.
        Neither = "neither",
        /// Nouns and adjectives of news of a toll.
        NewsOfToll = "news-of-toll",
        /// Determiners of nobody.
        NoDeterminer = "no-determiner",
        /// Words for somebody who bears arms no more: “a former officer”.
        NoLonger = "no-longer",
        /// Pronouns for no person.
        Nobody = "nobody",
        /// Pronouns and nouns that are never whom something is done to.
        NobodyHurt = "nobody-hurt",
        /// Determiners by which there is none.
        NoneOf = "none-of",
        /// Adverbs of negation.
        NotOrNever = "not-or-never",
        /// Words that join the parts of one number.
        NumberJoiner = "number-joiner",
        /// Nouns for a number of people.
        NumberNoun = "number-noun",
        /// The preposition before those counted.
        Of = "of",
        /// Nouns of violence behind “a week of”.
        OfViolence = "of-violence",
        /// Determiners of a single one.
        One = "one",
        /// Words at the start of a sentence that set it apart from the one before.
        OpensApart = "opens-apart",
        /// Adverbs of a sum.
        Overall = "overall",
        /// Particles that the tree may take for prepositions: “shot down a plane”.
        Particle = "particle",
        /// Prepositions before a country that is a party.
        PartyPreposition = "party-preposition",
        /// Words for a time that is over.
        Past = "past",
        /// Adjectives of a stretch of time up to now.
        PastOrLast = "past-or-last",
        /// Nouns that name somebody by a deed of violence.
        Perpetrator = "perpetrator",
        /// Nouns for a single person beside those of people.tsv.
        PersonNoun = "person-noun",
        /// Words at which a noun phrase that is read from behind begins.
        PhraseEnd = "phrase-end",
        /// Nouns for places below the level of countries.
        PlaceNoun = "place-noun",
        /// Nouns for what is to be.
        PlanNoun = "plan-noun",
        /// Adjectives of what is to be.
        PlannedWord = "planned-word",
        /// Verbs whose object is planned.
        PlanningVerb = "planning-verb",
        /// Verbs by which an accused answers.
        Pleading = "pleading",
        /// Pronouns behind “one of” that stand for people.
        PluralPronoun = "plural-pronoun",
        /// Words by which a text tells of police.
        PoliceWord = "police-word",
        /// Determiners that name an owner.
        Possessive = "possessive",
        /// Marks of a possessive.
        PossessiveMark = "possessive-mark",
        /// Modals of what is only possible.
        PossibleModal = "possible-modal",
        /// Adjectives of what is only possible.
        PossibleWord = "possible-word",
        /// Forms of “do” in the present tense.
        PresentDo = "present-do",
        /// Forms of “have” in the present tense.
        PresentHave = "present-have",
        /// Verbs of seeing to it that something does not happen.
        Preventing = "preventing",
        /// Nouns for somebody who acts for no group.
        PrivatePerson = "private-person",
        /// Words between the two numbers of a range.
        RangeWord = "range-word",
        /// Verbs by which a toll comes to a figure.
        Reaching = "reaching",
        /// Verbs by which a statistic is kept.
        Recording = "recording",
        /// Reflexive pronouns.
        Reflexive = "reflexive",
        /// Relative pronouns.
        Relative = "relative",
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
        /// Prepositions that set a cause off from what came of it.
        SettingOff = "setting-off",
        /// What a toll is or is not yet.
        Settled = "settled",
        /// Nouns of what the sea carries.
        Ship = "ship",
        /// Verbs by which a craft is brought down.
        ShootingDown = "shooting-down",
        /// Verbs by which evidence is shown.
        ShowingVerb = "showing-verb",
        /// Pronouns for a single person.
        SingularPronoun = "singular-pronoun",
        /// Nouns behind “nothing of the”.
        SortNoun = "sort-noun",
        /// Nouns of stretches of time before “of”.
        SpanOf = "span-of",
        /// Words behind “since” for the start of a long conflict.
        StartOfWar = "start-of-war",
        /// Nouns for a state, its forces and their craft.
        StateNoun = "state-noun",
        /// Verbs of bringing to an end what was going on.
        Stopping = "stopping",
        /// Verbs of trying for what is not yet had.
        StrivingVerb = "striving-verb",
        /// Nouns for somebody thought to have done it.
        SuspectNoun = "suspect-noun",
        /// Participles of taking part: “involved in the fighting”.
        TakingPart = "taking-part",
        /// Nouns for whom something is done to: “was the target of an attack”.
        TargetNoun = "target-noun",
        /// Nouns for days and spans of time.
        TimeNoun = "time-noun",
        /// Units of time.
        TimeUnit = "time-unit",
        /// Prepositions before what a report is about.
        TopicPreposition = "topic-preposition",
        /// Words for what nobody knows.
        Unclear = "unclear",
        /// Adjectives of a report that nobody has checked.
        Unconfirmed = "unconfirmed",
        /// Words by which nobody came to harm.
        Unharmed = "unharmed",
        /// Modals that, with a perfect, tell what did not happen.
        UnrealModal = "unreal-modal",
        /// Words that call something untrue.
        Untrue = "untrue",
        /// Prepositions behind an event noun that lead to whom it is on.
        UponPreposition = "upon-preposition",
        /// Plural words for amounts, whatever name the model sees in them.
        VagueCount = "vague-count",
        /// Participles that say who does a deed: “a rebel-led offensive”.
        Waging = "waging",
        /// Nouns of a long conflict.
        WarNoun = "war-noun",
        /// Participles that say who uses a weapon: “a drone operated by the army”.
        WeaponHandling = "weapon-handling",
        /// Modifiers that name whose an aircraft or a drone is.
        WeaponOwner = "weapon-owner",
        /// Prepositions by which an event noun says when something else was.
        WhenPreposition = "when-preposition",
        /// Prepositions that say where somebody was.
        WhereBehindPeople = "where-behind-people",
        /// Prepositions that, beside an object, say where.
        WherePreposition = "where-preposition",
        /// Prepositions of a stretch in which all happened.
        WithinPreposition = "within-preposition",
        /// Words beside negators before a noun of harm.
        WithoutOrAny = "without-or-any",
        /// Nouns of bodily harm.
        WoundNoun = "wound-noun",
        /// Nouns of the running year or month.
        YearOrMonth = "year-or-month",
    }
}

/// All lists.
pub type EventWords = WordLists<EventWord>;
