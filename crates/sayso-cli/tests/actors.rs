//! `sayso actors` and a user's own actors, as their users meet them.

// Everything here is a test: what is missing fails it.
#![allow(clippy::unwrap_used, clippy::panic)]

mod running;

use std::fs;
use std::process::Output;

use running::{folder, sayso, stderr, stdout};

fn first(output: &Output) -> serde_json::Value {
    serde_json::from_str(stdout(output).lines().next().unwrap()).unwrap()
}

#[test]
fn finds_an_actor_in_any_writing() {
    let folder = folder("find-actor");
    let found = |name: &str| {
        let output = sayso(&folder, &["actors", "find", "--json", name]);
        assert!(output.status.success(), "{name}: {}", stderr(&output));
        first(&output)
    };
    let id = found("Hayat Tahrir al-Sham")["id"].clone();
    for name in [
        "HTS",
        "Hay'at Tahrir al-Sham",
        "Hay’et Tahrir as-Sham",
        "sayso:hayat-tahrir-al-sham",
    ] {
        assert_eq!(found(name)["id"], id, "{name}");
    }
    let army = found("Sudanese army");
    assert_eq!(army["id"], "state:SDN:armed-forces");
    assert_eq!(army["sector"], "MIL");
    assert_eq!(found("السودان")["id"], "state:SDN:government");

    let output = sayso(&folder, &["actors", "find", "Qwxzkjv", "Front"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(stdout(&output).is_empty());
    assert!(
        stderr(&output).contains("`Qwxzkjv Front`"),
        "{}",
        stderr(&output)
    );

    let output = sayso(&folder, &["actors", "find", "Hayat", "Tahrir", "al-Sham"]);
    let shown = stdout(&output);
    for part in [
        "rebel-group, REB, SYR",
        "2017-01-28–2025-01-29",
        "also ",
        "HTS",
        "from ",
    ] {
        assert!(shown.contains(part), "{part}: {shown}");
    }
}

#[test]
fn an_actor_of_the_users_own_is_meant_by_its_name() {
    let folder = folder("own-actor");
    fs::write(
        folder.join("report.txt"),
        "Fighters of the Orlan Shield Front attacked a police post near Kassala in Sudan on Tuesday. \
         The Orlan Shield Front said it had taken two rifles.\n",
    )
    .unwrap();
    let kind_of = |arguments: &[&str]| {
        let mut all = vec!["code", "report.txt", "--format", "jsonl"];
        all.extend(arguments);
        let output = sayso(&folder, &all);
        assert!(output.status.success(), "{}", stderr(&output));
        let sheet = first(&output);
        let front = sheet["actors"]
            .as_array()
            .unwrap()
            .iter()
            .find(|actor| actor["name"] == "Orlan Shield Front")
            .unwrap()
            .clone();
        (front, sheet["made_by"]["registry"].clone())
    };
    let (front, made_by) = kind_of(&[]);
    assert!(
        front["registry"].is_null(),
        "whom nobody lists stays as found: {front}"
    );
    assert!(!made_by.as_str().unwrap().contains('+'));

    let mine = "name,kind,country,sector\nOrlan Shield Front,identity-militia,ERI,REB\n";
    fs::write(folder.join("mine.csv"), mine).unwrap();
    let (front, made_by) = kind_of(&["--actors", "mine.csv"]);
    assert_eq!(front["registry"], "own:orlan-shield-front");
    assert_eq!(front["kind"], "identity-militia");
    assert_eq!(front["country"], "ERI");
    assert_eq!(front["sector"], "REB");
    assert_eq!(front["why"]["kind"]["rule"], "registry-name");
    assert!(made_by.as_str().unwrap().contains("+actors-"), "{made_by}");

    let toml = "[[actor]]\nname = \"Orlan Shield Front\"\nkind = \"organisation\"\n";
    fs::write(folder.join("mine.toml"), toml).unwrap();
    assert_eq!(
        kind_of(&["--actors", "mine.toml"]).0["kind"],
        "organisation"
    );

    fs::write(folder.join("bad.csv"), "name,kind\nOrlan,army\n").unwrap();
    let output = sayso(&folder, &["code", "report.txt", "--actors", "bad.csv"]);
    assert_eq!(output.status.code(), Some(1));
    let error = stderr(&output);
    for part in ["bad.csv", "line 2", "`kind`", "`army`", "state-forces"] {
        assert!(error.contains(part), "{part}: {error}");
    }
    let output = sayso(
        &folder,
        &[
            "actors",
            "find",
            "Orlan Shield Front",
            "--actors",
            "mine.csv",
        ],
    );
    assert!(
        stdout(&output).contains("own:orlan-shield-front"),
        "{}",
        stdout(&output)
    );
}
