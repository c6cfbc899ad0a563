//! When each event happened.
//!
//! The sources of an event's days, best first, each the name of the rule in `why["time"]`:
//!
//! 1. `own-expression`: a time that hangs on the event's own words ("Thursday's car bombing",
//!    "burned a mill on Sunday");
//! 2. `clause`: one of the clause that the event stands in or under;
//! 3. `sentence`: one of another clause of the sentence that tells of the same;
//! 4. `paragraph`: that of the event before it in the same paragraph;
//! 5. `main-time`: that of the event the report is about, for what belongs to it;
//! 6. `dateline`, `publication-date`: the day the text was written on, only a bound, without words.
//!
//! A time that hangs on a verb of speech dates the saying and not what is said; one inside a
//! relative clause or on another event dates that.
//!
//! Long because the ways in which a time can hang on an event have to be seen in their order.

use jiff::civil::Date;
use sayso_text::{Rel, Span, Upos, Xpos};

use super::before::{before_in_paragraph, days_after};
use super::bound::{self, Bounds};
use super::clause::{clause_of, head_of, in_present, is_clause, speaks};
use super::figure;
use super::report_time::{Dated, belongs, main_time};
use super::spans::{Dating, Sense, datings, precision, unplaced, until_published};
use super::{dateline_of, written};
use crate::sheet::Reason;
use crate::{AttachRule, Context, Event, EventTime, Status, TimeMention};

/// A dating and how it was come by.
pub(super) struct Choice {
    pub(super) dating: Dating,
    pub(super) rule: &'static str,
}

/// Gives each event its days.
pub(crate) fn date(context: &Context<'_>, times: &[TimeMention], events: &mut [Event]) {
    let reading = context.reading;
    let published = written(reading, times);
    let datings = datings(reading, times);
    // "Arrested on Sunday over Friday's attack": that the attack has been told before changes nothing.
    let mentions = context.has(AttachRule::LaterMentionsTime);
    let anchors: Vec<usize> = events
        .iter()
        .flat_map(|e| {
            let others = e.mention_tokens.iter().copied().filter(move |_| mentions);
            std::iter::once(e.anchor_token).chain(others)
        })
        .collect();

    let mut choices: Vec<Option<Choice>> = events
        .iter()
        .map(|event| {
            let bounds = Bounds {
                context,
                event,
                written: published,
            };
            in_sentence(bounds, &datings, &anchors)
        })
        .collect();
    let unplaced = unplaced(times);
    let apart = context.has(AttachRule::UnplacedApart);
    // What its own words date by a day that cannot be placed.
    let open: Vec<bool> = events
        .iter()
        .zip(&choices)
        .map(|(event, choice)| {
            let bounds = Bounds {
                context,
                event,
                written: published,
            };
            apart && choice.is_none() && says_when(bounds, &unplaced, &anchors)
        })
        .collect();
    let dated = Dated {
        events,
        datings: &datings,
        unplaced: if apart { &unplaced } else { &[] },
        open: &open,
    };
    let main = main_time(context, &dated, &choices, published);
    for i in 0..events.len() {
        if choices[i].is_some() || open[i] || events[i].status == Status::Planned {
            continue;
        }
        // Without a day to see it from, the report's time is that of what it has told already.
        let told = |at: usize| !apart || published.is_some() || at < i;
        choices[i] = before_in_paragraph(context, &dated, &choices, i)
            .or_else(|| {
                let (at, dating) = main.clone()?;
                (told(at) && belongs(context, &events[i])).then_some((dating, "main-time"))
            })
            .map(|(dating, rule)| Choice { dating, rule });
    }
    let dateline = dateline_of(times).map(|t| t.span);
    for (event, choice) in events.iter_mut().zip(choices) {
        set(context, event, choice, published, dateline);
    }
}

