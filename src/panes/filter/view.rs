//! Drawing of the filter bar, and of the line below it that shows the request.

use std::ops::Range;

use ratatui::Frame;
use ratatui::layout::{Position, Rect};

use super::{Editor, Filter};
use crate::keys::Chord;
use crate::query::{Key, PieceKind, Query, Scope, SearchedRows, Term, request_line};
use crate::text::{Mask, Safe};
use crate::ui::{Line, Role, Theme, paint};

/// Width in columns of the label before the filter text in the filter bar.
pub(super) const LABEL_WIDTH: u16 = 9;

/// The data that the caller passes to draw the filter bar. The bar itself holds the filter text and the query.
pub struct FilterProps<'a> {
    /// For each term of the query, the number of loaded rows for which the term cannot be decided, because the tested
    /// value was not fetched.
    pub unknown: &'a [usize],
    /// Counts of the rows whose texts were searched for the search texts of the query (words without a key, such as
    /// `kim`).
    pub searched: SearchedRows,
    /// A long and a short text that offer to fetch values that loaded rows lack. Both have the number of requests
    /// needed. `None` if no value can be fetched.
    pub offer: Option<[Safe; 2]>,
    /// Number of loaded rows for which at least one term cannot be decided.
    pub undecided: usize,
    /// Number of rows that are loaded in the list.
    pub loaded: usize,
    /// Whether the query parameters of a request are encrypted before they are sent.
    pub encrypted: bool,
    /// Whether the loaded rows are the answer to the query parameters of the shown filter.
    pub is_answered: bool,
    /// Whether the rows come from a file. Nothing is requested then, and this program tests all terms.
    pub offline: bool,
    /// The mask level at which the applied filter text is drawn. The text that the user edits is never masked.
    pub mask: Mask,
    /// The first chord (key with modifiers) with which the user begins to edit the filter; `None` if no chord does
    /// this.
    pub edit_key: Option<Chord>,
    /// The theme to draw with.
    pub theme: &'a Theme,
}

/// The wording of the summary of the filter bar, which depends on the room: the words after the names of the terms that
/// the server tests, and of those that this program tests on the loaded rows.
#[derive(Clone, Copy)]
struct SummaryWords {
    /// The words after the terms that the server tests; `None` if these terms are not named.
    server: Option<&'static str>,
    /// The words after the terms that this program tests; `None` if these terms are not named.
    local: Option<&'static str>,
    /// Whether the absolute dates of terms are shown. For rows of a file they always are; see [`Self::of_file`].
    has_dates: bool,
    /// Whether the note about rows for which terms cannot be decided has the number of all rows.
    has_number_of_all: bool,
    /// How the key that fetches missing values is named.
    offer: OfferLength,
}

/// How the filter bar names the key that fetches missing values.
#[derive(Clone, Copy, PartialEq, Eq)]
enum OfferLength {
    /// By the first text of [`FilterProps::offer`].
    Long,
    /// By the second text of [`FilterProps::offer`].
    Short,
    LeftOut,
}

impl SummaryWords {
    /// Returns the wordings to try, the longest first. `is_answered` says whether the loaded rows are the answer to the
    /// shown filter: otherwise the server has not filtered by it yet. `is_live` says whether the local terms of the shown
    /// filter already filter the loaded rows, as they do unless the last word may become a key.
    const fn choices(is_answered: bool, is_live: bool) -> [Self; 5] {
        let long = Self {
            server: Some(if is_answered { " filtered by server" } else { " will be filtered by server" }),
            // What the last word will do is not known while it may become a key.
            local: if is_live { Some(" filtered in loaded rows") } else { None },
            has_dates: true,
            has_number_of_all: true,
            offer: OfferLength::Long,
        };
        let undated = Self { has_dates: false, ..long };
        let short_notes = Self { has_number_of_all: false, ..undated };
        let short_offer = Self { offer: OfferLength::Short, ..short_notes };
        // The request line shows what the server filters by.
        [long, undated, short_notes, short_offer, Self { server: None, ..short_offer }]
    }

    /// Returns this wording for rows of a file: with the absolute dates, which no request below the bar shows, and
    /// without the words about who tests the terms, since the line below the bar says that this program tests all.
    const fn of_file(self) -> Self {
        Self { has_dates: true, local: Some(""), ..self }
    }
}

/// Minimum width in columns of the summary of the filter bar. If there is less room, the bar shows only the filter text.
const MIN_SUMMARY_WIDTH: usize = 10;

