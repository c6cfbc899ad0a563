//! One row an incident: what is known of it at a glance.

use crate::cell::columns;
use crate::facts::Facts;

columns! { row: Facts<'_> {
    "id" Text "#event+id" "Id of the incident; stays when reports are added" => &row.incident.id;
    "title" Text "#event+name" "In a few words" => &row.incident.title;
    "happened_status" Text "#status+happened" "Whether it happened: corroborated, single-source, disputed, denied, unknown" => row.status("happened");
    "acled_type" Text "#event+type" "ACLED sub-event type that most origins give; empty where ACLED has none" => row.incident.acled.as_deref();
    "type_status" Text "#status+type" "How its type stands" => row.status("type");
    "start" Day "#date+start" "First day" => row.days().0;
    "end" Day "#date+end" "Last day" => row.days().1;
    "time_status" Text "#status+date" "How its time stands" => row.status("time");
    "place" Text "#loc+name" "Where, as most origins give it" => row.incident.place.as_ref().map(|place| place.name.as_str());
    "country" Text "#country+code" "ISO 3166-1 alpha-3" => row.incident.place.as_ref().and_then(|place| place.country.as_deref());
    "admin1" Text "#adm1+name" "First-order division" => row.incident.place.as_ref().and_then(|place| place.admin1.as_deref());
    "admin2" Text "#adm2+name" "Second-order division" => row.admin2();
    "lat" Float "#geo+lat" "Degrees north (WGS 84)" => row.point().map(|point| point.0);
    "lon" Float "#geo+lon" "Degrees east (WGS 84)" => row.point().map(|point| point.1);
    "level" Text "#loc+type" "site, neighbourhood, settlement, district, province or country" => row.incident.place.as_ref().map(|place| place.level.as_str());
    "where_prec" Int "#geo+precision" "UCDP's precision of the place, 1 (exact) to 7" => row.incident.place.as_ref().map(|place| place.where_prec);
    "place_status" Text "#status+loc" "How its place stands" => row.status("place");
    "who_did_it" Text "#group+name+actor" "Who is said to have done it; several parted by semicolons" => row.values("who-did-it");
    "who_did_it_status" Text "#status+actor" "How that stands" => row.status("who-did-it");
    "to_whom" Text "#affected+name" "To whom it is said to have been done" => row.values("to-whom");
    "to_whom_status" Text "#status+affected" "How that stands" => row.status("to-whom");
    "killed_low" Int "#affected+killed+min" "Killed: the lowest of the latest figures; empty where nobody counts" => row.number("killed")[0];
    "killed" Int "#affected+killed" "Killed: the lowest figure that an origin still stands by" => row.number("killed")[1];
    "killed_high" Int "#affected+killed+max" "Killed: the highest of the latest figures" => row.number("killed")[2];
    "killed_status" Text "#status+killed" "How the figure stands; not-stated where nobody says anything, unknown where it is said that nobody knows" => row.status("killed");
    "injured_low" Int "#affected+injured+min" "Injured: the lowest of the latest figures; empty where nobody counts" => row.number("injured")[0];
    "injured" Int "#affected+injured" "Injured: the lowest figure that an origin still stands by" => row.number("injured")[1];
    "injured_high" Int "#affected+injured+max" "Injured: the highest of the latest figures" => row.number("injured")[2];
    "injured_status" Text "#status+injured" "How the figure stands; not-stated where nobody says anything, unknown where it is said that nobody knows" => row.status("injured");
    "missing_low" Int "#affected+missing+min" "Missing: the lowest of the latest figures; empty where nobody counts" => row.number("missing")[0];
    "missing" Int "#affected+missing" "Missing: the lowest figure that an origin still stands by" => row.number("missing")[1];
    "missing_high" Int "#affected+missing+max" "Missing: the highest of the latest figures" => row.number("missing")[2];
    "missing_status" Text "#status+missing" "How the figure stands; not-stated where nobody says anything, unknown where it is said that nobody knows" => row.status("missing");
    "abducted_low" Int "#affected+abducted+min" "Abducted: the lowest of the latest figures; empty where nobody counts" => row.number("abducted")[0];
    "abducted" Int "#affected+abducted" "Abducted: the lowest figure that an origin still stands by" => row.number("abducted")[1];
    "abducted_high" Int "#affected+abducted+max" "Abducted: the highest of the latest figures" => row.number("abducted")[2];
    "abducted_status" Text "#status+abducted" "How the figure stands; not-stated where nobody says anything, unknown where it is said that nobody knows" => row.status("abducted");
    "detained_low" Int "#affected+detained+min" "Detained: the lowest of the latest figures; empty where nobody counts" => row.number("detained")[0];
    "detained" Int "#affected+detained" "Detained: the lowest figure that an origin still stands by" => row.number("detained")[1];
    "detained_high" Int "#affected+detained+max" "Detained: the highest of the latest figures" => row.number("detained")[2];
    "detained_status" Text "#status+detained" "How the figure stands; not-stated where nobody says anything, unknown where it is said that nobody knows" => row.status("detained");
    "displaced_low" Int "#affected+displaced+min" "Displaced: the lowest of the latest figures; empty where nobody counts" => row.number("displaced")[0];
    "displaced" Int "#affected+displaced" "Displaced: the lowest figure that an origin still stands by" => row.number("displaced")[1];
    "displaced_high" Int "#affected+displaced+max" "Displaced: the highest of the latest figures" => row.number("displaced")[2];
    "displaced_status" Text "#status+displaced" "How the figure stands; not-stated where nobody says anything, unknown where it is said that nobody knows" => row.status("displaced");
    "reports" Int "#meta+reports" "How many reports" => row.incident.reports.len();
    "origins" Int "#meta+origins" "How many independent origins they go back to" => row.incident.origins.len();
    "disputed" Int "#meta+disputed" "How many questions are disputed" => row.count("disputed");
    "outlets" Text "#meta+source" "Who published the reports" => row.outlets();
    "origin_names" Text "#meta+origin" "On whose say-so it rests" => row.origins();
    "urls" Text "#meta+url" "Addresses of the reports" => row.addresses();
    "why" Text "#meta+why" "Why the reports belong together" => row.incident.why.join("; ");
}}
