//! Made sheets: an archive that grows by forty reports a day, as a desk for a few countries would
//! gather it.
//!
//! Attacks in villages of sixty regions, each told by one to nine outlets over some days: in words of
//! their own, or as prints of one wire text, shortened and under another headline. Officials are
//! quoted again and again over the years; victims once. Tolls rise. A third of the attacks are denied.
//! Everything is drawn from a fixed seed; names and rare words are made of syllables. What the
//! sentences say matters to nobody; how many names, words, figures and passages reports share does.

use serde_json::{Value, json};

use crate::draw::Draw;

/// Reports of one day.
const A_DAY: u64 = 40;
/// Days over which a story is told.
const TOLD_FOR: u64 = 6;
const REGIONS: u64 = 60;
const VILLAGES: u64 = 24;
const OFFICIALS: u64 = 4;
const GROUPS: u64 = 40;
const OUTLETS: u64 = 60;

const SYLLABLES: &[&str] = &[
    "ba", "bel", "da", "den", "dor", "fa", "gor", "ha", "hin", "ja", "ka", "kan", "la", "len",
    "ma", "mir", "na", "nor", "qa", "ra", "rum", "sa", "shi", "ta", "tur", "ul", "va", "wad", "ya",
    "zar", "zo", "ki", "mo", "be", "ri", "su",
];
/// Words that any report may have; the others of a story are drawn from so many made ones.
const WORDS: u64 = 12_000;
/// Made words of one story, and names that only it has: streets, schools, people in passing.
const OF_STORY: u64 = 60;
const NAMES: u64 = 36;
/// Names that every story may have: rivers, ministries, the capital's quarters.
const EVERYWHERE: u64 = 400;
const OPENINGS: &[&str] = &[
    "The",
    "Some of the",
    "Many of the",
    "Most of the",
    "Two of the",
    "All the",
    "A few of the",
    "By then the",
    "On both sides the",
    "That night the",
    "Later the",
    "Soon the",
];
const DID: &[&str] = &[
    "were",
    "had been",
    "could not be",
    "were said to be",
    "would soon be",
    "were left",
    "stayed",
    "were again",
    "were hardly",
    "were never",
];
const WHERE: &[&str] = &[
    "near the",
    "behind the",
    "along the",
    "by the",
    "at the",
    "around the",
    "under the",
    "beside the",
    "past the",
    "in the",
    "off the",
    "below the",
    "with the",
    "for the",
    "after the",
];
const TARGETS: &[&str] = &[
    "a police post",
    "the covered market",
    "a convoy of lorries",
    "the district office",
    "a checkpoint",
    "a row of houses",
    "the water works",
    "a bus station",
];

/// A name of so many syllables that is the same for the same number.
fn name(kind: u64, number: u64, syllables: u64) -> String {
    let mut draw = Draw::from(kind << 40 | number);
    let mut name = String::new();
    for _ in 0..syllables {
        name.push_str(draw.of(SYLLABLES));
    }
    let mut letters = name.chars();
    letters.next().map_or_else(String::new, |first| {
        first.to_uppercase().chain(letters).collect()
    })
}

/// An attack and who will still tell of it.
struct Story {
    number: u64,
    day: u64,
    left: u64,
    killed: u64,
    region: u64,
    village: u64,
    group: u64,
    official: u64,
    target: &'static str,
    /// Where the wire text is drawn from.
    seed: u64,
}

/// An endless archive, in order of publication.
pub struct Sheets {
    draw: Draw,
    made: u64,
    stories: Vec<Story>,
    begun: u64,
}

impl Default for Sheets {
    fn default() -> Self {
        Self::new()
    }
}

impl Sheets {
    /// The same archive every time.
    pub fn new() -> Self {
        Self {
            draw: Draw::from(20_161_112),
            made: 0,
            stories: Vec::new(),
            begun: 0,
        }
    }

