//! P2, P4 and P13: a frame, a filter, a letter in the filter bar and a sort, on the model in this process.

use std::time::{Duration, Instant};

use argos_review::api::Page;
use argos_review::app::{Effect, Model, Msg};
use argos_review::submission::row::Column;
use bytes::Bytes;
use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};
use jiff::Timestamp;
use ratatui::Terminal;
use ratatui::backend::TestBackend;
use ratatui::layout::Size;

use super::Plan;
use super::figures::{Goal, ms, percentile, print};
use super::records::Records;
use super::setting::setting;

const SIZE: Size = Size { width: 200, height: 50 };
/// Rows of the short list.
const SHORT: usize = 100;
const PAGE: usize = 2_000;
const FRAMES: usize = 400;
const RUNS: usize = 10;

/// Filters by text, of which each letter is measured.
const TEXTS: [&str; 3] = ["sample", "kim", "견본"];
/// Structured filters: what is typed before, and the letters that are measured.
const TERMS: [(&str, &str); 4] = [("score<", "80"), ("nat:", "kor"), ("status:", "pending"), ("attempts>=", "2")];
/// Columns to sort by: a number, texts, and the time that is the usual order.
const ORDERS: [Column; 4] = [Column::ArgosScore, Column::Name, Column::Email, Column::Created];

/// Loads lists and prints what the parts ask for.
pub(crate) fn measure(plan: &Plan) {
    if !["P2", "P4", "P13"].iter().any(|part| plan.measures(part)) {
        return;
    }
    let mut large = Screen::loaded(&plan.records, plan.rows());
    if plan.measures("P2") {
        frames(plan, &mut large);
    }
    if plan.measures("P4") {
        filters(plan, &mut large);
        sorts(plan, &mut large);
    }
    if plan.measures("P13") {
        letters(plan, &mut large);
    }
}

/// A model and the screen that it is drawn on.
struct Screen {
    model: Model,
    terminal: Terminal<TestBackend>,
    /// Column that the list is sorted by.
    sorted: Column,
}

impl Screen {
    /// Loads the first `rows` submissions, page after page.
    fn loaded(records: &Records, rows: usize) -> Self {
        let at = Timestamp::UNIX_EPOCH;
        let (model, mut effects) = Model::new(setting(), SIZE, at);
        let terminal = Terminal::new(TestBackend::new(SIZE.width, SIZE.height)).expect("a screen in memory");
        let mut screen = Self { model, terminal, sorted: Column::Created };
        let mut loaded = 0;
        loop {
            let asked = effects.into_iter().find_map(|effect| match effect {
                Effect::FetchPage { ticket, cursor, .. } => Some((ticket, cursor)),
                _ => None,
            });
            effects = match asked {
                Some((ticket, cursor)) => {
                    let after = cursor.as_ref().map(|cursor| cursor.id.as_str());
                    let page = Page::read(&Bytes::from(records.page(after, Some(PAGE), rows)));
                    let Ok(page) = page else { panic!("a page is read") };
                    loaded += page.items.len();
                    screen.model.update(Msg::PageLoaded { ticket, result: Ok(page), at })
                }
                // It pauses where much is loaded. Another key comes before the next `L`, which else counts as held down.
                None if loaded < rows => {
                    screen.model.update(key(KeyCode::Char('g')));
                    screen.model.update(key(KeyCode::Char('L')))
                }
                None => break,
            };
        }
        screen.draw();
        screen
    }

    fn draw(&mut self) -> Duration {
        let begin = Instant::now();
        self.terminal.draw(|frame| self.model.view(frame)).expect("a screen in memory");
        begin.elapsed()
    }

    /// Returns how long the model takes for a message. The frame after it is drawn, and not counted.
    fn step(&mut self, msg: Msg) -> f64 {
        let begin = Instant::now();
        self.model.update(msg);
        let took = begin.elapsed();
        self.draw();
        ms(took)
    }

    fn press(&mut self, code: KeyCode) -> f64 {
        self.step(key(code))
    }

    /// Types a text and returns what each letter takes.
    fn letters(&mut self, text: &str) -> Vec<f64> {
        text.chars().map(|letter| self.press(KeyCode::Char(letter))).collect()
    }

    /// Leaves the filter bar, which closes its menu first if that is open.
    fn leave_filter(&mut self) {
        self.press(KeyCode::Esc);
        self.press(KeyCode::Esc);
    }

    /// Returns how long it takes to sort by another column, from the menu.
    fn sort(&mut self, column: Column) -> f64 {
        let place = |wanted: Column| Column::listed_first().position(|column| column == wanted).expect("a column");
        let (from, to) = (place(self.sorted), place(column));
        self.press(KeyCode::Char('s'));
        let towards = if from < to { 'j' } else { 'k' };
        for _ in 0..from.abs_diff(to) {
            self.press(KeyCode::Char(towards));
        }
        self.sorted = column;
        self.press(KeyCode::Enter)
    }
}

