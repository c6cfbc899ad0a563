//! An incident as the public sees it.

use std::collections::BTreeMap;

use sayso_api::{FindingJson, IncidentJson, SheetJson};

use crate::{LeftOut, Redaction, Rewritten, Rule, Scope};

impl Redaction {
    /// Rewrites an incident and the sheets of its reports; gives what was left out. The sheets must
    /// have been gathered, and spans of evidence move with the text of their sheet.
    pub fn apply(&self, incident: &mut IncidentJson, sheets: &mut [SheetJson<'static>]) -> LeftOut {
        let scope = self.scope(incident.reports.iter().map(|report| report.id.as_str()));
        let mut left_out = LeftOut::default();
        let texts: BTreeMap<String, Rewritten> = sheets
            .iter_mut()
            .map(|sheet| {
                let id = sheet.report.id.to_string();
                (id, scope.sheet(sheet, &mut left_out))
            })
            .collect();
        scope.incident(incident, &texts, &mut left_out);
        left_out
    }
}

impl Scope {
    /// Rewrites an incident; `texts` are those of its reports, by their old ids, as
    /// [`Scope::sheet`] gives them. Evidence from a report without one keeps its span.
    pub fn incident(
        &self,
        incident: &mut IncidentJson,
        texts: &BTreeMap<String, Rewritten>,
        left_out: &mut LeftOut,
    ) {
        self.place(incident, left_out);
        self.title(incident, left_out);
        // It is a hash of the id of one of its reports.
        let mut own = incident.reports.iter().map(|report| report.id.as_str());
        if let Some(report) = own.find(|id| self.is_spelt_in(id)) {
            incident.id = self.renewed("i:", report, &incident.id, 8);
            left_out.note("id", Rule::NameInId, 1);
        }
        for report in &mut incident.reports {
            for event in &mut report.events {
                *event = self.part_id(&report.id, event);
            }
            report.id = self.id(&report.id);
            report.outlet = report.outlet.take().map(|outlet| self.text(&outlet));
        }
        let origins = self.origins(incident, texts, left_out);
        for report in &mut incident.reports {
            rename(&origins, &mut report.origin);
        }
        for finding in &mut incident.findings {
            self.finding(finding, &origins, texts);
        }
        for why in &mut incident.why {
            *why = self.text(why);
        }
        left_out.note("decision", Rule::Analyst, incident.decisions.len());
        incident.decisions.clear();
    }

    fn place(&self, incident: &mut IncidentJson, left_out: &mut LeftOut) {
        let Some(place) = &mut incident.place else {
            return;
        };
        let Some(spot) = self.spot(&place.name) else {
            place.name = self.place_name(&place.name);
            return;
        };
        let coarse = &spot.coarse;
        incident.title = incident.title.replace(&place.name, &coarse.name);
        place.name.clone_from(&coarse.name);
        coarse.level.clone_into(&mut place.level);
        place.where_prec = coarse.where_prec;
        place.lat = coarse.centre.map(|c| c.lat);
        place.lon = coarse.centre.map(|c| c.lon);
        place.geonames = coarse.centre.and_then(|c| c.geonames);
        left_out.note("place", Rule::ExactSpot, 1);
    }

    /// The title of an incident that has a type is made of that, its place and its days: the place
    /// in it is one.
    fn title(&self, incident: &mut IncidentJson, left_out: &mut LeftOut) {
        let title = &incident.title;
        let place = incident.place.as_ref().filter(|_| incident.acled.is_some());
        let parts = place.and_then(|place| title.split_once(&place.name).zip(Some(&place.name)));
        incident.title = match parts {
            Some(((before, after), place)) => {
                let before = self.text_of("title", before, left_out);
                let after = self.text_of("title", after, left_out);
                format!("{before}{place}{after}")
            }
            None => self.text_of("title", title, left_out),
        };
    }

    /// Rewrites the origins. The id of one whose name was rewritten is made anew, since it is a
    /// hash of the name; gives old and new ids.
    fn origins(
        &self,
        incident: &mut IncidentJson,
        texts: &BTreeMap<String, Rewritten>,
        left_out: &mut LeftOut,
    ) -> BTreeMap<String, String> {
        let mut renamed = BTreeMap::new();
        for origin in &mut incident.origins {
            let name = self.origin(&origin.name, left_out);
            if name != origin.name {
                let id = format!("o:left-out-{}", renamed.len() + 1);
                renamed.insert(std::mem::replace(&mut origin.id, id.clone()), id);
                origin.name = name;
            }
            for report in &mut origin.reports {
                *report = self.id(report);
            }
            for passage in &mut origin.passages {
                (passage.span, passage.quote) =
                    self.words(texts.get(&passage.report), passage.span, &passage.quote);
                passage.report = self.id(&passage.report);
                passage.with = self.id(&passage.with);
            }
        }
        renamed
    }

    fn finding(
        &self,
        finding: &mut FindingJson,
        origins: &BTreeMap<String, String>,
        texts: &BTreeMap<String, Rewritten>,
    ) {
        let is_place = finding.question == "place";
        for answer in &mut finding.answers {
            answer.value = answer.value.take().map(|value| {
                let spot = self
                    .spots()
                    .find(|spot| is_place && value.contains(&spot.name));
                match spot {
                    Some(spot) => self.text(&value.replace(&spot.name, &spot.coarse.name)),
                    None if is_place => self.place_name(&value),
                    None => self.text(&value),
                }
            });
            rename(origins, &mut answer.origin);
            for evidence in &mut answer.evidence {
                (evidence.span, evidence.quote) =
                    self.words(texts.get(&evidence.report), evidence.span, &evidence.quote);
                for part in [&mut evidence.statement, &mut evidence.event] {
                    *part = part.take().map(|id| self.part_id(&evidence.report, &id));
                }
                evidence.report = self.id(&evidence.report);
            }
        }
    }

    /// Words of a report, at their new span where its text is known.
    fn words(
        &self,
        text: Option<&Rewritten>,
        span: [usize; 2],
        quote: &str,
    ) -> ([usize; 2], String) {
        match text {
            Some(text) if text.is_same() => (span, self.text(quote)),
            Some(text) => {
                let span = text.span(span);
                // Once more, for a quotation that is put together from several places.
                (span, self.text(&text.slice(span)))
            }
            None => (span, self.text(quote)),
        }
    }
}

fn rename(renamed: &BTreeMap<String, String>, id: &mut String) {
    if let Some(new) = renamed.get(id) {
        id.clone_from(new);
    }
}