impl Filter {
    /// Draws the filter bar in `area`: the filter text on the left, and a summary of its terms on the right.
    pub fn view(&self, frame: &mut Frame<'_>, area: Rect, props: &FilterProps<'_>) {
        let query = self.displayed();
        let mask = if self.editor().is_some() { Mask::None } else { props.mask };
        // While it is typed the text has its room before anything else.
        let typed = self.editor().map_or(0, |editor| Safe::sanitize(editor.text()).width() + 2);
        let typed = u16::try_from(typed).unwrap_or(u16::MAX);
        let most = area.width.saturating_sub(LABEL_WIDTH).saturating_sub(typed);
        // An applied text that is short leaves more room to the summary.
        let shown = if self.editor().is_some() { Line::new() } else { applied(query, props.mask) };
        let spare = most.saturating_sub(u16::try_from(shown.width() + 2).unwrap_or(u16::MAX));
        let room = most.min(spare.max(area.width / 2));
        let notes = |words| notes(query, self.local_filter(), mask, props, words);
        let summary = |words: SummaryWords| {
            let words = if props.offline { words.of_file() } else { words };
            let (notes, names) = (notes(words), term_summary(query, mask, words));
            match (notes.pieces.is_empty(), names.pieces.is_empty()) {
                (_, true) => notes,
                (true, false) => notes.word(" ", Role::Plain).with_line(names),
                (false, false) => notes.word(" ·", Role::Frame).with_line(names),
            }
        };
        let width = usize::from(room);
        let is_live = query.text() == self.local_filter().text();
        let wordings = SummaryWords::choices(props.is_answered, is_live);
        let [.., shortest] = wordings;
        let without_offer = SummaryWords { offer: OfferLength::LeftOut, ..shortest };
        // Names that are cut would read as terms of the filter, so they are whole or left out. The key that fetches
        // missing values is worth more than the names.
        let choices = wordings
            .into_iter()
            .map(summary)
            .chain(wordings.into_iter().map(notes))
            .chain([summary(without_offer), notes(without_offer)]);
        let fitting = choices.filter(|line| !line.pieces.is_empty()).find(|line| line.width() <= width);
        let is_room = width >= MIN_SUMMARY_WIDTH;
        let cut = || if is_room { notes(without_offer) } else { Line::new() };
        let side = fitting.unwrap_or_else(cut);
        let side_width = u16::try_from(side.width()).unwrap_or(u16::MAX).min(room);
        let text_area =
            Rect { x: area.x + LABEL_WIDTH, width: area.width.saturating_sub(LABEL_WIDTH + side_width), ..area };
        let label = Line::new().word(" Filter  ", if self.editor().is_some() { Role::Accent } else { Role::Label });
        frame.render_widget(paint(&label, props.theme), area);
        if let Some(editor) = self.editor() {
            let (line, cursor) = edited(editor, usize::from(text_area.width));
            frame.render_widget(paint(&line, props.theme), text_area);
            if cursor + 1 >= usize::from(text_area.width) && text_area.x > 0 {
                // Something is left of the window.
                let sign = Rect { x: text_area.x - 1, width: 1, ..text_area };
                frame.render_widget(paint(&Line::new().word("…", Role::Dim), props.theme), sign);
            }
            let x = text_area.x.saturating_add(u16::try_from(cursor).unwrap_or(u16::MAX));
            frame.set_cursor_position(Position { x: x.min(area.right().saturating_sub(1)), y: area.y });
        } else if query.text().is_empty() {
            let edit = props.edit_key.map(|chord| format!("{chord} to ")).unwrap_or_default();
            let hint = Safe::sanitize(&format!("everything ({edit}filter, for example status:pending from:-7d)"));
            let hint = Line::new().with(hint, Role::Dim).fit(usize::from(text_area.width));
            frame.render_widget(paint(&hint, props.theme), text_area);
        } else {
            let applied = shown.fit(usize::from(text_area.width));
            frame.render_widget(paint(&applied, props.theme), text_area);
        }
        let side_area = Rect { x: text_area.right(), width: area.right().saturating_sub(text_area.right()), ..area };
        let side = side.fit_words(usize::from(side_area.width));
        frame.render_widget(paint(&side, props.theme), side_area);
    }

