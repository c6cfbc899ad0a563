//! What happened, report by report, and whom it is said to have hit.

use sayso_api::{ActorJson, EventJson, PlaceJson, SheetJson, SideJson, TollJson};

use crate::Dataset;
use crate::cell::{columns, day, joined};

/// An event with its report.
pub(super) struct Event<'d> {
    dataset: &'d Dataset,
    sheet: &'d SheetJson<'static>,
    told: &'d EventJson<'static>,
}

/// A count of people.
pub(super) struct Toll<'d> {
    sheet: &'d SheetJson<'static>,
    event: &'d EventJson<'static>,
    counted: &'d TollJson<'static>,
}

pub(super) fn events(dataset: &Dataset) -> impl Iterator<Item = Event<'_>> {
    dataset.events().map(move |(sheet, event)| Event {
        dataset,
        sheet,
        told: event,
    })
}

pub(super) fn tolls(dataset: &Dataset) -> impl Iterator<Item = Toll<'_>> {
    dataset.events().flat_map(|(sheet, event)| {
        event.tolls.iter().map(move |toll| Toll {
            sheet,
            event,
            counted: toll,
        })
    })
}

impl<'d> Event<'d> {
    fn place(&self) -> Option<&'d PlaceJson<'static>> {
        self.told.place.as_ref()
    }

    fn side(&self, side: &'d [SideJson<'static>]) -> String {
        joined(side.iter().map(|side| name(side, &self.sheet.actors)))
    }

    fn day(&self, last: bool) -> Option<jiff::civil::Date> {
        let time = self.told.time.as_ref()?;
        day(if last {
            time.end.as_deref()
        } else {
            time.start.as_deref()
        })
    }
}

/// The full name of a side where it is known, else its words.
fn name<'d>(side: &'d SideJson<'static>, actors: &'d [ActorJson<'static>]) -> &'d str {
    let actor = side
        .actor
        .as_ref()
        .and_then(|id| actors.iter().find(|actor| actor.id == *id));
    actor.map_or(side.quote.as_ref(), |actor| actor.name.as_ref())
}

columns! { row: Event<'_> {
    "id" Text "#event+id" "Id of the event" => &row.told.id;
    "report" Text "#meta+report+id" "Id of the report that tells of it" => &row.sheet.report.id;
    "incident" Text "#event+id+incident" "Id of the incident that it belongs to; empty for what stands beside it" => row.dataset.incident_of(&row.sheet.report.id, &row.told.id).map(|incident| incident.id.as_str());
    "words" Text "#description+quote" "The words that tell of it" => &row.told.anchor.quote;
    "status" Text "#status" "asserted, denied, disputed, alleged or planned" => &row.told.status;
    "acled_type" Text "#event+type" "ACLED sub-event type; empty for what ACLED does not code" => row.told.acled.as_deref();
    "plover" Text "#event+plover" "PLOVER event" => &row.told.plover;
    "plover_mode" Text "#event+plover+mode" "PLOVER mode" => row.told.plover_mode.as_deref();
    "cameo" Text "#event+cameo" "CAMEO code" => &row.told.cameo;
    "side_a" Text "#group+name+actor" "Who did it; either side of a clash" => row.side(&row.told.side_a);
    "side_b" Text "#group+name+affected" "To whom" => row.side(&row.told.side_b);
    "weapons" Text "#description+weapon" "With what" => joined(row.told.weapons.iter().map(|weapon| weapon.quote.as_ref()));
    "place" Text "#loc+name" "Where" => row.place().map(|place| place.name.as_ref());
    "country" Text "#country+code" "ISO 3166-1 alpha-3" => row.place().and_then(|place| place.country.as_deref());
    "admin1" Text "#adm1+name" "First-order division" => row.place().and_then(|place| place.admin1.as_deref());
    "admin2" Text "#adm2+name" "Second-order division" => row.place().and_then(|place| place.admin2.as_deref());
    "lat" Float "#geo+lat" "Degrees north (WGS 84)" => row.place().and_then(|place| place.lat);
    "lon" Float "#geo+lon" "Degrees east (WGS 84)" => row.place().and_then(|place| place.lon);
    "geonames" Int "#loc+id+geonames" "GeoNames id" => row.place().and_then(|place| place.geonames);
    "pcode" Text "#loc+code" "P-code of the division" => row.place().and_then(|place| place.pcode.as_deref());
    "level" Text "#loc+type" "site, neighbourhood, settlement, district, province or country" => row.place().map(|place| place.level.as_ref());
    "where_prec" Int "#geo+precision" "UCDP's precision of the place, 1 (exact) to 7" => row.place().map(|place| place.where_prec);
    "start" Day "#date+start" "First day" => row.day(false);
    "end" Day "#date+end" "Last day" => row.day(true);
    "date_prec" Int "#date+precision" "UCDP's precision of the time, 1 (day) to 5" => row.told.time.as_ref().map(|time| time.date_prec);
    "toll_status" Text "#status+affected" "counted, none, unknown or not-stated" => &row.told.toll_status;
    "aggregate" Bool "#status+aggregate" "A sum over many incidents, not one" => row.told.aggregate;
    "confidence" Float "#indicator+confidence" "0 to 1" => row.told.confidence;
}}

columns! { row: Toll<'_> {
    "event" Text "#event+id" "Id of the event" => &row.event.id;
    "report" Text "#meta+report+id" "Id of the report" => &row.sheet.report.id;
    "effect" Text "#affected+effect" "killed, injured, missing, abducted, detained or displaced" => &row.counted.effect;
    "who" Text "#affected+type" "people, civilians, children, women, soldiers, police, fighters or other" => &row.counted.who;
    "low" Int "#affected+min" "At least so many" => row.counted.low;
    "high" Int "#affected+max" "At most so many; empty where the text sets no limit" => row.counted.high;
    "bound" Text "#indicator+bound" "exact, at-least, at-most, about or vague" => &row.counted.bound;
    "by" Text "#meta+statement+id" "Id of the statement that counts; empty where the writer does" => row.counted.by.as_deref();
    "words" Text "#description+quote" "The words" => &row.counted.quote;
}}
