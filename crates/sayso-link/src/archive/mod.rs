//! Linking an archive that no machine holds: in pieces, with the same answer.
//!
//! [`crate::incidents`] is a function of the set of sheets. Here it is cut into functions of parts
//! of that set, for a cluster to call (bindings/spark does):
//!
//! 1. [`Extract::of`] takes from each sheet the few kilobytes that it is compared by.
//! 2. [`links`] compares the reports of one [`Block`]. Blocks overlap, so that each pair that the
//!    linker would compare is together in one of them: the pairs depend on the two reports alone,
//!    by keys that both have in neighbouring stretches of time ([`Family`]).
//! 3. Of each report the best links stand, as they do in the linker; those above the
//!    [`threshold`] tie reports together, and [`components`] says what hangs together by them.
//! 4. [`groups`] divides what hangs together into incidents.
//! 5. [`prints`] and [`components`] find the prints of one text, [`own_words`] whose words they are.
//! 6. [`outlook`] says of one incident what it is about and what else its reports recall; two of
//!    these meet by type, day and spot ([`recalls`]).
//! 7. [`incident`] makes an incident from its sheets.
//!
//! No step needs a figure that is counted over the archive: how rare a word is stands in the
//! lexicon. So nothing has to be known of all reports before two of them are compared, and each step
//! gives the same whatever the pieces are. docs/ARCHIVE.md argues it step by step.

mod block;
mod extract;
mod group;
mod outlook;
mod print;
mod whole;

pub use block::{Block, Link, Member, links, links_by};
pub use extract::{Extract, Family, Kept};
pub use group::{Grouped, KEPT_LINKS, components, components_of, groups, threshold};
pub use outlook::{Outlook, Recall, Spot, outlook, recalls};
pub use print::{OwnWords, own_words, prints};
pub use whole::{Part, Recalling, incident};