fn key(code: KeyCode) -> Msg {
    Msg::Key(KeyEvent::new(code, KeyModifiers::NONE))
}

/// Returns the largest of the medians: each run has the same measurements in the same order.
fn slowest(runs: &[Vec<f64>]) -> f64 {
    let count = runs.first().map_or(0, Vec::len);
    let median = |at: usize| percentile(&runs.iter().map(|run| run[at]).collect::<Vec<_>>(), 50);
    (0..count).map(median).fold(0.0, f64::max)
}

fn middle(runs: &[Vec<f64>]) -> f64 {
    percentile(&runs.concat(), 50)
}

/// P2: the frame after a move of the cursor, in turn at both sizes.
fn frames(plan: &Plan, large: &mut Screen) {
    let mut short = Screen::loaded(&plan.records, SHORT);
    let mut times = [Vec::new(), Vec::new()];
    for at in 0..FRAMES {
        // 80 lines down, then up again.
        let towards = if at / 80 % 2 == 0 { 'j' } else { 'k' };
        for (screen, times) in [&mut *large, &mut short].into_iter().zip(&mut times) {
            screen.model.update(key(KeyCode::Char(towards)));
            times.push(ms(screen.draw()));
        }
    }
    let [large, short] = times.map(|times| percentile(&times, 50));
    let ratio = large / short;
    let what = format!("frame, p50, {} rows over {SHORT}", plan.rows());
    print("P2", &what, &format!("{ratio:.2}× ({large:.2} ms, {short:.2} ms)"), Goal::at_most(ratio, 1.2, "×"));
}

/// P4: whole filters, pasted into the filter bar.
fn filters(plan: &Plan, large: &mut Screen) {
    let terms: Vec<String> = TERMS.iter().map(|(before, letters)| format!("{before}{letters}")).collect();
    let terms: Vec<&str> = terms.iter().map(String::as_str).collect();
    for (name, filters, most) in [("text", &TEXTS[..], 3.0), ("structured", &terms[..], 1.0)] {
        let runs: Vec<Vec<f64>> = (0..RUNS)
            .map(|_| {
                let pasted = filters.iter().map(|filter| {
                    large.press(KeyCode::Char('f'));
                    let took = large.step(Msg::Paste((*filter).to_owned()));
                    large.leave_filter();
                    took
                });
                pasted.collect()
            })
            .collect();
        let slowest = slowest(&runs);
        let measured = format!("{slowest:.2} ms slowest filter, {:.2} median", middle(&runs));
        print("P4", &format!("filter, {name}, {} rows", plan.rows()), &measured, Goal::at_most(slowest, most, " ms"));
    }
}

/// P4: sorting by several columns.
fn sorts(plan: &Plan, large: &mut Screen) {
    let runs: Vec<Vec<f64>> = (0..RUNS).map(|_| ORDERS.iter().map(|column| large.sort(*column)).collect()).collect();
    let slowest = slowest(&runs);
    let measured = format!("{slowest:.1} ms slowest column, {:.1} median", middle(&runs));
    print("P4", &format!("sort, {} rows", plan.rows()), &measured, Goal::at_most(slowest, 15.0, " ms"));
}

/// P13: filters typed letter by letter, and the last letter removed again.
fn letters(plan: &Plan, large: &mut Screen) {
    let (mut texts, mut terms, mut removed) = (Vec::new(), Vec::new(), Vec::new());
    for _ in 0..RUNS {
        let (mut of_texts, mut of_terms, mut of_removed) = (Vec::new(), Vec::new(), Vec::new());
        for text in TEXTS {
            large.press(KeyCode::Char('f'));
            of_texts.extend(large.letters(text));
            of_removed.push(large.press(KeyCode::Backspace));
            large.leave_filter();
        }
        for (before, letters) in TERMS {
            large.press(KeyCode::Char('f'));
            large.letters(before);
            of_terms.extend(large.letters(letters));
            large.leave_filter();
        }
        texts.push(of_texts);
        terms.push(of_terms);
        removed.push(of_removed);
    }
    for (name, runs, most) in [("text", texts, 3.0), ("structured", terms, 1.0), ("text, removed", removed, 3.0)] {
        let slowest = slowest(&runs);
        let measured = format!("{slowest:.2} ms slowest letter, {:.2} median", middle(&runs));
        let what = format!("a letter beyond the frame, {name}, {} rows", plan.rows());
        print("P13", &what, &measured, Goal::at_most(slowest, most, " ms"));
    }
}
