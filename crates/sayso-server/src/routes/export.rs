//! Files that leave: what is left out of them, and the views that are published.

use std::collections::BTreeSet;
use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use axum::http::{HeaderName, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use sayso_api::{IncidentJson, SheetJson};
use sayso_export::{Dataset, Format, Profile, export, zipped};
use sayso_ledger::{Book, Bounds, LedgerError};
use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize};
use serde_json::{Map, Value};
use utoipa::ToSchema;

use super::Refused;
use super::filter::{Filter, wanted};
use super::incidents::no_such;
use super::reviews::now;
use crate::archive::Snapshot;
use crate::asked::{Body, Named, When};
use crate::auth::{Analyst, Editor, Reader, Role};
use crate::problem::Problem;
use crate::rendered::File;
use crate::state::Desk;
use crate::store::{Published, Store};

/// As many incidents leave at once.
const MOST: usize = 20_000;

/// What is to leave.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
pub(crate) struct ExportAsked {
    /// Ids of the incidents; none: those that `filter` wants.
    #[serde(default)]
    incidents: Option<Vec<String>>,
    /// As the list of incidents is filtered; empty: all.
    #[serde(default, deserialize_with = "known")]
    filter: Option<Filter>,
    /// Ids of incidents that are left out of those that `filter` wants.
    #[serde(default)]
    except: Vec<String>,
    /// Only what the ledger had recorded by then, as in the list of incidents. A view that is
    /// published follows the ledger and has no such bound.
    #[serde(default)]
    as_of: Option<String>,
    /// Only what had been published by then, as in the list of incidents.
    #[serde(default)]
    published_by: Option<String>,
    /// `csv`, `xlsx`, `hxl`, `acled`, `ged`, `plover`, `geojson`, `gpkg`, `parquet`, `ftm` or
    /// `annotations`.
    format: String,
    /// `public`: by the do-no-harm rules; `full`: everything, for those who may see the ledger.
    #[serde(default)]
    profile: ProfileAsked,
}

/// A filter without fields that no filter has: what is asked for and not understood would let more
/// leave than was asked for.
fn known<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Filter>, D::Error> {
    let Some(given) = Option::<Map<String, Value>>::deserialize(deserializer)? else {
        return Ok(None);
    };
    let fields = serde_json::to_value(Filter::default()).map_err(D::Error::custom)?;
    if let Some(other) = given.keys().find(|name| fields.get(name).is_none()) {
        return Err(D::Error::custom(format!("a filter has no `{other}`")));
    }
    let filter = serde_json::from_value(Value::Object(given)).map_err(D::Error::custom)?;
    Ok(Some(filter))
}

impl ExportAsked {
    /// What the incidents may know.
    fn bounds(&self) -> Result<Bounds, Problem> {
        let when = When {
            as_of: self.as_of.clone(),
            published_by: self.published_by.clone(),
        };
        when.bounds()
    }

    /// The incidents as they are, or were within its bounds.
    async fn snapshot(&self, desk: &Desk) -> Result<Arc<Snapshot>, Problem> {
        Ok(desk.0.archive.within(self.bounds()?, None).await?)
    }
}

/// By which rules something leaves.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum ProfileAsked {
    /// The do-no-harm rules.
    #[default]
    Public,
    /// Everything.
    Full,
}

/// What would be left out.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
pub(crate) struct ExportPreview {
    /// What is left out, by rule.
    left_out: Vec<LeftJson>,
    /// How many incidents leave.
    kept: usize,
    /// How many reports.
    reports: usize,
}

/// Something that is left out, and why.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub(crate) struct LeftJson {
    /// What: `actor`, `text`, `title`, `address`, `id`, `place`, `origin`, `author`, …
    what: String,
    /// The rule's name.
    rule: String,
    /// What the rule does and why.
    says: String,
    /// How often.
    count: usize,
}

/// A view to publish.
#[derive(Debug, Deserialize, ToSchema)]
pub(crate) struct PublishAsked {
    /// The name in its address: 1 to 60 of a-z, 0-9 and hyphens.
    #[schema(pattern = "^[a-z0-9-]{1,60}$")]
    name: String,
    /// What is in it; always by the do-no-harm rules.
    #[serde(flatten)]
    what: ExportAsked,
}

/// A published view.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub(crate) struct PublishedJson {
    /// Its name.
    name: String,
    /// Its address on this server.
    address: String,
    /// When it was published.
    at: String,
    /// By whom.
    by: String,
    /// Its format.
    format: String,
}

