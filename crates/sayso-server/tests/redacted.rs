//! Nothing that the do-no-harm rules leave out reaches anybody who has no role, by any address of the
//! API or the page, nor any file of the public profile. Readers of a team's desk see everything.

// Everything here is a test: what is missing fails it.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::print_stderr,
    missing_docs,
    unreachable_pub
)]

mod running;
#[path = "../../sayso-export/tests/unpacked/mod.rs"]
mod unpacked;

use running::{Answer, Running, team};
use sayso_api::SheetJson;
use sayso_export::Format;
use sayso_redact::{Redaction, folded};
use serde_json::{Value, json};
use unpacked::unpacked;

/// Id, headline and text of invented reports about people who must not be named in public.
const REPORTS: [(&str, &str, &str); 5] = [
    (
        "boy-yunus-tembo-found",
        "Yunus Tembo, 11, found after two days",
        "Yunus Tembo, an 11-year-old boy who vanished when armed men raided Birao in the Central African \
         Republic on Tuesday, was found alive on Thursday. His aunt, Mariatou Ndele, said that he had \
         hidden in a well. “Yunus drank rain,” she told reporters. Two herders were killed in the raid.",
    ),
    (
        "birao-raid-names",
        "Raid on Birao: who the dead were",
        "Relatives on Friday named the two herders killed in Birao on Tuesday as Idriss Gamboro and his \
         brother Saleh Gamboro. Idriss Gamboro leaves five children. The prefect, Colonel Abdel Karim Moussa, \
         blamed fighters from across the border. Neighbours said that messages \
         under #justiceforgamboro and #RipSaleh could be sent to i.gamboro@quarry.example, with the picture \
         sgamboro_2.jpg.",
    ),
    (
        "jos-witness",
        "“They asked for our names”",
        "Gunmen abducted nine passengers of a bus near Jos, Nigeria, on Sunday. Comfort Adeyinka, a trader who \
         was on the bus and saw it from the ditch, said that the men had asked everybody for their names. \
         Police spokesman Alabo Terna said that a search had begun.",
    ),
    (
        "cap-haitien-nurse",
        "Nurse taken from clinic",
        "Armed men took the nurse Rose-Laure Pierrilus from the Sainte-Croix clinic in Cap-Haitien, Haiti, on \
         Monday, a colleague said on condition of anonymity. Her husband Wilner Pierrilus appealed for her \
         release. No group has claimed the abduction.",
    ),
    (
        "mrauk-u-shelling",
        "Shelling kills a teacher #JusticeForKhinThandarOo",
        "Shells fired by the army killed Khin Thandar Oo, a primary school teacher, in Mrauk-U, Myanmar, on \
         Saturday, residents said. Her pupil Nay Lin Htet, 9, lost a leg. A spokesman for the army denied \
         that it had fired.",
    ),
];

/// Whose names no program has to recognise: they are told as such.
const TOLD: [&str; 2] = ["Zelika Omarvand", "Pirouz Latifkhel"];

/// Names as tags, mailboxes and files of the reports spell them.
const SPELT: [&str; 4] = ["justiceforgamboro", "ripsaleh", "i.gamboro", "sgamboro"];

/// A desk with the reports, reviewed with reasons that name people.
fn filled() -> Running {
    let desk = team();
    let editor = desk.signed_in("editor");
    let lines: Vec<String> = REPORTS
        .iter()
        .map(|(id, title, text)| {
            let report = json!({"id": id, "title": title, "text": text, "outlet": "Quarry Post",
                "published": "2025-06-14", "url": format!("https://quarry.example/2025/{id}"),
                "author": TOLD[1], "forwarded_from": TOLD[0]});
            report.to_string()
        })
        .collect();
    let lines = lines.join("\n");
    let body = format!(
        "--EDGE\r\ncontent-disposition: form-data; name=\"file\"; filename=\"{}.jsonl\"\r\n\r\n{lines}\r\n\
         --EDGE--\r\n",
        REPORTS[0].0
    );
    let kind = ("multipart/form-data; boundary=EDGE", body.into_bytes());
    let kept = editor
        .ask("POST", "/api/v1/reports", &[], Some(kind))
        .of(201);
    assert_eq!(
        kept["kept"].as_array().unwrap().len(),
        REPORTS.len(),
        "{kept:#}"
    );
    editor.settled();
    let report = format!("/api/v1/reports/{}", REPORTS[0].0);
    let answer = editor.get(&report);
    let (view, tag) = (answer.of(200), answer.etag.unwrap());
    let asked = json!({"finding": view["sheet"]["events"][0]["id"], "ruling": "accept",
                       "why": "Mariatou Ndele confirmed it"});
    let path = format!("{report}/reviews");
    let done = editor.send("POST", &path, &[("if-match", &tag)], &asked);
    done.of(201);
    let tag = done.etag.unwrap();
    let asked = json!({"content": {"quote": "Yunus drank rain"}, "act": "report",
                       "sources": [{"quote": "Mariatou Ndele", "kind": "person"}], "why": "so says Mariatou Ndele"});
    let path = format!("{report}/statements");
    editor
        .send("POST", &path, &[("if-match", &tag)], &asked)
        .of(201);
    let origins = editor.get("/api/v1/origins").of(200);
    let origin = origins["items"][0]["id"].as_str().unwrap();
    let path = format!("/api/v1/origins/{origin}/distrust");
    let asked = json!({"why": "quotes Idriss Gamboro"});
    assert_eq!(editor.post(&path, &asked).status, 204);
    editor.settled();
    desk
}

