//! Phrases that place something beside a toponym: "10 km north of Goma", "east of Goma",
//! "between Goma and Sake".

use sayso_lexicon::PlaceNoun;
use sayso_text::Span;

use crate::{AttachRule, Context, PlaceMention};

/// What the words before a toponym do to its point.
pub(super) enum Shift<'a> {
    /// So far from it.
    Away {
        /// The whole phrase.
        span: Span,
        north_km: f64,
        east_km: f64,
    },
    /// Beside it, nobody says how far.
    Beside {
        /// The whole phrase.
        span: Span,
    },
    /// Between it and another place.
    Between {
        /// The whole phrase.
        span: Span,
        other: &'a PlaceMention,
    },
}

const KM_PER_MILE: f64 = 1.609;
/// Farther than this the direction is not meant as a bearing.
const FARTHEST_KM: f64 = 300.0;

/// Reads the words before the toponym.
pub(super) fn shift<'a>(
    context: &Context<'_>,
    place: &PlaceMention,
    next: Option<&'a PlaceMention>,
) -> Option<Shift<'a>> {
    let reading = context.reading;
    let word = |back: usize| {
        place
            .tokens
            .start
            .checked_sub(back)
            .map(|token| reading.word(token).to_lowercase())
    };
    let start = |back: usize| {
        reading
            .tokens
            .get(place.tokens.start.saturating_sub(back))
            .map_or(place.place.span, |token| token.span)
    };
    if let Some(next) = next
        && is_route(context, place, next)
        && context.has(AttachRule::BetweenTwo)
    {
        return Some(Shift::Between {
            span: place.place.span.cover(next.place.span),
            other: next,
        });
    }
    if let Some(next) = next
        && is_between(context, place, next)
        && context.has(AttachRule::BetweenTwo)
    {
        return Some(Shift::Between {
            span: place.place.span.cover(next.place.span),
            other: next,
        });
    }
    let beside = matches!(word(1)?.as_str(), "near" | "outside" | "around");
    if beside && context.has(AttachRule::BesidePlace) {
        return Some(Shift::Beside {
            span: place.place.span,
        });
    }
    // "10 km (six miles) north-east of Goma", "outside of" is no direction.
    if word(1)? != "of" || !context.has(AttachRule::DistanceMoves) {
        return None;
    }
    let mut back = 3;
    // "South-west" may be three tokens.
    let mut toward = word(2)?;
    let hyphen = word(3).is_some_and(|word| matches!(word.as_str(), "-" | "‑" | "–"));
    if hyphen && let Some(first) = word(4).filter(|first| bearing(first).is_some()) {
        toward = format!("{first}{toward}");
        back = 5;
    }
    let (north, east) = bearing(&toward)?;
    let first_of_bearing = back - 1;
    if matches!(word(back).as_deref(), Some("the")) {
        back += 1;
    }
    // A conversion in brackets stands between distance and direction.
    if word(back).as_deref() == Some(")") {
        while back < 12 && word(back).as_deref().is_some_and(|w| w != "(") {
            back += 1;
        }
        back += 1;
    }
    let measured = word(back).and_then(|unit| {
        let (attached, unit) = split_number(&unit);
        let km = match unit {
            "km" | "kilometres" | "kilometers" | "kilometre" | "kilometer" | "kms" => 1.0,
            "miles" | "mile" | "mi" => KM_PER_MILE,
            "metres" | "meters" | "m" => 0.001,
            _ => return None,
        };
        if let Some(number) = attached {
            return Some((number * km, back));
        }
        let number = word(back + 1)?;
        let number = number
            .replace(',', "")
            .parse::<f64>()
            .ok()
            .or_else(|| small_number(&number))?;
        Some((number * km, back + 1))
    });
    match measured {
        Some((km, back)) if km <= FARTHEST_KM => Some(Shift::Away {
            span: start(back).cover(place.place.span),
            north_km: north * km,
            east_km: east * km,
        }),
        _ => Some(Shift::Beside {
            span: start(first_of_bearing).cover(place.place.span),
        }),
    }
}

/// "Between Goma and Sake".
pub(super) fn is_between(context: &Context<'_>, from: &PlaceMention, to: &PlaceMention) -> bool {
    let reading = context.reading;
    let before = from.tokens.start.checked_sub(1);
    before.is_some_and(|token| reading.word(token).eq_ignore_ascii_case("between"))
        && reading.word(from.tokens.end) == "and"
        && (from.tokens.end + 1..from.tokens.end + 3).contains(&to.tokens.start)
}

/// "The Damboa–Maiduguri road": two names, a dash and a noun for a road.
pub(super) fn is_route(context: &Context<'_>, from: &PlaceMention, to: &PlaceMention) -> bool {
    let reading = context.reading;
    let noun = context
        .knowledge
        .lexicon
        .places
        .noun(&reading.word(to.tokens.end).to_lowercase());
    to.tokens.start == from.tokens.end + 1
        && matches!(reading.word(from.tokens.end), "–" | "-" | "‑" | "—")
        && matches!(noun, Some(PlaceNoun::Street | PlaceNoun::Route))
}

/// "10km" is a number and a unit.
fn split_number(word: &str) -> (Option<f64>, &str) {
    let at = word
        .find(|c: char| !c.is_ascii_digit() && c != '.')
        .unwrap_or(word.len());
    word.split_at_checked(at)
        .map_or((None, word), |(number, unit)| {
            (number.parse().ok(), unit.trim_start_matches('-'))
        })
}

fn small_number(word: &str) -> Option<f64> {
    const WORDS: [&str; 13] = [
        "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten",
        "eleven", "twelve",
    ];
    WORDS
        .iter()
        .position(|known| *known == word)
        .map(|number| number as f64)
}

/// The unit vector of a direction, north and east.
fn bearing(word: &str) -> Option<(f64, f64)> {
    let plain: String = word.chars().filter(|c| c.is_alphabetic()).collect();
    let diagonal = std::f64::consts::FRAC_1_SQRT_2;
    Some(match plain.as_str() {
        "north" => (1.0, 0.0),
        "south" => (-1.0, 0.0),
        "east" => (0.0, 1.0),
        "west" => (0.0, -1.0),
        "northeast" => (diagonal, diagonal),
        "northwest" => (diagonal, -diagonal),
        "southeast" => (-diagonal, diagonal),
        "southwest" => (-diagonal, -diagonal),
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_numbers_and_directions() {
        assert_eq!(split_number("10km"), (Some(10.0), "km"));
        assert_eq!(split_number("km"), (None, "km"));
        assert_eq!(split_number("é"), (None, "é"));
        assert_eq!(small_number("six"), Some(6.0));
        assert_eq!(bearing("north-east"), bearing("northeast"));
        assert_eq!(bearing("beside"), None);
    }
}
