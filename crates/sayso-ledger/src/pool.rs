//! Pools of connections without a task of their own.

use sqlx::Database;
use sqlx::pool::PoolOptions;

/// Options of a pool that starts no task to close connections that are idle or old.
///
/// The task of sqlx 0.9 goes over as many connections as the pool counts idle ones, and that count is
/// for a moment one below none, which is the largest number there is, where one connection is taken
/// just as another is given back: the task then turns for ever without letting go of its thread, and
/// whoever closes the pool or ends the runtime waits for ever. A ledger has a few connections, each of
/// which is tried before it is used.
pub fn without_reaper<DB: Database>() -> PoolOptions<DB> {
    PoolOptions::new().idle_timeout(None).max_lifetime(None)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_makes_a_pool_look_after_its_connections() {
        let options = without_reaper::<sqlx::Sqlite>();
        assert_eq!(options.get_idle_timeout(), None);
        assert_eq!(options.get_max_lifetime(), None);
        assert_eq!(options.get_min_connections(), 0);
        assert!(options.get_test_before_acquire());
    }
}
