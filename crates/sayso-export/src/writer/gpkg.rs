//! A GeoPackage (OGC 12-128r19): the incidents as points, the other tables as attributes.

use rusqlite::types::{ToSql, ToSqlOutput, Value};
use rusqlite::{Connection, MAIN_DB};

use crate::cell::{Cell, Kind};
use crate::{ExportError, Table};

/// The table that has a geometry.
const FEATURES: &str = "incidents";
/// WGS 84.
const SRS: i32 = 4326;
/// A file says when each table was changed; a fixed moment keeps its bytes the same.
const CHANGED: &str = "2000-01-01T00:00:00.000Z";

const FRAME: &str = r#"
PRAGMA application_id = 1196444487;
PRAGMA user_version = 10300;
CREATE TABLE gpkg_spatial_ref_sys (
  srs_name TEXT NOT NULL, srs_id INTEGER PRIMARY KEY, organization TEXT NOT NULL,
  organization_coordsys_id INTEGER NOT NULL, definition TEXT NOT NULL, description TEXT);
INSERT INTO gpkg_spatial_ref_sys VALUES
  ('Undefined Cartesian SRS', -1, 'NONE', -1, 'undefined', 'undefined Cartesian coordinate reference system'),
  ('Undefined geographic SRS', 0, 'NONE', 0, 'undefined', 'undefined geographic coordinate reference system'),
  ('WGS 84 geodetic', 4326, 'EPSG', 4326, 'GEOGCS["WGS 84",DATUM["WGS_1984",SPHEROID["WGS 84",6378137,298.257223563,AUTHORITY["EPSG","7030"]],AUTHORITY["EPSG","6326"]],PRIMEM["Greenwich",0,AUTHORITY["EPSG","8901"]],UNIT["degree",0.0174532925199433,AUTHORITY["EPSG","9122"]],AUTHORITY["EPSG","4326"]]', 'longitude and latitude in degrees on the WGS 84 spheroid');
CREATE TABLE gpkg_contents (
  table_name TEXT NOT NULL PRIMARY KEY, data_type TEXT NOT NULL, identifier TEXT UNIQUE,
  description TEXT DEFAULT '', last_change DATETIME NOT NULL,
  min_x DOUBLE, min_y DOUBLE, max_x DOUBLE, max_y DOUBLE, srs_id INTEGER,
  CONSTRAINT fk_gc_r_srs_id FOREIGN KEY (srs_id) REFERENCES gpkg_spatial_ref_sys(srs_id));
CREATE TABLE gpkg_geometry_columns (
  table_name TEXT NOT NULL, column_name TEXT NOT NULL, geometry_type_name TEXT NOT NULL,
  srs_id INTEGER NOT NULL, z TINYINT NOT NULL, m TINYINT NOT NULL,
  CONSTRAINT pk_geom_cols PRIMARY KEY (table_name, column_name),
  CONSTRAINT fk_gc_tn FOREIGN KEY (table_name) REFERENCES gpkg_contents(table_name),
  CONSTRAINT fk_gc_srs FOREIGN KEY (srs_id) REFERENCES gpkg_spatial_ref_sys(srs_id));
"#;

/// All tables in one file.
pub(crate) fn package(tables: &[Table]) -> Result<Vec<u8>, ExportError> {
    let mut db = Connection::open_in_memory()?;
    db.execute_batch(FRAME)?;
    let all = db.transaction()?;
    for table in tables {
        let has_point = table.name == FEATURES;
        let columns: Vec<String> = table
            .columns
            .iter()
            .map(|column| format!("\"{}\" {}", column.name, sql_type(column.kind)))
            .collect();
        let geometry = if has_point { "geom POINT, " } else { "" };
        all.execute_batch(&format!(
            "CREATE TABLE \"{}\" (fid INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL, {geometry}{})",
            table.name,
            columns.join(", ")
        ))?;
        let points = has_point.then(|| points(table));
        contents(&all, table, points.as_deref())?;
        insert(&all, table, points.as_deref())?;
    }
    all.commit()?;
    Ok(db.serialize(MAIN_DB)?.to_vec())
}