fn set(
    context: &Context<'_>,
    event: &mut Event,
    choice: Option<Choice>,
    published: Option<Date>,
    dateline: Option<Span>,
) {
    let (time, reason) = match (choice, published) {
        (Some(Choice { dating, rule }), _) => {
            let (start, end) = if event.status == Status::Planned {
                (dating.start, dating.end)
            } else {
                until_published(&dating, published)
            };
            // "By Tuesday" says no first day.
            let bound = dating.sense == Sense::By;
            let time = EventTime {
                span: Some(dating.span),
                start: (!bound).then_some(start),
                end: Some(end),
                date_prec: if bound { 5 } else { precision(start, end) },
            };
            (
                time,
                Reason {
                    rule: rule.to_owned(),
                    span: Some(dating.span),
                },
            )
        }
        // What has been reported had happened by then; what is planned has no bound.
        (None, Some(day))
            if event.status != Status::Planned && context.has(AttachRule::PublicationBound) =>
        {
            let time = EventTime {
                span: None,
                start: None,
                end: Some(day),
                date_prec: 5,
            };
            (
                time,
                Reason {
                    rule: dateline
                        .map_or("publication-date", |_| "dateline")
                        .to_owned(),
                    span: dateline,
                },
            )
        }
        _ => return,
    };
    event.time = Some(time);
    event.why.insert("time", reason);
}

/// The best dating of the sentences that mention the event, its anchor's first.
fn in_sentence(bounds: Bounds<'_>, datings: &[Dating], anchors: &[usize]) -> Option<Choice> {
    let event = bounds.event;
    let others = event
        .mention_tokens
        .iter()
        .filter(|&&t| t != event.anchor_token);
    std::iter::once(&event.anchor_token)
        .chain(others)
        .find_map(|&token| beside(bounds, token, datings, anchors))
}

/// Whether one of `datings` stands by the event so as to date it.
fn says_when(bounds: Bounds<'_>, datings: &[Dating], anchors: &[usize]) -> bool {
    let Bounds { context, event, .. } = bounds;
    let sentence = |t: usize| context.reading.sentence_of(t);
    let mut tokens = std::iter::once(&event.anchor_token).chain(&event.mention_tokens);
    tokens.any(|&token| {
        datings.iter().any(|d| {
            sentence(d.tokens.start) == sentence(token)
                && attachment(bounds, token, d, anchors).is_some()
        })
    })
}

fn beside(
    bounds: Bounds<'_>,
    token: usize,
    datings: &[Dating],
    anchors: &[usize],
) -> Option<Choice> {
    let context = bounds.context;
    let sentence = context
        .reading
        .sentences
        .get(context.reading.sentence_of(token))?;
    let found: Vec<(usize, usize, Dating)> = datings
        .iter()
        .filter(|d| sentence.tokens.contains(&d.tokens.start))
        .filter_map(|d| {
            let (rank, dating) = match bound::of_two_days(context, token, d, datings, anchors) {
                Some(true) => (0, d.clone()),
                Some(false) => return None,
                None => bound::goes_on(bounds, token, d)
                    .or_else(|| attachment(bounds, token, d, anchors))?,
            };
            if !bound::fits(bounds, token, rank, &dating) {
                return None;
            }
            let rule = match rank {
                0 => AttachRule::TimeOfOwnWords,
                1 | 2 => AttachRule::TimeOfClause,
                _ => AttachRule::TimeOfSentence,
            };
            if !context.has(rule) {
                return None;
            }
            let distance = d.tokens.start.abs_diff(token) + usize::from(d.tokens.start > token);
            Some((rank, distance, dating))
        })
        .collect();
    let best = found
        .iter()
        .min_by_key(|(rank, distance, d)| (d.sense == Sense::By, *rank, *distance))?;
    // "on Thursday … the fifth attack this month": the day inside the month says more.
    let finer = found
        .iter()
        .filter(|(rank, _, d)| {
            *rank <= 2
                && context.has(AttachRule::FinerDay)
                && d.sense == Sense::Within
                && (best.2.start..=best.2.end).contains(&d.start)
                && d.end <= best.2.end
                && precision(d.start, d.end) < precision(best.2.start, best.2.end)
        })
        .min_by_key(|(rank, distance, _)| (*rank, *distance));
    let (rank, _, dating) = finer
        .filter(|_| best.2.sense == Sense::Within)
        .unwrap_or(best);
    Some(Choice {
        dating: dating.clone(),
        rule: ["own-expression", "clause", "clause", "sentence"][(*rank).min(3)],
    })
}

