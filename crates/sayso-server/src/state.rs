//! What every route is given.

use std::fmt;
use std::num::NonZeroUsize;
use std::path::PathBuf;
use std::sync::{Arc, OnceLock};
use std::time::Duration;

use sayso_coder::{Coder, CoderError};
use sayso_ledger::{Book, LedgerError, Missing, Notices, Opening, Passphrase, Place};
use sayso_lexicon::LexiconError;
use sayso_link::LinkKnowledge;
use tokio::sync::{Mutex, Semaphore};

use crate::archive::{Archive, Outage};
use crate::auth::rate::{Rate, Rates};
use crate::auth::{Gate, Own};
use crate::rendered::Rendered;
use crate::routes::{Room, seal_all};
use crate::store::Store;
use crate::work::Work;

/// For whom the desk is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Mode {
    /// For whoever runs it, on their own machine.
    Own {
        /// The name that is recorded.
        name: String,
        /// The port that it will be reached at.
        port: u16,
        /// Whether the ledger is the demo's and goes when the desk is closed.
        demo: bool,
    },
    /// For users who sign in.
    Team {
        /// Names under which browsers reach it (`desk.example.org`, `desk.example.org:8443`);
        /// none: any.
        hosts: Vec<String>,
        /// Whether browsers reach it by TLS alone.
        secure: bool,
        /// Whether a proxy in front of it says who is asking (`X-Forwarded-For`).
        proxied: bool,
    },
}

/// How a desk is opened.
#[derive(Debug)]
pub struct Options {
    /// The ledger.
    pub place: Place,
    /// Whether a ledger that is not there is made.
    pub missing: Missing,
    /// What opens it, where it is encrypted.
    pub passphrase: Option<Passphrase>,
    /// What codes.
    pub coder: Arc<Coder>,
    /// On how many threads.
    pub jobs: NonZeroUsize,
    /// For whom.
    pub mode: Mode,
    /// A folder to take the page from, instead of the one that travels in the program.
    pub page: Option<PathBuf>,
}

/// Why the server cannot run.
#[derive(Debug)]
pub enum ServerError {
    /// The ledger, or the tables beside it.
    Ledger(LedgerError),
    /// The model, gazetteer or lexicon.
    Coder(CoderError),
    /// The knowledge that links.
    Lexicon(LexiconError),
    /// The address, a certificate, a thread.
    Io {
        /// What it was needed for.
        what: String,
        /// What the system says.
        source: std::io::Error,
    },
    /// No random bytes from the system.
    Random(getrandom::Error),
}

impl fmt::Display for ServerError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Ledger(error) => error.fmt(f),
            Self::Coder(error) => error.fmt(f),
            Self::Lexicon(error) => error.fmt(f),
            Self::Io { what, source } => write!(f, "{what}: {source}"),
            Self::Random(error) => write!(f, "no random bytes from the system: {error}"),
        }
    }
}

impl std::error::Error for ServerError {}

impl From<LedgerError> for ServerError {
    fn from(error: LedgerError) -> Self {
        Self::Ledger(error)
    }
}

impl From<CoderError> for ServerError {
    fn from(error: CoderError) -> Self {
        Self::Coder(error)
    }
}

/// A desk that is open.
#[derive(Clone)]
pub struct Desk(pub(crate) Arc<State>);

/// What every route is given.
pub(crate) struct State {
    pub(crate) archive: Arc<Archive>,
    pub(crate) coder: Arc<Coder>,
    pub(crate) work: Arc<Work>,
    pub(crate) store: Store,
    pub(crate) gate: Gate,
    pub(crate) mode: Mode,
    pub(crate) page: Option<PathBuf>,
    pub(crate) published: Rendered,
    /// How often somebody may ask, sign in, and hand in.
    pub(crate) asking: Rates,
    pub(crate) signing_in: Rates,
    /// How often one name may be tried, from everywhere.
    pub(crate) guessing: Rates,
    /// One who decides on incidents at a time.
    pub(crate) deciding: Mutex<()>,
    /// One published view is made at a time.
    pub(crate) publishing: Mutex<()>,
    /// Room for what is handed in and not read yet.
    pub(crate) room: Room,
    /// So many large requests are read at a time.
    pub(crate) reading: Arc<Semaphore>,
}