/// Longitude and latitude of each row.
fn points(table: &Table) -> Vec<Option<(f64, f64)>> {
    let (lat, lon) = (table.column("lat"), table.column("lon"));
    let number = |row: &[Cell], at: Option<usize>| match row.get(at?)? {
        Cell::Float(number) => Some(*number),
        _ => None,
    };
    let rows = table.rows.iter();
    rows.map(|row| Some((number(row, lon)?, number(row, lat)?)))
        .collect()
}

/// Tells the file's own tables of one more.
fn contents(
    db: &Connection,
    table: &Table,
    points: Option<&[Option<(f64, f64)>]>,
) -> Result<(), rusqlite::Error> {
    let Some(points) = points else {
        db.execute(
            "INSERT INTO gpkg_contents (table_name, data_type, identifier, last_change) \
             VALUES (?1, 'attributes', ?1, ?2)",
            (table.name, CHANGED),
        )?;
        return Ok(());
    };
    let known: Vec<(f64, f64)> = points.iter().flatten().copied().collect();
    let edge =
        |of: fn(&(f64, f64)) -> f64, pick: fn(f64, f64) -> f64| known.iter().map(of).reduce(pick);
    db.execute(
        "INSERT INTO gpkg_contents (table_name, data_type, identifier, last_change, \
         min_x, min_y, max_x, max_y, srs_id) VALUES (?1, 'features', ?1, ?2, ?3, ?4, ?5, ?6, ?7)",
        (
            table.name,
            CHANGED,
            edge(|p| p.0, f64::min),
            edge(|p| p.1, f64::min),
            edge(|p| p.0, f64::max),
            edge(|p| p.1, f64::max),
            SRS,
        ),
    )?;
    db.execute(
        "INSERT INTO gpkg_geometry_columns VALUES (?1, 'geom', 'POINT', ?2, 0, 0)",
        (table.name, SRS),
    )?;
    Ok(())
}

fn insert(
    db: &Connection,
    table: &Table,
    points: Option<&[Option<(f64, f64)>]>,
) -> Result<(), rusqlite::Error> {
    let extra = usize::from(points.is_some());
    let names = table.columns.iter().map(|c| format!("\"{}\"", c.name));
    let names: Vec<String> = points
        .map(|_| "geom".to_owned())
        .into_iter()
        .chain(names)
        .collect();
    let marks: Vec<String> = (1..=names.len()).map(|i| format!("?{i}")).collect();
    let mut statement = db.prepare(&format!(
        "INSERT INTO \"{}\" ({}) VALUES ({})",
        table.name,
        names.join(", "),
        marks.join(", ")
    ))?;
    for (at, row) in table.rows.iter().enumerate() {
        if let Some(points) = points {
            let point = points.get(at).copied().flatten().map(blob);
            statement.raw_bind_parameter(1, point)?;
        }
        for (x, cell) in row.iter().enumerate() {
            statement.raw_bind_parameter(x + 1 + extra, cell)?;
        }
        statement.raw_execute()?;
    }
    Ok(())
}

/// A point in the format's binary form: a header without envelope, then well-known binary.
fn blob((x, y): (f64, f64)) -> Vec<u8> {
    let mut bytes = b"GP\x00\x01".to_vec();
    bytes.extend(SRS.to_le_bytes());
    bytes.push(1);
    bytes.extend(1_u32.to_le_bytes());
    bytes.extend(x.to_le_bytes());
    bytes.extend(y.to_le_bytes());
    bytes
}

const fn sql_type(kind: Kind) -> &'static str {
    match kind {
        Kind::Text => "TEXT",
        Kind::Int => "INTEGER",
        Kind::Float => "DOUBLE",
        Kind::Bool => "BOOLEAN",
        Kind::Day => "DATE",
    }
}

impl ToSql for Cell {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(ToSqlOutput::Owned(match self {
            Self::Unknown => Value::Null,
            Self::Text(text) => Value::Text(text.clone()),
            Self::Int(number) => Value::Integer(*number),
            Self::Float(number) => Value::Real(*number),
            Self::Bool(yes) => Value::Integer(i64::from(*yes)),
            Self::Day(day) => Value::Text(day.to_string()),
        }))
    }
}
