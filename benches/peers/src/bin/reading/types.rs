//! What the build script has made.

macro_rules! made {
    ($($name:ident)+) => {
        $(
            // Not ours to mend: what typify writes is not clean under clippy, and nobody uses all of it.
            #[allow(clippy::all, dead_code)]
            pub mod $name {
                include!(concat!(env!("OUT_DIR"), "/", stringify!($name), ".rs"));
            }
        )+
    };
}

made! {
    plain_ours plain_typify
    checked_ours checked_typify
    tagged_ours tagged_typify
    untagged_ours untagged_typify
    open_ours open_typify
}
