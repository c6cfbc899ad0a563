//! Which incidents are wanted.

use clap::Args;
use sayso_api::IncidentJson;
use sayso_link::Brief;

/// What `sayso incidents` shows; everything where nothing is asked.
#[derive(Debug, Default, Args)]
pub(crate) struct Filter {
    /// Only what ended on this day or later (2025-10-21).
    #[arg(long, value_name = "DATE", value_parser = date)]
    pub(crate) since: Option<String>,

    /// Only what happened at a place of this name.
    #[arg(long, value_name = "NAME")]
    pub(crate) place: Option<String>,

    /// Only what happened in this country (SYR).
    #[arg(long, value_name = "ISO3")]
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

fn acled(text: &str) -> Result<String, String> {
    sayso_lexicon::ACLED
        .iter()
        .find(|name| name.eq_ignore_ascii_case(text))
        .map(|&name| name.to_owned())
        .ok_or_else(|| format!("one of: {}", sayso_lexicon::ACLED.join(", ")))
}

impl Filter {
    /// Whether an incident of which only this is known may be what was asked for.
    pub(crate) fn may_want(&self, brief: &Brief<'_>) -> bool {
        let same = |a: &str, b: &str| a.to_lowercase() == b.to_lowercase();
        let place = brief.place;
        let since = self.since.as_ref().is_none_or(|since| {
            let last = brief.end.as_ref().or(brief.start.as_ref());
            last.is_some_and(|end| end >= since)
        });
        let named = self
            .place
            .as_ref()
            .is_none_or(|name| place.is_some_and(|place| same(&place.name, name)));
        let country = self.country.as_ref().is_none_or(|code| {
            place
                .and_then(|place| place.country.as_ref())
                .is_some_and(|own| same(own, code))
        });
        let acled = self
            .acled
            .as_ref()
            .is_none_or(|acled| brief.acled == Some(acled.as_str()));
        since && named && country && acled
    }

    /// Whether `incident` is what was asked for. What is not known is not what was asked for.
    pub(crate) fn wants(&self, incident: &IncidentJson) -> bool {
        let brief = Brief {
            acled: incident.acled.as_deref(),
            place: incident.place.as_ref(),
            start: incident.start.clone(),
            end: incident.end.clone(),
        };
        let actor = self.actor.as_ref().is_none_or(|name| {
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
            .status
            .as_ref()
            .is_none_or(|status| incident.findings.iter().any(|f| f.status == *status));
        self.may_want(&brief) && actor && status
    }
}
