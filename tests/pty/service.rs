//! A service of invented people that answers as documented, or refuses and repeats what it was sent and more.

use std::sync::{Arc, Mutex, PoisonError};

use serde_json::{Value, json};

use crate::planted::Person;
use crate::planted_pictures::picture;
use argos_testkit::coding::BodyCoding;
use argos_testkit::dice::Dice;
use argos_testkit::server::{Answer, Step, TestServer, answer};

/// Rows of a page.
const PAGE: usize = 6;

/// What answers.
pub(crate) struct Service {
    pub(crate) key: String,
    pub(crate) people: Vec<Person>,
    pub(crate) coding: BodyCoding,
    /// How many of a hundred requests are refused.
    pub(crate) refusing: usize,
    pub(crate) dice: Mutex<Dice>,
}

impl Service {
    pub(crate) fn new(key: &str, people: Vec<Person>, coding: BodyCoding, seed: u64) -> Self {
        Self { key: key.to_owned(), people, coding, refusing: 0, dice: Mutex::new(Dice::new(seed)) }
    }

    /// Answers every request of every connection.
    pub(crate) async fn open(self: Arc<Self>) -> TestServer {
        TestServer::with_scripts(move |_| {
            let desk = Arc::clone(&self);
            let answer: Answer = Arc::new(move |request| desk.answer(request));
            vec![Step::Answer(answer); 64]
        })
    }

    /// What answers a request.
    pub(crate) fn answer(&self, request: &str) -> Vec<u8> {
        let mut dice = self.dice.lock().unwrap_or_else(PoisonError::into_inner);
        if dice.percent(self.refusing) {
            return self.refusal(&mut dice);
        }
        if request.contains("/image?") {
            return self.picture(request, dice.percent(50));
        }
        self.carry(200, "", &self.body(request))
    }

    fn carry(&self, status: u16, headers: &str, body: &Value) -> Vec<u8> {
        let headers = format!("{}{headers}", self.coding.headers());
        answer(status, &headers, self.coding.encode(body.to_string().as_bytes(), &self.key))
    }

    /// A picture of a submission. With secure transfer it comes encrypted or as it is: nobody documented which.
    fn picture(&self, request: &str, is_plain: bool) -> Vec<u8> {
        let (id, kind) = (self.asked(request, "submission_id"), self.asked(request, "type"));
        let person = self.people.iter().find(|person| Some(&person.id) == id.as_ref());
        let Some((person, kind)) = person.zip(kind) else { return answer(404, "", "") };
        let picture = picture(person, &kind);
        match self.coding {
            BodyCoding::Encrypted if is_plain => answer(200, "Content-Type: image/png\r\n", picture),
            coding => answer(200, coding.headers(), coding.encode(&picture, &self.key)),
        }
    }

    /// What a request asks for under a name.
    fn asked(&self, request: &str, name: &str) -> Option<String> {
        let query = self.coding.query(request, &self.key);
        match self.coding {
            BodyCoding::Encrypted => {
                let sent: Value = serde_json::from_str(&query).unwrap_or_default();
                sent.get(name).and_then(Value::as_str).map(str::to_owned)
            }
            BodyCoding::Plain | BodyCoding::Gzip => {
                let mut pairs = form_urlencoded::parse(query.as_bytes());
                pairs.find(|(key, _)| key == name).map(|(_, value)| value.into_owned())
            }
        }
    }

    /// The documented answer.
    pub(crate) fn body(&self, request: &str) -> Value {
        let asked = |name: &str| self.asked(request, name);
        let place = |id: String| self.people.iter().position(|person| person.id == id);
        if let Some(id) = asked("submission_id") {
            let found = place(id).map(|at| self.people[at].whole.clone());
            return json!({ "Items": found.into_iter().collect::<Vec<_>>() });
        }
        let start = asked("nextpage_id").and_then(place).map_or(0, |at| at + 1);
        let page = &self.people[start..self.people.len().min(start + PAGE)];
        let items: Vec<&Value> = page.iter().map(|person| &person.slim).collect();
        match page.last().filter(|_| start + PAGE < self.people.len()) {
            Some(last) => {
                let next = json!({ "id": last.id, "created_at": last.slim["created_at"] });
                json!({ "Items": items, "nextpageKey": next })
            }
            None => json!({ "Items": items }),
        }
    }

    /// A refusal that says more than it should.
    fn refusal(&self, dice: &mut Dice) -> Vec<u8> {
        let person = dice.choose(&self.people);
        let mail = person.slim["email"].as_str().unwrap_or_default();
        let number = person.whole["data"]["documentNumber"].as_str().unwrap_or_default();
        let (key, id) = (&*self.key, &*person.id);
        let messages = [
            format!("Invalid key {key} for {mail}: submission_id"),
            format!("{key} may not see {id}"),
            format!("key=\"{key}\", number={number}, email <{mail}>"),
            format!("The key ({key}) is not known. Number {number} is."),
            format!("Forbidden for {}", key.get(..key.len() / 2).unwrap_or(key)),
        ];
        let message = dice.choose(&messages);
        let codes = ["invalid_parameter", "invalid_format", "processing_error", key];
        let code = *dice.choose(&codes);
        let bodies = [
            json!({ "errorCode": code, "message": message }),
            json!({ "errors": [{ "code": code, "message": message }], "messages": [message] }),
            json!({ "errorCode": message, "x-api-key": key, "email": mail }),
            json!({ "Message": message }),
            json!(message),
        ];
        let body = dice.choose(&bodies);
        let status = *dice.choose(&[200, 400, 400, 401, 403, 404, 418, 422, 429, 500, 503]);
        let headers = *dice.choose(&["", "Retry-After: 0\r\n", "Retry-After: 1\r\n"]);
        let headers = format!("{headers}X-Echo: {key}\r\nLocation: https://example.com/{key}\r\n");
        if dice.percent(50) { self.carry(status, &headers, body) } else { answer(status, &headers, body.to_string()) }
    }
}