    /// The next sheet, and the number of its story.
    pub fn make(&mut self) -> (Value, u64) {
        let day = self.made / A_DAY;
        self.stories
            .retain(|story| story.left > 0 && story.day + TOLD_FOR > day);
        let goes_on = !self.stories.is_empty() && self.draw.below(100) < 58;
        let at = if goes_on {
            self.draw.below(self.stories.len() as u64) as usize
        } else {
            let story = self.story(day);
            self.stories.push(story);
            self.stories.len() - 1
        };
        let number = self.made;
        self.made += 1;
        let story = &mut self.stories[at];
        story.left -= 1;
        // One more died in hospital.
        story.killed += u64::from(self.draw.below(8) == 0);
        let is_print = self.draw.below(100) < 40;
        let outlet = self.draw.below(OUTLETS);
        let own = self.draw.number();
        let sheet = Writer::new(number, day, outlet).report(story, is_print, own);
        (sheet, story.number)
    }

    fn story(&mut self, day: u64) -> Story {
        let draw = &mut self.draw;
        let region = draw.below(REGIONS);
        self.begun += 1;
        Story {
            number: self.begun,
            day,
            left: 1 + draw.below(3) * draw.below(4),
            killed: 2 + draw.below(30),
            region,
            village: region * VILLAGES + draw.below(VILLAGES),
            group: draw.below(GROUPS),
            official: region * OFFICIALS + draw.below(OFFICIALS),
            target: draw.of(TARGETS),
            seed: draw.number(),
        }
    }
}

/// Writes a text, and remembers where its words stand.
struct Writer {
    id: String,
    text: String,
    published: String,
    outlet: String,
    statements: Vec<Value>,
    actors: Vec<Value>,
    places: Vec<Value>,
}

impl Writer {
    fn new(number: u64, day: u64, outlet: u64) -> Self {
        Self {
            id: format!("made-{number:07}"),
            text: String::new(),
            published: date(day),
            outlet: format!("{} Gazette", name(1, outlet, 3)),
            statements: Vec::new(),
            actors: Vec::new(),
            places: Vec::new(),
        }
    }

    /// Writes words of ASCII; gives them with their span.
    fn put(&mut self, words: &str) -> Value {
        let start = self.text.len();
        self.text.push_str(words);
        json!({"span": [start, self.text.len()], "quote": words})
    }

    fn actor(&mut self, mention: &Value, kind: &str) -> String {
        let id = format!("a:{}-{}", self.id, self.actors.len());
        self.actors.push(json!({
            "id": id, "name": mention["quote"], "aliases": [], "kind": kind, "country": "SYR",
            "member_of": null, "role": null, "protect": null, "mentions": [mention["span"]],
        }));
        id
    }

    /// Somebody says `content`, which stands in the text already; ends the sentence.
    fn says(&mut self, content: &Value, speaker: &str, kind: &str, of: Option<&str>) -> String {
        self.put(", ");
        let mut source = self.put(speaker);
        let actor = self.actor(
            &source,
            if kind == "eyewitness" {
                "civilians"
            } else {
                "person"
            },
        );
        source["kind"] = json!(kind);
        source["actor"] = json!(actor);
        self.put(" ");
        let cue = self.put("said");
        self.put(". ");
        self.statement("report", &source, &cue, content, of)
    }

    fn statement(
        &mut self,
        act: &str,
        source: &Value,
        cue: &Value,
        content: &Value,
        of: Option<&str>,
    ) -> String {
        let id = format!("s:{}-{}", self.id, self.statements.len());
        let rule = |rule: &str, at: &Value| json!({"rule": rule, "span": at["span"]});
        let why = json!({
            "act": rule("cue-verb:say", cue), "certainty": rule("cue-class", cue),
            "content": rule("content-by-model", content), "cue": rule("cue-verb:say", cue),
            "polarity": {"rule": "no-negation", "span": null}, "sources": rule("subject", source),
        });
        self.statements.push(json!({
            "id": id, "act": act, "polarity": "affirmed", "certainty": "certain", "plover": null,
            "plover_mode": null, "cameo": null, "sources": [source], "cue": cue,
            "content": [content], "to": null, "medium": null, "within": null,
            "events": of.into_iter().collect::<Vec<&str>>(), "confidence": 0.98, "why": why,
            "edges": [],
        }));
        id
    }

