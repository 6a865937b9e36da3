//! Where things are: the repository, the built app, the tools.

use std::env;
use std::path::{Path, PathBuf};

/// The repository's top folder.
///
/// Asked of cargo at each run: a path built in may be that of another clone with the same build folder.
pub fn repository() -> PathBuf {
    let room =
        env::var_os("CARGO_MANIFEST_DIR").expect("cargo starts what is here, and says where");
    Path::new(&room).parent().unwrap().to_owned()
}

/// The app to start: `COUNTERSIGN_APP`, else what `cargo build` left beside this program.
pub fn app() -> PathBuf {
    let app = match env::var_os("COUNTERSIGN_APP") {
        Some(app) => PathBuf::from(app),
        None => built().join("countersign"),
    };
    assert!(
        app.is_file(),
        "no app at {}: `cargo build --features custom-protocol` makes it, `cargo xtask test` does all",
        app.display()
    );
    app
}

/// A program on PATH or among the tools that `cargo xtask test` builds.
pub(crate) fn program(name: &str) -> PathBuf {
    let path = env::var_os("PATH").unwrap_or_default();
    let tools = built().parent().map(|target| target.join("tools/bin"));
    tools
        .into_iter()
        .chain(env::split_paths(&path))
        .map(|folder| folder.join(name))
        .find(|candidate| candidate.is_file())
        .unwrap_or_else(|| {
            panic!("{name} is missing: `cargo xtask test` installs what the tests need")
        })
}

/// `<target dir>/debug`, seen from a test or from a binary.
fn built() -> PathBuf {
    let program = env::current_exe().unwrap();
    let folder = program.parent().unwrap();
    let folder = if folder.ends_with("deps") {
        folder.parent().unwrap()
    } else {
        folder
    };
    folder.to_owned()
}
