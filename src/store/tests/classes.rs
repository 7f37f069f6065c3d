//! How private the cells of a row are once both answers about a submission came.

use bytes::Bytes;
use jiff::Timestamp;

use crate::api::Item;
use crate::store::{AT_ONCE, Answer, Content, Entry, Store};
use crate::submission::row::Column;
use crate::submission::{classes_together, read};
use crate::text::Class::{Identity, Open, Unread};

const LIST: &str = r#"{"submission_id":"s1","data":{"identityNumber":"900101-1234567"}}"#;

fn answer(text: &str) -> Answer {
    Answer::new(Bytes::from(text.to_owned()), Timestamp::UNIX_EPOCH)
}

/// A store with the list answer and a single one whose token the list's makes private; `padding` makes it larger.
fn store(padding: usize) -> Store {
    let mut store = Store::default();
    store.take_page(vec![listed(LIST)], Timestamp::UNIX_EPOCH);
    let single = answer(&format!(
        r#"{{"submission_id":"s1","tokenId":"9001011234567","kyc":{{"result":"rejected"}},"pad":"{}"}}"#,
        " ".repeat(padding)
    ));
    let row = read::row(&single.raw(), true);
    store.take_single("s1", single, &row, false);
    store
}

fn listed(json: &str) -> Item {
    Item::from_list("s1".into(), Bytes::from(json.to_owned()))
}

fn entry(store: &Store) -> &Entry {
    store.get(0).unwrap()
}

fn answers(store: &Store) -> [Answer; 2] {
    let Content::Readable { list: Some(list), single: Some(single) } = entry(store).content() else {
        panic!("both came")
    };
    [list.clone(), (**single).clone()]
}

#[test]
fn what_one_answer_makes_private_is_private_in_the_row() {
    let store = store(0);
    assert_eq!(store.row(0).class(Column::Token), Identity);
    assert_eq!(store.row(0).class(Column::Status), Open);
}

#[test]
fn until_large_answers_are_read_together_what_may_be_private_is_hidden() {
    let mut store = store(AT_ONCE);
    let class = |store: &Store| [Column::Token, Column::Status].map(|column| store.row(0).class(column));
    assert_eq!(class(&store), [Unread, Open]);
    let [list, single] = answers(&store);
    let classes = classes_together(&list.raw(), &single.raw());
    store.take_classes("s1", [&answer("{}"), &single], classes);
    assert_eq!(class(&store), [Unread, Open], "of other answers");
    store.take_classes("s1", [&list, &single], classes);
    assert_eq!(class(&store), [Identity, Open]);
    // A refresh that says the same changes nothing, one that says something else has to be read again.
    store.take_refresh(vec![listed(LIST)], Timestamp::UNIX_EPOCH);
    assert_eq!(class(&store), [Identity, Open]);
    store.take_refresh(vec![listed(&LIST.replace("9001", "9002"))], Timestamp::UNIX_EPOCH);
    assert_eq!(class(&store), [Unread, Open]);
}
