//! Names of divisions without the words for what they are.

/// Endings of divisions' names that a report leaves out ("Idlib", "Kharkiv").
const ENDINGS: &[&str] = &[
    " Governorate",
    " Province",
    " Oblast",
    " Oblast'",
    " Oblast’",
    " State",
    " Region",
    " District",
    " Raion",
    " Department",
    " Prefecture",
    " Division",
    " Territory",
    " City",
];
const BEGINNINGS: &[&str] = &[
    "Muhafazat ",
    "Muḩāfaz̧at ",
    "Wilayat ",
    "Wilāyat ",
    "Ostān-e ",
    "Département de ",
    "Région de ",
    "Qadaa ",
    "Qaḑā’ ",
    "Manţiqat ",
    "Mintaqat ",
    "Mudiriyat ",
    "Mudīrīyat ",
    "Markaz ",
    "Province de ",
    "Territoire de ",
    "Cercle de ",
];

/// Names without the words for what they are.
pub(crate) fn with_short_names(names: &mut Vec<String>) {
    let mut short = Vec::new();
    for name in names.iter() {
        for ending in ENDINGS {
            if let Some(rest) = name.strip_suffix(ending) {
                short.push(rest.to_owned());
            }
        }
        for beginning in BEGINNINGS {
            if let Some(rest) = name.strip_prefix(beginning) {
                short.push(rest.to_owned());
            }
        }
    }
    names.extend(short);
}
