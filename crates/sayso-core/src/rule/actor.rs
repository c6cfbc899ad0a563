//! The rules of the actor phase, in the order of the path: whom a name means, whom a noun means,
//! what kind of actor it is, where it is at home.
//!
//! Sources: *ACLED* and *UCDP* are their codebooks, *CGEL* Huddleston & Pullum (2002) by chapter,
//! *registry* is `registry/CARD.md`.

use super::rules;

rules! {
    /// A rule of the actor phase.
    ActorRule {
        // Whom a name means.
        RegistryName "registry-name": "A name that the registry has, however its letters, articles and hyphens are written, means its entry." ["registry"];
        WholeName "whole-name": "A name that the registry has as a whole is one name, however the model has cut it: “Hay’at Tahrir al-Sham”." ["registry"];
        RegistryAcronym "registry-acronym": "An acronym means an entry only if that is at home in a country of the report, or known the world over." ["registry"];
        RegistrySound "registry-sound": "A name that is written for nobody means whose name sounds like it: “Hay’et Tahrir as-Sham”." ["registry"];
        RegistryDay "registry-day": "A name means whom it meant on the day of the report, and nobody whose time is over or to come." ["registry"];
        RegistryCountry "registry-country": "Of several entries of a name it means the only one that is at home in a country of the report." ["registry"];

        ListedIsActor "listed-is-actor": "A group or organisation that is named and that the registry knows is an actor, though it neither speaks nor acts." ["registry"];
        GroupOfFamily "group-of-family": "A name made of a militia’s and of another one is a group of its kind: “Mai-Mai Zuberi”." ["ACLED, actors"];

        // Whom a noun means.
        BodyOfState "body-of-state": "“The army”, “police” or “the defence ministry” of a country are that state’s." ["ACLED, actors"];
        CapitalIsGovernment "capital-is-government": "A capital that speaks or acts is the government that sits there: “Kyiv denied this”." ["CGEL 5; ACLED, actors"];
        StateIsGovernment "state-is-government": "A country that speaks or acts is its government." ["ACLED, actors"];

        // Whom it belongs to.
        LeaderIsActor "leader-is-actor": "Who leads an actor is an actor too: “a band of fighters led by Dara”." ["ACLED, actors"];
        LedByGroup "led-by-group": "“Fighters led by the Islamic State” are its own." ["CGEL 14; ACLED, actors"];
        NamedInPassing "named-in-passing": "A group that is only named in front of those who fight or speak for it is an actor, and they are its own: “Ansarullah fighters”." ["CGEL 19; ACLED, actors"];
        ForcesOfGroup "forces-of-group": "“Its forces” and “RSF troops” belong to the group, whatever states have forces." ["ACLED, actors"];
        RunBy "run-by": "“The Houthi-run ministry” belongs to the group that runs it." ["CGEL 19"];

        // Kind and country.
        CraftAreForces "craft-are-forces": "Jets, helicopters, drones and ships that strike are a state’s forces." ["ACLED, actors"];
        HarmedAreCivilians "harmed-are-civilians": "Who bears no arms and is harmed is a civilian, whatever the office." ["ACLED, actors"];
        ByWhatTheyDo "by-what-they-do": "Who demonstrates is a protester, who riots a rioter, whatever the noun." ["ACLED, actors"];
        ArmedOfNobody "armed-of-nobody": "“Gunmen” and “attackers” are given to nobody, so what kind of actor they are is not known." ["ACLED, unidentified armed groups; MUC-4, perpetrators"];
        ClaimantIsGroup "claimant-is-group": "Who claims a deed under a name that nobody knows is an armed group." ["ACLED, actors"];
        FighterIsGroup "fighter-is-group": "A body that nobody lists and that attacks is an armed group: rebels where it fights an army or wants the power, else a political militia." ["ACLED, actors"];
        ArmedByLivelihood "armed-by-livelihood": "Herders, farmers or villagers that attack are an identity militia." ["ACLED, actors"];
        RankIsForces "rank-is-forces": "Whoever has a military rank is of a state’s forces, whatever he speaks for." ["ACLED, actors"];
        HeadOfPlace "head-of-place": "The head of a district or village is its government." ["ACLED, actors"];
        OfficeOf "office-of": "An office or a press service is what its holder is." ["CGEL 5"];
        ForcesOfMany "forces-of-many": "Troops of an organisation of states are external forces." ["ACLED, actors"];
        SourceIsNobody "source-is-nobody": "“One source” may be anybody." ["SCHEMA, kind"];
        SpeaksForBody "speaks-for-body": "Whoever belongs to a body or speaks for it is of its kind, and at home where it is." ["ACLED, actors"];
        ArmedByMembers "armed-by-members": "A body of which nothing else is known, and which has fighters, is an armed group." ["ACLED, actors"];
        NoArmyOfItsOwn "no-army-of-its-own": "Troops in a land that has no armed forces are of nobody that the text does not name." ["ACLED, actors"];
        CountryOfEvent "country-of-event": "Whoever is called by a noun only is of the country where it acted." ["ACLED, actors"];
        CountryOfReport "country-of-report": "Whom nobody places is of the country that the report is about: “the army”, “a resident”, “the president”." ["ACLED, actors"];
        BackedBy "backed-by": "“US-backed” says who helps somebody, and not where he is at home." ["CGEL 19"];
        DemonymOfBody "demonym-of-body": "A demonym in a body’s name places the body and not who speaks for it: “head of the Syrian Observatory” in London." ["CGEL 5"];
        DocumentIsNowhere "document-is-nowhere": "Videos, reports and analysts are at home nowhere unless the text says where." ["SCHEMA, country"];
        ForcesAbroad "forces-abroad": "A state’s forces that act in another country only, or in a report about another one, are external forces." ["ACLED, actors"];
    }
}
