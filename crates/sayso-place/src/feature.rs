//! What kind of thing a place is.

macro_rules! features {
    ($($(#[$doc:meta])* $variant:ident = $code:literal),+ $(,)?) => {
        /// Kind of place, after the feature codes of GeoNames. The number is the one in the file.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[repr(u8)]
        pub enum Feature { $($(#[$doc])* $variant = $code),+ }

        impl Feature {
            /// All kinds, in the order of their numbers.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// Reads the number of the file; an unknown one becomes [`Feature::Other`].
            pub fn from_code(code: u8) -> Self {
                match code { $($code => Self::$variant,)+ _ => Self::Other }
            }
        }
    };
}

features! {
    /// A country or dependent territory with an ISO 3166-1 code (`PCLI`, `PCLD`, …).
    Country = 0,
    /// First-order division: province, state, governorate, oblast (`ADM1`).
    Admin1 = 1,
    /// Second-order division: district, county, raion (`ADM2`).
    Admin2 = 2,
    /// Third-order division (`ADM3`, `ADM4`).
    Admin3 = 3,
    /// Capital of a country (`PPLC`, `PPLG`).
    Capital = 4,
    /// Seat of a first-order division (`PPLA`).
    Seat1 = 5,
    /// Seat of a second-order division (`PPLA2`).
    Seat2 = 6,
    /// Seat of a lower division (`PPLA3` to `PPLA5`).
    Seat3 = 7,
    /// Any other city, town or village (`PPL`).
    Populated = 8,
    /// Section of a populated place (`PPLX`): a neighbourhood, quarter or borough.
    Section = 9,
    /// A hamlet, farm village, locality or destroyed place (`PPLL`, `PPLF`, `PPLQ`, `PPLH`, `PPLW`).
    Hamlet = 10,
    /// An airport or air base.
    Airport = 11,
    /// A lake or reservoir.
    Lake = 12,
    /// A river or canal.
    River = 13,
    /// A disputed area.
    Disputed = 14,
    /// A campus: a large site of one owner.
    Campus = 15,
    /// A region without administration: a desert, a valley, a range, a coast, a part of a continent.
    Region = 16,
    /// A continent.
    Continent = 17,
    /// A sea, gulf or strait.
    Sea = 18,
    /// A camp of refugees, displaced people or fighters.
    Camp = 19,
    /// A border crossing or checkpoint.
    Crossing = 20,
    /// A military base or barracks.
    Base = 21,
    /// An island or group of islands.
    Island = 22,
    /// A mountain, hill or pass.
    Mountain = 23,
    /// A building, dam, prison, hospital, bridge, port or other single site.
    Site = 24,
    /// Anything else.
    Other = 255,
}

impl Feature {
    /// A city, town, village or hamlet.
    pub fn is_settlement(self) -> bool {
        matches!(
            self,
            Self::Capital
                | Self::Seat1
                | Self::Seat2
                | Self::Seat3
                | Self::Populated
                | Self::Hamlet
        )
    }

    /// A country or an administrative division.
    pub fn is_division(self) -> bool {
        matches!(
            self,
            Self::Country | Self::Admin1 | Self::Admin2 | Self::Admin3
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_read_back() {
        for &feature in Feature::ALL {
            assert_eq!(Feature::from_code(feature as u8), feature);
        }
        assert_eq!(Feature::from_code(200), Feature::Other);
    }
}
