//! The rules of protection: who is not named in a public export, the strictest reason first.
//!
//! Sources: *DESIGN* is the project's rule to do no harm; *Berkeley* is the Berkeley Protocol on
//! digital open source investigations (2022), chapter II.C; *CRC* the Convention on the Rights of
//! the Child (1989), article 1; *CGEL* Huddleston & Pullum (2002) by chapter.

use super::rules;

rules! {
    /// A rule of protection.
    ProtectRule {
        PersonInPassing "person-in-passing": "A person who is only named is an actor too, so that a public export can leave the name out." ["DESIGN, do no harm"];
        PersonByContext "person-by-context": "A name that has an age, a trade or a relative beside it, or is the object of “arrest”, is a person's, whatever the model took it for." ["CGEL 5; DESIGN, do no harm"];
        PersonInRow "person-in-row": "What stands in a row with a person's name and is written like one is a person's name too." ["CGEL 15; DESIGN, do no harm"];
        NameOfNoPerson "name-of-no-person": "A name with a word in it that no person bears, or that stands where places do, is no person's: “Orlan Oblast”, “the village of Orlu”." ["CGEL 5"];
        MinorByAge "minor-by-age": "Whoever is younger than 18 by the text's own words is a minor: “14-year-old”, “aged 13”, “(9)”." ["CRC 1"];
        MinorByNoun "minor-by-noun": "Whoever is called a child, a pupil or a student of a school is a minor." ["CRC 1"];
        OfficeIsPublic "office-is-public": "Whoever holds an office, commands or leads is named, whatever was done to them." ["DESIGN, do no harm"];
        VictimByNoun "victim-by-noun": "Whoever is called a victim, a hostage or a survivor is one." ["Berkeley II.C"];
        VictimOfEvent "victim-of-event": "One person to whom an event of violence was done is its victim." ["Berkeley II.C"];
        VictimByVerb "victim-by-verb": "A name that is the object of “kill” or the subject of “die”, or stands behind “the body of”, is a victim's, also where no event was coded." ["CGEL 4; Berkeley II.C"];
        WitnessByNoun "witness-by-noun": "Whoever is called a witness or a bystander is one." ["Berkeley II.C"];
        WitnessBySight "witness-by-sight": "Whoever saw it, or testifies, is a witness: “Dara, who saw the shooting”." ["CGEL 12; Berkeley II.C"];
        WitnessUnnamed "witness-unnamed": "Whoever would not be named, or whose name was changed, is protected like a witness." ["Berkeley II.C"];
        WitnessSpeaks "witness-speaks": "Who speaks as one who was there is a witness." ["guide, kinds of source"];
        PrivateByDefault "private-by-default": "A person who holds no office, speaks for no body and is in no registry is private." ["DESIGN, do no harm"];
    }
}
