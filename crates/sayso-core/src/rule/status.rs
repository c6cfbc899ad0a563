//! The rules of an event's reality: what the words around it, its statement and others' answers
//! say of whether it happened.
//!
//! Sources: *guide* is the annotation guide of the incident sheet, *CGEL* Huddleston & Pullum
//! (2002) by chapter, *FactBank* Saurí & Pustejovsky (2009). What single words mean is no rule but
//! a line of `lexicon/`.

use super::rules;

rules! {
    /// A rule of the phase that decides how an event stands.
    StatusRule {
        // By the statement it stands in.
        DenyDenies "deny-denies": "What somebody denies is denied." ["guide, status"];
        BelowDenied "below-denied": "Who rejects an appeal against an arrest does not deny the arrest." ["CGEL 5; FactBank"];
        DenyOfNegated "deny-of-negated": "Who denies that it did not happen asserts it." ["FactBank"];
        BlameIsNoDeed "blame-is-no-deed": "Who denies responsibility for a deed, or anything to do with it, does not deny the deed." ["guide, status"];
        AccuseAlleges "accuse-alleges": "What somebody is accused of is alleged." ["guide, status"];
        SuspectAlleges "suspect-alleges": "What somebody suspects is alleged, whoever suspects it." ["guide, status"];
        BelievedAlleges "believed-alleges": "What is believed by nobody in particular is alleged." ["guide, status"];
        ThreatPlans "threat-plans": "What is threatened, pledged or demanded is planned." ["guide, status"];
        PastIsNoPlan "past-is-no-plan": "A past tense inside a threat or demand tells what has been." ["CGEL 3"];
        DemandOfWhatIs "demand-of-what-is": "What is demanded to stop goes on already." ["FactBank"];
        KnownStands "known-stands": "“The attack” is presupposed: accusation, plan and belief are about something else." ["CGEL 5; FactBank"];
        OrderedIsDone "ordered-is-done": "Who is suspected of having ordered a killing is suspected of the killing." ["guide, status"];
        ReportDenied "report-denied": "What only a claim, report or rumour tells stands as that claim does: denied, untrue, unconfirmed." ["guide, status; FactBank"];
        AsideStands "aside-stands": "A clause or phrase that only says who or when is meant is not accused or denied with the whole." ["CGEL 12; FactBank"];

        // By the words around it.
        AllegedWord "alleged-word": "“Allegedly”, “the alleged attack” make it alleged." ["guide, status"];
        AllegingVerb "alleging-verb": "What somebody is accused or suspected to have done, by a verb over it, is alleged." ["guide, status"];
        AllegationOf "allegation-of": "“Allegations of torture” allege it." ["guide, status"];
        MayHaveAlleges "may-have-alleges": "What may or might have happened is alleged." ["CGEL 3; FactBank"];
        PlannedWord "planned-word": "“A planned march”, “an imminent attack” are planned." ["guide, status"];
        PossibleIsNone "possible-is-none": "“A possible attack”, “any attack” are no event." ["guide, status; FactBank"];
        NegationDenies "negation-denies": "What is said not to have happened is denied." ["guide, status"];
        NotOnly "not-only-negates-none": "“Not only” negates nothing." ["CGEL 9"];
        NoHabitDenied "no-habit-denied": "“Does not target civilians” denies no single event." ["guide, polarity"];
        NobodyHarmed "nobody-harmed": "“Nobody was killed” tells of the toll and denies no event." ["guide, toll_status"];
        FuturePlans "future-plans": "What will happen is planned." ["guide, status"];
        HeadlineInfinitive "headline-infinitive": "A headline's infinitive is planned: “Teachers to march on Friday”." ["CGEL 14"];
        PlanningVerb "planning-verb": "What somebody plans, wants or is ordered to do is planned." ["guide, status"];
        PlanOf "plan-of": "“A plan for an attack”, “a call for protests” make it planned." ["guide, status"];
        SharedPlan "shared-plan": "An indefinite noun below a planned verb shares the plan: “will join in a march”." ["FactBank"];
        FearIsNone "fear-is-none": "The fear, risk or possibility of violence is no event." ["FactBank"];
        ModalIsNone "modal-is-none": "What could, may or should happen is no event." ["CGEL 3; FactBank"];
        ConditionIsNone "condition-is-none": "What stands under “if”, “whether” or “unless” is no event." ["FactBank"];
        QuestionIsNone "question-is-none": "What is asked is not told." ["FactBank"];
        PurposeIsNone "purpose-is-none": "An infinitive of purpose is aimed at, not said to be done." ["CGEL 14; FactBank"];
        PreventedIsNone "prevented-is-none": "What is prevented, refused or failed in did not happen, and nobody denies it." ["FactBank"];
        StoppedWasThere "stopped-was-there": "What is stopped was there." ["FactBank"];
        AttemptIsMade "attempt-is-made": "What is tried, begun or continued stands as the trying does." ["FactBank"];
        SharedModal "shared-modal": "Coordinated verbs share modals and negation where they share the subject." ["CGEL 15"];
        DayAhead "day-ahead": "What lies after the day of the report is planned." ["guide, status"];

        // By what its mentions say together.
        DeniedAndAsserted "denied-and-asserted": "What one asserts and another denies is disputed." ["guide, status"];
        OneBreath "one-breath": "Who says what was done and what was not, in one breath, disputes nothing." ["guide, status"];

        // By answers.
        AnswerDenies "answer-denies": "Whoever denies “it”, “the claim” or “the report” disputes the event told before." ["guide, status"];
        DeniedBeside "denied-beside": "In “accuses Kabul of harbouring rebels, an allegation that Kabul denies” nothing is denied that was told before." ["CGEL 15"];
        AnswerToNearest "answer-to-nearest": "In a new paragraph an answer is to what was said last, not to an event before it." ["CGEL 17"];
        AnswerUpholds "answer-upholds": "Whoever says otherwise, or accuses the denier, disputes a denial." ["guide, status"];
        AnswerByEvidence "answer-by-evidence": "Footage or testimony that is shown after a denial disputes it." ["guide, status"];
        AnswerCounts "answer-counts": "Victims counted by another than the denier dispute a denial." ["guide, status"];
        AnswerBySide "answer-by-side": "A negative statement by the side that is said to have done it disputes the event." ["guide, status"];
    }
}
