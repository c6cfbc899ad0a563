//! The rules of tolls: what a number says, whom it counts, what became of them, to which event it
//! belongs, and what is known of the toll.
//!
//! Sources: *guide* is the annotation guide of the incident sheet, *CGEL* Huddleston & Pullum
//! (2002) by chapter. What single words mean is no rule but a line of `lexicon/`.

use super::rules;

rules! {
    /// A rule of the toll phase.
    TollRule {
        // Numbers.
        RangeIsAbout "range-is-about": "“Between 10 and 15”, “10 to 15” is about 10, and 15 at most." ["guide, tolls"];
        OrMore "or-more": "“16 or more” is at least 16." ["guide, tolls"];
        VagueStaysVague "vague-stays-vague": "A vague word stays vague whatever stands before it: “at least dozens”." ["guide, tolls"];
        TensOfThousands "tens-of-thousands": "“Tens of thousands” is twice ten thousand, and vague." ["guide, tolls"];
        NumbersAddUp "numbers-add-up": "“Two hundred and six” is one number." ["CGEL 5"];
        HalfDozen "half-dozen": "“Half a dozen” is six." ["CGEL 5"];
        ArticleOfNumber "article-of-number": "The article of “a dozen” and “a hundred” belongs to the number, and “more than” stands before it." ["CGEL 5"];

        // Whom they count.
        FamilyOf "family-of": "“A family of five” counts five." ["guide, tolls"];
        OnePerson "one-person": "An indefinite singular, “a soldier”, “another man”, counts one." ["guide, tolls"];
        NamedIsOne "named-is-one": "A person who is named, or meant by a definite singular, counts one." ["guide, tolls"];
        OnceForEach "once-for-each": "One who is named again is not counted again." ["guide, tolls"];
        NameIsNoCount "name-is-no-count": "A number in a date, a sum of money or the name of a body counts nobody." ["CGEL 5"];
        NoOneIsNobody "no-one-is-nobody": "The “one” of “no one” and “one of” counts nobody." ["CGEL 5"];
        PeopleAreCounted "people-are-counted": "Only a noun for people takes a toll: “killed 40 goats” has none." ["guide, tolls"];
        OfficersArePolice "officers-are-police": "Officers are police where the text tells of police and of no army." ["guide, who"];

        // What became of them.
        UnrealHarm "unreal-harm": "“Could kill”, “did not kill”, “if it kills” count nobody." ["guide, tolls; FactBank"];
        DisplacedBefore "displaced-before": "“Killed eight displaced people” displaces nobody." ["guide, tolls"];
        JointEffect "joint-effect": "“Killed and wounded 12” is one count for both." ["guide, tolls"];
        JointIsMost "joint-is-most": "Of 12 killed or wounded no more than 12 were killed, and no more wounded." ["guide, tolls"];
        OwnCountFirst "own-count-first": "In “eight are killed and 11 others injured” the second verb has its own count, not the first one's subject." ["CGEL 15"];
        NearNumber "near-number": "In “20 killed”, “16 dead”, and wherever the tree fails, the number right before or behind the word of harm is its count." ["CGEL 4"];
        MoversStay "movers-stay": "Who evacuates residents is not displaced." ["CGEL 4"];
        LifeIsTaken "life-is-taken": "Lives count where they are lost, claimed, cost or taken, not where they are saved." ["CGEL 4"];
        LostLife "lost-life": "Whoever loses life, or men, or costs them, tells of the killed." ["CGEL 4"];
        OneVictim "one-victim": "“The murder of a teacher” has one victim." ["guide, tolls"];
        TollAt "toll-at": "“Brought the toll to 58”, “the number of dead rose to 58”: the figure behind the word of reaching is the toll." ["guide, tolls"];
        SubCount "sub-count": "“Including three children”, “among them two women” is a count of its own, of the same effect." ["guide, tolls"];
        AndMore "and-more": "Of “nine children and 14 others” the second count is harmed too, where the tree has lost it." ["CGEL 15"];
        AlongWith "along-with": "“Was killed along with his wife and three children”: they share the effect." ["guide, tolls"];
        FatallyKills "fatally-kills": "Who is fatally shot or mortally wounded is killed." ["CGEL 8"];
        NounForVerb "noun-for-verb": "A headline's present tense that the tree takes for a noun, “Police arrest 26 suspects”, has its object." ["CGEL 3"];
        WithWounds "with-wounds": "“Six people with bullet wounds” are wounded." ["guide, tolls"];
        ToldTwice "told-twice": "One count told twice, by one speaker or by the writer, is one." ["guide, tolls"];
        SumOfTolls "sum-of-tolls": "A count told of a long time is one of a sum, and goes to no single event." ["guide, events"];

        // To which event.
        TollInSentence "toll-in-sentence": "A count belongs to the event of its sentence that is nearest in the tree and may have that effect." ["guide, tolls"];
        TollAfterEvent "toll-after-event": "A count without an event in its sentence belongs to the violent one told last before it." ["guide, tolls"];
        TollBeforeEvent "toll-before-event": "The lead may give the toll before the event." ["guide, tolls"];
        UnrealHasNoToll "unreal-has-no-toll": "What is planned or did not happen hurt nobody." ["guide, tolls"];

        // What is known of it.
        NoReportsIsUnknown "no-reports-is-unknown": "“No confirmed reports of casualties”, “no word on victims” say that nobody knows." ["guide, toll_status"];
        NoFigureIsUnknown "no-figure-is-unknown": "“Gave no casualty figure”, “no death toll” say that nobody tells." ["guide, toll_status"];
        NoCasualtiesIsNone "no-casualties-is-none": "“No casualties”, “without loss of life” say that there are none." ["guide, toll_status"];
        NobodyHurtIsNone "nobody-hurt-is-none": "“Nobody was hurt”, “no one was killed” say that there are none." ["guide, toll_status"];
        SomeAreNotAll "some-are-not-all": "That no children or women were hurt leaves open who was." ["guide, toll_status"];
        UnclearIsUnknown "unclear-is-unknown": "A toll that “is not yet clear” or “unclear if it caused any” is unknown." ["guide, toll_status"];
        DoubtedHowMany "doubted-how-many": "“It is not known how many were killed”, “did not say whether anyone was hurt” leave it unknown." ["guide, toll_status"];
        HowManyIsOpen "how-many-is-open": "How many were hurt that “is not known” is an unknown toll." ["guide, toll_status"];
        WhetherAnybody "whether-anybody": "“Whether anyone was inside is unknown” leaves the toll unknown." ["guide, toll_status"];
        ReportsOfCasualties "reports-of-casualties": "“Reports of casualties” without a number leave the toll unknown." ["guide, toll_status"];
        UnknownNumber "unknown-number": "“An unknown number of” people is an unknown toll." ["guide, toll_status"];
        WithoutHarm "without-harm": "“Without wounding anyone” and “unharmed” say that the toll is none." ["guide, toll_status"];
        TollStandsLater "toll-stands-later": "What is known of the toll may stand up to three sentences after the event, if no violence is told between." ["guide, toll_status"];
    }
}
