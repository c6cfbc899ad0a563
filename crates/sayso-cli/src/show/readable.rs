//! The readable sheet: statements grouped by speaker, events below.

use std::fmt::Write as _;

use sayso_core::{
    Act, Certainty, Event, Place, Polarity, Sheet, Side, SourceKind, Statement, Status, Toll,
    TollStatus,
};
use sayso_text::{Reading, Span};

use super::incident::counted;
use super::range;
use super::style::{DENIED, FAINT, HEADING, OPEN, QUOTE, UNKNOWN, paint, safe};

/// Lays out one sheet in lines of at most `width` columns.
pub(crate) fn sheet(reading: &Reading, sheet: &Sheet, width: usize) -> String {
    let mut page = Page {
        reading,
        sheet,
        width: width.clamp(40, 110),
        out: String::new(),
    };
    page.heading();
    page.statements();
    page.events();
    page.notes();
    page.out
}

struct Page<'a> {
    reading: &'a Reading,
    sheet: &'a Sheet,
    width: usize,
    out: String,
}

impl Page<'_> {
    fn words(&self, span: Span) -> String {
        safe(self.reading.slice(span))
    }

    /// Writes `text` wrapped, its first line after `first` and the others after `rest` columns.
    fn wrapped(&mut self, first: &str, rest: usize, text: &str) {
        let indent = " ".repeat(rest);
        let options = textwrap::Options::new(self.width)
            .initial_indent(first)
            .subsequent_indent(&indent)
            .break_words(false);
        for line in textwrap::wrap(text, options) {
            let _ = writeln!(self.out, "{line}");
        }
    }

    fn heading(&mut self) {
        let report = &self.reading.report;
        let title = report.title.as_deref().unwrap_or("(no title)");
        let title = safe(title);
        for line in textwrap::wrap(&title, self.width) {
            let _ = writeln!(self.out, "{}", paint(HEADING, &line));
        }
        let mut facts = Vec::new();
        if let Some(outlet) = &report.outlet {
            facts.push(safe(outlet));
        }
        facts.push(match &report.published {
            Some(published) => format!("published {}", safe(published.as_written())),
            None => "publication date not stated".to_owned(),
        });
        facts.push(format!("language {}", safe(&self.reading.language)));
        facts.push(format!(
            "report {}",
            safe(report.id.get(..12).unwrap_or(&report.id))
        ));
        let _ = writeln!(self.out, "{}", paint(FAINT, &facts.join(" · ")));
    }

    fn statements(&mut self) {
        let count = self.sheet.statements.len();
        let _ = writeln!(
            self.out,
            "\n{}",
            paint(
                HEADING,
                &format!("WHO SAYS WHAT  ({})", counted(count, "statement"))
            )
        );
        if count == 0 {
            let _ = writeln!(self.out, "  nobody but the writer speaks");
        }
        // Speakers in the order in which they first speak; silence and unnamed speakers keep
        // groups of their own.
        let mut groups: Vec<(String, Vec<&Statement>)> = Vec::new();
        for statement in &self.sheet.statements {
            let speaker = self.speaker(statement);
            match groups.iter_mut().find(|(name, _)| *name == speaker) {
                Some((_, said)) => said.push(statement),
                None => groups.push((speaker, vec![statement])),
            }
        }
        for (speaker, said) in groups {
            let kind = kind_of(&said).map(|kind| format!("  [{}]", kind.as_str()));
            let _ = writeln!(
                self.out,
                "\n  {}{}",
                paint(HEADING, &speaker),
                paint(FAINT, &kind.unwrap_or_default())
            );
            for statement in said {
                self.statement(statement);
            }
        }
    }

    fn speaker(&self, statement: &Statement) -> String {
        match statement.sources.first() {
            Some(source) => {
                let actor = source.actor.and_then(|a| self.sheet.actors.get(a));
                actor.map_or_else(|| self.words(source.span), |a| safe(&a.name))
            }
            None if statement.act == Act::Silence => "Not known, not said".to_owned(),
            None => "Speaker not named".to_owned(),
        }
    }

    fn statement(&mut self, statement: &Statement) {
        let (mark, style) = match statement.act {
            Act::Deny => ("✗", DENIED),
            Act::Silence | Act::Doubt => ("?", UNKNOWN),
            Act::Accuse | Act::Threaten | Act::Estimate => ("!", OPEN),
            _ => ("·", FAINT),
        };
        let mut facts = vec![paint(style, statement.act.as_str())];
        if statement.polarity == Polarity::Negated {
            facts.push(paint(DENIED, "says NOT"));
        }
        if statement.certainty != Certainty::Certain {
            facts.push(statement.certainty.as_str().to_owned());
        }
        if let Some(cue) = statement.cue {
            facts.push(format!("“{}”", self.words(cue)));
        }
        let local = statement.sources.first().map(|s| self.words(s.span));
        if let (Some(local), Some(first)) = (local, statement.sources.first()) {
            let actor = first.actor.and_then(|a| self.sheet.actors.get(a));
            if actor.is_none_or(|a| safe(&a.name) != local) {
                facts.push(format!("as “{local}”"));
            }
        }
        for passed_on in statement.sources.iter().skip(1) {
            facts.push(format!("through {}", self.words(passed_on.span)));
        }
        if let Some(to) = statement.to {
            facts.push(format!("to {}", self.words(to)));
        }
        if let Some(medium) = statement.medium {
            facts.push(format!("in {}", self.words(medium)));
        }
        let _ = writeln!(self.out, "    {} {}", paint(style, mark), facts.join(" · "));
        let quote: Vec<String> = statement.content.iter().map(|&s| self.words(s)).collect();
        let quote = paint(QUOTE, &format!("“{}”", quote.join(" … ")));
        self.wrapped("        ", 8, &quote);
    }

    fn events(&mut self) {
        let count = self.sheet.events.len();
        let _ = writeln!(
            self.out,
            "\n{}",
            paint(
                HEADING,
                &format!("WHAT HAPPENED  ({})", counted(count, "event"))
            )
        );
        if count == 0 {
            let _ = writeln!(self.out, "  no event found");
        }
        let sheet = self.sheet;
        for event in &sheet.events {
            self.event(event);
        }
    }

    fn event(&mut self, event: &Event) {
        let name = event.acled.unwrap_or(event.plover);
        let status = match event.status {
            Status::Asserted => paint(FAINT, "asserted"),
            Status::Denied => paint(DENIED, "DENIED"),
            other => paint(OPEN, &other.as_str().to_uppercase()),
        };
        let aggregate = if event.aggregate {
            " · a sum over many incidents"
        } else {
            ""
        };
        let _ = writeln!(
            self.out,
            "\n  {}  {status}{aggregate}  {}",
            paint(HEADING, name),
            paint(QUOTE, &format!("“{}”", self.words(event.anchor)))
        );
        let joined = |sides: &[Side]| {
            sides
                .iter()
                .map(|s| self.words(s.span))
                .collect::<Vec<_>>()
                .join("; ")
        };
        let mut rows: Vec<(&str, String)> = Vec::new();
        if !event.side_a.is_empty() {
            rows.push(("side a", joined(&event.side_a)));
        }
        if !event.side_b.is_empty() {
            rows.push(("side b", joined(&event.side_b)));
        }
        if !event.weapons.is_empty() {
            let weapons: Vec<String> = event.weapons.iter().map(|&w| self.words(w)).collect();
            rows.push(("weapons", weapons.join("; ")));
        }
        rows.push((
            "where",
            event.place.as_ref().map_or_else(not_stated, described),
        ));
        rows.push(("when", self.time(event)));
        rows.push(("toll", self.tolls(event)));
        let speakers = self.speakers_of(event);
        if !speakers.is_empty() {
            rows.push(("says who", speakers.join("; ")));
        }
        for (label, value) in rows {
            let first = format!("    {label:<9} ");
            self.wrapped(&first, 14, &value);
        }
    }

    fn time(&self, event: &Event) -> String {
        let Some(time) = &event.time else {
            return not_stated();
        };
        let days = match (time.start, time.end) {
            (Some(start), Some(end)) if start == end => start.to_string(),
            (Some(start), Some(end)) => format!("{start} to {end}"),
            (Some(start), None) => format!("from {start}"),
            (None, Some(end)) => format!("until {end}"),
            (None, None) => "day unknown".to_owned(),
        };
        match time.span {
            Some(span) => format!("{days} “{}”", self.words(span)),
            None => format!("{days} (only bounded by the publication date)"),
        }
    }

    fn tolls(&self, event: &Event) -> String {
        if event.tolls.is_empty() {
            return match event.toll_status {
                TollStatus::Unknown => paint(UNKNOWN, "UNKNOWN: said to be not known"),
                TollStatus::None => "none: nobody was hurt, it is said".to_owned(),
                TollStatus::Counted | TollStatus::NotStated => not_stated(),
            };
        }
        event
            .tolls
            .iter()
            .map(|t| self.toll(t))
            .collect::<Vec<_>>()
            .join("; ")
    }

    fn toll(&self, toll: &Toll) -> String {
        let number = range(toll.low, toll.high);
        let by = toll
            .by
            .and_then(|s| self.sheet.statements.get(s))
            .map(|s| {
                let says = match s.act {
                    Act::Deny => "denied by",
                    Act::Doubt => "doubted by",
                    _ => "says",
                };
                format!(", {says} {}", self.speaker(s))
            })
            .unwrap_or_default();
        format!(
            "{number} {} {} “{}”{by}",
            toll.who.as_str(),
            toll.effect.as_str(),
            self.words(toll.span)
        )
    }

    fn speakers_of(&self, event: &Event) -> Vec<String> {
        let mut speakers: Vec<String> = Vec::new();
        for statement in event
            .statements
            .iter()
            .filter_map(|&s| self.sheet.statements.get(s))
        {
            let mut speaker = self.speaker(statement);
            if statement.act != Act::Report {
                let _ = write!(speaker, " ({})", statement.act.as_str());
            }
            if !speakers.contains(&speaker) {
                speakers.push(speaker);
            }
        }
        speakers
    }

    fn notes(&mut self) {
        if self.sheet.notes.is_empty() {
            return;
        }
        let _ = writeln!(self.out, "\n{}", paint(HEADING, "NOTES"));
        let sheet = self.sheet;
        for note in &sheet.notes {
            let words = note
                .span
                .map(|s| format!(" “{}”", self.words(s)))
                .unwrap_or_default();
            let line = format!("{}: {}{words}", note.code.as_str(), safe(&note.message));
            self.wrapped("  ", 4, &line);
        }
    }
}

