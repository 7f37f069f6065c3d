//! Programs to compare with, which are this binary under an option: one that does nothing, and a table in ratatui.

use std::io::{Write as _, stdin, stdout};

use crossterm::event::{Event, KeyCode, read};
use ratatui::layout::Constraint;
use ratatui::style::{Modifier, Style};
use ratatui::widgets::{Block, Row};

/// Which program.
#[derive(Clone, Copy, clap::ValueEnum)]
pub(crate) enum Kind {
    /// Writes one letter and waits for its end.
    Empty,
    /// A table of 100,000 rows, of which it makes the visible ones, with a cursor that `j` and `k` move.
    Table,
}

const ROWS: usize = 100_000;

/// Runs it until its terminal is gone or `q` is typed.
pub(crate) fn run(kind: Kind) {
    match kind {
        Kind::Empty => {
            // Both fail only when the terminal is gone.
            let _ = stdout().write_all(b".").and_then(|()| stdout().flush());
            let _ = stdin().read_line(&mut String::new());
        }
        Kind::Table => table(),
    }
}

#[expect(clippy::disallowed_types, reason = "the usual way to draw a table is what is compared with")]
fn table() {
    let mut terminal = ratatui::init();
    let (mut cursor, mut top) = (0, 0);
    loop {
        let height = usize::from(terminal.size().expect("a terminal").height).saturating_sub(2);
        top = top.clamp((cursor + 1_usize).saturating_sub(height), cursor);
        let rows = (top..(top + height).min(ROWS)).map(|at| {
            let style = if at == cursor { Style::new().add_modifier(Modifier::REVERSED) } else { Style::new() };
            Row::new(cells(at)).style(style)
        });
        let widths = [16, 14, 26, 24, 10, 5, 5, 16, 10, 20, 12, 6, 6, 16].map(Constraint::Length);
        let table = ratatui::widgets::Table::new(rows, widths).block(Block::bordered().title("A table"));
        terminal.draw(|frame| frame.render_widget(table, frame.area())).expect("a terminal");
        match read() {
            Ok(Event::Key(key)) if key.code == KeyCode::Char('j') => cursor = (cursor + 1).min(ROWS - 1),
            Ok(Event::Key(key)) if key.code == KeyCode::Char('k') => cursor = cursor.saturating_sub(1),
            Ok(Event::Key(key)) if key.code == KeyCode::Char('q') => break,
            Ok(_) => {}
            Err(_) => break,
        }
    }
    ratatui::restore();
}

fn cells(at: usize) -> [String; 14] {
    let status = ["approved", "rejected", "pending", "incomplete"][at % 4];
    let name = ["Alex Sample", "김견본", "見本太郎", "محمد العينة"][at % 4];
    [
        format!("2026-06-{:02} {:02}:{:02}", at / 1_440 % 28 + 1, at / 60 % 24, at % 60),
        format!("table{at:08}"),
        format!("person{at}@example.com"),
        name.to_owned(),
        format!("19{:02}-01-{:02}", 50 + at % 50, at % 28 + 1),
        "KOR".to_owned(),
        "KOR".to_owned(),
        "passport".to_owned(),
        status.to_owned(),
        format!("code_{}", at % 7),
        "Not Screened".to_owned(),
        format!("{}", at % 101),
        format!("{}", at % 4),
        format!("user-{at:07}"),
    ]
}
