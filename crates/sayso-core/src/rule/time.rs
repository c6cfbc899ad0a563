//! The rules of time expressions: what is read as one, what it is seen from, and what days it comes
//! to. How a time dates an event is told by [`super::AttachRule`].
//!
//! Sources: *TimeML* is the annotation guidelines 1.2.1 and TIDES TIMEX2 2005, which they build on;
//! *CGEL* Huddleston & Pullum (2002) by chapter; *WikiWars* Mazur & Dale (2010) on narratives.
//! What single words mean is no rule but a line of `lexicon/times/`.

use super::rules;

rules! {
    /// A rule of the phase that finds time expressions and places them on the calendar.
    TimeRule {
        // What is read.
        CalendarDate "calendar-date": "A day, month or year by the calendar, in words or in figures." ["TimeML"];
        DayOfMonth "day-of-month": "“On the 14th”: a day of the month that the text is in." ["TimeML"];
        Weekday "weekday": "A day of the week, perhaps of a week that is named." ["TimeML"];
        WeekdaysAgo "weekdays-ago": "“Two Sundays ago”, “a week last Monday” count weeks by a day of theirs." ["CGEL 7"];
        FromToday "from-today": "“Today”, “yesterday”, “tomorrow” and what counts from them." ["TimeML"];
        UnitByShift "unit-by-shift": "“Last week”, “this month”, “that June”, “the following day”." ["TimeML"];
        Offset "offset": "“Three days ago”, “two weeks later”, “a day after the truce”." ["TimeML"];
        Season "season": "Seasons of the year: “in the spring of 2019”, “last winter”." ["TimeML"];
        WetSeason "wet-season": "The rainy and the dry season, by the country that the text is about." ["climatology"];
        Quarter "quarter": "Quarters and halves of a year by their number, and fiscal years." ["TimeML"];
        DecadeOrCentury "decade-or-century": "“The 1990s”, “the 20th century”." ["TimeML"];
        Feast "feast": "Feasts and fasts, movable or not, and their eves." ["TimeML"];
        OtherCalendar "other-calendar": "Days and months of the Hijri and the Solar Hijri calendar." ["ICU calendars"];
        EdgeOfPeriod "edge-of-period": "“Early May”, “the end of 2019”, “mid-March”, “the first half of June”." ["TimeML"];
        EarlierThis "earlier-this": "“Earlier this month” ends with the day it is said, and “later this month” begins there." ["CGEL 7"];
        PartOfDay "part-of-day": "“Tuesday night”, “the early hours of Monday”, “at dawn”." ["TimeML"];
        NightIntoDay "night-into-day": "“Late Tuesday night into Wednesday”, “the night of 3-4 October” are one stretch." ["guide, start and end"];
        Clock "clock": "A time of day in figures, with its zone." ["TimeML"];
        Range "range": "Two times that share words: “3-5 May”, “2019-20”." ["TimeML"];
        SharedYear "shared-year": "Of two joined times the first has the year of the second: “28 May to 3 June 2019”." ["TimeML"];
        Length "length": "A length of time: “three days”, “a ten-day siege”." ["TimeML"];
        PlacedLength "placed-length": "A length that lies somewhere: “the past two weeks”, “the first two months of 2024”." ["TimeML"];
        Recurring "recurring": "What recurs: “every Friday”, “daily”, “twice a week”." ["TimeML"];
        Reference "reference": "“Now”, “recently”, “the future” point without a date." ["TimeML"];

        // What is not.
        NumberIsNoYear "number-is-no-year": "“Some 1500 soldiers” counts." ["CGEL 5"];
        CountedBehindMonth "counted-behind-month": "In “in August 20 people died” the number counts." ["CGEL 5"];
        NameOfDate "name-of-date": "“The 9 April Brigade” is a name." ["CGEL 5"];
        AgeIsNoTime "age-is-no-time": "“A 22-year-old” is an age." ["TimeML"];
        MarchAndMay "march-and-may": "“May” and “march” are months only where a month stands." ["CGEL 3"];

        // What it is seen from.
        Dateline "dateline": "Where a text gives its own date, its times are seen from that, not from the day of publication." ["AP Stylebook, datelines"];
        Narrative "narrative": "A narrative of the past is anchored on the dates in it, news on the day it was written." ["WikiWars"];
        LooksAhead "looks-ahead": "In a clause of the future the next Monday is meant, else the last." ["CGEL 4"];
        SaidYear "said-year": "A month goes with the year that its sentence has named." ["WikiWars"];
        BackgroundYear "background-year": "A paragraph of background goes on in its own year." ["WikiWars"];
        YearTurns "year-turns": "In an account that has come to November, “in January” is the next year's." ["WikiWars"];
        DayNear "day-near": "A time of day is of the day named beside it, else of the last one named." ["TimeML"];
        EventAsAnchor "event-as-anchor": "“Three days after the ceasefire” counts from the ceasefire's day, where the text gives it." ["TimeML"];
        SaidAgain "said-again": "In “on Friday, a day after he fled” the second says again what day that was." ["CGEL 15"];
        ComesAfter "comes-after": "In “the raid comes a week after ten were killed” the ten were killed a week before." ["CGEL 7"];
        FromCoarse "from-coarse": "“In 1994 … Three years later” counts from 1994, in news as well: from what the text said last, if only a year or a month." ["TimeML"];
        LaterIsPast "later-is-past": "What came “later” had come by the day the text was written, unless its clause looks ahead." ["CGEL 4"];
        SeasonOfText "season-of-text": "“The previous winter” is the one before what the text has come to." ["TimeML"];
        AccountOfPast "account-of-past": "A text that begins at an old date and has nothing near is an account of the past, whatever dates go without a year." ["WikiWars"];
        SlashedNear "slashed-near": "Where day and month cannot be told from figures, that order is meant that falls near the publication." ["ISO 8601"];
        NamedDay "named-day": "“The October 7 attacks” were in the year that every reader knows." ["CGEL 5"];
        ShortYear "short-year": "“'89”, “2013-14”: the century is that of the text." ["TimeML"];
    }
}