/// Published views.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
pub(crate) struct AllPublishedJson {
    /// The views, by name.
    items: Vec<PublishedJson>,
    /// Always `null`.
    next: Option<String>,
    /// How many there are.
    total: usize,
}

/// A file of incidents with the reports that they rest on. `full` needs the role editor.
#[utoipa::path(post, path = "/export", tag = "export", request_body = ExportAsked,
    responses((status = 200, description = "The file, of the format's media type.",
        content_type = "application/octet-stream", body = Vec<u8>), Refused))]
pub(crate) async fn file(
    State(desk): State<Desk>,
    Analyst(who): Analyst,
    Body(asked): Body<ExportAsked>,
) -> Result<Response, Problem> {
    if asked.profile == ProfileAsked::Full && who.role < Role::Editor {
        let detail = "everything leaves by an editor alone: the public profile is for analysts";
        return Err(Problem::forbidden(detail));
    }
    let (format, bytes) = made(&desk, &*asked.snapshot(&desk).await?, &asked).await?;
    let name = HeaderValue::from_str(&format!("attachment; filename=\"{}\"", format.file_name()));
    let name = name.map_err(|error| Problem::failed(&error))?;
    let kind = HeaderValue::from_static(format.media_type());
    let headers = [
        (header::CONTENT_TYPE, kind),
        (header::CONTENT_DISPOSITION, name),
    ];
    Ok((headers, bytes).into_response())
}

/// What an export would leave out, and why.
#[utoipa::path(post, path = "/export/preview", tag = "export", request_body = ExportAsked,
    responses((status = 200, body = ExportPreview), Refused))]
pub(crate) async fn preview(
    State(desk): State<Desk>,
    _: Analyst,
    Body(asked): Body<ExportAsked>,
) -> Result<Json<ExportPreview>, Problem> {
    format(&asked)?;
    let dataset = dataset(&desk, &*asked.snapshot(&desk).await?, &asked).await?;
    let lines = dataset.left_out().lines();
    Ok(Json(ExportPreview {
        left_out: lines
            .into_iter()
            .map(|left| LeftJson {
                what: left.kind.to_owned(),
                rule: left.rule.to_owned(),
                says: left.says.to_owned(),
                count: left.count,
            })
            .collect(),
        kept: dataset.incidents().len(),
        reports: dataset.sheets().count(),
    }))
}

/// The published views.
#[utoipa::path(get, path = "/published", tag = "export",
    responses((status = 200, body = AllPublishedJson), Refused))]
pub(crate) async fn list(
    State(desk): State<Desk>,
    _: Reader,
) -> Result<Json<AllPublishedJson>, Problem> {
    let all = desk.0.store.all_published().await?;
    let items: Vec<PublishedJson> = all.into_iter().map(shown).collect();
    Ok(Json(AllPublishedJson {
        total: items.len(),
        items,
        next: None,
    }))
}

/// Publishes a view under a name, in the place of the one that had it. Anybody can read it, without
/// a role; it follows the ledger, so that what is erased or taken back is gone from it.
#[utoipa::path(post, path = "/published", tag = "export", request_body = PublishAsked,
    responses((status = 201, body = PublishedJson), Refused))]
pub(crate) async fn publish(
    State(desk): State<Desk>,
    Editor(who): Editor,
    Body(asked): Body<PublishAsked>,
) -> Result<(StatusCode, Json<PublishedJson>), Problem> {
    let fits = |c: u8| c.is_ascii_lowercase() || c.is_ascii_digit() || c == b'-';
    if !(1..=60).contains(&asked.name.len()) || !asked.name.bytes().all(fits) {
        let detail = format!("`{}` is no name of a view", asked.name);
        let allowed = "1 to 60 of a-z, 0-9 and hyphens".to_owned();
        return Err(Problem::field("name", detail, allowed));
    }
    if asked.what.profile == ProfileAsked::Full {
        let detail = "what is published leaves by the do-no-harm rules";
        return Err(Problem::field("profile", detail, "public".to_owned()));
    }
    // Refused now rather than when somebody reads it.
    let format = format(&asked.what)?;
    if asked.what.bounds()?.as_of.is_some() {
        let detail = "a published view follows the ledger: what is erased or taken back leaves it";
        let allowed = "no `as_of`; `published_by` is allowed".to_owned();
        return Err(Problem::field("as_of", detail, allowed));
    }
    let snapshot = asked.what.snapshot(&desk).await?;
    let dataset = dataset(&desk, &snapshot, &asked.what).await?;
    if dataset.is_spelt_in(&asked.name) {
        let detail = "the name spells that of somebody who is not named in public";
        let allowed = "a name that tells of nobody".to_owned();
        return Err(Problem::field("name", detail, allowed));
    }
    let wanted = sealed(
        &desk.0.archive.book,
        &asked.name,
        &serde_json::to_vec(&asked.what)?,
    )
    .await?;
    let view = Published {
        name: asked.name,
        at: now().to_string(),
        made_by: who.name.clone(),
        format: format.name().to_owned(),
        wanted,
    };
    desk.0.store.publish(&view).await?;
    Ok((StatusCode::CREATED, Json(shown(view))))
}

