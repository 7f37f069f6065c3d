//! Makes groups of linked submissions. All members of a group share one property: the person, the face (under several
//! names), the mail address, the network address, the user id or the token. If a submission names another one as
//! linked, the other one exists and also names the first.

use std::collections::{BTreeMap, BTreeSet};

use super::dice::{Dice, DiceStream};
use super::fault::{CaseEnding, StepFault};
use super::oddity::ODDITY_FREE_COUNT;
use super::submission_plan::{Status, SubmissionPlan};

/// Mail address that three linked submissions share: one user tries three times. The newest of the three is on the
/// first screen of the demo.
pub(super) const RETRYING_USER_MAIL: &str = "kim@example.com";

/// The property that all members of a group of linked submissions share.
#[derive(Clone, Copy)]
enum SharedProperty {
    Person,
    Face,
    Mail,
    /// The user: one person tries again, so the members share person, mail address and user id.
    User,
    Ip,
    Token,
}

const SHARED_PROPERTIES: [SharedProperty; 6] = [
    SharedProperty::Person,
    SharedProperty::Face,
    SharedProperty::Mail,
    SharedProperty::User,
    SharedProperty::Ip,
    SharedProperty::Token,
];

/// Number of groups of linked submissions that are generated for each [`SharedProperty`], such as the face.
const GROUPS_PER_PROPERTY: usize = 11;

/// Makes groups of two to five of the submissions `plans`, and gives the members of each group a common property, such
/// as the mail address. A submission is in at most one group. Submissions on the first screens and submissions with a
/// staged oddity (an unusual detail) are in no group.
pub(super) fn link_groups(plans: &mut [SubmissionPlan]) {
    let dice = &mut Dice::new(DiceStream::Rings, 0);
    let mut free: BTreeSet<usize> = (ODDITY_FREE_COUNT..plans.len())
        .filter(|at| {
            plans
                .get(*at)
                .is_some_and(|plan| plan.oddity.is_none() && plan.mail != RETRYING_USER_MAIL && plan.age() > 19)
        })
        .collect();
    for (round, property) in
        (0..GROUPS_PER_PROPERTY).flat_map(|round| SHARED_PROPERTIES.map(|property| (round, property)))
    {
        // A network address is shared within hours, everything else over weeks.
        let spread = if matches!(property, SharedProperty::Ip) { 20 } else { 420 };
        let Some(anchor) = free.iter().copied().nth(dice.index(free.len())) else { return };
        let near: Vec<usize> = free.range(anchor + 1..=anchor + spread).copied().collect();
        let mut members: BTreeSet<usize> = (0..=round % 4).filter_map(|_| dice.choose(&near).copied()).collect();
        members.insert(anchor);
        free.retain(|at| !members.contains(at));
        // Newest first in the data, so the oldest member is the last.
        let members: Vec<usize> = members.into_iter().rev().collect();
        if members.len() > 1 {
            make_group(plans, &members, property, round, dice);
        }
    }
}

/// Makes some submissions of `plans` repeated tries of one user. `members` are the indexes of these submissions in
/// `plans`, oldest first. They all get the person, mail address and user id of the oldest of them.
pub(super) fn retry_of_user(plans: &mut [SubmissionPlan], members: &[usize]) {
    change_members(plans, members, |plan, first| {
        take_person(plan, first);
        plan.mail.clone_from(&first.mail);
        plan.user.clone_from(&first.user);
    });
}

/// Stores in each submission of `plans` the ids of all other submissions of the same person. Two submissions are of the
/// same person if name, birth date, gender and nationality are equal, in a group or by chance.
pub(super) fn find_duplicates(plans: &mut [SubmissionPlan]) {
    let mut of_person: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (at, plan) in plans.iter().enumerate() {
        of_person.entry(plan.person.identity_key()).or_default().push(at);
    }
    for members in of_person.values().filter(|members| members.len() > 1) {
        store_other_ids(plans, members, |plan| &mut plan.duplicates);
    }
}

