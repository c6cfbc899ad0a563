//! What a request brings: its body, its parameters, the moment it asks for. What cannot be read is a
//! [`Problem`].

use axum::extract::{FromRequest, FromRequestParts, Path, Query, Request};
use axum::http::request::Parts;
use axum::http::{HeaderMap, header};
use sayso_ledger::{Bounds, Moment};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use crate::problem::Problem;

/// A JSON body.
pub(crate) struct Body<T>(pub(crate) T);

impl<S: Send + Sync, T: DeserializeOwned> FromRequest<S> for Body<T> {
    type Rejection = Problem;

    async fn from_request(request: Request, state: &S) -> Result<Self, Problem> {
        let axum::Json(body) = axum::Json::<T>::from_request(request, state).await?;
        Ok(Self(body))
    }
}

/// Parameters after the question mark.
pub(crate) struct Asked<T>(pub(crate) T);

impl<S: Send + Sync, T: DeserializeOwned> FromRequestParts<S> for Asked<T> {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Problem> {
        let Query(asked) = Query::<T>::from_request_parts(parts, state).await?;
        Ok(Self(asked))
    }
}

/// Parts of the address.
pub(crate) struct Named<T>(pub(crate) T);

impl<S: Send + Sync, T: DeserializeOwned + Send> FromRequestParts<S> for Named<T> {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Problem> {
        let Path(named) = Path::<T>::from_request_parts(parts, state).await?;
        Ok(Self(named))
    }
}

/// Which state of the ledger a view is of.
#[derive(Clone, Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct When {
    /// Only what the ledger had recorded by then: a day, or a time (RFC 3339).
    pub(crate) as_of: Option<String>,
    /// Only what had been published by then: a day, or a time (RFC 3339).
    pub(crate) published_by: Option<String>,
}

impl When {
    /// As bounds of a view.
    pub(crate) fn bounds(&self) -> Result<Bounds, Problem> {
        Ok(Bounds {
            as_of: moment("as_of", self.as_of.as_deref())?,
            published_by: moment("published_by", self.published_by.as_deref())?,
        })
    }
}

fn moment(field: &str, written: Option<&str>) -> Result<Option<Moment>, Problem> {
    let Some(written) = written.filter(|written| !written.is_empty()) else {
        return Ok(None);
    };
    Moment::latest(written).map(Some).ok_or_else(|| {
        Problem::field(
            field,
            format!("`{written}` is no time"),
            Some("a day such as 2025-10-22 or a time such as 2025-10-22T14:00:00Z".to_owned()),
        )
    })
}

/// Which part of a list.
#[derive(Clone, Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct Part {
    /// Where to go on: `next` of the part before.
    pub(crate) cursor: Option<String>,
    /// How many at most, 1 to 1,000.
    #[param(minimum = 1, maximum = 1000)]
    pub(crate) limit: Option<usize>,
}

/// The most that is given at once.
const MOST: usize = 1_000;

/// A part of a list.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
pub(crate) struct Listed<T> {
    /// The items.
    pub(crate) items: Vec<T>,
    /// What to send as `cursor` for the next part; `null` at the end.
    pub(crate) next: Option<String>,
    /// How many there are in all.
    pub(crate) total: usize,
}

impl Part {
    /// How many are asked for; `most` where nothing is said.
    pub(crate) fn limit(&self, most: usize) -> Result<usize, Problem> {
        let limit = self.limit.unwrap_or(most);
        if (1..=MOST).contains(&limit) {
            return Ok(limit);
        }
        let allowed = format!("1 to {MOST}");
        let detail = format!("{limit} is not allowed");
        Err(Problem::field("limit", detail, allowed))
    }

    /// The part of `all` that is asked for. `all` is in its order, `key` names an item uniquely and
    /// for good: a cursor is the key of the last item that was given.
    pub(crate) fn of<I, T>(
        &self,
        all: &[I],
        most: usize,
        key: impl Fn(&I) -> String,
        show: impl Fn(&I) -> T,
    ) -> Result<Listed<T>, Problem> {
        let limit = self.limit(most)?;
        let start = match self.cursor.as_deref().filter(|cursor| !cursor.is_empty()) {
            None => 0,
            Some(cursor) => all
                .iter()
                .position(|item| key(item) == cursor)
                .map(|at| at + 1)
                .ok_or_else(|| {
                    let detail = "the list has no such place any more: begin anew";
                    Problem::field("cursor", detail, None)
                })?,
        };
        let rest = all.get(start..).unwrap_or_default();
        let items = rest.get(..limit).unwrap_or(rest);
        Ok(Listed {
            next: items.last().filter(|_| items.len() < rest.len()).map(&key),
            items: items.iter().map(show).collect(),
            total: all.len(),
        })
    }
}

/// The state that a request is about, as its `If-Match` names it.
///
/// # Errors
/// Where there is none.
pub(crate) fn if_match(headers: &HeaderMap) -> Result<String, Problem> {
    headers
        .get(header::IF_MATCH)
        .and_then(|value| value.to_str().ok())
        .map(tag)
        .ok_or_else(Problem::no_precondition)
}

/// A tag without what surrounds it in a header.
pub(crate) fn tag(written: &str) -> String {
    let strong = written.trim().trim_start_matches("W/");
    strong.trim_matches('"').to_owned()
}