/// Takes a published view back.
#[utoipa::path(delete, path = "/published/{name}", tag = "export",
    params(("name" = String, Path)), responses((status = 204), Refused))]
pub(crate) async fn unpublish(
    State(desk): State<Desk>,
    _: Editor,
    Named(name): Named<String>,
) -> Result<StatusCode, Problem> {
    desk.0.published.forget(&name);
    if desk.0.store.unpublish(&name).await? {
        Ok(StatusCode::NO_CONTENT)
    } else {
        Err(Problem::not_found(format!("no view `{name}` is published")))
    }
}

/// A published view. Needs no role.
#[utoipa::path(get, path = "/published/{name}", tag = "export", security(()),
    params(("name" = String, Path)),
    responses((status = 200, description = "The file, of the format's media type.",
        content_type = "application/octet-stream", body = Vec<u8>), Refused))]
pub(crate) async fn published(
    State(desk): State<Desk>,
    Named(name): Named<String>,
) -> Result<Response, Problem> {
    let missing = || Problem::not_found(format!("no view `{name}` is published"));
    let view = desk.0.store.published(&name).await?.ok_or_else(missing)?;
    let head = desk.0.archive.now().head;
    let known = desk.0.published.get(&name, &view.at, head);
    let (format, bytes) = if let Some(known) = known {
        known
    } else {
        // Anybody may ask, as often as they like: it is made once.
        let _alone = desk.0.publishing.lock().await;
        match desk.0.published.get(&name, &view.at, head) {
            Some(made) => made,
            None => rendered(&desk, &view).await?,
        }
    };
    let headers = [
        (
            header::CONTENT_TYPE,
            HeaderValue::from_static(format.media_type()),
        ),
        (
            header::CACHE_CONTROL,
            HeaderValue::from_static("public, max-age=60"),
        ),
        // Anybody may show it.
        (
            HeaderName::from_static("access-control-allow-origin"),
            HeaderValue::from_static("*"),
        ),
    ];
    Ok((headers, bytes.to_vec()).into_response())
}

/// Makes the file of a published view, and keeps it.
async fn rendered(desk: &Desk, view: &Published) -> Result<File, Problem> {
    let mut asked = opened(&desk.0.archive.book, view).await?;
    asked.profile = ProfileAsked::Public;
    let snapshot = asked.snapshot(desk).await?;
    if let Some(ids) = &mut asked.incidents {
        // What was erased or taken back since is left out; the rest stays published.
        ids.retain(|id| standing(&snapshot, id).is_some());
    }
    let format = format(&asked)?;
    let dataset = dataset(desk, &snapshot, &asked).await?;
    // Somebody may have to be protected since it was published.
    if dataset.is_spelt_in(&view.name) {
        let name = &view.name;
        return Err(Problem::not_found(format!("no view `{name}` is published")));
    }
    let file = (format, Arc::<[u8]>::from(written(format, dataset).await?));
    let store = &desk.0.published;
    store.put(&view.name, &view.at, snapshot.head, file.clone());
    Ok(file)
}

/// What a view wants, as the desk's tables keep it: it names incidents, whose ids can be guessed by
/// whoever knows those of the reports, and people, and is sealed as the ledger's own entries are.
async fn sealed(book: &Book, name: &str, wanted: &[u8]) -> Result<String, LedgerError> {
    let sealed = book.seal_beside(&place(name), wanted).await?;
    Ok(format!("{SEALED}{}", STANDARD.encode(sealed)))
}

/// What a view wants.
async fn opened(book: &Book, view: &Published) -> Result<ExportAsked, Problem> {
    let Some(sealed) = view.wanted.strip_prefix(SEALED) else {
        return Ok(serde_json::from_str(&view.wanted)?);
    };
    let sealed = STANDARD
        .decode(sealed)
        .map_err(|error| Problem::failed(&error))?;
    let plain = book.open_beside(&place(&view.name), &sealed).await?;
    let unread = || Problem::failed(&"a published view was sealed for another ledger");
    Ok(serde_json::from_slice(&plain.ok_or_else(unread)?)?)
}

