//! The path of the program under test.

use std::sync::LazyLock;

static BINARY: LazyLock<String> = LazyLock::new(|| {
    let test = std::env::current_exe().expect("the path of this test");
    let mut built = test.ancestors().skip(1).map(|folder| folder.join("argos-review"));
    let built = built.find(|path| path.is_file());
    let built = built.expect("the binary, which cargo builds for the integration tests of the program alone");
    built.to_str().expect("a path in UTF-8").to_owned()
});

/// Path of `argos-review`, which cargo builds before the integration tests and puts above the folder of their own binaries.
pub fn binary() -> &'static str {
    &BINARY
}
