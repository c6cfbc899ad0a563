//! What goes with what: one row a link between two rows of other tables.

use crate::Dataset;
use crate::cell::columns;

/// A link between two things.
pub(super) struct Link<'d> {
    from: (&'static str, &'d str),
    relation: &'static str,
    to: (&'static str, &'d str),
    detail: Option<&'d str>,
}

pub(super) fn rows(dataset: &Dataset) -> Vec<Link<'_>> {
    let mut links = Vec::new();
    for incident in dataset.incidents() {
        let from = ("incidents", incident.id.as_str());
        for report in &incident.reports {
            let detail = Some(report.role.as_str());
            links.push(link(from, "has-report", ("reports", &report.id), detail));
            for event in &report.events {
                links.push(link(from, "has-event", ("events", event), None));
            }
        }
        for origin in &incident.origins {
            for report in &origin.reports {
                let (from, to) = (
                    ("origins", origin.id.as_str()),
                    ("reports", report.as_str()),
                );
                links.push(link(from, "carried-by", to, Some(&incident.id)));
            }
        }
    }
    for sheet in dataset.sheets() {
        for statement in &sheet.statements {
            let from = ("statements", statement.id.as_ref());
            for event in &statement.events {
                links.push(link(from, "tells-of", ("events", event), None));
            }
            for source in &statement.sources {
                if let Some(actor) = &source.actor {
                    links.push(link(from, "said-by", ("actors", actor), Some(&source.kind)));
                }
            }
            if let Some(outer) = &statement.within {
                links.push(link(from, "within", ("statements", outer), None));
            }
        }
        for event in &sheet.events {
            let from = ("events", event.id.as_ref());
            for (relation, side) in [("side-a", &event.side_a), ("side-b", &event.side_b)] {
                for side in side {
                    if let Some(actor) = &side.actor {
                        links.push(link(from, relation, ("actors", actor), None));
                    }
                }
            }
        }
        for actor in &sheet.actors {
            if let Some(body) = &actor.member_of {
                let from = ("actors", actor.id.as_ref());
                links.push(link(from, "member-of", ("actors", body), None));
            }
        }
    }
    links
}

fn link<'d>(
    from: (&'static str, &'d str),
    relation: &'static str,
    to: (&'static str, &'d str),
    detail: Option<&'d str>,
) -> Link<'d> {
    Link {
        from,
        relation,
        to,
        detail,
    }
}

columns! { row: Link<'_> {
    "from_table" Text "#meta+from+table" "Table of the one" => row.from.0;
    "from_id" Text "#meta+from+id" "Its id" => row.from.1;
    "relation" Text "#meta+relation" "has-report, has-event, carried-by, tells-of, said-by, within, side-a, side-b or member-of" => row.relation;
    "to_table" Text "#meta+to+table" "Table of the other" => row.to.0;
    "to_id" Text "#meta+to+id" "Its id" => row.to.1;
    "detail" Text "#meta+detail" "Role of the report, kind of source, or the incident" => row.detail;
}}
