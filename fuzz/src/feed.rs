//! Feeds (`f`), Telegram exports (`t`), and what `pdftotext -bbox-layout` says of a PDF (`p`).

use sayso_text::input::{Format, report_of_layout};

use crate::reports::{check, drain};
use crate::seed;

pub(crate) fn run(bytes: &[u8]) {
    match bytes.split_first() {
        Some((b't', rest)) => drain(rest, Format::Telegram),
        Some((b'p', rest)) => {
            if let Ok(report) = report_of_layout(&String::from_utf8_lossy(rest)) {
                check(&sayso_text::read(report));
            }
        }
        Some((_, rest)) => drain(rest, Format::Feed),
        None => {}
    }
}

pub(crate) fn seeds() -> Vec<Vec<u8>> {
    vec![
        seed(
            b'p',
            "<html><head><title>Flash &amp; update</title></head><body><doc><page width='595' \
             height='842'><flow><block xMin='1'><line><word xMin='60' yMin='30' xMax='90' yMax='40'>\
             Flash</word></line></block><block><line><word xMin='60' yMin='100' xMax='90' yMax='110'>\
             The</word><word xMin='95' yMin='100' xMax='130' yMax='110'>gover-</word></line><line>\
             <word xMin='60' yMin='112' xMax='99' yMax='122'>nor</word></line></block><block><line>\
             <word xMin='60' yMin='300' xMax='90' yMax='310'>Place</word><word xMin='200' yMin='300' \
             xMax='230' yMax='310'>4</word></line><line><word xMin='60' yMin='314' xMax='90' \
             yMax='324'>Osk</word><word xMin='200' yMin='314' xMax='230' yMax='324'>2</word></line>\
             </block></flow></page><page height='842'><flow><block><line><word xMin='60' yMin='30' \
             xMax='90' yMax='40'>Flash</word></line></block></flow></page></doc></body></html>",
        ),
        seed(
            b'f',
            "<?xml version='1.0' encoding='utf-8'?><!DOCTYPE rss [<!ENTITY a \"b\">]><rss \
             version='2.0' xmlns:content='http://purl.org/rss/1.0/modules/content/' \
             xmlns:dc='http://purl.org/dc/elements/1.1/'><channel><title>Tarra Post</title>\
             <link>https://tarra.example/</link><item><title>Road &amp; bridge</title><guid \
             isPermaLink='false'>4711</guid><pubDate>Mon, 12 May 2025 10:00:00 GMT</pubDate>\
             <dc:creator>x</dc:creator><source url='https://o.example'>O</source><description>\
             <![CDATA[<p>Short &hellip;</p>]]></description><content:encoded>&lt;p&gt;The road was \
             closed.&lt;/p&gt;&a;</content:encoded></item><!-- x --><item/></channel></rss>",
        ),
        seed(
            b'f',
            "<feed xmlns='http://www.w3.org/2005/Atom' xml:lang='fr' xml:base='https://a.example/'>\
             <title type='html'>A</title><id>tag:a.example,2025:1</id><updated>2025-05-12T10:00:00Z\
             </updated><entry><id>tag:a.example,2025:2</id><title>B</title><link rel='alternate' \
             href='/b'/><published>2025-05-12T10:00:00+02:00</published><author><name>n</name>\
             </author><content type='xhtml'><div><p>c</p></div></content></entry></feed>",
        ),
        seed(
            b'f',
            "<rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#' \
             xmlns='http://purl.org/rss/1.0/'><channel><title>R</title></channel><item \
             rdf:about='http://r.example/1'><title>t</title><link>http://r.example/1</link>\
             <description>d</description></item></rdf:RDF>",
        ),
        seed(
            b't',
            "{\"name\":\"Quarry News\",\"type\":\"public_channel\",\"id\":12,\"messages\":[{\"id\":1,\
             \"type\":\"message\",\"date\":\"2025-05-12T10:00:00\",\"date_unixtime\":\"1747044000\",\
             \"edited_unixtime\":\"1747044001\",\"from\":\"x\",\"from_id\":\"channel12\",\
             \"forwarded_from\":\"y\",\"reply_to_message_id\":3,\"text\":[\"The road \",{\"type\":\
             \"bold\",\"text\":\"was\"},\" closed.\"]},{\"id\":2,\"type\":\"service\"},{\"id\":3,\
             \"type\":\"message\",\"text\":\"\"}]}",
        ),
        seed(
            b't',
            "{\"about\":\"Here is the data you requested\",\"chats\":{\"about\":\"x\",\"list\":[{\
             \"name\":\"A\",\"type\":\"private_group\",\"id\":1,\"messages\":[]},{\"name\":\"B\",\
             \"type\":\"public_supergroup\",\"id\":2,\"messages\":[{\"id\":1,\"type\":\"message\",\
             \"date\":\"2025-05-12T10:00:00\",\"text\":\"b\"}]}]}}",
        ),
    ]
}
