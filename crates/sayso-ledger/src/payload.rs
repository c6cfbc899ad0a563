//! What entries say: in clear, and sealed.
//!
//! In clear stand only versions, names of analysts, numbers of entries and keyed hashes of reports.
//! Whatever tells of a report's content, an analyst's words about it included, is sealed under the
//! report's key and is lost with it. Ids of incidents and origins are made from ids of reports and
//! names of speakers without a key: whoever guesses one could look for it. They are sealed under the
//! ledger's own key, so that a decision outlives the reports that it spoke of.

use sayso_api::MadeBy;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::framed::hex;

/// What is known about a report, beside its text. Sealed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct About {
    /// Its id, as given or made from the text.
    pub id: String,
    /// Headline.
    pub title: Option<String>,
    /// Who published it.
    pub outlet: Option<String>,
    /// Where.
    pub url: Option<String>,
    /// When, as it was given.
    pub published: Option<String>,
    /// ISO 639-1.
    pub language: Option<String>,
    /// Who wrote it; may be a private person.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub author: Option<String>,
    /// When the outlet last changed it, as it was given.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub updated: Option<String>,
    /// The channel, group or person whose message it passes on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub forwarded_from: Option<String>,
    /// Id of the report that it answers.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reply_to: Option<String>,
    /// Whether the outlet itself gave the id and keeps it when it changes the report: another
    /// content under it is then its newer version.
    #[serde(default, skip_serializing_if = "is_false")]
    pub versioned: bool,
    /// Whether this is only a summary of what the outlet published.
    #[serde(default, skip_serializing_if = "is_false")]
    pub summary: bool,
}

impl About {
    /// When the outlet put this version out, in its own words: its last change, or else its
    /// publication.
    pub fn out(&self) -> Option<&str> {
        self.updated.as_deref().or(self.published.as_deref())
    }
}

/// For fields that are left out where they are false. Serde hands fields by reference.
#[allow(clippy::trivially_copy_pass_by_ref)]
fn is_false(value: &bool) -> bool {
    !value
}

/// Sealed head of a report or correction.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct ContentHead {
    /// What is known about it.
    #[serde(flatten)]
    pub about: About,
    /// SHA-256 of the bytes as received, 64 hexadecimal digits.
    pub sha256: String,
}

/// Clear part of a sheet. It is of the report's or correction's entry that comes last before it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct SheetClear {
    /// The versions that made it.
    pub made_by: MadeBy,
}

/// Clear part of everything that an analyst does.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct ByClear {
    /// Who did it.
    pub by: String,
}

/// Sealed part of a withdrawal, and of what takes it back.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct WithdrawalHead {
    /// What the outlet said.
    pub why: String,
    /// When the outlet said it, where known.
    pub published: Option<String>,
    /// It was no word of the outlet: whoever had added the report took it back, and it is in no view
    /// any more.
    #[serde(default, skip_serializing_if = "is_false")]
    pub undone: bool,
}

/// What an analyst decides about a finding.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Ruling {
    /// It is right.
    Accept,
    /// It should be another value.
    Correct,
    /// It is wrong: without a field the finding is left out, with one the field is emptied, or one of
    /// several (`tolls.1`) taken out.
    Reject,
    /// An earlier review is taken back.
    Retract,
}

impl Ruling {
    /// As printed.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Accept => "accept",
            Self::Correct => "correct",
            Self::Reject => "reject",
            Self::Retract => "retract",
        }
    }
}

/// Sealed part of a review.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ReviewHead {
    /// `s:…` or `e:…`.
    pub finding: String,
    /// Path of the field within it (`acled`, `place.country`, `tolls.0.low`); `None` for the
    /// finding as a whole.
    pub field: Option<String>,
    /// What was decided.
    pub ruling: Ruling,
    /// The right value, where it was corrected.
    pub value: Option<Value>,
    /// The finding as the analyst saw it.
    pub saw: Value,
    /// The analyst's reason.
    pub why: Option<String>,
    /// Of a review that takes another back: the number of that one's entry.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub of: Option<u64>,
}

/// Sealed part of an analyst's own statement or event.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct OwnHead {
    /// The statement or event, as a sheet has it.
    pub value: Value,
    /// The analyst's reason.
    pub why: Option<String>,
}

/// Clear part of a merge of incidents.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct MergeClear {
    /// Who decided.
    pub by: String,
    /// Ids of the incidents, two or more: a list in JSON, sealed, in base64.
    pub incidents: String,
    /// The reports that were theirs by then, by keyed hash: they stay together.
    pub reports: Vec<String>,
    /// Name of the key of the reason.
    pub key: Option<String>,
}

