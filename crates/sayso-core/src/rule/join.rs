//! The rules of joining: which mentions tell of one event, which belong to what an event brought
//! about, and which are a sum over many.
//!
//! Sources: *guide* is the annotation guide of the incident sheet, *CGEL* Huddleston & Pullum
//! (2002) by chapter, *FactBank* Saurí & Pustejovsky (2009).

use super::rules;

rules! {
    /// A rule of the phase that groups mentions into events.
    JoinRule {
        // Sums.
        SinceIsSum "since-is-sum": "Killings “since 2011”, “since the war began” are a sum over many incidents." ["guide, events"];
        SinceMonthIsSum "since-month-is-sum": "“Have been killed since January” is a sum, “since Thursday” is not." ["CGEL 3"];
        PastMonthsAreSum "past-months-are-sum": "What happened “over the past month”, “so far this year” is a sum." ["guide, events"];
        WeekOfStrikesIsSum "week-of-strikes-is-sum": "“In a week of strikes”, “after months of fighting” tell of a sum." ["guide, events"];
        ThisYearIsSum "this-year-is-sum": "“Have been killed this year” is a sum, “was killed this year” is not." ["CGEL 3"];
        WarIsSum "war-is-sum": "A war, and those it has killed, is a sum." ["guide, events"];
        StatisticIsSum "statistic-is-sum": "“316 kidnappings were recorded” is a statistic." ["guide, events"];
        ByThenIsSum "by-then-is-sum": "“As of Tuesday, strikes had killed 240” is what many strikes have come to." ["guide, events"];
        SumsKeepApart "sums-keep-apart": "A sum is no mention of a single event." ["guide, events"];
        SumOfConflict "sum-of-conflict": "The killed of a sum are those of a whole conflict." ["ACLED"];

        // What was brought about.
        OutcomeOfCause "outcome-of-cause": "“Killing two”, “two died” tell what came of the attack of the sentence." ["guide, events"];
        OutcomeSetOff "outcome-set-off": "“Killed two gunmen after the attack” is another event." ["CGEL 7"];
        AnswersAnother "answers-another": "“Executed 16 men in retaliation for an ambush” tells of two." ["guide, events"];
        OwnDaysDiffer "own-days-differ": "What was done on Sunday did not bring about what was done on Monday, where each verb has its own day." ["guide, events"];
        OtherDoer "other-doer": "What another has done is another event." ["guide, events"];
        OutcomeOfEarlier "outcome-of-earlier": "A killing without a doer belongs to the violence told last before it." ["guide, events"];
        KillingWithVictims "killing-with-victims": "“Killings of elders”, with victims of their own, are an event." ["guide, events"];

        // One event or two.
        SameType "same-type": "Two mentions of one type may be one event; an attack and a protest are two." ["guide, events"];
        GeneralWord "general-word": "“The attack”, “the violence” may mean any violent event told before." ["CGEL 5"];
        DispersedProtest "dispersed-protest": "A protest and what the police did to it are one event, of the stronger type." ["ACLED"];
        AttackTakesUp "attack-takes-up": "In “gunmen killed nine. The attack was claimed” the attack is that killing." ["CGEL 5"];
        SetApart "set-apart": "“Another”, “separate”, “in April”, “days after” set an event apart from those told before." ["guide, events"];
        FigureOfTold "figure-of-told": "“Gave a lower figure of 31 killed” counts those of the event told before, however far back." ["guide, events"];
        BlamedForTold "blamed-for-told": "What somebody is blamed for, “a massacre”, is what has been told." ["guide, events"];
        ArticleIntroduces "article-introduces": "“A car bombing” tells of something new." ["CGEL 5"];
        LeadRepeatsHeadline "lead-repeats-headline": "The lead tells again what a headline in the text has told." ["guide, events"];
        PassingDenial "passing-denial": "What is denied in passing denies no event told before." ["guide, status"];
        NoneOfTheSame "none-of-the-same": "“No kidnapping took place” speaks of the kidnapping that somebody has just told of." ["FactBank"];
        PlanKeepsApart "plan-keeps-apart": "What is planned is not what has happened." ["guide, status"];
        SidesDiffer "sides-differ": "Events with other doers or victims are two." ["guide, events"];
        GroundAndPeople "ground-and-people": "“Bombed the market, killing 27 traders” names the ground and then the people of one event." ["guide, side_b"];
        PlacesDiffer "places-differ": "Events at other places are two." ["guide, events"];
        TimesDiffer "times-differ": "Events on other days are two." ["guide, events"];
        FarApart "far-apart": "What the words of two mentions place in towns far from each other are two, “the attack” as well." ["guide, events"];
        DaysApart "days-apart": "“A bomb killed two, three days after gunmen shot a judge” tells of two." ["guide, events"];
        SameToll "same-toll": "A headline and its lead that give one count tell of one event, and so do two sentences that give one large figure." ["guide, events"];
        FullestMention "fullest-mention": "Of several mentions one that names a side, a place or a time is the event's anchor before one that does not, and a headline inside the text last." ["guide, anchor"];
        BareWord "bare-word": "A bare noun of violence with nothing of its own is background." ["guide, events"];
        GoesBack "goes-back": "“The violence”, with nothing of its own, goes back to what was told and is no event." ["CGEL 5"];
        StateOfPlace "state-of-place": "“The region, where armed groups fight the army” tells how things stand there, and no event." ["CGEL 3"];
        UntilArrival "until-arrival": "“Left before soldiers arrived” tells how long they stayed, and no event." ["CGEL 8"];
        NearOrKnown "near-or-known": "A general word goes on about what was told in the two sentences before, unless it has sides of its own." ["CGEL 5"];
    }
}
