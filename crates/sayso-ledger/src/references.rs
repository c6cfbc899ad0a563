//! What findings and actors of one sheet say of each other, by their ids.

use std::collections::BTreeSet;

use serde_json::Value;

/// Fields with a list of ids, and how the ids begin.
const LISTS: [(&str, &str); 2] = [("events", "e:"), ("statements", "s:")];

/// Fields with one id or none.
const SINGLE: [(&str, &str); 2] = [("within", "s:"), ("member_of", "a:")];

/// Fields with objects that have a field with one id or none.
const NESTED: [(&str, &str, &str); 4] = [
    ("sources", "actor", "a:"),
    ("side_a", "actor", "a:"),
    ("side_b", "actor", "a:"),
    ("tolls", "by", "s:"),
];

/// The ids of the statements, events and actors of a sheet.
pub(crate) fn ids(sheet: &Value) -> BTreeSet<String> {
    ["statements", "events", "actors"]
        .iter()
        .filter_map(|list| sheet.get(list)?.as_array())
        .flatten()
        .filter_map(|item| item.get("id")?.as_str())
        .map(str::to_owned)
        .collect()
}

/// Takes out of a finding or actor every reference to what is not `there`, or is of another kind
/// than the field asks for; gives what was taken out.
pub(crate) fn drop_dangling(item: &mut Value, there: &BTreeSet<String>) -> Vec<String> {
    let mut dropped = Vec::new();
    let mut stands = |value: &Value, kind: &str| match value.as_str() {
        Some(id) if !(id.starts_with(kind) && there.contains(id)) => {
            dropped.push(id.to_owned());
            false
        }
        _ => true,
    };
    for (field, kind) in LISTS {
        if let Some(ids) = item.get_mut(field).and_then(Value::as_array_mut) {
            ids.retain(|id| stands(id, kind));
        }
    }
    for (field, kind) in SINGLE {
        if let Some(id) = item.get_mut(field)
            && !stands(id, kind)
        {
            *id = Value::Null;
        }
    }
    for (field, inner, kind) in NESTED {
        let items = item.get_mut(field).and_then(Value::as_array_mut);
        for id in items.into_iter().flatten().filter_map(|i| i.get_mut(inner)) {
            if !stands(id, kind) {
                *id = Value::Null;
            }
        }
    }
    dropped
}

/// The first reference of a finding or actor to what is not `there`.
pub(crate) fn dangling(item: &Value, there: &BTreeSet<String>) -> Option<String> {
    drop_dangling(&mut item.clone(), there).into_iter().next()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn what_is_not_there_is_taken_out_wherever_it_stands() {
        let sheet = json!({
            "statements": [{"id": "s:1"}], "events": [{"id": "e:1"}], "actors": [{"id": "a:1"}],
            "places": [{"id": "p:1"}],
        });
        let there = ids(&sheet);
        assert_eq!(there.len(), 3);
        let mut item = json!({
            "events": ["e:1", "e:2", "s:1"], "statements": ["s:1", "s:2"], "within": "s:3",
            "member_of": "a:3", "sources": [{"actor": "a:1"}, {"actor": "a:4"}, {"actor": null}],
            "side_a": [{"actor": "a:5"}], "side_b": [{"actor": "a:6"}],
            "tolls": [{"by": "s:1"}, {"by": "s:7"}], "cue": {"quote": "s:8"},
        });
        assert_eq!(dangling(&item, &there).as_deref(), Some("e:2"));
        let dropped = drop_dangling(&mut item, &there);
        assert_eq!(
            dropped,
            [
                "e:2", "s:1", "s:2", "s:3", "a:3", "a:4", "a:5", "a:6", "s:7"
            ]
        );
        assert_eq!(
            item,
            json!({
                "events": ["e:1"], "statements": ["s:1"], "within": null,
                "member_of": null, "sources": [{"actor": "a:1"}, {"actor": null}, {"actor": null}],
                "side_a": [{"actor": null}], "side_b": [{"actor": null}],
                "tolls": [{"by": "s:1"}, {"by": null}], "cue": {"quote": "s:8"},
            })
        );
        assert_eq!(dangling(&item, &there), None);
    }
}
