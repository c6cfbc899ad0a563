//! An incident in a few words.

use sayso_api::{IncidentPlaceJson, SheetJson};

/// Words of a report that stand for a title where no event does.
const WORDS: usize = 12;

/// Type, place and days; without an event, the headline or the first words of the first report.
pub(super) fn title(
    acled: Option<&str>,
    place: Option<&IncidentPlaceJson>,
    days: (Option<&str>, Option<&str>),
    first: Option<&SheetJson<'_>>,
) -> String {
    let Some(acled) = acled else {
        return first.map_or_else(String::new, headline);
    };
    let mut title = acled.to_owned();
    if let Some(place) = place {
        title.push_str(", ");
        title.push_str(&place.name);
    }
    let days = match days {
        (Some(start), Some(end)) if start == end => Some(start.to_owned()),
        (Some(start), Some(end)) => Some(format!("{start} to {end}")),
        (Some(day), None) | (None, Some(day)) => Some(day.to_owned()),
        (None, None) => None,
    };
    if let Some(days) = days {
        title.push_str(", ");
        title.push_str(&days);
    }
    title
}

fn headline(sheet: &SheetJson<'_>) -> String {
    let title = sheet.report.title.as_deref().unwrap_or_default().trim();
    if !title.is_empty() {
        return title.to_owned();
    }
    let words: Vec<&str> = sheet.report.text.split_whitespace().collect();
    let mut start = words
        .iter()
        .take(WORDS)
        .copied()
        .collect::<Vec<_>>()
        .join(" ");
    if words.len() > WORDS {
        start.push('…');
    }
    start
}
