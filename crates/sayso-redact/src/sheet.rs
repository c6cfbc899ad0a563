//! A sheet as the public sees it.

use std::borrow::Cow;

use sayso_api::{EventJson, PlaceJson, Quoted, ReasonJson, SheetJson, StatementJson, WhyJson};

use crate::spot::Spot;
use crate::{LeftOut, Rewritten, Rule, Scope};

impl Scope {
    /// Rewrites a sheet: names, spots, address, author. Spans index the new text afterwards and each
    /// quote is its slice. Gives the new text, for whatever else points into the old one.
    pub fn sheet(&self, sheet: &mut SheetJson<'static>, left_out: &mut LeftOut) -> Rewritten {
        let text = self.rewritten_sheet(sheet);
        text.note("text", left_out);
        self.part_ids(sheet);
        self.report(sheet, &text, left_out);
        for statement in &mut sheet.statements {
            rewrite(statement, &text);
        }
        for event in &mut sheet.events {
            self.event(event, &text, left_out);
        }
        self.actors(sheet, &text, left_out);
        for place in &mut sheet.places {
            quoted(&text, &mut place.span, &mut place.quote);
            if let Some(spot) = self.spot(&place.name) {
                let coarse = &spot.coarse;
                place.name = coarse.name.clone().into();
                place.level = coarse.level.into();
                place.admin2 = coarse.admin2.clone().map(Cow::Owned);
                place.where_prec = place.where_prec.map(|_| coarse.where_prec);
                place.lat = coarse.centre.map(|c| c.lat);
                place.lon = coarse.centre.map(|c| c.lon);
                place.geonames = coarse.centre.and_then(|c| c.geonames);
                place.pcode = None;
                left_out.note("place", Rule::ExactSpot, 1);
            } else {
                place.name = self.place_name(&place.name).into();
            }
        }
        for time in &mut sheet.times {
            quoted(&text, &mut time.span, &mut time.quote);
        }
        for note in &mut sheet.notes {
            note.span = note.span.map(|span| text.span(span));
            note.message = self.text(&note.message).into();
        }
        text
    }

    fn report(&self, sheet: &mut SheetJson<'static>, text: &Rewritten, left_out: &mut LeftOut) {
        let report = &mut sheet.report;
        report.text = text.text().into();
        report.title = report
            .title
            .take()
            .map(|title| self.text_of("title", &title, left_out).into());
        report.outlet = report.outlet.take().map(|outlet| self.text(&outlet).into());
        if let Some(url) = report.url.take() {
            if self.is_spelt_in(&url) {
                left_out.note("address", Rule::NameInAddress, 1);
            } else {
                report.url = Some(url);
            }
        }
        if self.is_spelt_in(&report.id) {
            left_out.note("id", Rule::NameInId, 1);
        }
        report.id = self.id(&report.id).into();
        let reply_to = report.reply_to.take();
        let seen = |id: &Cow<'_, str>| self.knows(id) || !self.is_spelt_in(id);
        report.reply_to = reply_to.filter(seen).map(|id| self.id(&id).into());
        left_out.note(
            "author",
            Rule::Author,
            usize::from(report.author.take().is_some()),
        );
        left_out.note(
            "forwarded-from",
            Rule::ForwardedFrom,
            usize::from(report.forwarded_from.take().is_some()),
        );
    }

    /// Ids that are made of the report's.
    fn part_ids(&self, sheet: &mut SheetJson<'static>) {
        let report = sheet.report.id.to_string();
        let renew = |id: &mut Cow<'static, str>| *id = self.part_id(&report, id).into();
        for statement in &mut sheet.statements {
            renew(&mut statement.id);
            statement.events.iter_mut().for_each(renew);
            statement.within.iter_mut().for_each(renew);
            let sources = statement.sources.iter_mut();
            sources.filter_map(|s| s.actor.as_mut()).for_each(renew);
        }
        for event in &mut sheet.events {
            renew(&mut event.id);
            event.statements.iter_mut().for_each(renew);
            let sides = event.side_a.iter_mut().chain(&mut event.side_b);
            sides.filter_map(|s| s.actor.as_mut()).for_each(renew);
            let tolls = event.tolls.iter_mut();
            tolls.filter_map(|toll| toll.by.as_mut()).for_each(renew);
        }
        for actor in &mut sheet.actors {
            renew(&mut actor.id);
            actor.member_of.iter_mut().for_each(renew);
        }
    }

