//! The model on a screen in memory, without a loop: messages in, screens out, answers from the demo's data.

use std::sync::Arc;

use argos_review::api::{Client, Item, Page, RecordAnswer, picture_failure};
use argos_review::app::{Effect, Model, Msg, ReviewerConfig, Slot};
use argos_review::failure::{Failure, Waiting};
use argos_review::offline::SubmissionFile;
use argos_review::panes::detail::ParseTask;
use argos_review::picture::Picture;
use bytes::Bytes;
use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};
use jiff::Timestamp;
use ratatui::Terminal;
use ratatui::backend::TestBackend;
use ratatui::buffer::Buffer;
use ratatui::layout::Size;
use ratatui::style::{Color, Modifier, Style};

/// What a server says.
pub(crate) enum Answers {
    /// Nothing yet.
    Silence,
    /// What the demo says.
    Demo(Client),
    /// What a file holds.
    File(Arc<SubmissionFile>),
    /// An empty list.
    Nothing,
    /// These bytes, to every question.
    Body(Bytes),
    /// A failure.
    Failing(Failure),
    /// A failure, after which it is asked again.
    Waiting(Waiting),
}

/// A model with its screen.
pub(crate) struct Screen {
    model: Model,
    size: Size,
    answers: Answers,
    copied: Vec<String>,
    idle: Option<Msg>,
}

/// The moment at which every screen is drawn.
pub(crate) fn moment() -> Timestamp {
    "2026-11-21T12:00:00Z".parse().expect("a time")
}

/// A page as if it had come at the moment: how long a submission waits is counted up to there.
fn at_moment(mut page: Page) -> Page {
    page.items.iter_mut().for_each(|item| item.set_loaded_at(moment()));
    page
}

fn single_at_moment(single: RecordAnswer) -> RecordAnswer {
    let at_moment = |mut item: Item| {
        item.set_loaded_at(moment());
        item
    };
    match single {
        RecordAnswer::Found(item) => RecordAnswer::Found(at_moment(item)),
        RecordAnswer::Repaired(item) => RecordAnswer::Repaired(at_moment(item)),
        RecordAnswer::NotFound => RecordAnswer::NotFound,
    }
}

impl Screen {
    /// Opens the reviewer and answers what it asks for.
    pub(crate) async fn open(setting: ReviewerConfig, width: u16, height: u16, answers: Answers) -> Self {
        let size = Size { width, height };
        let (model, begin) = Model::new(setting, size, moment());
        let mut screen = Self { model, size, answers, copied: Vec::new(), idle: None };
        screen.follow(begin).await;
        screen
    }

    /// From now on the server says something else.
    pub(crate) fn answer_with(&mut self, answers: Answers) {
        self.answers = answers;
    }

    /// Presses keys; the names are those of a session's keys that matter here.
    pub(crate) async fn press(&mut self, keys: &str) {
        for word in keys.split_inclusive('>') {
            let (typed, named) = word.split_once('<').unwrap_or((word, ""));
            for c in typed.chars() {
                self.key(KeyCode::Char(c)).await;
            }
            match named {
                "" => {}
                "enter>" => self.key(KeyCode::Enter).await,
                "tab>" => self.key(KeyCode::Tab).await,
                "esc>" => self.key(KeyCode::Esc).await,
                "pgdn>" => self.key(KeyCode::PageDown).await,
                "up>" => self.key(KeyCode::Up).await,
                "down>" => self.key(KeyCode::Down).await,
                "backtab>" => self.key(KeyCode::BackTab).await,
                "backspace>" => self.key(KeyCode::Backspace).await,
                "right>" => self.key(KeyCode::Right).await,
                "left>" => self.key(KeyCode::Left).await,
                other => {
                    let letter = other.strip_prefix("ctrl-").and_then(|rest| rest.chars().next());
                    let code = KeyCode::Char(letter.unwrap_or_else(|| panic!("no key <{other}")));
                    self.send(Msg::Key(KeyEvent::new(code, KeyModifiers::CONTROL))).await;
                }
            }
        }
    }

    async fn key(&mut self, code: KeyCode) {
        self.send(Msg::Key(KeyEvent::new(code, KeyModifiers::NONE))).await;
    }

    /// Sends any message and answers what it asks for.
    pub(crate) async fn send(&mut self, msg: Msg) {
        let effects = self.model.update(msg);
        self.follow(effects).await;
    }

    /// Lets the time pass after which identity data is hidden.
    pub(crate) async fn rest(&mut self) {
        let idle = self.idle.take().expect("the screen is set to blank");
        self.send(idle).await;
    }

    /// What was sent to the clipboard since this was asked last.
    pub(crate) fn copied(&mut self) -> Vec<String> {
        std::mem::take(&mut self.copied)
    }

    /// What is drawn.
    pub(crate) const fn model(&self) -> &Model {
        &self.model
    }

