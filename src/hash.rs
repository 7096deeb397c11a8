//! Maps whose order nobody sees. The standard ones hash with a cipher, which takes longer than the rest of a look-up.

use foldhash::fast::RandomState;

/// A map by hash.
pub(crate) type HashMap<K, V> = std::collections::HashMap<K, V, RandomState>;

/// A set by hash.
pub(crate) type HashSet<T> = std::collections::HashSet<T, RandomState>;