/// How closely a dating hangs on the event at `token`: 0 on its own words, 1 in its clause, 2 in
/// the clause over it, 3 in another clause of the sentence; `None` where it dates something else.
/// The dating comes back as it binds there.
fn attachment(
    bounds: Bounds<'_>,
    token: usize,
    dating: &Dating,
    anchors: &[usize],
) -> Option<(usize, Dating)> {
    let Bounds {
        context,
        event,
        written,
    } = bounds;
    let syntax = context.syntax;
    // "since the 2016 accord": the accord was in 2016; what has lasted since reaches on.
    let by_itself = || {
        if context.has(AttachRule::ByItself) && dating.sense != Sense::Lasting {
            Dating {
                end: dating.own_end,
                sense: Sense::Within,
                ..dating.clone()
            }
        } else {
            dating.clone()
        }
    };
    if let Some(shifted) = days_after(context, token, dating) {
        return Some((0, shifted));
    }
    if dating.tokens.contains(&token) || bound::tells_when(context, token, dating) {
        return Some((0, by_itself()));
    }
    // "The toll of the raid rose to 17 on Tuesday": then they were counted.
    if figure::is_of_count(context, token, &dating.tokens) {
        return None;
    }
    // "had fled before Monday" says little about when; "by Monday" a bound at most.
    if matches!(dating.sense, Sense::Until | Sense::By)
        && event.status != Status::Planned
        && context.has(AttachRule::UntilIsBound)
    {
        return bound::by_then(context, token, dating).map(|dating| (2, dating));
    }
    let head = head_of(context, &dating.tokens);
    if bound::shares(context, event, token, head, dating) {
        return Some((0, by_itself()));
    }
    // "since 2017, when a general was killed".
    if syntax.dominates(head, token) {
        return Some((0, by_itself()));
    }
    let mut at = head;
    let mut on_other = false;
    let mut clause = head;
    for _ in 0..context.reading.tokens.len() {
        if at == token || event.mention_tokens.contains(&at) {
            return match (on_other, syntax.upos(token)) {
                (true, _) => Some((3, dating.clone())),
                (false, Upos::Verb) => Some((0, dating.clone())),
                // "the fighting that has gone on since March".
                (false, _) if token < dating.tokens.start && bound::reaches(context, dating) => {
                    Some((0, dating.clone()))
                }
                (false, _) => Some((0, by_itself())),
            };
        }
        if at != head
            && anchors.contains(&at)
            && syntax.upos(at) != Upos::Verb
            && context.has(AttachRule::OtherEventsTime)
        {
            // "was executed for the 2017 murders": the time dates the murders alone.
            if bound::is_about(bounds, token, at, dating) {
                return None;
            }
            on_other = true;
        }
        clause = at;
        match syntax.head(at) {
            Some(up) if !is_clause(context, at) => at = up,
            _ => break,
        }
    }
    if clause != token && speaks(context, clause) && context.has(AttachRule::SpeechDatesSpeech) {
        // "In December state media said …" dates both, "said on Friday" the saying.
        let fronted = syntax
            .child(clause, &[Rel::Nsubj, Rel::NsubjPass])
            .is_some_and(|subject| head < subject);
        let coarse = precision(dating.start, dating.own_end) >= 3;
        return (fronted && coarse).then(|| (3, dating.clone()));
    }
    if on_other {
        return None;
    }
    let own = clause_of(context, token);
    if clause == own {
        return Some((1, dating.clone()));
    }
    // "is fighting" beside "captured it last year" goes on now; "in the past week" reaches to now.
    if dating.sense == Sense::Within
        && written.is_none_or(|day| dating.end < day)
        && in_present(context, own)
        && context.has(AttachRule::PresentGoesOn)
    {
        return None;
    }
    // The time stands over the event: "On Tuesday men stormed the post, killing five".
    let mut over = own;
    while let Some(up) = syntax.head(over) {
        over = clause_of(context, up);
        if over == clause {
            return Some((2, dating.clone()));
        }
        if syntax.head(over).is_none() {
            break;
        }
    }
    // It stands under the event or beside it: "were killed when … on Monday".
    let participle = context
        .reading
        .tokens
        .get(clause)
        .is_some_and(|t| t.xpos == Xpos::VBG);
    let since = syntax
        .children_by(clause, &[Rel::Mark])
        .any(|mark| context.reading.word(mark).eq_ignore_ascii_case("since"));
    match syntax.rel(clause) {
        Rel::Advcl if since => {
            let published = context.reading.report.published.as_ref();
            let day = published.map_or(dating.end, sayso_text::Published::date);
            Some((
                3,
                Dating {
                    end: day.max(dating.end),
                    sense: Sense::Since,
                    ..dating.clone()
                },
            ))
        }
        Rel::Advcl | Rel::Conj | Rel::Parataxis | Rel::Ccomp | Rel::Root => {
            Some((3, dating.clone()))
        }
        // "protests that set off the war seven years ago".
        Rel::AclRelcl if bound::tells_of(context, event, token, clause) => {
            Some((2, dating.clone()))
        }
        // "seized a junction overlooking the city last week".
        Rel::Acl if participle || bound::ends_sentence(context, token, clause, dating, anchors) => {
            Some((3, dating.clone()))
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use sayso_place::{Builder, Gazetteer};

    use super::*;
    use crate::TollStatus;
    use crate::test_reading::{published, reading, with_context};

    fn event(anchor: usize) -> Event {
        Event {
            id: String::new(),
            anchor: sayso_text::Span::default(),
            anchor_token: anchor,
            mention_tokens: vec![anchor],
            acled: None,
            plover: "ASSAULT",
            plover_mode: None,
            cameo: "190",
            side_a: Vec::new(),
            side_b: Vec::new(),
            weapons: Vec::new(),
            place: None,
            time: None,
            tolls: Vec::new(),
            toll_status: TollStatus::NotStated,
            status: Status::Asserted,
            aggregate: false,
            statements: Vec::new(),
            confidence: 1.0,
            signs: crate::Signs::default(),
            why: crate::Why::new(),
        }
    }

    /// Dates events anchored at the given words of a text published on 22 October 2025 and tells
    /// each as `start..end prec rule`.
    fn dated(text: &str, lines: &str, anchors: &[&str]) -> Vec<String> {
        let reading = published(reading(text, lines), "2025-10-22");
        let gazetteer =
            Gazetteer::from_bytes(Builder::new().finish("2025-01-01").unwrap()).unwrap();
        let mut events: Vec<Event> = anchors
            .iter()
            .map(|word| {
                let at = (0..reading.tokens.len()).find(|&t| reading.word(t) == *word);
                event(at.expect("the anchor is in the text"))
            })
            .collect();
        with_context(&reading, &gazetteer, |context| {
            let times = crate::time::find(context, &[]);
            date(context, &times, &mut events);
        });
        events
            .iter()
            .map(|event| {
                let time = event.time.as_ref().expect("a time");
                let day = |d: Option<Date>| d.map_or("?".to_owned(), |d| d.to_string());
                format!(
                    "{}..{} {} {}",
                    day(time.start),
                    day(time.end),
                    time.date_prec,
                    event.why["time"].rule
                )
            })
            .collect()
    }

    #[test]
    fn a_time_of_the_clause_dates_the_event_and_not_the_saying() {
        let found = dated(
            "Police said on Wednesday that gunmen burned a mill on Sunday.",
            "Police police NOUN NN 2 nsubj
             said say VERB VBD 0 root
             on on ADP IN 4 case
             Wednesday Wednesday PROPN NNP 2 obl
             that that SCONJ IN 7 mark
             gunmen gunman NOUN NNS 7 nsubj
             burned burn VERB VBD 2 ccomp
             a a DET DT 9 det
             mill mill NOUN NN 7 obj
             on on ADP IN 11 case
             Sunday Sunday PROPN NNP 7 obl
             . . PUNCT . 2 punct",
            &["burned"],
        );
        assert_eq!(found, ["2025-10-19..2025-10-19 1 own-expression"]);
    }

    #[test]
    fn speech_alone_leaves_only_the_bound() {
        let found = dated(
            "Gunmen burned a mill, police said on Wednesday.",
            "Gunmen gunman NOUN NNS 2 nsubj
             burned burn VERB VBD 0 root
             a a DET DT 4 det
             mill mill NOUN NN 2 obj
             , , PUNCT , 7 punct
             police police NOUN NN 7 nsubj
             said say VERB VBD 2 parataxis
             on on ADP IN 9 case
             Wednesday Wednesday PROPN NNP 7 obl
             . . PUNCT . 2 punct",
            &["burned"],
        );
        assert_eq!(found, ["?..2025-10-22 5 publication-date"]);
    }

    #[test]
    fn own_words_come_before_the_clause() {
        let found = dated(
            "On Tuesday the council condemned the 2016 raid.",
            "On on ADP IN 2 case
             Tuesday Tuesday PROPN NNP 5 obl
             the the DET DT 4 det
             council council NOUN NN 5 nsubj
             condemned condemn VERB VBD 0 root
             the the DET DT 8 det
             2016 2016 NUM CD 8 nummod
             raid raid NOUN NN 5 obj
             . . PUNCT . 5 punct",
            &["raid"],
        );
        assert_eq!(found, ["2016-01-01..2016-12-31 5 own-expression"]);
    }

    #[test]
    fn a_relative_clause_dates_its_own_noun() {
        let found = dated(
            "Fighters of a band which arose in 2011 burned a mill.",
            "Fighters fighter NOUN NNS 9 nsubj
             of of ADP IN 4 case
             a a DET DT 4 det
             band band NOUN NN 1 nmod
             which which PRON WDT 6 nsubj
             arose arise VERB VBD 4 acl:relcl
             in in ADP IN 8 case
             2011 2011 NUM CD 6 obl
             burned burn VERB VBD 0 root
             a a DET DT 11 det
             mill mill NOUN NN 9 obj
             . . PUNCT . 9 punct",
            &["burned"],
        );
        assert_eq!(found, ["?..2025-10-22 5 publication-date"]);
    }

    #[test]
    fn what_follows_in_the_paragraph_shares_the_time_but_a_past_perfect_does_not() {
        let lines = "Shells shell NOUN NNS 2 nsubj
             hit hit VERB VBD 0 root
             Ordu Ordu PROPN NNP 2 obj
             late late ADV RB 5 advmod
             Monday Monday PROPN NNP 6 compound
             night night NOUN NN 2 obl:unmarked
             into into ADP IN 8 case
             Tuesday Tuesday PROPN NNP 2 obl
             . . PUNCT . 2 punct

             Guards guard NOUN NNS 2 nsubj
             fled flee VERB VBD 0 root
             . . PUNCT . 2 punct

             Rebels rebel NOUN NNS 3 nsubj
             had have AUX VBD 3 aux
             looted loot VERB VBN 0 root
             it it PRON PRP 3 obj
             . . PUNCT . 3 punct";
        let found = dated(
            "Shells hit Ordu late Monday night into Tuesday. Guards fled. Rebels had looted it.",
            lines,
            &["hit", "fled", "looted"],
        );
        assert_eq!(
            found,
            [
                "2025-10-20..2025-10-21 2 own-expression",
                "2025-10-20..2025-10-21 2 paragraph",
                "?..2025-10-22 5 publication-date",
            ]
        );
    }

    #[test]
    fn the_day_inside_a_month_says_more() {
        let found = dated(
            "On Sunday men burned a mill in the third raid this month.",
            "On on ADP IN 2 case
             Sunday Sunday PROPN NNP 4 obl
             men man NOUN NNS 4 nsubj
             burned burn VERB VBD 0 root
             a a DET DT 6 det
             mill mill NOUN NN 4 obj
             in in ADP IN 10 case
             the the DET DT 10 det
             third third ADJ JJ 10 amod
             raid raid NOUN NN 4 obl
             this this DET DT 12 det
             month month NOUN NN 10 nmod:unmarked
             . . PUNCT . 4 punct",
            &["raid"],
        );
        assert_eq!(found, ["2025-10-19..2025-10-19 1 clause"]);
    }

    #[test]
    fn since_reaches_to_the_publication() {
        let found = dated(
            "They have shelled Ordu since March.",
            "They they PRON PRP 3 nsubj
             have have AUX VBP 3 aux
             shelled shell VERB VBN 0 root
             Ordu Ordu PROPN NNP 3 obj
             since since ADP IN 6 case
             March March PROPN NNP 3 obl
             . . PUNCT . 3 punct",
            &["shelled"],
        );
        assert_eq!(found, ["2025-03-01..2025-10-22 5 own-expression"]);
    }
}
