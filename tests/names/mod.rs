use argos_review::panes::detail::*;
pub(crate) use argos_review::panes::detail::{TabContext, ViewOptions as Opts};
use argos_review::store::Answer;
use argos_review::submission::Document;
use argos_review::submission::codes::Codes;
pub(crate) fn context<'a>(
    document: &'a Document,
    list: Option<&'a ListAnswer>,
    options: &'a Opts,
    codes: &'a Codes,
    folds: &'a Folds,
    relatives: &'a Relatives,
) -> TabContext<'a> {
    TabContext { document, list, options, codes, folds, relatives }
}
fn text(a: &Anchor) -> String {
    match a {
        Anchor::Field(p) => p.clone(),
        Anchor::Members { path, range } => format!("{path}[{}…{}]", range.start, range.end - 1),
        Anchor::Linked(n) => format!("[(linked)][{n}]"),
        Anchor::Difference(n) => format!("[(list answer)][{n}]"),
    }
}
pub(crate) fn jump_text(j: &Jump) -> String {
    match j {
        Jump::Evidence { tab, anchor: Anchor::Linked(0) } => format!("{tab:?}>[(linked)]"),
        Jump::Evidence { tab, anchor: Anchor::Difference(0) } => format!("{tab:?}>[(list answer)]"),
        Jump::Evidence { tab, anchor } => format!("{tab:?}>{}", text(anchor)),
        Jump::Submission(id) => format!("sub {id}"),
    }
}
pub(crate) fn anchor_text(l: &TabLine) -> String {
    l.anchor.as_ref().map_or_else(|| "None".into(), |p| format!("{:?}", text(p)))
}
pub(crate) fn answer(raw: &bytes::Bytes, at: jiff::Timestamp) -> Answer {
    Answer { raw: raw.clone(), at }
}
