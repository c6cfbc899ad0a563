//! GeoJSON (RFC 7946): a feature an incident, with its row as properties. What is not known is `null`.

use serde_json::{Map, Value, json};

use crate::cell::Cell;
use crate::{ExportError, Table};

/// All incidents in one collection; those whose place has no point have no geometry.
pub(crate) fn collection(incidents: &Table) -> Result<Vec<u8>, ExportError> {
    let features: Vec<Value> = incidents
        .rows
        .iter()
        .map(|row| feature(incidents, row))
        .collect();
    let all = json!({"type": "FeatureCollection", "features": features});
    Ok(serde_json::to_vec(&all)?)
}

fn feature(table: &Table, row: &[Cell]) -> Value {
    let cell = |name: &str| row.get(table.column(name)?);
    let geometry = match (cell("lon"), cell("lat")) {
        (Some(Cell::Float(lon)), Some(Cell::Float(lat))) => {
            json!({"type": "Point", "coordinates": [lon, lat]})
        }
        _ => Value::Null,
    };
    let properties: Map<String, Value> = table
        .columns
        .iter()
        .zip(row)
        .map(|(column, cell)| (column.name.to_owned(), value(cell)))
        .collect();
    json!({
        "type": "Feature",
        "id": cell("id").map(value),
        "geometry": geometry,
        "properties": properties,
    })
}

/// A cell as JSON.
fn value(cell: &Cell) -> Value {
    match cell {
        Cell::Unknown => Value::Null,
        Cell::Text(text) => json!(text),
        Cell::Int(number) => json!(number),
        Cell::Float(number) => json!(number),
        Cell::Bool(yes) => json!(yes),
        Cell::Day(day) => json!(day.to_string()),
    }
}