/// Clear part of a split.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct SplitClear {
    /// Who decided.
    pub by: String,
    /// Id of the incident, sealed as those of a merge.
    pub incident: String,
    /// The reports that make an incident of their own, by keyed hash.
    pub reports: Vec<String>,
    /// The other reports of the incident by then, by keyed hash: the first are kept apart from
    /// these.
    pub from: Vec<String>,
    /// Name of the key of the reason.
    pub key: Option<String>,
}

/// Clear part of a judgement on an origin.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct OriginClear {
    /// Who decided.
    pub by: String,
    /// Id of the origin, sealed as those of a merge.
    pub origin: String,
    /// Whether its figures count.
    pub reliable: bool,
    /// Name of the key of the reason.
    pub key: Option<String>,
}

/// Sealed part of a decision on incidents or origins.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct WhyHead {
    /// The analyst's reason.
    pub why: String,
}

/// Clear part of a tombstone.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ErasureClear {
    /// Who erased.
    pub by: String,
    /// Why: readable by anyone for ever, so it must not repeat what was erased.
    pub why: String,
}

/// A clear part as JSON, with random bytes that say nothing. The hash of an entry is not secret, not
/// even where payloads are sealed: whoever has it could try which name gives it. Parts that hold
/// sealed ids need none, for the nonce of these is random.
pub(crate) fn salted<T: Serialize>(part: &T, salt: &[u8; 16]) -> Result<String, serde_json::Error> {
    #[derive(Serialize)]
    struct Salted<'a, T> {
        #[serde(flatten)]
        part: &'a T,
        salt: String,
    }
    let salt = hex(salt);
    written(&Salted { part, salt })
}

/// A clear or sealed part as JSON. What is hashed are these bytes, as they are stored.
pub(crate) fn written<T: Serialize>(part: &T) -> Result<String, serde_json::Error> {
    serde_json::to_string(part)
}

/// A part read back; `None` where it is not of this form.
pub(crate) fn read<T: DeserializeOwned>(written: &[u8]) -> Option<T> {
    serde_json::from_slice(written).ok()
}

/// The text and the bytes of a report, as the body of its entry.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Content {
    /// The text that every span indexes.
    pub text: String,
    /// The bytes as received.
    pub bytes: Vec<u8>,
}

impl Content {
    pub(crate) fn written(&self) -> Vec<u8> {
        let mut out = (self.text.len() as u64).to_be_bytes().to_vec();
        out.extend_from_slice(self.text.as_bytes());
        out.extend_from_slice(&self.bytes);
        out
    }

    pub(crate) fn read(written: &[u8]) -> Option<Self> {
        let (length, rest) = written.split_first_chunk::<8>()?;
        let length = usize::try_from(u64::from_be_bytes(*length)).ok()?;
        let (text, bytes) = rest.split_at_checked(length)?;
        Some(Self {
            text: String::from_utf8(text.to_vec()).ok()?,
            bytes: bytes.to_vec(),
        })
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn content_reads_back(text in any::<String>(), bytes in any::<Vec<u8>>()) {
            let content = Content { text, bytes };
            prop_assert_eq!(Content::read(&content.written()), Some(content));
        }

        #[test]
        fn no_bytes_break_reading(bytes in any::<Vec<u8>>()) {
            let _ = Content::read(&bytes);
        }
    }

    #[test]
    fn a_salted_part_reads_as_it_did_without() {
        let clear = ByClear {
            by: "R. Analyst".to_owned(),
        };
        let salted = salted(&clear, &[0xa5; 16]).unwrap();
        let salt = "a5".repeat(16);
        assert_eq!(salted, format!(r#"{{"by":"R. Analyst","salt":"{salt}"}}"#));
        for payload in [salted, written(&clear).unwrap()] {
            assert_eq!(read(payload.as_bytes()), Some(clear.clone()));
        }
    }

    #[test]
    fn an_analysts_reason_is_not_among_the_clear_parts() {
        let merge = MergeClear {
            by: "R. Analyst".to_owned(),
            incidents: "c2VhbGVk".to_owned(),
            reports: Vec::new(),
            key: None,
        };
        let written = written(&merge).unwrap();
        assert_eq!(
            written,
            r#"{"by":"R. Analyst","incidents":"c2VhbGVk","reports":[],"key":null}"#
        );
    }
}
