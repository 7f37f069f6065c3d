//! How often the findings of the demo's submissions have which grade.

use std::collections::BTreeMap;

use argos_review::api::{Item, Single};
use argos_review::query::Params;
use argos_review::submission::Document;
use argos_review::submission::findings::findings;
use argos_review::text::Mask;

use crate::contract::{demo, page};

#[tokio::test]
async fn grades_of_the_demo() {
    let client = demo().await;
    let params = Params { count: Some(500), ..Params::default() };
    let listed = page(&client, &params, None).await;
    let mut worst: BTreeMap<(String, String), usize> = BTreeMap::new();
    let mut each: BTreeMap<(String, String), usize> = BTreeMap::new();
    let mut plain: BTreeMap<String, usize> = BTreeMap::new();
    let mut plains = 0;
    for item in &listed.items {
        let Item::Readable { id, .. } = item else { panic!() };
        let Ok(Single::Found(Item::Readable { raw, .. })) = client.single(id).await else { panic!() };
        let document = Document::read(&raw, true);
        let found = findings(&document, Mask::None);
        let status = document.text("kyc.result").unwrap_or("none").to_owned();
        let grade = found.first().map_or("none".to_owned(), |f| format!("{:?}", f.weight));
        *worst.entry((status.clone(), grade)).or_default() += 1;
        for finding in &found {
            *each.entry((status.clone(), format!("{:?}", finding.weight))).or_default() += 1;
        }
        let odd = document.text("email").is_none_or(|mail| mail.contains('+'));
        if status == "approved" && !odd {
            plains += 1;
            for finding in &found {
                *plain
                    .entry(format!("{:?} {} {}", finding.weight, finding.subject.as_str(), finding.words.as_str()))
                    .or_default() += 1;
            }
            if found.is_empty() {
                *plain.entry("nothing".into()).or_default() += 1;
            }
        }
    }
    println!("worst {worst:#?}\neach {each:#?}");
    let mut plain: Vec<_> = plain.into_iter().collect();
    plain.sort_by_key(|(_, n)| std::cmp::Reverse(*n));
    println!("{plains}");
    for (w, n) in plain {
        println!("{n:4} {w}");
    }
}
