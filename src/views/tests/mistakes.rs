//! Mistakes in the file of views: each is one sentence with the file and the line.

use super::{Mask, NameFault, ViewName, name, plain, read};

#[test]
fn every_mistake_is_one_sentence_with_its_line() {
    for (text, line, sentence) in [
        ("[a]\nfliter = \"nat:KOR\"\n", 2, "unknown key `fliter`; a view has filter, columns and sort"),
        ("[a]\nfilter = 3\n", 2, "`filter` must be a text in quotes"),
        ("[a]\n\n\nfilter = \"satus:pending\"\n", 4, "the filter of a view has a mistake: unknown key satus"),
        ("[a]\nfilter = \"from:2026-99-01\"\n", 2, "the filter of a view has a mistake: month 99 does not exist"),
        (
            "[a]\nfilter = \"from:-3d from:-7d\"\n",
            2,
            "the filter of a view has a mistake: the start date is given twice",
        ),
        ("[a]\ncolumns = [\"status\",\n  \"nmae\"]\n", 3, "there is no column nmae; there are created, id, "),
        ("[a]\ncolumns = \"status\"\n", 2, "`columns` must be a list of columns, such as [\"status\", \"name\"]"),
        ("[a]\ncolumns = [1]\n", 2, "`columns` must be a list of columns, such as [\"status\", \"name\"]"),
        ("[a]\ncolumns = []\n", 2, "a view shows at least one column"),
        ("[a]\ncolumns = [\"nat\", \"Nationality\"]\n", 2, "a view shows each column once"),
        ("[a]\nsort = \"waiting:down\"\n", 2, "the order of a view is a column, with :desc for the largest first"),
        ("[a]\nsort = \"nothing\"\n", 2, "the order of a view is a column, with :desc for the largest first"),
        ("[a]\nsort = true\n", 2, "`sort` must be a text in quotes"),
        ("pending = \"status:pending\"\n", 1, "`pending` is not a view: a view is a table with a name"),
        ("[[a]]\nfilter = \"\"\n", 1, "`a` is not a view: a view is a table with a name"),
        ("[\"\"]\n", 1, "the name of a view is empty"),
        ("[\"  \"]\n", 1, "the name of a view is empty"),
        ("[\"a\\nb\"]\n", 1, "the name of a view must not have control characters or invisible characters"),
        ("[\"a\\u202Eb\"]\n", 1, "the name of a view must not have control characters or invisible characters"),
        ("[aaaaaaaaaabbbbbbbbbbccccccccccddddddddddE]\n", 1, "the name of a view has at most 40 characters"),
        ("[a]\n\n[a]\n", 3, "not TOML: duplicate key"),
        ("[\"\u{e9}\"]\n\n[\"e\u{301}\"]\n", 3, "there are two views with the name `\u{e9}`"),
        ("[a\nfilter = \"\"\n", 1, "not TOML: "),
        ("filter = \n", 1, "not TOML: "),
    ] {
        let told = read(text).err().unwrap_or_else(|| panic!("{text} is accepted"));
        assert!(told.starts_with(&format!("views.toml, line {line}: {sentence}")), "{text:?}: {told}");
        assert_eq!(told.lines().count(), 1, "{told}");
    }
    let told = read::views(b"[a]\nfilter = \"\xff\"", "views.toml".as_ref(), super::TODAY).err().unwrap();
    assert_eq!(told.to_string(), "views.toml, line 2: not UTF-8 text");
}

#[test]
fn a_filter_that_is_wrong_only_on_this_day_does_not_break_the_file() {
    for filter in ["from:-7d to:2026-01-31", "from:2026-12-24 to:-1d", "from:-800000d"] {
        let views = read(&format!("[a]\nfilter = \"{filter}\"\n")).unwrap();
        assert!(views[0] == plain("a", filter));
    }
}

#[test]
fn a_name_is_what_can_be_read_and_told_apart() {
    assert_eq!(name("  night shift ").as_str(), "night shift");
    assert_eq!(name("e\u{301}"), name("\u{e9}"));
    assert_eq!(ViewName::parse(&"김".repeat(40)).map(|name| name.as_str().chars().count()), Ok(40));
    assert_eq!(ViewName::parse(&"김".repeat(41)), Err(NameFault::TooLong));
    for odd in ["a\tb", "a\u{200b}b", "\u{1b}[2J", "a\u{2028}b", "\u{ad}"] {
        assert_eq!(ViewName::parse(odd), Err(NameFault::Invisible), "{odd:?}");
    }
}

#[test]
fn at_mask_level_all_no_message_has_what_the_user_wrote() {
    for text in [
        "secret = 1\n",
        "[a]\nsecret = 1\n",
        "[secret]\n[\" secret\"]\n",
        "[a]\nfilter = \"secret:1\"\n",
        "[a]\ncolumns = [\"secret\"]\n",
        "[a]\nsort = \"secret\"\n",
    ] {
        let Err(error) = read::views(text.as_bytes(), "views.toml".as_ref(), super::TODAY) else { panic!("{text}") };
        assert!(error.to_string().contains("secret"), "{error}");
        assert_eq!(error.in_words(Mask::Ids), error.to_string());
        let masked = error.in_words(Mask::All);
        assert!(!masked.contains("secret") && masked.contains('•') && masked.contains("line "), "{masked}");
    }
}
