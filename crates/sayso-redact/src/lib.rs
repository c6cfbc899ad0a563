//! What a public view leaves out of sheets and incidents: the do-no-harm rules.
//!
//! PURE: values in, values out. A [`Redaction`] gathers, from the sheets that are to be seen
//! together, who must not be named and which spots must not be shown. A [`Scope`] of it is what
//! holds for some of these reports; with it sheets, incidents and single texts are rewritten, and
//! what was left out, by which rule, is counted. Exports and the server's published views go through
//! here (by `sayso-export`), so that what is left out is absent from all that leaves; who has a role
//! at a desk sees the ledger itself.
//!
//! A rewritten sheet is a sheet: spans index its own, rewritten text, and every quote is the slice.
//!
//! ```
//! use sayso_redact::{LeftOut, Redaction};
//!
//! let redaction = Redaction::default(); // nobody is protected
//! let scope = redaction.scope(["report-1"]);
//! assert_eq!(scope.text("Dara Nuri said so"), "Dara Nuri said so");
//! assert!(LeftOut::default().is_empty());
//! ```

mod district;
mod fold;
mod incident;
mod joined;
mod left_out;
mod matching;
mod pieces;
mod rewritten;
mod rule;
mod scope;
mod sheet;
mod spot;

pub use district::{Centre, Districts, Nowhere};
pub use fold::folded;
pub use left_out::{Left, LeftOut};
pub use rewritten::Rewritten;
pub use rule::Rule;
pub use scope::{Redaction, Scope};

/// By which rules something leaves.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Profile {
    /// The do-no-harm rules.
    #[default]
    Public,
    /// Everything: for those who may see the ledger itself.
    Full,
}