/// Everything that must not be seen.
fn strings(editor: &Running) -> Vec<String> {
    let mut redaction = Redaction::default();
    let mut ids = Vec::new();
    for (id, ..) in REPORTS {
        let view = editor.get(&format!("/api/v1/reports/{id}")).of(200);
        let sheet: SheetJson<'static> = serde_json::from_value(view["sheet"].clone()).unwrap();
        ids.push(sheet.report.id.to_string());
        redaction.gather(&sheet);
    }
    let mut strings = redaction.scope(ids.iter().map(String::as_str)).strings();
    strings.extend(TOLD.map(|name| folded(name).trim().to_owned()));
    strings
}

/// Whatever of an answer anybody can read: its headers, and its body unpacked.
fn seen(answer: &Answer) -> String {
    let headers = answer.headers.iter();
    let headers: Vec<String> = headers
        .map(|(name, value)| format!("{name}: {value:?}"))
        .collect();
    format!("{}\n{}", headers.join("\n"), unpacked(&answer.bytes))
}

fn holds(text: &str, string: &str) -> bool {
    let folded = folded(&text.replace("%20", " "));
    // Slugs may run the words of a name together.
    let run = string.replace(' ', "");
    folded.contains(&format!(" {string} "))
        || (run.len() > 8 && string.contains(' ') && folded.replace(' ', "").contains(&run))
}

fn nothing_in(answer: &Answer, strings: &[String], asked: &str) {
    let text = seen(answer);
    for string in strings {
        assert!(!holds(&text, string), "{asked}: `{string}` in {text}");
    }
    let text = text.to_lowercase();
    for spelt in SPELT {
        assert!(!text.contains(spelt), "{asked}: `{spelt}` in {text}");
    }
}

/// Publishes a view in every format; gives their addresses.
fn published(editor: &Running) -> Vec<String> {
    let publish = |format: Format| {
        let asked = json!({"name": format!("view-{}", format.name()), "format": format.name()});
        let made = editor.post("/api/v1/published", &asked).of(201);
        made["address"].as_str().unwrap().to_owned()
    };
    Format::ALL.map(publish).to_vec()
}

