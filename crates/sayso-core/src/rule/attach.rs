//! The rules of where and when an event was: which toponym and which time of the text are its own.
//!
//! Sources: *guide* is the annotation guide of the incident sheet, *UCDP* the codebook of its
//! georeferenced events, *CGEL* Huddleston & Pullum (2002) by chapter.

use super::rules;

rules! {
    /// A rule of the phase that gives events their places and times.
    AttachRule {
        // Places.
        NameIsNoPlace "name-is-no-place": "A toponym inside the name of a body, a person or a law places nothing." ["guide, place"];
        PlaceOfClause "place-of-clause": "An event is at the toponym that is nearest in the tree." ["guide, place"];
        FinestInside "finest-inside": "Of nested places the finest is meant: “in Idlib province, at Harim”." ["guide, place"];
        OtherEventsPlace "other-events-place": "A place that hangs on another event is that one's." ["guide, place"];
        ResolvedFirst "resolved-first": "A place that could not be resolved gives way to a near one that could." ["UCDP, where_prec"];
        SpeakerIsElsewhere "speaker-is-elsewhere": "Where somebody speaks is not where it happened." ["guide, place"];
        CountryActs "country-acts": "A country that no preposition places acts: “the U.S. offensive”." ["guide, place"];
        OwnWar "own-war": "“Syria's war” is fought in Syria." ["guide, place"];
        PrepositionPlaces "preposition-places": "“In Goma” places, “from Goma” and “to Goma” place less, “against Russia” does not." ["CGEL 7"];
        PlaceOfEventBefore "place-of-event-before": "An event without a place is where the event told before it was." ["guide, place"];
        PlaceOfSentenceBefore "place-of-sentence-before": "An event without a place is at the finest place of the two sentences before." ["guide, place"];
        DatelinePlace "dateline-place": "The dateline places what the first sentences tell." ["guide, place"];
        PlaceOfSpeaker "place-of-speaker": "Where nothing else places it, what villagers, police or officials of a place tell of is there." ["guide, place"];

        AcrossCountry "across-country": "What happens “nationwide” or “across the country” is placed by the country." ["UCDP, where_prec"];
        PoliceAtHome "police-at-home": "Police, courts and governments of a country act in it where no other place is named: “Turkish police arrest”." ["UCDP, where_prec"];

        DistanceMoves "distance-moves": "“10 km north of Goma” is so far from Goma, and “east of Goma” beside it." ["UCDP, where_prec 2"];
        BesidePlace "beside-place": "“Near Goma” is no exact place." ["UCDP, where_prec 2"];
        BetweenTwo "between-two": "“Between Goma and Sake” and “the Goma–Sake road” are half way, and only what holds both ends holds it." ["UCDP, where_prec 5"];
        BeyondBorder "beyond-border": "What a border is with is not where it happened: “near the border with Chad”." ["UCDP, where_prec 5"];
        FirstOfList "first-of-list": "Of places listed together the first stands for all: “in Goma and Sake”." ["guide, place"];
        ExampleOfMany "example-of-many": "“In 38 provinces, including Nador” is in all of them." ["UCDP, where_prec"];
        NamedBefore "named-before": "“The same province”, “the town” is the one named last before." ["CGEL 5"];
        PlaceOfSentenceAfter "place-of-sentence-after": "A lead tells what happened and the next sentence where." ["guide, place"];
        CountryAtLast "country-at-last": "What nothing else places is in the country that the report is about." ["UCDP, where_prec 6"];

        // Times.
        TimeOfOwnWords "time-of-own-words": "A time that hangs on the event's own words dates it." ["guide, start and end"];
        TimeOfClause "time-of-clause": "A time of the clause that the event stands in or under dates it." ["guide, start and end"];
        TimeOfSentence "time-of-sentence": "A time of another clause of the sentence dates what is told with it." ["guide, start and end"];
        SpeechDatesSpeech "speech-dates-speech": "A time on a verb of speech dates the saying." ["guide, start and end"];
        FigureDatesFigure "figure-dates-figure": "In “the toll of the raid rose to 17 on Tuesday” the day is that of the count." ["guide, start and end"];
        OtherEventsTime "other-events-time": "A time that hangs on another event dates that one." ["guide, start and end"];
        LaterMentionsTime "later-mentions-time": "In “arrested on Sunday over Friday's attack” Friday dates the attack, wherever that was told first." ["guide, start and end"];
        SecondDay "second-day": "In “arrested on Sunday over the bombing in Quetta on Friday” the second day dates the bombing." ["CGEL 15"];
        UntilIsBound "until-is-bound": "“Before Monday” and “until Monday” date nothing that has happened." ["UCDP, date_prec"];
        ByItself "by-itself": "In “since the 2016 accord” the accord was in 2016; what lasts since reaches on." ["CGEL 7"];
        PresentGoesOn "present-goes-on": "A past time beside a clause in the present does not date it." ["CGEL 3"];
        FinerDay "finer-day": "A day inside a month says more than the month." ["UCDP, date_prec"];
        DaysAfterClause "days-after-clause": "In “on Monday, a day after rebels attacked” the attack was on Sunday." ["CGEL 7"];
        SinceReaches "since-reaches": "“The fighting since March” has gone on since; “since the March raid” the raid has not." ["CGEL 7"];
        FirstSince "first-since": "“The first raid since 2019” has not lasted since 2019." ["CGEL 7"];
        LastsUntilNow "lasts-until-now": "A length ends now only beside a perfect: “has burned for three days”." ["CGEL 3"];
        BegunGoesOn "begun-goes-on": "A war that broke out in April goes on until the text says that it has ended." ["UCDP, date_prec"];
        AboutEvent "about-event": "“Executed for the 2017 murders”, “after Monday's raid”: the time dates what the noun names, and nothing else." ["guide, start and end"];
        PresentIsNow "present-is-now": "“A court sentences him over a raid in 2019” tells of now." ["CGEL 3"];
        NotAheadOfReport "not-ahead-of-report": "What has happened was not after the day the text was written." ["UCDP, date_prec"];
        SharedModifier "shared-modifier": "“The February attacks and abductions” were both in February." ["CGEL 15"];
        WhenClause "when-clause": "In “the first since 2017, when a general was killed” he was killed in 2017." ["CGEL 12"];
        RelativeTells "relative-tells": "“Protests that set off the war seven years ago” were then." ["CGEL 12"];
        TimeOfParagraph "time-of-paragraph": "An event without a time is dated by the event or time before it in the paragraph." ["guide, start and end"];
        MainTime "main-time": "What belongs to the event the report is about shares its time." ["guide, start and end"];
        ToldEarlierApart "told-earlier-apart": "What a past perfect tells lies behind the report's day." ["CGEL 3"];
        ByThen "by-then": "“As of Tuesday”, “by Tuesday” beside a perfect: it had come about by then, and no first day is said." ["UCDP, date_prec"];
        EndOfSentence "end-of-sentence": "In “clashed with fighters led by a preacher in the hills on Tuesday” the day at the end is that of the clash." ["CGEL 15"];
        UnplacedApart "unplaced-apart": "What its own words date by a day that cannot be placed takes no other event's day." ["guide, start and end"];
        PublicationBound "publication-bound": "What has been reported had happened by the day of publication." ["UCDP, date_prec"];
    }
}
