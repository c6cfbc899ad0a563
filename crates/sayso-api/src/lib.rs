//! The JSON of the sheet: schema `sayso.sheet/1`.
//!
//! The core counts in bytes; the JSON counts in Unicode code points, so that a program in any
//! language can slice the text. The types here only borrow from the reading and its sheet.

mod code_points;
mod json;

pub use code_points::CodePoints;
pub use json::{MadeBy, SCHEMA, SheetJson, sheet_json};
