//! Finds the blocks for an AML match: the objects in the raw data of the AML screening that hold an id of the match.

use std::collections::HashMap;

use super::keys::{KeyMeaning, KeyReader};
use crate::submission::document::Field;
use crate::submission::node::{Node, UnparsedKind};

/// Maximum number of values in the raw data of the AML screening (`aml.raw_data`) among which ids are searched.
const MAX_SEARCHED_VALUES: usize = 200_000;

/// Maximum number of blocks (objects in the raw data that hold an id of an AML match) that are read for one AML match.
const MAX_BLOCKS: usize = 8;

/// Minimum number of characters of an id that is recognised under a key which does not name an id. A shorter text could
/// equal the id by chance.
const MIN_ID_CHARS: usize = 6;

/// Rank of a text that equals an id of a match under a key which does not name an id. The lower the rank, the more
/// surely the object with the text is about the match.
const NO_ID_KEY_RANK: u8 = 2;

/// Number that is added to the rank of an id if it differs from the id of the AML match in upper and lower case. The
/// lower the rank, the more surely the object with the id is about the match.
const OTHER_CASE_RANK: u8 = 3;

/// Place in the raw data of the AML screening (`aml.raw_data`) where an id of an AML match was found.
struct Occurrence {
    /// Index of the member `raw_data` with the id, because raw data may be sent more than once.
    raw: usize,
    /// Path from the raw data to the object that holds the id: the position of the next value on each level.
    steps: Vec<usize>,
    /// How surely the object is about the match: 0 is the surest. See [`KeyReader::read`].
    rank: u8,
}

/// State of a search for the ids of all AML matches of a submission, in one pass over the raw data.
pub(super) struct IdSearch<'i> {
    /// The searched ids in lower case. Each has the indexes of the matches with this id, with the id as sent.
    ids: HashMap<String, Vec<(usize, &'i str)>>,
    found: Vec<Vec<Occurrence>>,
    more: Vec<bool>,
    left: usize,
    /// Whether a part of the raw data was not searched.
    pub(super) is_unread: bool,
    raw: usize,
    steps: Vec<usize>,
    keys: &'i mut KeyReader,
}

