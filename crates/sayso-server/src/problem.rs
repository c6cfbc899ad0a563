//! What a client is told that asked for what cannot be done: `application/problem+json` (RFC 9457).

use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use sayso_ledger::{LedgerError, Trouble};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use utoipa::ToSchema;

use crate::events::Reading;

/// After how many seconds a ledger that cannot be reached may be asked again.
pub(crate) const RETRY_AFTER: u64 = 10;

/// Why a request was refused.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Problem {
    /// Which kind: `urn:sayso:problem:…`.
    pub r#type: String,
    /// The kind in words.
    pub title: String,
    /// The status of the answer.
    pub status: u16,
    /// What is wrong with this request.
    pub detail: String,
    /// The field or parameter at fault.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub field: Option<String>,
    /// The value that is not allowed there, where it is one of a filter.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub value: Option<String>,
    /// What is allowed there.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub allowed: Option<String>,
    /// Where somebody else was first: what there is now.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub current: Option<Value>,
    /// Seconds after which asking again makes sense.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub retry_after: Option<u64>,
}

impl Problem {
    fn new(status: StatusCode, kind: &str, title: &str, detail: impl Into<String>) -> Self {
        Self {
            r#type: format!("urn:sayso:problem:{kind}"),
            title: title.to_owned(),
            status: status.as_u16(),
            detail: detail.into(),
            field: None,
            value: None,
            allowed: None,
            current: None,
            retry_after: None,
        }
    }

    /// There is no such thing, or it cannot be seen.
    pub(crate) fn not_found(detail: impl Into<String>) -> Self {
        Self::new(StatusCode::NOT_FOUND, "not-found", "not found", detail)
    }

    /// The request makes no sense.
    pub(crate) fn bad(detail: impl Into<String>) -> Self {
        let title = "the request cannot be read";
        Self::new(StatusCode::BAD_REQUEST, "bad-request", title, detail)
    }

    /// A field or parameter has a value that is not allowed.
    pub(crate) fn field(
        field: &str,
        detail: impl Into<String>,
        allowed: impl Into<Option<String>>,
    ) -> Self {
        Self {
            field: Some(field.to_owned()),
            allowed: allowed.into(),
            ..Self::new(
                StatusCode::UNPROCESSABLE_ENTITY,
                "bad-value",
                "a value is not allowed",
                detail,
            )
        }
    }

    /// A filter asks for what there is not: nothing would ever be found, and nobody could tell why.
    pub(crate) fn filter(field: &str, value: &str, allowed: impl Into<String>) -> Self {
        Self {
            field: Some(field.to_owned()),
            value: Some(value.to_owned()),
            allowed: Some(allowed.into()),
            ..Self::new(
                StatusCode::BAD_REQUEST,
                "bad-filter",
                "a filter asks for what there is not",
                format!("`{value}` is not allowed as {field}"),
            )
        }
    }

    /// Nobody is signed in.
    pub(crate) fn nobody() -> Self {
        Self::new(
            StatusCode::UNAUTHORIZED,
            "not-signed-in",
            "not signed in",
            "sign in, or open the desk by the address that the command printed",
        )
    }

    /// The name or the password is wrong; which of them is nobody's business.
    pub(crate) fn wrong_password() -> Self {
        Self::new(
            StatusCode::UNAUTHORIZED,
            "wrong-password",
            "not signed in",
            "there is no user with this name and password",
        )
    }

    /// Whoever is signed in may not do that.
    pub(crate) fn forbidden(detail: impl Into<String>) -> Self {
        Self::new(StatusCode::FORBIDDEN, "forbidden", "not allowed", detail)
    }

    /// Somebody else was first.
    pub(crate) fn stale(detail: impl Into<String>, current: Option<Value>) -> Self {
        Self {
            current,
            ..Self::new(
                StatusCode::PRECONDITION_FAILED,
                "stale",
                "it has changed since it was looked at",
                detail,
            )
        }
    }

    /// The request must say which state it is about.
    pub(crate) fn no_precondition() -> Self {
        Self::new(
            StatusCode::PRECONDITION_REQUIRED,
            "precondition-required",
            "If-Match is missing",
            "send the ETag of what you looked at as If-Match, so that nobody's decision is lost",
        )
    }

    /// It contradicts what is there.
    pub(crate) fn conflict(detail: impl Into<String>) -> Self {
        Self::new(
            StatusCode::CONFLICT,
            "conflict",
            "it contradicts what is there",
            detail,
        )
    }

    /// It is too large.
    pub(crate) fn too_large(detail: impl Into<String>) -> Self {
        Self::new(
            StatusCode::PAYLOAD_TOO_LARGE,
            "too-large",
            "too large",
            detail,
        )
    }

    /// Too many requests.
    pub(crate) fn too_many(retry_after: u64) -> Self {
        Self {
            retry_after: Some(retry_after),
            ..Self::new(
                StatusCode::TOO_MANY_REQUESTS,
                "too-many",
                "too many requests",
                format!("ask again in {retry_after} s"),
            )
        }
    }

