//! The country that a report is about, and what it lends to places that no gazetteer has.
//!
//! A village that nobody knows has no point, and none on another continent; but the words beside it
//! ("in Tillabéri Region") or the rest of the report tell its country and perhaps its divisions.
//! UCDP's where_prec is then that of the smallest division known.

use std::collections::BTreeMap;

use sayso_text::NameKind;

use super::holder::says_within;
use crate::{Context, Level, PlaceMention, PlaceRule};

/// A country with this share of the places is the report's.
const CLEAR: f64 = 0.6;

/// The ISO code of the country that most places of the report lie in, if one is clear.
pub(super) fn home(places: &[PlaceMention]) -> Option<String> {
    let mut votes: BTreeMap<&str, f64> = BTreeMap::new();
    for mention in places.iter().filter(|mention| mention.place.lat.is_some()) {
        if let Some(country) = &mention.place.country {
            *votes.entry(country).or_default() += if mention.demonym { 0.5 } else { 1.0 };
        }
    }
    let all: f64 = votes.values().sum();
    let (country, most) = votes
        .into_iter()
        .max_by(|a, b| a.1.total_cmp(&b.1).then(b.0.cmp(a.0)))?;
    (most >= CLEAR * all).then(|| country.to_owned())
}

/// Gives unresolved places the country and the divisions that the text tells.
pub(super) fn lend(context: &Context<'_>, mentions: &mut [PlaceMention]) {
    if !context.has(PlaceRule::CountryFromContext) {
        return;
    }
    let home = home(mentions);
    for number in 0..mentions.len() {
        let mention = &mentions[number];
        if mention.place.lat.is_some() || mention.place.country.is_some() {
            continue;
        }
        // Of "in Niger's Tillabéri Region" the region says more.
        let behind = mentions.get(number + 1).filter(|next| {
            let mark = context.reading.word(next.tokens.end);
            let country = next.place.level == Level::Country && !next.demonym;
            country
                && matches!(mark, "'s" | "’s")
                && says_within(context, mention.tokens.end..next.tokens.start)
        });
        let further = behind
            .and(mentions.get(number + 2))
            .filter(|further| !further.demonym && further.place.lat.is_some())
            .map(|further| further.place.clone());
        let holder = mentions
            .get(number + 1)
            .filter(|next| {
                !next.demonym
                    && next.place.level > mention.place.level
                    && says_within(context, mention.tokens.end..next.tokens.start)
            })
            .map(|next| next.place.clone())
            .filter(|place| place.country.is_some());
        let holder = further.or(holder);
        let inhabited = is_inhabited(context, mention);
        let place = &mut mentions[number].place;
        if let Some(holder) = holder {
            place.country = holder.country;
            place.admin1 = holder.admin1;
            place.admin2 = holder.admin2;
            place.pcode = holder.pcode;
        } else if let Some(home) = &home
            && inhabited
        {
            place.country = Some(home.clone());
        } else {
            place.where_prec = 6;
            continue;
        }
        place.where_prec = match (&place.admin1, &place.admin2) {
            (_, Some(_)) => 3,
            (Some(_), None) => 4,
            (None, None) => 6,
        };
        mentions[number].rule.push_str("/country-from-context");
    }
}

/// Whether it is a place where people live: the White House may be anywhere.
fn is_inhabited(context: &Context<'_>, mention: &PlaceMention) -> bool {
    mention.place.level > Level::Site
        && context.reading.names.iter().any(|name| {
            name.kind == NameKind::Gpe
                && name.tokens.start < mention.tokens.end
                && mention.tokens.start < name.tokens.end
        })
}