impl<'i> IdSearch<'i> {
    pub(super) fn new(matches: &[Vec<&'i str>], keys: &'i mut KeyReader) -> Self {
        let mut ids: HashMap<String, Vec<(usize, &'i str)>> = HashMap::new();
        for (at, own) in matches.iter().enumerate() {
            for id in own {
                ids.entry(id.to_lowercase()).or_default().push((at, id));
            }
        }
        let found = matches.iter().map(|_| Vec::new()).collect();
        let more = vec![false; matches.len()];
        Self { ids, found, more, left: MAX_SEARCHED_VALUES, is_unread: false, raw: 0, steps: Vec::new(), keys }
    }

    /// Searches `node`, the raw data of the AML screening, for the ids of the matches. `raw` is the index of this raw
    /// data, because raw data may be sent more than once.
    pub(super) fn search(&mut self, raw: usize, node: &Node) {
        self.raw = raw;
        self.steps.clear();
        self.value(node, u8::MAX, 0);
        self.is_unread |= self.keys.is_full;
    }

    /// Searches `node`, a value of the raw data, and everything below it for ids of the matches. `rank` says how surely
    /// the key of the value is meant for ids (see [`KeyReader::read`]). `holder` is the number of steps that lead from
    /// the raw data to the object that holds the value.
    fn value(&mut self, node: &Node, rank: u8, holder: usize) {
        if self.left == 0 {
            self.is_unread = true;
            return;
        }
        self.left -= 1;
        match node {
            Node::Object(members) => {
                let own = self.steps.len();
                for (at, (key, member)) in members.iter().enumerate() {
                    let key = key.expose();
                    let (meaning, rank) = self.keys.read(key);
                    if meaning == KeyMeaning::Other {
                        continue;
                    }
                    self.steps.push(at);
                    // An object may have the id as its key.
                    if matches!(member, Node::Object(_) | Node::List(_)) {
                        self.compare(key, 0, self.steps.len());
                    }
                    self.value(member, rank, own);
                    self.steps.pop();
                }
            }
            Node::List(elements) => {
                for (at, element) in elements.iter().enumerate() {
                    self.steps.push(at);
                    self.value(element, rank, holder);
                    self.steps.pop();
                }
            }
            Node::Raw(raw) => self.is_unread |= raw.rest() != UnparsedKind::Garbage,
            Node::Null | Node::Bool(_) => {}
            Node::Number(_) | Node::Text(_) => {
                self.compare(node.expose().unwrap_or_default(), rank.min(NO_ID_KEY_RANK), holder);
            }
        }
    }

    /// Records an [`Occurrence`] for each AML match that has the id `text`. `rank` is the rank of the key that holds
    /// the text. `holder` is the number of levels from the raw data down to the object that holds the text.
    fn compare(&mut self, text: &str, rank: u8, holder: usize) {
        const LONGEST: usize = 256;
        let text = text.trim();
        if text.is_empty() || text.len() > LONGEST {
            return;
        }
        let Some(matches) = self.ids.get(&text.to_lowercase()) else { return };
        for (at, id) in matches {
            if rank >= NO_ID_KEY_RANK && text.chars().count() < MIN_ID_CHARS {
                continue;
            }
            // Many matches with one id, and many values with this id, must not take long.
            let Some(left) = self.left.checked_sub(1) else {
                self.is_unread = true;
                return;
            };
            self.left = left;
            let rank = if *id == text { rank } else { rank + OTHER_CASE_RANK };
            let steps = self.steps.get(..holder).unwrap_or_default();
            let Some(found) = self.found.get_mut(*at) else { continue };
            let has_room = found.len() < MAX_BLOCKS;
            match found.iter_mut().find(|known| known.raw == self.raw && known.steps == steps) {
                Some(known) => known.rank = known.rank.min(rank),
                None if has_room => found.push(Occurrence { raw: self.raw, steps: steps.to_vec(), rank }),
                None => {
                    if let Some(more) = self.more.get_mut(*at) {
                        *more = true;
                    }
                }
            }
        }
    }

    /// Returns whether the match at index `match_index` has more blocks than [`Self::blocks_of`] returns. A block is an
    /// object of the raw data that holds an id of the match.
    pub(super) fn has_more_blocks(&self, match_index: usize) -> bool {
        self.more.get(match_index).copied().unwrap_or_default()
    }

    /// Returns the blocks for the match at index `match_index`: the objects in the raw data that hold an id of this
    /// match. Each block is returned as the list of the values that lead to it, from the whole raw data to the block
    /// itself. `raw` holds the raw data; it has several elements if raw data was sent more than once.
    ///
    /// If at least one block has an id under a key that is meant for ids, blocks that have one only under other keys
    /// are left out.
    pub(super) fn blocks_of<'a>(&self, match_index: usize, raw: &[Field<'a>]) -> Vec<Vec<Field<'a>>> {
        let found = self.found.get(match_index).map(Vec::as_slice).unwrap_or_default();
        let group = |rank: u8| [0, 0, 1, 2, 2, 3].get(usize::from(rank)).copied().unwrap_or(3);
        let best = found.iter().map(|each| group(each.rank)).min();
        let best = found.iter().filter(|each| Some(group(each.rank)) == best);
        best.filter_map(|each| ancestors_of(raw.get(each.raw)?, &each.steps)).collect()
    }
}

/// Returns the values on the path from `raw` to a value inside it, both included. `steps` is the path: the index of the
/// next value on each level. Returns `None` if there is no value at such an index.
fn ancestors_of<'a>(raw: &Field<'a>, steps: &[usize]) -> Option<Vec<Field<'a>>> {
    let mut fields = vec![raw.clone()];
    for at in steps {
        let (_, next) = fields.last()?.nth(*at)?;
        fields.push(next);
    }
    Some(fields)
}
