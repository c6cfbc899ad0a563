//! The place of an event as its phrase says it: moved by a distance and a direction, or half way
//! between two.

use super::super::phrase::{self, Shift};
use super::apart;
use crate::{Context, Place, PlaceMention};

/// Farther apart than this, what is between two places is on a line and near no point (UCDP).
const NEAR_KM: f64 = 25.0;

/// The place of toponym `number`, moved or joined with the next as its phrase says.
pub(super) fn finish(
    context: &Context<'_>,
    places: &[PlaceMention],
    number: usize,
    rule: &str,
) -> (Place, String) {
    // Of a road that is called by both its ends, the first end tells where it is.
    let number = number
        .checked_sub(1)
        .filter(|&first| {
            phrase::is_route(context, &places[first], &places[number])
                || phrase::is_between(context, &places[first], &places[number])
        })
        .unwrap_or(number);
    let mention = &places[number];
    let mut place = mention.place.clone();
    let mut rule = format!("{rule}/{}", mention.rule);
    match phrase::shift(context, mention, places.get(number + 1)) {
        Some(Shift::Away {
            span,
            north_km,
            east_km,
        }) => {
            if let (Some(lat), Some(lon)) = (place.lat, place.lon) {
                let shrink = lat.to_radians().cos().max(0.05);
                place.lat = Some(round(lat + north_km / 111.2));
                place.lon = Some(round(lon + east_km / (111.2 * shrink)));
            }
            place.span = span;
            place.geonames = None;
            place.where_prec = place.where_prec.max(2);
            rule.push_str("/distance-and-direction");
        }
        Some(Shift::Beside { span }) => {
            place.span = span;
            place.where_prec = place.where_prec.max(2);
        }
        Some(Shift::Between { span, other }) => {
            let other = &other.place;
            let away = apart(&place, other).unwrap_or(f64::INFINITY);
            if let (Some(a), Some(b), Some(c), Some(d)) =
                (place.lat, place.lon, other.lat, other.lon)
            {
                place.lat = Some(round(f64::midpoint(a, c)));
                place.lon = Some(round(f64::midpoint(b, d)));
            }
            place.name = format!("between {} and {}", place.name, other.name);
            // Only what holds both ends holds what is between them.
            let same =
                |a: &Option<String>, b: &Option<String>| a.as_ref().filter(|_| a == b).cloned();
            place.country = same(&place.country, &other.country);
            place.pcode = same(&place.pcode, &other.pcode);
            place.admin1 = same(&place.admin1, &other.admin1);
            place.admin2 = same(&place.admin2, &other.admin2);
            place.span = span;
            place.geonames = None;
            let line = if away > NEAR_KM { 5 } else { 2 };
            place.where_prec = place.where_prec.max(line);
            rule.push_str("/between");
        }
        None => {}
    }
    (place, rule)
}

fn round(degrees: f64) -> f64 {
    (degrees * 1e5).round() / 1e5
}