/// How long a request waits for a database that does not answer, before it is told so.
const PATIENCE: Duration = Duration::from_secs(20);

/// Requests of more than a megabyte: a document of each is held in memory, which may have 64.
const LARGE_AT_ONCE: usize = 2;

/// A page asks for a few dozen things when it opens.
const ASKING: Rate = Rate {
    burst: 600.0,
    a_second: 100.0,
};

/// Of one name. More than one address has in a row, so that nobody locks a colleague out from one
/// machine; so few a day that no password is found by trying from many.
const GUESSING: Rate = Rate {
    burst: 100.0,
    a_second: 0.2,
};

/// Passwords are typed; who tries more of them from one address guesses.
const SIGNING_IN: Rate = Rate {
    burst: 10.0,
    a_second: 0.2,
};

impl Desk {
    /// Opens the ledger and what lies beside it, begins to read and link it, and to code what waits.
    /// A large ledger is still being read when this returns: the desk then says so.
    ///
    /// # Errors
    /// [`ServerError`].
    pub async fn open(options: Options) -> Result<Self, ServerError> {
        let knowledge = knowledge().map_err(ServerError::Lexicon)?;
        let outage = Arc::new(Outage::default());
        let listener = Arc::clone(&outage);
        let opening = Opening {
            passphrase: options.passphrase,
            notices: Notices::to(move |notice| {
                listener.hear(notice);
                crate::log(&notice.to_string());
            }),
            patience: PATIENCE,
            ..Opening::new(options.missing)
        };
        let book = Book::open_as(&options.place, &opening).await?;
        let store = Store::open(&options.place).await?;
        seal_all(&book, &store).await?;
        let archive = Archive::open(book, knowledge, outage).await?;
        let coder = options.coder;
        let work = Work::start(&archive, &coder, options.jobs).map_err(|source| {
            let what = "a thread to code on".to_owned();
            ServerError::Io { what, source }
        })?;
        let gate = match &options.mode {
            Mode::Own { name, port, .. } => {
                Gate::Own(Own::new(name, *port).map_err(ServerError::Random)?)
            }
            Mode::Team { secure, .. } => Gate::Team { secure: *secure },
        };
        Ok(Self(Arc::new(State {
            archive,
            coder,
            work,
            store,
            gate,
            mode: options.mode,
            page: options.page,
            published: Rendered::default(),
            asking: Rates::new(ASKING),
            signing_in: Rates::new(SIGNING_IN),
            guessing: Rates::new(GUESSING),
            deciding: Mutex::default(),
            publishing: Mutex::default(),
            room: Room::default(),
            reading: Arc::new(Semaphore::new(LARGE_AT_ONCE)),
        })))
    }

    /// The key that opens a desk of one's own: the one to print, and the one for the browser, which
    /// opens it once.
    pub fn keys(&self) -> Option<(String, String)> {
        match &self.0.gate {
            Gate::Own(own) => Some((own.key().to_owned(), own.once()?)),
            Gate::Team { .. } => None,
        }
    }
}

/// What links, once for the whole program: what is linked borrows it.
pub(crate) fn knowledge() -> Result<&'static LinkKnowledge, LexiconError> {
    static KNOWLEDGE: OnceLock<LinkKnowledge> = OnceLock::new();
    if let Some(knowledge) = KNOWLEDGE.get() {
        return Ok(knowledge);
    }
    let made = LinkKnowledge::builtin()?;
    Ok(KNOWLEDGE.get_or_init(|| made))
}
