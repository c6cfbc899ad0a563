//! The rules of places: what is a toponym, which place it means, and what is said of one that no
//! gazetteer has.
//!
//! Sources: *GeoNames* is its table of feature codes, *SpatialML* the annotation guidelines of
//! MITRE (2009), *toponyms* Gritta et al., "A pragmatic guide to geoparsing evaluation" (2020),
//! *UCDP* the codebook of its Georeferenced Event Dataset, *Leidner* Leidner, "Toponym Resolution in
//! Text" (2007).

use super::rules;

rules! {
    /// A rule of the phase that finds and resolves toponyms.
    PlaceRule {
        // What is a toponym.
        JoinedName "joined-name": "Pieces of a longer name are that name: “Bosnia and Herzegovina”." ["SpatialML, extent"];
        NameWithNoun "name-with-noun": "“Bagram air base” is one name, and not the town." ["SpatialML, extent"];
        PlacedByWords "placed-by-words": "“The Harim area”, “in Harim”, “the town of Harim” make a place of what the model takes for a person." ["SpatialML, extent"];
        EnteredPlace "entered-place": "What is entered, besieged or recaptured is a place, and what is captured is one unless the model takes it for a person." ["FrameNet, Conquering"];
        TakenTown "taken-town": "What is taken, attacked or seized is a town and nobody where it is known as one of some size in a country that the report speaks of." ["FrameNet, Conquering"];
        NativeScript "native-script": "A known name in another script is a toponym: “Kharkiv (Харків)”." ["SpatialML, names"];
        BetweenIsPlace "between-is-place": "“Between Goma and Sake” names two places of one region, whatever the model takes them for." ["SpatialML, extent"];
        Demonym "demonym": "A demonym is a toponym: “Syrian”." ["toponyms, 2.2"];
        ShortForm "short-form": "“DRC”, “Ala.” and “, GA” stand for a country or a state." ["SpatialML, names"];
        InsideBody "inside-body": "A place inside the name of a body is a toponym: “Goma police”." ["toponyms, 2.2"];
        InsidePhrase "inside-phrase": "A known place inside a longer phrase is the toponym: “Aleppo University Hospital”." ["SpatialML, extent"];
        RoadEnds "road-ends": "A road that is called by its ends is two toponyms: “the Damboa–Maiduguri road”." ["UCDP, where_prec 5"];
        SoundsAlike "sounds-alike": "A name that is not listed is looked for under other transliterations." ["Leidner 3"];
        TownSoundsAlike "town-sounds-alike": "A town whose name sounds alike may be meant where only villages are called so." ["Leidner 3"];
        OtherForm "other-form": "“West Darfur” is “Western Darfur”, “Republic of Armenia” is Armenia." ["SpatialML, names"];
        PartOfPlace "part-of-place": "“Northern Syria” is in Syria." ["SpatialML, modifiers"];
        LostApostrophe "lost-apostrophe": "“Syrias army” has lost its apostrophe." ["CGEL 5"];
        GazetteerAlone "gazetteer-alone": "A known name behind a preposition of place is a toponym though the model has not seen it." ["Leidner 3"];
        ListedBeforeHolder "listed-before-holder": "A name listed before the place that holds it is a place: “Kafr Nabl and Saraqib in Idlib”." ["SpatialML, containment"];
        InsideName "inside-name": "A demonym inside a name of its own is no country's: “the French Quarter”." ["toponyms, 2.2"];

        // What is none.
        CalendarWord "calendar-word": "A month or a day is no town of that name." ["Leidner 3"];
        CodeIsNoTown "code-is-no-town": "Two letters, or capitals for another name, mean no town." ["Leidner 3"];
        StreetIsNoTown "street-is-no-town": "A street is not where the town of its name is." ["toponyms, 2.2"];
        SurnameIsNoPlace "surname-is-no-place": "The surname of a person of the text is no village." ["Leidner 3"];
        BodyIsNoPlace "body-is-no-place": "The name of a group, body or outlet is no place." ["toponyms, 2.2"];

        // Which place it means.
        OutletAndTitle "outlet-and-title": "Title, outlet and address tell what country a report is about." ["Leidner, locality"];
        CountryOfReport "in-country-of-report": "A place in a country that the report speaks of is likelier." ["Leidner, locality"];
        ProvinceOfReport "in-province-of-report": "A place in a province that the report speaks of is likelier." ["Leidner, locality"];
        NearOthers "near-others": "A place near the others of the report is likelier." ["Leidner, spatial minimality"];
        InCompany "in-company": "Small places of one region stand together in a report." ["Leidner, spatial minimality"];
        HeldByNext "held-by-next": "“Harim, Idlib” and “Harim in Idlib province” are the Harim of Idlib." ["Leidner, contained-in"];
        HeldBeyondNext "held-beyond-next": "“Kafr Nabl and Saraqib in Idlib” are both in Idlib, “Salem, in Yemen's Marib province” is in Marib." ["Leidner, contained-in"];
        CountryOfSentence "country-of-sentence": "A place in a country that its sentence names is likelier: “In Yemen, a drone struck Hays”." ["Leidner, locality"];
        DivisionApart "division-apart": "“Kharkiv” and “Kharkiv region” in one text are two places." ["GeoNames"];
        SaidNear "said-near": "“Harim, a town near Sarmada” is no Harim far from it." ["SpatialML, near"];
        KindBeside "kind-beside": "“The town of Homs” is the town, “Homs province” the province." ["GeoNames"];
        NaturalKind "natural-kind": "“The Benue river” is a river or nothing that is known, and no state." ["GeoNames"];
        SameName "same-name": "A bare name is the country's before a division's, and the city's before its province's." ["GeoNames"];
        GreaterCity "greater-city": "A far greater city of the name is meant, unless the report is about the smaller one's country." ["Leidner, population"];
        SoundAtHome "sound-at-home": "A name that only sounds alike must lie where the report is about." ["Leidner, locality"];
        HomeOfActors "home-of-actors": "Where the report speaks of no other country, a place in the one where the groups that it names are at home is likelier." ["Leidner, locality"];
        ActorsDemonym "actors-demonym": "The adjective of who acts says nothing of where: “a Turkish drone” may strike abroad." ["UCDP, where_prec"];
        ExactBeforeSound "exact-before-sound": "A place that is called so goes before one of its country that only sounds alike." ["Leidner 3"];
        SoundFitsWords "sound-fits-words": "“The Rimal neighbourhood of Gaza City” is no town elsewhere that sounds like it." ["SpatialML, containment"];
        StrayIsNone "stray-is-none": "A small place in a country that the report does not speak of is not the one that is meant." ["Leidner, locality"];
        SiteInItsTown "site-in-its-town": "A building that has the name of a place is not there, if the report speaks of nothing near it." ["toponyms, 2.2"];
        OwnPoint "own-point": "A listed camp, base or region stands for the gazetteer's place of its name." ["GeoNames"];

        // What no gazetteer has.
        InTownBeside "in-town-beside": "A spot has the point of the town named beside it: “Hampton Avenue in St. Louis”." ["UCDP, where_prec 2"];
        InTownSpokenOf "in-town-spoken-of": "A street or a market is in the town that the text spoke of last." ["UCDP, where_prec 2"];
        CountryOfCandidates "country-of-candidates": "Where nothing else tells, one of several villages of a name lies in the country that has them all." ["UCDP, where_prec 6"];
        CountryFromContext "country-from-context": "A place without a point has the country and the divisions that the text tells." ["UCDP, where_prec 6"];
    }
}