    /// Answers effects until nothing is asked for any more. Waiting for the cursor to rest is over at once.
    async fn follow(&mut self, effects: Vec<Effect>) {
        let mut effects = std::collections::VecDeque::from(effects);
        while let Some(effect) = effects.pop_front() {
            let msg = match effect {
                Effect::FetchPage { slot, ticket, params, cursor } => {
                    let result: Option<Result<Page, Failure>> = match &self.answers {
                        Answers::Silence => None,
                        Answers::Demo(client) => Some(
                            client.fetch_page(&params, cursor.as_ref()).await.map_err(|error| Failure::from(&error)),
                        ),
                        Answers::File(file) => Some(Ok(file.page(cursor.as_ref()))),
                        Answers::Nothing => Some(Ok(Page {
                            items: Vec::new(),
                            next: argos_review::api::NextPage::Last,
                            repaired: false,
                            bytes: 0,
                        })),
                        Answers::Body(body) => Some(Page::read(body).map_err(|error| Failure::from(&error))),
                        Answers::Failing(failure) => Some(Err(failure.clone())),
                        Answers::Waiting(waiting) => {
                            let waiting = waiting.clone();
                            effects.extend(self.model.update(Msg::Waiting { slot, ticket, waiting, at: moment() }));
                            None
                        }
                    };
                    result.map(|result| Msg::PageLoaded { ticket, result: result.map(at_moment), at: moment() })
                }
                Effect::ParseAnswers(_, ParseTask { ticket, answers }) => {
                    Some(Msg::AnswersParsed { ticket, opened: Box::new(answers.parse()) })
                }
                Effect::FetchFullRecord { slot, ticket, id } => {
                    let result: Option<Result<RecordAnswer, Failure>> = match &self.answers {
                        Answers::File(_) => panic!("nothing is fetched for a file"),
                        Answers::Silence | Answers::Nothing => None,
                        Answers::Demo(client) => {
                            Some(client.fetch_record(&id).await.map_err(|error| Failure::from(&error)))
                        }
                        Answers::Body(body) => {
                            let items = Page::read(body).map(|page| page.items).unwrap_or_default();
                            let is_asked = |item: &Item| matches!(item, Item::Readable { id: own, .. } if **own == *id);
                            items.into_iter().find(is_asked).map(|item| Ok(RecordAnswer::Found(item.as_full_record())))
                        }
                        Answers::Failing(failure) => Some(Err(failure.clone())),
                        Answers::Waiting(waiting) => {
                            let waiting = waiting.clone();
                            effects.extend(self.model.update(Msg::Waiting { slot, ticket, waiting, at: moment() }));
                            None
                        }
                    };
                    let result = result.map(|result| result.map(single_at_moment));
                    result.map(|result| Msg::FullRecordLoaded { ticket, id, result, at: moment() })
                }
                Effect::FetchPicture { ticket, id, kind, .. } => match &self.answers {
                    Answers::Demo(client) => {
                        let fetched = client.fetch_picture(&id, kind).await.map_err(|error| picture_failure(&error));
                        let result = fetched.map(|file| Picture::decode(file.as_bytes()).map(Arc::new));
                        Some(Msg::PictureLoaded { ticket, result })
                    }
                    Answers::Failing(failure) => Some(Msg::PictureLoaded { ticket, result: Err(failure.clone()) }),
                    _ => None,
                },
                Effect::After { slot: slot @ Slot::Debounce, ticket, .. } => Some(Msg::TimerFired { slot, ticket }),
                Effect::After { slot: slot @ Slot::Idle, ticket, .. } => {
                    self.idle = Some(Msg::TimerFired { slot, ticket });
                    None
                }
                Effect::Copy(text) | Effect::CopyByCommand { text, .. } => {
                    self.copied.push(text);
                    None
                }
                Effect::Pack(order) => {
                    order.run();
                    None
                }
                Effect::ComposeText(order) => Some(Msg::TextFinished(Box::new(order.compose()))),
                Effect::ChangeViews { file, change, today } => {
                    let result = file.change(&change, today);
                    Some(Msg::ViewsChanged { change, result })
                }
                Effect::After { .. }
                | Effect::Export { .. }
                | Effect::StopExport
                | Effect::RecordEach(..)
                | Effect::Cancel(_)
                | Effect::Discard(_)
                | Effect::Record(..)
                | Effect::Bell
                | Effect::Mouse(_)
                | Effect::Redraw
                | Effect::Suspend
                | Effect::Quit(_) => None,
            };
            if let Some(msg) = msg {
                effects.extend(self.model.update(msg));
            }
        }
    }

    /// The screen.
    pub(crate) fn buffer(&self) -> Buffer {
        let mut terminal = Terminal::new(TestBackend::new(self.size.width, self.size.height)).expect("a screen");
        terminal.draw(|frame| self.model.view(frame)).expect("a screen in memory");
        terminal.backend().buffer().clone()
    }

    /// The screen as text, then one letter a cell for its style.
    pub(crate) fn snapshot(&self) -> String {
        let buffer = self.buffer();
        format!("{}\n{}", crate::session::text_of(&buffer), styles_of(&buffer))
    }
}

/// One letter a cell: colours as r g y c, capital where bold, `R` reversed, `d` dim, `_` underlined, `.` plain.
fn styles_of(buffer: &Buffer) -> String {
    let mut text = String::new();
    for y in 0..buffer.area.height {
        let line: String = (0..buffer.area.width).map(|x| letter(buffer[(x, y)].style())).collect();
        text.push_str(line.trim_end_matches('.'));
        text.push('\n');
    }
    text
}

fn letter(style: Style) -> char {
    let has = |modifier| style.add_modifier.contains(modifier);
    let color = match style.fg {
        Some(Color::Green) => 'g',
        Some(Color::Red) => 'r',
        Some(Color::Yellow) => 'y',
        Some(Color::Cyan) => 'c',
        Some(Color::Black) => 'k',
        _ if has(Modifier::DIM) => 'd',
        _ if has(Modifier::BOLD) => 'b',
        _ => '.',
    };
    match color {
        _ if has(Modifier::REVERSED) => '#',
        _ if has(Modifier::UNDERLINED) => '_',
        color if has(Modifier::BOLD) => color.to_ascii_uppercase(),
        color => color,
    }
}