    /// Draws the line below the filter bar in `area`. The line shows the request with its parameters as it is sent to
    /// the service, or else the first problem of the filter text.
    pub fn view_request(&self, frame: &mut Frame<'_>, area: Rect, props: &FilterProps<'_>) {
        let query = self.displayed();
        let width = usize::from(area.width);
        let line = match query.problems().first() {
            // The reason holds a part of the text.
            Some(_) if self.editor().is_none() && props.mask == Mask::All => Line::new()
                .word(" ✗ ", Role::Bad)
                .word("filter not applied: fix the wrong term, hidden at this mask level", Role::Plain),
            Some(problem) => {
                let reason = Line::new().word(" ✗ ", Role::Bad).with(problem.reason.clone(), Role::Plain);
                let advised = reason.clone().word(" · correct this term", Role::Dim);
                if advised.width() <= width { advised } else { reason.fit(width) }
            }
            None if props.offline => {
                let words = " offline: nothing is requested; every term filters the rows of the file";
                Line::new().with(Safe::from_static(words).fit(width), Role::Dim)
            }
            None => {
                let mask = if self.editor().is_some() { Mask::None } else { props.mask };
                let request = request_line(query.params(), None, mask);
                let fate = Safe::from_static(if props.encrypted { "  sent encrypted " } else { "" });
                let room = width.saturating_sub(5 + fate.width());
                let is_new = self.editor().is_some() && query.params() != self.applied().params();
                let words = if is_new { " not sent yet: GET " } else { " GET " };
                let room = room.saturating_sub(words.len().saturating_sub(5));
                Line::new().word(words, Role::Dim).with(request.fit(room), Role::Dim).with(fate, Role::Info)
            }
        };
        frame.render_widget(paint(&line, props.theme), area);
    }
}

/// Returns the notes on the right of the filter bar, before the names of the terms. A line separates them from the
/// filter text. They say:
///
/// - how typed words were corrected, such as full-width signs;
/// - for how many of the loaded rows a term cannot be decided;
/// - that hidden values were not searched, and in how many rows only list data was searched;
/// - which key fetches the missing values.
///
/// `query` is the query of the shown filter text. `local_filter` is the query whose local terms (those that this
/// program tests) filter the list now. `mask` is the mask level. `words` is the wording.
fn notes(query: &Query, local_filter: &Query, mask: Mask, props: &FilterProps<'_>, words: SummaryWords) -> Line {
    let texts = local_filter.search_text_names(props.mask);
    let searched = props.searched.clause(&texts);
    let notes = [
        query.correction_line(mask),
        unchecked(local_filter, props, words).map(|words| Safe::sanitize(&words)),
        local_filter.unsearched(props.mask).map(Safe::from_static),
        searched.map(|words| Safe::sanitize(&words)),
        // The offer belongs to the note before it.
        props.offer.clone().and_then(|[long, short]| match words.offer {
            OfferLength::Long => Some(long),
            OfferLength::Short => Some(short),
            OfferLength::LeftOut => None,
        }),
    ];
    notes.into_iter().flatten().fold(Line::new(), |line, note| {
        let line = match line.pieces.is_empty() {
            true => line.word(" │ ", Role::Frame),
            false => line.word(" · ", Role::Warn),
        };
        line.with(note, Role::Warn)
    })
}

/// Returns the clauses which say for how many of the loaded rows a term of `local_filter` cannot be decided, such as
/// `49 of 50 rows: unknown if "retry:" and "aml:" match`. Returns `None` if each term is decided for each row.
fn unchecked(local_filter: &Query, props: &FilterProps<'_>, words: SummaryWords) -> Option<String> {
    let counts = local_filter.terms().iter().zip(props.unknown.iter().copied()).filter(|(_, unknown)| *unknown > 0);
    // Terms that cannot be decided for all undecided rows concern the same rows, and share a clause.
    let mut shared: Vec<String> = Vec::new();
    let mut others: Vec<(usize, String)> = Vec::new();
    for (term, unknown) in counts {
        let key = term.quoted_key();
        if unknown >= props.undecided {
            shared.extend(Some(key).filter(|key| !shared.contains(key)));
        } else if !others.contains(&(unknown, key.clone())) {
            others.push((unknown, key));
        }
    }
    let of = if words.has_number_of_all { format!(" of {}", props.loaded) } else { String::new() };
    let clause = |unknown: usize, keys: &[String]| {
        let rows = if unknown == 1 && of.is_empty() { "row" } else { "rows" };
        let verb = if keys.len() > 1 { "match" } else { "matches" };
        format!("{unknown}{of} {rows}: unknown if {} {verb}", keys.join(" and "))
    };
    let first = (!shared.is_empty()).then(|| clause(props.undecided, &shared));
    let clauses: Vec<String> =
        first.into_iter().chain(others.into_iter().map(|(rows, key)| clause(rows, &[key]))).collect();
    (!clauses.is_empty()).then(|| clauses.join(" · "))
}