fn make_group(
    plans: &mut [SubmissionPlan],
    members: &[usize],
    property: SharedProperty,
    round: usize,
    dice: &mut Dice,
) {
    match property {
        SharedProperty::Person => {
            let mail_too = round.is_multiple_of(2);
            change_members(plans, members, |plan, first| {
                take_person(plan, first);
                plan.document = true;
                if mail_too {
                    plan.mail.clone_from(&first.mail);
                }
            });
            set_results(plans, members, "duplicated_user_PII_exact", "duplicate_user");
        }
        SharedProperty::Face => {
            store_other_ids(plans, members, |plan| &mut plan.lookalikes);
            set_results(plans, members, "duplicated_face", "duplicated_face");
        }
        SharedProperty::Mail => change_members(plans, members, |plan, first| plan.mail.clone_from(&first.mail)),
        SharedProperty::User => {
            for at in members {
                if let Some(plan) = plans.get_mut(*at).filter(|plan| plan.user.is_none()) {
                    plan.user = Some(dice.fill("user-#######"));
                }
            }
            retry_of_user(plans, members);
            // The first tries failed; the newest one keeps its plan.
            for at in members.iter().rev().skip(1) {
                if let Some(plan) = plans.get_mut(*at) {
                    set_result(plan, Status::Rejected, "id_image_badImage");
                }
            }
        }
        SharedProperty::Ip => {
            change_members(plans, members, |plan, first| {
                // Only the table of ID documents has `data.ip_address`.
                plan.document = true;
                plan.ip.clone_from(&first.ip);
            });
        }
        SharedProperty::Token => {
            let token = dice.fill("********-****-4***-****-************");
            change_members(plans, members, |plan, _| plan.token = Some(token.clone()));
        }
    }
}

/// The properties of the oldest submission of a group. They can be copied to the other submissions of the group.
struct FirstOfGroup {
    person: super::person::Person,
    mail: String,
    ip: String,
    user: Option<String>,
}

fn change_members(
    plans: &mut [SubmissionPlan],
    members: &[usize],
    change: impl Fn(&mut SubmissionPlan, &FirstOfGroup),
) {
    let Some(oldest) = members.first().and_then(|at| plans.get(*at)) else { return };
    let first = FirstOfGroup {
        person: oldest.person.clone(),
        mail: oldest.mail.clone(),
        ip: oldest.ip.clone(),
        user: oldest.user.clone(),
    };
    for at in members {
        if let Some(plan) = plans.get_mut(*at) {
            change(plan, &first);
        }
    }
}

fn take_person(plan: &mut SubmissionPlan, first: &FirstOfGroup) {
    plan.person.clone_from(&first.person);
    // The new person's document may have no barcode that could fail.
    if !plan.person.has_barcode() {
        for fault in plan.faults.iter_mut().filter(|fault| **fault == StepFault::Barcode) {
            *fault = StepFault::Recognition;
        }
    }
}

/// Stores in each submission of a group the ids of all other submissions of the group. `members` are the indexes of the
/// group in `plans`. `list` returns the field of a submission in which these ids are stored, such as `duplicates`.
fn store_other_ids(
    plans: &mut [SubmissionPlan],
    members: &[usize],
    list: impl Fn(&mut SubmissionPlan) -> &mut Vec<String>,
) {
    let ids: Vec<String> = members.iter().filter_map(|at| plans.get(*at)).map(|plan| plan.id.clone()).collect();
    for at in members {
        if let Some(plan) = plans.get_mut(*at) {
            let others = ids.iter().filter(|id| **id != plan.id).cloned().collect();
            *list(plan) = others;
        }
    }
}

/// Sets the results of the submissions in a group. `members` are their indexes in `plans`, oldest first. The oldest
/// submission is approved, and the second too in a group of more than two. All others are rejected as duplicates, with
/// `one` or `other` as the reject code by turns.
fn set_results(plans: &mut [SubmissionPlan], members: &[usize], one: &'static str, other: &'static str) {
    for (turn, at) in members.iter().enumerate() {
        let Some(plan) = plans.get_mut(*at) else { continue };
        match turn {
            0 => set_result(plan, Status::Approved, ""),
            1 if members.len() > 2 => set_result(plan, Status::Approved, ""),
            _ => set_result(plan, Status::Rejected, if turn % 2 == 0 { one } else { other }),
        }
    }
}

/// Sets the result (`kyc.result`) of the submission `plan` to `status`, and its reject code to `reason` (empty for
/// none). Also removes data from `plan` that do not fit this result, such as the AML red flag of a rejected submission.
fn set_result(plan: &mut SubmissionPlan, status: Status, reason: &'static str) {
    plan.status = status;
    plan.reason = (!reason.is_empty()).then_some(reason);
    plan.red_flag = plan.red_flag.filter(|_| status == Status::Approved);
    if plan.ending != CaseEnding::Passed {
        plan.ending = CaseEnding::Passed;
        plan.faults.clear();
    }
}
