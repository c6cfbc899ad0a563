//! Every toponym, report by report.

use sayso_api::{PlaceMentionJson, SheetJson};

use crate::Dataset;
use crate::cell::columns;

/// A toponym of a report.
pub(super) struct Place<'d> {
    sheet: &'d SheetJson<'static>,
    place: &'d PlaceMentionJson<'static>,
}

pub(super) fn rows(dataset: &Dataset) -> impl Iterator<Item = Place<'_>> {
    dataset.sheets().flat_map(|sheet| {
        let places = sheet.places.iter();
        places.map(move |place| Place { sheet, place })
    })
}

columns! { row: Place<'_> {
    "report" Text "#meta+report+id" "Id of the report" => &row.sheet.report.id;
    "words" Text "#description+quote" "The words of the text" => &row.place.quote;
    "start" Int "#meta+start" "Where they begin in the report's text, in code points" => row.place.span[0];
    "end" Int "#meta+end" "Where they end" => row.place.span[1];
    "name" Text "#loc+name" "Usual English name" => &row.place.name;
    "country" Text "#country+code" "ISO 3166-1 alpha-3" => row.place.country.as_deref();
    "admin1" Text "#adm1+name" "First-order division" => row.place.admin1.as_deref();
    "admin2" Text "#adm2+name" "Second-order division" => row.place.admin2.as_deref();
    "lat" Float "#geo+lat" "Degrees north (WGS 84)" => row.place.lat;
    "lon" Float "#geo+lon" "Degrees east (WGS 84)" => row.place.lon;
    "geonames" Int "#loc+id+geonames" "GeoNames id" => row.place.geonames;
    "pcode" Text "#loc+code" "P-code of the division" => row.place.pcode.as_deref();
    "level" Text "#loc+type" "site, neighbourhood, settlement, district, province or country" => &row.place.level;
    "where_prec" Int "#geo+precision" "UCDP's precision of the place, 1 (exact) to 7" => row.place.where_prec;
}}
