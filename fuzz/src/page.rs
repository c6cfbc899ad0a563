//! Web pages.

use sayso_text::input::Format;

use crate::reports::drain;

pub(crate) fn run(bytes: &[u8]) {
    drain(bytes, Format::Html);
}

pub(crate) fn seeds() -> Vec<Vec<u8>> {
    vec![
        include_bytes!("../../samples/market-strike.html").to_vec(),
        b"<!doctype html><html lang=fr><meta charset=windows-1252><title>A &amp; b | C</title>\
          <script type='application/ld+json'>{\"@graph\":[{\"@type\":\"NewsArticle\",\"author\":\
          {\"name\":\"x\"},\"datePublished\":\"2025-05-12\"}]}</script><meta property=og:site_name \
          content=C><body><nav><a href=/>x</a></nav><article><h1>A</h1><p>One.<br>Two.<table><tr>\
          <td>1<td>2</table><svg><p>x</svg><template><p>y</template><p hidden>z</article>"
            .to_vec(),
        b"<frameset><plaintext><textarea><noscript><select><math><mtext><style><!--</style>&#0;\
          &#xd800;&nosuch;<![CDATA[x]]><p"
            .to_vec(),
    ]
}
