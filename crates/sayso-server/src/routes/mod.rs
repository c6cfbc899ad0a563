//! What can be asked: one file a topic. `/api/v1/openapi.json` describes it all.

mod add;
mod additions;
mod backlog;
mod decide;
mod export;
mod filter;
mod imports;
mod incidents;
mod origins;
mod queue;
mod refused;
mod reports;
mod reviews;
mod rules;
mod search;
mod session;
mod tokens;
mod users;

use axum::extract::DefaultBodyLimit;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use axum::{Json, Router, middleware, routing};
use tower_http::compression::CompressionLayer;
use utoipa::OpenApi;
use utoipa::openapi::path::{Operation, PathItem};
use utoipa::openapi::security::{ApiKey, ApiKeyValue, HttpAuthScheme, HttpBuilder, SecurityScheme};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

pub(crate) use add::Room;
pub(crate) use refused::Refused;

pub(crate) use export::seal_all;

use crate::auth::Reader;
use crate::problem::Problem;
use crate::state::Desk;
use crate::{door, names, page};

/// The most that is taken in at once, in bytes.
pub(crate) const LARGEST: usize = 64_000_000;

/// The most that is taken in of whoever signs in.
const LITTLE: usize = 16_384;

/// The document, but for the routes.
#[derive(OpenApi)]
#[openapi(
    info(
        title = "sayso desk",
        description = "Who said what in conflict news, and on whose say-so it rests.\n\n\
            Every address below /api/v1 needs a role, except GET and POST of /session and \
            /published/{name}. A person has a session cookie and sends its `csrf` as X-CSRF-Token \
            with whatever changes anything; a program sends a token (Authorization: Bearer). \
            Errors are application/problem+json (RFC 9457); a parameter that an address does not \
            have is refused with 422. Lists are {items, next, total}: `next` \
            is the cursor of the next part. JSON answers have an ETag; If-None-Match is honoured. \
            Whatever decides on a report or an incident needs its ETag as If-Match, and is refused \
            with 412 where somebody else was first; a merge names the ETags of the others in its \
            body.",
        license(name = "Apache-2.0", identifier = "Apache-2.0"),
    ),
    components(schemas(crate::events::Event, crate::problem::Problem)),
    security(("cookie" = []), ("token" = [])),
)]
struct Document;

fn api() -> OpenApiRouter<Desk> {
    // Nobody has shown who they are yet who signs in: little is read of them.
    let session = OpenApiRouter::new()
        .routes(routes!(session::get, session::sign_in, session::sign_out))
        .routes(routes!(session::password))
        .layer(DefaultBodyLimit::max(LITTLE));
    OpenApiRouter::new()
        .merge(session)
        .routes(routes!(rules::list))
        .routes(routes!(incidents::list))
        .routes(routes!(incidents::one))
        .routes(routes!(incidents::history))
        .routes(routes!(decide::merge))
        .routes(routes!(decide::split))
        .routes(routes!(reports::list, add::add))
        .routes(routes!(reports::one))
        .routes(routes!(reviews::review))
        .routes(routes!(reviews::undo))
        .routes(routes!(additions::types))
        .routes(routes!(additions::statement))
        .routes(routes!(additions::event))
        .routes(routes!(imports::list))
        .routes(routes!(imports::undo))
        .routes(routes!(queue::list))
        .routes(routes!(search::search))
        .routes(routes!(origins::list))
        .routes(routes!(origins::distrust))
        .routes(routes!(origins::trust))
        .routes(routes!(export::file))
        .routes(routes!(export::preview))
        .routes(routes!(export::list, export::publish))
        .routes(routes!(export::published, export::unpublish))
        .routes(routes!(backlog::backlog))
        .routes(routes!(backlog::events))
        .routes(routes!(users::list, users::add))
        .routes(routes!(users::change))
        .routes(routes!(users::audit))
        .routes(routes!(tokens::list, tokens::add))
        .routes(routes!(tokens::end))
}

/// The OpenAPI document.
pub(crate) fn document() -> utoipa::openapi::OpenApi {
    let router = OpenApiRouter::with_openapi(Document::openapi()).nest("/api/v1", api());
    let (_, mut document) = router.split_for_parts();
    "1".clone_into(&mut document.info.version);
    for (path, item) in &mut document.paths.paths {
        for (method, operation) in operations(item) {
            operation.operation_id = Some(operation_id(method, path));
        }
    }
    let components = document.components.get_or_insert_default();
    let cookie = ApiKeyValue::with_description("sayso", "the session of whoever signed in");
    components.add_security_scheme("cookie", SecurityScheme::ApiKey(ApiKey::Cookie(cookie)));
    let bearer = HttpBuilder::new().scheme(HttpAuthScheme::Bearer).build();
    components.add_security_scheme("token", SecurityScheme::Http(bearer));
    document
}

/// The operations of a path that the desk has any of.
pub(crate) fn operations(
    item: &mut PathItem,
) -> impl Iterator<Item = (&'static str, &mut Operation)> {
    [
        ("get", &mut item.get),
        ("post", &mut item.post),
        ("patch", &mut item.patch),
        ("delete", &mut item.delete),
    ]
    .into_iter()
    .filter_map(|(method, operation)| Some((method, operation.as_mut()?)))
}

/// `get_incidents_id` for `GET /api/v1/incidents/{id}`: unlike any other.
fn operation_id(method: &str, path: &str) -> String {
    let path = path.trim_start_matches("/api/v1/");
    let words = path.split(|c: char| !c.is_ascii_alphanumeric());
    let words = words.filter(|word| !word.is_empty());
    std::iter::once(method)
        .chain(words)
        .collect::<Vec<_>>()
        .join("_")
}

/// Everything that is served.
pub(crate) fn app(desk: Desk) -> Router {
    let (api, _) = api().split_for_parts();
    let api = api
        .route("/openapi.json", routing::get(openapi))
        .fallback(no_such_route)
        .method_not_allowed_fallback(no_such_method)
        .layer(DefaultBodyLimit::max(LARGEST))
        .layer(middleware::from_fn(door::tagged))
        .layer(middleware::from_fn(names::known))
        .layer(middleware::from_fn_with_state(desk.clone(), door::enter));
    Router::new()
        .nest("/api/v1", api)
        .route("/open", routing::get(session::open))
        .fallback(routing::get(page::file))
        .layer(CompressionLayer::new())
        .layer(middleware::from_fn(door::strict))
        .with_state(desk)
}

/// The document, for whoever may read.
async fn openapi(_: Reader) -> Response {
    Json(document()).into_response()
}

async fn no_such_route() -> Problem {
    Problem::not_found("there is nothing at this address")
}

async fn no_such_method() -> (StatusCode, Problem) {
    (StatusCode::METHOD_NOT_ALLOWED, Problem::method())
}
