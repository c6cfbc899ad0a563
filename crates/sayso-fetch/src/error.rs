//! Why a document could not be had.

use std::error::Error;
use std::fmt;

use crate::private::NotPublic;

/// Why the document at an address could not be had.
#[derive(Debug)]
pub enum FetchError {
    /// The address is none.
    BadAddress {
        /// What is wrong with it.
        why: String,
    },
    /// The server answers with another status than 200.
    Status {
        /// The status.
        status: u16,
    },
    /// The address redirects to what is not followed.
    Redirect {
        /// Where to.
        to: String,
        /// Why it is not followed.
        why: &'static str,
    },
    /// More redirects than are followed.
    TooManyRedirects {
        /// Most redirects.
        limit: usize,
    },
    /// The document is larger than is read.
    TooLarge {
        /// Largest size in bytes.
        limit: u64,
    },
    /// It took too long.
    TimedOut {
        /// What was waited for.
        what: String,
    },
    /// It is, or redirects to, a machine that is not on the public internet.
    Private {
        /// Its name or address, and what that is.
        what: String,
    },
    /// No certificate of an authority can be found on this machine.
    NoCertificates,
    /// The server cannot be reached, or breaks off.
    Network {
        /// What the network says.
        source: Box<ureq::Error>,
    },
}

impl fmt::Display for FetchError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::BadAddress { why } => write!(
                f,
                "this is no address that can be read ({why}); give one such as \
                 https://outlet.example/feed"
            ),
            Self::Status { status } => {
                let meaning = match status {
                    401 | 403 => " (the server does not let it be read)",
                    404 | 410 => " (there is nothing at this address)",
                    429 => " (the server has been asked too often; try later)",
                    500..=599 => " (the server has trouble; try later)",
                    _ => "",
                };
                write!(f, "the server answers with status {status}{meaning}")
            }
            Self::Redirect { to, why } => {
                write!(f, "it redirects to {to}, which is not followed: {why}")
            }
            Self::TooManyRedirects { limit } => {
                write!(f, "it redirects more than {limit} times")
            }
            Self::TooLarge { limit } => write!(
                f,
                "larger than {} MB, which is the most that is read from an address; save it to a \
                 file and give that",
                limit / 1_000_000
            ),
            Self::TimedOut { what } => {
                write!(f, "the server takes too long ({what}); try later")
            }
            Self::Private { what } => write!(
                f,
                "{what}, which is not asked: a report may be on the public internet alone, unless \
                 --allow-private says otherwise"
            ),
            Self::NoCertificates => f.write_str(
                "no certificates of authorities are found on this machine, so that no https \
                 address can be trusted; install them (package ca-certificates), or name a file \
                 of them in SSL_CERT_FILE",
            ),
            Self::Network { source } => write!(f, "the server cannot be reached: {source}"),
        }
    }
}

impl Error for FetchError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        match self {
            Self::Network { source } => Some(source.as_ref()),
            _ => None,
        }
    }
}

impl From<NotPublic> for FetchError {
    fn from(found: NotPublic) -> Self {
        Self::Private {
            what: found.to_string(),
        }
    }
}

impl From<ureq::Error> for FetchError {
    fn from(error: ureq::Error) -> Self {
        match error {
            ureq::Error::Timeout(what) => Self::TimedOut {
                what: what.to_string(),
            },
            ureq::Error::StatusCode(status) => Self::Status { status },
            ureq::Error::Other(other) => match other.downcast::<NotPublic>() {
                Ok(found) => (*found).into(),
                Err(other) => Self::Network {
                    source: Box::new(ureq::Error::Other(other)),
                },
            },
            source => Self::Network {
                source: Box::new(source),
            },
        }
    }
}