    /// A place as the gazetteer would give it.
    fn place(&mut self, named: &Value, number: u64, region: u64) -> Value {
        let mut draw = Draw::from(number);
        let mut place = named.clone();
        for (field, value) in [
            ("name", named["quote"].clone()),
            ("country", json!("SYR")),
            ("admin1", json!(name(2, region, 3))),
            (
                "lat",
                json!((draw.below(6_000) as f64).mul_add(0.001, 31.0)),
            ),
            (
                "lon",
                json!((draw.below(6_000) as f64).mul_add(0.001, 36.0)),
            ),
            ("geonames", json!(1_000_000 + number)),
            ("level", json!("settlement")),
            ("rule", json!("near-other-places")),
        ] {
            place[field] = value;
        }
        self.places.push(place.clone());
        if let Some(fields) = place.as_object_mut() {
            fields.remove("rule");
        }
        place["admin2"] = Value::Null;
        place["where_prec"] = json!(1);
        place
    }

    /// The whole report.
    fn report(mut self, story: &Story, is_print: bool, own: u64) -> Value {
        // Prints of one wire text are the same sentences; each drops some of the last.
        let mut words = Draw::from(if is_print { story.seed } else { own });
        let mut here = Draw::from(own);
        let event = format!("e:{}-0", self.id);
        let village = name(3, story.village, 3);
        let group = format!("{} Brigade", name(4, story.group, 3));
        let official = person(5, story.official);
        let start = self.text.len();
        let side_a = self.put(&group);
        let attacker = self.actor(&side_a, "rebel-group");
        self.put(" fighters ");
        let anchor = self.put("attacked");
        self.put(" ");
        let side_b = self.put(story.target);
        self.put(" in ");
        let named = self.put(&village);
        let place = self.place(&named, story.village, story.region);
        self.put(" on ");
        let when = self.put(WEEKDAYS[(story.day % 7) as usize]);
        self.put(", killing ");
        let toll = self.put(&format!("{} people", story.killed));
        let content = self.since(start);
        let said = self.says(&content, &official, "named-official", Some(&event));
        let mut of_event = vec![said.clone()];
        let start = self.text.len();
        self.put(&format!(
            "{}, a {} from {village}, was among the dead",
            person(6, story.number),
            words.of(&["baker", "driver", "teacher", "mason", "nurse", "tailor"])
        ));
        let content = self.since(start);
        self.says(&content, "relatives", "eyewitness", None);
        if story.seed.is_multiple_of(3) {
            let source = self.put(&format!("A spokesman for {group}"));
            let mut source = source;
            source["kind"] = json!("armed-group");
            source["actor"] = json!(self.actor(&source, "rebel-group"));
            self.put(" ");
            let cue = self.put("denied");
            self.put(" that ");
            let content = self.put(&format!("its men had attacked {village}"));
            self.put(". ");
            of_event.push(self.statement("deny", &source, &cue, &content, Some(&event)));
        }
        let sentences = 24 + words.below(14) - if is_print { here.below(12) } else { 0 };
        for number in 0..sentences {
            let start = self.text.len();
            let sentence = sentence(story.number, &mut words);
            self.put(&sentence);
            let content = self.since(start);
            if number.is_multiple_of(4) {
                let speaker = format!("a {}", word(story.number, &mut words));
                self.says(&content, &speaker, "eyewitness", None);
            } else {
                self.put(". ");
            }
        }
        let side = |quoted: &Value, actor: Option<&str>| json!([{"span": quoted["span"], "quote": quoted["quote"], "actor": actor}]);
        let mut killed = toll.clone();
        for (field, value) in [
            ("effect", json!("killed")),
            ("who", json!("people")),
            ("low", json!(story.killed)),
            ("high", json!(story.killed)),
            ("bound", json!("exact")),
            ("by", json!(said)),
        ] {
            killed[field] = value;
        }
        let rule = |rule: &str, at: &Value| json!({"rule": rule, "span": at["span"]});
        let first = json!({
            "id": event, "anchor": anchor, "acled": "Attack", "plover": "ASSAULT",
            "plover_mode": null, "cameo": "190", "side_a": side(&side_a, Some(&attacker)),
            "side_b": side(&side_b, None), "weapons": [], "place": place,
            "time": {
                "span": when["span"], "quote": when["quote"], "start": date(story.day),
                "end": date(story.day), "date_prec": 1,
            },
            "tolls": [killed], "toll_status": "counted",
            "status": if of_event.len() > 1 { "disputed" } else { "asserted" },
            "aggregate": false, "statements": of_event, "confidence": 0.98,
            "why": {
                "anchor": rule("frame:attack/attack", &anchor), "type": rule("frame:attack", &anchor),
                "place": rule("same-clause", &named), "time": rule("own-expression", &when),
                "side_a": rule("syntax", &side_a), "side_b": rule("syntax", &side_b),
                "tolls": rule("toll:effect", &toll),
            },
        });
        json!({
            "schema": "sayso.sheet/1",
            "made_by": {
                "sayso": "made", "model": "made", "lexicon": "made", "gazetteer": "made",
                "registry": "made",
            },
            "report": {
                "id": self.id, "title": format!("{} in {village}", words.of(&["Deaths", "Attack", "Raid"])),
                "text": self.text, "outlet": self.outlet, "url": null,
                "published": self.published, "language": "en",
            },
            "statements": self.statements, "events": [first], "actors": self.actors,
            "places": self.places, "times": [], "notes": [],
        })
    }