    /// The server has just begun, and does not know all of its ledger yet.
    pub(crate) fn reading(told: &Reading) -> Self {
        Self {
            retry_after: Some(2),
            ..Self::new(
                StatusCode::SERVICE_UNAVAILABLE,
                "reading",
                "the ledger is being read",
                match told.total {
                    0 => "the server has just begun".to_owned(),
                    total => format!("{} of {total} {}", told.done, told.what.as_str()),
                },
            )
        }
    }

    /// The method is none of this address.
    pub(crate) fn method() -> Self {
        Self::new(
            StatusCode::METHOD_NOT_ALLOWED,
            "method",
            "no such method here",
            "the document at /api/v1/openapi.json lists what can be asked",
        )
    }

    /// The database does not answer, or has no room. What was asked for may have been done before it
    /// went: its answer can be lost on the way.
    pub(crate) fn unavailable(why: &dyn std::fmt::Display, retry_after: u64) -> Self {
        crate::log(&format!("a request failed: {why}"));
        Self {
            retry_after: Some(retry_after),
            ..Self::new(
                StatusCode::SERVICE_UNAVAILABLE,
                "unavailable",
                "the ledger cannot be reached",
                "whether anything of this request was kept is not known: look, then ask again; what \
                 is there already is not kept twice. The server's log says why",
            )
        }
    }

    /// The server has too much to do just now: nothing of the request was done.
    pub(crate) fn busy(detail: impl Into<String>, retry_after: u64) -> Self {
        Self {
            retry_after: Some(retry_after),
            ..Self::new(
                StatusCode::SERVICE_UNAVAILABLE,
                "busy",
                "the server is busy",
                detail,
            )
        }
    }

    /// The server failed; what failed is for its own log.
    pub(crate) fn failed(why: &dyn std::fmt::Display) -> Self {
        crate::log(&format!("a request failed: {why}"));
        Self::new(
            StatusCode::INTERNAL_SERVER_ERROR,
            "failed",
            "the server failed",
            "the server's log says why",
        )
    }

    /// What was asked for is recorded; what failed came after it.
    pub(crate) fn after_it_was_recorded(self) -> Self {
        let detail = format!(
            "it is recorded, and what has come of it cannot be told now: look again before you \
             decide anew ({})",
            self.title
        );
        Self { detail, ..self }
    }

    fn with_status(mut self, status: StatusCode) -> Self {
        self.status = status.as_u16();
        self
    }
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let status = StatusCode::from_u16(self.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        let retry_after = self.retry_after;
        let body = serde_json::to_vec(&self).unwrap_or_default();
        let kind = HeaderValue::from_static("application/problem+json");
        let mut response = (status, [(header::CONTENT_TYPE, kind)], body).into_response();
        if let Some(seconds) = retry_after {
            response
                .headers_mut()
                .insert(header::RETRY_AFTER, HeaderValue::from(seconds));
        }
        response
    }
}

impl From<LedgerError> for Problem {
    fn from(error: LedgerError) -> Self {
        let told = error.to_string();
        match error {
            LedgerError::NoReport { .. } | LedgerError::NoLedger { .. } => Self::not_found(told),
            LedgerError::Erased { .. } => Self::new(StatusCode::GONE, "erased", "erased", told),
            LedgerError::Locked { .. } => Self::conflict(told),
            LedgerError::OtherContent { .. } => Self::conflict(told),
            LedgerError::NoFinding { .. } => Self::field("finding", told, None),
            LedgerError::BadField { field, .. } => Self::field(&field, told, None),
            LedgerError::NoQuote { .. } => Self::field("quote", told, None),
            LedgerError::BadValue { what, allowed, .. } => Self::field(what, told, Some(allowed)),
            LedgerError::Stale { .. } | LedgerError::Overtaken { .. } | LedgerError::Moved => {
                Self::stale(told, None)
            }
            other => match other.trouble() {
                Some(Trouble::Away | Trouble::Busy | Trouble::Full) => {
                    Self::unavailable(&other, RETRY_AFTER)
                }
                _ => Self::failed(&other),
            },
        }
    }
}

impl From<serde_json::Error> for Problem {
    fn from(error: serde_json::Error) -> Self {
        Self::failed(&error)
    }
}

impl From<axum::extract::rejection::JsonRejection> for Problem {
    fn from(rejection: axum::extract::rejection::JsonRejection) -> Self {
        Self::bad(rejection.body_text()).with_status(rejection.status())
    }
}

impl From<axum::extract::rejection::QueryRejection> for Problem {
    fn from(rejection: axum::extract::rejection::QueryRejection) -> Self {
        Self::bad(rejection.body_text())
    }
}

impl From<axum::extract::rejection::PathRejection> for Problem {
    fn from(rejection: axum::extract::rejection::PathRejection) -> Self {
        Self::bad(rejection.body_text())
    }
}
