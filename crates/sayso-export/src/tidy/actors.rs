//! Who is who, report by report.

use sayso_api::{ActorJson, SheetJson};

use crate::Dataset;
use crate::cell::{columns, joined};

/// An actor of a report.
pub(super) struct Actor<'d> {
    sheet: &'d SheetJson<'static>,
    actor: &'d ActorJson<'static>,
}

pub(super) fn rows(dataset: &Dataset) -> impl Iterator<Item = Actor<'_>> {
    dataset.sheets().flat_map(|sheet| {
        let actors = sheet.actors.iter();
        actors.map(move |actor| Actor { sheet, actor })
    })
}

columns! { row: Actor<'_> {
    "id" Text "#group+id" "Id of the actor in this report" => &row.actor.id;
    "report" Text "#meta+report+id" "Id of the report" => &row.sheet.report.id;
    "name" Text "#group+name" "The fullest name in the text" => &row.actor.name;
    "aliases" Text "#group+name+alt" "Other names in the text" => joined(row.actor.aliases.iter().map(AsRef::as_ref));
    "kind" Text "#group+type" "Kind of actor" => &row.actor.kind;
    "country" Text "#country+code" "ISO 3166-1 alpha-3" => row.actor.country.as_deref();
    "member_of" Text "#group+id+outer" "Id of the actor that it belongs to" => row.actor.member_of.as_deref();
    "role" Text "#group+role" "Office or capacity" => row.actor.role.as_deref();
    "registry" Text "#group+code" "Id in the registry of actors" => row.actor.registry.as_deref();
    "sector" Text "#group+sector" "PLOVER sector" => row.actor.sector.as_deref();
    "protect" Text "#status+protect" "Why a public export does not name it" => row.actor.protect.as_deref();
}}
