//! The line as a whole: places, its lasting form, what may be shown of it, and terms made of values.

use super::*;
use crate::query::write::value_text;
use crate::query::{LinePiece, PieceKind, keys};
use crate::text::Mask;

fn shown(text: &str, mask: Mask) -> String {
    parse(text).display_pieces(mask).iter().map(|piece| piece.text.as_str()).collect()
}

#[test]
fn terms_and_problems_keep_the_order_and_places_of_the_text() {
    let text = "  kim@example.com status:pending  foo:1 \"min jun\" score<";
    let query = parse(text);
    let at = |span: std::ops::Range<usize>| text[span].to_owned();
    let terms: Vec<_> = query.terms().iter().map(|term| (term.label(), at(term.span()))).collect();
    let expected = [("email", "kim@example.com"), ("status", "status:pending"), ("text", "\"min jun\"")];
    assert_eq!(terms, expected.map(|(label, text)| (label, text.to_owned())));
    let problems: Vec<_> = query.problems().iter().map(|problem| at(problem.span.clone())).collect();
    assert_eq!(problems, ["foo:1", "score<"]);
    assert_eq!(query.text(), text);
}

#[test]
fn the_lasting_form_means_the_same_on_any_day() {
    for (text, lasting) in [
        ("  FROM:-7d   status:Pending ", "from:2026-11-16 status:Pending"),
        ("on:month !kim", "from:2026-11-01 to:2026-11-30 !kim"),
        ("on:today", "on:2026-11-23"),
        ("to:month count:007 type:KYC", "to:2026-11-30 count:7 type:kyc"),
        ("kim@example.com \"a@b\" x", "email:kim@example.com \"a@b\" x"),
        ("!status:pending,\"b \\\\ \\\"c\"", "!status:pending,\"b \\\\ \\\"c\""),
        ("!nat:kor,\"x y\" SCORE<=80", "!nat:kor,\"x y\" score<=80"),
        ("from:-7d to:-9d foo:1 \"open ", "from:2026-11-16 to:-9d foo:1 \"open "),
        ("", ""),
    ] {
        assert_eq!(parse(text).with_absolute_dates(), lasting, "{text}");
    }
    let later = Query::parse(&parse("from:-7d to:today").with_absolute_dates(), date(2030, 1, 1));
    assert!(later.params() == parse("from:-7d to:today").params());
}

#[test]
fn the_line_is_shown_whole_unless_persons_are_masked() {
    let text = " email:kim@example.com  userid:7 userid:x !kim status:pending emial:kim foo=kim @kim from:-7d ";
    assert_eq!(shown(text, Mask::None), text);
    assert_eq!(shown(text, Mask::Ids), text);
    assert_eq!(
        shown(text, Mask::All),
        " email:•••••  userid:••••• userid:••••• ••••• status:pending ••••• ••••• ••••• from:-7d "
    );
    assert_eq!(shown("kim@example.com", Mask::All), "•••••");
    assert_eq!(shown("userid:kim@example.com status:\"kim", Mask::All), "userid:••••• status:•••••");
}

#[test]
fn pieces_say_what_they_are() {
    let query = parse("kim  foo:1 ");
    let parts: Vec<PieceKind> = query.display_pieces(Mask::None).iter().map(|piece: &LinePiece| piece.part).collect();
    assert_eq!(parts, [PieceKind::Term(0), PieceKind::Gap, PieceKind::Problem(0), PieceKind::Gap]);
}

#[test]
fn a_term_made_of_a_value_asks_for_exactly_that_value() {
    let key = |name| keys().iter().find(|key| key.name == name).unwrap();
    for (name, value, text) in [
        ("email", "kim@example.com", "email:kim@example.com"),
        ("email", "kim", "email:\"kim\""),
        ("email", "a b\"\\@example.com", "email:\"a b\\\"\\\\@example.com\""),
        ("id", "6xx28lo115832", "id:6xx28lo115832"),
        ("userid", "a,b", "userid:\"a,b\""),
        ("userid", "!a", "userid:\"!a\""),
        ("status", "pending", "status:pending"),
        ("status", "Red", "status:\"Red\""),
        ("aml", "Red Flag", "aml:\"Red Flag\""),
        ("nat", "KOR", "nat:KOR"),
        ("nat", "한국", "nat:\"한국\""),
    ] {
        assert_eq!(format!("{name}:{}", value_text(key(name), value)), text);
        assert_eq!(reasons(text), [""; 0], "{text}");
    }
    assert_eq!(pairs("email:\"a b\\\"\\\\@example.com\""), [("email", "a b\"\\@example.com".to_owned())]);
}

#[test]
fn what_is_wrong_never_repeats_more_of_the_line_than_a_key() {
    for text in ["email:kim", "userid:kim,lee", "id:", "status:kim", "nat:kim!", "from:kim", "count:kim", "score<kim"] {
        assert!(
            reasons(text).iter().all(|reason| !reason.contains("kim") || reason.contains("kim@example.com")),
            "{text}"
        );
    }
}
