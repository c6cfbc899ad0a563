//! Sheets that were made, not coded: a test says itself what they tell of.

use serde_json::{Value, json};

/// One made sheet: outlet number `outlet` tells of attack number `story`.
#[derive(Clone, Copy)]
pub(crate) struct Made {
    pub(crate) id: &'static str,
    pub(crate) story: usize,
    pub(crate) outlet: usize,
    pub(crate) day: u32,
    pub(crate) killed: u64,
    pub(crate) version: &'static str,
}

const PLACES: [(&str, f64, f64); 3] = [
    ("Velda", 34.1, 40.2),
    ("Qarqur", 35.7, 36.3),
    ("Tibrin", 12.4, 15.9),
];
const NAMES: [&str; 3] = ["Neve Orlo", "Farhad Darwish", "Ama Tekle"];
const TARGETS: [&str; 3] = ["market", "silo", "depot"];
const NEIGHBOURS: [&str; 3] = ["Marudo", "Keshan", "Ulban"];

/// The first story has three killed, each that follows one more.
pub(crate) fn made(id: &'static str, story: usize, outlet: usize, day: u32) -> Made {
    Made {
        id,
        story,
        outlet,
        day,
        killed: 3 + story as u64,
        version: "1",
    }
}

impl Made {
    /// The sheet, with a text that tells of it.
    pub(crate) fn sheet(self) -> Value {
        let (place, lat, lon) = PLACES[self.story];
        let name = NAMES[self.story];
        let (target, near) = (TARGETS[self.story], NEIGHBOURS[self.story]);
        let killed = self.killed;
        let text = match self.outlet % 3 {
            0 => format!(
                "Gunners shelled the covered {target} of {place} on Sunday, killing {killed} people, \
                 and {name} of the {place} council stood by while traders from {near} fled."
            ),
            1 => format!(
                "The {target} in {place}, by the {near} bridge, was shelled; {name} lost his \
                 shop, and there were {killed} dead among the traders."
            ),
            _ => format!(
                "Nobody gave details when {place} was shelled for an hour; {name} asked {near} \
                 for ambulances and buried {killed} dead."
            ),
        };
        let quoted = |words: &str| {
            let start = text.find(words).unwrap();
            let start = text[..start].chars().count();
            json!({"span": [start, start + words.chars().count()], "quote": words})
        };
        let with = |mut value: Value, fields: &[(&str, Value)]| {
            for (field, of) in fields {
                value[*field] = of.clone();
            }
            value
        };
        let there = with(
            quoted(place),
            &[
                ("name", json!(place)),
                ("country", json!("SYR")),
                ("admin1", json!(null)),
                ("admin2", json!(null)),
                ("lat", json!(lat)),
                ("lon", json!(lon)),
                ("geonames", json!(null)),
                ("level", json!("settlement")),
                ("where_prec", json!(1)),
            ],
        );
        let toll = with(
            quoted(&killed.to_string()),
            &[
                ("effect", json!("killed")),
                ("who", json!("people")),
                ("low", json!(killed)),
                ("high", json!(killed)),
                ("bound", json!("exact")),
                ("by", json!(null)),
            ],
        );
        let event = json!({
            "id": format!("e:{}", self.id), "anchor": quoted("shelled"),
            "acled": "Shelling/artillery/missile attack", "plover": "ASSAULT",
            "plover_mode": null, "cameo": "190", "side_a": [], "side_b": [], "weapons": [],
            "place": there,
            "time": {
                "span": null, "quote": null, "start": "2025-05-11", "end": "2025-05-11",
                "date_prec": 1,
            },
            "tolls": [toll], "toll_status": "counted", "status": "asserted", "aggregate": false,
            "statements": [], "confidence": 0.9, "why": {},
        });
        json!({
            "schema": "sayso.sheet/1",
            "made_by": {"sayso": self.version, "model": "m", "lexicon": "l", "gazetteer": "g"},
            "report": {
                "id": self.id, "title": null, "text": text,
                "outlet": format!("Outlet {}", self.outlet), "url": null,
                "published": format!("2025-05-{:02}", 12 + self.day), "language": "en",
            },
            "statements": [], "events": [event], "actors": [], "places": [], "times": [],
            "notes": [],
        })
    }
}
