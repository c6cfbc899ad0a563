//! One report as it came in.

use std::fmt;

use jiff::Timestamp;
use jiff::civil::Date;
use sha2::{Digest, Sha256};

use crate::Note;

/// A report: the text to be coded and what is known about it.
///
/// Spans index `text`; the title is not part of it and is read for context only.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Report {
    /// The given id, else the SHA-256 of the text in hexadecimal.
    pub id: String,
    /// Whether the outlet itself gave the id and keeps it when it changes the report, as feeds and
    /// channels do: another content under it is then the outlet's newer version.
    pub versioned: bool,
    /// Headline.
    pub title: Option<String>,
    /// The text that every span indexes.
    pub text: String,
    /// When it was published; anchors relative times.
    pub published: Option<Published>,
    /// Who published it.
    pub outlet: Option<String>,
    /// Where it was published.
    pub url: Option<String>,
    /// Language as stated by the input, a BCP 47 tag.
    pub language: Option<String>,
    /// Who wrote it, as the input states it; may be a private person.
    pub author: Option<String>,
    /// When the outlet last changed it.
    pub updated: Option<Published>,
    /// The channel, group or person whose message this passes on.
    pub forwarded_from: Option<String>,
    /// Id of the report that this answers.
    pub reply_to: Option<String>,
    /// Whether the input holds only a summary of what the outlet published.
    pub summary: bool,
    /// What reading the bytes has to tell; [`crate::read`] hands it on.
    pub notes: Vec<Note>,
}

impl Report {
    /// A report of bare text.
    pub fn from_text(text: impl Into<String>) -> Self {
        let text = text.into();
        Self {
            id: content_id(&text),
            text,
            ..Self::default()
        }
    }
}

/// The default id of a text: its SHA-256 in hexadecimal.
pub(crate) fn content_id(text: &str) -> String {
    use fmt::Write as _;
    Sha256::digest(text.as_bytes())
        .iter()
        .fold(String::with_capacity(64), |mut hex, byte| {
            let _ = write!(hex, "{byte:02x}");
            hex
        })
}

/// Moment of publication: a day, or a day with the written time kept as it was given.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Published {
    date: Date,
    written: String,
}

impl Published {
    /// Reads `2025-10-22` or an RFC 3339 time such as `2025-10-22T14:00:00Z`.
    ///
    /// The day is the one written, in the zone it was written in: a report of `01:00+03:00` is
    /// about the day its desk lived in.
    ///
    /// # Errors
    /// [`ReportError::Published`] with the offending value.
    pub fn parse(written: &str) -> Result<Self, ReportError> {
        let wrong = || ReportError::Published {
            value: written.to_owned(),
        };
        let trimmed = written.trim();
        let day = trimmed.get(..10).ok_or_else(wrong)?;
        let date: Date = day.parse().map_err(|_| wrong())?;
        let rest = &trimmed[10..];
        let valid_time = rest.is_empty() || trimmed.parse::<Timestamp>().is_ok() || {
            trimmed.parse::<jiff::civil::DateTime>().is_ok()
        };
        if valid_time {
            Ok(Self {
                date,
                written: trimmed.to_owned(),
            })
        } else {
            Err(wrong())
        }
    }

    /// The civil day.
    pub fn date(&self) -> Date {
        self.date
    }

    /// As it was written.
    pub fn as_written(&self) -> &str {
        &self.written
    }

    /// Whether both are surely one: the same moment, in whatever zones, or the same words.
    pub(crate) fn is_same_time(&self, other: &Self) -> bool {
        let moment = |date: &Self| date.written.parse::<Timestamp>().ok();
        let is_same_moment = moment(self).is_some_and(|own| moment(other) == Some(own));
        is_same_moment || self == other
    }
}

/// What can be wrong with a report's own fields.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ReportError {
    /// `published` is no date.
    Published {
        /// The value as given.
        value: String,
    },
}

impl fmt::Display for ReportError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Published { value } => write!(
                f,
                "`{value}` is not a date: use a day such as 2025-10-22 or a time such as \
                 2025-10-22T14:00:00Z"
            ),
        }
    }
}

impl std::error::Error for ReportError {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_days_and_times() {
        assert_eq!(
            Published::parse("2025-10-22").unwrap().date().to_string(),
            "2025-10-22"
        );
        let late = Published::parse("2025-10-22T01:00:00+03:00").unwrap();
        assert_eq!(late.date().to_string(), "2025-10-22");
        assert_eq!(late.as_written(), "2025-10-22T01:00:00+03:00");
    }

    #[test]
    fn refuses_what_is_no_date() {
        for value in [
            "",
            "yesterday",
            "2025-13-01",
            "2025-02-30",
            "2025-10-22Tnoon",
            "22.10.2025",
        ] {
            let error = Published::parse(value).unwrap_err();
            assert!(error.to_string().contains(value), "{error}");
        }
    }
}
