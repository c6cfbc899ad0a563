//! Plain text (`t`) and JSON lines (`l`).

use sayso_text::input::Format;

use crate::reports::drain;
use crate::seed;

pub(crate) fn run(bytes: &[u8]) {
    match bytes.split_first() {
        Some((b't', rest)) => drain(rest, Format::Text),
        Some((_, rest)) => drain(rest, Format::Lines),
        None => {}
    }
}

pub(crate) fn seeds() -> Vec<Vec<u8>> {
    let wide = |text: &str| -> Vec<u8> {
        let units = text.encode_utf16().flat_map(u16::to_le_bytes);
        [0xff, 0xfe].into_iter().chain(units).collect()
    };
    vec![
        seed(b't', include_bytes!("../../samples/camp-cordon.txt")),
        seed(b't', include_bytes!("../../samples/attaque-pont.txt")),
        seed(b't', include_bytes!("../../samples/old-wire.txt")),
        seed(b't', wide("Road closed\n\nThe road to Tarra was closed.")),
        seed(
            b't',
            "كتيبة\u{202e} 12\u{200b}0 km U.S. Gen. N'Dour's \"no-one\u{2019}d\" (a.m.) 3.5m e@x.example #t @u \
             http://x.example/a?b=c … «—» 1,200–1,300 ½ २३ 一二三。四五",
        ),
        seed(b'l', include_bytes!("../../samples/three-incidents.jsonl")),
        seed(
            b'l',
            "{\"text\":\"a\",\"id\":\"r\",\"title\":null,\"published\":\"2025-10-22T14:00:00Z\",\
             \"outlet\":\"o\",\"url\":\"u\",\"language\":\"en\",\"author\":\"w\",\"updated\":\
             \"2025-10-23\",\"forwarded_from\":\"f\",\"reply_to\":\"q\"}\r\n[1]\n{}\n{\"text\":7}",
        ),
    ]
}
