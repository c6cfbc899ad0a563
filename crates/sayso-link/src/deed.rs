//! Of what kind a deed is, where two kinds exclude each other.

use sayso_api::{EventJson, Quoted, StatementJson};

/// Somebody shot at somebody.
const SHOTS: &str = "by shots";

/// ACLED types that exclude each other: it fell from the air, was fired from the ground, or lay
/// there. What lay there and who brought it are told apart late.
pub(crate) fn means(acled: &str) -> Option<&'static str> {
    match acled {
        "Air/drone strike" => Some("from the air"),
        "Shelling/artillery/missile attack" => Some("from the ground"),
        "Remote explosive/landmine/IED" | "Suicide bomb" => Some("on the ground"),
        _ => None,
    }
}

/// The same for whole deeds: who was shot was not blown up. A clash, or an attack of which nobody
/// says how it was done, can be any of them; a grenade and a bomb are one blast to whoever hears it.
pub(crate) fn of(event: &EventJson<'_>) -> Option<&'static str> {
    match (event.acled.as_deref()?, event.plover_mode.as_deref()) {
        ("Attack", Some("firearms")) => Some(SHOTS),
        ("Grenade", _) => Some("on the ground"),
        (acled, _) => means(acled),
    }
}

/// What a deed did to people, where one who did the one need not have done the other: who holds
/// hostages may not have killed them.
pub(crate) fn harm(event: &EventJson<'_>) -> Option<&'static str> {
    match event.acled.as_deref()? {
        "Abduction/forced disappearance" => Some("took people"),
        "Air/drone strike"
        | "Armed clash"
        | "Attack"
        | "Chemical weapon"
        | "Grenade"
        | "Remote explosive/landmine/IED"
        | "Shelling/artillery/missile attack"
        | "Suicide bomb" => Some("struck at people"),
        "Looting/property destruction" => Some("took or destroyed things"),
        "Sexual violence" => Some("raped"),
        _ => None,
    }
}

/// Whether somebody was shot, or something went off: what each of these is, is often told in several
/// ways, but not the one for the other. `None` where it can have been either.
pub(crate) fn is_blast(event: &EventJson<'_>) -> Option<bool> {
    of(event).map(|deed| deed != SHOTS)
}

/// Whether `statement` tells of the deed in words of its own: who speaks of “the attack” does not
/// say of what kind it was.
pub(crate) fn is_told(event: &EventJson<'_>, statement: &StatementJson<'_>) -> bool {
    let [start, end] = event.anchor.span;
    let holds = |part: &Quoted<'_>| part.span[0] <= start && end <= part.span[1];
    statement.content.iter().any(holds)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn munitions_are_told_apart_and_a_shot_is_no_blast() {
        let all = [
            "Air/drone strike",
            "Shelling/artillery/missile attack",
            "Suicide bomb",
        ];
        let means: Vec<_> = all.iter().filter_map(|acled| means(acled)).collect();
        assert_eq!(means, ["from the air", "from the ground", "on the ground"]);
        assert!(!means.contains(&SHOTS));
    }
}
