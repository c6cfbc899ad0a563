//! Which incidents are wanted.

use std::collections::BTreeSet;

use clap::Args;
use sayso_api::IncidentJson;
use sayso_coder::{CoderError, Own};
use sayso_lexicon::Lexicon;
use sayso_link::Brief;
use sayso_place::{Asked, fold};

/// What `sayso incidents` shows; everything where nothing is asked.
#[derive(Debug, Default, Args)]
pub(crate) struct Filter {
    /// Only what ended on this day or later (2025-10-21).
    #[arg(long, value_name = "DATE", value_parser = date)]
    pub(crate) since: Option<String>,

    /// Only what happened at a place or in a province of this name: of any of the gazetteer's, or as
    /// a report spells it.
    #[arg(long, value_name = "NAME")]
    pub(crate) place: Option<String>,

    /// Only what happened in this country (SYR).
    #[arg(long, value_name = "ISO3", value_parser = country)]
    pub(crate) country: Option<String>,

    /// Only events of this ACLED sub-event type (`Armed clash`).
    #[arg(long = "type", value_name = "TYPE", value_parser = acled)]
    pub(crate) acled: Option<String>,

    /// Only where this name stands among the sides.
    #[arg(long, value_name = "NAME")]
    pub(crate) actor: Option<String>,

    /// Only where something stands so: corroborated, single-source, disputed, denied, unknown.
    #[arg(long, value_name = "STATUS", value_parser = STATUSES)]
    pub(crate) status: Option<String>,
}

const STATUSES: [&str; 5] = [
    "corroborated",
    "single-source",
    "disputed",
    "denied",
    "unknown",
];

fn date(text: &str) -> Result<String, String> {
    let is_day = text.len() == 10 && sayso_text::Published::parse(text).is_ok();
    is_day
        .then(|| text.to_owned())
        .ok_or_else(|| "a day such as 2025-10-21 is wanted".to_owned())
}

/// A country's code; what is none is never nowhere, it is told.
fn country(text: &str) -> Result<String, String> {
    let lexicon = Lexicon::builtin().map_err(|error| error.to_string())?;
    let countries = lexicon.places.countries();
    if let Some(known) = countries
        .iter()
        .find(|known| known.iso3.eq_ignore_ascii_case(text))
    {
        return Ok(known.iso3.clone());
    }
    let asked = fold(text);
    let named = countries.iter().find(|known| {
        let mut names = std::iter::once(&known.name).chain(&known.aliases);
        known.iso2.eq_ignore_ascii_case(text) || names.any(|name| fold(name) == asked)
    });
    Err(named.map_or_else(
        || "a code of ISO 3166-1 alpha-3 is wanted, such as SYR or SDN".to_owned(),
        |known| {
            let (code, name) = (&known.iso3, &known.name);
            format!("a code of ISO 3166-1 alpha-3 is wanted: use {code} for {name}")
        },
    ))
}

fn acled(text: &str) -> Result<String, String> {
    sayso_lexicon::ACLED
        .iter()
        .find(|name| name.eq_ignore_ascii_case(text))
        .map(|&name| name.to_owned())
        .ok_or_else(|| format!("one of: {}", sayso_lexicon::ACLED.join(", ")))
}

impl Filter {
    /// The filter, its place looked up in the user's gazetteer, else in the shipped one.
    ///
    /// # Errors
    /// The gazetteer cannot be used.
    pub(crate) fn read(&self, own: &Own) -> Result<Wanted<'_>, CoderError> {
        let place = match &self.place {
            Some(name) => Some(Asked::of(name, &own.gazetteer()?)),
            None => None,
        };
        Ok(Wanted {
            filter: self,
            place,
        })
    }
}

/// What is wanted.
pub(crate) struct Wanted<'f> {
    filter: &'f Filter,
    place: Option<Asked>,
}

impl Wanted<'_> {
    /// Whether an incident of which only this is known may be what was asked for. By which names its
    /// place goes in the reports is not known yet.
    pub(crate) fn may_want(&self, brief: &Brief<'_>) -> bool {
        let filter = self.filter;
        let since = filter.since.as_ref().is_none_or(|since| {
            let last = brief.end.as_ref().or(brief.start.as_ref());
            last.is_some_and(|end| end >= since)
        });
        let country = filter.country.as_ref().is_none_or(|code| {
            let own = brief.place.and_then(|place| place.country.as_ref());
            own.is_some_and(|own| own.eq_ignore_ascii_case(code))
        });
        let acled = filter
            .acled
            .as_ref()
            .is_none_or(|acled| brief.acled == Some(acled.as_str()));
        since && country && acled
    }

    /// Whether `incident` is what was asked for. What is not known is not what was asked for.
    pub(crate) fn wants(&self, incident: &IncidentJson) -> bool {
        let brief = Brief {
            acled: incident.acled.as_deref(),
            place: incident.place.as_ref(),
            start: incident.start.clone(),
            end: incident.end.clone(),
        };
        let place = self
            .place
            .as_ref()
            .is_none_or(|asked| is_at(incident, asked));
        let actor = self.filter.actor.as_ref().is_none_or(|name| {
            let name = name.to_lowercase();
            incident
                .findings
                .iter()
                .filter(|f| matches!(f.question.as_str(), "who-did-it" | "to-whom"))
                .flat_map(|finding| &finding.answers)
                .filter_map(|answer| answer.value.as_ref())
                .any(|value| value.to_lowercase().contains(&name))
        });
        let status = self
            .filter
            .status
            .as_ref()
            .is_none_or(|status| incident.findings.iter().any(|f| f.status == *status));
        self.may_want(&brief) && place && actor && status
    }
}

/// Whether it happened at the place, by the name of the place and its division, by what anybody
/// answers, or in the words of a report.
fn is_at(incident: &IncidentJson, asked: &Asked) -> bool {
    let told = incident.findings.iter().filter(|f| f.question == "place");
    let told = told.flat_map(|finding| &finding.answers);
    let told = told.flat_map(|answer| {
        let quotes = answer.evidence.iter().map(|one| one.quote.as_str());
        answer.value.as_deref().into_iter().chain(quotes)
    });
    let place = incident.place.as_ref();
    let of_place = place.into_iter();
    let of_place = of_place
        .flat_map(|place| std::iter::once(place.name.as_str()).chain(place.admin1.as_deref()));
    let names: BTreeSet<String> = of_place.chain(told).map(fold).collect();
    let geonames = place.and_then(|place| place.geonames);
    asked.is(names.iter().map(String::as_str), geonames)
}