/// The kind of source that a speaker is known to be by any of its statements.
fn kind_of(said: &[&Statement]) -> Option<SourceKind> {
    let mut kinds = said
        .iter()
        .filter_map(|said| said.sources.first())
        .map(|source| source.kind);
    kinds.find(|&kind| kind != SourceKind::Unknown)
}

fn described(place: &Place) -> String {
    let mut name = safe(&place.name);
    for part in [&place.admin1, &place.country].into_iter().flatten() {
        if !part.is_empty() && !name.ends_with(part.as_str()) {
            let _ = write!(name, ", {}", safe(part));
        }
    }
    match (place.lat, place.lon) {
        (Some(lat), Some(lon)) => {
            let _ = write!(name, " ({lat:.2}, {lon:.2})");
        }
        _ => name.push_str(&paint(UNKNOWN, " (coordinates unknown)")),
    }
    name
}

fn not_stated() -> String {
    paint(FAINT, "not stated")
}

#[cfg(test)]
mod tests {
    use sayso_core::{Signs, Why};
    use sayso_text::Report;

    use super::*;

    /// A denied event of unknown toll, by hand.
    fn denied() -> Event {
        Event {
            id: "e:1".to_owned(),
            anchor: Span::new(4, 10),
            anchor_token: 1,
            mention_tokens: Vec::new(),
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
            toll_status: TollStatus::Unknown,
            status: Status::Denied,
            aggregate: false,
            statements: Vec::new(),
            confidence: 0.5,
            signs: Signs::default(),
            why: Why::new(),
        }
    }

    #[test]
    fn denials_and_unknowns_stand_out_and_nothing_becomes_zero() {
        let reading = sayso_text::read(Report::from_text("The attack never took place, he said."));
        let found = Sheet {
            events: vec![denied()],
            ..Sheet::default()
        };
        let page = anstream::adapter::strip_str(&sheet(&reading, &found, 80)).to_string();
        assert!(page.contains("ASSAULT  DENIED  “attack”"), "{page}");
        assert!(page.contains("UNKNOWN: said to be not known"), "{page}");
        assert!(!page.contains(" 0"), "{page}");
    }

    #[test]
    fn an_empty_sheet_says_so() {
        let reading = sayso_text::read(Report::from_text("Rain fell."));
        let page =
            anstream::adapter::strip_str(&sheet(&reading, &Sheet::default(), 80)).to_string();
        assert!(page.contains("nobody but the writer speaks"), "{page}");
        assert!(page.contains("no event found"), "{page}");
    }
}
