//! Which incidents are wanted.

use clap::Args;
use sayso_api::IncidentJson;
use sayso_archive::asked;
use sayso_coder::{CoderError, Own};
use sayso_lexicon::Lexicon;
use sayso_link::Brief;
use sayso_place::Asked;

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
    #[arg(long, value_name = "STATUS", value_parser = asked::STATUSES)]
    pub(crate) status: Option<String>,
}

fn date(text: &str) -> Result<String, String> {
    let is_day = text.len() == 10 && sayso_text::Published::parse(text).is_ok();
    is_day
        .then(|| text.to_owned())
        .ok_or_else(|| "a day such as 2025-10-21 is wanted".to_owned())
}

/// A country's code; what is none is never nowhere, it is told.
fn country(text: &str) -> Result<String, String> {
    let lexicon = Lexicon::builtin().map_err(|error| error.to_string())?;
    asked::country(text, lexicon.places.countries()).map_err(|unknown| allowed(&unknown))
}

fn acled(text: &str) -> Result<String, String> {
    asked::acled(text).map_err(|unknown| allowed(&unknown))
}

/// Which option has which value is told around this.
fn allowed(unknown: &asked::Unknown) -> String {
    format!("allowed: {}", unknown.allowed)
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
        let place = self.place.as_ref().is_none_or(|asked| {
            let names = asked::place_names(incident);
            let geonames = incident.place.as_ref().and_then(|place| place.geonames);
            asked.is(names.iter().map(String::as_str), geonames)
        });
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