#[test]
fn whoever_has_no_role_finds_nobody_by_any_address() {
    let desk = filled();
    let editor = desk.signed_in("editor");
    let strings = strings(&editor);
    assert!(strings.len() > 20, "{strings:?}");
    for name in [
        "yunus tembo",
        "idriss gamboro",
        "khin thandar oo",
        "lin htet",
        "comfort adeyinka",
    ] {
        assert!(
            strings.iter().any(|string| string == name),
            "{name} is not protected: {strings:?}"
        );
    }
    // The search can find what is there: a reader sees it.
    let reader = desk.signed_in("reader");
    let inside = seen(&reader.get(&format!("/api/v1/reports/{}", REPORTS[0].0)));
    assert!(TOLD.iter().all(|_| holds(&inside, "yunus tembo")));
    let inside = seen(&reader.get("/api/v1/search?q=Yunus"));
    assert!(holds(&inside, "yunus tembo"));
    let inside = seen(&reader.get(&format!("/api/v1/reports/{}", REPORTS[1].0)));
    let inside = inside.to_lowercase();
    assert!(SPELT.iter().all(|spelt| inside.contains(spelt)));

    let incident = editor.get("/api/v1/incidents").of(200)["items"][0]["id"].clone();
    let origin = editor.get("/api/v1/origins").of(200)["items"][0]["id"].clone();
    let import = editor.get("/api/v1/imports").of(200)["items"][0]["id"].clone();
    let views = published(&editor);
    let nobody = desk.nobody();
    let document: Value = serde_json::from_str(&sayso_server::openapi().unwrap()).unwrap();
    let (mut asked, mut answered) = (0, 0);
    for (path, methods) in document["paths"].as_object().unwrap() {
        let id = match path {
            path if path.contains("/incidents/") => incident.as_str().unwrap(),
            path if path.contains("/origins/") => origin.as_str().unwrap(),
            path if path.contains("/imports/") => import.as_str().unwrap(),
            _ => REPORTS[0].0,
        };
        let path = path.replace("{id}", id).replace("{number}", "1").replace(
            "{name}",
            if path.contains("/users/") {
                "editor"
            } else {
                "view-geojson"
            },
        );
        let described = methods
            .as_object()
            .unwrap()
            .keys()
            .map(|method| method.to_uppercase());
        for method in described.chain(["HEAD".to_owned(), "OPTIONS".to_owned(), "PUT".to_owned()]) {
            if method == "DELETE" && path.contains("/published/") {
                continue;
            }
            for query in [
                "",
                "?q=a&limit=5&as_of=2030-01-01",
                "?limit=none&cursor=none&sort=none",
            ] {
                let body = json!({"q": "a", "format": "csv", "profile": "full", "name": "x", "reports": []});
                let body = ["POST", "PATCH", "PUT"]
                    .contains(&method.as_str())
                    .then_some(&body);
                let path = format!("{path}{query}");
                let tag = [("if-match", "\"1\""), ("accept-encoding", "identity")];
                let answer = match body {
                    Some(body) => nobody.send(&method, &path, &tag, body),
                    None => nobody.ask(&method, &path, &tag, None),
                };
                nothing_in(&answer, &strings, &format!("{method} {path}"));
                asked += 1;
                answered += usize::from(answer.status == 200);
            }
        }
    }
    assert!(asked > 250 && answered > 3, "{answered} of {asked}");
    for path in [
        "/",
        "/index.html",
        "/open",
        "/open?key=guess",
        "/assets/none.js",
        "/none",
        "/api/v1/none",
        "/api/v1/openapi.json",
        "/api/v1/published/none",
        "/api/v1/events",
    ] {
        nothing_in(&nobody.get(path), &strings, path);
    }
    for view in views {
        let answer = nobody.get(&view);
        assert_eq!(answer.status, 200, "{view}");
        assert!(!answer.bytes.is_empty(), "{view}");
        nothing_in(&answer, &strings, &view);
    }
}

#[test]
fn no_file_of_the_public_profile_and_nothing_beside_it_names_them() {
    let desk = filled();
    let strings = strings(&desk.signed_in("editor"));
    let (editor, analyst) = (desk.signed_in("editor"), desk.signed_in("analyst"));
    let (mut searched, mut shown) = (0, 0);
    for format in Format::ALL {
        let public = json!({"format": format.name()});
        let answer = analyst.post("/api/v1/export", &public);
        assert_eq!(answer.status, 200, "{}", format.name());
        nothing_in(&answer, &strings, format.name());
        nothing_in(
            &analyst.post("/api/v1/export/preview", &public),
            &strings,
            format.name(),
        );
        let full = json!({"format": format.name(), "profile": "full"});
        let full = seen(&editor.post("/api/v1/export", &full));
        searched += strings.len();
        shown += strings.iter().filter(|string| holds(&full, string)).count();
    }
    // What is compressed is read too: most of them stand in most files of the full profile.
    assert!(shown * 3 > searched, "{shown} of {searched}");
}

#[test]
fn a_view_is_not_published_under_a_name_that_is_left_out() {
    let desk = filled();
    let editor = desk.signed_in("editor");
    for name in ["yunus-tembo", "raid-idrissgamboro", "for-gamboro"] {
        let asked = json!({"name": name, "format": "geojson"});
        let refused = editor.post("/api/v1/published", &asked);
        refused.problem(422);
        assert_eq!(refused.json()["field"], "name", "{name}");
    }
    let asked = json!({"name": "birao", "format": "geojson"});
    editor.post("/api/v1/published", &asked).of(201);
}