/// Seals what views want that an earlier version published.
pub(crate) async fn seal_all(book: &Book, store: &Store) -> Result<(), LedgerError> {
    for mut view in store.all_published().await? {
        if !view.wanted.starts_with(SEALED) {
            view.wanted = sealed(book, &view.name, view.wanted.as_bytes()).await?;
            store.publish(&view).await?;
        }
    }
    Ok(())
}

/// Begins what is sealed; the JSON of earlier versions begins otherwise.
const SEALED: &str = "sealed:";

fn place(name: &str) -> String {
    format!("published/{name}")
}

fn shown(view: Published) -> PublishedJson {
    PublishedJson {
        address: format!("/api/v1/published/{}", view.name),
        name: view.name,
        at: view.at,
        by: view.made_by,
        format: view.format,
    }
}

fn format(asked: &ExportAsked) -> Result<Format, Problem> {
    Format::parse(&asked.format).ok_or_else(|| {
        let names: Vec<&str> = Format::ALL.iter().map(|format| format.name()).collect();
        let detail = format!("`{}` is no format", asked.format);
        Problem::field("format", detail, names.join(", "))
    })
}

/// The file that is asked for.
async fn made(
    desk: &Desk,
    snapshot: &Snapshot,
    asked: &ExportAsked,
) -> Result<(Format, Vec<u8>), Problem> {
    let format = format(asked)?;
    let dataset = dataset(desk, snapshot, asked).await?;
    Ok((format, written(format, dataset).await?))
}

async fn written(format: Format, dataset: Dataset) -> Result<Vec<u8>, Problem> {
    tokio::task::spawn_blocking(move || {
        let mut files = export(format, &dataset)?;
        if format.is_many() {
            zipped(&files)
        } else {
            Ok(files.pop().map(|file| file.bytes).unwrap_or_default())
        }
    })
    .await
    .map_err(|error| Problem::failed(&error))?
    .map_err(|error| Problem::failed(&error))
}

/// The incidents that are asked for, with the sheets of their reports, as the profile lets them
/// leave.
async fn dataset(
    desk: &Desk,
    snapshot: &Snapshot,
    asked: &ExportAsked,
) -> Result<Dataset, Problem> {
    let mut parts: Vec<(IncidentJson, Vec<SheetJson<'static>>)> = Vec::new();
    let archive = &desk.0.archive;
    for number in chosen(desk, snapshot, asked)? {
        let part = snapshot.leaving(&archive.book, &archive.sheets, number);
        parts.push(part.await?);
    }
    let profile = match asked.profile {
        ProfileAsked::Public => Profile::Public,
        ProfileAsked::Full => Profile::Full,
    };
    let coder = Arc::clone(&desk.0.coder);
    tokio::task::spawn_blocking(move || Dataset::new(profile, parts, coder.knowledge().gazetteer))
        .await
        .map_err(|error| Problem::failed(&error))
}

/// The number of an incident that lists have: not one of which every report was withdrawn.
fn standing(snapshot: &Snapshot, id: &str) -> Option<usize> {
    let found = snapshot.find(id);
    found.filter(|number| !snapshot.is_withdrawn(*number))
}

/// Numbers of the incidents that are asked for.
fn chosen(
    desk: &Desk,
    snapshot: &Snapshot,
    asked: &ExportAsked,
) -> Result<BTreeSet<usize>, Problem> {
    let except: BTreeSet<usize> = asked
        .except
        .iter()
        .filter_map(|id| snapshot.find(id))
        .collect();
    let chosen: BTreeSet<usize> = match &asked.incidents {
        Some(ids) => ids
            .iter()
            .map(|id| standing(snapshot, id).ok_or_else(|| no_such(id)))
            .collect::<Result<_, Problem>>()?,
        None => wanted(
            snapshot,
            &asked.filter.clone().unwrap_or_default(),
            &desk.0.coder.knowledge(),
        )?
        .iter()
        .filter_map(|brief| snapshot.find(&brief.json.id))
        .filter(|number| !except.contains(number))
        .collect(),
    };
    if chosen.len() > MOST {
        let detail = format!("{} incidents are too many at once", chosen.len());
        let allowed = format!("at most {MOST}; `sayso export` has no such limit");
        return Err(Problem::field("filter", detail, allowed));
    }
    Ok(chosen)
}
