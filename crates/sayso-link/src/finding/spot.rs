//! Whether two places that are answered are one: the same spot, or one inside the other.

use sayso_api::PlaceJson;

use crate::Point;

/// Kilometres within which two spots are one: a town and its villages.
const SAME_KM: f64 = 8.0;

/// Where an answer says that something was.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Spot {
    point: Option<Point>,
    /// The country or the province where the answer names nothing narrower.
    whole: Option<Whole>,
    country: Option<String>,
    province: Option<String>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Whole {
    Country,
    Province,
}

impl Spot {
    /// Of the place of an event.
    pub(super) fn of(place: &PlaceJson<'_>) -> Self {
        Self {
            point: place
                .lat
                .zip(place.lon)
                .map(|(lat, lon)| Point { lat, lon }),
            whole: match place.level.as_ref() {
                "country" => Some(Whole::Country),
                "province" => Some(Whole::Province),
                _ => None,
            },
            country: place.country.as_deref().map(str::to_owned),
            province: place.admin1.as_deref().map(str::to_owned),
        }
    }

    /// Whether the two are one spot, or one is a province that holds the other. That something was
    /// in a country says too little to agree with anything.
    pub(super) fn agrees(&self, other: &Self) -> bool {
        match (self.whole, other.whole) {
            (Some(Whole::Country), _) | (_, Some(Whole::Country)) => false,
            (None, None) => match (self.point, other.point) {
                (Some(here), Some(there)) => here.km(there) <= SAME_KM,
                _ => false,
            },
            _ => {
                self.province.is_some()
                    && self.province == other.province
                    && self.country == other.country
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn spot(whole: Option<Whole>, lat: f64, province: &str) -> Spot {
        Spot {
            point: Some(Point { lat, lon: 37.0 }),
            whole,
            country: Some("SYR".to_owned()),
            province: Some(province.to_owned()),
        }
    }

    #[test]
    fn a_quarter_is_in_its_town_and_a_town_in_its_province() {
        let town = spot(None, 36.2, "Aleppo");
        assert!(town.agrees(&spot(None, 36.23, "Aleppo")));
        assert!(!town.agrees(&spot(None, 36.4, "Aleppo")));
        assert!(town.agrees(&spot(Some(Whole::Province), 36.0, "Aleppo")));
        assert!(!town.agrees(&spot(Some(Whole::Province), 36.0, "Idlib")));
        assert!(!town.agrees(&spot(Some(Whole::Country), 36.2, "Aleppo")));
    }
}