    fn event(&self, event: &mut EventJson<'static>, text: &Rewritten, left_out: &mut LeftOut) {
        words(text, &mut event.anchor);
        for side in event.side_a.iter_mut().chain(&mut event.side_b) {
            quoted(text, &mut side.span, &mut side.quote);
        }
        for weapon in &mut event.weapons {
            words(text, weapon);
        }
        if let Some(place) = &mut event.place {
            quoted(text, &mut place.span, &mut place.quote);
            if let Some(spot) = self.spot(&place.name) {
                coarsen(place, spot);
                left_out.note("place", Rule::ExactSpot, 1);
            } else {
                // A name that the model took for a place.
                place.name = self.place_name(&place.name).into();
            }
        }
        if let Some(time) = &mut event.time
            && let (Some(span), Some(quote)) = (&mut time.span, &mut time.quote)
        {
            quoted(text, span, quote);
        }
        for toll in &mut event.tolls {
            quoted(text, &mut toll.span, &mut toll.quote);
        }
        why(text, &mut event.why);
    }

    fn actors(&self, sheet: &mut SheetJson<'static>, text: &Rewritten, left_out: &mut LeftOut) {
        for actor in &mut sheet.actors {
            if let Some(rule) = self.protects(actor) {
                // Somebody without a name keeps the noun: “a nurse”.
                actor.name = if actor.names.is_empty() {
                    self.text(&actor.name).into()
                } else {
                    rule.placeholder().into()
                };
                actor.aliases.clear();
                actor.names.clear();
                actor.registry = None;
                left_out.note("actor", rule, 1);
            } else {
                actor.name = self.text(&actor.name).into();
                for alias in actor.aliases.iter_mut().chain(&mut actor.names) {
                    *alias = self.text(alias).into();
                }
            }
            actor.role = actor.role.take().map(|role| self.text(&role).into());
            for mention in &mut actor.mentions {
                *mention = text.span(*mention);
            }
            why(text, &mut actor.why);
        }
    }
}

/// Moves every span of a statement.
fn rewrite(statement: &mut StatementJson<'static>, text: &Rewritten) {
    for source in &mut statement.sources {
        quoted(text, &mut source.span, &mut source.quote);
    }
    let parts = [&mut statement.cue, &mut statement.to, &mut statement.medium];
    for part in parts.into_iter().flatten().chain(&mut statement.content) {
        words(text, part);
    }
    why(text, &mut statement.why);
    for edge in &mut statement.edges {
        edge.span = text.span(edge.span);
        reason(text, &mut edge.starts);
        reason(text, &mut edge.ends);
    }
}

/// Gives a place of an event as its district.
fn coarsen(place: &mut PlaceJson<'static>, spot: &Spot) {
    let coarse = &spot.coarse;
    place.name = coarse.name.clone().into();
    place.level = coarse.level.into();
    place.where_prec = coarse.where_prec;
    place.lat = coarse.centre.map(|c| c.lat);
    place.lon = coarse.centre.map(|c| c.lon);
    place.geonames = coarse.centre.and_then(|c| c.geonames);
    place.pcode = None;
}

fn quoted(text: &Rewritten, span: &mut [usize; 2], quote: &mut Cow<'static, str>) {
    *span = text.span(*span);
    if !text.is_same() {
        *quote = text.slice(*span).into();
    }
}

fn words(text: &Rewritten, part: &mut Quoted<'static>) {
    quoted(text, &mut part.span, &mut part.quote);
}

fn reason(text: &Rewritten, reason: &mut ReasonJson<'static>) {
    reason.span = reason.span.map(|span| text.span(span));
}

fn why(text: &Rewritten, why: &mut WhyJson<'static>) {
    for why in why.values_mut() {
        reason(text, why);
    }
}