/// Returns the names of the terms of `query` for the right of the filter bar, by who tests them, with their absolute
/// dates, as in `email:, from: (2026-11-14) filtered by server · status:, "kim" filtered in loaded rows`. Terms that only
/// change the request are left out. `mask` is the mask level. `words` is the wording.
fn term_summary(query: &Query, mask: Mask, words: SummaryWords) -> Line {
    let names = |scope: Scope| {
        let mut names: Vec<String> = Vec::new();
        let is_filter = |term: &&Term| term.scope() == scope && term.key().is_none_or(Key::is_filter);
        for term in query.terms().iter().filter(is_filter) {
            let name = term_name(query, term, mask, words);
            if !names.contains(&name) {
                names.push(name);
            }
        }
        names.join(", ")
    };
    let mut line = Line::new();
    let (server, local) = (names(Scope::Server), names(Scope::Local));
    if let Some(words) = words.server.filter(|_| !server.is_empty()) {
        line = line.word(" ", Role::Plain).with(Safe::sanitize(&server), Role::Info).word(words, Role::Label);
    }
    if let Some(words) = words.local.filter(|_| !local.is_empty()) {
        let gap = if line.pieces.is_empty() { " " } else { " · " };
        line = line.word(gap, Role::Label).with(Safe::sanitize(&local), Role::Info).word(words, Role::Label);
    }
    if line.pieces.is_empty() { line } else { line.word(" ", Role::Plain) }
}

/// Returns the name of `term`, a term of `query`, in the summary of the filter bar: the name of its key, with its
/// absolute dates in brackets. A search text has no key: it is named by its text, in quotation marks. The mask level
/// `mask` may hide the text.
fn term_name(query: &Query, term: &Term, mask: Mask, words: SummaryWords) -> String {
    match (term.key(), term.resolved().filter(|_| words.has_dates)) {
        (None, _) if term.class().hidden_at(mask) => term.label().to_owned(),
        (None, _) => {
            let is_negated = query.text().get(term.span()).is_some_and(|text| text.starts_with('!'));
            format!("{}{}", if is_negated { "!" } else { "" }, query.quoted_text(term))
        }
        (Some(_), Some(dates)) => format!("{} ({})", term.key_with_colon(), dates.as_str()),
        (Some(_), None) => term.key_with_colon(),
    }
}

/// Returns the applied filter text as a line, with personal values masked as the mask level `mask` requires.
fn applied(query: &Query, mask: Mask) -> Line {
    query.display_pieces(mask).into_iter().fold(Line::new(), |line, piece| {
        let role = match piece.part {
            PieceKind::Gap => Role::Plain,
            PieceKind::Term(at) => query.terms().get(at).map_or(Role::Plain, |term| role_of(term.scope())),
            PieceKind::Problem(_) => Role::Problem,
        };
        line.with(piece.text, role)
    })
}

pub(super) const fn role_of(scope: Scope) -> Role {
    match scope {
        Scope::Server => Role::Info,
        Scope::Local => Role::Accent,
    }
}

/// Returns the part of the edited filter text that is drawn: it fits into `width` columns and contains the cursor. The
/// number is the column of the cursor, counted from the start of this part.
fn edited(editor: &Editor, width: usize) -> (Line, usize) {
    let text = editor.text();
    let cursor = Safe::sanitize(text.get(..editor.cursor()).unwrap_or_default()).width();
    let skip = (cursor + 1).saturating_sub(width);
    let mut line = Line::new();
    let mut column = 0;
    for (range, role) in segments(editor.query()) {
        for piece in Safe::clusters(text.get(range).unwrap_or_default()) {
            column += piece.width();
            if column > skip {
                line = line.with(piece, role);
            }
        }
    }
    (line, cursor - skip)
}

/// Splits the filter text into byte ranges, each with the role by which the colour theme draws it. A range that the
/// parser reports as wrong has the role `Problem`, even inside of a valid term.
fn segments(query: &Query) -> Vec<(Range<usize>, Role)> {
    let mut edges: Vec<usize> = vec![0, query.text().len()];
    edges.extend(query.terms().iter().flat_map(|term| [term.span().start, term.span().end]));
    edges.extend(query.problems().iter().flat_map(|problem| [problem.span.start, problem.span.end]));
    edges.sort_unstable();
    edges.dedup();
    let role_at = |at: usize| {
        if query.problems().iter().any(|problem| problem.span.contains(&at)) {
            return Role::Problem;
        }
        query.terms().iter().find(|term| term.span().contains(&at)).map_or(Role::Plain, |term| role_of(term.scope()))
    };
    edges.windows(2).filter_map(|pair| Some((*pair.first()?..*pair.last()?, role_at(*pair.first()?)))).collect()
}
