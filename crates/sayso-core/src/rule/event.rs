//! The rules by which an event's trigger, sides and weapons are found.
//!
//! Sources: *guide* is the annotation guide of the incident sheet, *ACLED*, *UCDP* and *PLOVER*
//! their codebooks, *CGEL* Huddleston & Pullum (2002) by chapter, *FactBank* Saurí & Pustejovsky
//! (2009). What single words mean is no rule but a line of `lexicon/`.

use super::rules;

rules! {
    /// A rule of the event phase.
    EventRule {
        // Sides.
        BlastAt "blast-at": "What goes off in, at or outside a building, or under a vehicle, goes off to harm it." ["guide, side_b"];
        GroundIsNoSide "ground-is-no-side": "A road, a river or the outskirts say where it happened, not to whom." ["guide, side_b"];
        ArmsAreNoSide "arms-are-no-side": "What somebody fires with is no part of whom they fire on: “fired on the vehicles with light weapons”." ["CGEL 7"];
        ObjectBeforePlace "object-before-place": "Beside an object, “at” and “on” say where: “killed two men at a checkpoint”." ["CGEL 7"];
        DoerBelowVictim "doer-below-victim": "The “by” phrase of an event noun names the doer though the tree hangs it below the victim." ["CGEL 5"];
        VictimBehindParticle "victim-behind-particle": "Behind “shot dead” the noun phrase is the victim where the tree takes “dead” for it." ["CGEL 4"];
        BlamedIsSide "blamed-is-side": "Whoever is held responsible for, charged with or called the mastermind of a deed is its side a." ["guide, side_a"];
        ClaimantIsSide "claimant-is-side": "Whoever claims responsibility for a deed, or takes credit for it, is its side a." ["guide, side_a"];
        CountedIsSide "counted-is-side": "Where no side b is named, those counted as harmed are it." ["guide, side_b"];
        AreaIsNoSide "area-is-no-side": "An area, a district or a town says where it happened; only one that is named by who holds it or lives there is a side." ["guide, side_b"];
        CountryAimedInto "country-aimed-into": "What is fired into a country is aimed at something in it." ["guide, side_b"];
        GovernmentByPlace "government-by-place": "As the subject of a deed done to somebody, a region's name stands for its government." ["guide, side_a"];
        WeaponInHands "weapon-in-hands": "“A drone operated by the army” acts for the army." ["guide, side_a"];
        UserBeforeWeapon "user-before-weapon": "A weapon is no side beside whoever uses it." ["guide, side_a"];
        HolderOfGround "holder-of-ground": "Whoever holds the ground that is taken is its side b: “captured the rebels' last stronghold”." ["ACLED"];
        LeaverHeld "leaver-held": "Whoever left the ground that is taken, or had it before, is side b: “captured Orlu after the army withdrew”." ["ACLED"];
        WaveOfArms "wave-of-arms": "Rounds of artillery and waves of strikes are no more than weapons, however many: “fired dozens of rounds of shells”." ["CGEL 5"];
        AimOfMarch "aim-of-march": "Whom a march is to protest against is its side b." ["guide, side_b"];
        HarmedIsNoDoer "harmed-is-no-doer": "Whoever is counted as killed or hurt did not do it: “One civilian killed in rocket attack”." ["guide, side_a"];
        OthersAreNoSide "others-are-no-side": "“13 others” only says how many more there were, and is no side beside those who are named." ["guide, side_b"];
        NumberOfThings "number-of-things": "“Two of its vehicles” says what was hit, though a number heads it." ["CGEL 5"];
        DemonymOfFight "demonym-of-fight": "In “the Somali fighting” the demonym says where it is, not who fights." ["CGEL 5"];
        AdjunctRelative "adjunct-relative": "A noun before “where” or “in which” is the place or time of that clause and no subject of it." ["CGEL 12"];
        VerbBeforeCompound "verb-before-compound": "“Drones attacked” is told by its verb, not as a drone attack." ["CGEL 4"];
        HeadlineVerb "headline-verb": "“Police arrest 26 suspects”: a noun phrase right behind an event noun is the object of a verb in the present tense that was taken for a noun." ["CGEL 3"];
        ParticipleComplement "participle-complement": "In “were reported injured” nobody is said to injure." ["CGEL 14"];
        DemonymOfDoer "demonym-of-doer": "In “Haitian police operation” the demonym says whose police they are." ["CGEL 5"];
        JoinedModifiers "joined-modifiers": "“The Israeli and American campaign” is waged by both." ["CGEL 15"];
        HitModifier "hit-modifier": "In “the academy bombing” the academy is what was hit." ["CGEL 5"];
        RelativeOfEvent "relative-of-event": "In “the bombing of an academy that killed twenty” the bombing killed." ["CGEL 12"];
        HyphenedDoer "hyphened-doer": "“Rebel-launched” names who launched it." ["CGEL 19"];
        PartiesApart "parties-apart": "Of those who sign, meet or fight together the first is one side and the rest the other." ["guide, side_a"];
        MediatorIsNoSide "mediator-is-no-side": "Whoever brokers a truce is no party to it." ["guide, side_a"];
        TargetOfParticiple "target-of-participle": "“A strike carried out by the navy against a boat” is on the boat." ["CGEL 14"];
        SubjectTo "subject-to": "What is subject to shelling, or the target of it, is shelled." ["CGEL 7"];
        AtPlaceIsWhere "at-place-is-where": "Behind an event noun “at” with a building says where: “a shooting at a school”." ["CGEL 7"];
        FallenFought "fallen-fought": "Armed people killed in a fight with others were a side of it." ["ACLED"];
        VictimBelowDoer "victim-below-doer": "In “the killing by police of a student” the student is the victim, though the tree hangs him below police." ["CGEL 5"];
        TargetBelowDoer "target-below-doer": "In “an attack by rebels on a post” the post is the target, though the tree hangs it below the rebels." ["CGEL 5"];
        HarmOfDeedAbove "harm-of-deed-above": "In “struck a wedding as the couple exchanged vows, killing nine” the killing is of those who struck." ["CGEL 14"];
        PlaceBehindPeople "place-behind-people": "Where somebody was is no part of who they are: “gunmen near Orlu”." ["guide, side_a"];
        ClashEitherWay "clash-either-way": "A second mention of a clash may name its sides the other way round." ["guide, side_a"];
        NamedByDeed "named-by-deed": "Where nobody is said to have done it, “the attackers” or “the gunman” of the same or the next sentences are who did." ["guide, side_a"];
        DeployedAct "deployed-act": "Troops that are deployed act, and nothing is done to them." ["ACLED"];
        WarHasNoVictim "war-has-no-victim": "A whole war is told without sides that only its tolls or its country would give." ["guide, events"];
        CraftShotDown "craft-shot-down": "A drone or an aircraft that is shot down is what it is done to." ["ACLED"];
        NounBeforeNumber "noun-before-number": "A bare number gives way to a noun on the same side." ["guide, side_b"];
        ClashTakesTwo "clash-takes-two": "A clash has two armed sides; violence against those who bear no arms is an attack." ["ACLED"];
        SharedObject "shared-object": "What two joined verbs do, they do to one object: “boards and seizes the tanker”." ["CGEL 15"];
        ParticleBeforeObject "particle-before-object": "Behind “shot down” stands the object, though the tree takes the particle for a preposition." ["CGEL 4"];
        WeaponStrikes "weapon-strikes": "What a weapon strikes undergoes it, and its owner acts: “an army drone struck a school”." ["guide, side_a, side_b"];
        AimOfDeed "aim-of-deed": "“A bombing targeting the base” is one deed, and its participle says at whom it was aimed." ["guide, events"];
        GroupBeforeNoun "group-before-noun": "The name of an armed group before a person's noun puts that person in arms: “a Front sniper”." ["ACLED"];
        ToldWhere "told-where": "A bare noun tells an event if the clause says where or when: “Protests erupted in Karsenne”." ["guide, events"];
        ThingsDoNotFight "things-do-not-fight": "Vehicles and houses are no side of a clash: whoever they belong to is, if the text says it." ["ACLED"];
        FormerIsCivilian "former-is-civilian": "A former officer, a retired general bear no arms." ["ACLED"];
        LoserUndergoes "loser-undergoes": "In “the army lost 14 men in the ambush” the army was ambushed." ["CGEL 4"];
        NamingIsNoEvent "naming-is-no-event": "Who calls the strike a massacre tells of the strike alone." ["CGEL 4"];
        RelativeForNoun "relative-for-noun": "A relative pronoun or possessive gives way to the noun that it stands for." ["CGEL 12"];
    }
}