    /// The words from `start` to here.
    fn since(&self, start: usize) -> Value {
        json!({"span": [start, self.text.len()], "quote": self.text.get(start..)})
    }
}

const WEEKDAYS: [&str; 7] = [
    "Monday",
    "Tuesday",
    "Wednesday",
    "Thursday",
    "Friday",
    "Saturday",
    "Sunday",
];

/// A word of a story, the first of them more often.
fn word(story: u64, draw: &mut Draw) -> String {
    let nth = draw.below(OF_STORY).min(draw.below(OF_STORY));
    let number = Draw::from(story << 8 | nth).below(WORDS);
    name(7, number, 3).to_lowercase()
}

fn sentence(story: u64, draw: &mut Draw) -> String {
    let there = match draw.below(4) {
        0 => name(9, draw.below(EVERYWHERE), 3),
        _ => name(10, story << 8 | draw.below(NAMES), 4),
    };
    format!(
        "{} {} {} {} {} {there} {}",
        draw.of(OPENINGS),
        word(story, draw),
        draw.of(DID),
        word(story, draw),
        draw.of(WHERE),
        word(story, draw)
    )
}

fn person(kind: u64, number: u64) -> String {
    format!(
        "{} {}",
        name(kind, number % 97, 2),
        name(kind + 8, number, 3)
    )
}

/// Day number `day` of the archive; its months have 28 days, so that every date is one.
fn date(day: u64) -> String {
    let (year, rest) = (2001 + day / 336, day % 336);
    format!("{year}-{:02}-{:02}", rest / 28 + 1, rest % 28 + 1)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use sayso_api::SheetJson;

    use super::*;

    #[test]
    fn sheets_fit_their_reports_and_are_the_same_every_time() {
        let (mut one, mut other) = (Sheets::new(), Sheets::new());
        let mut stories: BTreeMap<u64, usize> = BTreeMap::new();
        for _ in 0..400 {
            let (sheet, story) = one.make();
            assert_eq!((&sheet, story), (&other.make().0, story));
            *stories.entry(story).or_default() += 1;
            let read: SheetJson<'static> = serde_json::from_value(sheet).unwrap();
            let words = read.report.text.split_whitespace().count();
            assert!((90..=500).contains(&words), "{words}");
            for statement in &read.statements {
                for part in &statement.content {
                    let [start, end] = part.span;
                    assert_eq!(read.report.text.get(start..end), Some(part.quote.as_ref()));
                }
            }
        }
        let several = stories.values().filter(|&&reports| reports > 1).count();
        assert!(
            several * 5 > stories.len(),
            "{several} of {}",
            stories.len()
        );
    }
}
